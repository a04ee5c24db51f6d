// Ten thousand small worlds: conservation, every certificate proven, order without effect.
#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"
#include "hub/base/ids.h"
#include "tests/reconcile/world.h"

namespace recoup::reconcile {
namespace {

constexpr std::uint64_t kSeed = 20261121;
constexpr int kRounds = 10'000;

class Worlds {
 public:
  explicit Worlds(std::uint64_t seed) : random_(seed) {}

  std::size_t Below(std::size_t n) { return static_cast<std::size_t>(random_.Next() % n); }
  bool OneIn(std::size_t n) { return Below(n) == 0; }
  // Few different amounts, so that equal amounts and equal sums are common.
  Money Amount() { return Money::Fen(static_cast<std::int64_t>(1 + Below(12)) * 100); }
  absl::CivilDay Day() { return absl::CivilDay(2026, 3, 1) + static_cast<int>(Below(40)); }
  std::string Payer() { return Pick({"安行财产保险", "远山客运公司", "王小明", "无关公司"}); }
  std::string Pick(std::vector<std::string> from) { return from[Below(from.size())]; }
  std::string Case() { return absl::StrCat("(2026)浙0106民初", Below(4), "号"); }

  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[Below(i)]);
  }

  OpenDemand NextDemand(std::size_t i) {
    OpenDemand demand = Demand(absl::StrCat("d", i), 1);
    demand.debtor_names = {Payer()};
    demand.debtor_key = demand.debtor_names[0] + (OneIn(8) ? "二" : "");
    if (i < 2) demand.reference = i == 0 ? kReferenceA : kReferenceB;
    if (OneIn(2)) demand.case_numbers = {Case()};
    demand.amount = Amount();
    demand.open = OneIn(5) ? Money() : demand.amount;
    demand.due_on = Day();
    if (demand.open.is_positive() && OneIn(3)) {
      const Money first = Money::Fen(
          1 + static_cast<std::int64_t>(Below(static_cast<std::size_t>(demand.amount.fen()) - 1)));
      demand.instalments = {{Day(), demand.amount - first, demand.amount - first},
                            {Day(), first, first}};
    }
    return demand;
  }

  BankEntry NextEntry(std::size_t i) {
    BankEntry entry = Credit(absl::StrCat("e", i), Amount().fen());
    if (OneIn(5)) entry.direction = Direction::kDebit;
    entry.reversal = OneIn(8);
    entry.booked_on = Day();
    entry.counterparty_name = Payer();
    if (OneIn(5)) entry.creditor_reference = Pick({kReferenceA, kReferenceB, "RF7112345", "X"});
    if (OneIn(3)) entry.free_text += std::string(" ") + Pick({kReferenceA, kReferenceB});
    if (OneIn(4)) entry.free_text += "案号" + Case();
    if (OneIn(6)) entry.free_text += "全部结清";
    if (OneIn(3)) entry.end_to_end_id = absl::StrCat("E2E", Below(4));
    if (OneIn(4)) entry.bank_reference = absl::StrCat("B", i);
    if (OneIn(4)) entry.return_info.original_reference = absl::StrCat("B", Below(6));
    return entry;
  }

  Facts Next() {
    Facts facts;
    facts.as_of = Day();
    const std::size_t demands = Below(7);
    for (std::size_t i = 0; i < demands; ++i) facts.demands.push_back(NextDemand(i));
    const std::size_t entries = 1 + Below(6);
    for (std::size_t i = 0; i < entries; ++i) facts.entries.push_back(NextEntry(i));
    for (std::size_t i = 0; i < Below(3); ++i) {
      std::vector<AdviceLine> lines;
      for (std::size_t j = 0; j < 1 + Below(3); ++j) {
        lines.push_back({OneIn(2) ? absl::StrCat("d", Below(7)) : "", Case(), Amount()});
      }
      Advice advice = MakeAdvice(absl::StrCat("a", i), lines);
      advice.payer_name = Payer();
      if (OneIn(10)) advice.total += Money::Fen(1);
      if (OneIn(2)) advice.end_to_end_id = absl::StrCat("E2E", Below(4));
      advice.is_final = OneIn(4);
      if (OneIn(2)) {  // An entry that fits the advice.
        BankEntry& entry = facts.entries[Below(facts.entries.size())];
        entry.amount = advice.total;
        entry.counterparty_name = advice.payer_name;
      }
      facts.advices.push_back(std::move(advice));
    }
    AddHistory(facts);
    return facts;
  }

