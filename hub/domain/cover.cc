#include "hub/domain/cover.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::domain {
namespace {

constexpr char kCoverVersion[] = "1";

// This victim's part of what is left of a limit: all of it, unless others share it and there is not
// enough for all, or more of it stands already.
absl::StatusOr<Money> OwnPart(const InsurancePolicy& policy, Money available, Money loss,
                              const char* rule_id, const char* source, Explanation& explanation) {
  std::vector<LimitClaimant> claimants = policy.other_victims;
  Money others;
  for (const LimitClaimant& other : claimants) others += std::max(other.loss, other.stands);
  if (others + std::max(loss, policy.stands) <= available) return available;
  claimants.push_back({policy.victim_key, loss, policy.stands});
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> parts, DivideLimit(available, claimants));
  if (policy.other_victims.empty() && parts.back() == available) return available;
  explanation.steps.push_back(
      {.label = absl::StrCat("多名受害人按损失比例分配限额：", policy.insurer),
       .formula = "可用限额 × 本案损失 ÷ 全部受害人损失，最大余数法；已付或已认可的部分不变",
       .inputs = {AmountInput("可用限额", available), AmountInput("本案损失", loss),
                  AmountInput("其他受害人损失", others)},
       .rule_id = rule_id,
       .rule_version = "2",
       .source = source,
       .result = parts.back(),
       .result_text = {}});
  return parts.back();
}

// The medical limit by law on the day of the accident, and where it stands.
struct LawfulLimit {
  Money limit;
  const PolicyRule* rule = nullptr;
};

absl::StatusOr<LawfulLimit> LimitByLaw(const ApportionmentInput& input,
                                       const PolicyData& policy_data, std::size_t party) {
  const bool no_fault = party < input.parties.size() && input.parties[party].no_fault;
  const char* key = no_fault ? "ctp.no_fault_medical_limit_fen" : "ctp.medical_limit_fen";
  LawfulLimit found;
  RECOUP_ASSIGN_OR_RETURN(found.rule, policy_data.Find(key, input.pool, input.accident_date));
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t fen,
                          policy_data.Integer(key, input.pool, input.accident_date));
  RECOUP_ASSIGN_OR_RETURN(found.limit, Money::Create(fen));
  return found;
}

}  // namespace

absl::StatusOr<Cover> CompulsoryCover(const ApportionmentInput& input,
                                      const PolicyData& policy_data, std::size_t index, Money loss,
                                      Explanation& explanation) {
  const InsurancePolicy& policy = input.policies[index];
  ExplanationStep step{.label = absl::StrCat("交强险医疗费用可用限额：", policy.insurer),
                       .formula = "责任限额 − 已用限额",
                       .inputs = {},
                       .rule_id = "ctp.remaining_medical_limit",
                       .rule_version = kCoverVersion,
                       .source = "保险单",
                       .result = std::nullopt,
                       .result_text = {}};
  Money limit;
  if (policy.limit.has_value()) {
    limit = *policy.limit;
  } else {
    RECOUP_ASSIGN_OR_RETURN(const LawfulLimit by_law, LimitByLaw(input, policy_data, policy.party));
    limit = by_law.limit;
    step.rule_id = by_law.rule->key;
    step.rule_version = by_law.rule->version;
    step.source = by_law.rule->source;
  }
  if (policy.used > limit) {
    Faults faults;
    faults.Add(absl::StrCat("policies[", index, "].used"), "exceeds the limit");
    return faults.ToStatus();
  }
  Money available = limit - policy.used;
  step.inputs = {AmountInput("责任限额", limit), AmountInput("已用限额", policy.used)};
  step.result = available;
  explanation.steps.push_back(std::move(step));
  RECOUP_ASSIGN_OR_RETURN(available, OwnPart(policy, available, loss, "ctp.several_victims",
                                             "道路交通事故损害赔偿解释第十九条", explanation));
  return Cover{index, policy.party, limit, available};
}

absl::StatusOr<Cover> UninsuredCover(const ApportionmentInput& input, const PolicyData& policy_data,
                                     std::size_t party, Explanation& explanation) {
  const LiableParty& owner = input.parties[party];
  RECOUP_ASSIGN_OR_RETURN(const LawfulLimit by_law, LimitByLaw(input, policy_data, party));
  const Money available = by_law.limit - std::min(*owner.uninsured_used, by_law.limit);
  explanation.steps.push_back(
      {.label = absl::StrCat("未依法投保交强险，投保义务人在医疗费用限额内先行承担：", owner.name),
       .formula = "责任限额 − 已用限额",
       .inputs = {AmountInput("责任限额", by_law.limit),
                  AmountInput("已用限额", *owner.uninsured_used)},
       .rule_id = by_law.rule->key,
       .rule_version = by_law.rule->version,
       .source = "道路交通事故损害赔偿解释第十六条",
       .result = available,
       .result_text = {}});
  return Cover{std::nullopt, party, by_law.limit, available};
}

absl::StatusOr<Money> PaidByCommercial(const InsurancePolicy& policy, Money part,
                                       Explanation& explanation) {
  RECOUP_ASSIGN_OR_RETURN(
      const Money available,
      OwnPart(policy, *policy.limit - policy.used, part, "commercial.several_victims",
              "民法典第一千二百一十三条；限额按损失比例分配", explanation));
  const Money paid = std::min(part, available);
  explanation.steps.push_back(
      {.label = absl::StrCat("商业责任险赔付：", policy.insurer),
       .formula = "min(应承担部分, 保险限额 − 已用限额)",
       .inputs = {AmountInput("应承担部分", part), AmountInput("保险限额", *policy.limit),
                  AmountInput("已用限额", policy.used)},
       .rule_id = "waterfall.commercial",
       .rule_version = kCoverVersion,
       .source = "民法典第一千二百一十三条",
       .result = paid,
       .result_text = {}});
  return paid;
}

}  // namespace recoup::domain
