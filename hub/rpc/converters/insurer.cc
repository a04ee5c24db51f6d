#include "hub/rpc/converters/insurer.h"

#include <algorithm>

#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

constexpr int kLinesMax = 1000;

// What every answer names: the demand and the etag the debtor has read.
template <typename Command, typename Request>
void ReadDemand(FieldReader& in, const Request& request, Command& out) {
  const auto name = in.Name<domain::DemandId>("name", request.name());
  out.pool = name.pool;
  out.demand = name.id;
  out.etag = in.Text("etag", request.etag(), Need::kOptional);
}

}  // namespace

absl::StatusOr<app::AcknowledgeDemand> AcknowledgeDemandFromProto(
    const recoup::v1::AcknowledgeDemandRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::AcknowledgeDemand command;
  ReadDemand(in, request, command);
  command.happened = request.has_acknowledged_time()
                         ? in.Time("acknowledged_time", true, request.acknowledged_time(), now)
                         : now;
  command.claim_number = in.Text("claim_number", request.claim_number(), Need::kOptional);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::AcceptDemand> AcceptDemandFromProto(
    const recoup::v1::AcceptDemandRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::AcceptDemand command;
  ReadDemand(in, request, command);
  if (request.has_amount_fen())
    command.amount = in.PositiveAmount("amount_fen", request.amount_fen());
  command.happened = request.has_accepted_time()
                         ? in.Time("accepted_time", true, request.accepted_time(), now)
                         : now;
  command.text = in.Text("text", request.text(), Need::kOptional, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::DisputeDemand> DisputeDemandFromProto(
    const recoup::v1::DisputeDemandRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::DisputeDemand command;
  ReadDemand(in, request, command);
  if (request.lines_size() == 0) in.Add("lines", "missing: at least one");
  if (request.lines_size() > kLinesMax) in.Add("lines", "more than 1000");
  for (int i = 0; i < std::min(request.lines_size(), kLinesMax); ++i) {
    const recoup::v1::DisputedLine& line = request.lines(i);
    FieldReader line_in = in.In("lines", i);
    app::DisputedPart part;
    const auto advance = line_in.Name<domain::AdvanceId>("advance", line.advance());
    if (advance.pool != command.pool) line_in.Add("advance", "not of the demand's pool");
    part.advance = advance.id;
    part.amount = line_in.PositiveAmount("disputed_fen", line.disputed_fen());
    part.ground = line_in.Enum<domain::DisputeReason>("reason", line.reason());
    part.text = line_in.Text(
        "text", line.text(),
        part.ground == domain::DisputeReason::kOther ? Need::kRequired : Need::kOptional, kTextMax);
    command.parts.push_back(std::move(part));
  }
  command.text = in.Text("text", request.text(), Need::kOptional, kTextMax);
  command.happened = request.has_disputed_time()
                         ? in.Time("disputed_time", true, request.disputed_time(), now)
                         : now;
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::ConfirmRepayment> ConfirmRepaymentFromProto(
    const recoup::v1::ConfirmRepaymentRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::ConfirmRepayment command;
  ReadDemand(in, request, command);
  command.received = in.Amount("received_fen", request.received_fen());
  command.happened = request.has_confirmed_time()
                         ? in.Time("confirmed_time", true, request.confirmed_time(), now)
                         : now;
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

}  // namespace recoup::rpc
