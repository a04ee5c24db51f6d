// The triage rules as data: data/triage_rules.toml, built in, or another file in the same form.
//
// Loading checks everything (patterns, names, ids given once), so that a loaded RuleBook can only
// be applied. Immutable; safe to share between threads; movable.
#ifndef RECOUP_ADAPTERS_HOSPITAL_TRIAGE_RULES_H_
#define RECOUP_ADAPTERS_HOSPITAL_TRIAGE_RULES_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "re2/re2.h"

namespace recoup::hospital::triage {

// What in the admission a rule looks at.
enum class Evidence {
  kFlags,       // "trum=1 rel=?"
  kMedType,     // med_type
  kDiagnosis,   // one ICD-10 code; the first rule in the file that matches a code decides it
  kAccident,    // the accident's code and its name; "" where an accident is told without code
  kOccurrence,  // one NUBC occurrence code
  kText,        // one clause of the words
};

// What a match says about a third party.
enum class Answer {
  kFlag,       // Somebody else caused it.
  kAskFirmly,  // Somebody else may answer for it, even if the patient sees none.
  kAsk,        // An injury; whether somebody else caused it is not said.
  kDeny,       // It is said that nobody else caused it.
  kNothing,    // Looked at and of no meaning; said so that people see why.
};

enum class ThirdPartyKind {
  kUnknown,
  kTraffic,
  kAssault,
  kAnimal,
  kWork,
  kPremises,
  kSchool,
  kObject,
  kProduct,
  kMedical,
};

// "TRAFFIC", as in the rule file; "" for kUnknown.
std::string_view NameOf(ThirdPartyKind kind);

// What happens when nobody answers a question in time.
enum class Silence {
  kNoFlag,  // Nothing is flagged; the question closes as unanswered.
  kFlag,    // The visit is flagged as suspected: a third party was named or is likely.
};

// How the desk is asked.
struct Asking {
  absl::Duration answer_within = absl::Hours(24);
  Silence silence = Silence::kNoFlag;       // After an injury of which nothing is said.
  Silence silence_firm = Silence::kNoFlag;  // Where somebody else may answer even so.
  // One short question by kind; that of kUnknown stands for kinds without one.
  std::map<ThirdPartyKind, std::string> questions;
};

struct Rule {
  std::string id;
  Evidence evidence = Evidence::kText;
  Answer answer = Answer::kAsk;
  ThirdPartyKind kind = ThirdPartyKind::kUnknown;
  std::unique_ptr<RE2> pattern;
  // Words that match and are not meant: 被…撞 by a car is no blow of a person. Null: none.
  std::unique_ptr<RE2> unless;
  // Of words: what it matches no other rule looks at. "被自家的狗咬伤" is no bite of a keeper's
  // dog, and "被钉子扎伤" nobody's deed.
  bool alone = false;
  std::string why;  // In Chinese, for the registration desk.
  // What the rule must decide, and what it must not; CheckExamples runs them.
  std::vector<std::string> examples;
  std::vector<std::string> counter_examples;
};

struct RuleBook {
  std::string version;
  std::vector<Rule> rules;
  // What stands in brackets, a clause of its own; the first group is what is within. Null: brackets
  // are only what clause_end makes of them.
  std::unique_ptr<RE2> aside;
  // Clauses are cut at these; the enumeration comma 、 does not end a negation.
  std::unique_ptr<RE2> clause_end;
  // Compounds that hold a negating character but negate nothing (无证驾驶, 非机动车); the first
  // group is what stays of them.
  std::unique_ptr<RE2> no_negation;
  // The part of the clause before a match, where it negates the match.
  std::unique_ptr<RE2> negation;
  // The part of the clause before a match, where it only supposes the match (可能被人碰倒): such
  // words ask. Null: supposing counts as saying.
  std::unique_ptr<RE2> supposed;
  // A clause about somebody else than the patient.
  std::unique_ptr<RE2> other_subject;
  // A clause about the past, and the diagnoses with which the past still matters.
  std::unique_ptr<RE2> past;
  std::unique_ptr<RE2> past_matters_with;
  // Words that name others who did no harm (被家人发现): passed over. Null: none.
  std::unique_ptr<RE2> innocent;
  // Codes of injuries and their treatment. With diagnoses of which none is one, words alone only
  // ask. Null: words flag whatever the diagnoses are.
  std::unique_ptr<RE2> injury_codes;
  Asking asking;
};

absl::StatusOr<RuleBook> RuleBookFromToml(const std::string& text);
absl::StatusOr<RuleBook> BuiltInRuleBook();
// The rule file that is built in, as text: published, and a start for a hospital's own.
std::string BuiltInRuleText();

}  // namespace recoup::hospital::triage

#endif  // RECOUP_ADAPTERS_HOSPITAL_TRIAGE_RULES_H_
