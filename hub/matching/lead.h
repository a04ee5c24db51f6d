// Leads: does a closed court case belong to these visits of this person?
//
// Decide groups each candidate's visits into one injury event (those admitted within a window after
// the accident), weighs named evidence for and against, and ranks. Every point of a score is a
// Reason with Chinese text. The rules of the verdict:
// - a different identity number excludes a candidate, whatever else fits;
// - CERTAIN: the best candidate has the same identity number and a visit in the window, or its
// score
//   reaches `certain_score`; and it leads the next one by `certain_margin`;
// - AMBIGUOUS: there is evidence, but not so much, or two candidates are too close (two people of
//   one name). A person decides; nothing is dropped silently;
// - NONE: no candidate has any evidence, with the reason.
// Pure and deterministic: candidates and visits in any order give the same decision. Safe from any
// thread. Invalid facts (empty or repeated keys, negative amounts) are refused with all faults.
#ifndef RECOUP_HUB_MATCHING_LEAD_H_
#define RECOUP_HUB_MATCHING_LEAD_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/domain/money.h"

namespace recoup::matching {

enum class ThirdPartyKind { kUnknown, kTraffic, kMedical, kWork, kAnimal, kPremises, kOther };

// One injured person of one closed case. Names are normalised by the caller; id tokens are opaque
// (a keyed blind index), so no identity number comes here.
struct CaseFacts {
  std::string key;
  std::string person_name;
  std::string id_token;
  std::optional<absl::CivilDay> accident_on;
  std::optional<absl::CivilDay> closed_on;
  std::vector<std::string> hospitals;
  std::optional<domain::Money> medical_total;  // A + C
  std::optional<domain::Money> fund_paid;      // C
  std::optional<domain::Money> self_paid;      // A
  ThirdPartyKind third_party = ThirdPartyKind::kUnknown;
};

struct Visit {
  std::string advance_key;
  std::string hospital;
  absl::CivilDay admitted_on;
  std::optional<absl::CivilDay> discharged_on;
  std::optional<absl::CivilDay> settled_on;
  domain::Money total;
  domain::Money fund_paid;
  domain::Money self_paid;
  bool flagged = false;
  ThirdPartyKind third_party = ThirdPartyKind::kUnknown;
};

// All visits of one person in one pool.
struct Candidate {
  std::string key;
  std::string pool;
  std::string person_name;
  std::string id_token;
  std::optional<absl::CivilDay> birth_on;
  std::vector<Visit> visits;
};

struct MatchingPolicy {
  std::string rule_version = "matching-1";
  // Judgments follow the treatment of the injury, with later operations (removal of plates).
  int window_days = 365;
  // Days from accident to first admission that speak for the same injury.
  int near_days = 3;
  // A difference that invoices and judgments show by rounding items.
  domain::Money tolerance = domain::Money::Fen(100);
  std::size_t visits_max = 20;  // Of one event, for the search for exact sums.
  int same_id = 60;
  int same_name = 20;
  int near_accident = 15;
  int within_window = 5;
  int same_hospital = 15;
  int exact_fund = 40;
  int near_fund = 20;
  int exact_total = 20;
  int flag_present = 5;
  int same_kind = 5;
  int other_kind = -10;
  int born_after = -100;
  int settled_after_judgment = -15;
  int only_before_accident = -40;
  int certain_score =
      75;  // Name, near, hospital and one exact amount reach it; two of them do not.
  int certain_margin = 20;
};

enum class Evidence {
  kSameIdNumber,
  kOtherIdNumber,
  kSameName,
  kOtherName,
  kNearAccident,
  kWithinWindow,
  kHospitalNamed,
  kFundEqual,
  kFundNear,
  kTotalEqual,
  kFlagged,
  kSameThirdParty,
  kOtherThirdParty,
  kBornAfterAccident,
  kAdmittedBeforeAccident,
  kSettledAfterJudgment,
  kTooManyVisits,
  kSeveralSubsets,
};
std::string_view EvidenceName(Evidence evidence);

struct Reason {
  Evidence evidence;
  int weight = 0;
  std::string text;  // Chinese; never holds names or identity numbers.
  bool operator==(const Reason&) const = default;
};

struct RankedCandidate {
  std::string key;
  bool excluded = false;
  int score = 0;
  std::vector<Reason> reasons;
  std::vector<std::string> chosen_visits;  // Advance keys, ascending.
  bool operator==(const RankedCandidate&) const = default;
};

enum class Verdict { kCertain, kAmbiguous, kNone };

struct LeadDecision {
  std::string case_key;
  Verdict verdict = Verdict::kNone;
  std::string explanation;              // Chinese.
  std::vector<RankedCandidate> ranked;  // Best first; the excluded last, with their reasons.
  int margin = 0;                       // Over the runner-up, over zero without one.
  std::string rule_version;
  bool operator==(const LeadDecision&) const = default;
};

absl::StatusOr<LeadDecision> DecideLead(const CaseFacts& facts,
                                        const std::vector<Candidate>& candidates,
                                        const MatchingPolicy& policy);

}  // namespace recoup::matching

#endif  // RECOUP_HUB_MATCHING_LEAD_H_
