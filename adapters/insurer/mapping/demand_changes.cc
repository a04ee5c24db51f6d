#include "adapters/insurer/mapping/demand_changes.h"

#include "absl/strings/str_cat.h"

namespace recoup::insurer::mapping {
namespace {

struct Change {
  std::string_view kind;
  std::string_view chinese;
};

constexpr Change kChanges[] = {
    {"demand.issued", "发出"},
    {"demand.acknowledged", "签收"},
    {"demand.agreed", "同意支付"},
    {"demand.partly_agreed", "部分同意"},
    {"demand.agreed_by_silence", "逾期未核定，视为同意"},
    {"demand.disputed", "提出异议"},
    {"demand.dispute_answered", "基金答复异议"},
    {"demand.evidence_attached", "补充证据"},
    {"demand.offered", "提出和解金额"},
    {"demand.offer_accepted", "基金接受和解金额"},
    {"demand.offer_refused", "基金不接受和解金额"},
    {"demand.mediation_opened", "进入调解"},
    {"demand.offer_made", "调解方案"},
    {"demand.mediation_failed", "调解不成"},
    {"demand.sued", "基金已起诉"},
    {"demand.agreement_not_approved", "调解协议未获批准"},
    {"demand.agreement_ruled_on", "司法确认结果"},
    {"demand.amended", "更正"},
    {"demand.payment_applied", "到账核销"},
    {"demand.payment_returned", "退票，恢复未付"},
    {"demand.relinquished", "放弃余额"},
    {"demand.repayment_confirmed", "确认还款"},
    {"demand.withdrawn", "撤回"},
};

constexpr Change kClocks[] = {
    {"decide", "作出核定"},     {"pay", "支付已认可金额"}, {"undisputed_part", "先付可确定部分"},
    {"instalment", "分期付款"}, {"due", "付款"},
};

}  // namespace

std::string ChangeInChinese(std::string_view kind) {
  for (const Change& change : kChanges) {
    if (change.kind == kind) return std::string(change.chinese);
  }
  for (const Change& clock : kClocks) {
    for (const Change& when : {Change{".soon", "期限将满"}, Change{".overdue", "期限已过"}}) {
      if (kind == absl::StrCat("demand.reminder.", std::string(clock.kind), std::string(when.kind)))
        return absl::StrCat("提醒：", std::string(clock.chinese), std::string(when.chinese));
    }
  }
  return std::string(kind);
}

}  // namespace recoup::insurer::mapping
