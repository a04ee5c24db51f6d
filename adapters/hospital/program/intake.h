// Intake: takes messages in, once each, and puts what they lead to into the spool.
//
// A message is taken when Take has returned: then it, its visit, the clerk's question and the
// request are on the disk. The same message again is answered with what became of it. Other content
// under the same message id is another message, taken with a note: senders begin their counters
// anew, and an admission must not be lost by that. Refused (ALREADY_EXISTS_WITH_OTHER_CONTENT) are
// other content of FHIR, whose resources are known by their ids, and a settlement that was told
// with other figures. A message that cannot be read or lacks something is refused with all its
// faults and leaves no trace. A request of the national interface that means nothing without the
// platform's response is kept until that comes, and the other way round.
//
// Not thread-safe; the references must outlive it.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_INTAKE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_INTAKE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/spool.h"
#include "adapters/hospital/national/half.h"
#include "adapters/hospital/program/case_book.h"
#include "adapters/hospital/program/plan.h"
#include "adapters/hospital/reader.h"
#include "adapters/hospital/triage/rules.h"
#include "hub/base/clock.h"
#include "hub/base/ids.h"

namespace recoup::hospital {

// kHeld: a flag that waits for what the hub needs of it.
enum class TakenAs { kSent, kAsked, kNothing, kKnown, kHeld };

struct Taken {
  TakenAs as = TakenAs::kNothing;
  std::string source_key;
  std::string visit_id;
  std::string kind;           // Of the request, if there is one.
  std::int64_t question = 0;  // Of the clerk, if there is one.
  std::string outcome;
  absl::Time time;  // When it was taken: of a known message, the first time.
  std::vector<QualityNote> notes;
};

// A message as it came: the digest of its content, and what was read in them or why they were
// refused.
struct Arrival {
  std::string digest;
  absl::StatusOr<Understood> understood;
  // Of half an exchange, with its bytes: it may have to wait for the other half.
  std::optional<national::Half> half = std::nullopt;
  std::string bytes = "";
};

// What a clerk adds to a visit; what is empty stays as it is.
struct Supplied {
  v1::Person patient;
  std::optional<absl::Time> admitted_at;
  PoolHint pool;
};

// What reading needs, whether or not anything is kept.
struct ReadingRules {
  HospitalProfile profile;
  FundTypes fund_types;
  triage::RuleBook triage;
};

// Parts an id that was used before from what tells its messages apart; '$' is the next character.
inline constexpr char kReusedIdMark[] = "#";
// The id under which a message of this content is known whose own id was used before.
std::string IdOfReused(const std::string& id, const std::string& digest);

// Of a message of which nobody has to hear.
Plan NothingToTell(std::string outcome);

// With the tables built in.
absl::StatusOr<ReadingRules> MakeReadingRules(HospitalProfile profile);
absl::StatusOr<Understood> Read(std::string_view bytes, const ReadingRules& rules);
// Reads, and remembers which bytes these were. Thread-safe.
Arrival Arrive(std::string_view bytes, const ReadingRules& rules);

class Intake {
 public:
  Intake(const ReadingRules& rules, CaseBook& book, adapters::Spool& spool, Clock& clock,
         std::function<Id()> next_request_id);

