#include "hub/domain/states.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "hub/base/error.h"
#include "hub/domain/enums.h"

namespace recoup::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// One row per state, one column per command in the order of the command's list; "-" is a refusal.
template <typename State>
struct Row {
  State from;
  std::vector<std::string_view> to;
};

template <typename State, typename Command>
void ExpectDecided(const std::vector<Row<State>>& table) {
  ASSERT_EQ(table.size(), AllOf<State>().size()) << "a state has no row";
  for (std::size_t i = 0; i < table.size(); ++i) {
    ASSERT_EQ(table[i].from, AllOf<State>()[i]) << "rows are in the order of the states";
    ASSERT_EQ(table[i].to.size(), AllOf<Command>().size()) << "a command has no column";
    std::vector<Command> allowed;
    for (std::size_t j = 0; j < table[i].to.size(); ++j) {
      const Command command = AllOf<Command>()[j];
      SCOPED_TRACE(std::string(ToString(table[i].from)) + " " + std::string(ToString(command)));
      const absl::StatusOr<State> next = Next(table[i].from, command);
      EXPECT_EQ(next.ok() ? ToString(*next) : "-", table[i].to[j]);
      if (next.ok()) {
        allowed.push_back(command);
        continue;
      }
      const ErrorDetail detail = DetailOf(next.status());
      EXPECT_EQ(detail.reason, Reason::kIllegalTransition);
      EXPECT_EQ(detail.metadata.at("state"), ToString(table[i].from));
      EXPECT_EQ(detail.metadata.at("command"), ToString(command));
      EXPECT_TRUE(detail.metadata.contains("allowed"));
      ASSERT_EQ(detail.preconditions.size(), 1u);
      // For people: Chinese names only, each command that is possible among them.
      const std::string& text = detail.preconditions[0].description;
      EXPECT_TRUE(std::none_of(text.begin(), text.end(), [](unsigned char c) {
        return absl::ascii_isalpha(c);
      })) << text;
      for (const Command possible : Allowed(table[i].from)) {
        EXPECT_THAT(text, HasSubstr(std::string(ChineseName(possible))));
      }
    }
    std::vector<Command> listed = Allowed(table[i].from);
    EXPECT_THAT(listed, ::testing::UnorderedElementsAreArray(allowed));
  }
}

TEST(StatesTest, FlagDecidesEveryPair) {
  using enum FlagState;
  ExpectDecided<FlagState, FlagCommand>({
      // AMEND, CONFIRM, CLEAR, REINSTATE
      {kSuspected, {"SUSPECTED", "CONFIRMED", "CLEARED", "-"}},
      {kConfirmed, {"CONFIRMED", "-", "CLEARED", "-"}},
      {kCleared, {"-", "-", "-", "SUSPECTED"}},
  });
}

TEST(StatesTest, AdvanceDecidesEveryPair) {
  using enum AdvanceState;
  ExpectDecided<AdvanceState, AdvanceCommand>({
      // BOOK, REQUEST_REVERSAL, COMPLETE_REVERSAL, SETTLE, REOPEN
      {kCandidate, {"OPEN", "-", "REVERSED", "-", "-"}},
      {kOpen, {"-", "REVERSAL_PENDING", "REVERSED", "SETTLED", "-"}},
      {kReversalPending, {"-", "-", "REVERSED", "-", "OPEN"}},
      {kReversed, {"-", "-", "-", "-", "-"}},
      {kSettled, {"-", "REVERSAL_PENDING", "-", "-", "OPEN"}},
  });
}

