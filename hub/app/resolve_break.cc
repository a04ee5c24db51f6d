#include "hub/app/resolve_break.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/etag.h"
#include "hub/app/names.h"
#include "hub/app/payments.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Break;
using domain::BreakCommand;
using domain::BreakResolution;
using domain::Direction;
using domain::Money;
using domain::StatementEntry;
using domain::StatementEntryCommand;
using domain::StatementEntryState;

constexpr char kTwoPersonLimit[] = "relinquish.two_person_limit_fen";

absl::StatusOr<Break> GetBreak(UnitOfWork& work, const domain::PoolId& pool, domain::BreakId id,
                               const std::string& etag) {
  RECOUP_ASSIGN_OR_RETURN(Break found, work.Get<Break>(pool.value, id.value));
  RECOUP_RETURN_IF_ERROR(CheckEtag(etag, found.version));
  return found;
}

absl::Status Meaningless(BreakResolution kind, std::string_view why) {
  return MakeError(
      Reason::kIllegalTransition,
      absl::StrCat(std::string(ToString(kind)), " cannot resolve this break: ", std::string(why)));
}

// The credit in question, with money nobody has decided on.
absl::StatusOr<StatementEntry> CreditOf(UnitOfWork& work, const Break& finding,
                                        BreakResolution kind) {
  if (!finding.entry) return Meaningless(kind, "it is about no statement entry");
  RECOUP_ASSIGN_OR_RETURN(StatementEntry entry,
                          work.Get<StatementEntry>(finding.pool.value, finding.entry->value));
  if (entry.direction != Direction::kCredit) return Meaningless(kind, "the entry is a debit");
  if (!entry.unapplied.is_positive()) {
    return Meaningless(kind, "nothing of the entry is unapplied");
  }
  return entry;
}

// Returns what of the money in question is left without a decision.
absl::StatusOr<Money> Apply(UnitOfWork& work, const ResolveBreak& command, const Break& finding) {
  RECOUP_ASSIGN_OR_RETURN(StatementEntry entry, CreditOf(work, finding, command.kind));
  if (command.applications.empty()) {
    return Meaningless(command.kind, "it needs at least one demand and amount");
  }
  Money rest = finding.amount;
  for (const ResolveBreak::Part& part : command.applications) {
    RECOUP_RETURN_IF_ERROR(
        ApplyPayment(work, entry, part.demand, part.amount, "PERSON",
                     absl::StrCat("经办人员 ", work.caller().actor, " 核销：", command.reason)));
    rest -= part.amount;
  }
  work.Put(entry);
  return std::clamp(rest, Money(), entry.unapplied);
}

// Only the money the break is about: another break may speak of the rest.
absl::Status GiveBack(UnitOfWork& work, const ResolveBreak& command, const Break& finding) {
  RECOUP_ASSIGN_OR_RETURN(StatementEntry entry, CreditOf(work, finding, command.kind));
  const Money amount = std::min(finding.amount, entry.unapplied);
  ledger::Postings postings;
  ledger::MarkRefundable(entry.id, amount, postings);
  RECOUP_RETURN_IF_ERROR(PostMovement(work, finding.pool, postings, {}, {}));
  entry.unapplied -= amount;
  entry.refundable += amount;
  RECOUP_RETURN_IF_ERROR(UpdateEntryState(entry, StatementEntryCommand::kRefund));
  work.Put(entry);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<domain::ApprovalId>> WriteOff(UnitOfWork& work,
                                                           const ResolveBreak& command,
                                                           const Break& finding) {
  if (!finding.demand) return Meaningless(command.kind, "it is about no demand");
  RECOUP_ASSIGN_OR_RETURN(const domain::Demand* demand,
                          work.Find<domain::Demand>(finding.pool.value, finding.demand->value));
  if (demand == nullptr) return NotFound("no such demand");
  const Money amount = std::min(finding.amount, demand->open());
  if (!amount.is_positive() || !demand->is_issued()) {
    return Meaningless(command.kind, "nothing of the demand is open");
  }
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* rules, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t limit,
                          rules->Integer(kTwoPersonLimit, finding.pool.value, work.today()));
  if (amount.fen() <= limit) {
    RECOUP_RETURN_IF_ERROR(
        WriteOffOpen(work, finding.pool, *finding.demand, amount, command.reason));
    return std::nullopt;
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Approval> pending,
                          work.FindAllBy<domain::Approval>(domain::LookupKind::kApprovalPending,
                                                           domain::Key({finding.pool.value})));
  for (const domain::Approval& approval : pending) {
    if (approval.finding == finding.id) {
      return MakeError(Reason::kIllegalTransition,
                       "a write-off of this break waits for its approval already");
    }
  }
  domain::Approval approval;
  approval.id = work.NewId<domain::ApprovalId>();
  approval.pool = finding.pool;
  approval.action = domain::ApprovalAction::kWriteOff;
  approval.subject = NameOf(finding.pool, finding.id);
  approval.demand = finding.demand;
  approval.finding = finding.id;
  approval.amount = amount;
  approval.reason = command.reason;
  approval.requested_by = work.caller().actor;
  approval.requested_time = work.now();
  work.Put(approval);
  return approval.id;
}

