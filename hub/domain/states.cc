#include "hub/domain/states.h"

#include <deque>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/base/check.h"
#include "hub/base/error.h"

namespace recoup::domain {
namespace {

template <typename State, typename Command>
struct Transition {
  State from;
  Command command;
  State to;
};

// A machine is the list of what is possible; everything else is refused.
template <typename State>
struct Machine;

template <>
struct Machine<FlagState> {
  using S = FlagState;
  using C = FlagCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kSuspected, C::kAmend, S::kSuspected}, {S::kSuspected, C::kConfirm, S::kConfirmed},
      {S::kSuspected, C::kClear, S::kCleared},   {S::kConfirmed, C::kAmend, S::kConfirmed},
      {S::kConfirmed, C::kClear, S::kCleared},   {S::kCleared, C::kReinstate, S::kSuspected},
  };
};

template <>
struct Machine<AdvanceState> {
  using S = AdvanceState;
  using C = AdvanceCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kCandidate, C::kBook, S::kOpen},
      {S::kCandidate, C::kCompleteReversal, S::kReversed},
      {S::kOpen, C::kRequestReversal, S::kReversalPending},
      {S::kOpen, C::kCompleteReversal, S::kReversed},
      {S::kOpen, C::kSettle, S::kSettled},
      {S::kReversalPending, C::kCompleteReversal, S::kReversed},
      {S::kReversalPending, C::kReopen, S::kOpen},
      // A hospital may cancel its settlement after the money has come back: the fact is recorded,
      // and the money is then refunded before the reversal completes.
      {S::kSettled, C::kRequestReversal, S::kReversalPending},
      {S::kSettled, C::kReopen, S::kOpen},
  };
};

template <>
struct Machine<CourtCaseState> {
  using S = CourtCaseState;
  using C = CourtCaseCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kPushed, C::kConsent, S::kNotified},
      {S::kPushed, C::kAmend, S::kPushed},
      {S::kPushed, C::kSupersede, S::kSuperseded},
      {S::kPushed, C::kWithdraw, S::kWithdrawn},
      {S::kPushed, C::kReportPerformance, S::kPushed},
      {S::kPushed, C::kWithdrawPerformance, S::kPushed},
      {S::kNotified, C::kWithdrawConsent, S::kPushed},
      {S::kNotified, C::kAmend, S::kNotified},
      {S::kNotified, C::kSupersede, S::kSuperseded},
      {S::kNotified, C::kWithdraw, S::kWithdrawn},
      {S::kNotified, C::kReportPerformance, S::kNotified},
      {S::kNotified, C::kWithdrawPerformance, S::kNotified},
  };
};

template <>
struct Machine<LeadState> {
  using S = LeadState;
  using C = LeadCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kReview, C::kConfirm, S::kConfirmed},    {S::kReview, C::kReject, S::kRejected},
      {S::kReview, C::kSupersede, S::kSuperseded}, {S::kConfirmed, C::kSupersede, S::kSuperseded},
      {S::kConfirmed, C::kReview, S::kReview},     {S::kRejected, C::kSupersede, S::kSuperseded},
      {S::kRejected, C::kReview, S::kReview},
  };
};

template <>
struct Machine<RecoveryState> {
  using S = RecoveryState;
  using C = RecoveryCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kOpen, C::kDemand, S::kDemanded},  {S::kOpen, C::kClose, S::kClosed},
      {S::kOpen, C::kAmend, S::kOpen},       {S::kDemanded, C::kDemand, S::kDemanded},
      {S::kDemanded, C::kClose, S::kClosed}, {S::kDemanded, C::kAmend, S::kDemanded},
      {S::kClosed, C::kReopen, S::kOpen},
  };
};

