#include "tests/reconcile/corpus.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "hub/base/check.h"
#include "hub/base/ids.h"
#include "hub/domain/creditor_reference.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

constexpr absl::CivilDay kFirst(2026, 1, 5);
constexpr std::size_t kCourtBytes = std::string_view("(2025)沪0115民初").size();

class Maker {
 public:
  Maker(std::size_t entries, std::uint64_t seed, Shape shape)
      : wanted_(entries), shape_(shape), random_(seed) {}

  Corpus Make() {
    struct Scene {
      int weight;
      void (Maker::*play)();
    };
    const std::array<Scene, 22> scenes = {{{20, &Maker::Structured},
                                           {20, &Maker::InText},
                                           {8, &Maker::CaseNumber},
                                           {4, &Maker::Slip},
                                           {4, &Maker::FeeWithReference},
                                           {12, &Maker::NothingButAmount},
                                           {4, &Maker::SeveralReferences},
                                           {3, &Maker::Advised},
                                           {2, &Maker::LumpSum},
                                           {3, &Maker::Parts},
                                           {3, &Maker::Instalments},
                                           {2, &Maker::Twice},
                                           {2, &Maker::Returned},
                                           {3, &Maker::Stranger},
                                           {2, &Maker::OtherPayerWithReference},
                                           {1, &Maker::OtherPayerWithout},
                                           {2, &Maker::EqualDemands},
                                           {1, &Maker::TooMuch},
                                           {1, &Maker::PairedByDate},
                                           {1, &Maker::CaseNumberWithSlip},
                                           {1, &Maker::FeeWithout},
                                           {1, &Maker::EverythingAtOnce}}};
    std::uint64_t sum = 0;
    for (const Scene& scene : scenes) sum += static_cast<std::uint64_t>(scene.weight);
    while (corpus_.facts.entries.size() < wanted_) {
      auto dice = static_cast<std::int64_t>(random_.Next() % sum);
      for (const Scene& scene : scenes) {
        dice -= scene.weight;
        if (dice >= 0) continue;
        (this->*scene.play)();
        break;
      }
    }
    corpus_.facts.as_of = absl::CivilDay(2026, 12, 31);
    return std::move(corpus_);
  }

