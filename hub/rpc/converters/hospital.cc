#include "hub/rpc/converters/hospital.h"

#include <algorithm>
#include <utility>

#include "hub/base/clock.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

using recoup::v1::FundLine;
using recoup::v1::SettlementReport;

constexpr int kHospitalListMax = 200;

void ReadFlagFields(FieldReader& in, const recoup::v1::Flag& flag, absl::Time now,
                    domain::Flag& out) {
  out.third_party_kind =
      in.EnumOr("third_party_kind", flag.third_party_kind(), domain::ThirdPartyKind::kUnknown);
  out.accident_on = in.OptionalDay("accident_on", flag.accident_on(), ChinaDate(now));
  out.accident_place = in.Text("accident_place", flag.accident_place(), Need::kOptional, kNameMax);
  out.plate = in.Text("plate", flag.plate(), Need::kOptional);
  out.insurer_name = in.Text("insurer_name", flag.insurer_name(), Need::kOptional, kNameMax);
  if (flag.diagnosis_codes_size() > kHospitalListMax) in.Add("diagnosis_codes", "more than 200");
  if (flag.evidence_size() > kHospitalListMax) in.Add("evidence", "more than 200");
  for (int i = 0; i < std::min(flag.diagnosis_codes_size(), kHospitalListMax); ++i) {
    out.diagnosis_codes.push_back(
        in.Text(absl::StrCat("diagnosis_codes[", i, "]"), flag.diagnosis_codes(i)));
  }
  for (int i = 0; i < std::min(flag.evidence_size(), kHospitalListMax); ++i) {
    FieldReader evidence = in.In("evidence", i);
    out.evidence.push_back(
        {evidence.Text("rule", flag.evidence(i).rule()),
         evidence.Text("text", flag.evidence(i).text(), Need::kOptional, kTextMax)});
  }
}

// A flag's patient may be known by a number alone: admissions of the national interface (2401,
// 2403) name nobody, and the name comes with the settlement.
domain::Person ReadFlagPatient(FieldReader& flag_in, const recoup::v1::Person& patient,
                               absl::Time now) {
  const bool has_number = !patient.id_number().empty() || !patient.insured_number().empty();
  return flag_in.Person("patient", patient, has_number ? Need::kOptional : Need::kRequired,
                        ChinaDate(now));
}

// By name, or by pool and visit.
void ReadFlagOf(FieldReader& in, const std::string& name, const std::string& pool,
                const std::string& visit_id, domain::PoolId& pool_out, app::FlagOf& out) {
  if (!name.empty()) {
    const auto resource = in.Name<domain::FlagId>("name", name);
    pool_out = resource.pool;
    out.id = resource.id;
    return;
  }
  pool_out = in.Pool("pool", pool);
  out.visit_id = in.Text("visit_id", visit_id);
}

void AttachedBillToProto(const domain::AttachedBill& bill, recoup::v1::AttachedBill* out) {
  out->set_invoice_number(bill.number);
  out->set_code(bill.code);
  if (bill.total) out->set_total_fen(bill.total->fen());
  if (bill.fund_paid) out->set_fund_paid_fen(bill.fund_paid->fen());
  out->set_issued_on(DayText(bill.issued_on));
  out->set_state(static_cast<recoup::v1::BillState>(bill.state));
  out->set_confidence_percent(static_cast<std::int32_t>(bill.confidence_percent));
  out->set_evidence(bill.evidence);
  out->set_source(bill.source);
  out->set_attached_by(app::PartyName(bill.attached_by));
  SetTime(bill.attached_time, out->mutable_attached_time());
}

}  // namespace