template <>
struct Machine<DemandState> {
  using S = DemandState;
  using C = DemandCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kDraft, C::kIssue, S::kIssued},
      {S::kDraft, C::kWithdraw, S::kWithdrawn},
      {S::kDraft, C::kAmend, S::kDraft},

      {S::kIssued, C::kAcknowledge, S::kAcknowledged},
      {S::kIssued, C::kAccept, S::kAgreed},
      {S::kIssued, C::kDispute, S::kDisputed},
      {S::kIssued, C::kOpenMediation, S::kMediating},
      {S::kIssued, C::kApplyPart, S::kIssued},
      {S::kIssued, C::kApplyAll, S::kPaid},
      {S::kIssued, C::kReturn, S::kIssued},
      {S::kIssued, C::kRelinquishPart, S::kIssued},
      {S::kIssued, C::kRelinquishAll, S::kPaid},
      {S::kIssued, C::kWithdraw, S::kWithdrawn},
      {S::kIssued, C::kAmend, S::kIssued},
      {S::kIssued, C::kAmendToPaid, S::kPaid},
      {S::kIssued, C::kOffer, S::kIssued},

      {S::kAcknowledged, C::kAccept, S::kAgreed},
      {S::kAcknowledged, C::kDispute, S::kDisputed},
      {S::kAcknowledged, C::kOpenMediation, S::kMediating},
      {S::kAcknowledged, C::kApplyPart, S::kAcknowledged},
      {S::kAcknowledged, C::kApplyAll, S::kPaid},
      {S::kAcknowledged, C::kReturn, S::kAcknowledged},
      {S::kAcknowledged, C::kRelinquishPart, S::kAcknowledged},
      {S::kAcknowledged, C::kRelinquishAll, S::kPaid},
      {S::kAcknowledged, C::kWithdraw, S::kWithdrawn},
      {S::kAcknowledged, C::kAmend, S::kIssued},
      {S::kAcknowledged, C::kAmendToPaid, S::kPaid},
      {S::kAcknowledged, C::kOffer, S::kAcknowledged},

      {S::kDisputed, C::kAccept, S::kAgreed},
      {S::kDisputed, C::kOpenMediation, S::kMediating},
      {S::kDisputed, C::kApplyPart, S::kDisputed},
      {S::kDisputed, C::kApplyAll, S::kPaid},
      {S::kDisputed, C::kReturn, S::kDisputed},
      {S::kDisputed, C::kRelinquishPart, S::kDisputed},
      {S::kDisputed, C::kRelinquishAll, S::kPaid},
      {S::kDisputed, C::kWithdraw, S::kWithdrawn},
      {S::kDisputed, C::kAmend, S::kIssued},
      {S::kDisputed, C::kAmendToPaid, S::kPaid},
      {S::kDisputed, C::kOffer, S::kDisputed},
      {S::kDisputed, C::kResolveDispute, S::kAgreed},

      // No WITHDRAW or AMEND here: a mediation ends first, so that none is left without its demand.
      {S::kMediating, C::kAgree, S::kAgreed},
      {S::kMediating, C::kFailMediation, S::kDisputed},
      {S::kMediating, C::kApplyPart, S::kMediating},
      {S::kMediating, C::kApplyAll, S::kPaid},
      {S::kMediating, C::kReturn, S::kMediating},
      {S::kMediating, C::kRelinquishPart, S::kMediating},
      {S::kMediating, C::kRelinquishAll, S::kPaid},

      // An agreed demand may be mediated again: debtors who fall behind ask for other instalments.
      {S::kAgreed, C::kOpenMediation, S::kMediating},
      {S::kAgreed, C::kApplyPart, S::kAgreed},
      {S::kAgreed, C::kApplyAll, S::kPaid},
      {S::kAgreed, C::kReturn, S::kAgreed},
      {S::kAgreed, C::kRelinquishPart, S::kAgreed},
      {S::kAgreed, C::kRelinquishAll, S::kPaid},
      {S::kAgreed, C::kWithdraw, S::kWithdrawn},
      {S::kAgreed, C::kAmend, S::kAgreed},
      {S::kAgreed, C::kAmendToPaid, S::kPaid},

      {S::kPaid, C::kReturn, S::kAgreed},
  };
};

template <>
struct Machine<MediationState> {
  using S = MediationState;
  using C = MediationCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kOpen, C::kOffer, S::kOffered},
      {S::kOpen, C::kFail, S::kFailed},
      {S::kOffered, C::kOffer, S::kOffered},
      {S::kOffered, C::kAgreeWithinLimit, S::kEffective},
      {S::kOffered, C::kAgreeAboveLimit, S::kPendingApproval},
      {S::kOffered, C::kFail, S::kFailed},
      {S::kPendingApproval, C::kApprove, S::kEffective},
      {S::kPendingApproval, C::kReject, S::kOpen},
      {S::kPendingApproval, C::kFail, S::kFailed},
      {S::kEffective, C::kConfirmJudicially, S::kEffective},
  };
};

template <>
struct Machine<RemittanceAdviceState> {
  using S = RemittanceAdviceState;
  using C = RemittanceAdviceCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kSent, C::kMatchPart, S::kPartiallyMatched},
      {S::kSent, C::kMatchAll, S::kMatched},
      {S::kSent, C::kWithdraw, S::kWithdrawn},
      {S::kPartiallyMatched, C::kMatchPart, S::kPartiallyMatched},
      {S::kPartiallyMatched, C::kMatchAll, S::kMatched},
      {S::kPartiallyMatched, C::kUnmatch, S::kSent},
      {S::kMatched, C::kUnmatch, S::kSent},
  };
};

