#include "hub/storage/sqlite/read_view.h"

#include <map>
#include <string_view>
#include <type_traits>
#include <utility>

#include "hub/base/check.h"
#include "hub/base/status.h"
#include "hub/storage/sqlite/connection.h"

namespace recoup::storage {
namespace {

// Ends the read of a statement when its scope ends, also on an exception.
template <typename Statement>
class Reset {
 public:
  explicit Reset(Statement& statement) : statement_(statement) {}
  ~Reset() {
    if constexpr (std::is_same_v<Statement, RowReader>) {
      statement_.Reset();
    } else {
      statement_.tryReset();
    }
  }
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;

 private:
  Statement& statement_;
};

Id IdOf(std::string_view bytes) { return Id::FromBytes(bytes).value_or(Id{}); }

Id IdOf(const SQLite::Statement& row, int column) {
  const SQLite::Column value = row.getColumn(column);
  return IdOf(
      {static_cast<const char*>(value.getBlob()), static_cast<std::size_t>(value.getBytes())});
}

// An amount no hub could have written is damage, not a reason to stop the process that reads it.
absl::StatusOr<domain::Money> AmountOf(std::int64_t fen) {
  const absl::StatusOr<domain::Money> amount = domain::Money::Create(fen);
  if (!amount.ok()) return absl::DataLossError("a stored amount is out of range");
  return amount;
}

}  // namespace

SQLite::Statement& SqliteReadView::Prepared(std::unique_ptr<SQLite::Statement>& slot,
                                            const char* sql) {
  if (slot == nullptr) slot = std::make_unique<SQLite::Statement>(database_, sql);
  return *slot;
}

RowReader& SqliteReadView::Prepared(std::unique_ptr<RowReader>& slot, const char* sql) {
  if (slot == nullptr) slot = std::make_unique<RowReader>(database_, sql);
  return *slot;
}

std::optional<std::int64_t> SqliteReadView::NumberOf(const std::string& partition) {
  if (const auto known = numbers_.find(partition); known != numbers_.end()) return known->second;
  SQLite::Statement& statement = Prepared(number_, "SELECT number FROM partition WHERE name = ?");
  const Reset reset(statement);
  statement.bindNoCopy(1, partition);
  if (!statement.executeStep()) return std::nullopt;
  const std::int64_t number = statement.getColumn(0).getInt64();
  numbers_.emplace(partition, number);
  names_.emplace(number, partition);
  return number;
}

std::string SqliteReadView::NameOf(std::int64_t number) {
  if (const auto known = names_.find(number); known != names_.end()) return known->second;
  SQLite::Statement& statement = Prepared(name_, "SELECT name FROM partition WHERE number = ?");
  const Reset reset(statement);
  statement.bind(1, number);
  if (!statement.executeStep()) return "";
  std::string name = statement.getColumn(0).getString();
  numbers_.emplace(name, number);
  names_.emplace(number, name);
  return name;
}

void SqliteReadView::ForgetPartitions() {
  numbers_.clear();
  names_.clear();
}

absl::StatusOr<std::optional<std::string>> SqliteReadView::Find(const app::RecordKey& key) {
  return Guard([&]() -> absl::StatusOr<std::optional<std::string>> {
    const auto number = NumberOf(key.partition);
    if (!number) return std::nullopt;
    SQLite::Statement& statement =
        Prepared(find_, "SELECT body FROM record WHERE partition = ? AND kind = ? AND id = ?");
    const Reset reset(statement);
    const std::string id = key.id.ToBytes();
    statement.bind(1, *number);
    statement.bind(2, static_cast<int>(key.kind));
    BindBlob(statement, 3, id);
    if (!statement.executeStep()) return std::nullopt;
    return BlobOf(statement, 0);
  });
}

absl::StatusOr<std::vector<app::StoredRecord>> SqliteReadView::Scan(const std::string& partition,
                                                                    domain::RecordKind kind,
                                                                    Id after, std::size_t limit) {
  return Guard([&]() -> absl::StatusOr<std::vector<app::StoredRecord>> {
    std::vector<app::StoredRecord> rows;
    const auto number = NumberOf(partition);
    if (!number) return rows;
    RowReader& statement = Prepared(scan_,
                                    "SELECT id, body FROM record WHERE partition = ? AND "
                                    "kind = ? AND id > ? ORDER BY id LIMIT ?");
    const Reset reset(statement);
    const std::string from = after.ToBytes();
    statement.Bind(1, *number);
    statement.Bind(2, static_cast<std::int64_t>(kind));
    statement.Bind(3, from);
    statement.Bind(4, static_cast<std::int64_t>(limit));
    while (statement.Step()) {
      rows.push_back({IdOf(statement.Bytes(0)), std::string(statement.Bytes(1))});
    }
    return rows;
  });
}

absl::StatusOr<std::optional<app::RecordKey>> SqliteReadView::FindUnique(domain::UniqueKeyKind kind,
                                                                         std::string_view key) {
  return Guard([&]() -> absl::StatusOr<std::optional<app::RecordKey>> {
    SQLite::Statement& statement =
        Prepared(find_unique_,
                 "SELECT partition, record_kind, id FROM unique_key WHERE kind = ? AND key = ?");
    const Reset reset(statement);
    statement.bind(1, static_cast<int>(kind));
    BindBlob(statement, 2, key);
    if (!statement.executeStep()) return std::nullopt;
    return app::RecordKey{NameOf(statement.getColumn(0).getInt64()),
                          static_cast<domain::RecordKind>(statement.getColumn(1).getInt()),
                          IdOf(statement, 2)};
  });
}

absl::StatusOr<std::vector<app::RecordKey>> SqliteReadView::FindAll(domain::LookupKind kind,
                                                                    std::string_view key) {
  return Guard([&]() -> absl::StatusOr<std::vector<app::RecordKey>> {
    RowReader& statement = Prepared(
        find_all_, "SELECT partition, record_kind, id FROM lookup_key WHERE kind = ? AND key = ?");
    const Reset reset(statement);
    statement.Bind(1, static_cast<std::int64_t>(kind));
    statement.Bind(2, key);
    std::vector<app::RecordKey> keys;
    while (statement.Step()) {
      keys.push_back({NameOf(statement.Number(0)),
                      static_cast<domain::RecordKind>(statement.Number(1)),
                      IdOf(statement.Bytes(2))});
    }
    return keys;
  });
}

absl::StatusOr<bool> SqliteReadView::HasLookup(domain::LookupKind kind, std::string_view key,
                                               const app::RecordKey& record) {
  return Guard([&]() -> absl::StatusOr<bool> {
    const auto number = NumberOf(record.partition);
    if (!number) return false;
    SQLite::Statement& statement =
        Prepared(has_lookup_,
                 "SELECT 1 FROM lookup_key WHERE kind = ? AND key = ? AND partition = ? AND "
                 "record_kind = ? AND id = ?");
    const Reset reset(statement);
    const std::string id = record.id.ToBytes();
    statement.bind(1, static_cast<int>(kind));
    BindBlob(statement, 2, key);
    statement.bind(3, *number);
    statement.bind(4, static_cast<int>(record.kind));
    BindBlob(statement, 5, id);
    return statement.executeStep();
  });
}

absl::StatusOr<std::vector<app::KeyCount>> SqliteReadView::CountKeys() {
  return Guard([&]() -> absl::StatusOr<std::vector<app::KeyCount>> {
    // By number, so that a key of a partition that does not exist is counted, too, under no name.
    std::map<std::int64_t, app::KeyCount> counts;
    const auto count = [&](const char* sql, std::int64_t app::KeyCount::*into) {
      SQLite::Statement statement(database_, sql);
      while (statement.executeStep()) {
        counts[statement.getColumn(0).getInt64()].*into = statement.getColumn(1).getInt64();
      }
    };
    count("SELECT partition, count(*) FROM unique_key GROUP BY partition", &app::KeyCount::unique);
    count("SELECT partition, count(*) FROM lookup_key GROUP BY partition", &app::KeyCount::lookup);
    std::vector<app::KeyCount> all;
    for (auto& [number, of_partition] : counts) {
      of_partition.partition = NameOf(number);
      all.push_back(std::move(of_partition));
    }
    return all;
  });
}

absl::StatusOr<ledger::Balances> SqliteReadView::BalancesOf(const std::string& pool) {
  return Guard([&]() -> absl::StatusOr<ledger::Balances> {
    ledger::Balances balances;
    const auto number = NumberOf(pool);
    if (!number) return balances;
    SQLite::Statement& statement =
        Prepared(balances_, "SELECT account, amount FROM balance WHERE partition = ?");
    const Reset reset(statement);
    statement.bind(1, *number);
    while (statement.executeStep()) {
      RECOUP_ASSIGN_OR_RETURN(const domain::Money amount,
                              AmountOf(statement.getColumn(1).getInt64()));
      balances.Set(static_cast<ledger::Account>(statement.getColumn(0).getInt()), amount);
    }
    return balances;
  });
}

absl::StatusOr<ledger::Transfer> SqliteReadView::TransferOf(const RowReader& row) {
  ledger::Transfer transfer;
  transfer.sequence = row.Number(0) & kSequenceMax;
  transfer.event_partition = NameOf(row.Number(1));
  transfer.event_sequence = row.Number(2);
  transfer.recorded_us = row.Number(3);
  transfer.posting.debit = static_cast<ledger::Account>(row.Number(4));
  transfer.posting.credit = static_cast<ledger::Account>(row.Number(5));
  RECOUP_ASSIGN_OR_RETURN(transfer.posting.amount, AmountOf(row.Number(6)));
  transfer.posting.advance.value = IdOf(row.Bytes(7));
  transfer.posting.demand.value = IdOf(row.Bytes(8));
  transfer.posting.entry.value = IdOf(row.Bytes(9));
  RECOUP_ASSIGN_OR_RETURN(transfer.debit_balance, AmountOf(row.Number(10)));
  RECOUP_ASSIGN_OR_RETURN(transfer.credit_balance, AmountOf(row.Number(11)));
  return transfer;
}

template <typename Row, typename ReadRow>
absl::StatusOr<std::vector<Row>> SqliteReadView::InOrder(std::unique_ptr<RowReader>& slot,
                                                         const char* sql, const Page& page,
                                                         ReadRow read) {
  return Guard([&]() -> absl::StatusOr<std::vector<Row>> {
    std::vector<Row> rows;
    const auto number = NumberOf(page.partition);
    if (!number) return rows;
    RowReader& statement = Prepared(slot, sql);
    const Reset reset(statement);
    statement.Bind(1, Position(*number, page.after));
    statement.Bind(2, Position(*number, kSequenceMax));
    statement.Bind(3, static_cast<std::int64_t>(page.limit));
    while (statement.Step()) {
      RECOUP_ASSIGN_OR_RETURN(Row row, read(statement));
      rows.push_back(std::move(row));
    }
    return rows;
  });
}

absl::StatusOr<std::vector<ledger::Transfer>> SqliteReadView::Transfers(const std::string& pool,
                                                                        std::int64_t after,
                                                                        std::size_t limit) {
  return InOrder<ledger::Transfer>(
      transfers_,
      "SELECT position, event_partition, event_sequence, recorded_us, debit, credit, amount, "
      "advance, demand, "
      "entry, debit_balance, credit_balance FROM transfer WHERE position > ? AND position <= ? "
      "ORDER BY position LIMIT ?",
      {pool, after, limit}, [this](const RowReader& row) { return TransferOf(row); });
}

absl::StatusOr<std::optional<ledger::Transfer>> SqliteReadView::FindTransfer(
    const std::string& pool, std::int64_t sequence) {
  RECOUP_CHECK(sequence > 0);
  absl::StatusOr<std::vector<ledger::Transfer>> found = Transfers(pool, sequence - 1, 1);
  if (!found.ok()) return found.status();
  if (found->empty() || found->front().sequence != sequence) return std::nullopt;
  return std::move(found->front());
}

absl::StatusOr<std::vector<app::StoredEvent>> SqliteReadView::Events(const std::string& partition,
                                                                     std::int64_t after,
                                                                     std::size_t limit) {
  return InOrder<app::StoredEvent>(
      events_,
      "SELECT position, header, leaf, body FROM event WHERE position > ? AND position <= ? "
      "ORDER BY position LIMIT ?",
      {partition, after, limit}, [](const RowReader& row) -> absl::StatusOr<app::StoredEvent> {
        return app::StoredEvent{row.Number(0) & kSequenceMax, std::string(row.Bytes(1)),
                                std::string(row.Bytes(2)), std::string(row.Bytes(3))};
      });
}

absl::StatusOr<std::optional<app::StoredRequest>> SqliteReadView::FindRequest(
    Id request_id, const std::string& party) {
  return Guard([&]() -> absl::StatusOr<std::optional<app::StoredRequest>> {
    SQLite::Statement& statement =
        Prepared(request_, "SELECT digest, event_position FROM request WHERE id = ? AND party = ?");
    const Reset reset(statement);
    const std::string id = request_id.ToBytes();
    BindBlob(statement, 1, id);
    statement.bindNoCopy(2, party);
    if (!statement.executeStep()) return std::nullopt;
    const std::int64_t position = statement.getColumn(1).getInt64();
    return app::StoredRequest{request_id, party, BlobOf(statement, 0),
                              NameOf(position >> kSequenceBits), position & kSequenceMax};
  });
}

absl::StatusOr<std::vector<app::StoredNotice>> SqliteReadView::Notices(const std::string& recipient,
                                                                       std::int64_t after,
                                                                       std::size_t limit) {
  return Guard([&]() -> absl::StatusOr<std::vector<app::StoredNotice>> {
    std::vector<app::StoredNotice> notices;
    const auto number = NumberOf(recipient);
    if (!number) return notices;
    SQLite::Statement& statement =
        Prepared(notices_,
                 "SELECT position, partition, kind, id, what, recorded_us FROM notice "
                 "WHERE position > ? AND position <= ? ORDER BY position LIMIT ?");
    const Reset reset(statement);
    statement.bind(1, Position(*number, after));
    statement.bind(2, Position(*number, kSequenceMax));
    statement.bind(3, static_cast<std::int64_t>(limit));
    while (statement.executeStep()) {
      notices.push_back(
          {recipient,
           statement.getColumn(0).getInt64() & kSequenceMax,
           {NameOf(statement.getColumn(1).getInt64()),
            static_cast<domain::RecordKind>(statement.getColumn(2).getInt()), IdOf(statement, 3)},
           statement.getColumn(4).getString(),
           statement.getColumn(5).getInt64()});
    }
    return notices;
  });
}

absl::StatusOr<app::PartitionState> SqliteReadView::StateOf(const std::string& partition) {
  return Guard([&]() -> absl::StatusOr<app::PartitionState> {
    SQLite::Statement& statement = Prepared(
        state_, "SELECT events, transfers, notices, frontier FROM partition WHERE name = ?");
    const Reset reset(statement);
    statement.bindNoCopy(1, partition);
    if (!statement.executeStep()) return app::PartitionState{};
    return app::PartitionState{statement.getColumn(0).getInt64(), statement.getColumn(1).getInt64(),
                               statement.getColumn(2).getInt64(), BlobOf(statement, 3)};
  });
}

absl::StatusOr<std::vector<std::string>> SqliteReadView::Partitions() {
  return Guard([&]() -> absl::StatusOr<std::vector<std::string>> {
    SQLite::Statement statement(database_, "SELECT name FROM partition ORDER BY name");
    std::vector<std::string> names;
    while (statement.executeStep()) names.push_back(statement.getColumn(0).getString());
    return names;
  });
}

absl::StatusOr<std::vector<app::StoredTreeHead>> SqliteReadView::TreeHeads(
    const std::string& partition, std::int64_t after, std::size_t limit) {
  return InOrder<app::StoredTreeHead>(
      tree_heads_,
      "SELECT position, head, signature FROM tree_head WHERE position > ? AND position <= ? "
      "ORDER BY position LIMIT ?",
      {partition, after, limit}, [](const RowReader& row) -> absl::StatusOr<app::StoredTreeHead> {
        return app::StoredTreeHead{row.Number(0) & kSequenceMax, std::string(row.Bytes(1)),
                                   std::string(row.Bytes(2))};
      });
}

absl::StatusOr<std::optional<app::StoredTreeHead>> SqliteReadView::LatestTreeHead(
    const std::string& partition) {
  return Guard([&]() -> absl::StatusOr<std::optional<app::StoredTreeHead>> {
    const auto number = NumberOf(partition);
    if (!number) return std::nullopt;
    SQLite::Statement& statement = Prepared(
        latest_head_,
        "SELECT position, head, signature FROM tree_head WHERE position > ? AND position <= ? "
        "ORDER BY position DESC LIMIT 1");
    const Reset reset(statement);
    statement.bind(1, Position(*number, 0));
    statement.bind(2, Position(*number, kSequenceMax));
    if (!statement.executeStep()) return std::nullopt;
    return app::StoredTreeHead{statement.getColumn(0).getInt64() & kSequenceMax,
                               BlobOf(statement, 1), BlobOf(statement, 2)};
  });
}

}  // namespace recoup::storage
