#include "tests/support/memory_store.h"

#include <map>
#include <set>
#include <utility>

#include "hub/base/mutex.h"
#include "hub/base/status.h"

namespace recoup::testing {
namespace {

using app::RecordKey;

// Rows of one log or journal, in order of their sequence from 1.
template <typename Row>
using Rows = std::map<std::string, std::vector<Row>>;

struct State {
  std::map<RecordKey, std::string> records;
  std::map<std::pair<int, std::string>, RecordKey> unique;
  std::map<std::pair<int, std::string>, std::set<RecordKey>> lookup;
  Rows<ledger::Transfer> transfers;
  std::map<std::string, ledger::Balances> balances;
  Rows<app::StoredEvent> events;
  std::map<std::pair<Id, std::string>, app::StoredRequest> requests;
  Rows<app::StoredNotice> notices;
  std::map<std::string, app::PartitionState> partitions;
  std::map<std::string, std::map<std::int64_t, app::StoredTreeHead>> heads;
};

template <typename Row>
std::vector<Row> After(const Rows<Row>& rows, const std::string& of, std::int64_t after,
                       std::size_t limit) {
  const auto found = rows.find(of);
  if (found == rows.end()) return {};
  const auto size = static_cast<std::int64_t>(found->second.size());
  const std::int64_t begin = std::min(after, size);
  const std::int64_t end = std::min(size, begin + static_cast<std::int64_t>(limit));
  return {found->second.begin() + begin, found->second.begin() + end};
}

class MemoryView final : public app::ReadView {
 public:
  // Of the writer: sees what is committed. Of a snapshot: owns its copy.
  explicit MemoryView(const State& state) : state_(state) {}
  explicit MemoryView(std::unique_ptr<const State> state) : own_(std::move(state)), state_(*own_) {}

