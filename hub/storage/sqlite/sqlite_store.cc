#include "hub/storage/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/mutex.h"
#include "hub/base/status.h"
#include "hub/storage/migrations.h"
#include "hub/storage/sqlite/checkpointer.h"
#include "hub/storage/sqlite/connection.h"
#include "hub/storage/sqlite/read_view.h"

namespace recoup::storage {
namespace {

// A lock file that one hub holds for as long as it lives: two writers would each keep counters of
// their own.
class StoreLock {
 public:
  static absl::StatusOr<std::unique_ptr<StoreLock>> Take(const std::string& path) {
    const int file = open(absl::StrCat(path, ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
      return MakeError(Reason::kStoreUnavailable, "the lock file of the store cannot be opened");
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
      close(file);
      return MakeError(Reason::kStoreUnavailable, "another hub has this store open");
    }
    return std::unique_ptr<StoreLock>(new StoreLock(file));
  }
  ~StoreLock() { close(file_); }
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  explicit StoreLock(int file) : file_(file) {}
  int file_;
};

absl::Status Migrate(SQLite::Database& database) {
  return Guard([&]() -> absl::Status {
    const auto version = database.execAndGet("PRAGMA user_version").getInt();
    const std::vector<Migration>& migrations = Migrations();
    if (version > static_cast<int>(migrations.size())) {
      return MakeError(Reason::kStoreUnavailable,
                       absl::StrCat("the store has schema version ", version,
                                    "; this program knows ", migrations.size()));
    }
    for (const Migration& migration : migrations) {
      if (migration.number <= version) continue;
      SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
      database.exec(std::string(migration.sql));
      database.exec(absl::StrCat("PRAGMA user_version = ", migration.number));
      transaction.commit();
    }
    return absl::OkStatus();
  });
}

// Connections for snapshots, reused. Shared by the store and its snapshots, which may outlive it.
class ReaderPool {
 public:
  explicit ReaderPool(std::string path) : path_(std::move(path)) {}

  absl::StatusOr<std::unique_ptr<SQLite::Database>> Take() {
    {
      const MutexLock lock(mutex_);
      if (!idle_.empty()) {
        auto database = std::move(idle_.front());
        idle_.pop_front();
        return database;
      }
    }
    return OpenConnection(path_, OpenMode::kReadOnly);
  }
  void GiveBack(std::unique_ptr<SQLite::Database> database) {
    const MutexLock lock(mutex_);
    if (idle_.size() < kIdleMax) idle_.push_back(std::move(database));
  }

 private:
  static constexpr std::size_t kIdleMax = 16;
  const std::string path_;
  Mutex mutex_;
  std::deque<std::unique_ptr<SQLite::Database>> idle_ RECOUP_GUARDED_BY(mutex_);
};

// A read transaction; the connection goes back to the pool when it ends. The base part (statements)
// is destroyed before the connection is handed back, so it is held as a member, not as a base.
class SqliteSnapshot final : public app::ReadView {
 public:
  static absl::StatusOr<std::unique_ptr<app::ReadView>> Open(std::shared_ptr<ReaderPool> pool) {
    RECOUP_ASSIGN_OR_RETURN(std::unique_ptr<SQLite::Database> database, pool->Take());
    RECOUP_RETURN_IF_ERROR(Guard([&]() -> absl::Status {
      database->exec("BEGIN");
      // BEGIN is deferred: the first read fixes the moment the snapshot shows.
      database->execAndGet("SELECT COUNT(*) FROM partition");
      return absl::OkStatus();
    }));
    return std::unique_ptr<app::ReadView>(new SqliteSnapshot(std::move(pool), std::move(database)));
  }
  ~SqliteSnapshot() override {
    view_.reset();
    try {
      database_->exec("ROLLBACK");
      pool_->GiveBack(std::move(database_));
    } catch (const SQLite::Exception&) {
      // A connection that cannot end its read is not used again.
    }
  }
  SqliteSnapshot(const SqliteSnapshot&) = delete;
  SqliteSnapshot& operator=(const SqliteSnapshot&) = delete;

