#include "adapters/insurer/mapping/names.h"

#include <span>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "hub/domain/enums.h"

namespace recoup::insurer::mapping {
namespace {

template <typename Enum>
struct Row {
  Enum value;
  std::string_view name;
  std::string_view chinese;
};

constexpr Row<v1::DemandState> kDemandStates[] = {
    {v1::DEMAND_STATE_DRAFT, "DRAFT", "草拟"},
    {v1::DEMAND_STATE_ISSUED, "ISSUED", "已发出"},
    {v1::DEMAND_STATE_ACKNOWLEDGED, "ACKNOWLEDGED", "已签收"},
    {v1::DEMAND_STATE_DISPUTED, "DISPUTED", "有异议"},
    {v1::DEMAND_STATE_MEDIATING, "MEDIATING", "调解中"},
    {v1::DEMAND_STATE_AGREED, "AGREED", "已认可，待付款"},
    {v1::DEMAND_STATE_PAID, "PAID", "已结清"},
    {v1::DEMAND_STATE_WITHDRAWN, "WITHDRAWN", "已撤回"},
};

constexpr Row<v1::DisputeReason> kDisputeReasons[] = {
    {v1::DISPUTE_REASON_NOT_CAUSED_BY_ACCIDENT, "NOT_CAUSED_BY_ACCIDENT", "与事故无因果关系"},
    {v1::DISPUTE_REASON_LIABILITY_SHARE, "LIABILITY_SHARE", "责任比例不符"},
    {v1::DISPUTE_REASON_LIMIT_EXHAUSTED, "LIMIT_EXHAUSTED", "限额已用尽或不足"},
    {v1::DISPUTE_REASON_ALREADY_PAID, "ALREADY_PAID", "已经支付"},
    {v1::DISPUTE_REASON_NOT_COVERED, "NOT_COVERED", "不属于保险责任"},
    {v1::DISPUTE_REASON_AMOUNT_WRONG, "AMOUNT_WRONG", "金额有误"},
    {v1::DISPUTE_REASON_WRONG_DEBTOR, "WRONG_DEBTOR", "义务人有误"},
    {v1::DISPUTE_REASON_OTHER, "OTHER", "其他"},
};

constexpr Row<v1::PolicyKind> kPolicyKinds[] = {
    {v1::POLICY_KIND_CTP, "CTP", "交强险"},
    {v1::POLICY_KIND_COMMERCIAL, "COMMERCIAL", "商业险"},
};

constexpr Row<v1::RemittanceAdviceState> kAdviceStates[] = {
    {v1::REMITTANCE_ADVICE_STATE_SENT, "SENT", "未见到账"},
    {v1::REMITTANCE_ADVICE_STATE_PARTIALLY_MATCHED, "PARTIALLY_MATCHED", "部分到账"},
    {v1::REMITTANCE_ADVICE_STATE_MATCHED, "MATCHED", "已到账核销"},
    {v1::REMITTANCE_ADVICE_STATE_WITHDRAWN, "WITHDRAWN", "已撤回"},
};

constexpr Row<v1::InsurerClockKind> kClockKinds[] = {
    {v1::INSURER_CLOCK_KIND_DECIDE, "DECIDE", "作出核定"},
    {v1::INSURER_CLOCK_KIND_PAY, "PAY", "支付已认可金额"},
    {v1::INSURER_CLOCK_KIND_UNDISPUTED_PART, "UNDISPUTED_PART", "先付可确定部分"},
    {v1::INSURER_CLOCK_KIND_INSTALMENT, "INSTALMENT", "分期到期"},
    {v1::INSURER_CLOCK_KIND_DUE, "DUE", "追偿函到期"},
};

constexpr Row<v1::SettlementBatchState> kBatchStates[] = {
    {v1::SETTLEMENT_BATCH_STATE_OPEN, "OPEN", "待截止"},
    {v1::SETTLEMENT_BATCH_STATE_CLOSED, "CLOSED", "已截止，待付款"},
    {v1::SETTLEMENT_BATCH_STATE_SPLITTING, "SPLITTING", "已到账，分配中"},
    {v1::SETTLEMENT_BATCH_STATE_PAID, "PAID", "已结清"},
    {v1::SETTLEMENT_BATCH_STATE_RELEASING, "RELEASING", "取消中"},
    {v1::SETTLEMENT_BATCH_STATE_CANCELLED, "CANCELLED", "已取消"},
    {v1::SETTLEMENT_BATCH_STATE_RETURNING, "RETURNING", "银行退回，撤回核销中"},
    {v1::SETTLEMENT_BATCH_STATE_RETURNED, "RETURNED", "银行已退回，待重付或取消"},
};

constexpr Row<v1::AgreementState> kAgreementStates[] = {
    {v1::AGREEMENT_STATE_PROPOSED, "PROPOSED", "待对方答复"},
    {v1::AGREEMENT_STATE_PENDING_APPROVAL, "PENDING_APPROVAL", "基金审批中"},
    {v1::AGREEMENT_STATE_IN_FORCE, "IN_FORCE", "已生效"},
    {v1::AGREEMENT_STATE_DECLINED, "DECLINED", "未达成"},
    {v1::AGREEMENT_STATE_ENDED, "ENDED", "已终止"},
    // Shown in the history of what a fund proposed; such a proposal itself is not.
    {v1::AGREEMENT_STATE_DRAFTED, "DRAFTED", "基金起草"},
};

constexpr Row<v1::OfferState> kOfferStates[] = {
    {v1::OFFER_STATE_OPEN, "OPEN", "待基金答复"},
    {v1::OFFER_STATE_PENDING_APPROVAL, "PENDING_APPROVAL", "基金审批中"},
    {v1::OFFER_STATE_ACCEPTED, "ACCEPTED", "已接受"},
    {v1::OFFER_STATE_REFUSED, "REFUSED", "未接受"},
    {v1::OFFER_STATE_LAPSED, "LAPSED", "已失效"},
};

constexpr Row<v1::DisputeDecision> kDisputeDecisions[] = {
    {v1::DISPUTE_DECISION_UPHOLD, "UPHOLD", "维持主张"},
    {v1::DISPUTE_DECISION_YIELD, "YIELD", "让步"},
    {v1::DISPUTE_DECISION_ASK, "ASK", "要求补充说明"},
};

template <typename Enum>
std::string_view ChineseOf(std::span<const Row<Enum>> rows, Enum value) {
  for (const Row<Enum>& row : rows) {
    if (row.value == value) return row.chinese;
  }
  return "";  // Not given, or of a newer hub.
}

template <typename Enum>
std::optional<Enum> ValueOf(std::span<const Row<Enum>> rows, std::string_view text) {
  std::string name = absl::AsciiStrToUpper(std::string(text));
  for (char& c : name) c = c == '-' ? '_' : c;
  for (const Row<Enum>& row : rows) {
    if (row.name == name) return row.value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view InChinese(v1::InsurerClockKind kind) {
  return ChineseOf<v1::InsurerClockKind>(kClockKinds, kind);
}

std::string_view InChinese(v1::SettlementBatchState state) {
  return ChineseOf<v1::SettlementBatchState>(kBatchStates, state);
}
std::string_view InChinese(v1::AgreementState state) {
  return ChineseOf<v1::AgreementState>(kAgreementStates, state);
}
std::string_view InChinese(v1::OfferState state) {
  return ChineseOf<v1::OfferState>(kOfferStates, state);
}
std::string_view InChinese(v1::DisputeDecision decision) {
  return ChineseOf<v1::DisputeDecision>(kDisputeDecisions, decision);
}
// Numbers and words are the domain's (hub/domain/enums.h).
std::string_view InChinese(v1::ThirdPartyKind kind) {
  const auto value = static_cast<domain::ThirdPartyKind>(kind);
  return domain::IsKnown(value) ? domain::ChineseName(value) : "";
}

std::string_view InChinese(v1::DemandState state) {
  return ChineseOf<v1::DemandState>(kDemandStates, state);
}
std::string_view InChinese(v1::DisputeReason reason) {
  return ChineseOf<v1::DisputeReason>(kDisputeReasons, reason);
}
std::string_view InChinese(v1::PolicyKind kind) {
  return ChineseOf<v1::PolicyKind>(kPolicyKinds, kind);
}
std::string_view InChinese(v1::RemittanceAdviceState state) {
  return ChineseOf<v1::RemittanceAdviceState>(kAdviceStates, state);
}

std::optional<v1::DemandState> DemandStateFrom(std::string_view text) {
  return ValueOf<v1::DemandState>(kDemandStates, text);
}
std::optional<v1::DisputeReason> DisputeReasonFrom(std::string_view text) {
  return ValueOf<v1::DisputeReason>(kDisputeReasons, text);
}
std::optional<v1::PolicyKind> PolicyKindFrom(std::string_view text) {
  return ValueOf<v1::PolicyKind>(kPolicyKinds, text);
}
std::optional<v1::ThirdPartyKind> ThirdPartyKindFrom(std::string_view text) {
  std::string name = absl::AsciiStrToUpper(std::string(text));
  for (char& c : name) c = c == '-' ? '_' : c;
  const auto kind = domain::EnumFromString<domain::ThirdPartyKind>(name);
  if (!kind) return std::nullopt;
  return static_cast<v1::ThirdPartyKind>(*kind);
}

std::optional<std::string> PoolOfDemand(std::string_view demand) {
  const std::vector<std::string> parts = absl::StrSplit(std::string(demand), '/');
  const bool is_demand = parts.size() == 4 && parts[0] == "pools" && !parts[1].empty() &&
                         parts[2] == "demands" && !parts[3].empty();
  if (!is_demand) return std::nullopt;
  return "pools/" + parts[1];
}

}  // namespace recoup::insurer::mapping
