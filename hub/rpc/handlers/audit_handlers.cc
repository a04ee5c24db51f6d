#include "hub/rpc/handlers/audit_handlers.h"

#include <initializer_list>
#include <utility>
#include <vector>

#include "hub/audit/merkle.h"
#include "hub/crypto/bytes.h"
#include "hub/rpc/converters/event.h"
#include "hub/rpc/converters/ledger.h"
#include "hub/rpc/service.h"
#include "recoup/v1/audit_service.pb.h"

namespace recoup::rpc {
namespace {

constexpr std::size_t kEventsAtOnce = 500;

bool IsOperator(const Admitted& admitted) {
  return admitted.caller.party.kind() == domain::PartyKind::kOperator;
}

absl::Status NotNegative(std::initializer_list<std::pair<const char*, std::int64_t>> fields) {
  Faults faults;
  for (const auto& [field, number] : fields) {
    if (number < 0) faults.Add(field, "negative");
  }
  return faults.ToStatus();
}

// The log asked for: a pool's, or without a pool the caller's own, where commands go that concern
// no pool. Operators answer for the machine, so they read the log of every pool; funds that of
// theirs.
absl::StatusOr<std::string> PartitionAsked(const Admitted& admitted, const std::string& pool_name) {
  if (pool_name.empty()) return admitted.caller.party.value;
  Faults faults;
  const domain::PoolId pool = FieldReader(faults).Pool("pool", pool_name);
  if (!faults.empty()) return faults.ToStatus();
  if (!IsOperator(admitted)) RECOUP_RETURN_IF_ERROR(CheckPool(admitted, pool));
  return pool.value;
}

// The present head for size 0. NOT_FOUND for a size at which no head was signed.
absl::StatusOr<app::StoredTreeHead> HeadOf(app::ReadView& view, const std::string& partition,
                                           std::int64_t size) {
  if (size == 0) {
    RECOUP_ASSIGN_OR_RETURN(std::optional<app::StoredTreeHead> latest,
                            view.LatestTreeHead(partition));
    if (!latest) return app::NotFound("the log has no event yet");
    return *std::move(latest);
  }
  RECOUP_ASSIGN_OR_RETURN(std::vector<app::StoredTreeHead> heads,
                          view.TreeHeads(partition, size - 1, 1));
  if (heads.empty() || heads[0].size != size) {
    return app::NotFound("no head was signed at this size; heads are signed per commit");
  }
  return std::move(heads[0]);
}

// The leaf hashes of the first `size` events.
absl::StatusOr<std::vector<audit::Digest>> LeavesOf(app::ReadView& view,
                                                    const std::string& partition,
                                                    std::int64_t size) {
  std::vector<audit::Digest> leaves;
  leaves.reserve(static_cast<std::size_t>(size));
  while (static_cast<std::int64_t>(leaves.size()) < size) {
    const auto known = static_cast<std::int64_t>(leaves.size());
    RECOUP_ASSIGN_OR_RETURN(
        const std::vector<app::StoredEvent> events,
        view.Events(partition, known,
                    std::min(kEventsAtOnce, static_cast<std::size_t>(size - known))));
    if (events.empty()) return absl::DataLossError("the log is shorter than its head says");
    for (const app::StoredEvent& event : events) {
      const auto leaf = crypto::DigestFromBytes(event.leaf);
      if (!leaf) return absl::DataLossError("a leaf hash is malformed");
      leaves.push_back(*leaf);
    }
  }
  return leaves;
}

template <typename Response>
void ProofToProto(const audit::Proof& proof, Response* out) {
  for (const audit::Digest& hash : proof) out->add_hashes(std::string(crypto::AsView(hash)));
}

absl::Status GetTreeHead(const v1::GetTreeHeadRequest& request, QueryContext& context,
                         v1::GetTreeHeadResponse* response) {
  RECOUP_RETURN_IF_ERROR(NotNegative({{"tree_size", request.tree_size()}}));
  RECOUP_ASSIGN_OR_RETURN(const std::string partition,
                          PartitionAsked(context.admitted, request.pool()));
  RECOUP_ASSIGN_OR_RETURN(const app::StoredTreeHead head,
                          HeadOf(context.reader.view(), partition, request.tree_size()));
  return TreeHeadToProto(head, context.hub.engine.signing_key().key_id(),
                         response->mutable_tree_head());
}

absl::Status GetInclusionProof(const v1::GetInclusionProofRequest& request, QueryContext& context,
                               v1::GetInclusionProofResponse* response) {
  RECOUP_RETURN_IF_ERROR(
      NotNegative({{"tree_size", request.tree_size()}, {"sequence", request.sequence()}}));
  RECOUP_ASSIGN_OR_RETURN(const std::string partition,
                          PartitionAsked(context.admitted, request.pool()));
  app::ReadView& view = context.reader.view();
  RECOUP_ASSIGN_OR_RETURN(const app::StoredTreeHead head,
                          HeadOf(view, partition, request.tree_size()));
  if (request.sequence() < 1 || request.sequence() > head.size) {
    return app::NotFound("no such event in a log of this size");
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<audit::Digest> leaves,
                          LeavesOf(view, partition, head.size));
  const auto index = static_cast<std::uint64_t>(request.sequence() - 1);
  RECOUP_ASSIGN_OR_RETURN(const audit::Proof proof, audit::InclusionProof(index, leaves));
  response->set_leaf_index(static_cast<std::int64_t>(index));
  response->set_leaf_hash(std::string(crypto::AsView(leaves[index])));
  ProofToProto(proof, response);
  return TreeHeadToProto(head, context.hub.engine.signing_key().key_id(),
                         response->mutable_tree_head());
}

absl::Status GetConsistencyProof(const v1::GetConsistencyProofRequest& request,
                                 QueryContext& context, v1::GetConsistencyProofResponse* response) {
  RECOUP_RETURN_IF_ERROR(NotNegative({{"first_tree_size", request.first_tree_size()},
                                      {"second_tree_size", request.second_tree_size()}}));
  RECOUP_ASSIGN_OR_RETURN(const std::string partition,
                          PartitionAsked(context.admitted, request.pool()));
  app::ReadView& view = context.reader.view();
  RECOUP_ASSIGN_OR_RETURN(const app::StoredTreeHead head,
                          HeadOf(view, partition, request.second_tree_size()));
  if (request.first_tree_size() > head.size) {
    return MakeError(Reason::kInvalidArgument,
                     "the first size must lie between 0 and the second one");
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<audit::Digest> leaves,
                          LeavesOf(view, partition, head.size));
  RECOUP_ASSIGN_OR_RETURN(
      const audit::Proof proof,
      audit::ConsistencyProof(static_cast<std::uint64_t>(request.first_tree_size()), leaves));
  ProofToProto(proof, response);
  return TreeHeadToProto(head, context.hub.engine.signing_key().key_id(),
                         response->mutable_tree_head());
}

absl::Status CheckLedger(const v1::CheckLedgerRequest& request, QueryContext& context,
                         v1::CheckLedgerResponse* response) {
  std::vector<std::string> pools;
  if (!request.pool().empty()) {
    RECOUP_ASSIGN_OR_RETURN(const std::string pool,
                            PartitionAsked(context.admitted, request.pool()));
    pools = {pool};
  } else if (IsOperator(context.admitted)) {
    RECOUP_ASSIGN_OR_RETURN(pools, context.reader.view().Partitions());
    std::erase_if(pools, [](const std::string& name) { return !domain::PoolId::Parse(name); });
  } else {
    for (const domain::PoolId& pool : context.admitted.party->pools) pools.push_back(pool.value);
  }
  for (const std::string& pool : pools) {
    RECOUP_ASSIGN_OR_RETURN(const app::CheckedLedger checked,
                            app::CheckLedgerFully(context.reader, domain::PoolId{pool}));
    CheckedLedgerToProto(checked, response);
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<app::KeyFinding> keys,
                          app::CheckKeys(context.reader.view(), context.reader.seal(), pools));
  for (const app::KeyFinding& finding : keys) KeyFindingToProto(finding, response);
  return absl::OkStatus();
}

absl::StatusOr<Fetch<v1::ListEventsResponse>> EventsOf(const v1::ListEventsRequest& request) {
  if (request.follow()) {
    return MakeError(Reason::kNotImplemented,
                     "following a log is not implemented in this version; ask again with "
                     "after_sequence");
  }
  if (request.after_sequence() < 0) {
    Faults faults;
    faults.Add("after_sequence", "negative");
    return faults.ToStatus();
  }
  auto after = std::make_shared<std::int64_t>(request.after_sequence());
  return [after, pool = request.pool()](
             QueryContext& context,
             std::vector<v1::ListEventsResponse>& out) -> absl::StatusOr<Stored> {
    RECOUP_ASSIGN_OR_RETURN(const std::string partition, PartitionAsked(context.admitted, pool));
    RECOUP_ASSIGN_OR_RETURN(const std::vector<app::StoredEvent> events,
                            context.reader.view().Events(partition, *after, kEventsAtOnce));
    for (const app::StoredEvent& event : events) {
      RECOUP_ASSIGN_OR_RETURN(const audit::EventHeader header, HeaderOf(event));
      v1::Event* item = out.emplace_back().mutable_event();
      EventToProto(header, event, item);
      // Who sent a command knows what it said; others prove it by the commitment.
      if (header.party == context.admitted.caller.party.value) {
        RECOUP_RETURN_IF_ERROR(PayloadToProto(context.hub.seal, header, event, item));
      }
      *after = event.sequence;
    }
    return events.size() < kEventsAtOnce ? Stored::kNoMore : Stored::kMore;
  };
}

}  // namespace

std::unique_ptr<grpc::Service> MakeAuditService(const HubContext& hub) {
  auto service = std::make_unique<Service>(hub);
  service->Stream("AuditService/ListEvents", EventsOf);
  service->Query("AuditService/GetTreeHead", GetTreeHead);
  service->Query("AuditService/GetInclusionProof", GetInclusionProof);
  service->Query("AuditService/GetConsistencyProof", GetConsistencyProof);
  service->Query("AuditService/CheckLedger", CheckLedger);
  return service;
}

}  // namespace recoup::rpc
