// What the values of one document say of each other: a contradiction is a warning that names both,
// and the values in question are for a person to look at.
#include <algorithm>
#include <array>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

void Question(const Reading& reading, std::initializer_list<std::string_view> fields,
              std::string why) {
  for (const std::string_view field : fields) reading.Doubt(field, kContradictedPercent);
  reading.Warn(std::move(why));
}

std::string InYuan(Money money) { return absl::StrCat(money.ToYuan(), "元"); }

void CheckDates(const Reading& reading) {
  const JudgmentElements& found = reading.elements;
  if (!found.accident_on || !found.closed_on || *found.accident_on <= *found.closed_on) return;
  Question(reading, {"accident_on", "closed_on"},
           absl::StrCat("事故日期", absl::FormatCivilTime(*found.accident_on), "晚于裁判日期",
                        absl::FormatCivilTime(*found.closed_on), "，请核对。"));
}

void CheckLiability(const Reading& reading) {
  std::int64_t hundredths = 0;
  std::string told;
  for (const LiabilityShare& share : reading.elements.liability) {
    hundredths += share.share_percent.hundredths;
    absl::StrAppend(&told, told.empty() ? "" : "、", share.party,
                    share.share_percent.hundredths / 100, "%");
  }
  // Thirds are written with 33.33 % or 33.34 % each.
  constexpr std::int64_t kWholeAndRounding = 100 * 100 + 10;
  if (hundredths <= kWholeAndRounding) return;
  Question(reading, {"liability", "medical_expense_awarded"},
           absl::StrCat("责任比例之和超过100%，请核对：", told, "。"));
}

// What is awarded under a policy cannot be more than its limit.
void CheckPolicyLimits(const Reading& reading) {
  const JudgmentElements& found = reading.elements;
  for (const Policy& policy : found.policies) {
    const auto same = std::ranges::count_if(found.policies, [&](const Policy& other) {
      return other.insurer == policy.insurer && other.kind == policy.kind;
    });
    if (same != 1 || !policy.limit.has_value()) continue;
    Money awarded;
    for (const Obligation& o : found.obligations) {
      if (o.debtor == policy.insurer && o.policy_kind == policy.kind) awarded += o.amount;
    }
    if (awarded <= *policy.limit) continue;
    Question(reading, {"policies", "obligations"},
             absl::StrCat(policy.insurer, "在保险限额", InYuan(*policy.limit), "内给付",
                          InYuan(awarded), "，超过限额，请核对。"));
  }
}

// 机动车交通事故责任强制保险责任限额: the greatest there is for medical expense, since 2020-09-19.
void CheckMedicalLimit(const Reading& reading) {
  constexpr Money kGreatest = Money::Fen(1'800'000);
  const JudgmentElements& found = reading.elements;
  const auto compulsory =
      std::ranges::count(found.policies, PolicyKind::kCompulsory, &Policy::kind);
  const Money most = Money::Fen(kGreatest.fen() * std::max<std::int64_t>(compulsory, 1));
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != Section::kReasons || sentence.by_party) continue;
    if (!reading.Has("policy.term", sentence.span)) continue;
    for (const Hit& hit : reading.All("arithmetic.in_medical_limit", sentence.span)) {
      const auto amounts = reading.Amounts(hit.groups[1]);
      if (amounts.empty() || amounts.front().money <= most) continue;
      return Question(reading, {"policies", "obligations", "medical_expense_awarded"},
                      absl::StrCat("交强险医疗费用限额至多", InYuan(most), "，文书写作赔偿",
                                   InYuan(amounts.front().money), "，请核对。"));
    }
  }
}

class AwardCheck {
 public:
  explicit AwardCheck(const Reading& reading)
      : reading_(reading),
        known_(reading.Amounts(
            {reading.document.outline.facts.begin, reading.document.outline.reasons.end})) {}

  // "商业三者险内赔偿43,400元" in the reasons and 43,800元 in the ruling: where no sum that the
  // document knows makes the difference.
  void CheckRuling() {
    const JudgmentElements& found = reading_.elements;
    for (std::size_t i = 0; i < found.obligations.size(); ++i) {
      const Obligation& o = found.obligations[i];
      const auto under = std::ranges::count_if(found.obligations, [&](const Obligation& other) {
        return other.policy_kind == PolicyKind::kCommercial;
      });
      if (o.policy_kind != PolicyKind::kCommercial || under != 1 || IsKnown(o.amount)) continue;
      const auto reasoned = ReasonedAward();
      if (!reasoned.has_value() || Explains(*reasoned, o.amount)) continue;
      reading_.Doubt(absl::StrCat("obligations[", i, "]"), kContradictedPercent);
      reading_.Warn(absl::StrCat("说理部分商业险赔偿", InYuan(*reasoned), "，判项为",
                                 InYuan(o.amount), "，不一致，请核对。"));
    }
  }

  // "本院确认医疗费为81,000元", which is none of the sums that the bill was found to have.
  void CheckConfirmed() {
    const JudgmentElements& found = reading_.elements;
    if (!found.medical_expense_total || !found.self_paid || !found.fund_paid) return;
    if (!found.fund_paid->is_positive()) return;
    const std::array<Money, 3> bill = {*found.medical_expense_total, *found.self_paid,
                                       *found.fund_paid};
    for (const Sentence& sentence : reading_.document.outline.sentences) {
      if (sentence.section != Section::kReasons || sentence.by_party) continue;
      for (const Hit& hit : reading_.All("arithmetic.confirmed", sentence.span)) {
        const auto amounts = reading_.Amounts(hit.groups[1]);
        if (amounts.empty()) continue;
        const Money told = amounts.front().money;
        const bool explained = std::ranges::any_of(
            bill, [&](Money part) { return part == told || Explains(part, told); });
        if (explained) continue;
        return Question(
            reading_,
            {"medical_expense_total", "self_paid", "fund_paid", "basis", "medical_expense_awarded"},
            absl::StrCat("查明的医疗费为", InYuan(*found.medical_expense_total), "，法院确认的为",
                         InYuan(told), "，请核对。"));
      }
    }
  }

 private:
  bool IsKnown(Money money) const {
    return std::ranges::any_of(known_, [&](const Amount& a) { return a.money == money; });
  }

  // Whether the document knows the difference, or both make up a sum it knows.
  bool Explains(Money told, Money other) const {
    const Money difference = told > other ? told - other : other - told;
    return difference == Money() || IsKnown(difference) || IsKnown(told + other);
  }

  // The only sum that the reasons award under the commercial cover.
  std::optional<Money> ReasonedAward() const {
    std::optional<Money> award;
    for (const Sentence& sentence : reading_.document.outline.sentences) {
      if (sentence.section != Section::kReasons || sentence.by_party) continue;
      for (const Hit& hit : reading_.All("arithmetic.commercial_award", sentence.span)) {
        const auto amounts = reading_.Amounts(hit.groups[1]);
        if (amounts.empty()) continue;
        if (award.has_value() && *award != amounts.front().money) return std::nullopt;
        award = amounts.front().money;
      }
    }
    return award;
  }

  const Reading& reading_;
  const std::vector<Amount> known_;
};

}  // namespace

void CheckConsistency(const Reading& reading) {
  CheckDates(reading);
  CheckLiability(reading);
  CheckPolicyLimits(reading);
  CheckMedicalLimit(reading);
  AwardCheck awards(reading);
  awards.CheckRuling();
  awards.CheckConfirmed();
}

}  // namespace recoup::court
