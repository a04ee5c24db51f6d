// How much of a demand is to be paid now, as the insurer's own payment. Pure.
#ifndef RECOUP_ADAPTERS_INSURER_MAPPING_PAYABLE_H_
#define RECOUP_ADAPTERS_INSURER_MAPPING_PAYABLE_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/domain/money.h"
#include "recoup/v1/demand.pb.h"

namespace recoup::insurer::mapping {

// What was accepted or agreed, of instalments what is due by the day and not paid, less what a
// settlement batch that is cut will pay. What is disputed, or not answered yet, is not to be paid.
// Without a day: whenever it is due. INTERNAL when the hub's figures make no sense.
absl::StatusOr<domain::Money> PayableBy(const v1::Demand& demand,
                                        std::optional<absl::CivilDay> day);

// Whether the demand asks for payment at all.
bool IsPayable(const v1::Demand& demand);

// The most that a payment of its own may bring: what is open and not reserved by a batch.
absl::StatusOr<domain::Money> OpenWithoutReserved(const v1::Demand& demand);

}  // namespace recoup::insurer::mapping

#endif  // RECOUP_ADAPTERS_INSURER_MAPPING_PAYABLE_H_