TEST(StatesTest, CourtCaseDecidesEveryPair) {
  using enum CourtCaseState;
  ExpectDecided<CourtCaseState, CourtCaseCommand>({
      // CONSENT, WITHDRAW_CONSENT, AMEND, SUPERSEDE, WITHDRAW, REPORT_PERFORMANCE,
      // WITHDRAW_PERFORMANCE
      {kPushed, {"NOTIFIED", "-", "PUSHED", "SUPERSEDED", "WITHDRAWN", "PUSHED", "PUSHED"}},
      {kNotified, {"-", "PUSHED", "NOTIFIED", "SUPERSEDED", "WITHDRAWN", "NOTIFIED", "NOTIFIED"}},
      {kSuperseded, {"-", "-", "-", "-", "-", "-", "-"}},
      {kWithdrawn, {"-", "-", "-", "-", "-", "-", "-"}},
  });
}

TEST(StatesTest, LeadDecidesEveryPair) {
  using enum LeadState;
  ExpectDecided<LeadState, LeadCommand>({
      // CONFIRM, REJECT, SUPERSEDE, REVIEW
      {kReview, {"CONFIRMED", "REJECTED", "SUPERSEDED", "-"}},
      {kConfirmed, {"-", "-", "SUPERSEDED", "REVIEW"}},
      {kRejected, {"-", "-", "SUPERSEDED", "REVIEW"}},
      {kSuperseded, {"-", "-", "-", "-"}},
  });
}

TEST(StatesTest, RecoveryDecidesEveryPair) {
  using enum RecoveryState;
  ExpectDecided<RecoveryState, RecoveryCommand>({
      // DEMAND, CLOSE, REOPEN, AMEND
      {kOpen, {"DEMANDED", "CLOSED", "-", "OPEN"}},
      {kDemanded, {"DEMANDED", "CLOSED", "-", "DEMANDED"}},
      {kClosed, {"-", "-", "OPEN", "-"}},
  });
}

TEST(StatesTest, DemandDecidesEveryPair) {
  using enum DemandState;
  ExpectDecided<DemandState, DemandCommand>({
      // ISSUE, ACKNOWLEDGE, ACCEPT, DISPUTE, OPEN_MEDIATION, AGREE, FAIL_MEDIATION,
      // APPLY_PART, APPLY_ALL, RETURN, RELINQUISH_PART, RELINQUISH_ALL, WITHDRAW, AMEND,
      // AMEND_TO_PAID, OFFER, RESOLVE_DISPUTE
      {kDraft,
       {"ISSUED", "-", "-", "-", "-", "-", "-",  //
        "-", "-", "-", "-", "-", "WITHDRAWN", "DRAFT", "-", "-", "-"}},
      {kIssued,
       {"-", "ACKNOWLEDGED", "AGREED", "DISPUTED", "MEDIATING", "-", "-",  //
        "ISSUED", "PAID", "ISSUED", "ISSUED", "PAID", "WITHDRAWN", "ISSUED", "PAID", "ISSUED",
        "-"}},
      {kAcknowledged,
       {"-", "-", "AGREED", "DISPUTED", "MEDIATING", "-", "-",  //
        "ACKNOWLEDGED", "PAID", "ACKNOWLEDGED", "ACKNOWLEDGED", "PAID", "WITHDRAWN", "ISSUED",
        "PAID", "ACKNOWLEDGED", "-"}},
      {kDisputed,
       {"-", "-", "AGREED", "-", "MEDIATING", "-", "-",  //
        "DISPUTED", "PAID", "DISPUTED", "DISPUTED", "PAID", "WITHDRAWN", "ISSUED", "PAID",
        "DISPUTED", "AGREED"}},
      {kMediating,
       {"-", "-", "-", "-", "-", "AGREED", "DISPUTED",  //
        "MEDIATING", "PAID", "MEDIATING", "MEDIATING", "PAID", "-", "-", "-", "-", "-"}},
      {kAgreed,
       {"-", "-", "-", "-", "MEDIATING", "-", "-",  //
        "AGREED", "PAID", "AGREED", "AGREED", "PAID", "WITHDRAWN", "AGREED", "PAID", "-", "-"}},
      {kPaid,
       {"-", "-", "-", "-", "-", "-", "-",  //
        "-", "-", "AGREED", "-", "-", "-", "-", "-", "-", "-"}},
      {kWithdrawn,
       {"-", "-", "-", "-", "-", "-", "-",  //
        "-", "-", "-", "-", "-", "-", "-", "-", "-", "-"}},
  });
}

