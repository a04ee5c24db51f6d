#include "hub/app/payments.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/affected_demand.h"
#include "hub/app/deliveries.h"
#include "hub/app/event_of_pool.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::Demand;
using domain::DemandCommand;
using domain::DemandLine;
using domain::DemandState;
using domain::Money;
using domain::Stage;
using domain::StatementEntry;
using domain::StatementEntryCommand;
using domain::StatementEntryState;

constexpr Stage kOpenStages[] = {Stage::kAgreed, Stage::kClaimed, Stage::kDisputed,
                                 Stage::kMediating};

// The same over the open stages, in their order.
template <typename Move>
absl::Status SpreadOpen(AffectedDemand& affected, Money amount, Move move) {
  for (const Stage from : kOpenStages) {
    const Money part = std::min(amount, affected.demand.Sum(from));
    if (!part.is_positive()) continue;
    RECOUP_RETURN_IF_ERROR(
        SpreadStage(affected, from, part, [&](Advance& advance, DemandLine& line, Money of_line) {
          return move(advance, line, from, of_line);
        }));
    amount -= part;
  }
  RECOUP_CHECK(amount.is_zero());
  return absl::OkStatus();
}

absl::Time StartOf(absl::CivilDay day) { return absl::FromCivil(day, ChinaTimeZone()); }

std::string Named(const StatementEntry& entry) {
  return absl::StrCat("银行流水 ",
                      entry.bank_reference.empty() ? entry.id.ToString() : entry.bank_reference);
}

Stage OpenStageOf(DemandState state) {
  switch (state) {
    case DemandState::kDisputed:
      return Stage::kDisputed;
    case DemandState::kMediating:
      return Stage::kMediating;
    case DemandState::kAgreed:
    case DemandState::kPaid:
      return Stage::kAgreed;
    case DemandState::kDraft:
    case DemandState::kIssued:
    case DemandState::kAcknowledged:
    case DemandState::kWithdrawn:
      return Stage::kClaimed;
  }
  RECOUP_CHECK(false);
}

Money AppliedTo(const StatementEntry& entry, domain::DemandId demand) {
  Money sum;
  for (const domain::Application& application : entry.applications) {
    if (application.demand == demand) sum += application.effective();
  }
  return sum;
}

}  // namespace

absl::Status UpdateEntryState(StatementEntry& entry, StatementEntryCommand gone) {
  const Money applied = entry.applied();
  const Money refundable = entry.refundable + entry.netting;
  const Money left = entry.amount - applied - entry.unapplied - refundable;
  StatementEntryState target = StatementEntryState::kApplied;
  if (entry.unapplied.is_positive()) {
    target = applied.is_positive() ? StatementEntryState::kPartiallyApplied
                                   : StatementEntryState::kUnmatched;
  } else if (refundable.is_positive()) {
    target = StatementEntryState::kRefundable;
  } else if (gone == StatementEntryCommand::kRefund && left.is_positive()) {
    target = StatementEntryState::kRefunded;
  } else if (applied.is_zero()) {
    target = StatementEntryState::kReturned;
  }
  if (entry.state == target) return absl::OkStatus();
  // One step, or by way of UNAPPLY, or (a rest that is marked and paid out at once) of the mark.
  using C = StatementEntryCommand;
  const auto try_from = [&](StatementEntryState from) {
    for (const C command :
         {C::kApplyPart, C::kApplyAll, C::kMarkRefundable, C::kRefund, C::kReturn, C::kUnapply}) {
      const auto next = domain::Next(from, command);
      if (next.ok() && *next == target) return true;
    }
    return false;
  };
  for (const std::optional<C> by :
       {std::optional<C>(), std::optional(C::kUnapply), std::optional(C::kMarkRefundable)}) {
    const auto from = by ? domain::Next(entry.state, *by) : entry.state;
    if (from.ok() && try_from(*from)) {
      entry.state = target;
      return absl::OkStatus();
    }
  }
  return domain::Next(entry.state, gone).status();
}

