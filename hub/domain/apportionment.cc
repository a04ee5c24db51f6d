#include "hub/domain/apportionment.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/agreed_shares.h"
#include "hub/domain/apportionment_input.h"
#include "hub/domain/waterfall.h"

namespace recoup::domain {
namespace {

using Debtors = std::vector<DebtorAmount>;

constexpr char kRuleVersion[] = "1";

Debtors FromObligations(const ApportionmentInput& input) {
  Debtors debtors;
  for (const JudgedObligation& obligation : input.obligations) {
    debtors.push_back({.name = obligation.name,
                       .kind = obligation.kind,
                       .amount = obligation.amount,
                       .policy = obligation.policy,
                       .jointly_with = {},
                       .per_advance = {}});
  }
  return debtors;
}

Money Sum(const Debtors& debtors) {
  Money sum;
  for (const DebtorAmount& debtor : debtors) sum += debtor.amount;
  return sum;
}

// Those whom the judgment orders to pay keep D back for the fund, each at most what it still has to
// pay of medical costs. What B holds beyond that was paid before the judgment and set off, so it
// has reached the injured person.
absl::Status Withhold(const ApportionmentInput& input, Money owed, Money judged,
                      Apportionment& result) {
  Debtors& payers = result.debtors;
  const bool as_ordered = !input.obligations.empty();
  const Money payable = Sum(payers);
  if (payable.is_zero() && !as_ordered) payers.clear();
  // What the waterfall yields is no order to pay, only who pays in which proportion.
  const Money withheld = as_ordered || payers.empty() ? std::min(owed, payable) : owed;
  std::vector<Money> parts(payers.size());
  if (withheld.is_positive()) {
    std::vector<std::int64_t> weights;
    for (const DebtorAmount& payer : payers) weights.push_back(payer.amount.fen());
    RECOUP_ASSIGN_OR_RETURN(parts, Split(withheld, weights));
  }
  for (std::size_t i = 0; i < payers.size(); ++i) {
    result.explanation.steps.push_back(
        {.label = absl::StrCat("赔偿款未付，由判决义务人扣下退回：", payers[i].name),
         .formula =
             withheld < owed ? "该义务人应付医疗费" : "D × 该义务人应付 ÷ 全部应付，最大余数法",
         .inputs = {AmountInput("D", owed), AmountInput("该义务人应付医疗费", payers[i].amount)},
         .rule_id = "gross.payer_withholds",
         .rule_version = kRuleVersion,
         .source = "社会保险基金先行支付暂行办法第十二条",
         .result = parts[i],
         .result_text = {}});
    payers[i].amount = parts[i];
  }
  if (withheld == owed || !as_ordered) return absl::OkStatus();
  const Money rest = owed - withheld;
  result.explanation.steps.push_back(
      {.label = "判决前已付并已抵扣的医疗费，由受害人退回其余部分",
       .formula = "D − 各义务人应付医疗费",
       .inputs = {AmountInput("D", owed), AmountInput("B 判决医疗赔偿", judged),
                  AmountInput("各义务人应付医疗费", payable)},
       .rule_id = "gross.set_off_refunded",
       .rule_version = kRuleVersion,
       .source = "社会保险基金先行支付暂行办法第十一条",
       .result = rest,
       .result_text = {}});
  payers.push_back({.name = input.injured_person,
                    .kind = DebtorKind::kInjuredPerson,
                    .amount = rest,
                    .policy = std::nullopt,
                    .jointly_with = {},
                    .per_advance = {}});
  return absl::OkStatus();
}

// D = B × C ÷ (A + C). The judged compensation holds the person's part and the fund's part in the
// proportion in which they paid.
absl::Status ApportionGross(const ApportionmentInput& input, const PolicyData& policy_data,
                            Apportionment& result) {
  Explanation& explanation = result.explanation;
  const Money own = OwnPaid(input);
  const Money fund = FundPaid(input);
  Debtors& payers = result.debtors = FromObligations(input);
  if (payers.empty() && !(input.paid_to_injured_person && input.judged_medical)) {
    RECOUP_RETURN_IF_ERROR(
        RunWaterfall(input, policy_data, own + fund, RestRule::kByFaultShare, result));
  }
  const Money judged = input.judged_medical.value_or(Sum(payers));
  RECOUP_ASSIGN_OR_RETURN(const Money share, judged.Times({fund.fen(), (own + fund).fen()}));
  const Money owed = std::min(share, fund);
  explanation.steps.push_back(
      {.label = "判决赔偿中应退回医保基金的部分",
       .formula = "D = B × C ÷ (A + C)，以 C 为限",
       .inputs = {AmountInput("A 个人支付", own), AmountInput("B 判决医疗赔偿", judged),
                  AmountInput("C 基金支付", fund)},
       .rule_id = "gross.proportion",
       .rule_version = kRuleVersion,
       .source = "社会保险基金先行支付暂行办法第十一条",
       .result = owed,
       .result_text = {}});
  if (input.paid_to_injured_person) {
    explanation.steps.push_back({.label = "赔偿款已付受害人，由受害人退回",
                                 .formula = "D",
                                 .inputs = {AmountInput("D", owed)},
                                 .rule_id = "gross.injured_person_refunds",
                                 .rule_version = kRuleVersion,
                                 .source = "社会保险基金先行支付暂行办法第十一条",
                                 .result = owed,
                                 .result_text = {}});
    payers = {{.name = input.injured_person,
               .kind = DebtorKind::kInjuredPerson,
               .amount = owed,
               .policy = std::nullopt,
               .jointly_with = {},
               .per_advance = {}}};
    std::fill(result.claimed.begin(), result.claimed.end(), Money());
    return absl::OkStatus();
  }
  return Withhold(input, owed, judged, result);
}

absl::Status ApportionByAgreement(const ApportionmentInput& input, const PolicyData& policy_data,
                                  Apportionment& result) {
  if (!input.agreed_shares.empty()) return ApportionAgreedShares(input, policy_data, result);
  const Money fund = FundPaid(input);
  if (!input.agreed_quota_basis_points) {
    return RunWaterfall(input, policy_data, fund, RestRule::kByFaultShare, result);
  }
  const Ratio quota{*input.agreed_quota_basis_points, kBasisPoints};
  RECOUP_ASSIGN_OR_RETURN(const Money agreed, fund.Times(quota));
  result.explanation.steps.push_back(
      {.label = "协议约定的追偿比例",
       .formula = "C × 约定比例",
       .inputs = {AmountInput("C 基金支付", fund), RatioInput("约定比例", quota)},
       .rule_id = "none.agreed_quota",
       .rule_version = kRuleVersion,
       .source = "协议",
       .result = agreed,
       .result_text = {}});
  return RunWaterfall(input, policy_data, agreed, RestRule::kInFull, result);
}

absl::Status ApportionAsAwarded(const ApportionmentInput& input, Apportionment& result) {
  for (const JudgedObligation& obligation : input.obligations) {
    result.explanation.steps.push_back(
        {.label = absl::StrCat("判决直接给付医保基金：", obligation.name),
         .formula = "判决金额",
         .inputs = {AmountInput("判决金额", obligation.amount)},
         .rule_id = "fund_awarded.as_judged",
         .rule_version = kRuleVersion,
         .source = "生效判决",
         .result = obligation.amount,
         .result_text = {}});
  }
  result.debtors = FromObligations(input);
  return absl::OkStatus();
}

absl::Status ApportionByBasis(const ApportionmentInput& input, const PolicyData& policy_data,
                              Apportionment& result) {
  switch (input.basis) {
    case Basis::kGross:
      return ApportionGross(input, policy_data, result);
    case Basis::kNet:
      return RunWaterfall(input, policy_data, FundPaid(input), RestRule::kByFaultShare, result);
    case Basis::kFundAwarded:
      return ApportionAsAwarded(input, result);
    case Basis::kNone:
      return ApportionByAgreement(input, policy_data, result);
  }
  return MakeError(Reason::kInternal, "the basis was not checked");
}

// What a debtor has returned already is no longer owed. More than owed is refused: the sender has
// mistaken the debtor or the case, and the excess would silently lower what others owe.
absl::Status DeductRepayments(const ApportionmentInput& input, Debtors& debtors,
                              Explanation& explanation) {
  Faults faults;
  for (std::size_t i = 0; i < input.repayments.size(); ++i) {
    const EarlierRepayment& repayment = input.repayments[i];
    Money left = repayment.amount;
    for (DebtorAmount& debtor : debtors) {
      if (debtor.name != repayment.name || left.is_zero()) continue;
      const Money deducted = std::min(left, debtor.amount);
      const Money before = debtor.amount;
      debtor.amount -= deducted;
      left -= deducted;
      explanation.steps.push_back(
          {.label = absl::StrCat("扣除已退回部分：", debtor.name),
           .formula = "应退 − 已退",
           .inputs = {AmountInput("应退", before), AmountInput("已退", deducted)},
           .rule_id = "repayment.deducted",
           .rule_version = kRuleVersion,
           .source = "民法典第五百五十七条",
           .result = debtor.amount,
           .result_text = {}});
    }
    if (left.is_positive()) {
      faults.Add(absl::StrCat("repayments[", i, "].amount"), "is more than this debtor owes");
    }
  }
  return faults.ToStatus();
}

// Columns first: the whole over the advances in proportion to C. Then each row over what is left of
// the columns, in proportion. Every part stays within its advance, rows and columns sum.
absl::Status AllocateToAdvances(const ApportionmentInput& input, Apportionment& result) {
  if (result.total.is_zero()) return absl::OkStatus();
  std::vector<std::int64_t> weights;
  for (const AdvanceShare& advance : input.advances) weights.push_back(advance.fund_paid.fen());
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> columns, Split(result.total, weights));
  for (std::size_t i = 0; i < columns.size(); ++i) weights[i] = columns[i].fen();
  for (DebtorAmount& debtor : result.debtors) {
    RECOUP_ASSIGN_OR_RETURN(debtor.per_advance, Split(debtor.amount, weights));
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] -= debtor.per_advance[i].fen();
  }
  result.explanation.steps.push_back({.label = "应退金额分配到各笔垫付",
                                      .formula = "按各笔 C 的比例，最大余数法",
                                      .inputs = {AmountInput("应退合计", result.total)},
                                      .rule_id = "allocation.largest_remainder",
                                      .rule_version = kRuleVersion,
                                      .source = "分配规则",
                                      .result = result.total,
                                      .result_text = {}});
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Apportionment> Apportion(const ApportionmentInput& input,
                                        const PolicyData& policy_data) {
  RECOUP_RETURN_IF_ERROR(CheckApportionmentInput(input, policy_data));
  Apportionment result;
  result.claimed.resize(input.policies.size());
  RECOUP_RETURN_IF_ERROR(ApportionByBasis(input, policy_data, result));
  RECOUP_RETURN_IF_ERROR(DeductRepayments(input, result.debtors, result.explanation));
  std::erase_if(result.debtors, [](const DebtorAmount& debtor) { return debtor.amount.is_zero(); });
  result.total = Sum(result.debtors);
  RECOUP_RETURN_IF_ERROR(AllocateToAdvances(input, result));
  return result;
}

}  // namespace recoup::domain
