#include "hub/rpc/converters/statement.h"

#include <algorithm>
#include <set>
#include <utility>

#include "hub/base/clock.h"
#include "hub/reconcile/result.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/converters/break.h"

namespace recoup::rpc {
namespace {

domain::Money Balance(FieldReader& in, std::string_view field, std::int64_t fen) {
  const auto money = domain::Money::Create(fen);  // An account may be overdrawn.
  if (money.ok()) return *money;
  in.Add(field, "out of range");
  return {};
}

domain::StatementEntry ReadEntry(FieldReader& in, const recoup::v1::StatementEntry& entry,
                                 absl::CivilDay today) {
  domain::StatementEntry out;
  out.bank_reference = in.Text("bank_reference", entry.bank_reference(), Need::kOptional);
  out.booked_on = in.Day("booked_on", entry.booked_on(), today);
  out.valued_on = in.OptionalDay("valued_on", entry.valued_on()).value_or(out.booked_on);
  out.amount = in.PositiveAmount("amount_fen", entry.amount_fen());
  out.direction = in.Enum<domain::Direction>("direction", entry.direction());
  out.reversal = entry.reversal();
  if (entry.status() != recoup::v1::BOOKING_STATUS_BOOKED &&
      entry.status() != recoup::v1::BOOKING_STATUS_PENDING) {
    in.Add("status", "missing: BOOKED or PENDING");
  }
  out.counterparty_name =
      in.Text("counterparty_name", entry.counterparty_name(), Need::kOptional, kNameMax);
  out.counterparty_account =
      in.Text("counterparty_account", entry.counterparty_account(), Need::kOptional);
  out.end_to_end_id = in.Text("end_to_end_id", entry.end_to_end_id(), Need::kOptional);
  // ISO 20022: "NOTPROVIDED" stands for none.
  if (out.end_to_end_id == "NOTPROVIDED") out.end_to_end_id.clear();
  out.creditor_reference =
      in.Text("creditor_reference", entry.creditor_reference(), Need::kOptional);
  out.remittance_text =
      in.Text("remittance_text", entry.remittance_text(), Need::kOptional, kTextMax);
  out.return_reason = in.Text("return_reason", entry.return_reason(), Need::kOptional);
  out.batch_reference = in.Text("batch_reference", entry.batch_reference(), Need::kOptional);
  return out;
}

void AddFact(const std::string& name, std::string entry_value, std::string demand_value,
             bool agrees, recoup::v1::Certificate* out) {
  recoup::v1::MatchFact* fact = out->add_facts();
  fact->set_name(name);
  fact->set_agrees(agrees);
  fact->set_entry_value(std::move(entry_value));
  fact->set_demand_value(std::move(demand_value));
}

void CertificateToProto(const domain::StatementEntry& entry, const domain::Application& application,
                        recoup::v1::Certificate* out) {
  constexpr std::int64_t kNoRunnerUp = 10'000;
  out->set_rule(application.rule);
  out->set_summary(application.certificate);
  if (!application.match) return;
  const domain::MatchCertificate& match = *application.match;
  out->set_rule_version(match.rule_version);
  if (!match.token.empty()) AddFact("token", match.token, match.token, true, out);
  if (match.advice) {
    AddFact("remittance_advice", app::NameOf(entry.pool, *match.advice),
            app::NameOf(entry.pool, application.demand), true, out);
  }
  AddFact("amount", match.entry_before.ToYuan(), match.open_before.ToYuan(),
          match.entry_before == match.open_before, out);
  out->set_has_runner_up(match.margin.has_value());
  if (application.rule == reconcile::RuleName(reconcile::Rule::kPayerAndDates)) {
    out->set_margin_day_count(match.margin.value_or(0));
  } else {
    out->set_margin_fen(match.margin.value_or(0));
  }
  out->set_runner_up_margin(
      static_cast<std::int32_t>(std::min(match.margin.value_or(kNoRunnerUp), kNoRunnerUp)));
  for (const domain::DemandId id : match.chosen) out->add_demands(app::NameOf(entry.pool, id));
  for (const domain::StatementEntryId id : match.payments) {
    out->add_statement_entries(app::NameOf(entry.pool, id));
  }
  out->set_entry_before_fen(match.entry_before.fen());
  out->set_open_before_fen(match.open_before.fen());
  out->set_rival_count(match.rivals);
  for (const domain::TakenDemand& taken : match.taken) {
    recoup::v1::TakenDemand* item = out->add_taken_demands();
    item->set_demand(app::NameOf(entry.pool, taken.demand));
    item->set_statement_entry(app::NameOf(entry.pool, taken.payment));
  }
}

}  // namespace

absl::StatusOr<app::ImportStatement> ImportStatementFromProto(
    const recoup::v1::ImportStatementRequest& request, absl::Time now) {
  if (request.entries_size() > static_cast<int>(app::kStatementEntriesMax)) {
    return MakeError(Reason::kTooLarge, "a statement has at most 10000 entries");
  }
  Faults faults;
  FieldReader in(faults);
  app::ImportStatement command;
  command.pool = in.Pool("pool", request.pool());
  const absl::CivilDay today = ChinaDate(now);
  FieldReader statement = in.In("statement");
  domain::Statement& out = command.statement;
  out.account = statement.Text("account", request.statement().account());
  out.statement_id = statement.Text("statement_id", request.statement().statement_id());
  out.from_on = statement.OptionalDay("from_on", request.statement().from_on(), today);
  out.to_on = statement.OptionalDay("until_on", request.statement().until_on(), today);
  if (out.from_on && out.to_on && *out.to_on < *out.from_on) {
    statement.Add("until_on", "before from_on");
  }
  out.opening =
      Balance(statement, "opening_balance_fen", request.statement().opening_balance_fen());
  out.closing =
      Balance(statement, "closing_balance_fen", request.statement().closing_balance_fen());
  out.opening_by_hand = request.statement().opening_by_hand();
  for (int i = 0; i < request.entries_size(); ++i) {
    FieldReader entry = in.In("entries", i);
    domain::StatementEntry read = ReadEntry(entry, request.entries(i), today);
    if (request.entries(i).status() == recoup::v1::BOOKING_STATUS_PENDING) continue;
    command.entries.push_back(std::move(read));
  }
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void ImportStatementToProto(const app::ImportAnswer& answer,
                            recoup::v1::ImportStatementResponse* out) {
  out->set_statement(app::NameOf(answer.statement.pool, answer.statement.id));
  out->set_new_entry_count(answer.new_entries);
  out->set_known_entry_count(answer.known_entries);
}

absl::StatusOr<app::Reconcile> ReconcileFromProto(const recoup::v1::ReconcileRequest& request,
                                                  absl::Time /*now*/) {
  Faults faults;
  app::Reconcile command;
  command.pool = FieldReader(faults).Pool("pool", request.pool());
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void ReconcileToProto(const app::ReconcileAnswer& answer, recoup::v1::ReconcileResponse* out) {
  out->set_applied_count(answer.applied_count);
  out->set_applied_fen(answer.applied.fen());
  out->set_explained_count(answer.explained_count);
  for (const domain::Break& opened : answer.opened) {
    BreakToProto(opened, opened.opened_time, out->add_opened_breaks());
  }
  for (const domain::BreakId& closed : answer.closed) {
    out->add_closed_breaks(app::NameOf(answer.pool, closed));
  }
  out->set_unapplied_fen(answer.unapplied.fen());
  out->set_settlement_line_count(answer.settlement.lines);
  out->set_settlement_lines_left_count(answer.settlement.lines_left);
}

absl::StatusOr<app::PassOn> PassOnFromProto(const recoup::v1::PassOnRequest& request,
                                            absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::PassOn command;
  command.pool = in.Pool("pool", request.pool());
  std::set<domain::DemandId> seen;
  for (int i = 0; i < request.demands_size(); ++i) {
    const std::string field = absl::StrCat("demands[", i, "]");
    const auto demand = in.Name<domain::DemandId>(field, request.demands(i));
    if (demand.pool != command.pool) in.Add(field, "of another pool");
    if (!seen.insert(demand.id).second) in.Add(field, "named twice");
    command.demands.push_back(demand.id);
  }
  command.passed_on = in.Day("passed_on_on", request.passed_on_on(), ChinaDate(now));
  command.bank_reference = in.Text("bank_reference", request.bank_reference(), Need::kOptional);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void PassOnToProto(const app::PassOnAnswer& answer, recoup::v1::PassOnResponse* out) {
  out->set_amount_fen(answer.amount.fen());
  for (const auto& [demand, amount] : answer.items) {
    recoup::v1::PassedOn* item = out->add_items();
    item->set_demand(app::NameOf(answer.pool, demand));
    item->set_amount_fen(amount.fen());
  }
}

void StatementEntryToProto(const domain::StatementEntry& entry, recoup::v1::StatementEntry* out) {
  out->set_name(app::NameOf(entry.pool, entry.id));
  out->set_statement(app::NameOf(entry.pool, entry.statement));
  out->set_bank_reference(entry.bank_reference);
  out->set_booked_on(DayText(entry.booked_on));
  out->set_valued_on(DayText(entry.valued_on));
  out->set_amount_fen(entry.amount.fen());
  out->set_direction(static_cast<recoup::v1::Direction>(entry.direction));
  out->set_reversal(entry.reversal);
  out->set_status(recoup::v1::BOOKING_STATUS_BOOKED);
  out->set_counterparty_name(entry.counterparty_name);
  out->set_counterparty_account(entry.counterparty_account);
  out->set_end_to_end_id(entry.end_to_end_id);
  out->set_creditor_reference(entry.creditor_reference);
  out->set_remittance_text(entry.remittance_text);
  out->set_return_reason(entry.return_reason);
  out->set_state(static_cast<recoup::v1::StatementEntryState>(entry.state));
  for (const domain::Application& application : entry.applications) {
    recoup::v1::Application* item = out->add_applications();
    item->set_demand(app::NameOf(entry.pool, application.demand));
    item->set_amount_fen(application.amount.fen());
    CertificateToProto(entry, application, item->mutable_certificate());
    SetTime(application.recorded_time, item->mutable_recorded_time());
    item->set_undone(application.effective().is_zero());
  }
  out->set_unapplied_fen(entry.unapplied.fen());
  out->set_settlement_batch(entry.settlement_batch);
  out->set_batch_reference(entry.batch_reference);
  out->set_batched_fen(entry.batched.fen());
  out->set_delivery_event_sequence(entry.delivery_event);
  for (const std::int64_t event : entry.further_delivery_events) {
    out->add_further_delivery_event_sequences(event);
  }
  out->set_delivery_certificate(entry.certificate);
  SetTime(entry.recorded_time, out->mutable_recorded_time());
}

}  // namespace recoup::rpc
