// The medical part that each debtor bears, by the law's order of payment (民法典 1213): compulsory
// motor cover up to its medical limit and without regard to fault, then the shares, which the
// commercial cover of a liable party bears for it.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/court/medical_covers.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;
using domain::Ratio;

constexpr std::int64_t kWhole = 100 * 100;

std::string PercentText(Percent share) {
  const std::int64_t whole = share.hundredths / 100;
  const std::int64_t rest = share.hundredths % 100;
  if (rest == 0) return absl::StrCat(whole, "%");
  return absl::StrCat(whole, rest < 10 ? ".0" : ".", rest, "%");
}

bool IsInjured(const JudgmentElements& elements, std::string_view party) {
  const std::vector<std::string> names = absl::StrSplit(std::string(party), "、");
  const auto& injured = elements.injured_persons;
  return std::ranges::all_of(names, [&](const std::string& name) {
    return std::ranges::find(injured, name, &InjuredPerson::name) != injured.end();
  });
}

class OrderOfPayment {
 public:
  OrderOfPayment(const Reading& reading, const std::vector<ToldAmount>& told, Covers& covers)
      : reading_(reading), elements_(reading.elements), told_(told), covers_(covers) {
    awarded_ = *elements_.medical_expense_awarded;
    for (const std::size_t i : covers_.to_fund) awarded_ -= elements_.obligations[i].amount;
    loss_ = CountedMedicalLoss(reading);
  }

  void Run() {
    if (awarded_.is_negative()) return;
    if (Sole()) return;
    if (!loss_.has_value() || elements_.basis == Basis::kFundAwarded) return;
    if (!Compulsory()) return;
    ByShare();
    TakeRemainder();
    Close();
  }

 private:
  static bool IsCompulsory(const Cover& cover) { return cover.policy == PolicyKind::kCompulsory; }

  // One debtor bears all that was awarded.
  bool Sole() {
    if (covers_.covers.size() != 1) return false;
    Cover& cover = covers_.covers.front();
    if (cover.medical.has_value()) return true;
    const bool other_bears = covers_.prepaid_elsewhere && cover.kind == PartyKind::kInsurer;
    if (other_bears || CompulsoryPaidElsewhere(cover)) return true;
    if (cover.whole().has_value() && awarded_ > *cover.whole()) return true;
    cover.medical = awarded_;
    cover.how = absl::StrCat("判决的医疗费", awarded_.ToYuan(), "元全部由其负担");
    return true;
  }

  // A compulsory cover of which nothing is ordered, though something is left of it.
  bool CompulsoryPaidElsewhere(const Cover& sole) const {
    return std::ranges::any_of(elements_.policies, [&](const Policy& policy) {
      return policy.kind == PolicyKind::kCompulsory &&
             !(sole.debtor == policy.insurer && (!sole.policy || IsCompulsory(sole))) &&
             !PaysNothingBesideAnother(reading_, policy) && Remaining(policy).is_positive();
    });
  }

  Money Remaining(const Policy& policy) const {
    const auto by_law = StatutoryMedicalLimit(elements_.accident_on);
    return policy.medical_remaining.value_or(by_law.value_or(Money()));
  }

  const Policy* PolicyOf(const Cover& cover) const {
    for (const Policy& policy : elements_.policies) {
      if (policy.insurer == cover.debtor && policy.kind == PolicyKind::kCompulsory) return &policy;
    }
    return nullptr;
  }

  // Whether every compulsory cover is understood. Of several each bears its limit, or, of a smaller
  // loss, in proportion to the limits (道交解释 13).
  bool Compulsory() {
    std::vector<Cover*> found;
    std::vector<std::int64_t> limits;
    Money together;
    for (const Policy& policy : elements_.policies) {
      if (policy.kind != PolicyKind::kCompulsory || PaysNothingBesideAnother(reading_, policy)) {
        continue;
      }
      const auto cover = std::ranges::find_if(covers_.covers, [&](const Cover& one) {
        return IsCompulsory(one) && one.debtor == policy.insurer;
      });
      if (cover == covers_.covers.end()) {
        if (Remaining(policy).is_positive()) return false;
        continue;
      }
      found.push_back(&*cover);
      limits.push_back(Remaining(policy).fen());
      together += Remaining(policy);
    }
    const std::size_t ordered = static_cast<std::size_t>(
        std::ranges::count_if(covers_.covers, [](const Cover& c) { return IsCompulsory(c); }));
    if (ordered != found.size()) return false;
    rest_ = *loss_;
    if (found.empty()) return true;
    std::vector<Money> parts;
    for (const std::int64_t limit : limits) parts.push_back(Money::Fen(limit));
    if (*loss_ < together) {
      const auto split = Split(*loss_, limits);
      if (!split.ok()) return false;
      parts = *split;
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      Cover& cover = *found[i];
      if (!cover.medical.has_value()) {
        cover.medical = parts[i];
        cover.how = CompulsoryText(cover, parts[i], found.size() > 1);
      }
      rest_ -= *cover.medical;
    }
    return !rest_.is_negative();
  }

