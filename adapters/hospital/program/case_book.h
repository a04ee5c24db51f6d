// Case book: what this adapter must remember of visits, beside the spool.
//
// One SQLite file: messages that were taken (so that nothing is sent twice), visits (what the hub
// was last told), questions for the clerk, outgoing requests on their way into the spool, halves of
// exchanges that wait for the other half, and what each message of the national interface told, for
// messages that name it later. Taking a message is one transaction over all of them; moving
// outgoing requests into the spool afterwards is repeated until done, and harmless to repeat,
// because the spool knows each source key once. So a crash at any moment loses nothing and doubles
// nothing.
//
// Holds personal data: created readable by its owner only. Errors are statuses; a locked or full
// disk is UNAVAILABLE. Not thread-safe; several processes may use one file.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/hospital/mapping/decision.h"
#include "adapters/hospital/mapping/requests.h"
#include "hub/domain/money.h"

namespace SQLite {
class Database;
}

namespace recoup::adapters {
class StatementCache;
}

namespace recoup::hospital {

struct Message {
  std::string source_key;  // Sender and message id.
  std::string digest;      // SHA-256 of the bytes.
  std::string outcome;     // In Chinese: what became of it.
  absl::Time taken;
};

// A flag that was decided on and lacks something that the hub needs.
struct HeldFlag {
  std::string source_key;  // Of the message or answer that raised it.
  v1::FlagAdmissionRequest request;
};

struct Visit {
  std::string visit_id;
  mapping::VisitFacts facts;
  // A visit whose flag is held stands as flagged.
  mapping::Standing standing = mapping::Standing::kNothing;
  std::vector<std::string> decided_grounds;
  v1::Flag flag;  // As last sent, or as held.
  std::optional<HeldFlag> held = std::nullopt;
};

enum class QuestionState { kOpen, kFlag, kNoFlag, kClosed };

struct Question {
  std::int64_t id = 0;  // 0: not stored yet.
  std::string visit_id;
  std::string why;
  std::vector<std::string> grounds;
  v1::Flag proposed;  // What would be flagged.
  absl::Time asked_time;
  QuestionState state = QuestionState::kOpen;
  std::string reason;                       // Of the answer.
  std::string ask;                          // The one short question to the clerk.
  absl::Time due_time = absl::UnixEpoch();  // UnixEpoch: no deadline.
  bool silence_flags = false;               // Unanswered until then, the visit is flagged.
};

// An admission message as triage saw it.
struct PastAdmission {
  std::string source_key;
  std::string visit_id;
  absl::Time taken;
  std::string facts;  // triage/facts.h
  int proposal = 0;   // triage::Proposal
  std::string rules_version;
  std::string outcome;
};

// What the hub had been told of a visit before a request that is not answered yet.
struct PendingChange {
  std::int64_t sequence = 0;
  std::string visit_id;
  std::string source_key;  // Of the request.
  mapping::Standing standing = mapping::Standing::kNothing;
  v1::Flag flag;
};

struct Outgoing {
  std::string source_key;
  std::string kind;  // "HospitalService.FlagAdmission"
  std::string order_key;
  std::string payload;
};

// A taking back that came before what it takes back.
struct WaitingReversal {
  std::string reference;  // ReferenceToSettlement or ReferenceToMessage.
  std::string sender;
  std::string message_id;
  std::string visit_id;  // Where it says so.
  std::optional<absl::Time> reversed_at;
};

std::string ReferenceToSettlement(const std::string& settlement_id);
std::string ReferenceToMessage(const std::string& source_key);

// What was done to a visit beside the admission messages: a settlement, a person's word, a merge.
struct VisitEvent {
  absl::Time happened;
  std::string text;  // In Chinese.
};

// A half of an exchange that waits for the other one.
struct WaitingHalf {
  std::string digest;
  std::string bytes;
};

// What a message of the national interface was about.
struct ToldThing {
  std::string source_key;
  std::string visit_id;
  std::string settlement_id;  // Empty: an admission.
  PoolHint pool;
};

// What a settlement said when it was told to the hub.
struct ToldFigures {
  std::string source_key;  // Of the request.
  domain::Money total;
  domain::Money fund_paid;
  domain::Money self_paid;
  std::string digest;  // Of the visit, the time and the rows.
};

class CaseBook {
 public:
  // Creates the file if it is not there. A file of another program is refused.
  static absl::StatusOr<std::unique_ptr<CaseBook>> Open(const std::string& file);
  ~CaseBook();
  CaseBook(const CaseBook&) = delete;
  CaseBook& operator=(const CaseBook&) = delete;

  // All of `body` or nothing. The other functions may be called inside or outside.
  absl::Status Atomically(const std::function<absl::Status()>& body);