 private:
  // Money of an earlier run that paid the closed demands, some of it unapplied.
  void AddHistory(Facts& facts) {
    for (const OpenDemand& demand : facts.demands) {
      if (demand.open.is_positive()) continue;
      BankEntry earlier = Credit("z" + demand.key, demand.amount.fen());
      earlier.booked_on = absl::CivilDay(2026, 2, 20);
      earlier.counterparty_name = demand.debtor_names[0];
      if (OneIn(2)) earlier.bank_reference = absl::StrCat("B", Below(6));
      if (OneIn(3)) earlier.amount += Amount();
      facts.earlier_applications.push_back({earlier.key, demand.key, demand.amount});
      facts.earlier_entries.push_back(std::move(earlier));
    }
  }

  SeededRandom random_;
};

void OnTwoThreads(const std::function<void()>& first, const std::function<void()>& second) {
  std::thread other(second);
  first();
  other.join();
}

TEST(RandomWorldsTest, EveryCertificateVerifiesMoneyIsConservedAndOrderHasNoEffect) {
  Worlds worlds(kSeed);
  const ReconcilePolicy policy;
  std::map<std::string, int> seen;
  for (int round = 0; round < kRounds; ++round) {
    Facts facts = worlds.Next();
    const absl::StatusOr<Result> first = Reconcile(facts, policy);
    ASSERT_TRUE(first.ok()) << "seed " << kSeed << " round " << round << " " << first.status();
    const absl::Status proof = VerifyResult(facts, policy, *first);
    ASSERT_TRUE(proof.ok()) << "seed " << kSeed << " round " << round << " " << proof;
    worlds.Shuffle(facts.entries);
    worlds.Shuffle(facts.demands);
    worlds.Shuffle(facts.advices);
    worlds.Shuffle(facts.earlier_entries);
    worlds.Shuffle(facts.earlier_applications);
    const absl::StatusOr<Result> second = Reconcile(facts, policy);
    ASSERT_TRUE(second.ok());
    ASSERT_TRUE(*first == *second) << "seed " << kSeed << " round " << round;
    if (round % 20 == 0) {
      const absl::StatusOr<Result> at_once = Reconcile(Pack(facts), policy, OnTwoThreads);
      ASSERT_TRUE(at_once.ok());
      ASSERT_TRUE(*first == *at_once) << "seed " << kSeed << " round " << round;
    }
    for (const Application& a : first->applications) {
      ++seen[std::string(RuleName(a.certificate.rule))];
    }
    for (const Break& b : first->breaks) ++seen[std::string(BreakKindName(b.kind))];
    if (!first->undone.empty()) ++seen["UNDONE"];
  }
  // The worlds are only worth something when they reach every rung and every kind of break.
  for (const char* name : {"STRUCTURED_REFERENCE", "REFERENCE_IN_TEXT", "ADVICE",
                           "SEVERAL_REFERENCES", "PAYER_AND_AMOUNT", "PAYER_AND_SUM", "OVERPAID",
                           "UNDERPAID", "DUPLICATE_PAYMENT", "UNKNOWN_PAYMENT", "RETURNED_PAYMENT",
                           "LATE_PAYMENT", "AMBIGUOUS_PAYMENT", "ADVICE_WITHOUT_MONEY", "UNDONE"}) {
    EXPECT_GT(seen[name], 20) << name;
  }
}