  absl::StatusOr<Taken> Take(std::string_view bytes);
  absl::StatusOr<Taken> Take(const Arrival& arrival);
  const ReadingRules& rules() const { return rules_; }
  // As Take, for messages that arrived together: one commit for all, one answer for each, in order.
  // A refused message does not harm its neighbours. What is taken is on the disk; Flush moves the
  // requests on into the spool.
  std::vector<absl::StatusOr<Taken>> TakeMany(std::span<const Arrival> arrivals);
  // TakeMany, and then Flush: an error of the spool is the answer of each.
  std::vector<absl::StatusOr<Taken>> TakeManyNow(std::span<const Arrival> arrivals);
  // What Take would put into the spool; nothing is kept.
  absl::StatusOr<Plan> Preview(const Arrival& arrival);
  // NOT_FOUND, or ILLEGAL_TRANSITION when the question is no longer open.
  absl::StatusOr<Taken> AnswerQuestion(std::int64_t id, bool involves_third_party,
                                       const std::string& reason);
  // The clerk takes a flag back. NOT_FOUND when nothing of the visit was ever taken,
  // ILLEGAL_TRANSITION when it is not flagged.
  absl::StatusOr<Taken> ClearVisit(const std::string& visit_id, const std::string& reason);
  // The clerk tells what no message did. NOT_FOUND when nothing of the visit was ever taken.
  absl::StatusOr<Taken> SupplyVisit(const std::string& visit_id, const Supplied& supplied);
  // The visit as the hub knows it: a request that the hub refused has changed nothing, so the
  // visit stands as before it.
  absl::StatusOr<Visit> VisitAsTheHubKnows(const std::string& visit_id);
  // Closes the questions whose time is over, as their silence rule says. Their number.
  absl::StatusOr<std::size_t> CloseOverdueQuestions();
  // Moves what TakeMany, or an earlier run that was cut short, left on the way into the spool.
  absl::Status Flush();

 private:
  absl::Status TakeOne(const Arrival& arrival, Taken& taken);
  // The message, under an id of its own where its sender used its id for another one before.
  absl::StatusOr<Understood> UnderItsOwnId(Understood understood, const std::string& digest);
  // A settlement that was told with other figures, and not refused by the hub.
  absl::Status RefuseOtherFigures(const SettlementDocument& settlement);
  absl::Status TakeRequestHalf(const Arrival& arrival, Taken& taken);
  absl::Status TakeResponseHalf(const Arrival& arrival, Taken& taken);
  // Whether a response tells all that is needed, by itself and with what its visit knows.
  absl::StatusOr<bool> StandsAlone(const Arrival& response);
  // Under what a request is known: its msgid, or an id of its own where that was used before.
  absl::StatusOr<std::string> KeyOfRequest(const WaitingHalf& request, const national::Half& half);
  absl::Status TakeJoined(const WaitingHalf& request, const WaitingHalf& response, Taken& taken);
  absl::Status TakeRefused(const WaitingHalf& request, Taken& taken);
  // `completes`: a half of it was taken under this id before.
  absl::Status TakeInTransaction(const Understood& understood, const std::string& digest,
                                 bool completes, Taken& taken);
  // True, with the answer in `taken`, when this very message was taken before.
  absl::StatusOr<bool> IsKnown(const std::string& digest, Taken& taken);
  // What a message does to its visit, as it stood before.
  struct PlannedChange {
    Visit before;
    Plan plan;
  };
  absl::StatusOr<PlannedChange> PlanInTransaction(const Understood& understood, Taken& taken);
  // In intake_reversals.cc.
  absl::StatusOr<PlannedChange> PlanReversal(const ReversalDocument& reversal, Taken& taken);
  absl::Status AddWaitingReversal(const SettlementDocument& settlement, absl::Time now, Plan& plan);
  absl::Status CancelIfUndone(const Document& document, absl::Time now, Visit& visit);
  // In intake_merge.cc.
  absl::Status TakeMerges(const AdmissionDocument& document, Taken& taken);
  // `key` begins the source keys of its requests: the message's, and which merge of it this is.
  // `own`: when the sender said so.
  absl::Status TakeMerge(const Merge& merge, SourceKind source, const std::string& key,
                         absl::Time own, Taken& taken);
  absl::Status NoteTaken(const std::string& digest, const std::string& outcome, Taken& taken);
  absl::Time NowAsKept();
  absl::Status Keep(const Visit& before, const Plan& plan, QuestionState closed_as,
                    const std::string& reason, Taken& taken);
  absl::Status Reopen(Question question);
  // NOT_FOUND when nothing of it was ever taken.
  absl::StatusOr<Visit> KnownVisit(const std::string& visit_id);
  absl::StatusOr<std::size_t> ApplySilence();

  const ReadingRules& rules_;
  CaseBook& book_;
  adapters::Spool& spool_;
  Clock& clock_;
  const std::function<Id()> next_request_id_;
  absl::Time silence_applied_ = absl::InfinitePast();
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_INTAKE_H_