  absl::StatusOr<std::optional<std::string>> Find(const app::RecordKey& key) override {
    return view_->Find(key);
  }
  absl::StatusOr<std::vector<app::StoredRecord>> Scan(const std::string& partition,
                                                      domain::RecordKind kind, Id after,
                                                      std::size_t limit) override {
    return view_->Scan(partition, kind, after, limit);
  }
  absl::StatusOr<std::optional<app::RecordKey>> FindUnique(domain::UniqueKeyKind kind,
                                                           std::string_view key) override {
    return view_->FindUnique(kind, key);
  }
  absl::StatusOr<std::vector<app::RecordKey>> FindAll(domain::LookupKind kind,
                                                      std::string_view key) override {
    return view_->FindAll(kind, key);
  }
  absl::StatusOr<bool> HasLookup(domain::LookupKind kind, std::string_view key,
                                 const app::RecordKey& record) override {
    return view_->HasLookup(kind, key, record);
  }
  absl::StatusOr<std::vector<app::KeyCount>> CountKeys() override { return view_->CountKeys(); }
  absl::StatusOr<ledger::Balances> BalancesOf(const std::string& pool) override {
    return view_->BalancesOf(pool);
  }
  absl::StatusOr<std::vector<ledger::Transfer>> Transfers(const std::string& pool,
                                                          std::int64_t after,
                                                          std::size_t limit) override {
    return view_->Transfers(pool, after, limit);
  }
  absl::StatusOr<std::optional<ledger::Transfer>> FindTransfer(const std::string& pool,
                                                               std::int64_t sequence) override {
    return view_->FindTransfer(pool, sequence);
  }
  absl::StatusOr<std::vector<app::StoredEvent>> Events(const std::string& partition,
                                                       std::int64_t after,
                                                       std::size_t limit) override {
    return view_->Events(partition, after, limit);
  }
  absl::StatusOr<std::optional<app::StoredRequest>> FindRequest(Id request_id,
                                                                const std::string& party) override {
    return view_->FindRequest(request_id, party);
  }
  absl::StatusOr<std::vector<app::StoredNotice>> Notices(const std::string& recipient,
                                                         std::int64_t after,
                                                         std::size_t limit) override {
    return view_->Notices(recipient, after, limit);
  }
  absl::StatusOr<app::PartitionState> StateOf(const std::string& partition) override {
    return view_->StateOf(partition);
  }
  absl::StatusOr<std::vector<std::string>> Partitions() override { return view_->Partitions(); }
  absl::StatusOr<std::vector<app::StoredTreeHead>> TreeHeads(const std::string& partition,
                                                             std::int64_t after,
                                                             std::size_t limit) override {
    return view_->TreeHeads(partition, after, limit);
  }
  absl::StatusOr<std::optional<app::StoredTreeHead>> LatestTreeHead(
      const std::string& partition) override {
    return view_->LatestTreeHead(partition);
  }

 private:
  SqliteSnapshot(std::shared_ptr<ReaderPool> pool, std::unique_ptr<SQLite::Database> database)
      : pool_(std::move(pool)),
        database_(std::move(database)),
        view_(std::make_unique<SqliteReadView>(*database_)) {}

  std::shared_ptr<ReaderPool> pool_;
  std::unique_ptr<SQLite::Database> database_;
  std::unique_ptr<SqliteReadView> view_;
};

class SqliteStore final : public app::Store {
 public:
  SqliteStore(std::string path, std::unique_ptr<StoreLock> lock,
              std::unique_ptr<SQLite::Database> database)
      : path_(std::move(path)),
        lock_(std::move(lock)),
        database_(std::move(database)),
        checkpointer_(path_, *database_),
        view_(*database_),
        readers_(std::make_shared<ReaderPool>(path_)),
        add_partition_(*database_, "INSERT INTO partition (name) VALUES (?)"),
        put_record_(*database_,
                    "INSERT INTO record (partition, kind, id, body) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (partition, kind, id) DO UPDATE SET body = excluded.body"),
        add_unique_(*database_,
                    "INSERT INTO unique_key (kind, key, partition, record_kind, id) VALUES (?, ?, "
                    "?, ?, ?)"),
        remove_unique_(*database_, "DELETE FROM unique_key WHERE kind = ? AND key = ?"),
        add_lookup_(*database_,
                    "INSERT INTO lookup_key (kind, key, partition, record_kind, id) VALUES (?, ?, "
                    "?, ?, ?)"),
        remove_lookup_(*database_,
                       "DELETE FROM lookup_key WHERE kind = ? AND key = ? AND partition = ? AND "
                       "record_kind = ? "
                       "AND id = ?"),
        add_transfer_(*database_,
                      "INSERT INTO transfer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        put_balance_(*database_,
                     "INSERT INTO balance (partition, account, amount) VALUES (?, ?, ?) "
                     "ON CONFLICT (partition, account) DO UPDATE SET amount = excluded.amount"),
        add_event_(*database_,
                   "INSERT INTO event (position, header, leaf, body) VALUES (?, ?, ?, ?)"),
        add_request_(*database_,
                     "INSERT INTO request (id, party, digest, event_position) VALUES (?, ?, ?, ?)"),
        add_notice_(*database_, "INSERT INTO notice VALUES (?, ?, ?, ?, ?, ?)"),
        put_state_(*database_,
                   "UPDATE partition SET events = ?, transfers = ?, notices = ?, frontier = ? "
                   "WHERE number = ?"),
        add_head_(*database_,
                  "INSERT INTO tree_head (position, head, signature) VALUES (?, ?, ?)") {}

