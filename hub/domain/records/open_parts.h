// What is open of each instalment of a demand.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_OPEN_PARTS_H_
#define RECOUP_HUB_DOMAIN_RECORDS_OPEN_PARTS_H_

#include <optional>
#include <vector>

#include "hub/domain/records/demand.h"

namespace recoup::domain {

// Of an instalment, or of a demand that has none.
struct OpenPart {
  std::optional<absl::CivilDay> due_on;
  Money amount;
  Money paid;
  Money open;
};

// The parts of `open_then`, which was open at some time, by due day. Payments go to the oldest
// instalment first; what no instalment holds is due with the demand.
std::vector<OpenPart> OpenPartsOf(const Demand& demand, Money open_then);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_OPEN_PARTS_H_