template <>
struct Machine<StatementEntryState> {
  using S = StatementEntryState;
  using C = StatementEntryCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kUnmatched, C::kApplyPart, S::kPartiallyApplied},
      {S::kUnmatched, C::kApplyAll, S::kApplied},
      {S::kUnmatched, C::kMarkRefundable, S::kRefundable},
      {S::kUnmatched, C::kReturn, S::kReturned},
      {S::kPartiallyApplied, C::kApplyPart, S::kPartiallyApplied},
      {S::kPartiallyApplied, C::kApplyAll, S::kApplied},
      {S::kPartiallyApplied, C::kUnapply, S::kUnmatched},
      {S::kPartiallyApplied, C::kMarkRefundable, S::kRefundable},
      {S::kPartiallyApplied, C::kReturn, S::kReturned},
      {S::kApplied, C::kUnapply, S::kUnmatched},
      {S::kApplied, C::kReturn, S::kReturned},
      {S::kRefundable, C::kUnapply, S::kUnmatched},
      {S::kRefundable, C::kRefund, S::kRefunded},
      {S::kRefundable, C::kReturn, S::kReturned},
  };
};

template <>
struct Machine<BreakState> {
  using S = BreakState;
  using C = BreakCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kOpen, C::kAssign, S::kInvestigating},
      {S::kOpen, C::kResolve, S::kResolved},
      {S::kInvestigating, C::kAssign, S::kInvestigating},
      {S::kInvestigating, C::kResolve, S::kResolved},
      {S::kResolved, C::kReopen, S::kOpen},
  };
};

template <>
struct Machine<ApprovalState> {
  using S = ApprovalState;
  using C = ApprovalCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kPending, C::kApprove, S::kApproved},
      {S::kPending, C::kReject, S::kRejected},
  };
};

template <>
struct Machine<InquiryState> {
  using S = InquiryState;
  using C = InquiryCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kOpen, C::kAnswer, S::kAnswered},
      {S::kOpen, C::kSupersede, S::kSuperseded},
      {S::kOpen, C::kWithdraw, S::kWithdrawn},
  };
};

template <>
struct Machine<AgreementState> {
  using S = AgreementState;
  using C = AgreementCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kDrafted, C::kApprove, S::kProposed},
      {S::kDrafted, C::kReject, S::kDeclined},
      {S::kDrafted, C::kWithdraw, S::kDeclined},
      {S::kProposed, C::kConfirm, S::kInForce},
      {S::kProposed, C::kConsent, S::kPendingApproval},
      {S::kProposed, C::kDecline, S::kDeclined},
      {S::kProposed, C::kWithdraw, S::kDeclined},
      {S::kPendingApproval, C::kApprove, S::kInForce},
      {S::kPendingApproval, C::kReject, S::kProposed},
      {S::kInForce, C::kEnd, S::kEnded},
  };
};

template <>
struct Machine<OfferState> {
  using S = OfferState;
  using C = OfferCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kOpen, C::kAcceptWithinLimit, S::kAccepted},
      {S::kOpen, C::kAcceptAboveLimit, S::kPendingApproval},
      {S::kOpen, C::kRefuse, S::kRefused},
      {S::kOpen, C::kLapse, S::kLapsed},
      {S::kPendingApproval, C::kApprove, S::kAccepted},
      // A second person who does not approve leaves the offer to be refused, or to lapse.
      {S::kPendingApproval, C::kReject, S::kOpen},
      {S::kPendingApproval, C::kLapse, S::kLapsed},
  };
};

template <>
struct Machine<SplitState> {
  using S = SplitState;
  using C = SplitCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kQuoted, C::kAnswer, S::kQuoted},
      {S::kQuoted, C::kSettle, S::kSettled},
      {S::kQuoted, C::kRelease, S::kReleased},
      {S::kSettled, C::kReverse, S::kReversed},
  };
};

template <>
struct Machine<SettlementBatchState> {
  using S = SettlementBatchState;
  using C = SettlementBatchCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kOpen, C::kClose, S::kClosed},
      {S::kOpen, C::kCancel, S::kCancelled},
      {S::kClosed, C::kReceive, S::kSplitting},
      {S::kClosed, C::kRelease, S::kReleasing},
      {S::kSplitting, C::kComplete, S::kPaid},
      {S::kReleasing, C::kFinishRelease, S::kCancelled},
      {S::kSplitting, C::kTakeBack, S::kReturning},
      {S::kPaid, C::kTakeBack, S::kReturning},
      {S::kReturning, C::kFinishTakeBack, S::kReturned},
      {S::kReturned, C::kReceive, S::kSplitting},
      {S::kReturned, C::kRelease, S::kReleasing},
  };
};

