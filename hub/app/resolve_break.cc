#include "hub/app/resolve_break.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/breaks.h"
#include "hub/app/deliveries.h"
#include "hub/app/etag.h"
#include "hub/app/names.h"
#include "hub/app/payments.h"
#include "hub/app/recoveries.h"
#include "hub/app/refusal.h"
#include "hub/app/returned_payments.h"
#include "hub/app/settlement_returns.h"
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

constexpr char kWriteOffLimit[] = "relinquish.two_person_limit_fen";
constexpr char kRefundLimit[] = "refund.two_person_limit_fen";

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

// What of a credit goes or went back to the payer already.
Money GivenBack(const StatementEntry& credit) {
  return credit.amount - credit.unapplied - credit.applied();
}

// Nothing when one person may decide; else the approval to wait for. `before` is what was refunded
// of the entry, or given up of the demand, already: splitting a break leaves the limit where it is.
absl::StatusOr<std::optional<domain::Approval>> NeedsSecondPerson(UnitOfWork& work,
                                                                  const ResolveBreak& command,
                                                                  const Break& finding,
                                                                  domain::ApprovalAction action,
                                                                  Money before, Money amount) {
  const char* key = action == domain::ApprovalAction::kRefund ? kRefundLimit : kWriteOffLimit;
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* rules, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t limit_fen,
                          rules->Integer(key, finding.pool.value, work.today()));
  RECOUP_ASSIGN_OR_RETURN(const Money limit, Money::Create(limit_fen));
  if (before + amount <= limit) return std::nullopt;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Approval> pending,
                          work.FindAllBy<domain::Approval>(domain::LookupKind::kApprovalPending,
                                                           domain::Key({finding.pool.value})));
  for (const domain::Approval& approval : pending) {
    if (approval.finding == finding.id) {
      return MakeError(Reason::kIllegalTransition,
                       "a resolution of this break waits for its approval already");
    }
  }
  domain::Approval approval;
  approval.id = work.NewId<domain::ApprovalId>();
  approval.pool = finding.pool;
  approval.action = action;
  approval.subject = NameOf(finding.pool, finding.id);
  approval.demand = finding.demand;
  approval.finding = finding.id;
  approval.amount = amount;
  approval.threshold = limit;
  approval.reason = command.reason;
  approval.requested_by = work.caller().actor;
  approval.requested_time = work.now();
  return approval;
}

absl::Status MarkRefundable(UnitOfWork& work, StatementEntry entry, Money amount) {
  ledger::Postings postings;
  ledger::MarkRefundable(entry.id, amount, postings);
  RECOUP_RETURN_IF_ERROR(PostMovement(work, entry.pool, postings, {}, {}));
  entry.unapplied -= amount;
  entry.refundable += amount;
  RECOUP_RETURN_IF_ERROR(UpdateEntryState(entry, StatementEntryCommand::kRefund));
  work.Put(entry);
  return absl::OkStatus();
}

// Only the money the break is about: another break may speak of the rest.
absl::StatusOr<std::optional<domain::ApprovalId>> GiveBack(UnitOfWork& work,
                                                           const ResolveBreak& command,
                                                           const Break& finding) {
  RECOUP_ASSIGN_OR_RETURN(StatementEntry entry, CreditOf(work, finding, command.kind));
  const Money amount = std::min(finding.amount, entry.unapplied);
  RECOUP_ASSIGN_OR_RETURN(std::optional<domain::Approval> approval,
                          NeedsSecondPerson(work, command, finding, domain::ApprovalAction::kRefund,
                                            GivenBack(entry), amount));
  if (approval) {
    work.Put(*approval);
    return approval->id;
  }
  RECOUP_RETURN_IF_ERROR(MarkRefundable(work, std::move(entry), amount));
  return std::nullopt;
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
  RECOUP_ASSIGN_OR_RETURN(
      std::optional<domain::Approval> approval,
      NeedsSecondPerson(work, command, finding, domain::ApprovalAction::kWriteOff,
                        demand->relinquished(), amount));
  if (approval) {
    work.Put(*approval);
    return approval->id;
  }
  RECOUP_RETURN_IF_ERROR(WriteOffOpen(work, finding.pool, *finding.demand, amount, command.reason));
  return std::nullopt;
}