TEST(StatesTest, MediationDecidesEveryPair) {
  using enum MediationState;
  ExpectDecided<MediationState, MediationCommand>({
      // OFFER, AGREE_WITHIN_LIMIT, AGREE_ABOVE_LIMIT, APPROVE, REJECT, FAIL, CONFIRM_JUDICIALLY
      {kOpen, {"OFFERED", "-", "-", "-", "-", "FAILED", "-"}},
      {kOffered, {"OFFERED", "EFFECTIVE", "PENDING_APPROVAL", "-", "-", "FAILED", "-"}},
      {kPendingApproval, {"-", "-", "-", "EFFECTIVE", "OPEN", "FAILED", "-"}},
      {kEffective, {"-", "-", "-", "-", "-", "-", "EFFECTIVE"}},
      {kFailed, {"-", "-", "-", "-", "-", "-", "-"}},
  });
}

TEST(StatesTest, RemittanceAdviceDecidesEveryPair) {
  using enum RemittanceAdviceState;
  ExpectDecided<RemittanceAdviceState, RemittanceAdviceCommand>({
      // MATCH_PART, MATCH_ALL, UNMATCH, WITHDRAW
      {kSent, {"PARTIALLY_MATCHED", "MATCHED", "-", "WITHDRAWN"}},
      {kPartiallyMatched, {"PARTIALLY_MATCHED", "MATCHED", "SENT", "-"}},
      {kMatched, {"-", "-", "SENT", "-"}},
      {kWithdrawn, {"-", "-", "-", "-"}},
  });
}

TEST(StatesTest, StatementEntryDecidesEveryPair) {
  using enum StatementEntryState;
  ExpectDecided<StatementEntryState, StatementEntryCommand>({
      // APPLY_PART, APPLY_ALL, UNAPPLY, MARK_REFUNDABLE, REFUND, RETURN
      {kUnmatched, {"PARTIALLY_APPLIED", "APPLIED", "-", "REFUNDABLE", "-", "RETURNED"}},
      {kPartiallyApplied,
       {"PARTIALLY_APPLIED", "APPLIED", "UNMATCHED", "REFUNDABLE", "-", "RETURNED"}},
      {kApplied, {"-", "-", "UNMATCHED", "-", "-", "RETURNED"}},
      {kRefundable, {"-", "-", "UNMATCHED", "-", "REFUNDED", "RETURNED"}},
      {kRefunded, {"-", "-", "-", "-", "-", "-"}},
      {kReturned, {"-", "-", "-", "-", "-", "-"}},
  });
}

TEST(StatesTest, BreakDecidesEveryPair) {
  using enum BreakState;
  ExpectDecided<BreakState, BreakCommand>({
      // ASSIGN, RESOLVE, REOPEN
      {kOpen, {"INVESTIGATING", "RESOLVED", "-"}},
      {kInvestigating, {"INVESTIGATING", "RESOLVED", "-"}},
      {kResolved, {"-", "-", "OPEN"}},
  });
}

TEST(StatesTest, ApprovalDecidesEveryPair) {
  using enum ApprovalState;
  ExpectDecided<ApprovalState, ApprovalCommand>({
      // APPROVE, REJECT
      {kPending, {"APPROVED", "REJECTED"}},
      {kApproved, {"-", "-"}},
      {kRejected, {"-", "-"}},
  });
}

TEST(StatesTest, SplitDecidesEveryPair) {
  using enum SplitState;
  ExpectDecided<SplitState, SplitCommand>({
      // ANSWER, SETTLE, RELEASE, REVERSE
      {kQuoted, {"QUOTED", "SETTLED", "RELEASED", "-"}},
      {kSettled, {"-", "-", "-", "REVERSED"}},
      {kReleased, {"-", "-", "-", "-"}},
      {kReversed, {"-", "-", "-", "-"}},
  });
}

