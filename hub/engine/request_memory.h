// What is remembered of a request, and whether the store still remembers it: a request id that was
// forgotten before its time would let the same command in twice.
#ifndef RECOUP_HUB_ENGINE_REQUEST_MEMORY_H_
#define RECOUP_HUB_ENGINE_REQUEST_MEMORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/app/ports.h"
#include "hub/audit/commitment.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/sha256.h"

namespace recoup::engine {

// How long ids are remembered. Older ones are removed at some time after.
inline constexpr absl::Duration kRemember = absl::Hours(24 * 40);

// What tells the same request from another one under the same id.
inline std::string RequestDigest(std::string_view method, std::string_view content) {
  const crypto::Digest digest = crypto::Sha256Hasher()
                                    .Update(method)
                                    .Update(std::string_view("\0", 1))
                                    .Update(content)
                                    .Finish();
  return std::string(crypto::AsView(digest));
}

enum class RequestMemory { kRemembered, kMissing, kAltered };

// Whether the event's request is remembered as it must be. One that may have been forgotten by
// `now` counts as remembered when it is gone. `digest` is empty where the request cannot be read.
inline absl::StatusOr<RequestMemory> MemoryOf(app::ReadView& view, const audit::EventHeader& header,
                                              std::string_view digest, absl::Time now) {
  const std::optional<Id> id = Id::FromUuid(header.request_id);
  if (!id) return RequestMemory::kAltered;
  RECOUP_ASSIGN_OR_RETURN(const std::optional<app::StoredRequest> stored,
                          view.FindRequest(*id, header.party));
  if (!stored) {
    return id->time() < now - kRemember ? RequestMemory::kRemembered : RequestMemory::kMissing;
  }
  const bool same = stored->partition == header.partition &&
                    stored->event_sequence == static_cast<std::int64_t>(header.sequence) &&
                    (digest.empty() || stored->digest == digest);
  return same ? RequestMemory::kRemembered : RequestMemory::kAltered;
}

}  // namespace recoup::engine

#endif  // RECOUP_HUB_ENGINE_REQUEST_MEMORY_H_
