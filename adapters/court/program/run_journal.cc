#include "adapters/court/program/run_journal.h"

#include <utility>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/sqlite_file.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::court {
namespace {

constexpr int kApplicationId = 0x52434A52;  // "RCJR"
constexpr int kVersion = 1;

constexpr char kTables[] = R"sql(
CREATE TABLE document(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 1 AND 6),
  error TEXT NOT NULL,
  case_number TEXT NOT NULL,
  court TEXT NOT NULL,
  closed_on TEXT NOT NULL,
  grade TEXT NOT NULL,
  elements BLOB NOT NULL,
  report TEXT NOT NULL,
  replaces TEXT NOT NULL,
  review INTEGER NOT NULL CHECK (review BETWEEN 0 AND 3),
  review_why TEXT NOT NULL,
  read_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX document_of_case ON document(case_number, id) WHERE outcome IN (1, 2);
CREATE INDEX document_in_review ON document(id) WHERE review = 1;
CREATE TABLE label(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  element TEXT NOT NULL,
  read TEXT NOT NULL,
  label TEXT NOT NULL,
  confidence_percent INTEGER NOT NULL,
  rule TEXT NOT NULL,
  labelled_ms INTEGER NOT NULL
) STRICT;
)sql";

// Since later than the other tables, hence apart from them.
constexpr char kUnreportedTable[] = R"sql(
CREATE TABLE IF NOT EXISTS unreported(
  sha256 TEXT NOT NULL PRIMARY KEY,
  graded INTEGER NOT NULL CHECK (graded IN (0, 1))
) STRICT, WITHOUT ROWID;
)sql";

constexpr char kColumns[] =
    "id, sha256, name, outcome, error, case_number, court, closed_on, grade, elements, report, "
    "replaces, review, review_why, read_ms";

template <typename Body>
auto Guarded(Body body) -> decltype(body()) {
  return adapters::GuardSqlite("run journal", body);
}

absl::Status PrepareSchema(SQLite::Database& database) {
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  if (database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0) {
    database.exec(kTables);
    database.exec(absl::StrCat("PRAGMA application_id = ", kApplicationId));
    database.exec(absl::StrCat("PRAGMA user_version = ", kVersion));
  } else if (database.execAndGet("PRAGMA application_id").getInt() != kApplicationId ||
             database.execAndGet("PRAGMA user_version").getInt() != kVersion) {
    return MakeError(Reason::kInvalidArgument,
                     "this file is not a run journal of this version of Recoup");
  }
  database.exec(kUnreportedTable);
  transaction.commit();
  return absl::OkStatus();
}

JournalEntry EntryOf(SQLite::Statement& row) {
  JournalEntry entry;
  entry.id = row.getColumn(0).getInt64();
  entry.sha256 = row.getColumn(1).getString();
  entry.name = row.getColumn(2).getString();
  entry.outcome = static_cast<JournalOutcome>(row.getColumn(3).getInt());
  const std::string error = row.getColumn(4).getString();
  if (!error.empty()) entry.error = DecodeStatus(error);
  entry.case_number = row.getColumn(5).getString();
  entry.court = row.getColumn(6).getString();
  entry.closed_on = row.getColumn(7).getString();
  entry.grade = row.getColumn(8).getString();
  entry.elements = adapters::BytesOf(row.getColumn(9));
  entry.report = row.getColumn(10).getString();
  entry.replaces = row.getColumn(11).getString();
  entry.review = static_cast<ReviewState>(row.getColumn(12).getInt());
  entry.review_why = row.getColumn(13).getString();
  entry.read_time = absl::FromUnixMillis(row.getColumn(14).getInt64());
  return entry;
}

std::optional<JournalEntry> FirstOf(SQLite::Statement& query) {
  if (!query.executeStep()) return std::nullopt;
  return EntryOf(query);
}

}  // namespace

RunJournal::RunJournal(std::unique_ptr<SQLite::Database> database)
    : database_(std::move(database)) {}
