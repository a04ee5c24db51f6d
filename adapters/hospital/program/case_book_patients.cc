// The case book's part about patients: which visits a hospital's patient number has.
#include "adapters/common/spool_statements.h"
#include "adapters/hospital/program/case_book.h"
#include "adapters/hospital/program/case_book_sqlite.h"

namespace recoup::hospital {
namespace {

// Added to books that were made before it. Numbers are those of the hospital, not of the insurance.
constexpr char kPatientTable[] = R"sql(
CREATE TABLE IF NOT EXISTS patient_visit(
  patient_number TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  PRIMARY KEY (patient_number, visit_id)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace

void PreparePatientTable(SQLite::Database& database) { database.exec(kPatientTable); }

absl::Status CaseBook::PutPatientVisit(const std::string& patient_number,
                                       const std::string& visit_id) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement insert(*statements_,
                                     "INSERT OR IGNORE INTO patient_visit VALUES (?, ?)");
    insert->bind(1, patient_number);
    insert->bind(2, visit_id);
    insert->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<std::string>> CaseBook::ListVisitsOfPatient(
    const std::string& patient_number) {
  return Guarded([&]() -> absl::StatusOr<std::vector<std::string>> {
    adapters::CachedStatement query(
        *statements_,
        "SELECT visit_id FROM patient_visit WHERE patient_number = ? ORDER BY visit_id");
    query->bind(1, patient_number);
    std::vector<std::string> visits;
    while (query->executeStep()) visits.push_back(query->getColumn(0).getString());
    return visits;
  });
}

absl::Status CaseBook::MovePatientVisits(const std::string& from, const std::string& to) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement copy(
        *statements_,
        "INSERT OR IGNORE INTO patient_visit "
        "SELECT ?, visit_id FROM patient_visit WHERE patient_number = ?");
    copy->bind(1, to);
    copy->bind(2, from);
    copy->exec();
    adapters::CachedStatement remove(*statements_,
                                     "DELETE FROM patient_visit WHERE patient_number = ?");
    remove->bind(1, from);
    remove->exec();
    return absl::OkStatus();
  });
}

}  // namespace recoup::hospital