  absl::StatusOr<std::optional<std::string>> Find(const RecordKey& key) override {
    const auto found = state_.records.find(key);
    if (found == state_.records.end()) return std::nullopt;
    return found->second;
  }
  absl::StatusOr<std::vector<app::StoredRecord>> Scan(const std::string& partition,
                                                      domain::RecordKind kind, Id after,
                                                      std::size_t limit) override {
    std::vector<app::StoredRecord> rows;
    for (auto it = state_.records.upper_bound({partition, kind, after});
         it != state_.records.end() && it->first.partition == partition && it->first.kind == kind &&
         rows.size() < limit;
         ++it) {
      rows.push_back({it->first.id, it->second});
    }
    return rows;
  }
  absl::StatusOr<std::optional<RecordKey>> FindUnique(domain::UniqueKeyKind kind,
                                                      std::string_view key) override {
    const auto found = state_.unique.find({static_cast<int>(kind), std::string(key)});
    if (found == state_.unique.end()) return std::nullopt;
    return found->second;
  }
  absl::StatusOr<std::vector<RecordKey>> FindAll(domain::LookupKind kind,
                                                 std::string_view key) override {
    const auto found = state_.lookup.find({static_cast<int>(kind), std::string(key)});
    if (found == state_.lookup.end()) return std::vector<RecordKey>();
    return std::vector<RecordKey>(found->second.begin(), found->second.end());
  }
  absl::StatusOr<bool> HasLookup(domain::LookupKind kind, std::string_view key,
                                 const RecordKey& record) override {
    const auto found = state_.lookup.find({static_cast<int>(kind), std::string(key)});
    return found != state_.lookup.end() && found->second.contains(record);
  }
  absl::StatusOr<std::vector<app::KeyCount>> CountKeys() override {
    std::map<std::string, app::KeyCount> counts;
    for (const auto& [key, record] : state_.unique) ++counts[record.partition].unique;
    for (const auto& [key, records] : state_.lookup) {
      for (const RecordKey& record : records) ++counts[record.partition].lookup;
    }
    std::vector<app::KeyCount> all;
    for (auto& [partition, count] : counts) {
      count.partition = partition;
      all.push_back(std::move(count));
    }
    return all;
  }
  absl::StatusOr<ledger::Balances> BalancesOf(const std::string& pool) override {
    const auto found = state_.balances.find(pool);
    return found == state_.balances.end() ? ledger::Balances() : found->second;
  }
  absl::StatusOr<std::vector<ledger::Transfer>> Transfers(const std::string& pool,
                                                          std::int64_t after,
                                                          std::size_t limit) override {
    return After(state_.transfers, pool, after, limit);
  }
  absl::StatusOr<std::optional<ledger::Transfer>> FindTransfer(const std::string& pool,
                                                               std::int64_t sequence) override {
    std::vector<ledger::Transfer> found = After(state_.transfers, pool, sequence - 1, 1);
    if (found.empty()) return std::nullopt;
    return found.front();
  }
  absl::StatusOr<std::vector<app::StoredEvent>> Events(const std::string& partition,
                                                       std::int64_t after,
                                                       std::size_t limit) override {
    return After(state_.events, partition, after, limit);
  }
  absl::StatusOr<std::optional<app::StoredRequest>> FindRequest(Id request_id,
                                                                const std::string& party) override {
    const auto found = state_.requests.find({request_id, party});
    if (found == state_.requests.end()) return std::nullopt;
    return found->second;
  }
  absl::StatusOr<std::vector<app::StoredNotice>> Notices(const std::string& recipient,
                                                         std::int64_t after,
                                                         std::size_t limit) override {
    return After(state_.notices, recipient, after, limit);
  }
  absl::StatusOr<app::PartitionState> StateOf(const std::string& partition) override {
    const auto found = state_.partitions.find(partition);
    return found == state_.partitions.end() ? app::PartitionState() : found->second;
  }
  absl::StatusOr<std::vector<std::string>> Partitions() override {
    std::vector<std::string> names;
    for (const auto& [name, state] : state_.partitions) names.push_back(name);
    return names;
  }
  absl::StatusOr<std::vector<app::StoredTreeHead>> TreeHeads(const std::string& partition,
                                                             std::int64_t after,
                                                             std::size_t limit) override {
    std::vector<app::StoredTreeHead> heads;
    const auto found = state_.heads.find(partition);
    if (found == state_.heads.end()) return heads;
    for (auto it = found->second.upper_bound(after);
         it != found->second.end() && heads.size() < limit; ++it) {
      heads.push_back(it->second);
    }
    return heads;
  }
  absl::StatusOr<std::optional<app::StoredTreeHead>> LatestTreeHead(
      const std::string& partition) override {
    const auto found = state_.heads.find(partition);
    if (found == state_.heads.end()) return std::nullopt;
    return found->second.rbegin()->second;
  }

