// Checks a database or a backup without the hub and without trusting what wrote it.
//
// For every partition: events follow on one another, each leaf is the hash of its header and each
// header says where it stands; the Merkle roots, computed anew, are those of every signed head, and
// each head's signature is by one of the given keys; no event is left outside the last head. For
// every pool: the five laws over the transfers, and every transfer belongs to an accepted
// event and was recorded with it. Every request that the hub must still remember is remembered,
// under the event it became. With the keyring also: each sealed event is what its commitment binds,
// what is remembered of its request is that request, each record opens and obeys the laws, and it
// is found by exactly the keys it lists. Without it, what is sealed is left unchecked, and the
// report says so.
#ifndef RECOUP_CTL_AUDIT_VERIFY_H_
#define RECOUP_CTL_AUDIT_VERIFY_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/app/ports.h"
#include "hub/crypto/signing.h"

namespace recoup::ctl {

// One thing that is not as it must be.
struct Finding {
  std::string partition;
  std::string subject;  // "events/7", "treeHeads/7", "transfers/3", "advances/01…"
  std::string text;     // In Chinese, for people; the laws' own words follow in English.
};

struct VerifyReport {
  std::int64_t partitions = 0;
  std::int64_t events = 0;
  std::int64_t tree_heads = 0;
  std::int64_t transfers = 0;
  std::int64_t records = 0;
  bool sealed_checked = false;
  std::vector<Finding> findings;
};

struct VerifyRequest {
  app::ReadView& view;
  // The public keys that may have signed heads; at least one.
  const std::vector<crypto::VerifyKey>& keys;
  app::RecordSeal* seal = nullptr;  // Null: without the keyring.
  absl::Time now;                   // Requests are remembered for a time.
  std::function<void(std::int64_t items)> progress = [](std::int64_t) {};
};

// Findings are data; an error means that the database could not be read at all.
absl::StatusOr<VerifyReport> VerifyDatabase(const VerifyRequest& request);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_AUDIT_VERIFY_H_
