#include "hub/reconcile/result.h"

#include "absl/strings/str_cat.h"
#include "hub/base/check.h"
#include "hub/reconcile/for_lookup.h"

namespace recoup::reconcile {

std::vector<std::string> FactsOf(const Certificate& certificate) {
  const auto days = [&] { return absl::StrCat("次优配对多出 ", *certificate.margin, " 天"); };
  std::vector<std::string> facts;
  const auto add_taken = [&] {
    for (const TakenDemand& taken : certificate.taken) {
      facts.push_back(absl::StrCat("等额的追偿函 ", ForLookup(taken.demand_key), " 已先由到账 ",
                                   ForLookup(taken.entry_key), " 核销"));
    }
  };
  switch (certificate.rule) {
    case Rule::kStructuredReference:
      facts.push_back(absl::StrCat("结构化收款参考号：", ForLookup(certificate.token)));
      return facts;
    case Rule::kReferenceInText:
      facts.push_back(absl::StrCat("附言或端到端编号中写明：", ForLookup(certificate.token)));
      return facts;
    case Rule::kDamagedReference:
      facts.push_back(absl::StrCat("写作 ", ForLookup(certificate.token),
                                   "，与唯一一个参考号仅差一个字符，付款人或金额相符"));
      return facts;
    case Rule::kAdvice:
      facts.push_back(absl::StrCat("付款通知 ", ForLookup(certificate.advice_key), " 所列"));
      return facts;
    case Rule::kSeveralReferences:
      facts.push_back(absl::StrCat("写明多个编号，其一：", ForLookup(certificate.token)));
      return facts;
    case Rule::kPayerAndAmount:
      facts.push_back("付款人为义务人，金额唯一等于未付金额或一期分期");
      add_taken();
      break;
    case Rule::kPayerAndDates:
      facts.push_back("付款人为义务人，等额到账与等额追偿函笔数相同，按日期一一对应");
      add_taken();
      if (certificate.margin) facts.push_back(days());
      return facts;
    case Rule::kPayerAndSum:
      facts.push_back(absl::StrCat("付款人为义务人，", certificate.chosen.size(),
                                   " 笔未付合计唯一等于到账金额"));
      add_taken();
      break;
    case Rule::kPayerAndParts:
      facts.push_back(absl::StrCat("付款人为义务人，", certificate.payments.size(),
                                   " 笔到账合计唯一等于未付金额"));
      add_taken();
      break;
    case Rule::kPayerAndTotals:
      facts.push_back(absl::StrCat("付款人为义务人，", certificate.payments.size(),
                                   " 笔到账合计等于其全部 ", certificate.chosen.size(),
                                   " 笔未付合计，先到账的付先到期的"));
      return facts;
  }
  facts.push_back(certificate.margin
                      ? absl::StrCat("最接近的另一种金额相差 ",
                                     domain::Money::Fen(*certificate.margin).ToYuanGrouped(), " 元")
                      : "没有另一种金额");
  return facts;
}

std::string_view RuleName(Rule rule) {
  switch (rule) {
    case Rule::kStructuredReference:
      return "STRUCTURED_REFERENCE";
    case Rule::kReferenceInText:
      return "REFERENCE_IN_TEXT";
    case Rule::kDamagedReference:
      return "DAMAGED_REFERENCE";
    case Rule::kAdvice:
      return "ADVICE";
    case Rule::kSeveralReferences:
      return "SEVERAL_REFERENCES";
    case Rule::kPayerAndAmount:
      return "PAYER_AND_AMOUNT";
    case Rule::kPayerAndDates:
      return "PAYER_AND_DATES";
    case Rule::kPayerAndSum:
      return "PAYER_AND_SUM";
    case Rule::kPayerAndParts:
      return "PAYER_AND_PARTS";
    case Rule::kPayerAndTotals:
      return "PAYER_AND_TOTALS";
  }
  RECOUP_CHECK(false);
}

std::string_view BreakKindName(BreakKind kind) {
  switch (kind) {
    case BreakKind::kOverpaid:
      return "OVERPAID";
    case BreakKind::kUnderpaid:
      return "UNDERPAID";
    case BreakKind::kDuplicatePayment:
      return "DUPLICATE_PAYMENT";
    case BreakKind::kUnknownPayment:
      return "UNKNOWN_PAYMENT";
    case BreakKind::kReturnedPayment:
      return "RETURNED_PAYMENT";
    case BreakKind::kLatePayment:
      return "LATE_PAYMENT";
    case BreakKind::kAmbiguousPayment:
      return "AMBIGUOUS_PAYMENT";
    case BreakKind::kAdviceWithoutMoney:
      return "ADVICE_WITHOUT_MONEY";
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::reconcile