 private:
  const std::unique_ptr<const State> own_;
  const State& state_;
};

absl::Status Broken(const char* what) { return absl::InternalError(what); }

// Everything a commit may break, before anything is written.
absl::Status Check(const State& state, const app::WriteSet& writes) {
  std::set<std::pair<int, std::string>> removed;
  for (const auto& [kind, key] : writes.unique_removed)
    removed.insert({static_cast<int>(kind), key});
  std::set<std::pair<int, std::string>> added;
  for (const auto& write : writes.unique_added) {
    const std::pair key(static_cast<int>(write.kind), write.key);
    if (!added.insert(key).second || (state.unique.contains(key) && !removed.contains(key))) {
      return Broken("a unique key is taken");
    }
  }
  std::map<std::string, std::int64_t> last;
  const auto in_order = [&](const auto& rows, const std::string& of, std::int64_t sequence) {
    const auto known = rows.find(of);
    const auto stored = known == rows.end() ? 0 : static_cast<std::int64_t>(known->second.size());
    const std::int64_t before = last.try_emplace(of, stored).first->second;
    last[of] = sequence;
    return sequence == before + 1;
  };
  for (const auto& [pool, transfer] : writes.transfers) {
    if (!in_order(state.transfers, pool, transfer.sequence)) return Broken("a gap in a journal");
  }
  last.clear();
  for (const auto& [partition, event] : writes.events) {
    if (!in_order(state.events, partition, event.sequence)) return Broken("a gap in a log");
  }
  last.clear();
  for (const app::StoredNotice& notice : writes.notices) {
    if (!in_order(state.notices, notice.recipient, notice.sequence)) return Broken("a lost notice");
  }
  std::set<std::pair<Id, std::string>> requests;
  for (const app::StoredRequest& request : writes.requests) {
    const std::pair key(request.request_id, request.party);
    if (!requests.insert(key).second || state.requests.contains(key)) {
      return Broken("a request id is remembered already");
    }
  }
  return absl::OkStatus();
}

void Write(State& state, const app::WriteSet& writes) {
  for (const auto& record : writes.records) {
    state.partitions.try_emplace(record.key.partition);
    state.records[record.key] = record.body;
  }
  for (const auto& [kind, key] : writes.unique_removed) {
    state.unique.erase({static_cast<int>(kind), key});
  }
  for (const auto& added : writes.unique_added) {
    state.unique[{static_cast<int>(added.kind), added.key}] = added.record;
  }
  for (const auto& removed : writes.lookup_removed) {
    const auto found = state.lookup.find({static_cast<int>(removed.kind), removed.key});
    if (found == state.lookup.end()) continue;
    found->second.erase(removed.record);
    if (found->second.empty()) state.lookup.erase(found);
  }
  for (const auto& added : writes.lookup_added) {
    state.lookup[{static_cast<int>(added.kind), added.key}].insert(added.record);
  }
  for (const auto& [pool, transfer] : writes.transfers) state.transfers[pool].push_back(transfer);
  for (const auto& [pool, balances] : writes.balances) state.balances[pool] = balances;
  for (const auto& [partition, event] : writes.events) state.events[partition].push_back(event);
  for (const app::StoredRequest& request : writes.requests) {
    state.requests[{request.request_id, request.party}] = request;
  }
  for (const app::StoredNotice& notice : writes.notices) {
    state.notices[notice.recipient].push_back(notice);
  }
  for (const auto& [partition, partition_state] : writes.partitions) {
    state.partitions[partition] = partition_state;
  }
  for (const auto& [partition, head] : writes.tree_heads) {
    state.heads[partition][head.size] = head;
  }
}

class MemoryStore final : public app::Store {
 public:
  explicit MemoryStore(std::function<void(const app::WriteSet&)> watch)
      : watch_(std::move(watch)) {}

  absl::Status Begin() override { return absl::OkStatus(); }
  // Only the writer changes the state, so it reads without the lock.
  app::ReadView& writer_view() override { return view_; }
  absl::Status Commit(const app::WriteSet& writes) override {
    {
      const MutexLock lock(mutex_);
      RECOUP_RETURN_IF_ERROR(Check(state_, writes));
      Write(state_, writes);
    }
    if (watch_) watch_(writes);
    return absl::OkStatus();
  }
  void Rollback() override {}
  absl::StatusOr<std::unique_ptr<app::ReadView>> Snapshot() override {
    const MutexLock lock(mutex_);
    return std::make_unique<MemoryView>(std::make_unique<const State>(state_));
  }
  absl::Status PurgeRequests(absl::Time before) override {
    const MutexLock lock(mutex_);
    std::erase_if(state_.requests,
                  [&](const auto& request) { return request.first.first.time() < before; });
    return absl::OkStatus();
  }
  absl::Status Checkpoint() override { return absl::OkStatus(); }
  absl::Status BackupTo(const std::string& /*path*/) override {
    return absl::UnimplementedError("a store in memory has no file");
  }

 private:
  const std::function<void(const app::WriteSet&)> watch_;
  Mutex mutex_;  // Between the writer and those who take snapshots.
  State state_;
  MemoryView view_{state_};
};

}  // namespace

std::unique_ptr<app::Store> MakeMemoryStore(std::function<void(const app::WriteSet&)> watch) {
  return std::make_unique<MemoryStore>(std::move(watch));
}

}  // namespace recoup::testing
