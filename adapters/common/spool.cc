#include "adapters/common/spool.h"

#include <optional>
#include <utility>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/spool_schema.h"
#include "adapters/common/spool_statements.h"
#include "adapters/common/sqlite_file.h"
#include "adapters/common/stored_status.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::adapters {
namespace {

enum State : int { kWaiting = 0, kDelivered = 1, kRefused = 2, kDropped = 3 };

constexpr const char* StateName(int state) {
  constexpr const char* kNames[] = {"waiting", "delivered", "refused", "dropped"};
  return state >= 0 && state < 4 ? kNames[state] : "unknown";
}

// SQLiteCpp throws; nothing of it leaves this file.
template <typename Body>
auto Guarded(Body body) -> decltype(body()) {
  return GuardSqlite("spool", body);
}

constexpr char kItemColumns[] =
    "sequence, source_key, kind, order_key, payload, request_id, enqueued_ms";

SpooledItem ItemOf(SQLite::Statement& row) {
  SpooledItem spooled;
  spooled.sequence = row.getColumn(0).getInt64();
  spooled.item.source_key = BytesOf(row.getColumn(1));
  spooled.item.kind = BytesOf(row.getColumn(2));
  spooled.item.order_key = BytesOf(row.getColumn(3));
  spooled.item.payload = BytesOf(row.getColumn(4));
  spooled.item.request_id = Id::FromBytes(BytesOf(row.getColumn(5))).value_or(Id{});
  spooled.enqueued_time = absl::FromUnixMillis(row.getColumn(6).getInt64());
  return spooled;
}

absl::Status CheckItem(const SpoolItem& item) {
  Faults faults;
  if (item.source_key.empty()) faults.Add("source_key", "must not be empty");
  if (item.kind.empty()) faults.Add("kind", "must not be empty");
  if (!item.request_id.is_version7()) faults.Add("request_id", "must be a UUID of version 7");
  return faults.ToStatus();
}

std::int64_t WaitingCount(StatementCache& statements) {
  CachedStatement query(statements, "SELECT items FROM tally WHERE state = 0");
  query->executeStep();
  return query->getColumn(0).getInt64();
}

// Compares the queue's length with the remembered alert; remembers and returns a change.
std::optional<QueueAlert> AlertChange(SQLite::Database& database, const SpoolOptions& options,
                                      std::int64_t waiting) {
  const bool alerting = database.execAndGet("SELECT alerting FROM queue_alert").getInt() != 0;
  if (!alerting && waiting >= options.alert_starts_at) {
    database.exec("UPDATE queue_alert SET alerting = 1");
    return QueueAlert::kStarted;
  }
  if (alerting && waiting <= options.alert_clears_at) {
    database.exec("UPDATE queue_alert SET alerting = 0");
    return QueueAlert::kCleared;
  }
  return std::nullopt;
}

}  // namespace

Spool::Spool(std::unique_ptr<SQLite::Database> database, SpoolOptions options, Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      database_(std::move(database)),
      statements_(std::make_unique<StatementCache>(*database_)) {}

Spool::~Spool() = default;

absl::StatusOr<std::unique_ptr<Spool>> Spool::Open(const std::string& file, SpoolOptions options,
                                                   Clock& clock) {
  // The two numbers come from configuration.
  if (options.alert_clears_at >= options.alert_starts_at) {
    Faults faults;
    faults.Add("spool.alert_clears_at", "must be below spool.alert_starts_at");
    return faults.ToStatus();
  }
  RECOUP_RETURN_IF_ERROR(CreateForOwnerOnly(file, "spool "));
  return Guarded([&]() -> absl::StatusOr<std::unique_ptr<Spool>> {
    constexpr int kBusyTimeoutMs = 10'000;
    auto database =
        std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE, kBusyTimeoutMs);
    RECOUP_RETURN_IF_ERROR(PrepareSpoolSchema(*database));
    return std::unique_ptr<Spool>(new Spool(std::move(database), std::move(options), clock));
  });
}

