#include "hub/rpc/converters/report.h"

#include <algorithm>

#include "hub/app/names.h"
#include "hub/base/status.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

using domain::Money;
using domain::Stage;

std::int32_t Int32(std::int64_t number) { return static_cast<std::int32_t>(number); }

// "parties/insurer/huaan", "pools/310115-310"; an enumerator stays as it is.
std::string GroupName(const std::string& key) {
  if (const auto party = domain::PartyId::Parse(key)) return app::PartyName(*party);
  if (const auto pool = domain::PoolId::Parse(key)) return app::PoolName(*pool);
  return key;
}

std::int32_t BasisPoints(Money part, Money whole) {
  if (!whole.is_positive()) return 0;
  // Both are at most 10^15 fen, so the product fits.
  return Int32(part.fen() * 10'000 / whole.fen());
}

// The demand and its figures; when it is due is the item's.
void AccountLineToProto(const app::DebtorAccount& account, const app::AccountLine& line,
                        v1::OpenItem* out) {
  const domain::Demand& demand = account.demands.at(line.demand);
  out->set_reference(demand.reference);
  out->set_claim_number(demand.claim_number);
  out->set_case_number(demand.case_number);
  out->set_issued_on(DayText(demand.issued_on));
  out->set_amount_fen(line.amount.fen());
  out->set_applied_fen(line.applied.fen());
  out->set_relinquished_fen(line.relinquished.fen());
  out->set_open_fen(line.open.fen());
  out->set_demand(app::NameOf(demand.pool, demand.id));
}

void RowToProto(const app::FunnelGroup& group, v1::FunnelRow* out) {
  out->set_group(GroupName(group.key));
  out->set_group_name(group.name);
  out->set_advanced_fen(group.reported.fen());
  out->set_flagged_fen(group.flagged().fen());
  out->set_demanded_fen(group.demanded().fen());
  out->set_agreed_fen(group.agreed().fen());
  out->set_recovered_fen(group.recovered().fen());
  out->set_passed_on_fen(group.passed_on().fen());
  out->set_relinquished_fen(group.stages.at(Stage::kRelinquished).fen());
  out->set_recovered_bp(BasisPoints(group.recovered(), group.flagged()));
}

void StagesToProto(const app::FunnelGroup& group, v1::FunnelStages* out) {
  out->set_group(GroupName(group.key));
  out->set_group_name(group.name);
  out->set_at_advanced_fen(group.stages.at(Stage::kAdvanced).fen());
  out->set_at_claimed_fen(group.stages.at(Stage::kClaimed).fen());
  out->set_at_disputed_fen(group.stages.at(Stage::kDisputed).fen());
  out->set_at_mediating_fen(group.stages.at(Stage::kMediating).fen());
  out->set_at_agreed_fen(group.stages.at(Stage::kAgreed).fen());
  out->set_at_recovered_fen(group.stages.at(Stage::kRecovered).fen());
  out->set_at_passed_on_fen(group.stages.at(Stage::kPassedOn).fen());
  out->set_at_relinquished_fen(group.stages.at(Stage::kRelinquished).fen());
  out->set_on_books_fen(group.stages.total().fen());
}

void AgesToProto(const app::AgeingGroup& group, v1::AgeingRow* out) {
  static_assert(app::kAgeBuckets == 7);
  out->set_debtor(app::PartyName(group.debtor));
  out->set_debtor_name(group.name);
  out->set_demand_count(group.demands);
  out->set_not_due_fen(group.open[0].fen());
  out->set_to_30_fen(group.open[1].fen());
  out->set_to_60_fen(group.open[2].fen());
  out->set_to_90_fen(group.open[3].fen());
  out->set_to_180_fen(group.open[4].fen());
  out->set_to_365_fen(group.open[5].fen());
  out->set_over_365_fen(group.open[6].fen());
  out->set_open_fen(group.total().fen());
}

}  // namespace

absl::Status HeadingToProto(app::ReadView& view, const std::vector<domain::PoolId>& pools,
                            const ReportMaker& maker, v1::ReportHeading* out) {
  out->set_title(maker.title);
  for (const domain::PoolId& pool : pools) {
    RECOUP_ASSIGN_OR_RETURN(const app::PartitionState state, view.StateOf(pool.value));
    v1::PoolCut* cut = out->add_cuts();
    cut->set_pool(app::PoolName(pool));
    cut->set_transfer_sequence(state.transfers);
    cut->set_event_sequence(state.events);
  }
  SetTime(maker.now, out->mutable_made_time());
  out->set_made_by(maker.actor);
  return absl::OkStatus();
}

