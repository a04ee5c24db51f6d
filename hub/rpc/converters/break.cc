#include "hub/rpc/converters/break.h"

#include <algorithm>
#include <utility>

#include "hub/base/clock.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/converters/settlement_batch.h"
#include "hub/rpc/converters/statement.h"

namespace recoup::rpc {
namespace {

constexpr int kApplicationsMax = 1000;
constexpr int kEvidenceMax = 100;

// One resource the break is about, beside entry and demand.
std::string SubjectOf(const domain::Break& finding) {
  if (finding.advance) return app::NameOf(finding.pool, *finding.advance);
  if (finding.advice) return app::NameOf(finding.pool, *finding.advice);
  return "";
}

std::vector<std::string> Evidence(FieldReader& in,
                                  const google::protobuf::RepeatedPtrField<std::string>& from) {
  if (from.size() > kEvidenceMax) in.Add("evidence", "more than 100");
  std::vector<std::string> evidence;
  for (int i = 0; i < std::min(from.size(), kEvidenceMax); ++i) {
    evidence.push_back(
        in.Text(absl::StrCat("evidence[", i, "]"), from[i], Need::kRequired, kTextMax));
  }
  return evidence;
}

}  // namespace

absl::StatusOr<app::AssignBreak> AssignBreakFromProto(const recoup::v1::AssignBreakRequest& request,
                                                      absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  const auto name = in.Name<domain::BreakId>("name", request.name());
  app::AssignBreak command{name.pool, name.id, request.etag(), in.Text("owner", request.owner()),
                           Evidence(in, request.evidence())};
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void AssignBreakToProto(const domain::Break& answer, recoup::v1::AssignBreakResponse* out) {
  BreakToProto(answer, answer.opened_time, out->mutable_assigned_break());
}

absl::StatusOr<app::ResolveBreak> ResolveBreakFromProto(
    const recoup::v1::ResolveBreakRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  const auto name = in.Name<domain::BreakId>("name", request.name());
  app::ResolveBreak command;
  command.pool = name.pool;
  command.finding = name.id;
  command.etag = request.etag();
  command.kind = in.Enum<domain::BreakResolution>("kind", request.kind());
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  const bool applies = command.kind == domain::BreakResolution::kApply;
  const bool of_batch = !request.settlement_batch().empty();
  if (of_batch && !applies) in.Add("settlement_batch", "only for APPLY");
  if (of_batch && request.applications_size() > 0) {
    in.Add("settlement_batch", "either the batch or applications");
  }
  if (of_batch) {
    command.settlement_batch =
        ReadSettlementBatchName(in, "settlement_batch", request.settlement_batch());
  }
  command.pays_delivery = request.pays_delivery();
  if (command.pays_delivery && !applies) in.Add("pays_delivery", "only for APPLY");
  if (command.pays_delivery && (of_batch || request.applications_size() > 0)) {
    in.Add("pays_delivery", "either it or a batch or applications");
  }
  const bool names_none = !of_batch && !command.pays_delivery && request.applications_size() == 0;
  if (applies && names_none) in.Add("applications", "missing");
  if (!applies && request.applications_size() > 0) in.Add("applications", "only for APPLY");
  if (request.applications_size() > kApplicationsMax) in.Add("applications", "more than 1000");
  for (int i = 0; i < std::min(request.applications_size(), kApplicationsMax); ++i) {
    FieldReader part = in.In("applications", i);
    const auto demand = part.Name<domain::DemandId>("demand", request.applications(i).demand());
    if (demand.pool != name.pool) part.Add("demand", "of another pool");
    command.applications.push_back(
        {demand.id, part.PositiveAmount("amount_fen", request.applications(i).amount_fen())});
  }
  const bool splits = command.kind == domain::BreakResolution::kSplit;
  if (splits && request.split_fen_size() < 2) in.Add("split_fen", "at least two parts");
  if (!splits && request.split_fen_size() > 0) in.Add("split_fen", "only for SPLIT");
  if (request.split_fen_size() > kApplicationsMax) in.Add("split_fen", "more than 1000");
  for (int i = 0; i < std::min(request.split_fen_size(), kApplicationsMax); ++i) {
    command.split.push_back(
        in.PositiveAmount(absl::StrCat("split_fen[", i, "]"), request.split_fen(i)));
  }
  command.evidence = Evidence(in, request.evidence());
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::UnmatchEntry> UnmatchEntryFromProto(
    const recoup::v1::UnmatchEntryRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  const auto name = in.Name<domain::StatementEntryId>("name", request.name());
  const auto demand = in.Name<domain::DemandId>("demand", request.demand());
  if (demand.pool != name.pool) in.Add("demand", "of another pool");
  app::UnmatchEntry command;
  command.pool = name.pool;
  command.entry = name.id;
  command.demand = demand.id;
  if (request.amount_fen() != 0) {
    command.amount = in.PositiveAmount("amount_fen", request.amount_fen());
  }
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void UnmatchEntryToProto(const app::UnmatchEntryAnswer& answer,
                         recoup::v1::UnmatchEntryResponse* out) {
  StatementEntryToProto(answer.entry, out->mutable_statement_entry());
  BreakToProto(answer.finding, answer.finding.opened_time, out->mutable_opened_break());
}

void ResolveBreakToProto(const app::ResolveBreakAnswer& answer,
                         recoup::v1::ResolveBreakResponse* out) {
  const domain::Break& finding = answer.finding;
  BreakToProto(finding, finding.resolved_time.value_or(finding.opened_time),
               out->mutable_resolved_break());
  if (!answer.approval) return;
  out->set_approval(app::NameOf(finding.pool, *answer.approval));
  out->mutable_resolved_break()->set_approval(out->approval());
}

void BreakToProto(const domain::Break& finding, absl::Time now, recoup::v1::Break* out) {
  out->set_name(app::NameOf(finding.pool, finding.id));
  out->set_kind(static_cast<recoup::v1::BreakKind>(finding.kind));
  out->set_state(static_cast<recoup::v1::BreakState>(finding.state));
  out->set_amount_fen(finding.amount.fen());
  if (finding.entry) out->set_statement_entry(app::NameOf(finding.pool, *finding.entry));
  if (finding.demand) out->set_demand(app::NameOf(finding.pool, *finding.demand));
  out->set_subject(SubjectOf(finding));
  out->set_explanation(finding.explanation);
  out->set_suggestion(finding.suggestion);
  for (const domain::DemandId& demand : finding.candidates) {
    out->add_candidates()->set_demand(app::NameOf(finding.pool, demand));
  }
  out->set_owner(finding.owner);
  const absl::CivilDay opened = ChinaDate(finding.opened_time);
  out->set_opened_on(DayText(opened));
  out->set_age_days(
      static_cast<std::int32_t>(ChinaDate(finding.resolved_time.value_or(now)) - opened));
  if (finding.resolution) {
    recoup::v1::BreakResolution* resolution = out->mutable_resolution();
    resolution->set_kind(static_cast<recoup::v1::ResolutionKind>(*finding.resolution));
    resolution->set_reason(finding.resolution_reason);
    resolution->set_resolved_by(finding.resolved_by);
    if (finding.resolved_time) SetTime(*finding.resolved_time, resolution->mutable_resolved_time());
  }
  out->set_etag(EtagOf(finding.version));
  SetTime(finding.opened_time, out->mutable_recorded_time());
  if (finding.grace_until) out->set_grace_until_on(DayText(*finding.grace_until));
  for (const std::string& evidence : finding.evidence) out->add_evidence(evidence);
  if (finding.split_from) out->set_split_from(app::NameOf(finding.pool, *finding.split_from));
}

}  // namespace recoup::rpc
