#include "hub/domain/agreed_shares.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/base/status.h"
#include "hub/domain/apportionment_input.h"
#include "hub/domain/cover.h"

namespace recoup::domain {
namespace {

constexpr char kSharesVersion[] = "1";

// Of a part that falls to the policy.
absl::StatusOr<Money> PaidBy(const ApportionmentInput& input, const PolicyData& policy_data,
                             std::size_t index, Money part, Explanation& explanation) {
  const InsurancePolicy& policy = input.policies[index];
  if (policy.kind == PolicyKind::kCommercial) return PaidByCommercial(policy, part, explanation);
  RECOUP_ASSIGN_OR_RETURN(const Cover cover,
                          CompulsoryCover(input, policy_data, index, part, explanation));
  const Money paid = std::min(part, cover.available);
  explanation.steps.push_back(
      {.label = absl::StrCat("交强险承担的份额：", policy.insurer),
       .formula = "min(份额, 可用限额)",
       .inputs = {AmountInput("份额", part), AmountInput("可用限额", cover.available)},
       .rule_id = "none.agreed_cover",
       .rule_version = kSharesVersion,
       .source = "民法典第一千二百一十三条",
       .result = paid,
       .result_text = {}});
  return paid;
}

// Compulsory cover before commercial; what a later policy has paid or accepted stays with it.
absl::Status PayByPolicies(const ApportionmentInput& input, const PolicyData& policy_data,
                           const AgreedShare& share, DebtorAmount debtor, Apportionment& result) {
  Money left = debtor.amount;
  for (auto index = share.policies.begin(); index != share.policies.end(); ++index) {
    Money kept;
    for (auto later = index + 1; later != share.policies.end(); ++later) {
      kept += input.policies[*later].stands;
    }
    const Money part = std::max(left - kept, Money());
    result.claimed[*index] += part;
    RECOUP_ASSIGN_OR_RETURN(debtor.amount,
                            PaidBy(input, policy_data, *index, part, result.explanation));
    debtor.policy = *index;
    left -= debtor.amount;
    result.debtors.push_back(debtor);
  }
  if (left.is_zero()) return absl::OkStatus();
  result.explanation.steps.push_back(
      {.label = absl::StrCat("超出保险限额、不向其主张的部分：", share.name),
       .formula = "份额 − 各保单承担",
       .inputs = {AmountInput("超出限额", left)},
       .rule_id = "none.beyond_limit",
       .rule_version = kSharesVersion,
       .source = "保险法第十八条",
       .result = left,
       .result_text = {}});
  return absl::OkStatus();
}

}  // namespace

absl::Status ApportionAgreedShares(const ApportionmentInput& input, const PolicyData& policy_data,
                                   Apportionment& result) {
  const Money fund = FundPaid(input);
  Money agreed;
  for (std::size_t i = 0; i < input.agreed_shares.size(); ++i) {
    const AgreedShare& share = input.agreed_shares[i];
    const Ratio ratio{share.basis_points, kBasisPoints};
    RECOUP_ASSIGN_OR_RETURN(Money amount, fund.Times(ratio));
    amount = std::min(amount, fund - agreed);
    agreed += amount;
    result.explanation.steps.push_back(
        {.label = absl::StrCat("约定或认可的责任比例：", share.name),
         .formula = "C × 责任比例",
         .inputs = {AmountInput("C 基金支付", fund), RatioInput("责任比例", ratio)},
         .rule_id = "none.agreed_share",
         .rule_version = kSharesVersion,
         .source = input.agreed_on,
         .result = amount,
         .result_text = {}});
    DebtorAmount debtor{.name = share.name,
                        .kind = share.kind,
                        .amount = amount,
                        .policy = std::nullopt,
                        .jointly_with = {},
                        .per_advance = {},
                        .share_basis_points = share.basis_points,
                        .agreed_share = i};
    if (share.policies.empty()) {
      result.debtors.push_back(std::move(debtor));
    } else {
      RECOUP_RETURN_IF_ERROR(PayByPolicies(input, policy_data, share, std::move(debtor), result));
    }
  }
  return absl::OkStatus();
}

}  // namespace recoup::domain
