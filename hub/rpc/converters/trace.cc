#include "hub/rpc/converters/trace.h"

#include <algorithm>
#include <utility>

#include "hub/app/names.h"
#include "hub/base/clock.h"
#include "hub/domain/bill_number.h"
#include "hub/domain/plate.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/converters/hospital.h"

namespace recoup::rpc {
namespace {

constexpr int kTraceListMax = 500;
constexpr int kAttachedMax = 200;

// What only says that there is no number is none.
std::string NumberOf(std::string text) {
  return domain::IsBillNumber(text) ? std::move(text) : std::string();
}

domain::PresentedBill ReadBill(FieldReader in, const recoup::v1::PresentedBill& bill,
                               Need number_need, absl::CivilDay today) {
  domain::PresentedBill read;
  read.invoice_number = NumberOf(in.Text("invoice_number", bill.invoice_number(), number_need));
  read.code = in.Text("code", bill.code(), Need::kOptional);
  if (bill.has_total_fen()) read.total = in.Amount("total_fen", bill.total_fen());
  if (bill.has_fund_paid_fen()) read.fund_paid = in.Amount("fund_paid_fen", bill.fund_paid_fen());
  if (bill.has_self_paid_fen()) read.self_paid = in.Amount("self_paid_fen", bill.self_paid_fen());
  read.issued_on = in.OptionalDay("issued_on", bill.issued_on(), today);
  read.state = in.EnumOr("state", bill.state(), domain::BillState::kNormal);
  read.related_number = NumberOf(in.Text("related_number", bill.related_number(), Need::kOptional));
  read.payer_name = in.Text("payer_name", bill.payer_name(), Need::kOptional, kNameMax);
  read.source = in.Text("source", bill.source(), Need::kOptional, kNameMax);
  read.settlement_id = in.Text("settlement_id", bill.settlement_id(), Need::kOptional);
  read.evidence = in.Text("evidence", bill.evidence(), Need::kOptional, kTextMax);
  if (!bill.has_confidence_percent()) return read;
  read.confidence_percent = bill.confidence_percent();
  if (bill.confidence_percent() < 0 || bill.confidence_percent() > 100) {
    in.Add("confidence_percent", "not between 0 and 100");
  }
  return read;
}

void ReadBills(FieldReader& in, const recoup::v1::TraceInjuryRequest& request, absl::CivilDay today,
               domain::InjuryQuestion& out) {
  if (request.bills_size() > kTraceListMax) in.Add("bills", "more than 500");
  for (int i = 0; i < std::min(request.bills_size(), kTraceListMax); ++i) {
    out.bills.push_back(ReadBill(in.In("bills", i), request.bills(i), Need::kOptional, today));
  }
}

void ReadExclusions(FieldReader& in, const recoup::v1::TraceInjuryRequest& request,
                    domain::InjuryQuestion& out) {
  if (request.exclusions_size() > kTraceListMax) in.Add("exclusions", "more than 500");
  for (int i = 0; i < std::min(request.exclusions_size(), kTraceListMax); ++i) {
    FieldReader one = in.In("exclusions", i);
    const recoup::v1::TraceExclusion& exclusion = request.exclusions(i);
    domain::TraceExclusion read;
    read.visit_id = one.Text("visit_id", exclusion.visit_id(), Need::kOptional);
    read.invoice_number = one.Text("invoice_number", exclusion.invoice_number(), Need::kOptional);
    read.reason = one.Text("reason", exclusion.reason(), Need::kRequired, kTextMax);
    if (read.visit_id.empty() == read.invoice_number.empty()) {
      one.Add("visit_id", "exactly one of visit_id and invoice_number");
    }
    out.exclusions.push_back(std::move(read));
  }
}

std::vector<std::string> ReadSettlementIds(
    FieldReader& in, std::string_view field,
    const google::protobuf::RepeatedPtrField<std::string>& ids) {
  std::vector<std::string> read;
  if (ids.size() > kTraceListMax) in.Add(field, "more than 500");
  for (int i = 0; i < std::min(ids.size(), kTraceListMax); ++i) {
    read.push_back(in.Text(field, ids[i]));
  }
  return read;
}

}  // namespace

absl::StatusOr<TraceQuestion> TraceQuestionFromProto(const recoup::v1::TraceInjuryRequest& request,
                                                     absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  TraceQuestion question;
  const absl::CivilDay today = ChinaDate(now);
  question.person = in.Person("person", request.person(), Need::kRequired, today);
  domain::InjuryQuestion& injury = question.injury;
  injury.injured_person = question.person.name;
  injury.injured_on = in.Day("injured_on", request.injured_on(), today);
  injury.until_on = in.OptionalDay("until_on", request.until_on());
  injury.basis = in.EnumOr<domain::Basis>("basis", request.basis(), domain::Basis::kNone);
  if (request.has_judged_medical_fen()) {
    injury.judged_medical = in.Amount("judged_medical_fen", request.judged_medical_fen());
  }
  injury.liable_share_basis_points = request.liable_share_bp();
  if (request.liable_share_bp() < 0 || request.liable_share_bp() > 10'000) {
    in.Add("liable_share_bp", "not between 0 and 10000");
  }
  injury.liable_name = in.Text("liable_name", request.liable_name(), Need::kOptional, kNameMax);
  injury.paid_to_injured_person = request.paid_to_injured_person();
  ReadBills(in, request, today, injury);
  ReadExclusions(in, request, injury);
  injury.same_bill =
      ReadSettlementIds(in, "same_bill_settlements", request.same_bill_settlements());
  injury.other_bill =
      ReadSettlementIds(in, "other_bill_settlements", request.other_bill_settlements());
  question.plate = domain::NormalisePlate(in.Text("plate", request.plate(), Need::kOptional));
  if (request.has_ctp_left_fen()) {
    injury.covers.push_back({.insurer = "交强险（所给剩余限额）",
                             .limit = in.Amount("ctp_left_fen", request.ctp_left_fen()),
                             .used = {},
                             .other_victims = {},
                             .victim_key = {},
                             .stands = {}});
  }
  if (!faults.empty()) return faults.ToStatus();
  return question;
}

void TraceToProto(const domain::InjuryTrace& trace, const domain::InjuryQuestion& question,
                  const std::vector<domain::Advance>& advances,
                  recoup::v1::TraceInjuryResponse* out) {
  for (const domain::TracedVisit& visit : trace.visits) {
    const domain::Advance& advance = advances[visit.advance];
    recoup::v1::TracedVisit& proto = *out->add_visits();
    proto.set_advance(app::NameOf(advance.pool, advance.id));
    proto.set_pool(app::PoolName(advance.pool));
    proto.set_visit_id(advance.visit_id);
    proto.set_settlement_id(advance.settlement_id);
    proto.set_on(DayText(visit.on));
    for (const std::string& number : advance.invoice_numbers) proto.add_invoice_numbers(number);
    proto.set_self_paid_fen(advance.self_paid.fen());
    proto.set_fund_paid_fen(advance.amount.fen());
    proto.set_included(visit.included);
    proto.set_reason(visit.reason);
    proto.set_recovered_fen(visit.recovered.fen());
  }
  for (const domain::TraceFinding& finding : trace.findings) {
    recoup::v1::TraceFinding& proto = *out->add_findings();
    proto.set_kind(static_cast<recoup::v1::TraceFindingKind>(finding.kind));
    proto.set_subject(finding.subject);
    proto.set_text(finding.text);
    proto.set_amount_fen(finding.amount.fen());
  }
  out->set_self_paid_fen(trace.own_paid.fen());
  out->set_fund_paid_fen(trace.fund_paid.fen());
  out->set_owed_fen(trace.owed.fen());
  ExplanationToProto(trace.explanation, out->mutable_explanation());
  out->mutable_explanation()->set_figure("owed_fen");
  out->mutable_explanation()->set_title("应退回基金金额");
  out->mutable_explanation()->set_result_fen(trace.owed.fen());
  for (const domain::TraceShare& share : trace.shares) {
    recoup::v1::TraceShare& proto = *out->add_shares();
    if (!share.pool.value.empty()) proto.set_pool(app::PoolName(share.pool));
    proto.set_fund_pay_type(share.fund_pay_type);
    proto.set_name(share.name);
    proto.set_paid_fen(share.paid.fen());
    proto.set_amount_fen(share.amount.fen());
  }
  out->set_gap(static_cast<recoup::v1::TraceGap>(trace.gap));
  out->set_gap_text(trace.gap_text);
  for (const domain::TracedBill& bill : trace.bills) {
    recoup::v1::TracedBill& proto = *out->add_bills();
    proto.set_bill(static_cast<std::int32_t>(bill.bill));
    proto.set_invoice_number(question.bills[bill.bill].invoice_number);
    proto.set_match(static_cast<recoup::v1::BillMatch>(bill.place.match));
    if (bill.place.match != domain::BillMatch::kNone) {
      const domain::Advance& advance = advances[bill.place.advance];
      proto.set_advance(app::NameOf(advance.pool, advance.id));
    }
    for (const std::size_t candidate : bill.place.candidates) {
      proto.add_candidates(advances[candidate].settlement_id);
    }
    proto.set_included(bill.included);
    proto.set_reason(bill.reason);
    if (bill.fund_paid) proto.set_fund_paid(*bill.fund_paid);
    proto.set_self_paid_fen(bill.own_amount.fen());
    proto.set_fund_paid_fen(bill.fund_amount.fen());
  }
}

absl::StatusOr<app::AttachBills> AttachBillsFromProto(const recoup::v1::AttachBillsRequest& request,
                                                      absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::AttachBills command;
  const auto name = in.Name<domain::AdvanceId>("advance", request.advance());
  command.pool = name.pool;
  command.advance = name.id;
  if (request.bills().empty()) in.Add("bills", "missing");
  if (request.bills_size() > kAttachedMax) in.Add("bills", "more than 200");
  for (int i = 0; i < std::min(request.bills_size(), kAttachedMax); ++i) {
    domain::PresentedBill bill =
        ReadBill(in.In("bills", i), request.bills(i), Need::kRequired, ChinaDate(now));
    if (bill.invoice_number.empty() && !request.bills(i).invoice_number().empty()) {
      in.In("bills", i).Add("invoice_number", "says that there is no number");
    }
    command.bills.push_back({.number = std::move(bill.invoice_number),
                             .code = std::move(bill.code),
                             .total = bill.total,
                             .fund_paid = bill.fund_paid,
                             .issued_on = bill.issued_on,
                             .state = bill.state,
                             .confidence_percent = bill.confidence_percent.value_or(100),
                             .evidence = std::move(bill.evidence),
                             .source = std::move(bill.source),
                             .attached_by = {},
                             .attached_time = {}});
  }
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void AttachBillsToProto(const domain::Advance& advance, recoup::v1::AttachBillsResponse* out) {
  AdvanceToProto(advance, out->mutable_advance());
}

}  // namespace recoup::rpc
