#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "absl/strings/ascii.h"
#include "ctl/labels.h"
#include "hub/domain/enums.h"
#include "hub/domain/limitation.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/stage.h"
#include "hub/domain/states.h"

namespace recoup::ctl {
namespace {

using domain::EnumRow;
using domain::EnumRows;

struct DomainEnum {
  std::string_view name;  // Of the enum in the API.
  std::span<const EnumRow> rows;
};

// So that screens, letters and refusals use one word for one thing.
const std::array kDomainEnums = {
    DomainEnum{"AdvanceState", EnumRows<domain::AdvanceState>::kRows},
    DomainEnum{"AgreementState", EnumRows<domain::AgreementState>::kRows},
    DomainEnum{"ApprovalState", EnumRows<domain::ApprovalState>::kRows},
    DomainEnum{"Basis", EnumRows<domain::Basis>::kRows},
    DomainEnum{"BillState", EnumRows<domain::BillState>::kRows},
    DomainEnum{"BreakKind", EnumRows<domain::BreakKind>::kRows},
    DomainEnum{"BreakState", EnumRows<domain::BreakState>::kRows},
    DomainEnum{"CaseOutcome", EnumRows<domain::CaseOutcome>::kRows},
    DomainEnum{"CourtCaseState", EnumRows<domain::CourtCaseState>::kRows},
    DomainEnum{"DebtorKind", EnumRows<domain::DebtorKind>::kRows},
    DomainEnum{"DemandState", EnumRows<domain::DemandState>::kRows},
    DomainEnum{"Direction", EnumRows<domain::Direction>::kRows},
    DomainEnum{"DisputeReason", EnumRows<domain::DisputeReason>::kRows},
    DomainEnum{"DocumentType", EnumRows<domain::DocumentType>::kRows},
    DomainEnum{"FlagState", EnumRows<domain::FlagState>::kRows},
    DomainEnum{"Grade", EnumRows<domain::Grade>::kRows},
    DomainEnum{"InquiryState", EnumRows<domain::InquiryState>::kRows},
    DomainEnum{"Instance", EnumRows<domain::Instance>::kRows},
    DomainEnum{"LeadState", EnumRows<domain::LeadState>::kRows},
    DomainEnum{"LimitationState", EnumRows<domain::LimitationState>::kRows},
    DomainEnum{"MediationState", EnumRows<domain::MediationState>::kRows},
    DomainEnum{"OfferState", EnumRows<domain::OfferState>::kRows},
    DomainEnum{"PolicyKind", EnumRows<domain::PolicyKind>::kRows},
    DomainEnum{"RecoveryState", EnumRows<domain::RecoveryState>::kRows},
    DomainEnum{"RemittanceAdviceState", EnumRows<domain::RemittanceAdviceState>::kRows},
    DomainEnum{"ResolutionKind", EnumRows<domain::BreakResolution>::kRows},
    DomainEnum{"SettlementBatchState", EnumRows<domain::SettlementBatchState>::kRows},
    DomainEnum{"SplitAnswer", EnumRows<domain::SplitAnswer>::kRows},
    DomainEnum{"SplitState", EnumRows<domain::SplitState>::kRows},
    DomainEnum{"Stage", EnumRows<domain::Stage>::kRows},
    DomainEnum{"StatementEntryState", EnumRows<domain::StatementEntryState>::kRows},
    DomainEnum{"ThirdPartyKind", EnumRows<domain::ThirdPartyKind>::kRows},
};

constexpr std::pair<std::string_view, std::string_view> kEnumLabels[] = {
    {"ACCOUNT_MOVEMENT_KIND_ASKED_AGAIN", "恢复追偿"},
    {"ACCOUNT_MOVEMENT_KIND_DEMANDED", "追偿"},
    {"ACCOUNT_MOVEMENT_KIND_RECEIVED", "收款"},
    {"ACCOUNT_MOVEMENT_KIND_RELINQUISHED", "减免"},
    {"ACCOUNT_MOVEMENT_KIND_TAKEN_BACK", "收款撤回"},
    {"ACCOUNT_MOVEMENT_KIND_WITHDRAWN", "撤回追偿"},
    {"AGEING_BASIS_DUE", "自到期日"},
    {"AGEING_BASIS_ISSUED", "自发函日"},
    {"AGEING_DIMENSION_DEBTOR", "按义务人"},
    {"AGEING_DIMENSION_KIND", "按义务人类型"},
    {"AGREEMENT_ANSWER_ACCEPT", "同意"},
    {"AGREEMENT_ANSWER_DECLINE", "不同意"},
    {"AGREEMENT_ANSWER_WITHDRAW", "撤回"},
    {"APPROVAL_DECISION_APPROVE", "批准"},
    {"APPROVAL_DECISION_REJECT", "不批准"},
    {"APPROVAL_KIND_AGREEMENT", "定额分摊协议"},
    {"APPROVAL_KIND_DISPUTE_YIELD", "异议让步"},
    {"APPROVAL_KIND_POLICY_DATUM", "更改审批限额"},
    {"APPROVAL_KIND_MEDIATION", "调解让步"},
    {"APPROVAL_KIND_REFUND", "退款"},
    {"APPROVAL_KIND_RELINQUISH", "放弃追偿"},
    {"APPROVAL_KIND_SETTLEMENT_OFFER", "接受和解金额"},
    {"APPROVAL_KIND_WRITE_OFF", "核减"},
    {"BATCH_MODE_ATOMIC", "整批"},
    {"BATCH_MODE_CONTINUE", "逐项"},
    {"BILL_MATCH_AMOUNTS", "按金额与日期"},
    {"BILL_MATCH_NUMBER", "按票据号码"},
    {"BOOKING_STATUS_BOOKED", "已入账"},
    {"BOOKING_STATUS_PENDING", "未入账"},
    {"BOOKS_DECISION_CLAIMED_BY_LEAD", "在账：线索已确认"},
    {"BOOKS_DECISION_FLAGGED", "在账：有外伤标志"},
    {"BOOKS_DECISION_FLAG_CLEARED", "不在账：标志已排除"},
    {"BOOKS_DECISION_NOTHING_PAID", "不在账：基金未支付"},
    {"BOOKS_DECISION_NOT_FLAGGED", "不在账：无标志"},
    {"BOOKS_DECISION_REVERSED", "不在账：结算已撤销"},
    {"DEADLINE_KIND_APPROVAL", "审批"},
    {"DEADLINE_KIND_DEMAND", "追偿函到期"},
    {"DEADLINE_KIND_INSTALMENT", "分期到期"},
    {"DEADLINE_KIND_JUDICIAL_CONFIRMATION", "申请司法确认"},
    {"DEADLINE_KIND_LIMITATION", "诉讼时效届满"},
    {"DEADLINE_KIND_OFFER", "答复和解金额"},
    {"DEBTOR_KIND_OTHER", "其他"},
    {"DISPUTE_DECISION_ASK", "要求补充说明"},
    {"DISPUTE_DECISION_UPHOLD", "维持主张"},
    {"DISPUTE_DECISION_YIELD", "让步"},
    {"FUNNEL_DIMENSION_COURT", "按法院"},
    {"FUNNEL_DIMENSION_DEBTOR", "按义务人"},
    {"FUNNEL_DIMENSION_HOSPITAL", "按医院"},
    {"FUNNEL_DIMENSION_KIND", "按事故类型"},
    {"FUNNEL_DIMENSION_POOL", "按统筹区"},
    {"ID_KIND_FOREIGNER_ID", "外国人永久居留身份证"},
    {"ID_KIND_HONG_KONG_MACAO_PERMIT", "港澳居民来往内地通行证"},
    {"ID_KIND_MILITARY_ID", "军官证"},
    {"ID_KIND_OTHER", "其他证件"},
    {"ID_KIND_PASSPORT", "护照"},
    {"ID_KIND_RESIDENCE_PERMIT", "港澳台居民居住证"},
    {"ID_KIND_RESIDENT_ID", "居民身份证"},
    {"ID_KIND_TAIWAN_PERMIT", "台湾居民来往大陆通行证"},
    {"INTERRUPTION_KIND_DEMAND_SERVED", "送达追偿函"},
    {"INTERRUPTION_KIND_MEDIATION", "申请调解"},
    {"INTERRUPTION_KIND_OBSTACLE", "障碍（时效中止）"},
    {"INTERRUPTION_KIND_OTHER", "其他"},
    {"INTERRUPTION_KIND_PAYMENT", "部分履行"},
    {"INTERRUPTION_KIND_POLICE_REPORT", "报案"},
    {"INTERRUPTION_KIND_PROMISE", "义务人同意履行"},
    {"INTERRUPTION_KIND_SUIT", "起诉、仲裁或支付令"},
    {"JOURNAL_DIALECT_BEANCOUNT", "beancount"},
    {"JOURNAL_DIALECT_HLEDGER", "hledger"},
    {"JOURNAL_DIALECT_LEDGER", "ledger"},
    {"LEAD_DECISION_PERSON", "人工"},
    {"LEAD_DECISION_RULE", "规则"},
    {"LEDGER_CASH", "现金"},
    {"LEDGER_LAW_BANK_IS_EXPLAINED", "第2条 账户每分钱都有归属"},
    {"LEDGER_LAW_CASH_AGREES_WITH_TRACKING", "第3条 现金与追踪一致"},
    {"LEDGER_LAW_EVERY_TRANSFER_HAS_ITS_EVENT", "第5条 每笔记账有其事件"},
    {"LEDGER_LAW_KEYS_LEAD_TO_RECORDS", "记录与检索键一致"},
    {"LEDGER_LAW_OPEN_NEVER_NEGATIVE", "第4条 未偿金额不为负"},
    {"LEDGER_LAW_STAGES_SUM_TO_ADVANCE", "第1条 各阶段之和等于垫付"},
    {"LEDGER_TRACKING", "追踪"},
    {"LETTER_KIND_COURT_NOTICE", "告知函"},
    {"LETTER_KIND_DEMAND", "追偿函"},
    {"LETTER_KIND_INQUIRY", "核查函（未定金额）"},
    {"LETTER_KIND_RECEIPT", "到账确认函"},
    {"LETTER_KIND_REFUND_CHECK", "退回核查函"},
    {"LETTER_KIND_REMINDER", "催告函"},
    {"LETTER_KIND_WITHDRAWAL", "撤回函"},
    {"PARTY_KIND_AUDITOR", "审计"},
    {"PARTY_KIND_COURT", "法院"},
    {"PARTY_KIND_FUND", "医保经办机构"},
    {"PARTY_KIND_HOSPITAL", "医疗机构"},
    {"PARTY_KIND_INSURER", "保险公司"},
    {"PARTY_KIND_MEDIATOR", "调解组织"},
    {"PARTY_KIND_OPERATOR", "中心运维"},
    {"RELINQUISH_REASON_LIMITATION_EXPIRED", "诉讼时效抗辩"},
    {"RELINQUISH_REASON_NOT_OWED", "不应追偿"},
    {"RELINQUISH_REASON_NOT_RECOVERABLE", "无法追回"},
    {"RELINQUISH_REASON_OTHER", "其他"},
    {"RELINQUISH_REASON_TOO_SMALL", "小额不予追偿"},
    {"TRACE_FINDING_KIND_AMOUNT_DIFFERS", "金额不符"},
    {"TRACE_FINDING_KIND_BILL_TWICE", "重复提交"},
    {"TRACE_FINDING_KIND_NOT_FOUND", "未找到结算"},
    {"TRACE_FINDING_KIND_OTHER_PERSON", "他人票据"},
    {"TRACE_FINDING_KIND_PAID_TWICE", "一病多赔"},
    {"TRACE_FINDING_KIND_SETTLED_TWICE", "重复报销"},
    {"TRACE_FINDING_KIND_UNSURE", "待核对"},
    {"WORK_KIND_APPROVAL", "待审批"},
    {"WORK_KIND_BREAK", "差异超期"},
    {"WORK_KIND_DELIVERY", "送达未确认"},
    {"WORK_KIND_DISPUTE", "异议待答复"},
    {"WORK_KIND_DRAFT", "待发函"},
    {"WORK_KIND_JUDICIAL_CONFIRMATION", "待申请司法确认"},
    {"WORK_KIND_LEAD", "线索待复核"},
    {"WORK_KIND_LIMITATION", "诉讼时效"},
    {"WORK_KIND_OBSTACLE", "无法计算追偿额"},
    {"WORK_KIND_LITIGATION", "待起诉"},
    {"WORK_KIND_OVERDUE", "逾期未付"},
    {"WORK_URGENCY_LATE", "已逾期"},
    {"WORK_URGENCY_RIGHT_AT_RISK", "权利将失"},
    {"WORK_URGENCY_WAITING", "待处理"},
};

std::string_view DomainLabel(std::string_view enum_name, std::string_view short_name) {
  for (const DomainEnum& known : kDomainEnums) {
    if (known.name != enum_name) continue;
    for (const EnumRow& row : known.rows) {
      if (row.wire_name == short_name) return row.chinese_name;
    }
  }
  return {};
}

// "AdvanceState" → "ADVANCE_STATE_"
std::string PrefixOf(const std::string& enum_name) {
  std::string prefix;
  for (const char c : enum_name) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  return prefix + "_";
}

}  // namespace

std::string EnumShortName(const google::protobuf::EnumValueDescriptor& value) {
  const std::string prefix = PrefixOf(value.type()->name());
  return value.name().starts_with(prefix) ? value.name().substr(prefix.size()) : value.name();
}

std::string EnumLabel(const google::protobuf::EnumValueDescriptor& value) {
  if (value.number() == 0) return "";
  const std::string short_name = EnumShortName(value);
  const std::string_view of_domain = DomainLabel(value.type()->name(), short_name);
  if (!of_domain.empty()) return std::string(of_domain);
  const auto* label = std::find_if(std::begin(kEnumLabels), std::end(kEnumLabels),
                                   [&](const auto& row) { return row.first == value.name(); });
  return label == std::end(kEnumLabels) ? short_name : std::string(label->second);
}

}  // namespace recoup::ctl