TEST(StatesTest, SettlementBatchDecidesEveryPair) {
  using enum SettlementBatchState;
  ExpectDecided<SettlementBatchState, SettlementBatchCommand>({
      // CLOSE, RECEIVE, COMPLETE, CANCEL, RELEASE, FINISH_RELEASE, TAKE_BACK, FINISH_TAKE_BACK
      {kOpen, {"CLOSED", "-", "-", "CANCELLED", "-", "-", "-", "-"}},
      {kClosed, {"-", "SPLITTING", "-", "-", "RELEASING", "-", "-", "-"}},
      {kSplitting, {"-", "-", "PAID", "-", "-", "-", "RETURNING", "-"}},
      {kPaid, {"-", "-", "-", "-", "-", "-", "RETURNING", "-"}},
      {kReleasing, {"-", "-", "-", "-", "-", "CANCELLED", "-", "-"}},
      {kCancelled, {"-", "-", "-", "-", "-", "-", "-", "-"}},
      {kReturning, {"-", "-", "-", "-", "-", "-", "-", "RETURNED"}},
      {kReturned, {"-", "SPLITTING", "-", "-", "RELEASING", "-", "-", "-"}},
  });
}

TEST(StatesTest, SettlementPartDecidesEveryPair) {
  using enum SettlementPartState;
  ExpectDecided<SettlementPartState, SettlementPartCommand>({
      // CLOSE, FUND, SETTLE, RELEASE, FINISH_RELEASE, TAKE_BACK, FINISH_TAKE_BACK
      {kCollecting, {"CLOSED", "-", "-", "-", "-", "-", "-"}},
      {kClosed, {"-", "DUE", "-", "RELEASING", "-", "-", "-"}},
      {kDue, {"-", "-", "SETTLED", "-", "-", "RETURNING", "-"}},
      {kSettled, {"-", "-", "-", "-", "-", "RETURNING", "-"}},
      {kReleasing, {"-", "-", "-", "-", "RELEASED", "-", "-"}},
      {kReleased, {"-", "-", "-", "-", "-", "-", "-"}},
      {kReturning, {"-", "-", "-", "-", "-", "-", "CLOSED"}},
  });
}

TEST(StatesTest, AgreementDecidesEveryPair) {
  using enum AgreementState;
  ExpectDecided<AgreementState, AgreementCommand>({
      // APPROVE, REJECT, CONFIRM, CONSENT, DECLINE, WITHDRAW, END
      {kDrafted, {"PROPOSED", "DECLINED", "-", "-", "-", "DECLINED", "-"}},
      {kProposed, {"-", "-", "IN_FORCE", "PENDING_APPROVAL", "DECLINED", "DECLINED", "-"}},
      {kPendingApproval, {"IN_FORCE", "PROPOSED", "-", "-", "-", "-", "-"}},
      {kInForce, {"-", "-", "-", "-", "-", "-", "ENDED"}},
      {kDeclined, {"-", "-", "-", "-", "-", "-", "-"}},
      {kEnded, {"-", "-", "-", "-", "-", "-", "-"}},
  });
}

TEST(StatesTest, OfferDecidesEveryPair) {
  using enum OfferState;
  ExpectDecided<OfferState, OfferCommand>({
      // ACCEPT_WITHIN_LIMIT, ACCEPT_ABOVE_LIMIT, REFUSE, APPROVE, REJECT, LAPSE
      {kOpen, {"ACCEPTED", "PENDING_APPROVAL", "REFUSED", "-", "-", "LAPSED"}},
      {kPendingApproval, {"-", "-", "-", "ACCEPTED", "OPEN", "LAPSED"}},
      {kAccepted, {"-", "-", "-", "-", "-", "-"}},
      {kRefused, {"-", "-", "-", "-", "-", "-"}},
      {kLapsed, {"-", "-", "-", "-", "-", "-"}},
  });
}