// A debit that needs no posting of its own: the pool transfer that PassOn has posted, a bank charge
// that other money covers.
absl::Status Explain(UnitOfWork& work, const Break& finding) {
  if (!finding.entry) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(StatementEntry entry,
                          work.Get<StatementEntry>(finding.pool.value, finding.entry->value));
  if (entry.direction != Direction::kDebit || entry.state != StatementEntryState::kUnmatched) {
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(entry.state, domain::Next(entry.state, StatementEntryCommand::kApplyAll));
  work.Put(entry);
  return absl::OkStatus();
}

absl::Status Close(UnitOfWork& work, Break& finding, BreakResolution kind, std::string by,
                   std::string reason) {
  RECOUP_ASSIGN_OR_RETURN(finding.state, domain::Next(finding.state, BreakCommand::kResolve));
  finding.resolved_time = work.now();
  finding.resolution = kind;
  finding.resolved_by = std::move(by);
  finding.resolution_reason = std::move(reason);
  work.Put(finding);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Break> AssignBreakOf(const AssignBreak& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Break finding,
                          GetBreak(work, command.pool, command.finding, command.etag));
  RECOUP_ASSIGN_OR_RETURN(finding.state, domain::Next(finding.state, BreakCommand::kAssign));
  finding.owner = command.owner;
  work.Put(finding);
  return finding;
}

absl::StatusOr<ResolveBreakAnswer> ResolveBreakOf(const ResolveBreak& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Break finding,
                          GetBreak(work, command.pool, command.finding, command.etag));
  RECOUP_RETURN_IF_ERROR(domain::Next(finding.state, BreakCommand::kResolve).status());
  ResolveBreakAnswer answer;
  switch (command.kind) {
    case BreakResolution::kApply: {
      RECOUP_ASSIGN_OR_RETURN(const Money rest, Apply(work, command, finding));
      if (!rest.is_positive()) break;
      // No run looks at the rest of a credit again, so the break goes on speaking of it.
      absl::StrAppend(&finding.explanation, "其中 ", (finding.amount - rest).ToYuanGrouped(),
                      " 元已由经办人员核销，余 ", rest.ToYuanGrouped(), " 元。");
      finding.amount = rest;
      work.Put(finding);
      answer.finding = std::move(finding);
      return answer;
    }
    case BreakResolution::kRefund:
    case BreakResolution::kNotOurs:
      RECOUP_RETURN_IF_ERROR(GiveBack(work, command, finding));
      break;
    case BreakResolution::kWriteOff: {
      RECOUP_ASSIGN_OR_RETURN(answer.approval, WriteOff(work, command, finding));
      break;
    }
    case BreakResolution::kExplained:
      RECOUP_RETURN_IF_ERROR(Explain(work, finding));
      break;
  }
  if (!answer.approval) {
    RECOUP_RETURN_IF_ERROR(Close(work, finding, command.kind, work.caller().actor, command.reason));
  }
  answer.finding = std::move(finding);
  return answer;
}

absl::Status CompleteWriteOff(UnitOfWork& work, const domain::Approval& approval) {
  RECOUP_CHECK(approval.action == domain::ApprovalAction::kWriteOff && approval.demand &&
               approval.finding);
  RECOUP_ASSIGN_OR_RETURN(Break finding,
                          work.Get<Break>(approval.pool.value, approval.finding->value));
  RECOUP_RETURN_IF_ERROR(
      WriteOffOpen(work, approval.pool, *approval.demand, approval.amount, approval.reason));
  // The debtor may have paid meanwhile, and the break be gone: the write-off is of what is open.
  if (finding.state == domain::BreakState::kResolved) return absl::OkStatus();
  return Close(work, finding, BreakResolution::kWriteOff, approval.requested_by, approval.reason);
}

}  // namespace recoup::app