  std::string CompulsoryText(const Cover& cover, Money part, bool several) const {
    const Policy* policy = PolicyOf(cover);
    const bool stated = policy != nullptr && policy->medical_remaining.has_value();
    return absl::StrCat("医疗费损失", loss_->ToYuan(), "元先由交强险在",
                        stated ? "医疗费用限额（本案可用" : "事故日的法定医疗费用限额（",
                        Remaining(*policy).ToYuan(), "元）内负担，不分责任比例",
                        several && part < Remaining(*policy) ? "，几份交强险按限额比例分担" : "",
                        "，计", part.ToYuan(), "元");
  }

  std::optional<Percent> ShareOf(const Cover& cover) const {
    std::int64_t sum = 0;
    const auto exact = std::ranges::find(elements_.liability, cover.debtor, &LiabilityShare::party);
    if (exact != elements_.liability.end()) return exact->share_percent;
    const std::vector<std::string> names = absl::StrSplit(cover.debtor, "、");
    for (const std::string& name : names) {
      const auto one = std::ranges::find(elements_.liability, name, &LiabilityShare::party);
      if (one == elements_.liability.end()) return std::nullopt;
      sum += one->share_percent.hundredths;
    }
    return Percent{sum};
  }

  // "由某公司在商业三者险内赔偿60%即29356.4元": the share stands before the sum of the cover.
  std::optional<Percent> ShareInReckoning(const Cover& cover) const {
    if (!cover.whole().has_value()) return std::nullopt;
    for (const ToldAmount& one : told_) {
      if (one.by_party || one.section == Section::kRuling) continue;
      if (one.amount.money != *cover.whole() && one.amount.money != cover.ordered) continue;
      const auto shares = reading_.Shares(one.before);
      if (shares.empty()) continue;
      const bool known = std::ranges::any_of(elements_.liability, [&](const LiabilityShare& s) {
        return s.share_percent == shares.back().percent && !IsInjured(elements_, s.party);
      });
      if (known) return shares.back().percent;
    }
    return std::nullopt;
  }

  // Where all that compulsory cover leaves is borne by insurers, in proportion to the shares of
  // those they insure: "剩余15400元，由甲赔偿12320元，乙赔偿3080元" at 80 % and 20 %.
  std::optional<Percent> ShareByProportion(const Cover& cover) const {
    std::int64_t liable = 0;
    for (const LiabilityShare& share : elements_.liability) {
      if (!IsInjured(elements_, share.party)) liable += share.share_percent.hundredths;
    }
    Money together;
    for (const Cover& other : covers_.covers) {
      if (IsCompulsory(other)) continue;
      if (other.kind != PartyKind::kInsurer || !other.whole().has_value()) return std::nullopt;
      together += *other.whole();
    }
    if (liable == 0) return std::nullopt;
    for (const LiabilityShare& share : elements_.liability) {
      if (IsInjured(elements_, share.party)) continue;
      const auto part = together.Times(Ratio{share.share_percent.hundredths, liable});
      if (!part.ok()) continue;
      const Money gap = *part > *cover.whole() ? *part - *cover.whole() : *cover.whole() - *part;
      if (gap <= Rounding()) return share.share_percent;
    }
    return std::nullopt;
  }