// Each part keeps kind, subject, words, age, owner and evidence of the whole, and a finding of its
// own, so that no run takes it for another.
absl::Status Split(UnitOfWork& work, const ResolveBreak& command, const Break& finding) {
  Faults faults;
  Money sum;
  for (std::size_t i = 0; i < command.split.size(); ++i) {
    if (!command.split[i].is_positive()) {
      faults.Add(absl::StrCat("split_fen[", i, "]"), "not positive");
    }
    sum += command.split[i];
  }
  if (command.split.size() < 2) {
    faults.Add("split_fen", "a break is split into at least two parts");
  } else if (sum != finding.amount) {
    faults.Add("split_fen", absl::StrCat("the parts sum to ", sum.ToYuan(), " yuan, the break is ",
                                         finding.amount.ToYuan(), " yuan"));
  }
  if (!faults.empty()) return faults.ToStatus();
  for (std::size_t i = 0; i < command.split.size(); ++i) {
    Break part = finding;
    part.id = work.NewId<domain::BreakId>();
    part.version = 0;
    part.state = domain::BreakState::kOpen;
    part.finding = absl::StrCat(kSplitFinding, finding.id.ToString(), ":", i);
    part.amount = command.split[i];
    part.explanation = absl::StrCat("由差异拆分，第 ", i + 1, " 部分：", finding.explanation);
    part.split_from = finding.id;
    part.history.clear();
    RECOUP_RETURN_IF_ERROR(PutBreak(work, std::move(part)));
  }
  return absl::OkStatus();
}

// A debit that needs no posting of its own, for instance a bank charge that other money covers.
// Money that came stays a break until somebody has decided whose it is.
absl::Status Explain(UnitOfWork& work, const Break& finding) {
  if (!finding.entry) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const Money undecided, UndecidedMoneyOf(work, finding));
  if (undecided.is_positive()) {
    return Refuse(
        Reason::kIllegalTransition,
        "EXPLAINED cannot resolve this break: its money is neither applied nor given back",
        "UNAPPLIED_MONEY", NameOf(finding.pool, finding.id),
        absl::StrCat("该到账尚有 ", undecided.ToYuanGrouped(),
                     " 元待核销，不能仅以说明了结：请核销到追偿函（apply），或退还付款人"
                     "（refund、not-ours）；查明前请指定责任人（breaks assign）"));
  }
  RECOUP_ASSIGN_OR_RETURN(StatementEntry entry,
                          work.Get<StatementEntry>(finding.pool.value, finding.entry->value));
  if (entry.direction != Direction::kDebit || entry.state != StatementEntryState::kUnmatched) {
    return absl::OkStatus();
  }
  RECOUP_RETURN_IF_ERROR(SettleDebit(work, entry));
  work.Put(entry);
  return absl::OkStatus();
}

// The debit takes back money of a settlement batch: its next run opens the lines again.
absl::Status CallReturn(UnitOfWork& work, const ResolveBreak& command, const Break& finding) {
  if (!finding.entry) return Meaningless(command.kind, "it is about no statement entry");
  const auto& [insurer, id] = *command.settlement_batch;
  RECOUP_ASSIGN_OR_RETURN(const domain::SettlementBatch* batch,
                          work.Find<domain::SettlementBatch>(insurer.value, id.value));
  // Others' batches are nobody's business here.
  if (batch == nullptr || batch->collecting_pool != finding.pool) {
    return NotFound("no such settlement batch");
  }
  RECOUP_ASSIGN_OR_RETURN(StatementEntry debit,
                          work.Get<StatementEntry>(finding.pool.value, finding.entry->value));
  return CallReturnOfBatch(work, std::move(debit), *batch);
}

absl::Status PayDelivery(UnitOfWork& work, const ResolveBreak& command, const Break& finding) {
  if (!finding.entry) return Meaningless(command.kind, "it is about no statement entry");
  RECOUP_ASSIGN_OR_RETURN(StatementEntry debit,
                          work.Get<StatementEntry>(finding.pool.value, finding.entry->value));
  return PayOldestDelivery(work, std::move(debit), command.reason);
}

void AddEvidence(const std::vector<std::string>& evidence, Break& finding) {
  finding.evidence.insert(finding.evidence.end(), evidence.begin(), evidence.end());
}

absl::Status Close(UnitOfWork& work, Break& finding, BreakResolution kind, std::string by,
                   std::string reason) {
  RECOUP_ASSIGN_OR_RETURN(finding.state, domain::Next(finding.state, BreakCommand::kResolve));
  finding.resolved_time = work.now();
  finding.resolution = kind;
  finding.resolved_by = std::move(by);
  finding.resolution_reason = std::move(reason);
  return PutBreak(work, finding);
}

}  // namespace

absl::StatusOr<Break> AssignBreakOf(const AssignBreak& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Break finding,
                          GetBreak(work, command.pool, command.finding, command.etag));
  RECOUP_ASSIGN_OR_RETURN(finding.state, domain::Next(finding.state, BreakCommand::kAssign));
  finding.owner = command.owner;
  AddEvidence(command.evidence, finding);
  RECOUP_RETURN_IF_ERROR(PutBreak(work, finding));
  return finding;
}

