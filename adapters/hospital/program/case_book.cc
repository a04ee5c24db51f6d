#include "adapters/hospital/program/case_book.h"

#include <utility>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "adapters/common/spool_checkpoints.h"
#include "adapters/common/spool_statements.h"
#include "adapters/hospital/program/case_book_sqlite.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

constexpr int kApplicationId = 0x52484342;  // "RHCB"
constexpr int kVersion = 3;

constexpr char kTables[] = R"sql(
CREATE TABLE message(
  source_key TEXT PRIMARY KEY,
  digest BLOB NOT NULL,
  outcome TEXT NOT NULL,
  taken_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX message_by_time ON message(taken_ms);
CREATE TABLE visit(
  visit_id TEXT PRIMARY KEY,
  area_code TEXT NOT NULL,
  insurance_type TEXT NOT NULL,
  admitted_on TEXT NOT NULL,
  discharged_on TEXT NOT NULL,
  standing INTEGER NOT NULL CHECK (standing BETWEEN 0 AND 3),
  decided_grounds TEXT NOT NULL,
  flag BLOB NOT NULL
) STRICT;
CREATE TABLE question(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  visit_id TEXT NOT NULL,
  why TEXT NOT NULL,
  grounds TEXT NOT NULL,
  proposed BLOB NOT NULL,
  asked_ms INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
  reason TEXT NOT NULL
) STRICT;
-- A visit has one open question at most.
CREATE UNIQUE INDEX question_open ON question(visit_id) WHERE state = 0;
CREATE TABLE outgoing(
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  source_key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  order_key TEXT NOT NULL,
  payload BLOB NOT NULL
) STRICT;
)sql";

// Version 2: what a question asks and until when; admissions as triage saw them; the state before
// each change that the hub has not accepted yet.
constexpr char kSecondTables[] = R"sql(
ALTER TABLE question ADD COLUMN ask TEXT NOT NULL DEFAULT '';
ALTER TABLE question ADD COLUMN due_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN silence_flags INTEGER NOT NULL DEFAULT 0;
CREATE TABLE admission(
  source_key TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL,
  taken_ms INTEGER NOT NULL,
  facts TEXT NOT NULL,
  proposal INTEGER NOT NULL CHECK (proposal BETWEEN 0 AND 2),
  rules_version TEXT NOT NULL,
  outcome TEXT NOT NULL
) STRICT;
CREATE INDEX admission_by_time ON admission(taken_ms);
CREATE INDEX admission_by_visit ON admission(visit_id);
CREATE INDEX visit_by_day ON visit(admitted_on);
CREATE TABLE pending(
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  visit_id TEXT NOT NULL,
  source_key TEXT NOT NULL,
  standing INTEGER NOT NULL CHECK (standing BETWEEN 0 AND 3),
  flag BLOB NOT NULL
) STRICT;
CREATE INDEX pending_by_visit ON pending(visit_id);
)sql";