  absl::StatusOr<std::optional<Message>> FindMessage(const std::string& source_key);
  // Replaces what was put under the same source key.
  absl::Status PutMessage(const Message& message);
  absl::Status RemoveMessage(const std::string& source_key);
  // With what else is remembered of their time, but for which settlements were told: they can be
  // taken back later. The number of messages.
  absl::StatusOr<std::int64_t> DeleteMessagesBefore(absl::Time time);

  absl::StatusOr<std::optional<WaitingHalf>> FindHalf(const std::string& reference,
                                                      bool is_request);
  absl::Status PutHalf(const std::string& reference, bool is_request, const WaitingHalf& half,
                       absl::Time taken);
  // Both halves under this reference.
  absl::Status RemoveHalves(const std::string& reference);
  // Requests whose response has not come.
  absl::StatusOr<std::int64_t> CountWaitingRequests();

  absl::Status PutTold(const ToldThing& told, absl::Time taken);
  // By the id that its sender gave it; of several messages under one id the last.
  absl::StatusOr<std::optional<ToldThing>> FindTold(const std::string& source_key);
  absl::StatusOr<std::optional<ToldThing>> FindToldSettlement(const std::string& settlement_id);
  // Replaces what was put of the same settlement.
  absl::Status PutToldFigures(const std::string& settlement_id, const ToldFigures& figures);
  absl::StatusOr<std::optional<ToldFigures>> FindToldFigures(const std::string& settlement_id);

  // One per reference: the first.
  absl::Status PutWaitingReversal(const WaitingReversal& reversal, absl::Time taken);
  absl::StatusOr<std::optional<WaitingReversal>> FindWaitingReversal(const std::string& reference);
  absl::Status RemoveWaitingReversal(const std::string& reference);
  // Those of settlements, oldest first.
  absl::StatusOr<std::vector<WaitingReversal>> ListWaitingReversals();

  // A visit that was never seen is empty but for its id.
  absl::StatusOr<Visit> FindVisit(const std::string& visit_id);
  absl::StatusOr<bool> HasVisit(const std::string& visit_id);
  absl::Status PutVisit(const Visit& visit);
  // Visits whose flag is held, by their ids.
  absl::StatusOr<std::vector<std::string>> ListHeldVisits();
  absl::Status AddVisitEvent(const std::string& visit_id, const VisitEvent& event);
  absl::StatusOr<std::vector<VisitEvent>> ListVisitEvents(const std::string& visit_id);
  // The visits that came under a hospital's patient number (PID-3), and what a merge does to them.
  absl::Status PutPatientVisit(const std::string& patient_number, const std::string& visit_id);
  absl::StatusOr<std::vector<std::string>> ListVisitsOfPatient(const std::string& patient_number);
  absl::Status MovePatientVisits(const std::string& from, const std::string& to);
  // Of all visits, "310115-310", each once.
  absl::StatusOr<std::vector<std::string>> ListPools();

  absl::StatusOr<std::optional<Question>> FindOpenQuestion(const std::string& visit_id);
  absl::StatusOr<Question> GetQuestion(std::int64_t id);  // Or NOT_FOUND.
  absl::StatusOr<std::vector<Question>> ListOpenQuestions();
  // Inserts (id 0) or replaces; returns the id.
  absl::StatusOr<std::int64_t> PutQuestion(const Question& question);

  // Deleted with the messages (DeleteMessagesBefore).
  absl::Status PutAdmission(const PastAdmission& admission);
  absl::StatusOr<std::vector<PastAdmission>> ListAdmissions();  // Oldest first.
  absl::StatusOr<std::vector<PastAdmission>> ListAdmissionsOf(const std::string& visit_id);
  // Ids of the visits admitted on "YYYY-MM-DD".
  absl::StatusOr<std::vector<std::string>> ListVisitsOf(const std::string& admitted_on);

  absl::Status AddPending(const PendingChange& change);
  absl::StatusOr<std::vector<PendingChange>> ListPending(const std::string& visit_id);
  absl::Status RemovePending(std::int64_t sequence);

  absl::Status AddOutgoing(const Outgoing& outgoing);
  absl::StatusOr<std::vector<Outgoing>> ListOutgoing();  // Oldest first.
  absl::StatusOr<bool> HasOutgoing(const std::string& source_key);
  absl::Status RemoveOutgoing(const std::string& source_key);

 private:
  explicit CaseBook(std::unique_ptr<SQLite::Database> database);

  std::unique_ptr<SQLite::Database> database_;
  std::unique_ptr<adapters::StatementCache> statements_;  // Of database_: destroyed before it.
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_H_
