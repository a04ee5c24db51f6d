// Under which policies the insurers of a recovery without a judgment answer.
//
// An officer names the policy of a share, or the hub finds it: that of the insurer, in force on the
// day, for a vehicle that the hospital flagged. What is agreed does not move with the losses of
// other victims, but it never takes more of a limit than is left of it.
#ifndef RECOUP_HUB_APP_AGREED_COVER_H_
#define RECOUP_HUB_APP_AGREED_COVER_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/recovery.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

class AgreedCover {
 public:
  // `recovery` gets a claim on each limit.
  AgreedCover(UnitOfWork& work, domain::Recovery& recovery, absl::CivilDay accident_on)
      : work_(work), recovery_(recovery), accident_on_(accident_on) {}

  // The plates that the flags of the advances name.
  absl::Status LearnPlates(const std::vector<domain::Advance>& advances);

  // Binds the debtor to its policy, if it has one, and takes the amount of the limit.
  // AMOUNT_EXCEEDS_LIMIT names each policy of the vehicle with what is left; INVALID_ARGUMENT where
  // several vehicles of the insurer were flagged and the officer must say which.
  absl::Status Bind(domain::Debtor& debtor, domain::Money amount);

 private:
  absl::StatusOr<std::vector<domain::RegisteredPolicy>> PoliciesOf(const domain::Debtor& debtor);
  absl::StatusOr<domain::Money> LeftOf(const domain::RegisteredPolicy& policy);

  UnitOfWork& work_;
  domain::Recovery& recovery_;
  const absl::CivilDay accident_on_;
  std::set<std::string> plates_;
  std::map<domain::PolicyId, domain::Money> taken_;  // By shares before.
};

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_AGREED_COVER_H_
