// The case book's part about visits: what is known of each, and what was done to it.
#include "absl/strings/str_cat.h"
#include "adapters/common/spool_statements.h"
#include "adapters/hospital/program/case_book.h"
#include "adapters/hospital/program/case_book_sqlite.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

constexpr char kVisitColumns[] =
    "SELECT area_code, insurance_type, admitted_on, discharged_on, standing, decided_grounds, "
    "flag, admitted_ms, patient, diagnoses, word, told, held_key, held FROM visit "
    "WHERE visit_id = ?";

std::optional<absl::Time> TimeOrNull(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return absl::FromUnixMillis(column.getInt64());
}

// What a visit of an older book knows stands in its flag alone.
void TakeFromFlag(const v1::Flag& flag, mapping::VisitFacts& facts) {
  if (facts.patient.ByteSizeLong() == 0) facts.patient = flag.patient();
  if (!facts.admitted_at && flag.has_admitted_time()) {
    facts.admitted_at = absl::FromUnixSeconds(flag.admitted_time().seconds());
  }
}

}  // namespace

absl::StatusOr<Visit> CaseBook::FindVisit(const std::string& visit_id) {
  return Guarded([&]() -> absl::StatusOr<Visit> {
    Visit visit;
    visit.visit_id = visit_id;
    adapters::CachedStatement query(*statements_, kVisitColumns);
    query->bind(1, visit_id);
    if (!query->executeStep()) return visit;
    mapping::VisitFacts& facts = visit.facts;
    facts.pool = {query->getColumn(0).getString(), query->getColumn(1).getString()};
    facts.admitted_on = query->getColumn(2).getString();
    facts.discharged_on = query->getColumn(3).getString();
    visit.standing = static_cast<mapping::Standing>(query->getColumn(4).getInt());
    visit.decided_grounds = WordsFromText(query->getColumn(5).getString());
    facts.admitted_at = TimeOrNull(query->getColumn(7));
    facts.diagnosis_codes = WordsFromText(query->getColumn(9).getString());
    facts.word = static_cast<mapping::Word>(query->getColumn(10).getInt());
    facts.told = mapping::ToldTimes::FromText(query->getColumn(11).getString());
    bool readable = visit.flag.ParseFromString(BytesOf(query->getColumn(6))) &&
                    facts.patient.ParseFromString(BytesOf(query->getColumn(8)));
    if (const std::string held_key = query->getColumn(12).getString(); !held_key.empty()) {
      visit.held = HeldFlag{held_key, {}};
      readable = readable && visit.held->request.ParseFromString(BytesOf(query->getColumn(13)));
    }
    if (!readable) return MakeError(Reason::kInternal, "就诊簿：就诊无法读取");
    TakeFromFlag(visit.flag, facts);
    return visit;
  });
}

absl::StatusOr<bool> CaseBook::HasVisit(const std::string& visit_id) {
  return Guarded([&]() -> absl::StatusOr<bool> {
    adapters::CachedStatement query(*statements_, "SELECT 1 FROM visit WHERE visit_id = ?");
    query->bind(1, visit_id);
    return query->executeStep();
  });
}