 private:
  std::size_t Below(std::size_t n) { return static_cast<std::size_t>(random_.Next() % n); }
  bool OneIn(std::size_t n) { return Below(n) == 0; }
  template <typename T, std::size_t N>
  const T& Pick(const std::array<T, N>& from) {
    return from[Below(N)];
  }
  Money Amount() {
    // Round sums, limits of compulsory insurance, and whatever a hospital bill comes to.
    static constexpr std::array<std::int64_t, 5> kCommon = {1'000'000, 1'800'000, 500'000, 200'000,
                                                            300'000};
    if (OneIn(6)) return Money::Fen(Pick(kCommon));
    return Money::Fen(static_cast<std::int64_t>(10'050 + Below(4'000'000)));
  }

  // Debtors of one demand each: no two share a name.
  std::string NewName() {
    static constexpr std::array<std::string_view, 12> kSurnames = {
        "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙"};
    static constexpr std::array<std::string_view, 16> kGiven = {"伟", "芳", "娜", "敏", "静", "磊",
                                                                "强", "洋", "勇", "艳", "杰", "涛",
                                                                "明", "超", "霞", "平"};
    std::size_t n = names_++;
    if (n % 3 == 0) return absl::StrCat("虚构运输", n, "号有限公司");
    std::string name(kSurnames[n % kSurnames.size()]);
    for (n /= kSurnames.size(); n > 0 || name.size() < 6; n /= kGiven.size()) {
      name += kGiven[n % kGiven.size()];
    }
    return name;
  }
  std::string Insurer() { return absl::StrCat("虚构", Below(12), "号财产保险股份有限公司"); }

  // The last one made stays valid until the next is made.
  OpenDemand& NewDemand(std::string debtor, Money amount) {
    const std::size_t n = corpus_.facts.demands.size();
    OpenDemand demand;
    demand.key = absl::StrFormat("d%07d", n);
    demand.debtor_key = debtor;
    demand.debtor_names = {std::move(debtor)};
    const auto reference =
        domain::CreditorReference::Make(absl::StrFormat("310115%09d", n * 7 + 3));
    RECOUP_CHECK(reference.ok());
    demand.reference = reference->text();
    demand.case_numbers = {absl::StrFormat("(2025)沪0115民初%d号", 10'000 + n)};
    demand.amount = demand.open = amount;
    demand.issued_on = kFirst + static_cast<std::int64_t>(Below(200));
    demand.due_on = demand.issued_on + 30;
    corpus_.facts.demands.push_back(std::move(demand));
    return corpus_.facts.demands.back();
  }
  OpenDemand& OfAnybody() { return NewDemand(OneIn(2) ? Insurer() : NewName(), Amount()); }

  BankEntry& NewEntry(std::string_view kind, const OpenDemand& demand, Money amount, bool decidable,
                      Money applied) {
    const std::size_t n = corpus_.facts.entries.size();
    BankEntry entry;
    entry.key = absl::StrFormat("e%07d", n);
    entry.amount = amount;
    // Some pay before they are asked, some long after they should.
    entry.booked_on = demand.issued_on + (OneIn(8)   ? -static_cast<std::int64_t>(Below(25))
                                          : OneIn(5) ? 30 + static_cast<std::int64_t>(Below(120))
                                                     : static_cast<std::int64_t>(Below(30)));
    entry.bank_reference = absl::StrCat("B", n);
    entry.counterparty_name = demand.debtor_names.front();
    entry.free_text = std::string(Pick(kPhrases));
    Truth& truth = corpus_.truth[entry.key];
    truth.kind = kind;
    truth.decidable = decidable;
    if (applied.is_positive()) truth.meant[demand.key] = applied;
    corpus_.facts.entries.push_back(std::move(entry));
    return corpus_.facts.entries.back();
  }
  BankEntry& Pays(std::string_view kind, const OpenDemand& demand) {
    return NewEntry(kind, demand, demand.open, true, demand.open);
  }
  Truth& TruthOf(const BankEntry& entry) { return corpus_.truth.at(entry.key); }

  // As people and banks write it.
  std::string Written(const std::string& reference) {
    switch (Below(4)) {
      case 0: {
        std::string groups;
        for (std::size_t i = 0; i < reference.size(); i += 4) {
          absl::StrAppend(&groups, i == 0 ? "" : " ", reference.substr(i, 4));
        }
        return groups;
      }
      case 1:
        return absl::StrCat("ＲＦ", reference.substr(2));
      case 2:
        return absl::StrCat("（", reference, "）");
      default:
        return reference;
    }
  }
  std::string WithSlip(std::string text) {
    const std::size_t at = 4 + Below(text.size() - 5);
    switch (Below(4)) {
      case 0:
        text[at] = static_cast<char>('0' + (text[at] - '0' + 1 + static_cast<int>(Below(9))) % 10);
        return text;
      case 1:
        return text.erase(at, 1);
      case 2:
        return text.insert(at, 1, static_cast<char>('0' + Below(10)));
      default:
        if (text[at] == text[at + 1]) return text.erase(at, 1);
        std::swap(text[at], text[at + 1]);
        return text;
    }
  }
  void Say(BankEntry& entry, std::string_view what) {
    entry.free_text =
        absl::StrCat(std::string(Pick(kPhrases)), std::string(what), OneIn(2) ? "，请查收" : "");
  }

  void Structured() {
    OpenDemand& demand = OfAnybody();
    Pays("structured reference", demand).creditor_reference = demand.reference;
  }
  void InText() {
    OpenDemand& demand = OfAnybody();
    Say(Pays("reference in text", demand), Written(demand.reference));
  }
  void CaseNumber() {
    OpenDemand& demand = OfAnybody();
    std::string number = demand.case_numbers.front();
    if (OneIn(2))
      number = absl::StrCat("（2025）沪0115民初", OneIn(2) ? "第" : "", number.substr(kCourtBytes));
    Say(Pays("case number in text", demand), number);
  }
  void Slip() {
    OpenDemand& demand = OfAnybody();
    BankEntry& entry = Pays("reference with a slip", demand);
    std::string slip = WithSlip(demand.reference);
    if (domain::CreditorReference::Parse(slip).ok()) slip = demand.reference;
    Say(entry, slip);
  }
  void FeeWithReference() {
    OpenDemand& demand = OfAnybody();
    const Money paid = demand.open - Fee();
    Say(NewEntry("bank fee taken, with reference", demand, paid, true, paid), demand.reference);
  }
  void NothingButAmount() { Pays("payer and amount", NewDemand(NewName(), Amount())); }
  void SeveralReferences() {
    const std::string debtor = OneIn(2) ? Insurer() : NewName();
    const std::size_t from = corpus_.facts.demands.size();
    const std::size_t count = 2 + Below(4);
    for (std::size_t i = 0; i < count; ++i) NewDemand(debtor, Amount());
    std::string text;
    Money sum;
    for (std::size_t i = from; i < from + count; ++i) {
      absl::StrAppend(&text, i == from ? "" : "、", corpus_.facts.demands[i].reference);
      sum += corpus_.facts.demands[i].open;
    }
    BankEntry& entry =
        NewEntry("several references", corpus_.facts.demands[from], sum, true, Money());
    entry.free_text = text;
    MeanAll(entry, from, count);
  }
  void Advised() {
    const std::string debtor = Insurer();
    const std::size_t from = corpus_.facts.demands.size();
    const std::size_t count = shape_ == Shape::kWide ? 3 + Below(20) : 2 + Below(3);
    Advice advice;
    for (std::size_t i = 0; i < count; ++i) {
      const OpenDemand& demand = NewDemand(debtor, Amount());
      advice.lines.push_back({OneIn(2) ? demand.key : "", demand.reference, demand.open});
      advice.total += demand.open;
    }
    BankEntry& entry =
        NewEntry("remittance advice", corpus_.facts.demands[from], advice.total, true, Money());
    MeanAll(entry, from, count);
    entry.end_to_end_id = absl::StrCat("E2E", entry.key);
    advice.key = absl::StrCat("a", entry.key);
    advice.payer_name = debtor;
    advice.end_to_end_id = entry.end_to_end_id;
    advice.paid_on = entry.booked_on;
    corpus_.facts.advices.push_back(std::move(advice));
  }
  // Sums of few arbitrary amounts: that another set has the same sum is as good as impossible.
  void LumpSum() {
    const std::string debtor = NewName();
    const std::size_t from = corpus_.facts.demands.size();
    const std::size_t owed = 3 + Below(6);
    for (std::size_t i = 0; i < owed; ++i) {
      NewDemand(debtor, Money::Fen(static_cast<std::int64_t>(100'001 + Below(9'000'000))));
      corpus_.facts.demands.back().issued_on = corpus_.facts.demands[from].issued_on;
    }
    const std::size_t paid = 2 + Below(owed - 2);
    Money sum;
    for (std::size_t i = from; i < from + paid; ++i) sum += corpus_.facts.demands[i].open;
    MeanAll(NewEntry("lump sum", corpus_.facts.demands[from], sum, true, Money()), from, paid);
  }
  void Parts() {
    const OpenDemand demand =
        NewDemand(NewName(), Money::Fen(static_cast<std::int64_t>(200'001 + Below(3'000'000))));
    const std::size_t parts = shape_ == Shape::kWide ? 2 : 2 + Below(4);
    absl::CivilDay first_on;
    Money left = demand.open;
    for (std::size_t i = 0; i < parts; ++i) {
      Money part = left;
      // Something is left for every further part.
      if (i + 1 < parts) {
        const auto most = static_cast<std::size_t>(left.fen()) - (parts - 1 - i);
        part = Money::Fen(1 + static_cast<std::int64_t>(Below(most)));
      }
      BankEntry& entry = NewEntry("paid in parts", demand, part, true, part);
      if (i == 0) first_on = entry.booked_on;
      if (i > 0) entry.booked_on = first_on + static_cast<std::int64_t>(Below(25));
      left -= part;
    }
  }
  void Instalments() {
    OpenDemand& demand = NewDemand(NewName(), Amount());
    const int agreed = shape_ == Shape::kWide ? 3 : 12;
    const int days = shape_ == Shape::kWide ? 30 : 10;  // All within the year.
    const Money part = Money::Fen(demand.amount.fen() / agreed);
    Money left = demand.amount;
    for (int i = 0; i < agreed; ++i) {
      const Money amount = i + 1 < agreed ? part : left;
      demand.instalments.push_back({*demand.due_on + days * i, amount, amount});
      left -= amount;
    }
    // The last one may be another amount by what the division left.
    const std::size_t count =
        shape_ == Shape::kWide ? 1 + Below(2) : 1 + Below(static_cast<std::size_t>(agreed) - 1);
    for (std::size_t i = 0; i < count; ++i) {
      NewEntry("instalment", demand, part, true, part).booked_on =
          *demand.due_on + days * static_cast<std::int64_t>(i) - 3;
    }
  }
  void Twice() {
    const OpenDemand demand = OfAnybody();
    const BankEntry first = Pays("paid", demand);
    corpus_.facts.entries.back().free_text = demand.reference;
    BankEntry& second = NewEntry("paid a second time", demand, demand.open, false, Money());
    second.free_text = demand.reference;
    second.booked_on = first.booked_on + 3;
  }
  void Returned() {
    const OpenDemand demand = OfAnybody();
    BankEntry& credit = NewEntry("returned by the bank", demand, demand.open, false, Money());
    credit.free_text = demand.reference;
    BankEntry debit = credit;
    debit.key = absl::StrCat("r", credit.key);
    debit.direction = Direction::kDebit;
    debit.booked_on = credit.booked_on + 2;
    debit.return_info = {true, "AC04", credit.bank_reference};
    debit.bank_reference = absl::StrCat("R", credit.bank_reference);
    corpus_.facts.entries.push_back(std::move(debit));
  }
  void Stranger() {
    const OpenDemand& demand = OfAnybody();
    NewEntry("stranger", demand, Amount(), false, Money()).counterparty_name =
        absl::StrCat("无关", Below(500), "号商行");
  }
  void OtherPayerWithReference() {
    OpenDemand& demand = OfAnybody();
    BankEntry& entry = Pays("somebody else pays, with reference", demand);
    entry.counterparty_name = absl::StrCat("代付", names_++, "号");
    Say(entry, demand.reference);
  }
  void OtherPayerWithout() {
    const OpenDemand& demand = OfAnybody();
    NewEntry("somebody else pays, without reference", demand, demand.open, false, demand.open)
        .counterparty_name = absl::StrCat("代付", names_++, "号");
  }
  void EqualDemands() {
    const std::string debtor = NewName();
    const Money amount = Amount();
    const OpenDemand first = NewDemand(debtor, amount);
    NewDemand(debtor, amount).issued_on = first.issued_on;
    corpus_.facts.demands.back().due_on = first.due_on;
    NewEntry("one payment, two equal demands", first, amount, false, amount);
  }
  void TooMuch() {
    OpenDemand& demand = OfAnybody();
    Say(NewEntry("overpaid", demand,
                 demand.open + Money::Fen(100 + static_cast<std::int64_t>(Below(50'000))), true,
                 demand.open),
        demand.reference);
  }
  void PairedByDate() {
    const std::string debtor = NewName();
    const Money amount = Amount();
    const OpenDemand first = NewDemand(debtor, amount);
    OpenDemand& second = NewDemand(debtor, amount);
    second.issued_on = first.issued_on + 60;
    second.due_on = second.issued_on + 30;
    const OpenDemand later = second;
    NewEntry("paired by date", first, amount, true, amount).booked_on =
        *first.due_on - static_cast<std::int64_t>(Below(6));
    NewEntry("paired by date", later, amount, true, amount).booked_on =
        *later.due_on - static_cast<std::int64_t>(Below(6));
  }
  void CaseNumberWithSlip() {
    OpenDemand& demand = OfAnybody();
    BankEntry& entry = NewEntry("case number with a slip", demand, demand.open, false, demand.open);
    Say(entry, absl::StrCat("(2025)沪0115民初99", demand.case_numbers.front().substr(kCourtBytes)));
  }
  void FeeWithout() {
    const OpenDemand& demand = NewDemand(NewName(), Amount());
    const Money paid = demand.open - Fee();
    NewEntry("bank fee taken, without reference", demand, paid, false, paid);
  }
  // Two payments, two demands, no amount alone fits: only the totals do.
  void EverythingAtOnce() {
    const std::string debtor = NewName();
    const OpenDemand first = NewDemand(debtor, Money::Fen(900'000));
    NewDemand(debtor, Money::Fen(600'000)).issued_on = first.issued_on;
    corpus_.facts.demands.back().due_on = *first.due_on + 1;
    const OpenDemand second = corpus_.facts.demands.back();
    const BankEntry one =
        NewEntry("all for all", first, Money::Fen(1'000'000), true, Money::Fen(900'000));
    TruthOf(one).meant[second.key] = Money::Fen(100'000);
    NewEntry("all for all", second, Money::Fen(500'000), true, Money::Fen(500'000)).booked_on =
        one.booked_on + 1;
  }

  static constexpr std::array<std::string_view, 6> kPhrases = {
      "医保基金退回款 ", "赔款", "付医疗费垫付款：", "转账 ", "交强险赔付-", "往来款 "};
  Money Fee() {
    static constexpr std::array<std::int64_t, 4> kFees = {500, 1'000, 1'550, 5'000};
    return Money::Fen(Pick(kFees));
  }
  void MeanAll(const BankEntry& entry, std::size_t from, std::size_t count) {
    for (std::size_t i = from; i < from + count; ++i) {
      TruthOf(entry).meant[corpus_.facts.demands[i].key] = corpus_.facts.demands[i].open;
    }
  }

  const std::size_t wanted_;
  const Shape shape_;
  SeededRandom random_;
  Corpus corpus_;
  std::size_t names_ = 0;
};

double Share(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Corpus MakeCorpus(std::size_t entries, std::uint64_t seed, Shape shape) {
  return Maker(entries, seed, shape).Make();
}

double Quality::precision() const {
  return Share(total.found, total.found + total.wrong + total.guessed);
}
double Quality::recall() const { return Share(total.found, total.decidable); }

Quality Measure(const Corpus& corpus, const Result& result) {
  Quality quality;
  std::map<std::string, std::map<std::string, Money>> applied;
  for (const Application& application : result.applications) {
    applied[std::string(application.entry_key)][std::string(application.demand_key)] +=
        application.amount;
  }
  for (const auto& [key, truth] : corpus.truth) {
    Quality::OfKind& of_kind = quality.by_kind[truth.kind];
    ++of_kind.entries;
    if (truth.decidable) of_kind.decidable += static_cast<std::int64_t>(truth.meant.size());
    const auto it = applied.find(key);
    if (it == applied.end()) continue;
    for (const auto& [demand, amount] : it->second) {
      const auto meant = truth.meant.find(demand);
      const bool right = meant != truth.meant.end() && meant->second == amount;
      if (truth.decidable) {
        ++(right ? of_kind.found : of_kind.wrong);
      } else {
        ++of_kind.guessed;
      }
    }
  }
  for (const auto& [kind, of_kind] : quality.by_kind) {
    quality.total.entries += of_kind.entries;
    quality.total.decidable += of_kind.decidable;
    quality.total.found += of_kind.found;
    quality.total.wrong += of_kind.wrong;
    quality.total.guessed += of_kind.guessed;
  }
  return quality;
}

}  // namespace recoup::reconcile