absl::Status Spool::InTransaction(const std::function<absl::Status()>& body) {
  std::optional<QueueAlert> alert;
  std::int64_t waiting = 0;
  {
    const MutexLock lock(mutex_);
    const absl::Status committed = Guarded([&]() -> absl::Status {
      SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
      RECOUP_RETURN_IF_ERROR(body());
      waiting = WaitingCount(*statements_);
      alert = AlertChange(*database_, options_, waiting);
      transaction.commit();
      return absl::OkStatus();
    });
    if (!committed.ok()) return committed;
  }
  if (alert.has_value() && options_.on_alert) options_.on_alert(*alert, waiting);
  return absl::OkStatus();
}

absl::StatusOr<Enqueued> Spool::Enqueue(const SpoolItem& item) {
  RECOUP_ASSIGN_OR_RETURN(const auto answers, EnqueueMany({&item, 1}));
  return answers[0];
}

absl::StatusOr<std::vector<absl::StatusOr<Enqueued>>> Spool::EnqueueMany(
    std::span<const SpoolItem> items) {
  std::vector<absl::StatusOr<Enqueued>> answers;
  answers.reserve(items.size());
  const absl::Status committed = InTransaction([&]() -> absl::Status {
    for (const SpoolItem& item : items) answers.push_back(EnqueueInTransaction(item));
    return absl::OkStatus();
  });
  if (!committed.ok()) return committed;
  return answers;
}

absl::StatusOr<Enqueued> Spool::EnqueueInTransaction(const SpoolItem& item) {
  RECOUP_RETURN_IF_ERROR(CheckItem(item));
  CachedStatement known(
      *statements_,
      "SELECT sequence, request_id, state, kind = ?2 AND order_key = ?3 AND payload = ?4 "
      "FROM item WHERE source_key = ?1 ORDER BY sequence");
  BindBlob(*known, 1, item.source_key);
  BindBlob(*known, 2, item.kind);
  BindBlob(*known, 3, item.order_key);
  BindBlob(*known, 4, item.payload);
  bool other_content = false;
  while (known->executeStep()) {
    if (known->getColumn(3).getInt() != 0) {
      return Enqueued{known->getColumn(0).getInt64(),
                      Id::FromBytes(BytesOf(known->getColumn(1))).value_or(Id{}), true};
    }
    other_content = other_content || known->getColumn(2).getInt() != kDropped;
  }
  if (other_content) {
    ErrorDetail detail;
    detail.reason = Reason::kAlreadyExistsWithOtherContent;
    detail.metadata["source_key"] = item.source_key;
    return MakeError("the spool already holds this source key with other content",
                     std::move(detail));
  }
  CachedStatement insert(
      *statements_,
      "INSERT INTO item(source_key, kind, order_key, payload, request_id, state, enqueued_ms) "
      "VALUES (?, ?, ?, ?, ?, 0, ?)");
  BindBlob(*insert, 1, item.source_key);
  BindBlob(*insert, 2, item.kind);
  BindBlob(*insert, 3, item.order_key);
  BindBlob(*insert, 4, item.payload);
  BindBlob(*insert, 5, item.request_id.ToBytes());
  insert->bind(6, absl::ToUnixMillis(clock_.Now()));
  insert->exec();
  return Enqueued{database_->getLastInsertRowid(), item.request_id, false};
}

absl::StatusOr<std::vector<SpooledItem>> Spool::Peek(std::size_t items_max,
                                                     std::int64_t after_sequence) {
  const MutexLock lock(mutex_);
  return Guarded([&]() -> absl::StatusOr<std::vector<SpooledItem>> {
    SQLite::Statement query(
        *database_,
        absl::StrCat("SELECT ", kItemColumns,
                     " FROM item AS candidate WHERE state = 0 AND sequence > ? AND "
                     "(order_key = x'' OR NOT EXISTS (SELECT 1 FROM item AS earlier "
                     "WHERE earlier.order_key = candidate.order_key "
                     "AND earlier.sequence < candidate.sequence AND earlier.state IN (0, 2))) "
                     "ORDER BY sequence LIMIT ?"));
    query.bind(1, after_sequence);
    query.bind(2, static_cast<std::int64_t>(items_max));
    std::vector<SpooledItem> items;
    while (query.executeStep()) items.push_back(ItemOf(query));
    return items;
  });
}