// Version 3: what all messages of a visit have said of it, and the flag that waits for more.
constexpr char kThirdTables[] = R"sql(
ALTER TABLE visit ADD COLUMN admitted_ms INTEGER;
ALTER TABLE visit ADD COLUMN patient BLOB NOT NULL DEFAULT x'';
ALTER TABLE visit ADD COLUMN diagnoses TEXT NOT NULL DEFAULT '';
ALTER TABLE visit ADD COLUMN word INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE visit ADD COLUMN held_key TEXT NOT NULL DEFAULT '';
ALTER TABLE visit ADD COLUMN held BLOB NOT NULL DEFAULT x'';
CREATE INDEX visit_held ON visit(visit_id) WHERE held_key <> '';
CREATE TABLE visit_event(
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  visit_id TEXT NOT NULL,
  happened_ms INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX visit_event_by_visit ON visit_event(visit_id);
CREATE INDEX visit_event_by_time ON visit_event(happened_ms);
CREATE TABLE waiting_reversal(
  reference TEXT PRIMARY KEY,
  sender TEXT NOT NULL,
  message_id TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  reversed_ms INTEGER,
  taken_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX waiting_reversal_by_time ON waiting_reversal(taken_ms);
)sql";

absl::Status PrepareSchema(SQLite::Database& database) {
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
  database.exec(adapters::kCheckpointSeldom);
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  if (database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0) {
    database.exec(kTables);
    database.exec(absl::StrCat("PRAGMA application_id = ", kApplicationId));
    database.exec("PRAGMA user_version = 1");
  }
  if (database.execAndGet("PRAGMA application_id").getInt() == kApplicationId &&
      database.execAndGet("PRAGMA user_version").getInt() == 1) {
    database.exec(kSecondTables);
    database.exec("PRAGMA user_version = 2");
  }
  if (database.execAndGet("PRAGMA application_id").getInt() == kApplicationId &&
      database.execAndGet("PRAGMA user_version").getInt() == 2) {
    database.exec(kThirdTables);
    database.exec(absl::StrCat("PRAGMA user_version = ", kVersion));
  } else if (database.execAndGet("PRAGMA application_id").getInt() != kApplicationId ||
             database.execAndGet("PRAGMA user_version").getInt() != kVersion) {
    return MakeError(Reason::kInvalidArgument, "此文件不是本版本 Recoup 的就诊簿");
  }
  PrepareExchangeTables(database);
  PreparePatientTable(database);
  transaction.commit();
  return absl::OkStatus();
}

constexpr char kOpenQuestion[] =
    "SELECT id, visit_id, why, grounds, proposed, asked_ms, state, reason, ask, due_ms, "
    "silence_flags FROM question WHERE visit_id = ? AND state = 0";
constexpr char kQuestionColumns[] =
    "id, visit_id, why, grounds, proposed, asked_ms, state, reason, ask, due_ms, silence_flags";

absl::StatusOr<Question> QuestionOf(SQLite::Statement& row) {
  Question question;
  question.id = row.getColumn(0).getInt64();
  question.visit_id = row.getColumn(1).getString();
  question.why = row.getColumn(2).getString();
  question.grounds = WordsFromText(row.getColumn(3).getString());
  if (!question.proposed.ParseFromString(BytesOf(row.getColumn(4)))) {
    return MakeError(Reason::kInternal, "就诊簿：问题无法读取");
  }
  question.asked_time = absl::FromUnixMillis(row.getColumn(5).getInt64());
  question.state = static_cast<QuestionState>(row.getColumn(6).getInt());
  question.reason = row.getColumn(7).getString();
  question.ask = row.getColumn(8).getString();
  question.due_time = absl::FromUnixMillis(row.getColumn(9).getInt64());
  question.silence_flags = row.getColumn(10).getInt() != 0;
  return question;
}

}  // namespace

CaseBook::CaseBook(std::unique_ptr<SQLite::Database> database)
    : database_(std::move(database)),
      statements_(std::make_unique<adapters::StatementCache>(*database_)) {}

CaseBook::~CaseBook() = default;

absl::StatusOr<std::unique_ptr<CaseBook>> CaseBook::Open(const std::string& file) {
  RECOUP_RETURN_IF_ERROR(adapters::CreateForOwnerOnly(file, "case book "));
  return Guarded([&]() -> absl::StatusOr<std::unique_ptr<CaseBook>> {
    constexpr int kBusyTimeoutMs = 10'000;
    auto database =
        std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE, kBusyTimeoutMs);
    RECOUP_RETURN_IF_ERROR(PrepareSchema(*database));
    return std::unique_ptr<CaseBook>(new CaseBook(std::move(database)));
  });
}

absl::Status CaseBook::Atomically(const std::function<absl::Status()>& body) {
  return Guarded([&]() -> absl::Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    RECOUP_RETURN_IF_ERROR(body());
    transaction.commit();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::optional<Message>> CaseBook::FindMessage(const std::string& source_key) {
  return Guarded([&]() -> absl::StatusOr<std::optional<Message>> {
    adapters::CachedStatement query(
        *statements_, "SELECT digest, outcome, taken_ms FROM message WHERE source_key = ?");
    query->bind(1, source_key);
    if (!query->executeStep()) return std::optional<Message>();
    return std::optional<Message>({source_key, BytesOf(query->getColumn(0)),
                                   query->getColumn(1).getString(),
                                   absl::FromUnixMillis(query->getColumn(2).getInt64())});
  });
}

absl::Status CaseBook::PutMessage(const Message& message) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement insert(*statements_, "REPLACE INTO message VALUES (?, ?, ?, ?)");
    insert->bind(1, message.source_key);
    BindBlob(*insert, 2, message.digest);
    insert->bind(3, message.outcome);
    insert->bind(4, absl::ToUnixMillis(message.taken));
    insert->exec();
    return absl::OkStatus();
  });
}

absl::Status CaseBook::RemoveMessage(const std::string& source_key) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement remove(*statements_, "DELETE FROM message WHERE source_key = ?");
    remove->bind(1, source_key);
    remove->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::int64_t> CaseBook::DeleteMessagesBefore(absl::Time time) {
  return Guarded([&]() -> absl::StatusOr<std::int64_t> {
    std::int64_t deleted = 0;
    for (const char* sql :
         {"DELETE FROM half WHERE taken_ms < ?",
          "DELETE FROM told WHERE taken_ms < ? AND settlement_id = ''",
          "DELETE FROM waiting_reversal WHERE taken_ms < ?",
          "DELETE FROM visit_event WHERE happened_ms < ?",
          "DELETE FROM admission WHERE taken_ms < ?", "DELETE FROM message WHERE taken_ms < ?"}) {
      SQLite::Statement statement(*database_, sql);
      statement.bind(1, absl::ToUnixMillis(time));
      deleted = statement.exec();
    }
    return deleted;
  });
}

