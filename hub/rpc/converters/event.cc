#include "hub/rpc/converters/event.h"

#include <string>

#include "hub/audit/tree_head.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "hub/domain/wire.h"
#include "hub/engine/event_body.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

// Names of pools are resources; other partitions are parties' own logs and have no pool.
std::string PoolOf(const std::string& partition) {
  const auto pool = domain::PoolId::Parse(partition);
  return pool ? app::PoolName(*pool) : "";
}

}  // namespace

absl::StatusOr<audit::EventHeader> HeaderOf(const app::StoredEvent& event) {
  std::optional<audit::EventHeader> header = audit::ParseLeafBytes(event.header);
  if (!header) return absl::DataLossError("the header of an event is malformed");
  return *std::move(header);
}

void EventToProto(const audit::EventHeader& header, const app::StoredEvent& event,
                  recoup::v1::Event* out) {
  out->set_pool(PoolOf(header.partition));
  out->set_sequence(static_cast<std::int64_t>(header.sequence));
  SetTime(header.recorded_time, out->mutable_recorded_time());
  out->set_party(absl::StrCat("parties/", header.party));
  out->set_actor(header.actor);
  out->set_method(header.method);
  out->set_request_id(header.request_id);
  if (header.outcome != "OK") {
    recoup::v1::ErrorReason reason = recoup::v1::ERROR_REASON_UNSPECIFIED;
    if (recoup::v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", header.outcome), &reason)) {
      out->set_refused_reason(reason);
    }
  }
  out->set_commitment(std::string(crypto::AsView(header.commitment)));
  out->set_leaf_hash(event.leaf);
}

absl::Status PayloadToProto(app::RecordSeal& seal, const audit::EventHeader& header,
                            const app::StoredEvent& event, recoup::v1::Event* out) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::string plain,
      seal.Open(header.partition, engine::EventPlace(event.sequence), event.body));
  engine::EventBody body;
  RECOUP_RETURN_IF_ERROR(domain::Decode(plain, body));
  out->set_payload(body.payload);
  out->set_salt(body.salt);
  return absl::OkStatus();
}

absl::Status TreeHeadToProto(const app::StoredTreeHead& stored, const std::string& key_id,
                             recoup::v1::TreeHead* out) {
  const std::optional<audit::TreeHead> head = audit::ParseTreeHead(stored.head);
  if (!head) return absl::DataLossError("a tree head is malformed");
  out->set_pool(PoolOf(head->partition));
  out->set_tree_size(static_cast<std::int64_t>(head->size));
  out->set_root_hash(std::string(crypto::AsView(head->root)));
  SetTime(head->time, out->mutable_signed_time());
  out->set_key_id(key_id);
  out->set_signature(stored.signature);
  return absl::OkStatus();
}

}  // namespace recoup::rpc