TEST(StatesTest, RefusalSaysWhatMustHappenFirst) {
  const ErrorDetail detail =
      DetailOf(Next(MediationState::kOpen, MediationCommand::kConfirmJudicially).status());
  EXPECT_EQ(detail.metadata.at("allowed"), "OFFER,FAIL");
  ASSERT_EQ(detail.preconditions.size(), 1u);
  EXPECT_EQ(detail.preconditions[0].type, "STATE");
  EXPECT_EQ(detail.preconditions[0].subject, "mediation");
  EXPECT_EQ(detail.preconditions[0].description,
            "当前状态“已开启”不允许“司法确认”，允许：提出方案、终止调解；“司法确认”须先提出方案，再"
            "达成协议");

  const absl::Status final_state = Next(DemandState::kWithdrawn, DemandCommand::kIssue).status();
  EXPECT_EQ(DetailOf(final_state).metadata.at("allowed"), "");
  EXPECT_THAT(std::string(final_state.message()), HasSubstr("no step leads from WITHDRAWN"));
  EXPECT_EQ(DetailOf(final_state).preconditions.at(0).description,
            "当前状态“已撤回”不允许“发出”，已无可执行的操作");

  // Nobody has a payment returned, opens a mediation and lets it fail in order to accept.
  const absl::Status paid = Next(DemandState::kPaid, DemandCommand::kAccept).status();
  EXPECT_THAT(std::string(paid.message()), HasSubstr("ACCEPT is possible after RETURN, then "));
  EXPECT_EQ(DetailOf(paid).preconditions.at(0).description,
            "当前状态“已结清”不允许“同意”，允许：退票");
}

TEST(StatesTest, AllowedListsCommandsInOrder) {
  EXPECT_THAT(Allowed(DemandState::kDraft),
              ElementsAre(DemandCommand::kIssue, DemandCommand::kWithdraw, DemandCommand::kAmend));
}

// Stored numbers and names never change; a new enumerator is appended.
template <typename E>
void ExpectDistinctAndReversible() {
  int expected = 1;
  for (const E value : AllOf<E>()) {
    EXPECT_EQ(static_cast<int>(value), expected++) << ToString(value);
    EXPECT_EQ(EnumFromString<E>(ToString(value)), value);
    EXPECT_FALSE(ChineseName(value).empty());
  }
  EXPECT_EQ(EnumFromString<E>("NO_SUCH_NAME"), std::nullopt);
  EXPECT_EQ(EnumFromString<E>(""), std::nullopt);
  EXPECT_FALSE(IsKnown(static_cast<E>(0)));
  EXPECT_EQ(ToString(static_cast<E>(0)), "UNSPECIFIED");
}

TEST(EnumsTest, NamesAreReversibleAndNumbersRunFromOne) {
#define RECOUP_EXPECT_MACHINE(State, Command, subject) \
  ExpectDistinctAndReversible<State>();                \
  ExpectDistinctAndReversible<Command>();
  RECOUP_STATE_MACHINES(RECOUP_EXPECT_MACHINE)
#undef RECOUP_EXPECT_MACHINE
  ExpectDistinctAndReversible<ThirdPartyKind>();
  ExpectDistinctAndReversible<Basis>();
  ExpectDistinctAndReversible<Grade>();
  ExpectDistinctAndReversible<DebtorKind>();
  ExpectDistinctAndReversible<PolicyKind>();
  ExpectDistinctAndReversible<DocumentType>();
  ExpectDistinctAndReversible<Instance>();
  ExpectDistinctAndReversible<SplitAnswer>();
}

TEST(EnumsTest, ChineseNames) {
  EXPECT_EQ(ChineseName(PolicyKind::kCtp), "交强险");
  EXPECT_EQ(ChineseName(DemandState::kDisputed), "有异议");
}

}  // namespace
}  // namespace recoup::domain
