#include "hub/app/relinquish.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/demands.h"
#include "hub/app/etag.h"
#include "hub/app/finished.h"
#include "hub/app/names.h"
#include "hub/app/share_limits.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::Money;
using domain::Stage;

absl::Status TooMuch(Money amount, Money open) {
  return MakeError(Reason::kAmountExceedsOpen,
                   absl::StrCat(amount.ToYuan(), " yuan is more than the ", open.ToYuan(),
                                " yuan that are open"));
}

std::string Why(domain::RelinquishReason kind, const std::string& reason) {
  return absl::StrCat(std::string(domain::ChineseName(kind)), "，", reason);
}

// What is not yet acknowledged goes first; what was agreed is the last to be given up.
absl::Status OfDemand(UnitOfWork& work, LoadedDemand& loaded, Money amount,
                      const std::string& why) {
  domain::Demand& demand = loaded.demand;
  const Money open = demand.open();
  if (amount > open) return TooMuch(amount, open);
  RECOUP_ASSIGN_OR_RETURN(
      demand.state,
      domain::Next(demand.state, amount == open ? domain::DemandCommand::kRelinquishAll
                                                : domain::DemandCommand::kRelinquishPart));
  Money left = amount;
  for (const Stage stage : {Stage::kClaimed, Stage::kDisputed, Stage::kMediating, Stage::kAgreed}) {
    const std::vector<Money> held = Held(demand, stage);
    const Money part = std::min(left, SumOf(held));
    if (part.is_zero()) continue;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> parts, Spread(part, held));
    RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, stage, Stage::kRelinquished, parts));
    left -= part;
  }
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.relinquished"));
  AddTimeline(
      work, loaded.recovery, About(domain::TimelineKind::kRelinquished, demand, amount), work.now(),
      absl::StrCat("对", demand.debtor_name, "放弃追偿 ", amount.ToYuanGrouped(), " 元：", why));
  RECOUP_RETURN_IF_ERROR(SettleFinished(work, loaded.advance_pointers(), &demand, loaded.recovery));
  StoreDemand(work, loaded);
  if (demand.debtor_kind != domain::DebtorKind::kInsurer) return absl::OkStatus();
  // What one victim no longer takes of a limit is there for the others.
  return ShareLimitsOf(work, loaded.recovery, kAnotherVictim);
}

absl::Status OfAdvance(UnitOfWork& work, Advance& advance, Money amount, const std::string& why) {
  const Money open = advance.stages.at(Stage::kAdvanced);
  if (amount > open) return TooMuch(amount, open);
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(ledger::RelinquishUnclaimed(advance, amount, postings));
  RECOUP_RETURN_IF_ERROR(PostMovement(work, advance.pool, postings, {&advance}, {}));
  if (!advance.recovery) {
    RECOUP_RETURN_IF_ERROR(SettleAdvance(advance));
    work.Put(advance);
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(domain::Recovery recovery,
                          work.Get<domain::Recovery>(advance.pool.value, advance.recovery->value));
  AddTimeline(work, recovery, About(domain::TimelineKind::kRelinquished, advance, amount),
              work.now(),
              absl::StrCat("结算 ", advance.settlement_id, " 未主张的垫付放弃 ",
                           amount.ToYuanGrouped(), " 元：", why));
  RECOUP_RETURN_IF_ERROR(SettleFinished(work, {&advance}, nullptr, recovery));
  work.Put(advance);
  work.Put(recovery);
  return absl::OkStatus();
}

absl::Status NothingToGiveUp(const std::string& subject) {
  ErrorDetail detail;
  detail.reason = Reason::kIllegalTransition;
  detail.preconditions = {{"STATE", subject, "垫付不在账，没有可以放弃的金额"}};
  return MakeError("the advance is not open", std::move(detail));
}

}  // namespace

absl::StatusOr<Money> OnePersonsLimit(UnitOfWork& work, const domain::PoolId& pool) {
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(
      const std::int64_t limit,
      policy_data->Integer("relinquish.two_person_limit_fen", pool.value, work.today()));
  return Money::Create(limit);
}

bool IsAboveOnePersonsLimit(Money before, Money amount, Money limit) {
  return amount.is_positive() && before + amount > limit;
}

absl::StatusOr<RelinquishAnswer> RelinquishOf(const Relinquish& command, UnitOfWork& work) {
  const std::string why = Why(command.kind, command.reason);
  RECOUP_ASSIGN_OR_RETURN(const Money limit, OnePersonsLimit(work, command.pool));
  domain::Approval approval;
  if (const auto* demand = std::get_if<domain::DemandId>(&command.of)) {
    RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, *demand));
    RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, loaded.demand.version));
    if (!IsAboveOnePersonsLimit(loaded.demand.relinquished(), command.amount, limit)) {
      RECOUP_RETURN_IF_ERROR(OfDemand(work, loaded, command.amount, why));
      return RelinquishAnswer{command.amount, std::nullopt};
    }
    // What could not be done now is not worth a second person's time.
    if (command.amount > loaded.demand.open()) return TooMuch(command.amount, loaded.demand.open());
    approval.demand = *demand;
    approval.subject = NameOf(command.pool, *demand);
    AddTimeline(work, loaded.recovery,
                About(domain::TimelineKind::kApprovalAsked, loaded.demand, command.amount),
                work.now(),
                absl::StrCat("申请对", loaded.demand.debtor_name, "放弃追偿 ",
                             command.amount.ToYuanGrouped(), " 元，待第二人审批：", why));
    work.Put(loaded.recovery);
  } else {
    const auto id = std::get<domain::AdvanceId>(command.of);
    RECOUP_ASSIGN_OR_RETURN(Advance advance, work.Get<Advance>(command.pool.value, id.value));
    RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, advance.version));
    approval.subject = NameOf(command.pool, id);
    if (advance.state != domain::AdvanceState::kOpen) return NothingToGiveUp(approval.subject);
    if (!IsAboveOnePersonsLimit(advance.stages.at(Stage::kRelinquished), command.amount, limit)) {
      RECOUP_RETURN_IF_ERROR(OfAdvance(work, advance, command.amount, why));
      return RelinquishAnswer{command.amount, std::nullopt};
    }
    const Money open = advance.stages.at(Stage::kAdvanced);
    if (command.amount > open) return TooMuch(command.amount, open);
  }
  approval.id = work.NewId<domain::ApprovalId>();
  approval.pool = command.pool;
  approval.action = domain::ApprovalAction::kRelinquish;
  approval.amount = command.amount;
  approval.threshold = limit;
  approval.relinquish_reason = command.kind;
  approval.reason = command.reason;
  approval.requested_by = work.caller().actor;
  approval.requested_time = work.now();
  work.Put(approval);
  return RelinquishAnswer{Money(), std::move(approval)};
}

absl::Status CompleteRelinquishment(UnitOfWork& work, const domain::Approval& approval) {
  const std::string why =
      Why(approval.relinquish_reason.value_or(domain::RelinquishReason::kOther), approval.reason);
  if (approval.demand) {
    RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, approval.pool, *approval.demand));
    return OfDemand(work, loaded, approval.amount, why);
  }
  const auto name = ParseName<domain::AdvanceId>(approval.subject);
  if (!name) return MakeError(Reason::kInternal, "an approval has no subject");
  RECOUP_ASSIGN_OR_RETURN(Advance advance, work.Get<Advance>(approval.pool.value, name->id.value));
  if (advance.state != domain::AdvanceState::kOpen) return NothingToGiveUp(approval.subject);
  return OfAdvance(work, advance, approval.amount, why);
}

}  // namespace recoup::app
