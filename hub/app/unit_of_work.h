// A unit of work: what one command reads and wants written.
//
// A Batch holds what the accepted commands of one transaction have changed so far; a UnitOfWork
// lays one more command over it. A command that is refused drops its unit of work and leaves no
// trace in its neighbours; one that is accepted is absorbed. At the end the batch becomes one
// WriteSet, each touched record written once. Reads see the command's own changes first, then the
// batch's, then the store's. Not thread-safe: both belong to the engine's writer.
#ifndef RECOUP_HUB_APP_UNIT_OF_WORK_H_
#define RECOUP_HUB_APP_UNIT_OF_WORK_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/app/ports.h"
#include "hub/app/record_reader.h"
#include "hub/domain/policy_data.h"

namespace recoup::app {

// Who sends a command: the organisation and, where the certificate says so, the person.
struct Caller {
  domain::PartyId party;
  std::string actor;  // "fund/pudong/wang-min"; equals the party where no person is named.
};

// A record without its type: what the batch needs to store it.
struct ErasedRecord {
  std::shared_ptr<const void> record;
  std::string (*encode)(const void*) = nullptr;
  void (*index)(const void*, domain::IndexEntries&) = nullptr;
};

template <StoredKind R>
ErasedRecord Erase(R record) {
  return {std::make_shared<const R>(std::move(record)),
          [](const void* r) { return domain::Encode(*static_cast<const R*>(r)); },
          [](const void* r, domain::IndexEntries& out) { static_cast<const R*>(r)->Index(out); }};
}

class Batch {
 public:
  Batch(ReadView& view, RecordSeal& seal) : view_(view), seal_(seal) {}

  // Turns everything absorbed into rows. The engine adds events, requests and tree heads.
  absl::Status AppendTo(WriteSet& writes);
  absl::StatusOr<PartitionState*> StateOf(const std::string& partition);
  const auto& partition_states() const { return states_; }
  ReadView& view() { return view_; }
  RecordSeal& seal() { return seal_; }
  // The effective-dated rules as of this batch: built-in rows and the stored ones.
  absl::StatusOr<const domain::PolicyData*> policy_data();
  bool policy_data_changed() const { return policy_data_changed_; }
  bool parties_changed() const { return parties_changed_; }

 private:
  friend class UnitOfWork;
  using IndexKey = std::pair<int, std::string>;

  struct Slot {
    domain::IndexEntries stored;  // Index entries of the row in the store; empty for a new record.
    ErasedRecord current;
    domain::IndexEntries entries;  // Of `current`.
    bool changed = false;
  };

  ReadView& view_;
  RecordSeal& seal_;
  absl::flat_hash_map<RecordKey, Slot> slots_;
  absl::flat_hash_map<IndexKey, std::optional<RecordKey>>
      unique_;  // What the batch knows of a unique key.
  absl::flat_hash_map<IndexKey, std::vector<RecordKey>> lookup_added_;
  absl::flat_hash_map<IndexKey, std::vector<RecordKey>> lookup_removed_;
  std::map<std::string, PartitionState> states_;
  std::map<std::string, ledger::Balances> balances_;
  std::vector<std::pair<std::string, ledger::Transfer>> transfers_;
  std::vector<StoredNotice> notices_;
  std::optional<domain::PolicyData> policy_data_;
  bool policy_data_changed_ = false;
  bool parties_changed_ = false;
};

class UnitOfWork {
 public:
  // `event_sequence` is the event this command will become in `event_partition`.
  UnitOfWork(Batch& batch, Caller caller, absl::Time now, IdSource& ids, Blinder& blinder,
             std::string event_partition, std::int64_t event_sequence)
      : batch_(batch),
        caller_(std::move(caller)),
        now_(now),
        ids_(ids),
        blinder_(blinder),
        event_partition_(std::move(event_partition)),
        event_sequence_(event_sequence) {}

  const Caller& caller() const { return caller_; }
  // The event this command will become, and where a partition stands before it.
  const std::string& event_partition() const { return event_partition_; }
  std::int64_t event_sequence() const { return event_sequence_; }
  absl::StatusOr<const PartitionState*> StateOf(const std::string& partition) {
    return batch_.StateOf(partition);
  }
  absl::Time now() const { return now_; }
  absl::CivilDay today() const;
  Blinder& blinder() { return blinder_; }
  template <typename TypedIdT>
  TypedIdT NewId() {
    return TypedIdT{ids_.Next(now_)};
  }
  absl::StatusOr<const domain::PolicyData*> policy_data() { return batch_.policy_data(); }