absl::Status SettleDebit(UnitOfWork& work, StatementEntry& debit) {
  RECOUP_ASSIGN_OR_RETURN(debit.state, domain::Next(debit.state, StatementEntryCommand::kApplyAll));
  RECOUP_ASSIGN_OR_RETURN(debit.settled_event, EventOfPool(work, debit.pool));
  return absl::OkStatus();
}

absl::Status ApplyPayment(UnitOfWork& work, StatementEntry& entry, domain::DemandId demand_id,
                          Money amount, std::string rule, std::string certificate,
                          std::optional<domain::MatchCertificate> match) {
  RECOUP_CHECK(amount.is_positive() && entry.direction == domain::Direction::kCredit);
  if (amount > entry.unapplied) return ExceedsOpen(amount, entry.unapplied);
  RECOUP_ASSIGN_OR_RETURN(AffectedDemand affected, LoadAffected(work, entry.pool, demand_id));
  Demand& demand = affected.demand;
  if (amount > demand.open()) return ExceedsOpen(amount, demand.open());
  RECOUP_ASSIGN_OR_RETURN(
      demand.state,
      domain::Next(demand.state,
                   amount == demand.open() ? DemandCommand::kApplyAll : DemandCommand::kApplyPart));
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(
      SpreadOpen(affected, amount, [&](Advance& advance, DemandLine& line, Stage from, Money part) {
        return ledger::Apply(advance, line, demand.id, from, entry.id, part, postings);
      }));
  PayInstalments(demand, amount);

  InterruptByPayment(affected, entry.booked_on, Named(entry));
  AddTimeline(work, affected.recovery, About(domain::TimelineKind::kPaymentApplied, demand, amount),
              StartOf(entry.booked_on),
              absl::StrCat("收到付款，核销 ", amount.ToYuanGrouped(), " 元（", demand.reference,
                           "，", Named(entry), "），尚欠 ", demand.open().ToYuanGrouped(), " 元"));
  RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.payment_applied"));

  entry.unapplied -= amount;
  entry.applications.push_back({.demand = demand_id,
                                .amount = amount,
                                .returned = Money(),
                                .rule = std::move(rule),
                                .certificate = std::move(certificate),
                                .recorded_time = work.now(),
                                .match = std::move(match)});
  return UpdateEntryState(entry, StatementEntryCommand::kReturn);
}

absl::StatusOr<Money> Undoable(UnitOfWork& work, const StatementEntry& entry,
                               domain::DemandId demand_id) {
  RECOUP_ASSIGN_OR_RETURN(const Demand* demand,
                          work.Find<Demand>(entry.pool.value, demand_id.value));
  if (demand == nullptr) return NotFound("no such demand");
  return std::min(AppliedTo(entry, demand_id), demand->Sum(Stage::kRecovered));
}

absl::Status UndoPayment(UnitOfWork& work, StatementEntry& entry, domain::DemandId demand_id,
                         Money amount, const std::string& why) {
  RECOUP_CHECK(amount.is_positive());
  RECOUP_ASSIGN_OR_RETURN(const Money undoable, Undoable(work, entry, demand_id));
  if (amount > undoable) return ExceedsOpen(amount, undoable);
  RECOUP_ASSIGN_OR_RETURN(AffectedDemand affected, LoadAffected(work, entry.pool, demand_id));
  Demand& demand = affected.demand;
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, DemandCommand::kReturn));
  const Stage to = OpenStageOf(demand.state);
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(SpreadStage(
      affected, Stage::kRecovered, amount, [&](Advance& advance, DemandLine& line, Money part) {
        return ledger::Unapply(advance, line, demand.id, to, entry.id, part, postings);
      }));
  UnpayInstalments(demand, amount);
  demand.repayment_confirmed_time.reset();
  AddTimeline(
      work, affected.recovery, About(domain::TimelineKind::kPaymentTakenBack, demand, amount),
      work.now(),
      absl::StrCat("撤回核销 ", amount.ToYuanGrouped(), " 元（", demand.reference, "）：", why));
  RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.payment_returned"));

  entry.unapplied += amount;
  for (auto it = entry.applications.rbegin(); it != entry.applications.rend(); ++it) {
    if (it->demand != demand_id) continue;
    const Money part = std::min(amount, it->effective());
    it->returned += part;
    amount -= part;
  }
  return absl::OkStatus();
}

