#include "hub/reconcile/day_words.h"

#include "hub/base/check.h"

namespace recoup::reconcile {
namespace {

using ledger::Account;

std::string_view SecondWordOf(Account account) {
  switch (account) {
    case Account::kAdvanced:
      return "追踪:已垫付";
    case Account::kClaimed:
      return "追踪:已追偿";
    case Account::kDisputed:
      return "追踪:有异议";
    case Account::kMediating:
      return "追踪:调解中";
    case Account::kAgreed:
      return "追踪:已认可";
    case Account::kRecovered:
      return "追踪:已收回";
    case Account::kPassedOn:
      return "追踪:已上解";
    case Account::kRelinquished:
      return "追踪:已放弃";
    case Account::kOrigin:
      return "追踪:垫付来源";
    case Account::kBank:
      return "现金:银行存款";
    case Account::kUnapplied:
      return "现金:待核销";
    case Account::kApplied:
      return "现金:已核销";
    case Account::kRefundable:
      return "现金:应退付款人";
    case Account::kPassedOnToPool:
      return "现金:已上解基金";
    case Account::kDelivered:
      return "现金:上解交付";
  }
  RECOUP_CHECK(false);
}

std::string_view SecondWordOf(domain::BreakKind kind) {
  using domain::BreakKind;  // reconcile has one of its own.
  switch (kind) {
    case BreakKind::kOverpaid:
      return "多付";
    case BreakKind::kUnderpaid:
      return "少付";
    case BreakKind::kDuplicatePayment:
      return "重复付款";
    case BreakKind::kUnknownPayment:
      return "不明来款";
    case BreakKind::kReturnedPayment:
      return "退汇";
    case BreakKind::kLatePayment:
      return "逾期付款";
    case BreakKind::kAmbiguousPayment:
      return "多重匹配";
    case BreakKind::kAdviceWithoutMoney:
      return "有通知无到账";
    case BreakKind::kSettlementReversed:
      return "结算冲正";
    case BreakKind::kStatementGap:
      return "流水断档";
    case BreakKind::kPolicyLimitMismatch:
      return "限额不符";
    case BreakKind::kSplitMismatch:
      return "分账不符";
    case BreakKind::kCaseChanged:
      return "案件有变";
    case BreakKind::kStatementOverlap:
      return "流水重叠不符";
    case BreakKind::kOpeningUnchecked:
      return "期初余额待核对";
    case BreakKind::kUnpaidDelivery:
      return "上解未付";
    case BreakKind::kUnknownDebit:
      return "不明支出";
  }
  RECOUP_CHECK(false);
}

}  // namespace

std::string_view TitleOf(DayLayout layout) {
  return layout == DayLayout::kFirst ? "日结单 1\n" : "日结单 2\n";
}

std::optional<DayLayout> LayoutOf(std::string_view report) {
  for (const DayLayout layout : {DayLayout::kFirst, DayLayout::kSecond}) {
    const std::string_view title = TitleOf(layout);
    if (report.substr(0, title.size()) == title) return layout;
  }
  return std::nullopt;
}

std::string_view WordOf(DayLayout layout, Account account) {
  return layout == DayLayout::kFirst ? domain::ToString(account) : SecondWordOf(account);
}

std::string_view WordOf(DayLayout layout, domain::BreakKind kind) {
  return layout == DayLayout::kFirst ? domain::ToString(kind) : SecondWordOf(kind);
}

}  // namespace recoup::reconcile
