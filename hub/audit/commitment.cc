#include "hub/audit/commitment.h"

#include "hub/audit/canonical.h"

namespace recoup::audit {

// The salt has a fixed length, so no other salt and payload give the same bytes.
Digest EventCommitment(const Salt& salt, std::string_view payload) {
  return crypto::Sha256Hasher().Update(crypto::AsView(salt)).Update(payload).Finish();
}

std::string LeafBytes(const EventHeader& header) {
  return CanonicalBytes("recoup event v1")
      .Text(header.partition)
      .Number(header.sequence)
      .Time(header.recorded_time)
      .Text(header.party)
      .Text(header.actor)
      .Text(header.method)
      .Text(header.request_id)
      .Text(header.outcome)
      .Hash(header.commitment)
      .Take();
}

Digest LeafHash(const EventHeader& header) { return LeafHash(LeafBytes(header)); }

}  // namespace recoup::audit
