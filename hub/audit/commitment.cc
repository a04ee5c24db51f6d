#include "hub/audit/commitment.h"

#include "hub/audit/canonical.h"

namespace recoup::audit {
namespace {

constexpr char kEventTag[] = "recoup event v1";

}  // namespace

// The salt has a fixed length, so no other salt and payload give the same bytes.
Digest EventCommitment(const Salt& salt, std::string_view payload) {
  return crypto::Sha256Hasher().Update(crypto::AsView(salt)).Update(payload).Finish();
}

std::string LeafBytes(const EventHeader& header) {
  return CanonicalBytes(kEventTag)
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

std::optional<EventHeader> ParseLeafBytes(std::string_view bytes) {
  CanonicalReader in(kEventTag, bytes);
  EventHeader header;
  header.partition = in.Text();
  header.sequence = in.Number();
  header.recorded_time = in.Time();
  header.party = in.Text();
  header.actor = in.Text();
  header.method = in.Text();
  header.request_id = in.Text();
  header.outcome = in.Text();
  header.commitment = in.Hash();
  if (!in.Done()) return std::nullopt;
  return header;
}

}  // namespace recoup::audit