namespace {

// An opening balance that one person has typed in is checked by another (maker and checker).
absl::Status CheckSecondPerson(UnitOfWork& work, const Break& finding, BreakResolution kind) {
  if (finding.kind != domain::BreakKind::kOpeningUnchecked) return absl::OkStatus();
  if (kind != BreakResolution::kExplained) {
    return Meaningless(kind, "an opening balance is checked, nothing else");
  }
  const auto id = Id::FromBase32(finding.finding.substr(finding.finding.find(':') + 1));
  if (!id) return MakeError(Reason::kInternal, "the break names no statement");
  RECOUP_ASSIGN_OR_RETURN(const domain::Statement statement,
                          work.Get<domain::Statement>(finding.pool.value, *id));
  const std::string& actor = work.caller().actor;
  if (actor != statement.imported_by && actor != work.caller().party.value) {
    return absl::OkStatus();
  }
  return MakeError(Reason::kSamePersonMayNotApprove,
                   "who gave the opening balance may not check it; another officer must");
}

}  // namespace

absl::StatusOr<ResolveBreakAnswer> ResolveBreakOf(const ResolveBreak& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Break finding,
                          GetBreak(work, command.pool, command.finding, command.etag));
  RECOUP_RETURN_IF_ERROR(domain::Next(finding.state, BreakCommand::kResolve).status());
  RECOUP_RETURN_IF_ERROR(CheckSecondPerson(work, finding, command.kind));
  AddEvidence(command.evidence, finding);
  ResolveBreakAnswer answer;
  switch (command.kind) {
    case BreakResolution::kApply: {
      if (command.pays_delivery) {
        RECOUP_RETURN_IF_ERROR(PayDelivery(work, command, finding));
        break;
      }
      if (command.settlement_batch) {
        RECOUP_RETURN_IF_ERROR(CallReturn(work, command, finding));
        break;
      }
      RECOUP_ASSIGN_OR_RETURN(const bool taken_back, TakeBackReturned(work, command, finding));
      if (taken_back) break;
      RECOUP_ASSIGN_OR_RETURN(const Money rest, Apply(work, command, finding));
      if (!rest.is_positive()) break;
      // No run looks at the rest of a credit again, so the break goes on speaking of it.
      absl::StrAppend(&finding.explanation, "其中 ", (finding.amount - rest).ToYuanGrouped(),
                      " 元已由经办人员核销，余 ", rest.ToYuanGrouped(), " 元。");
      finding.amount = rest;
      RECOUP_RETURN_IF_ERROR(PutBreak(work, finding));
      answer.finding = std::move(finding);
      return answer;
    }
    case BreakResolution::kRefund:
    case BreakResolution::kNotOurs: {
      RECOUP_ASSIGN_OR_RETURN(answer.approval, GiveBack(work, command, finding));
      break;
    }
    case BreakResolution::kWriteOff: {
      RECOUP_ASSIGN_OR_RETURN(answer.approval, WriteOff(work, command, finding));
      break;
    }
    case BreakResolution::kExplained:
      RECOUP_RETURN_IF_ERROR(Explain(work, finding));
      break;
    case BreakResolution::kSplit:
      RECOUP_RETURN_IF_ERROR(Split(work, command, finding));
      break;
    case BreakResolution::kAmend: {
      if (!absl::StartsWith(finding.finding, "case-changed:") || !finding.demand) {
        return Meaningless(command.kind, "no demand waits to follow its case");
      }
      RECOUP_RETURN_IF_ERROR(FollowByDecision(work, finding.pool, *finding.demand, command.reason));
      // The demand may have closed it already, or another finding speaks of what is left.
      RECOUP_ASSIGN_OR_RETURN(finding, work.Get<Break>(finding.pool.value, finding.id.value));
      AddEvidence(command.evidence, finding);
      if (finding.state == domain::BreakState::kResolved) {
        finding.resolution = command.kind;
        finding.resolved_by = work.caller().actor;
        finding.resolution_reason = command.reason;
        RECOUP_RETURN_IF_ERROR(PutBreak(work, finding));
        answer.finding = std::move(finding);
        return answer;
      }
      break;
    }
  }
  if (answer.approval) {
    if (!command.evidence.empty()) RECOUP_RETURN_IF_ERROR(PutBreak(work, finding));
  } else {
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

absl::Status CompleteRefund(UnitOfWork& work, const domain::Approval& approval) {
  RECOUP_CHECK(approval.action == domain::ApprovalAction::kRefund && approval.finding);
  RECOUP_ASSIGN_OR_RETURN(Break finding,
                          work.Get<Break>(approval.pool.value, approval.finding->value));
  RECOUP_CHECK(finding.entry.has_value());
  RECOUP_ASSIGN_OR_RETURN(StatementEntry entry,
                          work.Get<StatementEntry>(finding.pool.value, finding.entry->value));
  if (approval.amount > entry.unapplied) {
    return MakeError(
        Reason::kAmountExceedsOpen,
        absl::StrCat("only ", entry.unapplied.ToYuan(), " yuan of the entry are unapplied by now"));
  }
  RECOUP_RETURN_IF_ERROR(MarkRefundable(work, std::move(entry), approval.amount));
  if (finding.state == domain::BreakState::kResolved) return absl::OkStatus();
  return Close(work, finding, BreakResolution::kRefund, approval.requested_by, approval.reason);
}

}  // namespace recoup::app