RunJournal::~RunJournal() = default;

absl::StatusOr<std::unique_ptr<RunJournal>> RunJournal::Open(const std::string& file) {
  RECOUP_RETURN_IF_ERROR(adapters::CreateForOwnerOnly(file, "run journal: "));
  return Guarded([&]() -> absl::StatusOr<std::unique_ptr<RunJournal>> {
    constexpr int kBusyTimeoutMs = 5'000;
    auto database =
        std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE, kBusyTimeoutMs);
    RECOUP_RETURN_IF_ERROR(PrepareSchema(*database));
    return std::unique_ptr<RunJournal>(new RunJournal(std::move(database)));
  });
}

absl::Status RunJournal::Atomically(const std::function<absl::Status()>& body) {
  return Guarded([&]() -> absl::Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    RECOUP_RETURN_IF_ERROR(body());
    transaction.commit();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::set<std::string>> RunJournal::Hashes(bool readable_only) {
  return Guarded([&]() -> absl::StatusOr<std::set<std::string>> {
    SQLite::Statement query(*database_, "SELECT sha256 FROM document WHERE outcome <> ?");
    query.bind(1, readable_only ? static_cast<int>(JournalOutcome::kUnread) : 0);
    std::set<std::string> hashes;
    while (query.executeStep()) hashes.insert(query.getColumn(0).getString());
    return hashes;
  });
}

absl::Status RunJournal::Put(const JournalEntry& entry) {
  return Guarded([&]() -> absl::Status {
    SQLite::Statement statement(
        *database_,
        "INSERT INTO document(sha256, name, outcome, error, case_number, court, closed_on, grade, "
        "elements, report, replaces, review, review_why, read_ms) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(sha256) DO UPDATE SET name = excluded.name, outcome = excluded.outcome, "
        "error = excluded.error, case_number = excluded.case_number, court = excluded.court, "
        "closed_on = excluded.closed_on, grade = excluded.grade, elements = excluded.elements, "
        "report = excluded.report, replaces = excluded.replaces, review = excluded.review, "
        "review_why = excluded.review_why, read_ms = excluded.read_ms");
    statement.bind(1, entry.sha256);
    statement.bind(2, entry.name);
    statement.bind(3, static_cast<int>(entry.outcome));
    statement.bind(4, entry.error.ok() ? std::string() : EncodeStatus(entry.error));
    statement.bind(5, entry.case_number);
    statement.bind(6, entry.court);
    statement.bind(7, entry.closed_on);
    statement.bind(8, entry.grade);
    statement.bind(9, entry.elements.empty() ? "" : entry.elements.data(),
                   static_cast<int>(entry.elements.size()));
    statement.bind(10, entry.report);
    statement.bind(11, entry.replaces);
    statement.bind(12, static_cast<int>(entry.review));
    statement.bind(13, entry.review_why);
    statement.bind(14, absl::ToUnixMillis(entry.read_time));
    statement.exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::optional<JournalEntry>> RunJournal::FindByHash(const std::string& sha256) {
  return Guarded([&]() -> absl::StatusOr<std::optional<JournalEntry>> {
    SQLite::Statement query(*database_,
                            absl::StrCat("SELECT ", kColumns, " FROM document WHERE sha256 = ?"));
    query.bind(1, sha256);
    return FirstOf(query);
  });
}

absl::StatusOr<JournalEntry> RunJournal::Get(std::int64_t id) {
  return Guarded([&]() -> absl::StatusOr<JournalEntry> {
    SQLite::Statement query(*database_,
                            absl::StrCat("SELECT ", kColumns, " FROM document WHERE id = ?"));
    query.bind(1, id);
    std::optional<JournalEntry> entry = FirstOf(query);
    if (!entry.has_value()) return MakeError(Reason::kNotFound, "no such document in the journal");
    return *std::move(entry);
  });
}

absl::StatusOr<std::optional<JournalEntry>> RunJournal::LatestOfCase(
    const std::string& case_number) {
  return Guarded([&]() -> absl::StatusOr<std::optional<JournalEntry>> {
    SQLite::Statement query(
        *database_, absl::StrCat("SELECT ", kColumns,
                                 " FROM document WHERE case_number = ? AND outcome IN (1, 2) "
                                 "ORDER BY id DESC LIMIT 1"));
    query.bind(1, case_number);
    return FirstOf(query);
  });
}

absl::StatusOr<std::vector<JournalEntry>> RunJournal::ListWhere(std::string_view condition) {
  return Guarded([&]() -> absl::StatusOr<std::vector<JournalEntry>> {
    SQLite::Statement query(*database_, absl::StrCat("SELECT ", kColumns, " FROM document WHERE ",
                                                     std::string(condition), " ORDER BY id"));
    std::vector<JournalEntry> entries;
    while (query.executeStep()) entries.push_back(EntryOf(query));
    return entries;
  });
}

absl::StatusOr<std::vector<JournalEntry>> RunJournal::ListOpenReviews() {
  return ListWhere("review = 1");
}

absl::StatusOr<std::vector<JournalEntry>> RunJournal::ListRead() {
  return ListWhere("outcome <> 5");
}

absl::Status RunJournal::AddUnreported(const std::string& sha256) {
  return Guarded([&]() -> absl::Status {
    SQLite::Statement statement(*database_, "INSERT OR IGNORE INTO unreported VALUES(?, 0)");
    statement.bind(1, sha256);
    statement.exec();
    return absl::OkStatus();
  });
}

absl::Status RunJournal::ForEachUnreported(const TakeUnreported& take) {
  return Guarded([&]() -> absl::Status {
    SQLite::Statement query(*database_,
                            absl::StrCat("SELECT ", kColumns,
                                         ", graded FROM document JOIN unreported USING (sha256) "
                                         "ORDER BY id"));
    while (query.executeStep()) {
      RECOUP_RETURN_IF_ERROR(take(EntryOf(query), query.getColumn(15).getInt() != 0));
    }
    return absl::OkStatus();
  });
}

absl::Status RunJournal::MarkReported(const std::string& sha256, bool final) {
  return Guarded([&]() -> absl::Status {
    SQLite::Statement statement(*database_,
                                final ? "DELETE FROM unreported WHERE sha256 = ?"
                                      : "UPDATE unreported SET graded = 1 WHERE sha256 = ?");
    statement.bind(1, sha256);
    statement.exec();
    return absl::OkStatus();
  });
}

absl::Status RunJournal::AddLabel(const JournalLabel& label) {
  return Guarded([&]() -> absl::Status {
    SQLite::Statement statement(*database_,
                                "INSERT INTO label(sha256, name, element, read, label, "
                                "confidence_percent, rule, labelled_ms) "
                                "VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
    statement.bind(1, label.sha256);
    statement.bind(2, label.name);
    statement.bind(3, label.element);
    statement.bind(4, label.read);
    statement.bind(5, label.label);
    statement.bind(6, label.confidence_percent);
    statement.bind(7, label.rule);
    statement.bind(8, absl::ToUnixMillis(label.time));
    statement.exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<JournalLabel>> RunJournal::ListLabels() {
  return Guarded([&]() -> absl::StatusOr<std::vector<JournalLabel>> {
    SQLite::Statement query(*database_,
                            "SELECT sha256, name, element, read, label, confidence_percent, rule, "
                            "labelled_ms FROM label ORDER BY id");
    std::vector<JournalLabel> labels;
    while (query.executeStep()) {
      labels.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(),
                        query.getColumn(2).getString(), query.getColumn(3).getString(),
                        query.getColumn(4).getString(), query.getColumn(5).getInt(),
                        query.getColumn(6).getString(),
                        absl::FromUnixMillis(query.getColumn(7).getInt64())});
    }
    return labels;
  });
}

}  // namespace recoup::court