void FunnelToProto(const app::Funnel& funnel, v1::GetFunnelResponse* out) {
  for (const app::FunnelGroup& group : funnel.groups) {
    RowToProto(group, out->add_groups());
    StagesToProto(group, out->add_stages());
  }
  RowToProto(funnel.total, out->mutable_total());
  StagesToProto(funnel.total, out->mutable_stages_total());
}

void AgeingToProto(const app::Ageing& ageing, v1::GetAgeingResponse* out) {
  for (const app::AgeingGroup& group : ageing.groups) {
    v1::AgeingRow* row = out->add_groups();
    AgesToProto(group, row);
    row->set_debtor_kind(static_cast<v1::DebtorKind>(group.kind));
  }
  AgesToProto(ageing.total, out->mutable_total());
}

void LimitationClockToProto(const domain::PoolId& pool, const app::LimitationClock& clock,
                            absl::CivilDay today, v1::LimitationRow* out) {
  out->set_expires_on(DayText(clock.expires_on));
  if (clock.expires_on) out->set_days_left(Int32(*clock.expires_on - today));
  out->set_state(static_cast<v1::LimitationState>(clock.state));
  out->set_debtor_name(clock.debtor_name);
  out->set_open_fen(clock.open.fen());
  out->set_known_on(DayText(clock.known_on));
  out->set_interrupted_on(DayText(clock.interrupted_on));
  out->set_interruption_count(clock.interruptions);
  out->set_reference(clock.reference);
  out->set_recovery(app::NameOf(pool, clock.recovery));
}

void WorklistToProto(const app::Worklist& worklist, absl::CivilDay today,
                     v1::GetWorklistResponse* out) {
  std::int64_t items = 0;
  for (const auto& [what, sum] : worklist.sums) {
    v1::WorkSummary* row = out->add_summary();
    row->set_urgency(static_cast<v1::WorkUrgency>(what.first));
    row->set_kind(static_cast<v1::WorkKind>(what.second));
    row->set_item_count(sum.items);
    row->set_amount_fen(sum.amount.fen());
    row->set_due_on(DayText(sum.due_on));
    items += sum.items;
  }
  for (const app::WorkItem& item : worklist.items) {
    v1::WorkItem* row = out->add_items();
    row->set_urgency(static_cast<v1::WorkUrgency>(item.urgency));
    row->set_kind(static_cast<v1::WorkKind>(item.kind));
    row->set_due_on(DayText(item.due_on));
    if (item.due_on) row->set_days_left(Int32(*item.due_on - today));
    row->set_age_days(Int32(std::max<std::int64_t>(0, today - item.since)));
    row->set_amount_fen(item.amount.fen());
    row->set_debtor_name(item.debtor_name);
    row->set_subject(item.subject);
    row->set_command(item.command);
  }
  out->set_item_count(items);
}

void DebtorAccountToProto(const app::DebtorAccountOrder& order, const app::DebtorAccount& account,
                          v1::GetDebtorStatementResponse* out) {
  out->set_statement_number(account.number);
  out->set_sender_name(order.sender);
  out->set_debtor(app::PartyName(account.debtor));
  out->set_debtor_name(account.debtor_name);
  out->set_from_on(DayText(account.from));
  out->set_until_on(DayText(order.until));
  out->set_opening_fen(account.account.opening.fen());
  out->set_demanded_fen(account.demanded.fen());
  out->set_received_fen(account.received.fen());
  out->set_relinquished_fen(account.relinquished.fen());
  out->set_closing_fen(account.account.closing.fen());
  out->set_overdue_fen(account.overdue.fen());
  Money owed = account.account.opening;
  for (const app::AccountMovement& movement : account.account.movements) {
    owed += movement.change;
    v1::AccountMovement* row = out->add_movements();
    row->set_recorded_on(DayText(movement.day));
    row->set_kind(static_cast<v1::AccountMovementKind>(movement.kind));
    row->set_reference(account.demands.at(movement.demand).reference);
    row->set_change_fen(movement.change.fen());
    row->set_balance_fen(owed.fen());
    if (!movement.entry.is_nil()) {
      row->set_bank_reference(account.bank_references.at(movement.entry));
    }
  }
  for (const app::OpenItem& item : account.items) {
    v1::OpenItem* row = out->add_open_items();
    AccountLineToProto(account, item.line, row);
    row->set_due_on(DayText(item.due_on));
    row->set_overdue_days(Int32(item.overdue_days));
    row->set_payable_fen(item.payable.fen());
  }
  for (const app::AccountLine& line : account.in_instalments) {
    AccountLineToProto(account, line, out->add_instalment_demands());
  }
  out->set_payable_fen(account.payable.fen());
  out->set_payment_code(account.payment_code);
}

}  // namespace recoup::rpc
