#include "hub/rpc/converters/settlement_batch.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace recoup::rpc {
namespace {

using domain::BatchPart;
using domain::Money;
using domain::SettlementBatch;

constexpr int kBatchPoolsMax = 1000;

bool WholeBatch(const domain::PoolId&) { return true; }

void BatchPartToProto(const BatchPart& part, recoup::v1::SettlementBatchPart* out) {
  out->set_pool(app::PoolName(part.pool));
  out->set_event_sequence(part.event_cut);
  out->set_line_count(part.lines);
  out->set_gross_fen(part.gross.fen());
  out->set_netted_fen(part.netted.fen());
  out->set_net_fen(part.net().fen());
  out->set_done(part.done);
  out->set_forward_fen(part.forward.fen());
  out->set_forwarded(part.forwarded);
}

}  // namespace

std::pair<domain::PartyId, domain::SettlementBatchId> ReadSettlementBatchName(
    FieldReader& in, std::string_view field, const std::string& name) {
  if (const auto parsed = app::ParseSettlementBatchName(name)) return *parsed;
  in.Add(field, "not a name like settlementBatches/<insurer>.<id>");
  return {};
}

absl::StatusOr<app::CreateSettlementBatch> CreateSettlementBatchFromProto(
    const recoup::v1::CreateSettlementBatchRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::CreateSettlementBatch command;
  command.collecting_pool = in.Pool("collecting_pool", request.collecting_pool());
  if (request.pools_size() > kBatchPoolsMax)
    in.Add("pools", absl::StrCat("more than ", kBatchPoolsMax));
  std::set<domain::PoolId> seen;
  for (int i = 0; i < request.pools_size() && i < kBatchPoolsMax; ++i) {
    const std::string field = absl::StrCat("pools[", i, "]");
    const domain::PoolId pool = in.Pool(field, request.pools(i));
    if (!pool.value.empty() && !seen.insert(pool).second) in.Add(field, "named twice");
    command.pools.push_back(pool);
  }
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::CloseSettlementBatch> CloseSettlementBatchFromProto(
    const recoup::v1::CloseSettlementBatchRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::CloseSettlementBatch command;
  std::tie(command.insurer, command.batch) = ReadSettlementBatchName(in, "name", request.name());
  command.etag = in.Text("etag", request.etag(), Need::kOptional);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::CancelSettlementBatch> CancelSettlementBatchFromProto(
    const recoup::v1::CancelSettlementBatchRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::CancelSettlementBatch command;
  std::tie(command.insurer, command.batch) = ReadSettlementBatchName(in, "name", request.name());
  command.etag = in.Text("etag", request.etag(), Need::kOptional);
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void CreateSettlementBatchToProto(const SettlementBatch& batch,
                                  recoup::v1::CreateSettlementBatchResponse* out) {
  SettlementBatchToProto(batch, WholeBatch, out->mutable_settlement_batch());
}

void CloseSettlementBatchToProto(const SettlementBatch& batch,
                                 recoup::v1::CloseSettlementBatchResponse* out) {
  SettlementBatchToProto(batch, WholeBatch, out->mutable_settlement_batch());
}

void CancelSettlementBatchToProto(const SettlementBatch& batch,
                                  recoup::v1::CancelSettlementBatchResponse* out) {
  SettlementBatchToProto(batch, WholeBatch, out->mutable_settlement_batch());
}

void SettlementBatchToProto(const SettlementBatch& batch,
                            const std::function<bool(const domain::PoolId&)>& shown,
                            recoup::v1::SettlementBatch* out) {
  out->set_name(app::SettlementBatchName(batch.insurer, batch.id));
  out->set_etag(EtagOf(batch.version));
  out->set_insurer(app::PartyName(batch.insurer));
  out->set_state(static_cast<recoup::v1::SettlementBatchState>(batch.state));
  out->set_collecting_pool(app::PoolName(batch.collecting_pool));
  for (const domain::PoolId& pool : batch.pools) {
    if (shown(pool)) out->add_pools(app::PoolName(pool));
  }
  out->set_reference(batch.reference);
  Money gross;
  Money netted;
  std::int64_t lines = 0;
  bool all = true;
  for (const BatchPart& part : batch.parts) {
    if (!shown(part.pool)) {
      all = false;
      continue;
    }
    BatchPartToProto(part, out->add_parts());
    gross += part.gross;
    netted += part.netted;
    lines += part.lines;
  }
  out->set_line_count(lines);
  out->set_gross_fen(gross.fen());
  out->set_netted_fen(netted.fen());
  out->set_net_fen((gross - netted).fen());
  out->set_created_by(batch.created_by);
  SetTime(batch.created_time, out->mutable_created_time());
  out->set_cut_by(batch.closed_by);
  if (batch.closed_time) SetTime(*batch.closed_time, out->mutable_cut_time());
  if (all) {
    for (const domain::StatementEntryId& entry : batch.entries) {
      out->add_statement_entries(app::NameOf(batch.collecting_pool, entry));
    }
  }
  if (batch.received_time) SetTime(*batch.received_time, out->mutable_received_time());
  if (batch.ended_time) SetTime(*batch.ended_time, out->mutable_ended_time());
  out->set_cancelled_by(batch.cancelled_by);
  out->set_reason(batch.cancel_reason);
  if (batch.returned_time) SetTime(*batch.returned_time, out->mutable_returned_time());
  out->set_cancel_requested_by(batch.cancel_requested_by);
}

void SettlementLineToProto(const domain::Demand& demand, const domain::SettlementLine& line,
                           recoup::v1::SettlementBatchLine* out) {
  out->set_demand(app::NameOf(demand.pool, demand.id));
  out->set_reference(demand.reference);
  out->set_amount_fen(line.amount.fen());
  out->set_event_sequence(line.event_sequence);
  out->set_paid(line.paid);
  out->set_claim_number(demand.claim_number);
}

}  // namespace recoup::rpc