  void ByShare() {
    std::size_t liable = 0, own = 0, insured = 0;
    for (const LiabilityShare& share : elements_.liability) {
      if (!IsInjured(elements_, share.party) && share.share_percent.hundredths > 0) ++liable;
    }
    for (const Cover& cover : covers_.covers) {
      if (IsCompulsory(cover)) continue;
      if (cover.kind == PartyKind::kInsurer)
        ++insured;
      else
        ++own;
    }
    // Who pays beside an insurer bears what the insurer does not, which is no share.
    const bool each_pays_own = insured == 0 || own + insured <= liable;
    for (Cover& cover : covers_.covers) {
      if (cover.medical.has_value() || IsCompulsory(cover)) continue;
      std::optional<Percent> share;
      if (cover.kind == PartyKind::kInsurer) {
        if (each_pays_own && own + insured > 1) share = ShareInReckoning(cover);
        if (!share.has_value() && insured > 1 && insured == liable) {
          share = ShareByProportion(cover);
        }
      } else if (each_pays_own) {
        share = ShareOf(cover);
      }
      if (!share.has_value()) continue;
      const auto part = rest_.Times(Ratio{share->hundredths, kWhole});
      if (!part.ok()) continue;
      cover.medical = *part;
      cover.how =
          absl::StrCat(rest_ == *loss_ ? "医疗费损失" : "超出交强险的医疗费", rest_.ToYuan(), "元×",
                       PercentText(*share), "，计", part->ToYuan(), "元");
    }
  }

  // The one whose part nothing tells bears what the others leave of the award.
  void TakeRemainder() {
    Cover* open = nullptr;
    Money others;
    for (Cover& cover : covers_.covers) {
      if (cover.medical.has_value()) {
        others += *cover.medical;
      } else if (open != nullptr) {
        return;
      } else {
        open = &cover;
      }
    }
    if (open == nullptr || others > awarded_) return;
    const bool is_insurer = open->kind == PartyKind::kInsurer;
    // Whoever paid before may have borne a part of what the insurer does not cover.
    if (is_insurer && covers_.prepaid_elsewhere) return;
    const Money remainder = awarded_ - others;
    if (open->whole().has_value() && remainder > *open->whole()) return;
    if (!Expected(remainder)) return;
    open->medical = remainder;
    open->how = absl::StrCat("判决的医疗费", awarded_.ToYuan(), "元，减去其他给付中的医疗费",
                             others.ToYuan(), "元，计", remainder.ToYuan(), "元");
  }

  // Whether the remainder is what the shares leave, where nothing but shares decides.
  bool Expected(Money remainder) const {
    std::int64_t shares = 0;
    for (const LiabilityShare& share : elements_.liability) {
      if (!IsInjured(elements_, share.party)) shares += share.share_percent.hundredths;
    }
    const bool stated_part = std::ranges::any_of(
        covers_.covers, [](const Cover& cover) { return cover.stated && !IsCompulsory(cover); });
    if (shares == 0 || stated_part) return true;
    Money by_share;
    for (const Cover& cover : covers_.covers) {
      if (cover.medical.has_value() && !IsCompulsory(cover)) by_share += *cover.medical;
    }
    const auto all = rest_.Times(Ratio{std::min(shares, kWhole), kWhole});
    if (!all.ok()) return false;
    const Money expected = *all - by_share;
    const Money gap = expected > remainder ? expected - remainder : remainder - expected;
    return gap <= Rounding();
  }

  Money Rounding() const { return Money::Fen(static_cast<std::int64_t>(covers_.covers.size())); }

  // What was worked out must make up what was awarded; each share was rounded once.
  void Close() {
    Money sum;
    bool whole = true;
    for (const Cover& cover : covers_.covers) {
      sum += cover.medical.value_or(Money());
      whole = whole && cover.medical.has_value();
    }
    const Money over = sum > awarded_ ? sum - awarded_ : Money();
    const Money under = whole && sum < awarded_ ? awarded_ - sum : Money();
    if (over > Rounding() || under > Rounding()) {
      Forget(absl::StrCat("按限额、责任比例推算的医疗费合计", sum.ToYuan(), "元，与判决的医疗费",
                          awarded_.ToYuan(), "元不一致"));
      return;
    }
    if (!over.is_positive()) return;
    const auto largest = std::ranges::max_element(covers_.covers, {}, [](const Cover& cover) {
      return cover.stated ? Money() : cover.medical.value_or(Money());
    });
    if (*largest->medical >= over) *largest->medical -= over;
  }

  void Forget(const std::string& why) {
    for (Cover& cover : covers_.covers) {
      if (cover.stated) continue;
      cover.medical.reset();
      cover.how = why;
    }
  }

  const Reading& reading_;
  const JudgmentElements& elements_;
  const std::vector<ToldAmount>& told_;
  Covers& covers_;
  Money awarded_;  // B, without what is awarded to a fund.
  std::optional<Money> loss_;
  Money rest_;  // What compulsory cover leaves of the loss.
};

}  // namespace

void WorkOutMedical(const Reading& reading, const std::vector<ToldAmount>& told, Covers& covers) {
  OrderOfPayment(reading, told, covers).Run();
}

}  // namespace recoup::court
