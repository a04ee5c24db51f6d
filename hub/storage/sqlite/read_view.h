// Reads of one connection: the snapshot's and the writer's alike. Statements are prepared once and
// kept.
#ifndef RECOUP_HUB_STORAGE_SQLITE_READ_VIEW_H_
#define RECOUP_HUB_STORAGE_SQLITE_READ_VIEW_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/app/ports.h"
#include "hub/storage/sqlite/row_reader.h"

namespace recoup::storage {

class SqliteReadView : public app::ReadView {
 public:
  explicit SqliteReadView(SQLite::Database& database) : database_(database) {}

  absl::StatusOr<std::optional<std::string>> Find(const app::RecordKey& key) override;
  absl::StatusOr<std::vector<app::StoredRecord>> Scan(const std::string& partition,
                                                      domain::RecordKind kind, Id after,
                                                      std::size_t limit) override;
  absl::StatusOr<std::optional<app::RecordKey>> FindUnique(domain::UniqueKeyKind kind,
                                                           std::string_view key) override;
  absl::StatusOr<std::vector<app::RecordKey>> FindAll(domain::LookupKind kind,
                                                      std::string_view key) override;
  absl::StatusOr<bool> HasLookup(domain::LookupKind kind, std::string_view key,
                                 const app::RecordKey& record) override;
  absl::StatusOr<std::vector<app::KeyCount>> CountKeys() override;
  absl::StatusOr<ledger::Balances> BalancesOf(const std::string& pool) override;
  absl::StatusOr<std::vector<ledger::Transfer>> Transfers(const std::string& pool,
                                                          std::int64_t after,
                                                          std::size_t limit) override;
  absl::StatusOr<std::optional<ledger::Transfer>> FindTransfer(const std::string& pool,
                                                               std::int64_t sequence) override;
  absl::StatusOr<std::vector<app::StoredEvent>> Events(const std::string& partition,
                                                       std::int64_t after,
                                                       std::size_t limit) override;
  absl::StatusOr<std::optional<app::StoredRequest>> FindRequest(Id request_id,
                                                                const std::string& party) override;
  absl::StatusOr<std::vector<app::StoredNotice>> Notices(const std::string& recipient,
                                                         std::int64_t after,
                                                         std::size_t limit) override;
  absl::StatusOr<app::PartitionState> StateOf(const std::string& partition) override;
  absl::StatusOr<std::vector<std::string>> Partitions() override;
  absl::StatusOr<std::vector<app::StoredTreeHead>> TreeHeads(const std::string& partition,
                                                             std::int64_t after,
                                                             std::size_t limit) override;
  absl::StatusOr<std::optional<app::StoredTreeHead>> LatestTreeHead(
      const std::string& partition) override;

  // The number of a partition, nullopt when nothing was ever written to it. Throws what SQLiteCpp
  // throws.
  std::optional<std::int64_t> NumberOf(const std::string& partition);
  std::string NameOf(std::int64_t number);
  // Forgets remembered names; for a view whose snapshot moves on.
  void ForgetPartitions();

 private:
  struct Page {
    const std::string& partition;
    std::int64_t after;
    std::size_t limit;
  };
  // The rows of a table in the order of their positions; `sql` binds two positions and the limit.
  template <typename Row, typename ReadRow>
  absl::StatusOr<std::vector<Row>> InOrder(std::unique_ptr<RowReader>& slot, const char* sql,
                                           const Page& page, ReadRow read);
  SQLite::Statement& Prepared(std::unique_ptr<SQLite::Statement>& slot, const char* sql);
  RowReader& Prepared(std::unique_ptr<RowReader>& slot, const char* sql);
  absl::StatusOr<ledger::Transfer> TransferOf(const RowReader& row);

  SQLite::Database& database_;
  absl::flat_hash_map<std::string, std::int64_t> numbers_;
  absl::flat_hash_map<std::int64_t, std::string> names_;
  std::unique_ptr<RowReader> scan_, find_all_, transfers_, events_, tree_heads_;
  std::unique_ptr<SQLite::Statement> find_, find_unique_, balances_, request_, notices_, state_,
      number_, name_, latest_head_, has_lookup_;
};

}  // namespace recoup::storage

#endif  // RECOUP_HUB_STORAGE_SQLITE_READ_VIEW_H_
