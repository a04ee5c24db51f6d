// The case book's part about the national interface: halves of exchanges, and what was told.
#include "adapters/common/spool_statements.h"
#include "adapters/hospital/program/case_book.h"
#include "adapters/hospital/program/case_book_sqlite.h"

namespace recoup::hospital {
namespace {

// Added to books that were made before them; a program that does not know them leaves them alone.
constexpr char kLaterTables[] = R"sql(
CREATE TABLE IF NOT EXISTS half(
  reference TEXT NOT NULL,
  is_request INTEGER NOT NULL,
  digest BLOB NOT NULL,
  bytes BLOB NOT NULL,
  taken_ms INTEGER NOT NULL,
  PRIMARY KEY (reference, is_request)
) STRICT;
CREATE INDEX IF NOT EXISTS half_by_time ON half(taken_ms);
CREATE TABLE IF NOT EXISTS told(
  source_key TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL,
  settlement_id TEXT NOT NULL,
  area_code TEXT NOT NULL,
  insurance_type TEXT NOT NULL,
  taken_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS told_by_settlement ON told(settlement_id) WHERE settlement_id <> '';
CREATE INDEX IF NOT EXISTS told_by_time ON told(taken_ms);
CREATE TABLE IF NOT EXISTS told_figures(
  settlement_id TEXT PRIMARY KEY,
  source_key TEXT NOT NULL,
  total_fen INTEGER NOT NULL,
  fund_fen INTEGER NOT NULL,
  self_fen INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
)sql";

}  // namespace

void PrepareExchangeTables(SQLite::Database& database) { database.exec(kLaterTables); }

absl::StatusOr<std::optional<WaitingHalf>> CaseBook::FindHalf(const std::string& reference,
                                                              bool is_request) {
  return Guarded([&]() -> absl::StatusOr<std::optional<WaitingHalf>> {
    adapters::CachedStatement query(
        *statements_, "SELECT digest, bytes FROM half WHERE reference = ? AND is_request = ?");
    query->bind(1, reference);
    query->bind(2, is_request ? 1 : 0);
    if (!query->executeStep()) return std::optional<WaitingHalf>();
    return std::optional<WaitingHalf>({BytesOf(query->getColumn(0)), BytesOf(query->getColumn(1))});
  });
}

absl::Status CaseBook::PutHalf(const std::string& reference, bool is_request,
                               const WaitingHalf& half, absl::Time taken) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement put(*statements_, "REPLACE INTO half VALUES (?, ?, ?, ?, ?)");
    put->bind(1, reference);
    put->bind(2, is_request ? 1 : 0);
    BindBlob(*put, 3, half.digest);
    BindBlob(*put, 4, half.bytes);
    put->bind(5, absl::ToUnixMillis(taken));
    put->exec();
    return absl::OkStatus();
  });
}

absl::Status CaseBook::RemoveHalves(const std::string& reference) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement remove(*statements_, "DELETE FROM half WHERE reference = ?");
    remove->bind(1, reference);
    remove->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::int64_t> CaseBook::CountWaitingRequests() {
  return Guarded([&]() -> absl::StatusOr<std::int64_t> {
    return database_->execAndGet("SELECT count(*) FROM half WHERE is_request = 1").getInt64();
  });
}

absl::Status CaseBook::PutTold(const ToldThing& told, absl::Time taken) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement put(*statements_, "REPLACE INTO told VALUES (?, ?, ?, ?, ?, ?)");
    put->bind(1, told.source_key);
    put->bind(2, told.visit_id);
    put->bind(3, told.settlement_id);
    put->bind(4, told.pool.area_code);
    put->bind(5, told.pool.insurance_type);
    put->bind(6, absl::ToUnixMillis(taken));
    put->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::optional<ToldThing>> CaseBook::FindTold(const std::string& source_key) {
  return Guarded([&]() -> absl::StatusOr<std::optional<ToldThing>> {
    // '$' is the character after kReusedIdMark.
    adapters::CachedStatement query(
        *statements_,
        "SELECT source_key, visit_id, settlement_id, area_code, insurance_type FROM told "
        "WHERE source_key = ?1 OR (source_key > ?1 || '#' AND source_key < ?1 || '$') "
        "ORDER BY taken_ms DESC, rowid DESC LIMIT 1");
    query->bind(1, source_key);
    if (!query->executeStep()) return std::optional<ToldThing>();
    return std::optional<ToldThing>(
        {query->getColumn(0).getString(),
         query->getColumn(1).getString(),
         query->getColumn(2).getString(),
         {query->getColumn(3).getString(), query->getColumn(4).getString()}});
  });
}

absl::StatusOr<std::optional<ToldThing>> CaseBook::FindToldSettlement(
    const std::string& settlement_id) {
  return Guarded([&]() -> absl::StatusOr<std::optional<ToldThing>> {
    adapters::CachedStatement query(
        *statements_,
        "SELECT source_key, visit_id, area_code, insurance_type FROM told "
        "WHERE settlement_id = ? AND settlement_id <> ''");
    query->bind(1, settlement_id);
    if (!query->executeStep()) return std::optional<ToldThing>();
    return std::optional<ToldThing>(
        {query->getColumn(0).getString(),
         query->getColumn(1).getString(),
         settlement_id,
         {query->getColumn(2).getString(), query->getColumn(3).getString()}});
  });
}

absl::Status CaseBook::PutToldFigures(const std::string& settlement_id,
                                      const ToldFigures& figures) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement put(*statements_,
                                  "REPLACE INTO told_figures VALUES (?, ?, ?, ?, ?, ?)");
    put->bind(1, settlement_id);
    put->bind(2, figures.source_key);
    put->bind(3, figures.total.fen());
    put->bind(4, figures.fund_paid.fen());
    put->bind(5, figures.self_paid.fen());
    BindBlob(*put, 6, figures.digest);
    put->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::optional<ToldFigures>> CaseBook::FindToldFigures(
    const std::string& settlement_id) {
  return Guarded([&]() -> absl::StatusOr<std::optional<ToldFigures>> {
    adapters::CachedStatement query(
        *statements_,
        "SELECT source_key, total_fen, fund_fen, self_fen, digest FROM told_figures "
        "WHERE settlement_id = ?");
    query->bind(1, settlement_id);
    if (!query->executeStep()) return std::optional<ToldFigures>();
    const auto money = [&](int column) {
      return domain::Money::Fen(query->getColumn(column).getInt64());
    };
    return std::optional<ToldFigures>({query->getColumn(0).getString(), money(1), money(2),
                                       money(3), BytesOf(query->getColumn(4))});
  });
}

}  // namespace recoup::hospital
