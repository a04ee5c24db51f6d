#include "hub/rpc/converters/remittance_advice.h"

#include <algorithm>

#include "hub/base/clock.h"
#include "hub/domain/creditor_reference.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

constexpr int kLinesMax = 10'000;

domain::AdviceLine LineFromProto(FieldReader in, const recoup::v1::RemittanceLine& line,
                                 const domain::PoolId& pool) {
  domain::AdviceLine out;
  if (!line.demand().empty()) {
    const auto name = in.Name<domain::DemandId>("demand", line.demand());
    out.demand = name.id;
    if (name.pool != pool) in.Add("demand", "of another pool: send one advice per pool");
  }
  if (!line.reference().empty()) {
    const auto reference = domain::CreditorReference::Parse(line.reference());
    if (reference.ok()) {
      out.reference = reference->text();
    } else {
      in.Add("reference", "not a payment reference: its check digits do not fit");
    }
  }
  if (line.demand().empty() && line.reference().empty())
    in.Add("demand", "missing: a demand or a reference");
  out.amount = in.PositiveAmount("amount_fen", line.amount_fen());
  return out;
}

}  // namespace

void RemittanceAdviceToProto(const domain::RemittanceAdvice& advice,
                             recoup::v1::RemittanceAdvice* out) {
  out->set_name(app::NameOf(advice.pool, advice.id));
  out->set_pool(app::PoolName(advice.pool));
  out->set_payer(app::PartyName(advice.payer));
  out->set_end_to_end_id(advice.end_to_end_id);
  out->set_bank_reference(advice.bank_reference);
  out->set_payer_account(advice.payer_account);
  out->set_paid_on(DayText(advice.paid_on));
  out->set_amount_fen(advice.total.fen());
  for (const domain::AdviceLine& line : advice.lines) {
    auto* proto = out->add_lines();
    proto->set_demand(app::NameOf(advice.pool, line.demand));
    proto->set_reference(line.reference);
    proto->set_amount_fen(line.amount.fen());
  }
  out->set_state(static_cast<recoup::v1::RemittanceAdviceState>(advice.state));
  out->set_received_fen(advice.matched.fen());
  SetTime(advice.recorded_time, out->mutable_recorded_time());
}

absl::StatusOr<app::SendRemittanceAdvice> SendRemittanceAdviceFromProto(
    const recoup::v1::SendRemittanceAdviceRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in = FieldReader(faults).In("remittance_advice");
  const recoup::v1::RemittanceAdvice& advice = request.remittance_advice();
  app::SendRemittanceAdvice command;
  domain::RemittanceAdvice& out = command.advice;
  command.pool = in.Pool("pool", advice.pool());
  out.end_to_end_id = in.Text("end_to_end_id", advice.end_to_end_id(), Need::kOptional);
  out.bank_reference = in.Text("bank_reference", advice.bank_reference(), Need::kOptional);
  out.payer_account = in.Text("payer_account", advice.payer_account(), Need::kOptional);
  out.paid_on = in.Day("paid_on", advice.paid_on(), ChinaDate(now));
  out.total = in.PositiveAmount("amount_fen", advice.amount_fen());
  if (advice.lines_size() == 0) in.Add("lines", "missing");
  if (advice.lines_size() > kLinesMax) in.Add("lines", "more than 10000");
  for (int i = 0; i < std::min(advice.lines_size(), kLinesMax); ++i)
    out.lines.push_back(LineFromProto(in.In("lines", i), advice.lines(i), command.pool));
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void SendRemittanceAdviceToProto(const domain::RemittanceAdvice& advice,
                                 recoup::v1::SendRemittanceAdviceResponse* out) {
  RemittanceAdviceToProto(advice, out->mutable_remittance_advice());
}

}  // namespace recoup::rpc