  absl::Status Begin() override {
    return Guard([&]() -> absl::Status {
      database_->exec("BEGIN IMMEDIATE");
      return absl::OkStatus();
    });
  }
  app::ReadView& writer_view() override { return view_; }

  absl::Status Commit(const app::WriteSet& writes) override {
    const absl::Status written = Guard([&]() -> absl::Status {
      WriteRecords(writes);
      WriteJournal(writes);
      WriteLog(writes);
      database_->exec("COMMIT");
      return absl::OkStatus();
    });
    if (!written.ok()) {
      Rollback();
    } else {
      checkpointer_.AfterCommit();
    }
    return written;
  }

  void Rollback() override {
    view_.ForgetPartitions();  // Numbers given in this transaction are gone with it.
    try {
      database_->exec("ROLLBACK");
    } catch (const SQLite::Exception&) {
      // SQLite has already rolled back by itself, for instance when the disk is full.
    }
  }

  absl::StatusOr<std::unique_ptr<app::ReadView>> Snapshot() override {
    return SqliteSnapshot::Open(readers_);
  }

  absl::Status PurgeRequests(absl::Time before) override {
    return Guard([&]() -> absl::Status {
      const Id bound{static_cast<std::uint64_t>(absl::ToUnixMillis(before)) << 16, 0};
      SQLite::Statement statement(*database_, "DELETE FROM request WHERE id < ?");
      const std::string bytes = bound.ToBytes();
      BindBlob(statement, 1, bytes);
      statement.exec();
      return absl::OkStatus();
    });
  }

  absl::Status Checkpoint() override { return checkpointer_.Pass(); }

  absl::Status BackupTo(const std::string& path) override { return BackupSqlite(path_, path); }

 private:
  std::int64_t NumberFor(const std::string& partition) {
    if (const auto number = view_.NumberOf(partition)) return *number;
    add_partition_.bindNoCopy(1, partition);
    Run(add_partition_);
    return *view_.NumberOf(partition);
  }

  static void Run(SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
  }

  void WriteRecords(const app::WriteSet& writes) {
    // In key order: neighbours share pages. Ids are time-ordered, so new records are appended.
    std::vector<const app::WriteSet::RecordWrite*> records;
    records.reserve(writes.records.size());
    for (const auto& record : writes.records) records.push_back(&record);
    std::sort(records.begin(), records.end(),
              [](const auto* a, const auto* b) { return a->key < b->key; });
    for (const auto* record : records) {
      const std::string id = record->key.id.ToBytes();
      put_record_.bind(1, NumberFor(record->key.partition));
      put_record_.bind(2, static_cast<int>(record->key.kind));
      BindBlob(put_record_, 3, id);
      BindBlob(put_record_, 4, record->body);
      Run(put_record_);
    }
    for (const auto& [kind, key] : writes.unique_removed) {
      remove_unique_.bind(1, static_cast<int>(kind));
      BindBlob(remove_unique_, 2, key);
      Run(remove_unique_);
    }
    for (const auto* added : InKeyOrder(writes.unique_added)) {
      const std::string id = added->record.id.ToBytes();
      add_unique_.bind(1, static_cast<int>(added->kind));
      BindBlob(add_unique_, 2, added->key);
      BindRecord(add_unique_, added->record, id);
      Run(add_unique_);
    }
    for (const auto* removed : InKeyOrder(writes.lookup_removed)) {
      WriteLookup(remove_lookup_, *removed);
    }
    for (const auto* added : InKeyOrder(writes.lookup_added)) WriteLookup(add_lookup_, *added);
  }

  // As their table is ordered, so that the group visits each page of it once.
  template <typename Write>
  static std::vector<const Write*> InKeyOrder(const std::vector<Write>& writes) {
    std::vector<const Write*> ordered;
    ordered.reserve(writes.size());
    for (const Write& write : writes) ordered.push_back(&write);
    std::sort(ordered.begin(), ordered.end(), [](const Write* a, const Write* b) {
      return std::tie(a->kind, a->key, a->record.id) < std::tie(b->kind, b->key, b->record.id);
    });
    return ordered;
  }

  // `id` is bound without a copy, so the caller keeps it until the statement has run.
  void BindRecord(SQLite::Statement& statement, const app::RecordKey& record,
                  const std::string& id) {
    statement.bind(3, NumberFor(record.partition));
    statement.bind(4, static_cast<int>(record.kind));
    BindBlob(statement, 5, id);
  }

  void WriteLookup(SQLite::Statement& statement, const app::WriteSet::LookupWrite& write) {
    const std::string id = write.record.id.ToBytes();
    statement.bind(1, static_cast<int>(write.kind));
    BindBlob(statement, 2, write.key);
    BindRecord(statement, write.record, id);
    Run(statement);
  }

