// What the application needs from outside: a store, a seal, a blind index. Implemented in
// hub/storage and composed in hub/main; fakes stand in for them in tests.
#ifndef RECOUP_HUB_APP_PORTS_H_
#define RECOUP_HUB_APP_PORTS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/base/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/ledger/journal.h"

namespace recoup::app {

// Where a record lives. The partition is a pool, a court, an insurer, or the hub itself.
struct RecordKey {
  std::string partition;
  domain::RecordKind kind = domain::RecordKind::kFlag;
  Id id;
  auto operator<=>(const RecordKey&) const = default;

  template <typename H>
  friend H AbslHashValue(H h, const RecordKey& key) {
    return H::combine(std::move(h), key.partition, key.kind, key.id);
  }
};

struct StoredRecord {
  Id id;
  std::string body;  // Sealed.
};

// One accepted or refused command, as it stands in the log of its partition.
struct StoredEvent {
  std::int64_t sequence = 0;
  std::string header;  // Canonical bytes; the leaf of the Merkle tree is their hash.
  std::string leaf;    // 32 bytes.
  std::string body;    // Sealed: salt, request, outcome.
};

// What is remembered of a request id: enough to tell a replay from a reuse and to find the first
// answer.
struct StoredRequest {
  Id request_id;
  std::string party;
  std::string digest;  // SHA-256 of method and request.
  std::string partition;
  std::int64_t event_sequence = 0;
};

// A message for a party, in the order of its own sequence; Watch streams read these.
struct StoredNotice {
  std::string recipient;
  std::int64_t sequence = 0;
  RecordKey subject;
  std::string what;
  std::int64_t recorded_us = 0;
};

// The counters and the Merkle frontier of one partition.
struct PartitionState {
  std::int64_t events = 0;     // Sequence of the last event.
  std::int64_t transfers = 0;  // Sequence of the last transfer.
  std::int64_t notices = 0;    // Sequence of the last notice to the party of this name.
  std::string frontier;        // Serialised audit::Frontier over the event leaves.
  bool operator==(const PartitionState&) const = default;
};

// How many keys name records of one partition.
struct KeyCount {
  std::string partition;
  std::int64_t unique = 0;
  std::int64_t lookup = 0;
  bool operator==(const KeyCount&) const = default;
};

struct StoredTreeHead {
  std::int64_t size = 0;
  std::string head;  // Canonical bytes of audit::TreeHead.
  std::string signature;
};

// One consistent view of the store. Every read sees the same moment. Not thread-safe; one user at a
// time. Errors: UNAVAILABLE when the store cannot be read, DATA_LOSS when it is corrupt.
class ReadView {
 public:
  virtual ~ReadView() = default;
  virtual absl::StatusOr<std::optional<std::string>> Find(const RecordKey& key) = 0;
  // Records of one kind in a partition, by id, after `after`.
  virtual absl::StatusOr<std::vector<StoredRecord>> Scan(const std::string& partition,
                                                         domain::RecordKind kind, Id after,
                                                         std::size_t limit) = 0;
  virtual absl::StatusOr<std::optional<RecordKey>> FindUnique(domain::UniqueKeyKind kind,
                                                              std::string_view key) = 0;
  // In order of partition and id.
  virtual absl::StatusOr<std::vector<RecordKey>> FindAll(domain::LookupKind kind,
                                                         std::string_view key) = 0;
  // Whether the record is among those that the key finds; as cheap for one as for a million.
  virtual absl::StatusOr<bool> HasLookup(domain::LookupKind kind, std::string_view key,
                                         const RecordKey& record) = 0;
  // One walk over all keys; partitions without any are left out.
  virtual absl::StatusOr<std::vector<KeyCount>> CountKeys() = 0;
  virtual absl::StatusOr<ledger::Balances> BalancesOf(const std::string& pool) = 0;
  virtual absl::StatusOr<std::vector<ledger::Transfer>> Transfers(const std::string& pool,
                                                                  std::int64_t after,
                                                                  std::size_t limit) = 0;
  virtual absl::StatusOr<std::optional<ledger::Transfer>> FindTransfer(const std::string& pool,
                                                                       std::int64_t sequence) = 0;
  virtual absl::StatusOr<std::vector<StoredEvent>> Events(const std::string& partition,
                                                          std::int64_t after,
                                                          std::size_t limit) = 0;
  virtual absl::StatusOr<std::optional<StoredRequest>> FindRequest(Id request_id,
                                                                   const std::string& party) = 0;
  virtual absl::StatusOr<std::vector<StoredNotice>> Notices(const std::string& recipient,
                                                            std::int64_t after,
                                                            std::size_t limit) = 0;
  virtual absl::StatusOr<PartitionState> StateOf(const std::string& partition) = 0;
  virtual absl::StatusOr<std::vector<std::string>> Partitions() = 0;
  // Signed heads with size > after, oldest first.
  virtual absl::StatusOr<std::vector<StoredTreeHead>> TreeHeads(const std::string& partition,
                                                                std::int64_t after,
                                                                std::size_t limit) = 0;
  virtual absl::StatusOr<std::optional<StoredTreeHead>> LatestTreeHead(
      const std::string& partition) = 0;
};

// Everything one batch of commands writes; committed as a whole or not at all.
struct WriteSet {
  struct RecordWrite {
    RecordKey key;
    std::string body;
  };
  struct UniqueWrite {
    domain::UniqueKeyKind kind;
    std::string key;
    RecordKey record;
  };
  struct LookupWrite {
    domain::LookupKind kind;
    std::string key;
    RecordKey record;
  };
  std::vector<RecordWrite> records;
  std::vector<UniqueWrite> unique_added;
  std::vector<std::pair<domain::UniqueKeyKind, std::string>> unique_removed;
  std::vector<LookupWrite> lookup_added;
  std::vector<LookupWrite> lookup_removed;
  std::vector<std::pair<std::string, ledger::Transfer>> transfers;  // Pool, transfer.
  std::vector<std::pair<std::string, ledger::Balances>> balances;   // Pool, all its balances.
  std::vector<std::pair<std::string, StoredEvent>> events;          // Partition, event.
  std::vector<StoredRequest> requests;
  std::vector<StoredNotice> notices;
  std::vector<std::pair<std::string, PartitionState>> partitions;
  std::vector<std::pair<std::string, StoredTreeHead>> tree_heads;
};

// The transactional store. One writer (one thread at a time between Begin and Commit or Rollback),
// any number of snapshots on any threads; snapshots never wait for the writer. A unique key that is
// already taken, a record id or request id written twice as new, and a sequence with a gap fail
// Commit as a whole.
class Store {
 public:
  virtual ~Store() = default;
  // ABORTED asks for another try of the whole batch (a serialization failure).
  virtual absl::Status Begin() = 0;
  // What the writer sees between Begin and Commit.
  virtual ReadView& writer_view() = 0;
  // Durable when it returns OK: synced to disk. On error the transaction is rolled back.
  virtual absl::Status Commit(const WriteSet& writes) = 0;
  virtual void Rollback() = 0;
  virtual absl::StatusOr<std::unique_ptr<ReadView>> Snapshot() = 0;
  // Forgets request ids whose own time is before `before`.
  virtual absl::Status PurgeRequests(absl::Time before) = 0;
  // Moves the write-ahead log into the main file; called off the commit path.
  virtual absl::Status Checkpoint() = 0;
  // A consistent copy of the running store.
  virtual absl::Status BackupTo(const std::string& path) = 0;
};

// Seals records and events at rest, under the key of their partition and bound to their place.
class RecordSeal {
 public:
  virtual ~RecordSeal() = default;
  virtual std::string Seal(const std::string& partition, std::string_view place,
                           std::string_view plain) = 0;
  virtual absl::StatusOr<std::string> Open(const std::string& partition, std::string_view place,
                                           std::string_view sealed) = 0;
};

// Turns values that identify people into tokens that are equal exactly when the values are.
class Blinder {
 public:
  virtual ~Blinder() = default;
  virtual std::string IdNumber(std::string_view normalised) = 0;
  virtual std::string Name(std::string_view normalised) = 0;
  virtual std::string CaseNumber(std::string_view normalised) = 0;
};

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PORTS_H_