absl::Status Spool::RequireState(std::int64_t sequence, int state) {
  SQLite::Statement query(*database_, "SELECT state FROM item WHERE sequence = ?");
  query.bind(1, sequence);
  if (!query.executeStep()) {
    return MakeError(Reason::kNotFound, absl::StrCat("spool: no item ", sequence));
  }
  const int found = query.getColumn(0).getInt();
  if (found == state) return absl::OkStatus();
  return MakeError(Reason::kIllegalTransition,
                   absl::StrCat("spool: item ", sequence, " is ", StateName(found),
                                "; this is possible only for a ", StateName(state), " one"));
}

absl::Status Spool::MarkDelivered(std::int64_t sequence, std::string_view answer) {
  return InTransaction([&]() -> absl::Status {
    RECOUP_RETURN_IF_ERROR(RequireState(sequence, kWaiting));
    SQLite::Statement update(
        *database_, "UPDATE item SET state = 1, answer = ?, finished_ms = ? WHERE sequence = ?");
    BindBlob(update, 1, answer);
    update.bind(2, absl::ToUnixMillis(clock_.Now()));
    update.bind(3, sequence);
    update.exec();
    return absl::OkStatus();
  });
}

absl::Status Spool::MarkRefused(std::int64_t sequence, const absl::Status& error) {
  RECOUP_CHECK(!error.ok());
  return InTransaction([&]() -> absl::Status {
    RECOUP_RETURN_IF_ERROR(RequireState(sequence, kWaiting));
    SQLite::Statement update(
        *database_, "UPDATE item SET state = 2, error = ?, finished_ms = ? WHERE sequence = ?");
    BindBlob(update, 1, StatusToBytes(error));
    update.bind(2, absl::ToUnixMillis(clock_.Now()));
    update.bind(3, sequence);
    update.exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<RefusedItem>> Spool::ListRefused(std::size_t items_max) {
  const MutexLock lock(mutex_);
  return Guarded([&]() -> absl::StatusOr<std::vector<RefusedItem>> {
    SQLite::Statement query(*database_,
                            absl::StrCat("SELECT ", kItemColumns,
                                         ", error, finished_ms FROM item WHERE state = 2 "
                                         "ORDER BY sequence LIMIT ?"));
    query.bind(1, static_cast<std::int64_t>(items_max));
    std::vector<RefusedItem> refused;
    while (query.executeStep()) {
      refused.push_back({ItemOf(query), StatusFromBytes(BytesOf(query.getColumn(7))),
                         absl::FromUnixMillis(query.getColumn(8).getInt64())});
    }
    return refused;
  });
}

absl::Status Spool::Retry(std::int64_t sequence, const Id& new_request_id) {
  if (!new_request_id.is_version7()) {
    Faults faults;
    faults.Add("request_id", "must be a UUID of version 7");
    return faults.ToStatus();
  }
  return InTransaction([&]() -> absl::Status {
    RECOUP_RETURN_IF_ERROR(RequireState(sequence, kRefused));
    SQLite::Statement update(*database_,
                             "UPDATE item SET state = 0, request_id = ?, error = NULL, "
                             "finished_ms = NULL WHERE sequence = ?");
    BindBlob(update, 1, new_request_id.ToBytes());
    update.bind(2, sequence);
    update.exec();
    return absl::OkStatus();
  });
}

absl::Status Spool::Drop(std::int64_t sequence, std::string_view reason) {
  if (reason.empty()) {
    Faults faults;
    faults.Add("reason", "an item is dropped only with a reason");
    return faults.ToStatus();
  }
  return InTransaction([&]() -> absl::Status {
    RECOUP_RETURN_IF_ERROR(RequireState(sequence, kRefused));
    SQLite::Statement update(
        *database_,
        "UPDATE item SET state = 3, drop_reason = ?, finished_ms = ? WHERE sequence = ?");
    BindBlob(update, 1, reason);
    update.bind(2, absl::ToUnixMillis(clock_.Now()));
    update.bind(3, sequence);
    update.exec();
    return absl::OkStatus();
  });
}

std::int64_t Spool::RefusedBefore(const SpooledItem& waiting) {
  if (waiting.item.order_key.empty()) return 0;
  SQLite::Statement query(*database_,
                          "SELECT coalesce(min(sequence), 0) FROM item WHERE order_key = ? AND "
                          "sequence < ? AND state = 2");
  BindBlob(query, 1, waiting.item.order_key);
  query.bind(2, waiting.sequence);
  return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

absl::StatusOr<std::optional<SpoolEntry>> Spool::Find(std::string_view source_key) {
  const MutexLock lock(mutex_);
  return Guarded([&]() -> absl::StatusOr<std::optional<SpoolEntry>> {
    SQLite::Statement query(*database_, absl::StrCat("SELECT ", kItemColumns,
                                                     ", state, answer, error FROM item "
                                                     "WHERE source_key = ? AND state <> 3"));
    BindBlob(query, 1, source_key);
    if (!query.executeStep()) return std::optional<SpoolEntry>();
    SpoolEntry entry;
    entry.spooled = ItemOf(query);
    switch (query.getColumn(7).getInt()) {
      case kDelivered:
        entry.state = SpoolState::kDelivered;
        entry.answer = BytesOf(query.getColumn(8));
        break;
      case kRefused:
        entry.state = SpoolState::kRefused;
        entry.error = StatusFromBytes(BytesOf(query.getColumn(9)));
        break;
      default:
        entry.state = SpoolState::kWaiting;
        entry.held_by = RefusedBefore(entry.spooled);
        break;
    }
    return std::optional<SpoolEntry>(std::move(entry));
  });
}

absl::StatusOr<std::string> Spool::AnswerOf(std::string_view source_key) {
  const MutexLock lock(mutex_);
  return Guarded([&]() -> absl::StatusOr<std::string> {
    SQLite::Statement query(*database_,
                            "SELECT answer FROM item WHERE source_key = ? AND state = 1");
    BindBlob(query, 1, source_key);
    if (!query.executeStep()) {
      return MakeError(Reason::kNotFound, "spool: nothing delivered under this source key");
    }
    return BytesOf(query.getColumn(0));
  });
}

absl::StatusOr<SpoolCounts> Spool::Counts() {
  const MutexLock lock(mutex_);
  return Guarded([&]() -> absl::StatusOr<SpoolCounts> {
    SpoolCounts counts;
    SQLite::Statement query(*database_, "SELECT items FROM tally ORDER BY state");
    for (std::int64_t* count :
         {&counts.waiting, &counts.delivered, &counts.refused, &counts.dropped}) {
      if (query.executeStep()) *count = query.getColumn(0).getInt64();
    }
    return counts;
  });
}

absl::StatusOr<std::int64_t> Spool::DeleteFinishedBefore(absl::Time time) {
  std::int64_t deleted = 0;
  RECOUP_RETURN_IF_ERROR(InTransaction([&]() -> absl::Status {
    SQLite::Statement statement(*database_,
                                "DELETE FROM item WHERE state IN (1, 3) AND finished_ms < ?");
    statement.bind(1, absl::ToUnixMillis(time));
    deleted = statement.exec();
    return absl::OkStatus();
  }));
  return deleted;
}

}  // namespace recoup::adapters
