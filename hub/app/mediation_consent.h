// Whose word an agreement of a mediation has, and whose is still needed.
//
// Nobody agrees for another. A debtor that is a party of the hub has consented when an offer of its
// own, of the same terms, stands on the day of the agreement; the fund when an officer of it
// records the agreement, or when its own offer of the same terms stands. A mediation body may
// record what its signed protocol proves instead. Beyond that nothing of the fund's money is given
// up before officers of the fund have said so: one, or two above mediation.two_person_limit_fen.
#ifndef RECOUP_HUB_APP_MEDIATION_CONSENT_H_
#define RECOUP_HUB_APP_MEDIATION_CONSENT_H_

#include "hub/app/mediation.h"

namespace recoup::app {

// ILLEGAL_TRANSITION with every side whose consent is missing; INVALID_ARGUMENT when another than a
// mediation body brings a protocol. The terms of the command have their amounts already.
absl::Status CheckConsent(UnitOfWork& work, const domain::Mediation& mediation,
                          const AgreeMediation& command);

// How many officers of the fund have to approve before the agreement takes effect: none, one, two.
// What was given up of the demands before counts towards the limit, so that it cannot be split.
absl::StatusOr<int> OfficersNeeded(UnitOfWork& work, const domain::Mediation& mediation,
                                   std::int64_t limit_fen);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_MEDIATION_CONSENT_H_