template <>
struct Machine<SettlementPartState> {
  using S = SettlementPartState;
  using C = SettlementPartCommand;
  static constexpr Transition<S, C> kTransitions[] = {
      {S::kCollecting, C::kClose, S::kClosed},
      {S::kClosed, C::kFund, S::kDue},
      {S::kClosed, C::kRelease, S::kReleasing},
      {S::kDue, C::kSettle, S::kSettled},
      {S::kReleasing, C::kFinishRelease, S::kReleased},
      {S::kDue, C::kTakeBack, S::kReturning},
      {S::kSettled, C::kTakeBack, S::kReturning},
      {S::kReturning, C::kFinishTakeBack, S::kClosed},
  };
};

template <typename State, typename Command>
const Transition<State, Command>* Find(State state, Command command) {
  for (const auto& transition : Machine<State>::kTransitions) {
    if (transition.from == state && transition.command == command) return &transition;
  }
  return nullptr;
}

template <typename State>
auto AllowedIn(State state) {
  RECOUP_CHECK(IsKnown(state));
  std::vector<typename Machine<State>::C> allowed;
  for (const auto& transition : Machine<State>::kTransitions) {
    if (transition.from == state) allowed.push_back(transition.command);
  }
  return allowed;
}

template <typename Command>
std::string Names(const std::vector<Command>& commands, const char* separator) {
  return absl::StrJoin(commands, separator,
                       [](std::string* out, Command command) { out->append(ToString(command)); });
}

// The shortest way from `state` to one in which `command` is possible; empty when there is none.
template <typename State, typename Command>
std::vector<Command> StepsBefore(State state, Command command) {
  std::map<State, std::vector<Command>> steps_to = {{state, {}}};
  std::deque<State> queue = {state};
  while (!queue.empty()) {
    const State here = queue.front();
    queue.pop_front();
    if (Find(here, command) != nullptr) return steps_to[here];
    for (const auto& transition : Machine<State>::kTransitions) {
      if (transition.from != here || steps_to.contains(transition.to)) continue;
      std::vector<Command> steps = steps_to[here];
      steps.push_back(transition.command);
      steps_to[transition.to] = std::move(steps);
      queue.push_back(transition.to);
    }
  }
  return {};
}

template <typename Command>
std::string ChineseNames(const std::vector<Command>& commands, const char* separator) {
  return absl::StrJoin(commands, separator, [](std::string* out, Command command) {
    out->append(ChineseName(command));
  });
}

// What people read: what the state allows, and what would have to come first where that is near. A
// longer way is one that nobody would go for the sake of the command.
template <typename State, typename Command>
std::string WhatIsAllowed(State state, Command command, const std::vector<Command>& before) {
  constexpr std::size_t kStepsMax = 2;
  const std::vector<Command> allowed = AllowedIn(state);
  const std::string name = absl::StrCat("“", std::string(ChineseName(command)), "”");
  std::string text =
      absl::StrCat("当前状态“", std::string(ChineseName(state)), "”不允许", name,
                   allowed.empty() ? "，已无可执行的操作"
                                   : absl::StrCat("，允许：", ChineseNames(allowed, "、")));
  if (!before.empty() && before.size() <= kStepsMax) {
    absl::StrAppend(&text, "；", name, "须先", ChineseNames(before, "，再"));
  }
  return text;
}

template <typename State, typename Command>
absl::Status IllegalTransition(const char* subject, State state, Command command) {
  const std::string state_name(ToString(state));
  const std::string command_name(ToString(command));
  const std::vector<Command> before = StepsBefore(state, command);
  const std::string what_first =
      before.empty() ? absl::StrCat("no step leads from ", state_name, " to a state that allows ",
                                    command_name)
                     : absl::StrCat(command_name, " is possible after ", Names(before, ", then "));
  ErrorDetail detail;
  detail.reason = Reason::kIllegalTransition;
  detail.metadata = {
      {"state", state_name}, {"command", command_name}, {"allowed", Names(AllowedIn(state), ",")}};
  detail.preconditions = {{"STATE", subject, WhatIsAllowed(state, command, before)}};
  return MakeError(absl::StrCat("the ", subject, " in state ", state_name, " does not allow ",
                                command_name, ": ", what_first),
                   std::move(detail));
}

template <typename State, typename Command>
absl::StatusOr<State> NextState(const char* subject, State state, Command command) {
  RECOUP_CHECK(IsKnown(state) && IsKnown(command));
  const auto* transition = Find(state, command);
  if (transition == nullptr) return IllegalTransition(subject, state, command);
  return transition->to;
}

}  // namespace

#define RECOUP_DEFINE_MACHINE(State, Command, subject)       \
  absl::StatusOr<State> Next(State state, Command command) { \
    return NextState(subject, state, command);               \
  }                                                          \
  std::vector<Command> Allowed(State state) { return AllowedIn(state); }
RECOUP_STATE_MACHINES(RECOUP_DEFINE_MACHINE)
#undef RECOUP_DEFINE_MACHINE

}  // namespace recoup::domain
