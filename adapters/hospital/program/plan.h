// What one message leads to: a request to the hub, a question for the clerk, or nothing; and what
// is known of its visit afterwards. Pure: files, the case book and the hub are elsewhere.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_PLAN_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_PLAN_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/hospital/documents.h"
#include "adapters/hospital/program/case_book.h"
#include "adapters/hospital/triage/rules.h"
#include "adapters/hospital/triage/triage.h"

namespace recoup::hospital {

// A message as read and examined.
struct Understood {
  Document document;
  // Of admissions; of settlements where the kind of visit alone is worth a question.
  std::optional<triage::TriageResult> triage;
};

Understood Examine(Document document, const triage::RuleBook& rules);
std::string SourceKeyOf(const Document& document);
std::string VisitIdOf(const Document& document);
const std::vector<QualityNote>& NotesOf(const Document& document);

struct Plan {
  Visit visit;                     // As it is afterwards.
  std::vector<Outgoing> outgoing;  // In this order.
  // In place of the visit's open question, if it has one.
  std::optional<Question> question;
  bool closes_question = false;
  std::string outcome;  // In Chinese, for people.
};

// Faults name what the message and its visit both lack. A flag that cannot be sent yet is held in
// the visit; a later plan of the visit sends it.
absl::StatusOr<Plan> PlanFor(const Understood& understood, const Visit& visit, absl::Time now);

struct Answer {
  bool involves_third_party = false;
  std::string reason;
  absl::Time time;
};

// What the clerk's answer leads to; of a question that was answered already, his correction.
Plan PlanForAnswer(const Question& question, const Visit& visit, const Answer& answer);
// Nobody answered in time. Flags as suspected only where nothing was said of the visit yet: what a
// person or a message has decided stands.
Plan PlanForSilence(const Question& question, const Visit& visit, absl::Time now);
// The source keys of what the clerk does to a visit.
std::string ClearKeyOf(const std::string& visit_id, absl::Time now);
std::string SupplyKeyOf(const std::string& visit_id, absl::Time now);
std::string AnswerKeyOf(const Question& question, const Answer& answer);
// The clerk takes the flag back. ILLEGAL_TRANSITION when the visit is not flagged.
absl::StatusOr<Plan> PlanForClear(const Visit& visit, const std::string& reason, absl::Time now);
// `known` with what the merged patient's message says of the person.
v1::Person MergedPerson(v1::Person known, const v1::Person& said);
// A visit's patient was merged into another: its flag names that person now. No request where the
// visit has no flag, or where it says the same. `facts`: of the visit, the merge included.
Plan PlanForMerge(const Visit& visit, const mapping::VisitFacts& facts, const v1::Person& person,
                  const std::string& source_key, absl::Time now, const std::string& reason);
// The clerk has told what no message did: a held flag is sent once nothing is missing, one that
// was sent is brought up to date.
Plan PlanForSupply(const Visit& visit, const mapping::VisitFacts& facts, absl::Time now);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_PLAN_H_