  // The record as this command sees it; nullptr when there is none. Valid until the next Put of it.
  template <StoredKind R>
  absl::StatusOr<const R*> Find(const std::string& partition, Id id) {
    const RecordKey key{partition, R::kKind, id};
    if (const auto mine = changed_.find(key); mine != changed_.end()) {
      return static_cast<const R*>(mine->second.record.record.get());
    }
    if (const auto slot = batch_.slots_.find(key); slot != batch_.slots_.end()) {
      return static_cast<const R*>(slot->second.current.record.get());
    }
    RECOUP_ASSIGN_OR_RETURN(const std::optional<std::string> body, batch_.view_.Find(key));
    if (!body) return nullptr;
    RECOUP_ASSIGN_OR_RETURN(R record, OpenRecord<R>(batch_.seal_, partition, id, *body));
    Batch::Slot slot;
    record.Index(slot.stored);
    slot.entries = slot.stored;
    slot.current = Erase(std::move(record));
    const auto* loaded = static_cast<const R*>(slot.current.record.get());
    batch_.slots_.emplace(key, std::move(slot));
    return loaded;
  }
  // A copy to change and Put back; NOT_FOUND when there is none.
  template <StoredKind R>
  absl::StatusOr<R> Get(const std::string& partition, Id id) {
    RECOUP_ASSIGN_OR_RETURN(const R* found, Find<R>(partition, id));
    if (found == nullptr) return NotFound("no such record");
    return *found;
  }
  template <StoredKind R>
  absl::StatusOr<std::optional<R>> FindBy(domain::UniqueKeyKind kind, std::string_view key) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<RecordKey> found, FindUnique(kind, key));
    if (!found || found->kind != R::kKind) return std::nullopt;
    RECOUP_ASSIGN_OR_RETURN(R record, Get<R>(found->partition, found->id));
    return record;
  }
  template <StoredKind R>
  absl::StatusOr<std::vector<R>> FindAllBy(domain::LookupKind kind, std::string_view key) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> keys, FindAll(kind, key));
    std::vector<R> records;
    for (const RecordKey& found : keys) {
      if (found.kind != R::kKind) continue;
      RECOUP_ASSIGN_OR_RETURN(R record, Get<R>(found.partition, found.id));
      records.push_back(std::move(record));
    }
    return records;
  }
  absl::StatusOr<std::optional<RecordKey>> FindUnique(domain::UniqueKeyKind kind,
                                                      std::string_view key);
  absl::StatusOr<std::vector<RecordKey>> FindAll(domain::LookupKind kind, std::string_view key);

  // Writes the record when the command is accepted; its version goes up by one.
  template <StoredKind R>
  void Put(R& record) {
    ++record.version;
    Change(KeyOf(record), Erase(record));
  }

  // Posts to the pool's ledgers and returns the sequence numbers of the transfers. On error nothing
  // is posted.
  absl::StatusOr<std::vector<std::int64_t>> Post(const std::string& pool,
                                                 const std::vector<ledger::Posting>& postings);
  absl::StatusOr<ledger::Balances> BalancesOf(const std::string& pool);

  // A message for a party, delivered by its Watch streams once the command is durable.
  absl::Status Notify(const domain::PartyId& recipient, RecordKey subject, std::string what);

  // Hands everything to the batch. ALREADY_EXISTS when a new record takes a unique key of another;
  // then nothing is absorbed and the command is refused.
  absl::Status Absorb();

 private:
  struct Changed {
    ErasedRecord record;
    domain::IndexEntries entries;
  };
  void Change(const RecordKey& key, ErasedRecord record);
  // What the batch and the store know of a key, without this command.
  absl::StatusOr<std::optional<RecordKey>> FindStoredUnique(const Batch::IndexKey& index_key);
  absl::Status CheckUnique(const RecordKey& key, const domain::IndexEntries& entries);

  Batch& batch_;
  Caller caller_;
  absl::Time now_;
  IdSource& ids_;
  Blinder& blinder_;
  std::string event_partition_;
  std::int64_t event_sequence_;
  std::map<RecordKey, Changed> changed_;
  // The index entries of `changed_`: a command may change ten thousand records (a bank statement).
  std::map<Batch::IndexKey, std::set<RecordKey>> own_unique_;
  std::map<Batch::IndexKey, std::set<RecordKey>> own_lookup_;
  std::map<std::string, ledger::Balances> balances_;
  std::map<std::string, std::int64_t> transfer_counts_;  // Transfers of this command, by pool.
  std::vector<std::pair<std::string, ledger::Transfer>> transfers_;
  std::vector<StoredNotice> notices_;
};

// Compiled once, in stored_records.cc.
#define RECOUP_RECORD_WORK(PREFIX, R)                                                      \
  PREFIX template absl::StatusOr<const R*> UnitOfWork::Find(const std::string&, Id);       \
  PREFIX template absl::StatusOr<R> UnitOfWork::Get(const std::string&, Id);               \
  PREFIX template absl::StatusOr<std::vector<R>> UnitOfWork::FindAllBy(domain::LookupKind, \
                                                                       std::string_view);  \
  PREFIX template void UnitOfWork::Put(R&);
#define RECOUP_DECLARE(R) RECOUP_RECORD_WORK(extern, domain::R)
RECOUP_STORED_RECORDS(RECOUP_DECLARE)
#undef RECOUP_DECLARE

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_UNIT_OF_WORK_H_