absl::Status CaseBook::PutVisit(const Visit& visit) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement put(
        *statements_,
        "REPLACE INTO visit(visit_id, area_code, insurance_type, admitted_on, discharged_on, "
        "standing, decided_grounds, flag, admitted_ms, patient, diagnoses, word, told, held_key, "
        "held) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const mapping::VisitFacts& facts = visit.facts;
    put->bind(1, visit.visit_id);
    put->bind(2, facts.pool.area_code);
    put->bind(3, facts.pool.insurance_type);
    put->bind(4, facts.admitted_on);
    put->bind(5, facts.discharged_on);
    put->bind(6, static_cast<int>(visit.standing));
    put->bind(7, WordsText(visit.decided_grounds));
    BindBlob(*put, 8, visit.flag.SerializeAsString());
    if (facts.admitted_at) {
      put->bind(9, absl::ToUnixMillis(*facts.admitted_at));
    } else {
      put->bind(9);
    }
    BindBlob(*put, 10, facts.patient.SerializeAsString());
    put->bind(11, WordsText(facts.diagnosis_codes));
    put->bind(12, static_cast<int>(facts.word));
    put->bind(13, facts.told.ToText());
    put->bind(14, visit.held ? visit.held->source_key : "");
    BindBlob(*put, 15, visit.held ? visit.held->request.SerializeAsString() : "");
    put->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<std::string>> CaseBook::ListHeldVisits() {
  return Guarded([&]() -> absl::StatusOr<std::vector<std::string>> {
    adapters::CachedStatement query(
        *statements_, "SELECT visit_id FROM visit WHERE held_key <> '' ORDER BY visit_id");
    std::vector<std::string> visits;
    while (query->executeStep()) visits.push_back(query->getColumn(0).getString());
    return visits;
  });
}

absl::Status CaseBook::AddVisitEvent(const std::string& visit_id, const VisitEvent& event) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement insert(
        *statements_, "INSERT INTO visit_event(visit_id, happened_ms, text) VALUES (?, ?, ?)");
    insert->bind(1, visit_id);
    insert->bind(2, absl::ToUnixMillis(event.happened));
    insert->bind(3, event.text);
    insert->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<VisitEvent>> CaseBook::ListVisitEvents(const std::string& visit_id) {
  return Guarded([&]() -> absl::StatusOr<std::vector<VisitEvent>> {
    adapters::CachedStatement query(
        *statements_,
        "SELECT happened_ms, text FROM visit_event WHERE visit_id = ? ORDER BY sequence");
    query->bind(1, visit_id);
    std::vector<VisitEvent> events;
    while (query->executeStep()) {
      events.push_back(
          {absl::FromUnixMillis(query->getColumn(0).getInt64()), query->getColumn(1).getString()});
    }
    return events;
  });
}

std::string ReferenceToSettlement(const std::string& settlement_id) {
  return absl::StrCat("settlement/", settlement_id);
}

std::string ReferenceToMessage(const std::string& source_key) {
  return absl::StrCat("message/", source_key);
}

absl::Status CaseBook::PutWaitingReversal(const WaitingReversal& reversal, absl::Time taken) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement put(
        *statements_, "INSERT OR IGNORE INTO waiting_reversal VALUES (?, ?, ?, ?, ?, ?)");
    put->bind(1, reversal.reference);
    put->bind(2, reversal.sender);
    put->bind(3, reversal.message_id);
    put->bind(4, reversal.visit_id);
    if (reversal.reversed_at) {
      put->bind(5, absl::ToUnixMillis(*reversal.reversed_at));
    } else {
      put->bind(5);
    }
    put->bind(6, absl::ToUnixMillis(taken));
    put->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::optional<WaitingReversal>> CaseBook::FindWaitingReversal(
    const std::string& reference) {
  return Guarded([&]() -> absl::StatusOr<std::optional<WaitingReversal>> {
    adapters::CachedStatement query(*statements_,
                                    "SELECT sender, message_id, visit_id, reversed_ms "
                                    "FROM waiting_reversal WHERE reference = ?");
    query->bind(1, reference);
    if (!query->executeStep()) return std::optional<WaitingReversal>();
    return std::optional<WaitingReversal>(
        {reference, query->getColumn(0).getString(), query->getColumn(1).getString(),
         query->getColumn(2).getString(), TimeOrNull(query->getColumn(3))});
  });
}

absl::Status CaseBook::RemoveWaitingReversal(const std::string& reference) {
  return Guarded([&]() -> absl::Status {
    adapters::CachedStatement remove(*statements_,
                                     "DELETE FROM waiting_reversal WHERE reference = ?");
    remove->bind(1, reference);
    remove->exec();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<WaitingReversal>> CaseBook::ListWaitingReversals() {
  return Guarded([&]() -> absl::StatusOr<std::vector<WaitingReversal>> {
    adapters::CachedStatement query(
        *statements_,
        "SELECT reference, sender, message_id, visit_id, reversed_ms FROM waiting_reversal "
        "WHERE reference >= 'settlement/' AND reference < 'settlement0' ORDER BY taken_ms");
    std::vector<WaitingReversal> reversals;
    while (query->executeStep()) {
      reversals.push_back({query->getColumn(0).getString(), query->getColumn(1).getString(),
                           query->getColumn(2).getString(), query->getColumn(3).getString(),
                           TimeOrNull(query->getColumn(4))});
    }
    return reversals;
  });
}

}  // namespace recoup::hospital