  void WriteJournal(const app::WriteSet& writes) {
    for (const auto& [pool, transfer] : writes.transfers) {
      const std::string advance = transfer.posting.advance.value.ToBytes();
      const std::string demand = transfer.posting.demand.value.ToBytes();
      const std::string entry = transfer.posting.entry.value.ToBytes();
      add_transfer_.bind(1, Position(NumberFor(pool), transfer.sequence));
      add_transfer_.bind(2, NumberFor(transfer.event_partition));
      add_transfer_.bind(3, transfer.event_sequence);
      add_transfer_.bind(4, transfer.recorded_us);
      add_transfer_.bind(5, static_cast<int>(transfer.posting.debit));
      add_transfer_.bind(6, static_cast<int>(transfer.posting.credit));
      add_transfer_.bind(7, transfer.posting.amount.fen());
      BindBlob(add_transfer_, 8, advance);
      BindBlob(add_transfer_, 9, demand);
      BindBlob(add_transfer_, 10, entry);
      add_transfer_.bind(11, transfer.debit_balance.fen());
      add_transfer_.bind(12, transfer.credit_balance.fen());
      Run(add_transfer_);
    }
    for (const auto& [pool, balances] : writes.balances) {
      for (const ledger::Account account : domain::AllOf<ledger::Account>()) {
        put_balance_.bind(1, NumberFor(pool));
        put_balance_.bind(2, static_cast<int>(account));
        put_balance_.bind(3, balances.at(account).fen());
        Run(put_balance_);
      }
    }
  }

  void WriteLog(const app::WriteSet& writes) {
    for (const auto& [partition, event] : writes.events) {
      add_event_.bind(1, Position(NumberFor(partition), event.sequence));
      BindBlob(add_event_, 2, event.header);
      BindBlob(add_event_, 3, event.leaf);
      BindBlob(add_event_, 4, event.body);
      Run(add_event_);
    }
    for (const app::StoredRequest& request : writes.requests) {
      const std::string id = request.request_id.ToBytes();
      BindBlob(add_request_, 1, id);
      add_request_.bindNoCopy(2, request.party);
      BindBlob(add_request_, 3, request.digest);
      add_request_.bind(4, Position(NumberFor(request.partition), request.event_sequence));
      Run(add_request_);
    }
    for (const app::StoredNotice& notice : writes.notices) {
      const std::string id = notice.subject.id.ToBytes();
      add_notice_.bind(1, Position(NumberFor(notice.recipient), notice.sequence));
      add_notice_.bind(2, NumberFor(notice.subject.partition));
      add_notice_.bind(3, static_cast<int>(notice.subject.kind));
      BindBlob(add_notice_, 4, id);
      add_notice_.bindNoCopy(5, notice.what);
      add_notice_.bind(6, notice.recorded_us);
      Run(add_notice_);
    }
    for (const auto& [partition, state] : writes.partitions) {
      put_state_.bind(1, state.events);
      put_state_.bind(2, state.transfers);
      put_state_.bind(3, state.notices);
      BindBlob(put_state_, 4, state.frontier);
      put_state_.bind(5, NumberFor(partition));
      Run(put_state_);
    }
    for (const auto& [partition, head] : writes.tree_heads) {
      add_head_.bind(1, Position(NumberFor(partition), head.size));
      BindBlob(add_head_, 2, head.head);
      BindBlob(add_head_, 3, head.signature);
      Run(add_head_);
    }
  }

  const std::string path_;
  std::unique_ptr<StoreLock> lock_;
  std::unique_ptr<SQLite::Database> database_;
  Checkpointer checkpointer_;
  SqliteReadView view_;
  std::shared_ptr<ReaderPool> readers_;
  SQLite::Statement add_partition_, put_record_, add_unique_, remove_unique_, add_lookup_,
      remove_lookup_, add_transfer_, put_balance_, add_event_, add_request_, add_notice_,
      put_state_, add_head_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<app::Store>> OpenSqliteStore(const std::string& path) {
  RECOUP_ASSIGN_OR_RETURN(std::unique_ptr<StoreLock> lock, StoreLock::Take(path));
  RECOUP_ASSIGN_OR_RETURN(std::unique_ptr<SQLite::Database> database,
                          OpenConnection(path, OpenMode::kReadWrite));
  RECOUP_RETURN_IF_ERROR(Migrate(*database));
  return Guard([&]() -> absl::StatusOr<std::unique_ptr<app::Store>> {
    return std::make_unique<SqliteStore>(path, std::move(lock), std::move(database));
  });
}

absl::StatusOr<std::unique_ptr<app::ReadView>> OpenSqliteReadOnly(const std::string& path) {
  return SqliteSnapshot::Open(std::make_shared<ReaderPool>(path));
}

}  // namespace recoup::storage
