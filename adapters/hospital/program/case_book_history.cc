// The part of the case book that remembers: admissions as triage saw them, and what the hub was
// told before each request that it has not answered yet.
#include <sqlite3.h>

#include <utility>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/spool_statements.h"
#include "adapters/hospital/program/case_book.h"
#include "adapters/hospital/program/case_book_sqlite.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {

namespace {

absl::StatusOr<std::vector<PastAdmission>> AdmissionsOf(adapters::CachedStatement& query) {
  std::vector<PastAdmission> admissions;
  while (query->executeStep()) {
    admissions.push_back({query->getColumn(0).getString(), query->getColumn(1).getString(),
                          absl::FromUnixMillis(query->getColumn(2).getInt64()),
                          query->getColumn(3).getString(), query->getColumn(4).getInt(),
                          query->getColumn(5).getString(), query->getColumn(6).getString()});
  }
  return admissions;
}

}  // namespace

absl::Status CaseBook::PutAdmission(const PastAdmission& admission) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement put(*statements_,
                                  "REPLACE INTO admission VALUES (?, ?, ?, ?, ?, ?, ?)");
    put->bind(1, admission.source_key);
    put->bind(2, admission.visit_id);
    put->bind(3, absl::ToUnixMillis(admission.taken));
    put->bind(4, admission.facts);
    put->bind(5, admission.proposal);
    put->bind(6, admission.rules_version);
    put->bind(7, admission.outcome);
    put->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<PastAdmission>> CaseBook::ListAdmissions() {
  return Guarded([&]() -> absl::StatusOr<std::vector<PastAdmission>> {
    adapters::CachedStatement query(*statements_,
                                    "SELECT * FROM admission ORDER BY taken_ms, source_key");
    return AdmissionsOf(query);
  });
}

absl::StatusOr<std::vector<PastAdmission>> CaseBook::ListAdmissionsOf(const std::string& visit_id) {
  return Guarded([&]() -> absl::StatusOr<std::vector<PastAdmission>> {
    adapters::CachedStatement query(
        *statements_, "SELECT * FROM admission WHERE visit_id = ? ORDER BY taken_ms, source_key");
    query->bind(1, visit_id);
    return AdmissionsOf(query);
  });
}

absl::StatusOr<std::vector<std::string>> CaseBook::ListVisitsOf(const std::string& admitted_on) {
  return Guarded([&]() -> absl::StatusOr<std::vector<std::string>> {
    adapters::CachedStatement query(
        *statements_, "SELECT visit_id FROM visit WHERE admitted_on = ? ORDER BY visit_id");
    query->bind(1, admitted_on);
    std::vector<std::string> visits;
    while (query->executeStep()) visits.push_back(query->getColumn(0).getString());
    return visits;
  });
}

absl::Status CaseBook::AddPending(const PendingChange& change) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement insert(*statements_,
                                     "INSERT INTO pending(visit_id, source_key, standing, flag) "
                                     "VALUES (?, ?, ?, ?)");
    insert->bind(1, change.visit_id);
    insert->bind(2, change.source_key);
    insert->bind(3, static_cast<int>(change.standing));
    BindBlob(*insert, 4, change.flag.SerializeAsString());
    insert->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<PendingChange>> CaseBook::ListPending(const std::string& visit_id) {
  return Guarded([&]() -> absl::StatusOr<std::vector<PendingChange>> {
    adapters::CachedStatement query(
        *statements_,
        "SELECT sequence, visit_id, source_key, standing, flag FROM pending "
        "WHERE visit_id = ? ORDER BY sequence");
    query->bind(1, visit_id);
    std::vector<PendingChange> changes;
    while (query->executeStep()) {
      PendingChange change;
      change.sequence = query->getColumn(0).getInt64();
      change.visit_id = query->getColumn(1).getString();
      change.source_key = query->getColumn(2).getString();
      change.standing = static_cast<mapping::Standing>(query->getColumn(3).getInt());
      if (!change.flag.ParseFromString(BytesOf(query->getColumn(4)))) {
        return MakeError(Reason::kInternal, "就诊簿：标志无法读取");
      }
      changes.push_back(std::move(change));
    }
    return changes;
  });
}

absl::Status CaseBook::RemovePending(std::int64_t sequence) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement remove(*statements_, "DELETE FROM pending WHERE sequence = ?");
    remove->bind(1, sequence);
    remove->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<bool> CaseBook::HasOutgoing(const std::string& source_key) {
  return Guarded([&]() -> absl::StatusOr<bool> {
    adapters::CachedStatement query(*statements_, "SELECT 1 FROM outgoing WHERE source_key = ?");
    query->bind(1, source_key);
    return query->executeStep();
  });
}

}  // namespace recoup::hospital
