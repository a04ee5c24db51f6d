#include "hub/domain/waterfall.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::domain {
namespace {

constexpr char kRuleVersion[] = "1";

// One compulsory cover: how much of its medical limit this loss may take.
struct Cover {
  std::size_t policy;
  Money limit;
  Money available;
};

// Those who owe one share together: a party alone, or a joint group; drivers have been replaced by
// the employers that answer for them.
struct Unit {
  std::size_t lead;
  std::int64_t share = 0;
  std::vector<std::size_t> members;
  std::vector<std::size_t> covered;  // Parties whose commercial cover pays for this unit.
};

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

absl::StatusOr<Cover> CoverOf(const ApportionmentInput& input, const PolicyData& policy_data,
                              std::size_t index, Money loss, Explanation& explanation) {
  const InsurancePolicy& policy = input.policies[index];
  ExplanationStep step{.label = absl::StrCat("交强险医疗费用可用限额：", policy.insurer),
                       .formula = "责任限额 − 已用限额",
                       .inputs = {},
                       .rule_id = "ctp.remaining_medical_limit",
                       .rule_version = kRuleVersion,
                       .source = "保险单",
                       .result = std::nullopt,
                       .result_text = {}};
  Money limit;
  if (policy.limit.has_value()) {
    limit = *policy.limit;
  } else {
    const char* key = input.parties[policy.party].no_fault ? "ctp.no_fault_medical_limit_fen"
                                                           : "ctp.medical_limit_fen";
    RECOUP_ASSIGN_OR_RETURN(const PolicyRule* rule,
                            policy_data.Find(key, input.pool, input.accident_date));
    RECOUP_ASSIGN_OR_RETURN(const std::int64_t fen,
                            policy_data.Integer(key, input.pool, input.accident_date));
    RECOUP_ASSIGN_OR_RETURN(limit, Money::Create(fen));
    step.rule_id = rule->key;
    step.rule_version = rule->version;
    step.source = rule->source;
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
  return Cover{index, limit, available};
}

// Several vehicles (道交解释 18): by their limits while the loss is below the sum, else all limits.
// What one cover cannot take because it is used up goes to the others, again by their limits.
absl::StatusOr<std::vector<Money>> SplitOverCovers(Money loss, const std::vector<Cover>& covers) {
  Money available;
  for (const Cover& cover : covers) available += cover.available;
  Money left = std::min(loss, available);
  std::vector<Money> taken(covers.size());
  while (left.is_positive()) {
    std::vector<std::int64_t> weights;
    for (std::size_t i = 0; i < covers.size(); ++i) {
      weights.push_back(taken[i] < covers[i].available ? covers[i].limit.fen() : 0);
    }
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> parts, Split(left, weights));
    for (std::size_t i = 0; i < covers.size(); ++i) {
      const Money part = std::min(parts[i], covers[i].available - taken[i]);
      taken[i] += part;
      left -= part;
    }
  }
  return taken;
}

std::vector<Unit> UnitsOf(const ApportionmentInput& input) {
  std::vector<Unit> units;
  for (std::size_t i = 0; i < input.parties.size(); ++i) {
    const std::size_t payer = input.parties[i].answered_for_by.value_or(i);
    const int group = input.parties[payer].joint_group;
    auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& known) {
      return known.lead == payer || (group != 0 && input.parties[known.lead].joint_group == group);
    });
    if (unit == units.end()) {
      units.push_back({.lead = payer, .share = 0, .members = {}, .covered = {}});
      unit = std::prev(units.end());
    }
    unit->share += input.parties[i].share_basis_points;
    unit->covered.push_back(i);
    if (std::find(unit->members.begin(), unit->members.end(), payer) == unit->members.end()) {
      unit->members.push_back(payer);
    }
  }
  return units;
}