absl::StatusOr<std::vector<std::string>> CaseBook::ListPools() {
  return Guarded([&]() -> absl::StatusOr<std::vector<std::string>> {
    SQLite::Statement query(*database_,
                            "SELECT DISTINCT area_code || '-' || insurance_type FROM visit "
                            "WHERE area_code <> '' AND insurance_type <> '' ORDER BY 1");
    std::vector<std::string> pools;
    while (query.executeStep()) pools.push_back(query.getColumn(0).getString());
    return pools;
  });
}

absl::StatusOr<std::optional<Question>> CaseBook::FindOpenQuestion(const std::string& visit_id) {
  return Guarded([&]() -> absl::StatusOr<std::optional<Question>> {
    adapters::CachedStatement query(*statements_, kOpenQuestion);
    query->bind(1, visit_id);
    if (!query->executeStep()) return std::optional<Question>();
    RECOUP_ASSIGN_OR_RETURN(Question question, QuestionOf(*query));
    return std::optional<Question>(std::move(question));
  });
}

absl::StatusOr<Question> CaseBook::GetQuestion(std::int64_t id) {
  return Guarded([&]() -> absl::StatusOr<Question> {
    SQLite::Statement query(
        *database_, absl::StrCat("SELECT ", kQuestionColumns, " FROM question WHERE id = ?"));
    query.bind(1, id);
    if (!query.executeStep()) {
      return MakeError(Reason::kNotFound, absl::StrCat("没有问题 ", id));
    }
    return QuestionOf(query);
  });
}

absl::StatusOr<std::vector<Question>> CaseBook::ListOpenQuestions() {
  return Guarded([&]() -> absl::StatusOr<std::vector<Question>> {
    SQLite::Statement query(*database_, absl::StrCat("SELECT ", kQuestionColumns,
                                                     " FROM question WHERE state = 0 ORDER BY id"));
    std::vector<Question> questions;
    while (query.executeStep()) {
      RECOUP_ASSIGN_OR_RETURN(Question question, QuestionOf(query));
      questions.push_back(std::move(question));
    }
    return questions;
  });
}

absl::StatusOr<std::int64_t> CaseBook::PutQuestion(const Question& question) {
  return Guarded([&]() -> absl::StatusOr<std::int64_t> {
    SQLite::Statement put(*database_,
                          "REPLACE INTO question VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (question.id == 0) {
      put.bind(1);  // NULL: the next number.
    } else {
      put.bind(1, question.id);
    }
    put.bind(2, question.visit_id);
    put.bind(3, question.why);
    put.bind(4, WordsText(question.grounds));
    BindBlob(put, 5, question.proposed.SerializeAsString());
    put.bind(6, absl::ToUnixMillis(question.asked_time));
    put.bind(7, static_cast<int>(question.state));
    put.bind(8, question.reason);
    put.bind(9, question.ask);
    put.bind(10, absl::ToUnixMillis(question.due_time));
    put.bind(11, question.silence_flags ? 1 : 0);
    put.exec();
    return question.id == 0 ? std::int64_t{database_->getLastInsertRowid()} : question.id;
  });
}

absl::Status CaseBook::AddOutgoing(const Outgoing& outgoing) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement insert(
        *statements_,
        "INSERT INTO outgoing(source_key, kind, order_key, payload) VALUES (?, ?, ?, ?)");
    insert->bind(1, outgoing.source_key);
    insert->bind(2, outgoing.kind);
    insert->bind(3, outgoing.order_key);
    BindBlob(*insert, 4, outgoing.payload);
    insert->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<Outgoing>> CaseBook::ListOutgoing() {
  return Guarded([&]() -> absl::StatusOr<std::vector<Outgoing>> {
    adapters::CachedStatement query(*statements_,
                                    "SELECT source_key, kind, order_key, payload FROM outgoing "
                                    "ORDER BY sequence");
    std::vector<Outgoing> outgoing;
    while (query->executeStep()) {
      outgoing.push_back({query->getColumn(0).getString(), query->getColumn(1).getString(),
                          query->getColumn(2).getString(), BytesOf(query->getColumn(3))});
    }
    return outgoing;
  });
}

absl::Status CaseBook::RemoveOutgoing(const std::string& source_key) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement remove(*statements_, "DELETE FROM outgoing WHERE source_key = ?");
    remove->bind(1, source_key);
    remove->exec();
    return absl::OkStatus();
  });
}

}  // namespace recoup::hospital
