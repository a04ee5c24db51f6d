// From a court case and the advances it is about to who owes the pool how much.
//
// A and C are those of the advances, because the pool's own settlements prove them; where the
// judgment says otherwise a note says so. B is the person's own (personal_award.h). Insurers are
// found by the names judgments use. What is left of a limit is in limit_use.h, who shares it in
// limit_group.h; when the insurer's statement and the judgment differ, that is a break.
#ifndef RECOUP_HUB_APP_JUDGED_APPORTIONMENT_H_
#define RECOUP_HUB_APP_JUDGED_APPORTIONMENT_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/apportionment.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// What the recovery in question has already asked of one debtor.
struct IssuedClaim {
  domain::DemandId latest;
  domain::Money asked;
  domain::Money applied;
};
struct OwnClaims {
  std::map<std::string, IssuedClaim> by_debtor;
};

struct JudgedInput {
  domain::ApportionmentInput input;
  std::vector<domain::Debtor>
      insurers;                         // Of input.policies, one each: party and registered policy.
  std::vector<std::string> notes;       // Chinese; what a person should look at.
  std::vector<domain::Break> findings;  // Limits that disagree.
  std::vector<std::string> settled_findings;  // Of earlier ones, those that no longer do.
  absl::Status told;  // Why the elements do not say what was awarded for this person.
};

// What a debtor paid on a demand already issued counts when the bank shows it, so reports of it are
// left out here. `person` is the injured person as the judgment names them. `keep_accepted`:
// nothing about the case itself has changed, so what a debtor paid or accepted stays asked. Errors
// are the store's only: what the judgment lacks is found by Apportion.
absl::StatusOr<JudgedInput> InputOfJudgment(UnitOfWork& work, const domain::CourtCase& court_case,
                                            const std::string& person,
                                            const domain::Recovery& recovery,
                                            const std::vector<domain::Advance>& advances,
                                            const OwnClaims& claims, bool keep_accepted);

// The insurer a document names, by display name or alias; empty when the hub does not know it.
absl::StatusOr<domain::PartyId> InsurerNamed(UnitOfWork& work, const std::string& name);

// The kind under which the judgment orders the party to pay, else by the form of its name.
domain::DebtorKind DebtorKindOf(const domain::CourtCase& court_case, const std::string& name);

// Whether a name as documents write it is that of a health-insurance fund or its office.
bool NamesFund(std::string_view name);

// Why no amount could be computed, in Chinese, for the officer who has to mend it.
std::string ObstacleText(const absl::Status& refusal);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_JUDGED_APPORTIONMENT_H_