// One unit pays its part: commercial cover first, then itself.
absl::Status PayUnit(const ApportionmentInput& input, const Unit& unit, Money part,
                     Apportionment& result) {
  std::vector<DebtorAmount>& debtors = result.debtors;
  Explanation& explanation = result.explanation;
  for (std::size_t i = 0; i < input.policies.size() && part.is_positive(); ++i) {
    const InsurancePolicy& policy = input.policies[i];
    if (policy.kind != PolicyKind::kCommercial) continue;
    if (std::find(unit.covered.begin(), unit.covered.end(), policy.party) == unit.covered.end()) {
      continue;
    }
    result.claimed[i] += part;
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
         .rule_version = kRuleVersion,
         .source = "民法典第一千二百一十三条",
         .result = paid,
         .result_text = {}});
    if (paid.is_zero()) continue;
    debtors.push_back({.name = policy.insurer,
                       .kind = DebtorKind::kInsurer,
                       .amount = paid,
                       .policy = i,
                       .jointly_with = {},
                       .per_advance = {}});
    part -= paid;
  }
  if (part.is_zero()) return absl::OkStatus();
  DebtorAmount debtor{.name = input.parties[unit.lead].name,
                      .kind = input.parties[unit.lead].kind,
                      .amount = part,
                      .policy = std::nullopt,
                      .jointly_with = {},
                      .per_advance = {}};
  for (const std::size_t member : unit.members) {
    if (member != unit.lead) debtor.jointly_with.push_back(input.parties[member].name);
  }
  explanation.steps.push_back({.label = absl::StrCat("保险以外由责任人承担：", debtor.name),
                               .formula = "应承担部分 − 保险赔付",
                               .inputs = {AmountInput("保险赔付后余额", part)},
                               .rule_id = "waterfall.party",
                               .rule_version = kRuleVersion,
                               .source = "民法典第一千二百一十三条",
                               .result = part,
                               .result_text = {}});
  debtors.push_back(std::move(debtor));
  return absl::OkStatus();
}

}  // namespace

absl::Status RunWaterfall(const ApportionmentInput& input, const PolicyData& policy_data,
                          Money loss, RestRule rule, Apportionment& result) {
  std::vector<DebtorAmount>& debtors = result.debtors;
  Explanation& explanation = result.explanation;
  std::vector<Cover> covers;
  for (std::size_t i = 0; i < input.policies.size(); ++i) {
    if (input.policies[i].kind != PolicyKind::kCtp) continue;
    RECOUP_ASSIGN_OR_RETURN(Cover cover, CoverOf(input, policy_data, i, loss, explanation));
    covers.push_back(cover);
    result.claimed[i] = loss;
  }
  Money rest = loss;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> taken, SplitOverCovers(loss, covers));
  for (std::size_t i = 0; i < covers.size(); ++i) {
    const std::string& insurer = input.policies[covers[i].policy].insurer;
    explanation.steps.push_back(
        {.label = absl::StrCat("交强险先行赔付，不计责任比例：", insurer),
         .formula =
             covers.size() == 1 ? "min(损失, 可用限额)" : "损失按各车限额比例，以可用限额为限",
         .inputs = {AmountInput("损失", loss), AmountInput("可用限额", covers[i].available)},
         .rule_id = covers.size() == 1 ? "ctp.first" : "ctp.several_vehicles",
         .rule_version = kRuleVersion,
         .source =
             covers.size() == 1 ? "民法典第一千二百一十三条" : "道路交通事故损害赔偿解释第十八条",
         .result = taken[i],
         .result_text = {}});
    if (taken[i].is_zero()) continue;
    debtors.push_back({.name = insurer,
                       .kind = DebtorKind::kInsurer,
                       .amount = taken[i],
                       .policy = covers[i].policy,
                       .jointly_with = {},
                       .per_advance = {}});
    rest -= taken[i];
  }

  const std::vector<Unit> units = UnitsOf(input);
  std::vector<std::int64_t> shares;
  std::int64_t shares_total = 0;
  for (const Unit& unit : units) {
    shares.push_back(unit.share);
    shares_total += unit.share;
  }
  if (rest.is_zero() || shares_total == 0) return absl::OkStatus();
  const Ratio borne = rule == RestRule::kInFull ? Ratio{1, 1} : Ratio{shares_total, kBasisPoints};
  RECOUP_ASSIGN_OR_RETURN(const Money part, rest.Times(borne));
  explanation.steps.push_back(
      {.label = "交强险以外部分按责任比例承担",
       .formula = "(损失 − 交强险赔付) × 责任比例",
       .inputs = {AmountInput("交强险以外部分", rest), RatioInput("责任比例", borne)},
       .rule_id = "waterfall.fault_share",
       .rule_version = kRuleVersion,
       .source = "道路交通安全法第七十六条；民法典第一千一百七十三条",
       .result = part,
       .result_text = {}});
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> parts, Split(part, shares));
  for (std::size_t i = 0; i < units.size(); ++i) {
    RECOUP_RETURN_IF_ERROR(PayUnit(input, units[i], parts[i], result));
  }
  return absl::OkStatus();
}

}  // namespace recoup::domain
