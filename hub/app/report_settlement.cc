#include "hub/app/report_settlement.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/breaks.h"
#include "hub/app/link_court_case.h"
#include "hub/app/people.h"
#include "hub/app/settlement_quality.h"
#include "hub/app/splits.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::AdvanceCommand;
using domain::AdvanceState;
using domain::Flag;

std::string SettlementKey(const domain::PoolId& pool, const domain::PartyId& hospital,
                          const std::string& settlement) {
  return domain::Key({pool.value, hospital.value, settlement});
}

// Whose money a row is, the hub decides; it is not something that was said.
bool SaysTheSame(const domain::FundLine& a, const domain::FundLine& b) {
  return a.fund_pay_type == b.fund_pay_type && a.name == b.name && a.amount == b.amount;
}

bool SaysTheSame(const Advance& a, const Advance& b) {
  return a.visit_id == b.visit_id && a.total == b.total && a.amount == b.amount &&
         a.self_paid == b.self_paid && a.settled_time == b.settled_time &&
         std::equal(a.fund_lines.begin(), a.fund_lines.end(), b.fund_lines.begin(),
                    b.fund_lines.end(),
                    [](const auto& x, const auto& y) { return SaysTheSame(x, y); });
}

bool NamesTheSame(const Advance& a, const domain::Person& person) {
  return a.patient.id_number == person.id_number && a.patient.name == person.name;
}

// Null when the visit was never flagged.
absl::StatusOr<const Flag*> FlagOfVisit(UnitOfWork& work, const Advance& advance) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<RecordKey> key,
      work.FindUnique(domain::UniqueKeyKind::kFlagOfVisit,
                      domain::Key({advance.pool.value, advance.hospital.value, advance.visit_id})));
  if (!key) return nullptr;
  return work.Find<Flag>(key->partition, key->id);
}

}  // namespace

BooksDecision DecisionOf(const Advance& advance, bool flag_cleared) {
  if (advance.state == AdvanceState::kReversed || advance.state == AdvanceState::kReversalPending) {
    return BooksDecision::kReversed;
  }
  if (advance.state != AdvanceState::kCandidate) {
    return advance.flag ? BooksDecision::kFlagged : BooksDecision::kClaimedByLead;
  }
  if (advance.amount.is_zero()) return BooksDecision::kNothingPaid;
  return flag_cleared ? BooksDecision::kFlagCleared : BooksDecision::kNotFlagged;
}

std::string ChineseText(BooksDecision decision) {
  switch (decision) {
    case BooksDecision::kFlagged:
      return "本次就诊有第三方标志，基金支付已作为垫付入账";
    case BooksDecision::kClaimedByLead:
      return "已由确认的追偿线索认领入账";
    case BooksDecision::kNotFlagged:
      return "本次就诊无第三方标志，仅登记，不入账";
    case BooksDecision::kFlagCleared:
      return "第三方标志已排除，仅登记，不入账";
    case BooksDecision::kNothingPaid:
      return "基金未支付，无垫付";
    case BooksDecision::kReversed:
      return "结算已撤销";
  }
  RECOUP_CHECK(false);
}