// A payment that names its demand takes a demand of the sum that others are matched by: every rule
// that decides by amounts names it, and a certificate that leaves it out, or names one that was not
// taken, is refused.
TEST(TakenDemandsTest, WhatHadTheSumUntilItWasTakenIsNamedAndNothingElse) {
  Worlds worlds(kSeed);
  const ReconcilePolicy policy;
  std::map<Rule, int> named;
  std::map<Rule, int> without;
  for (int round = 0; round < 400; ++round) {
    for (const Rule rule :
         {Rule::kPayerAndAmount, Rule::kPayerAndDates, Rule::kPayerAndSum, Rule::kPayerAndParts}) {
      SCOPED_TRACE(absl::StrCat(std::string(RuleName(rule)), " round ", round));
      const std::int64_t x = 1'000 + static_cast<std::int64_t>(worlds.Below(500));
      const std::int64_t y = 7'000 + static_cast<std::int64_t>(worlds.Below(500));
      const bool sums = rule == Rule::kPayerAndSum || rule == Rule::kPayerAndParts;
      const std::int64_t whole = sums ? x + y : x;
      const std::int64_t taken_fen = worlds.OneIn(3) ? whole + 5 : whole;
      Facts facts =
          World({Credit("e0", taken_fen, kReferenceA)}, {Demand("d0", taken_fen, kReferenceA)});
      if (worlds.OneIn(4)) facts.demands[0].issued_on = absl::CivilDay(2026, 6, 1);
      const bool is_rival =
          taken_fen == whole && facts.demands[0].issued_on < absl::CivilDay(2026, 6, 1);
      const auto demand = [&](const char* key, std::int64_t fen, int day) {
        facts.demands.push_back(Demand(key, fen));
        facts.demands.back().due_on = absl::CivilDay(2026, 3, day);
      };
      const auto payment = [&](const char* key, std::int64_t fen, int day) {
        facts.entries.push_back(Credit(key, fen));
        facts.entries.back().booked_on = absl::CivilDay(2026, 3, day);
      };
      demand("d1", rule == Rule::kPayerAndParts ? whole : x, 2);
      if (rule == Rule::kPayerAndDates) demand("d2", x, 26);
      if (rule == Rule::kPayerAndSum) demand("d2", y, 26);
      payment("e1", rule == Rule::kPayerAndSum ? whole : x, 3);
      if (rule == Rule::kPayerAndDates) payment("e2", x, 27);
      if (rule == Rule::kPayerAndParts) payment("e2", y, 9);
      worlds.Shuffle(facts.entries);
      worlds.Shuffle(facts.demands);
      const Result good = Decide(facts);
      using TakenDemands = std::vector<TakenDemand>;
      const TakenDemands expected = is_rival ? TakenDemands{{"d0", "e0"}} : TakenDemands{};
      int decided = 0;
      for (std::size_t i = 0; i < good.applications.size(); ++i) {
        const Certificate& certificate = good.applications[i].certificate;
        if (certificate.rule != rule) {
          EXPECT_TRUE(certificate.taken.empty());
          continue;
        }
        ++decided;
        EXPECT_EQ(certificate.taken, expected);
        for (const TakenDemands& forged_taken :
             {TakenDemands{}, TakenDemands{{"d0", "e0"}}, TakenDemands{{"d0", "e1"}},
              TakenDemands{{"d1", "e0"}}, TakenDemands{{"d0", "e0"}, {"d1", "e0"}}}) {
          if (forged_taken == expected) continue;
          Result forged = good;
          forged.applications[i].certificate.taken = forged_taken;
          EXPECT_FALSE(VerifyResult(facts, policy, forged).ok());
        }
      }
      EXPECT_EQ(decided, rule == Rule::kPayerAndAmount ? 1 : 2);
      ++(is_rival ? named : without)[rule];
    }
  }
  for (const auto& [of, times] : named) EXPECT_GT(times, 50) << RuleName(of);
  for (const auto& [of, times] : without) EXPECT_GT(times, 50) << RuleName(of);
}

// The checker is no ornament: each forged result is refused.
TEST(VerifyTest, RefusesForgedResults) {
  const Facts facts = World({Credit("e1", 1000, kReferenceA)},
                            {Demand("d1", 1000, kReferenceA), Demand("d2", 1000, kReferenceB)});
  const ReconcilePolicy policy;
  const Result good = Decide(facts);
  ASSERT_EQ(good.applications.size(), 1u);
  const auto refused = [&](auto forge) {
    Result forged = good;
    forge(forged);
    return !VerifyResult(facts, policy, forged).ok();
  };
  EXPECT_TRUE(refused([](Result& r) { r.applications[0].amount = Money::Fen(999); }));
  EXPECT_TRUE(refused([](Result& r) { r.applications[0].amount = Money::Fen(1001); }));
  EXPECT_TRUE(refused([](Result& r) { r.applications[0].demand_key = "d2"; }));
  EXPECT_TRUE(refused([](Result& r) {
    r.applications[0].demand_key = "d2";
    r.applications[0].certificate.chosen = {"d2"};
  }));
  EXPECT_TRUE(refused([](Result& r) { r.applications[0].entry_key = "e9"; }));
  EXPECT_TRUE(refused([](Result& r) { r.applications[0].certificate.token = kReferenceB; }));
  EXPECT_TRUE(refused([](Result& r) { r.applications.push_back(r.applications[0]); }));
  EXPECT_TRUE(refused([](Result& r) { r.applications.clear(); }));
  EXPECT_TRUE(refused([](Result& r) {
    r.applications[0].certificate.rule = Rule::kPayerAndAmount;  // Two demands fit the amount.
  }));
  EXPECT_TRUE(refused([](Result& r) {
    r.undone.push_back(Undo{"e1", "e1", "d1", Money::Fen(1), ""});
  }));
}

}  // namespace
}  // namespace recoup::reconcile