absl::StatusOr<Money> PassOnDemand(UnitOfWork& work, const domain::PoolId& pool,
                                   domain::DemandId demand_id, absl::CivilDay passed_on,
                                   const std::string& bank_reference) {
  RECOUP_ASSIGN_OR_RETURN(AffectedDemand affected, LoadAffected(work, pool, demand_id));
  Demand& demand = affected.demand;
  const Money amount = demand.Sum(Stage::kRecovered);
  if (amount.is_zero()) return amount;
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(SpreadStage(
      affected, Stage::kRecovered, amount, [&](Advance& advance, DemandLine& line, Money part) {
        return ledger::PassOn(advance, line, demand.id, part, postings);
      }));
  AddTimeline(work, affected.recovery, About(domain::TimelineKind::kPassedOn, demand, amount),
              StartOf(passed_on),
              absl::StrCat("上解基金 ", amount.ToYuanGrouped(), " 元（", demand.reference,
                           bank_reference.empty() ? "" : "，银行凭证 ", bank_reference, "）"));
  RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
  return amount;
}

absl::Status ReclaimPayment(UnitOfWork& work, StatementEntry& entry, domain::DemandId demand_id,
                            Money amount, const std::string& why) {
  RECOUP_CHECK(amount.is_positive());
  const Money paid = AppliedTo(entry, demand_id);
  if (amount > paid) return ExceedsOpen(amount, paid);
  RECOUP_ASSIGN_OR_RETURN(AffectedDemand affected, LoadAffected(work, entry.pool, demand_id));
  const Money here = affected.demand.Sum(Stage::kRecovered);
  if (amount > here) {
    const Money of_pool = amount - here;
    ledger::Postings postings;
    RECOUP_RETURN_IF_ERROR(SpreadStage(
        affected, Stage::kPassedOn, of_pool, [&](Advance& advance, DemandLine& line, Money part) {
          return ledger::TakeFromPool(advance, line, demand_id, part, postings);
        }));
    AddTimeline(work, affected.recovery,
                About(domain::TimelineKind::kPaymentTakenBack, affected.demand, of_pool),
                work.now(),
                absl::StrCat("从已上解款中收回 ", of_pool.ToYuanGrouped(), " 元（",
                             affected.demand.reference, "），自下次上解中扣回：", why));
    RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
    RECOUP_RETURN_IF_ERROR(NoteTakenFromPool(work, entry.pool, of_pool));
  }
  return UndoPayment(work, entry, demand_id, amount, why);
}

absl::Status WriteOffOpen(UnitOfWork& work, const domain::PoolId& pool, domain::DemandId demand_id,
                          Money amount, const std::string& reason) {
  RECOUP_CHECK(amount.is_positive());
  RECOUP_ASSIGN_OR_RETURN(AffectedDemand affected, LoadAffected(work, pool, demand_id));
  Demand& demand = affected.demand;
  if (amount > demand.open()) return ExceedsOpen(amount, demand.open());
  RECOUP_ASSIGN_OR_RETURN(
      demand.state,
      domain::Next(demand.state, amount == demand.open() ? DemandCommand::kRelinquishAll
                                                         : DemandCommand::kRelinquishPart));
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(
      SpreadOpen(affected, amount, [&](Advance& advance, DemandLine& line, Stage from, Money part) {
        return ledger::MoveStage(advance, line, demand.id, from, Stage::kRelinquished, part,
                                 postings);
      }));
  AddTimeline(
      work, affected.recovery, About(domain::TimelineKind::kRelinquished, demand, amount),
      work.now(),
      absl::StrCat("核减 ", amount.ToYuanGrouped(), " 元（", demand.reference, "）：", reason));
  RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
  return NotifyDebtor(work, demand, "demand.relinquished");
}

}  // namespace recoup::app