absl::StatusOr<SettlementAnswer> ReportSettlementOf(const ReportSettlement& command,
                                                    UnitOfWork& work) {
  Advance advance = command.settlement;
  advance.pool = command.pool;
  advance.hospital = work.caller().party;
  Blind(work.blinder(), advance.patient);

  RECOUP_ASSIGN_OR_RETURN(const Flag* flag, FlagOfVisit(work, advance));
  const bool cleared = flag != nullptr && flag->state == domain::FlagState::kCleared;
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<Advance> known,
      work.FindBy<Advance>(domain::UniqueKeyKind::kAdvanceOfSettlement,
                           SettlementKey(advance.pool, advance.hospital, advance.settlement_id)));
  if (known) {
    // A settlement that followed its flag to the right person is sent again as it was.
    const bool corrected = flag != nullptr && NamesTheSame(*known, flag->patient);
    if (SaysTheSame(*known, advance) && (corrected || NamesTheSame(*known, advance.patient)))
      return SettlementAnswer{*known, DecisionOf(*known, cleared)};
    return MakeError(Reason::kAlreadyExistsWithOtherContent,
                     "this settlement was reported before with other figures; reverse it first");
  }
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  RECOUP_RETURN_IF_ERROR(DecideFundLines(advance, *policy_data));
  NoteWhatDoesNotAddUp(advance);
  advance.id = work.NewId<domain::AdvanceId>();
  advance.recorded_time = work.now();
  if (flag != nullptr) advance.flag = flag->id;
  if (flag != nullptr && !cleared && advance.amount.is_positive())
    RECOUP_RETURN_IF_ERROR(PutOnBooks(work, advance));
  work.Put(advance);
  RECOUP_RETURN_IF_ERROR(TellSplit(work, advance));
  // The judgment may have come before the settlement.
  RECOUP_RETURN_IF_ERROR(LinkLateSettlement(work, advance));
  RECOUP_ASSIGN_OR_RETURN(advance, work.Get<Advance>(advance.pool.value, advance.id.value));
  const BooksDecision decision = DecisionOf(advance, cleared);
  return SettlementAnswer{std::move(advance), decision};
}

absl::StatusOr<SettlementAnswer> ReverseSettlementOf(const ReverseSettlement& command,
                                                     UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(std::optional<Advance> found,
                          work.FindBy<Advance>(domain::UniqueKeyKind::kAdvanceOfSettlement,
                                               SettlementKey(command.pool, work.caller().party,
                                                             command.settlement_id)));
  RECOUP_ASSIGN_OR_RETURN(const bool split_reversed,
                          ReverseSplit(work, command.pool, command.settlement_id));
  if (!found && split_reversed) {
    // Settled by a split, and taken back before anybody reported what the fund had paid.
    Advance nothing;
    nothing.pool = command.pool;
    nothing.state = AdvanceState::kReversed;
    return SettlementAnswer{std::move(nothing), BooksDecision::kReversed};
  }
  if (!found) return NotFound("no such settlement of this hospital");
  Advance& advance = *found;
  // The same reversal again.
  if (!advance.reversal_id.empty() && advance.reversal_id == command.sender_message_id) {
    return SettlementAnswer{advance, BooksDecision::kReversed};
  }
  advance.reversal_id = command.sender_message_id;
  const bool unclaimed = advance.stages.at(domain::Stage::kAdvanced) == advance.amount;
  if (advance.state == AdvanceState::kOpen && unclaimed) {
    RECOUP_ASSIGN_OR_RETURN(const AdvanceState to,
                            domain::Next(advance.state, AdvanceCommand::kCompleteReversal));
    RECOUP_RETURN_IF_ERROR(TakeOffBooks(work, advance, to));
  } else if (advance.state == AdvanceState::kCandidate) {
    RECOUP_ASSIGN_OR_RETURN(advance.state,
                            domain::Next(advance.state, AdvanceCommand::kCompleteReversal));
  } else {
    RECOUP_ASSIGN_OR_RETURN(advance.state,
                            domain::Next(advance.state, AdvanceCommand::kRequestReversal));
    domain::Break finding;
    finding.pool = advance.pool;
    finding.kind = domain::BreakKind::kSettlementReversed;
    finding.finding = absl::StrCat("settlement-reversed:", advance.id.ToString());
    finding.advance = advance.id;
    finding.amount = advance.amount - advance.stages.at(domain::Stage::kAdvanced);
    finding.explanation = absl::StrCat("医院已撤销结算（", advance.settlement_id, "），但其中 ",
                                       finding.amount.ToYuanGrouped(), " 元已向义务人主张");
    finding.suggestion = "撤回相关追偿函后完成撤销；款项已收回的，退还付款人";
    RECOUP_RETURN_IF_ERROR(OpenBreak(work, std::move(finding)));
  }
  work.Put(advance);
  // Nobody need say any more whether it belongs to a recovery.
  if (!advance.recovery) RECOUP_RETURN_IF_ERROR(LinkLateSettlement(work, advance));
  return SettlementAnswer{advance, BooksDecision::kReversed};
}

}  // namespace recoup::app
