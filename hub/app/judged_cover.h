// The registered policy behind a cover that a judgment names, and what judgments order under a
// cover.
#ifndef RECOUP_HUB_APP_JUDGED_COVER_H_
#define RECOUP_HUB_APP_JUDGED_COVER_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/money.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

// The policy of a vehicle that the hospital's flag names, or one with a claim of that day that
// names the case or whose insured is liable: the same insurer may have covered other accidents of
// the same day.
absl::StatusOr<std::optional<domain::RegisteredPolicy>> PolicyBehind(
    UnitOfWork& work, const domain::CourtCase& court_case, domain::PolicyKind kind,
    const domain::PartyId& insurer, absl::CivilDay accident_on,
    const std::vector<std::string>& plates);

// What the insurer stated for the accident; of several accidents of the day the one that names one
// of the cases, else the one with the least left. Absent: nothing was stated.
std::optional<domain::PolicyUse> StatedUse(const domain::RegisteredPolicy& policy,
                                           absl::CivilDay accident_on,
                                           const std::set<std::string>& case_numbers);

// The limit by law; absent when the pool's policy data has none.
absl::StatusOr<std::optional<domain::Money>> LimitByLaw(UnitOfWork& work,
                                                        const domain::PoolId& pool,
                                                        absl::CivilDay accident_on);

bool NamesCover(const domain::CourtCase& court_case, const std::set<std::string>& insurers,
                domain::PolicyKind kind);

// Whether the judgment says what part of each sum ordered under the insurers' compulsory cover is
// medical. Where it does not, OrderedUnder takes the most it can be.
bool SaysWhatIsMedical(const domain::CourtCase& court_case, const std::set<std::string>& insurers);

// What the judgment orders the insurer to pay from the limit. Of compulsory cover that is the
// medical part, with what the insurer paid of it before and the judgment sets off: where the text
// does not give it, no more than the medical compensation, else no more than `self_paid`. A
// commercial limit pays for everything. A sum ordered without a cover falls under the one the
// judgment names; under both, what is medical is compulsory cover's as far as that reaches
// (最高人民法院 道路交通事故司法解释 第13条: 先由交强险，不足部分由商业三者险), and the rest
// commercial.
domain::Money OrderedUnder(const domain::CourtCase& court_case,
                           const std::set<std::string>& insurers, domain::PolicyKind kind,
                           domain::Money self_paid);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_JUDGED_COVER_H_
