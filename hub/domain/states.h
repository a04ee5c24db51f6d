// The state machines: what may happen to a thing in each of its states.
//
// Next decides every (state, command) pair. A refusal is Reason::kIllegalTransition with metadata
// "state", "command" and "allowed" (the commands possible now), a message for programmers that says
// which commands must come first, or that none can, and one precondition that says in Chinese what
// the state allows and what must come first where that is near. Allowed lists the commands that
// Next would accept. The rules themselves are tables in states.cc. What a state cannot know
// (amounts, limits, persons) is checked by the caller before it picks a command. Pure; a state
// outside its enumeration is corruption and stops the process.
#ifndef RECOUP_HUB_DOMAIN_STATES_H_
#define RECOUP_HUB_DOMAIN_STATES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "hub/domain/enum.h"

namespace recoup::domain {

#define RECOUP_FLAG_STATES(X)             \
  X(kSuspected, 1, "SUSPECTED", "疑似")   \
  X(kConfirmed, 2, "CONFIRMED", "已确认") \
  X(kCleared, 3, "CLEARED", "已排除")
RECOUP_ENUM(FlagState, RECOUP_FLAG_STATES)
#define RECOUP_FLAG_COMMANDS(X)     \
  X(kAmend, 1, "AMEND", "更正")     \
  X(kConfirm, 2, "CONFIRM", "确认") \
  X(kClear, 3, "CLEAR", "排除")     \
  X(kReinstate, 4, "REINSTATE", "恢复")
RECOUP_ENUM(FlagCommand, RECOUP_FLAG_COMMANDS)

// A CANDIDATE is recorded but not on the books.
#define RECOUP_ADVANCE_STATES(X)                           \
  X(kCandidate, 1, "CANDIDATE", "待确认")                  \
  X(kOpen, 2, "OPEN", "在账")                              \
  X(kReversalPending, 3, "REVERSAL_PENDING", "撤销处理中") \
  X(kReversed, 4, "REVERSED", "已撤销")                    \
  X(kSettled, 5, "SETTLED", "已结清")
RECOUP_ENUM(AdvanceState, RECOUP_ADVANCE_STATES)
// From OPEN, COMPLETE_REVERSAL is for an advance of which nothing has been claimed yet;
// REQUEST_REVERSAL for one that is claimed in part or in whole.
#define RECOUP_ADVANCE_COMMANDS(X)                         \
  X(kBook, 1, "BOOK", "入账")                              \
  X(kRequestReversal, 2, "REQUEST_REVERSAL", "申请撤销")   \
  X(kCompleteReversal, 3, "COMPLETE_REVERSAL", "完成撤销") \
  X(kSettle, 4, "SETTLE", "结清")                          \
  X(kReopen, 5, "REOPEN", "重新打开")
RECOUP_ENUM(AdvanceCommand, RECOUP_ADVANCE_COMMANDS)

// The fund sees a case only while the court consents: NOTIFIED.
#define RECOUP_COURT_CASE_STATES(X)           \
  X(kPushed, 1, "PUSHED", "已推送")           \
  X(kNotified, 2, "NOTIFIED", "已通知基金")   \
  X(kSuperseded, 3, "SUPERSEDED", "已被替代") \
  X(kWithdrawn, 4, "WITHDRAWN", "已撤回")
RECOUP_ENUM(CourtCaseState, RECOUP_COURT_CASE_STATES)
#define RECOUP_COURT_CASE_COMMANDS(X)                            \
  X(kConsent, 1, "CONSENT", "同意通知")                          \
  X(kWithdrawConsent, 2, "WITHDRAW_CONSENT", "撤回同意")         \
  X(kAmend, 3, "AMEND", "更正")                                  \
  X(kSupersede, 4, "SUPERSEDE", "替代")                          \
  X(kWithdraw, 5, "WITHDRAW", "撤回")                            \
  X(kReportPerformance, 6, "REPORT_PERFORMANCE", "报告履行情况") \
  X(kWithdrawPerformance, 7, "WITHDRAW_PERFORMANCE", "撤回履行情况报告")
RECOUP_ENUM(CourtCaseCommand, RECOUP_COURT_CASE_COMMANDS)

#define RECOUP_LEAD_STATES(X)             \
  X(kReview, 1, "REVIEW", "待复核")       \
  X(kConfirmed, 2, "CONFIRMED", "已确认") \
  X(kRejected, 3, "REJECTED", "已否定")   \
  X(kSuperseded, 4, "SUPERSEDED", "已被替代")
RECOUP_ENUM(LeadState, RECOUP_LEAD_STATES)
#define RECOUP_LEAD_COMMANDS(X)         \
  X(kConfirm, 1, "CONFIRM", "确认")     \
  X(kReject, 2, "REJECT", "否定")       \
  X(kSupersede, 3, "SUPERSEDE", "替代") \
  X(kReview, 4, "REVIEW", "重新复核")
RECOUP_ENUM(LeadCommand, RECOUP_LEAD_COMMANDS)

#define RECOUP_RECOVERY_STATES(X)       \
  X(kOpen, 1, "OPEN", "进行中")         \
  X(kDemanded, 2, "DEMANDED", "已追偿") \
  X(kClosed, 3, "CLOSED", "已结案")
RECOUP_ENUM(RecoveryState, RECOUP_RECOVERY_STATES)
#define RECOUP_RECOVERY_COMMANDS(X)   \
  X(kDemand, 1, "DEMAND", "发出追偿") \
  X(kClose, 2, "CLOSE", "结案")       \
  X(kReopen, 3, "REOPEN", "重新打开") \
  X(kAmend, 4, "AMEND", "更正")
RECOUP_ENUM(RecoveryCommand, RECOUP_RECOVERY_COMMANDS)

// PAID: nothing is open any more, whether paid or, for the last part, relinquished.
#define RECOUP_DEMAND_STATES(X)                 \
  X(kDraft, 1, "DRAFT", "草稿")                 \
  X(kIssued, 2, "ISSUED", "已发出")             \
  X(kAcknowledged, 3, "ACKNOWLEDGED", "已签收") \
  X(kDisputed, 4, "DISPUTED", "有异议")         \
  X(kMediating, 5, "MEDIATING", "调解中")       \
  X(kAgreed, 6, "AGREED", "已认可")             \
  X(kPaid, 7, "PAID", "已结清")                 \
  X(kWithdrawn, 8, "WITHDRAWN", "已撤回")
RECOUP_ENUM(DemandState, RECOUP_DEMAND_STATES)
// Money may arrive in every state from ISSUED to AGREED; APPLY_PART keeps the state. RETURN is
// money that was applied and taken back. AMEND of an issued demand issues it
// anew; of an agreed one it asks for less of what was agreed. AMEND_TO_PAID leaves nothing open.
#define RECOUP_DEMAND_COMMANDS(X)                         \
  X(kIssue, 1, "ISSUE", "发出")                           \
  X(kAcknowledge, 2, "ACKNOWLEDGE", "签收")               \
  X(kAccept, 3, "ACCEPT", "同意")                         \
  X(kDispute, 4, "DISPUTE", "提出异议")                   \
  X(kOpenMediation, 5, "OPEN_MEDIATION", "进入调解")      \
  X(kAgree, 6, "AGREE", "达成协议")                       \
  X(kFailMediation, 7, "FAIL_MEDIATION", "调解不成")      \
  X(kApplyPart, 8, "APPLY_PART", "部分核销")              \
  X(kApplyAll, 9, "APPLY_ALL", "全部核销")                \
  X(kReturn, 10, "RETURN", "退票")                        \
  X(kRelinquishPart, 11, "RELINQUISH_PART", "部分放弃")   \
  X(kRelinquishAll, 12, "RELINQUISH_ALL", "放弃全部余额") \
  X(kWithdraw, 13, "WITHDRAW", "撤回")                    \
  X(kAmend, 14, "AMEND", "更正")                          \
  X(kAmendToPaid, 15, "AMEND_TO_PAID", "更正后结清")      \
  X(kOffer, 16, "OFFER", "提出和解金额")                  \
  X(kResolveDispute, 17, "RESOLVE_DISPUTE", "异议已解决")
RECOUP_ENUM(DemandCommand, RECOUP_DEMAND_COMMANDS)

// A judicially confirmed agreement stays EFFECTIVE; the confirmation is recorded beside it.
#define RECOUP_MEDIATION_STATES(X)                     \
  X(kOpen, 1, "OPEN", "已开启")                        \
  X(kOffered, 2, "OFFERED", "已提出方案")              \
  X(kPendingApproval, 3, "PENDING_APPROVAL", "待审批") \
  X(kEffective, 4, "EFFECTIVE", "协议已生效")          \
  X(kFailed, 5, "FAILED", "调解不成")
RECOUP_ENUM(MediationState, RECOUP_MEDIATION_STATES)
#define RECOUP_MEDIATION_COMMANDS(X)                            \
  X(kOffer, 1, "OFFER", "提出方案")                             \
  X(kAgreeWithinLimit, 2, "AGREE_WITHIN_LIMIT", "达成协议")     \
  X(kAgreeAboveLimit, 3, "AGREE_ABOVE_LIMIT", "达成待审批协议") \
  X(kApprove, 4, "APPROVE", "批准")                             \
  X(kReject, 5, "REJECT", "不批准")                             \
  X(kFail, 6, "FAIL", "终止调解")                               \
  X(kConfirmJudicially, 7, "CONFIRM_JUDICIALLY", "司法确认")
RECOUP_ENUM(MediationCommand, RECOUP_MEDIATION_COMMANDS)

#define RECOUP_REMITTANCE_ADVICE_STATES(X)                 \
  X(kSent, 1, "SENT", "已发送")                            \
  X(kPartiallyMatched, 2, "PARTIALLY_MATCHED", "部分匹配") \
  X(kMatched, 3, "MATCHED", "已匹配")                      \
  X(kWithdrawn, 4, "WITHDRAWN", "已撤回")
RECOUP_ENUM(RemittanceAdviceState, RECOUP_REMITTANCE_ADVICE_STATES)
// UNMATCH undoes every match; what still holds is matched again.
#define RECOUP_REMITTANCE_ADVICE_COMMANDS(X) \
  X(kMatchPart, 1, "MATCH_PART", "部分匹配") \
  X(kMatchAll, 2, "MATCH_ALL", "全部匹配")   \
  X(kUnmatch, 3, "UNMATCH", "取消匹配")      \
  X(kWithdraw, 4, "WITHDRAW", "撤回")
RECOUP_ENUM(RemittanceAdviceCommand, RECOUP_REMITTANCE_ADVICE_COMMANDS)

// REFUNDABLE and REFUNDED speak of the part that is not applied to a demand.
#define RECOUP_STATEMENT_ENTRY_STATES(X)                   \
  X(kUnmatched, 1, "UNMATCHED", "未匹配")                  \
  X(kPartiallyApplied, 2, "PARTIALLY_APPLIED", "部分核销") \
  X(kApplied, 3, "APPLIED", "已核销")                      \
  X(kRefundable, 4, "REFUNDABLE", "待退付款人")            \
  X(kRefunded, 5, "REFUNDED", "已退付款人")                \
  X(kReturned, 6, "RETURNED", "银行已退回")
RECOUP_ENUM(StatementEntryState, RECOUP_STATEMENT_ENTRY_STATES)
// UNAPPLY takes back every application and the mark; what still holds is applied again.
#define RECOUP_STATEMENT_ENTRY_COMMANDS(X)             \
  X(kApplyPart, 1, "APPLY_PART", "部分核销")           \
  X(kApplyAll, 2, "APPLY_ALL", "全部核销")             \
  X(kUnapply, 3, "UNAPPLY", "取消核销")                \
  X(kMarkRefundable, 4, "MARK_REFUNDABLE", "列为待退") \
  X(kRefund, 5, "REFUND", "退款")                      \
  X(kReturn, 6, "RETURN", "银行退回")
RECOUP_ENUM(StatementEntryCommand, RECOUP_STATEMENT_ENTRY_COMMANDS)

#define RECOUP_BREAK_STATES(X)                    \
  X(kOpen, 1, "OPEN", "待处理")                   \
  X(kInvestigating, 2, "INVESTIGATING", "核查中") \
  X(kResolved, 3, "RESOLVED", "已解决")
RECOUP_ENUM(BreakState, RECOUP_BREAK_STATES)
#define RECOUP_BREAK_COMMANDS(X)    \
  X(kAssign, 1, "ASSIGN", "指派")   \
  X(kResolve, 2, "RESOLVE", "解决") \
  X(kReopen, 3, "REOPEN", "重新打开")
RECOUP_ENUM(BreakCommand, RECOUP_BREAK_COMMANDS)

#define RECOUP_APPROVAL_STATES(X)       \
  X(kPending, 1, "PENDING", "待审批")   \
  X(kApproved, 2, "APPROVED", "已批准") \
  X(kRejected, 3, "REJECTED", "未批准")
RECOUP_ENUM(ApprovalState, RECOUP_APPROVAL_STATES)
#define RECOUP_APPROVAL_COMMANDS(X) \
  X(kApprove, 1, "APPROVE", "批准") \
  X(kReject, 2, "REJECT", "不批准")
RECOUP_ENUM(ApprovalCommand, RECOUP_APPROVAL_COMMANDS)

#define RECOUP_SPLIT_STATES(X)          \
  X(kQuoted, 1, "QUOTED", "已询价")     \
  X(kSettled, 2, "SETTLED", "已结算")   \
  X(kReleased, 3, "RELEASED", "已释放") \
  X(kReversed, 4, "REVERSED", "已撤销")
RECOUP_ENUM(SplitState, RECOUP_SPLIT_STATES)
#define RECOUP_SPLIT_COMMANDS(X)    \
  X(kAnswer, 1, "ANSWER", "答复")   \
  X(kSettle, 2, "SETTLE", "结算")   \
  X(kRelease, 3, "RELEASE", "释放") \
  X(kReverse, 4, "REVERSE", "撤销")
RECOUP_ENUM(SplitCommand, RECOUP_SPLIT_COMMANDS)

// A batch is OPEN until its cut. RELEASING: given up, and the pools take their lines back.
// RETURNING: the bank took the payment back, and the pools open their lines again; RETURNED: they
// have, and the batch waits for another payment or for being given up.
#define RECOUP_SETTLEMENT_BATCH_STATES(X) \
  X(kOpen, 1, "OPEN", "待截止")           \
  X(kClosed, 2, "CLOSED", "待付款")       \
  X(kSplitting, 3, "SPLITTING", "分配中") \
  X(kPaid, 4, "PAID", "已结清")           \
  X(kReleasing, 5, "RELEASING", "释放中") \
  X(kCancelled, 6, "CANCELLED", "已取消") \
  X(kReturning, 7, "RETURNING", "退回中") \
  X(kReturned, 8, "RETURNED", "已退回")
RECOUP_ENUM(SettlementBatchState, RECOUP_SETTLEMENT_BATCH_STATES)
// CANCEL is of a batch that asked nobody for money yet, RELEASE of one that did.
#define RECOUP_SETTLEMENT_BATCH_COMMANDS(X)          \
  X(kClose, 1, "CLOSE", "截止")                      \
  X(kReceive, 2, "RECEIVE", "收款")                  \
  X(kComplete, 3, "COMPLETE", "分配完毕")            \
  X(kCancel, 4, "CANCEL", "取消")                    \
  X(kRelease, 5, "RELEASE", "释放")                  \
  X(kFinishRelease, 6, "FINISH_RELEASE", "释放完毕") \
  X(kTakeBack, 7, "TAKE_BACK", "退回")               \
  X(kFinishTakeBack, 8, "FINISH_TAKE_BACK", "退回完毕")
RECOUP_ENUM(SettlementBatchCommand, RECOUP_SETTLEMENT_BATCH_COMMANDS)

// What one pool has in a batch. COLLECTING: takes in what the insurer accepts, belongs to no batch
// yet. DUE: its money has come and is applied line by line.
#define RECOUP_SETTLEMENT_PART_STATES(X)    \
  X(kCollecting, 1, "COLLECTING", "待入批") \
  X(kClosed, 2, "CLOSED", "待付款")         \
  X(kDue, 3, "DUE", "待核销")               \
  X(kSettled, 4, "SETTLED", "已核销")       \
  X(kReleasing, 5, "RELEASING", "释放中")   \
  X(kReleased, 6, "RELEASED", "已释放")     \
  X(kReturning, 7, "RETURNING", "退回中")
RECOUP_ENUM(SettlementPartState, RECOUP_SETTLEMENT_PART_STATES)
#define RECOUP_SETTLEMENT_PART_COMMANDS(X)           \
  X(kClose, 1, "CLOSE", "截止")                      \
  X(kFund, 2, "FUND", "到账")                        \
  X(kSettle, 3, "SETTLE", "核销完毕")                \
  X(kRelease, 4, "RELEASE", "释放")                  \
  X(kFinishRelease, 5, "FINISH_RELEASE", "释放完毕") \
  X(kTakeBack, 6, "TAKE_BACK", "退回")               \
  X(kFinishTakeBack, 7, "FINISH_TAKE_BACK", "退回完毕")
RECOUP_ENUM(SettlementPartCommand, RECOUP_SETTLEMENT_PART_COMMANDS)

// A fund's proposal is DRAFTED until a second officer approves it; an insurer's is PENDING_APPROVAL
// once a first officer consents. ENDED is about the last day, which may still lie ahead: which
// accidents an agreement covers is a matter of its days.
#define RECOUP_AGREEMENT_STATES(X)                           \
  X(kDrafted, 1, "DRAFTED", "待基金审批")                    \
  X(kProposed, 2, "PROPOSED", "待对方答复")                  \
  X(kPendingApproval, 3, "PENDING_APPROVAL", "待第二人审批") \
  X(kInForce, 4, "IN_FORCE", "已生效")                       \
  X(kDeclined, 5, "DECLINED", "未达成")                      \
  X(kEnded, 6, "ENDED", "已终止")
RECOUP_ENUM(AgreementState, RECOUP_AGREEMENT_STATES)
// CONFIRM is the insurer's yes to the fund's proposal, CONSENT a first officer's to the insurer's.
#define RECOUP_AGREEMENT_COMMANDS(X)  \
  X(kApprove, 1, "APPROVE", "批准")   \
  X(kReject, 2, "REJECT", "不批准")   \
  X(kConfirm, 3, "CONFIRM", "确认")   \
  X(kConsent, 4, "CONSENT", "同意")   \
  X(kDecline, 5, "DECLINE", "不同意") \
  X(kWithdraw, 6, "WITHDRAW", "撤回") \
  X(kEnd, 7, "END", "终止")
RECOUP_ENUM(AgreementCommand, RECOUP_AGREEMENT_COMMANDS)

// No WITHDRAW: an offer with a last day binds until then (民法典 476). An offer that nobody
// answered is LAPSED after its last day, whatever is stored: see SettlementOffer::StateOn.
#define RECOUP_OFFER_STATES(X)                         \
  X(kOpen, 1, "OPEN", "待答复")                        \
  X(kPendingApproval, 2, "PENDING_APPROVAL", "待审批") \
  X(kAccepted, 3, "ACCEPTED", "已接受")                \
  X(kRefused, 4, "REFUSED", "已拒绝")                  \
  X(kLapsed, 5, "LAPSED", "已失效")
RECOUP_ENUM(OfferState, RECOUP_OFFER_STATES)
#define RECOUP_OFFER_COMMANDS(X)                                \
  X(kAcceptWithinLimit, 1, "ACCEPT_WITHIN_LIMIT", "限额内接受") \
  X(kAcceptAboveLimit, 2, "ACCEPT_ABOVE_LIMIT", "超限额接受")   \
  X(kRefuse, 3, "REFUSE", "拒绝")                               \
  X(kApprove, 4, "APPROVE", "批准")                             \
  X(kReject, 5, "REJECT", "不批准")                             \
  X(kLapse, 6, "LAPSE", "失效")
RECOUP_ENUM(OfferCommand, RECOUP_OFFER_COMMANDS)

// Of a letter that asks. ANSWERED: an officer recorded the answer. SUPERSEDED: another letter took
// its place, the demand's when the sum became known.
#define RECOUP_INQUIRY_STATES(X)              \
  X(kOpen, 1, "OPEN", "待答复")               \
  X(kAnswered, 2, "ANSWERED", "已答复")       \
  X(kSuperseded, 3, "SUPERSEDED", "已被替代") \
  X(kWithdrawn, 4, "WITHDRAWN", "已撤回")
RECOUP_ENUM(InquiryState, RECOUP_INQUIRY_STATES)
#define RECOUP_INQUIRY_COMMANDS(X)      \
  X(kAnswer, 1, "ANSWER", "答复")       \
  X(kSupersede, 2, "SUPERSEDE", "替代") \
  X(kWithdraw, 3, "WITHDRAW", "撤回")
RECOUP_ENUM(InquiryCommand, RECOUP_INQUIRY_COMMANDS)

#define RECOUP_STATE_MACHINES(X)                                         \
  X(FlagState, FlagCommand, "flag")                                      \
  X(AdvanceState, AdvanceCommand, "advance")                             \
  X(CourtCaseState, CourtCaseCommand, "court case")                      \
  X(LeadState, LeadCommand, "lead")                                      \
  X(RecoveryState, RecoveryCommand, "recovery")                          \
  X(DemandState, DemandCommand, "demand")                                \
  X(MediationState, MediationCommand, "mediation")                       \
  X(RemittanceAdviceState, RemittanceAdviceCommand, "remittance advice") \
  X(StatementEntryState, StatementEntryCommand, "statement entry")       \
  X(BreakState, BreakCommand, "break")                                   \
  X(ApprovalState, ApprovalCommand, "approval")                          \
  X(SplitState, SplitCommand, "split")                                   \
  X(SettlementBatchState, SettlementBatchCommand, "settlement batch")    \
  X(SettlementPartState, SettlementPartCommand, "settlement part")       \
  X(AgreementState, AgreementCommand, "agreement")                       \
  X(OfferState, OfferCommand, "offer")                                   \
  X(InquiryState, InquiryCommand, "inquiry")

#define RECOUP_DECLARE_MACHINE(State, Command, subject)     \
  absl::StatusOr<State> Next(State state, Command command); \
  std::vector<Command> Allowed(State state);
RECOUP_STATE_MACHINES(RECOUP_DECLARE_MACHINE)
#undef RECOUP_DECLARE_MACHINE

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_STATES_H_
