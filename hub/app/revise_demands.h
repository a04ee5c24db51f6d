// Issued demands follow the case: after an amendment, a later decision or a report of performance.
//
//   the debtor owes less        the demand is lowered (amend_demand.h), or withdrawn when nothing
//                               is left and nothing was paid
//   the debtor owes more        a supplementary demand over the difference is drafted; a person
//                               issues it
//   somebody else owes          what the former debtor is asked is lowered to what was paid, and a
//                               draft to the new one is made
// Drafts are always made anew. A demand in mediation, agreed in one, or given up in part is not
// touched without a person: a break CASE_CHANGED names the amount the case now gives, and AMEND
// resolves it in one command.
#ifndef RECOUP_HUB_APP_REVISE_DEMANDS_H_
#define RECOUP_HUB_APP_REVISE_DEMANDS_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/apportionment.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

struct DemandsRevision {
  std::string reason;  // Chinese, without a full stop: "（2026）沪01民终7号改判".
  // A person decided that this demand follows, whatever was agreed or paid.
  std::optional<domain::DemandId> decided = std::nullopt;
  // The basis fell away, perhaps not for good: what is open is taken back, what was paid waits for
  // a person.
  bool keep_paid = false;
  // The case is as it was, and only its part of a shared limit has changed: what was paid or
  // accepted stays.
  bool keep_accepted = false;
};

// Brings the demands of a recovery, of which at least one was issued, in line with what is owed
// now. `insurers` are those of the apportionment's input. Puts the recovery and reads it again; the
// caller may change it further and put it.
absl::Status ReviseDemands(UnitOfWork& work, domain::Recovery& recovery,
                           const domain::Apportionment& apportionment,
                           const std::vector<domain::Debtor>& insurers,
                           const DemandsRevision& revision);

// What the hub could not decide about the recovery as a whole: a break CASE_CHANGED, once, under
// this finding.
std::string FindingOfRecovery(const domain::Recovery& recovery);
absl::Status AskPerson(UnitOfWork& work, const domain::Recovery& recovery, const std::string& what);

// Whether only a person may change the demand, and why, in Chinese; empty when the hub may.
std::string NeedsPersonToAmend(const domain::Demand& demand);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_REVISE_DEMANDS_H_
