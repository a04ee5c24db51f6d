// One event as the log proves it: a header in the open, its payload behind a commitment.
//
// The tree holds SHA-256(salt | payload), not the payload, so a sealed payload can be resealed
// under a new key, shown to one party, or erased as the law may ask, and every root and proof stays
// true.
#ifndef RECOUP_HUB_AUDIT_COMMITMENT_H_
#define RECOUP_HUB_AUDIT_COMMITMENT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "hub/audit/merkle.h"

namespace recoup::audit {

// 32 random bytes, secret like the payload: without them a payload cannot be guessed and tested.
using Salt = std::array<std::uint8_t, 32>;

Digest EventCommitment(const Salt& salt, std::string_view payload);

// What the log says of an event to everyone who may see the log; no personal data.
struct EventHeader {
  std::string partition;       // The pool, "310115-310".
  std::uint64_t sequence = 0;  // Within the partition, without gaps.
  absl::Time recorded_time;    // To the microsecond.
  std::string party;           // Who called, "insurer/huaan".
  std::string actor;           // The person or system within the party.
  std::string method;          // The RPC.
  std::string request_id;
  std::string outcome;  // "OK", or the wire name of the reason of the refusal.
  Digest commitment{};
  bool operator==(const EventHeader&) const = default;
};

// The leaf of the event: its canonical bytes, and their hash in the tree.
std::string LeafBytes(const EventHeader& header);
Digest LeafHash(const EventHeader& header);
// The header of stored leaf bytes; nothing when they are not exactly those of a header.
std::optional<EventHeader> ParseLeafBytes(std::string_view bytes);

}  // namespace recoup::audit

#endif  // RECOUP_HUB_AUDIT_COMMITMENT_H_
