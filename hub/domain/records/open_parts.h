// What is open of each instalment of a demand.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_OPEN_PARTS_H_
#define RECOUP_HUB_DOMAIN_RECORDS_OPEN_PARTS_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/records/demand.h"

namespace recoup::domain {

// Of an instalment, or of what is in none.
struct OpenPart {
  std::optional<absl::CivilDay> due_on;
  Money amount;
  Money paid;
  Money open;
  bool is_instalment = false;
};

// The parts of `open_then`, which was open at the time `then`, by due day: by the terms of payment
// that had been recorded before it. Payments go to the oldest instalment first; what no instalment
// holds is due with the demand.
std::vector<OpenPart> OpenPartsOf(const Demand& demand, Money open_then, absl::Time then);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_OPEN_PARTS_H_
