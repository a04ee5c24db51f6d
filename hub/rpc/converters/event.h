// The event log as the API shows it: headers for everyone who may see the log, payloads for those
// whose event it is.
#ifndef RECOUP_HUB_RPC_CONVERTERS_EVENT_H_
#define RECOUP_HUB_RPC_CONVERTERS_EVENT_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hub/app/ports.h"
#include "hub/audit/commitment.h"
#include "recoup/v1/audit_service.pb.h"

namespace recoup::rpc {

// DATA_LOSS when the stored header cannot be read.
absl::StatusOr<audit::EventHeader> HeaderOf(const app::StoredEvent& event);

// Without payload and salt.
void EventToProto(const audit::EventHeader& header, const app::StoredEvent& event,
                  recoup::v1::Event* out);
// Adds the opened payload with the salt of its commitment.
absl::Status PayloadToProto(app::RecordSeal& seal, const audit::EventHeader& header,
                            const app::StoredEvent& event, recoup::v1::Event* out);

// DATA_LOSS when the stored head cannot be read.
absl::Status TreeHeadToProto(const app::StoredTreeHead& stored, const std::string& key_id,
                             recoup::v1::TreeHead* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_EVENT_H_