absl::StatusOr<app::FlagAdmission> FlagAdmissionFromProto(
    const recoup::v1::FlagAdmissionRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  FieldReader flag_in = in.In("flag");
  const recoup::v1::Flag& flag = request.flag();
  app::FlagAdmission command;
  command.pool = flag_in.Pool("pool", flag.pool());
  command.state = in.EnumOr("state", request.state(), domain::FlagState::kSuspected);
  if (command.state == domain::FlagState::kCleared)
    in.Add("state", "a flag is not raised as CLEARED");
  command.flagged_time =
      request.has_flagged_time() ? in.Time("flagged_time", true, request.flagged_time(), now) : now;
  command.flag.visit_id = flag_in.Text("visit_id", flag.visit_id());
  command.flag.patient = ReadFlagPatient(flag_in, flag.patient(), now);
  command.flag.admitted_time =
      flag_in.Time("admitted_time", flag.has_admitted_time(), flag.admitted_time(), now);
  ReadFlagFields(flag_in, flag, now, command.flag);
  if (command.flag.accident_on && flag.has_admitted_time() &&
      *command.flag.accident_on > ChinaDate(command.flag.admitted_time)) {
    flag_in.Add("accident_on", "after the admission");
  }
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::AmendFlag> AmendFlagFromProto(const recoup::v1::AmendFlagRequest& request,
                                                  absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::AmendFlag command;
  const recoup::v1::Flag& flag = request.flag();
  FieldReader flag_in = in.In("flag");
  ReadFlagOf(flag_in, flag.name(), flag.pool(), flag.visit_id(), command.pool, command.flag);
  ReadFlagFields(flag_in, flag, now, command.changes);
  const std::vector<std::string>& known = app::AmendableFlagFields();
  for (const std::string& path : request.update_mask().paths()) {
    if (std::find(known.begin(), known.end(), path) == known.end()) {
      in.Add("update_mask", absl::StrCat("\"", path, "\" cannot be amended"));
    }
    command.fields.push_back(path);
    if (path == "patient") {
      command.changes.patient = ReadFlagPatient(flag_in, flag.patient(), now);
    }
  }
  if (request.state() != recoup::v1::FLAG_STATE_UNSPECIFIED) {
    command.state = in.Enum<domain::FlagState>("state", request.state());
    if (command.state == domain::FlagState::kCleared) in.Add("state", "use ClearFlag");
  }
  if (command.fields.empty() && !command.state) in.Add("update_mask", "nothing to amend");
  command.changed_time =
      request.has_changed_time() ? in.Time("changed_time", true, request.changed_time(), now) : now;
  command.reason = in.Text("reason", request.reason(), Need::kOptional, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::ClearFlag> ClearFlagFromProto(const recoup::v1::ClearFlagRequest& request,
                                                  absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::ClearFlag command;
  ReadFlagOf(in, request.name(), request.pool(), request.visit_id(), command.pool, command.flag);
  command.cleared_time =
      request.has_cleared_time() ? in.Time("cleared_time", true, request.cleared_time(), now) : now;
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::ReportSettlement> ReportSettlementFromProto(
    const recoup::v1::ReportSettlementRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in = FieldReader(faults).In("settlement");
  const SettlementReport& report = request.settlement();
  app::ReportSettlement command;
  domain::Advance& out = command.settlement;
  command.pool = in.Pool("pool", report.pool());
  out.visit_id = in.Text("visit_id", report.visit_id());
  out.settlement_id = in.Text("settlement_id", report.settlement_id());
  out.sender_message_id = in.Text("sender_message_id", report.sender_message_id(), Need::kOptional);
  const absl::CivilDay today = ChinaDate(now);
  out.patient = in.Person("patient", report.patient(), Need::kRequired, today);
  out.settled_time = in.Time("settled_time", report.has_settled_time(), report.settled_time(), now);
  out.discharged_on = report.discharged_on().empty()
                          ? ChinaDate(out.settled_time)
                          : in.Day("discharged_on", report.discharged_on(), today);
  out.admitted_on = report.admitted_on().empty()
                        ? out.discharged_on
                        : in.Day("admitted_on", report.admitted_on(), today);
  if (out.admitted_on > out.discharged_on) in.Add("admitted_on", "after the discharge");
  out.total = in.Amount("total_fen", report.total_fen());
  out.amount = in.Amount("fund_paid_fen", report.fund_paid_fen());
  out.self_paid = in.Amount("self_paid_fen", report.self_paid_fen());
  out.account_paid = in.Amount("account_paid_fen", report.account_paid_fen());
  out.cash_paid = in.Amount("cash_paid_fen", report.cash_paid_fen());
  out.hospital_paid = in.Amount("hospital_paid_fen", report.hospital_paid_fen());
  if (report.fund_lines_size() > kHospitalListMax) in.Add("fund_lines", "more than 200");
  for (int i = 0; i < std::min(report.fund_lines_size(), kHospitalListMax); ++i) {
    const FundLine& line = report.fund_lines(i);
    FieldReader line_in = in.In("fund_lines", i);
    out.fund_lines.push_back({line_in.Text("fund_pay_type", line.fund_pay_type()),
                              line_in.Text("name", line.name(), Need::kOptional, kNameMax),
                              line_in.Amount("amount_fen", line.amount_fen()), line.is_fund()});
  }
  for (const std::string& note : report.quality_notes()) {
    out.quality_notes.push_back(in.Text("quality_notes", note, Need::kOptional, kTextMax));
  }
  for (const std::string& number : report.invoice_numbers()) {
    out.invoice_numbers.push_back(in.Text("invoice_numbers", number));
  }
  if (faults.empty() && out.amount > out.total) in.Add("fund_paid_fen", "more than the total");
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::ReverseSettlement> ReverseSettlementFromProto(
    const recoup::v1::ReverseSettlementRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in = FieldReader(faults).In("reversal");
  const recoup::v1::SettlementReversal& reversal = request.reversal();
  app::ReverseSettlement command;
  command.pool = in.Pool("pool", reversal.pool());
  command.settlement_id = in.Text("settlement_id", reversal.settlement_id());
  command.sender_message_id = in.Text("sender_message_id", reversal.sender_message_id());
  command.reversed_time =
      in.Time("reversed_time", reversal.has_reversed_time(), reversal.reversed_time(), now);
  command.reason = in.Text("reason", reversal.reason(), Need::kOptional, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void FlagToProto(const domain::Flag& flag, recoup::v1::Flag* out) {
  out->set_name(app::NameOf(flag.pool, flag.id));
  out->set_pool(app::PoolName(flag.pool));
  out->set_hospital(app::PartyName(flag.hospital));
  out->set_visit_id(flag.visit_id);
  PersonToProto(flag.patient, out->mutable_patient());
  SetTime(flag.admitted_time, out->mutable_admitted_time());
  out->set_state(static_cast<recoup::v1::FlagState>(flag.state));
  out->set_third_party_kind(static_cast<recoup::v1::ThirdPartyKind>(flag.third_party_kind));
  out->set_accident_on(DayText(flag.accident_on));
  out->set_accident_place(flag.accident_place);
  for (const std::string& code : flag.diagnosis_codes) out->add_diagnosis_codes(code);
  for (const domain::Evidence& evidence : flag.evidence) {
    auto* proto = out->add_evidence();
    proto->set_rule(evidence.rule);
    proto->set_text(evidence.text);
  }
  out->set_plate(flag.plate);
  out->set_insurer_name(flag.insurer_name);
  for (const domain::FlagChange& change : flag.history) {
    auto* proto = out->add_history();
    proto->set_state(static_cast<recoup::v1::FlagState>(change.to));
    SetTime(change.happened_time, proto->mutable_changed_time());
    SetTime(change.recorded_time, proto->mutable_recorded_time());
    proto->set_reason(change.reason);
    for (const std::string& field : change.changed_fields) proto->add_changed_fields(field);
  }
  if (!flag.history.empty())
    SetTime(flag.history.front().recorded_time, out->mutable_recorded_time());
}

void AdvanceToProto(const domain::Advance& advance, recoup::v1::Advance* out) {
  out->set_name(app::NameOf(advance.pool, advance.id));
  out->set_pool(app::PoolName(advance.pool));
  out->set_hospital(app::PartyName(advance.hospital));
  out->set_visit_id(advance.visit_id);
  out->set_settlement_id(advance.settlement_id);
  PersonToProto(advance.patient, out->mutable_patient());
  out->set_admitted_on(DayText(advance.admitted_on));
  out->set_discharged_on(DayText(advance.discharged_on));
  SetTime(advance.settled_time, out->mutable_settled_time());
  SetTime(advance.recorded_time, out->mutable_recorded_time());
  out->set_total_fen(advance.total.fen());
  out->set_amount_fen(advance.amount.fen());
  out->set_self_paid_fen(advance.self_paid.fen());
  for (const domain::FundLine& line : advance.fund_lines) {
    auto* proto = out->add_fund_lines();
    proto->set_fund_pay_type(line.fund_pay_type);
    proto->set_name(line.name);
    proto->set_amount_fen(line.amount.fen());
    proto->set_is_fund(line.is_fund);
  }
  out->set_state(static_cast<recoup::v1::AdvanceState>(advance.state));
  out->set_books_decision(static_cast<recoup::v1::BooksDecision>(app::DecisionOf(advance, false)));
  for (const domain::Stage stage : domain::AllOf<domain::Stage>()) {
    if (advance.stages.at(stage).is_zero()) continue;
    auto* proto = out->add_stage_amounts();
    proto->set_stage(static_cast<recoup::v1::Stage>(stage));
    proto->set_amount_fen(advance.stages.at(stage).fen());
  }
  if (advance.flag) out->set_flag(app::NameOf(advance.pool, *advance.flag));
  if (advance.recovery) out->set_recovery(app::NameOf(advance.pool, *advance.recovery));
  for (const std::string& number : advance.invoice_numbers) out->add_invoice_numbers(number);
  for (const std::string& note : advance.quality_notes) out->add_quality_notes(note);
  for (const domain::AttachedBill& bill : advance.bills)
    AttachedBillToProto(bill, out->add_bills());
}

void FlagAdmissionToProto(const app::FlagAnswer& answer, recoup::v1::FlagAdmissionResponse* out) {
  FlagToProto(answer.flag, out->mutable_flag());
  for (const domain::AdvanceId id : answer.moved)
    out->add_claimed_advances(app::NameOf(answer.flag.pool, id));
}

void AmendFlagToProto(const app::FlagAnswer& answer, recoup::v1::AmendFlagResponse* out) {
  FlagToProto(answer.flag, out->mutable_flag());
}

void ClearFlagToProto(const app::FlagAnswer& answer, recoup::v1::ClearFlagResponse* out) {
  FlagToProto(answer.flag, out->mutable_flag());
  for (const domain::AdvanceId id : answer.moved)
    out->add_released_advances(app::NameOf(answer.flag.pool, id));
}

void ReportSettlementToProto(const app::SettlementAnswer& answer,
                             recoup::v1::ReportSettlementResponse* out) {
  out->set_advance(app::NameOf(answer.advance.pool, answer.advance.id));
  out->set_state(static_cast<recoup::v1::AdvanceState>(answer.advance.state));
  out->set_books_decision(static_cast<recoup::v1::BooksDecision>(answer.decision));
  out->set_explanation(app::ChineseText(answer.decision));
  for (const std::string& note : answer.advance.quality_notes) out->add_quality_notes(note);
}

void ReverseSettlementToProto(const app::SettlementAnswer& answer,
                              recoup::v1::ReverseSettlementResponse* out) {
  if (!answer.advance.id.is_nil()) {
    out->set_advance(app::NameOf(answer.advance.pool, answer.advance.id));
  }
  out->set_state(static_cast<recoup::v1::AdvanceState>(answer.advance.state));
  out->set_explanation(answer.advance.state == domain::AdvanceState::kReversalPending
                           ? "结算撤销已登记；其中已追偿部分由经办人员处理"
                           : "结算已撤销，不再计入垫付");
}

}  // namespace recoup::rpc
