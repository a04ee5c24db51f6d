// How this program delivers its spool: for commands that end and for the service.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DELIVERING_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DELIVERING_H_

#include "absl/status/statusor.h"
#include "adapters/common/cli.h"
#include "adapters/common/delivery.h"
#include "adapters/hospital/program/delivery_lock.h"
#include "adapters/hospital/program/hospital_hub.h"

namespace recoup::hospital {

adapters::DeliveryOptions DeliveryOptionsFrom(adapters::CommandContext& context);
// The hub must outlive the answer.
adapters::Send SendTo(HospitalHub& hub);
// ILLEGAL_TRANSITION, as a usage error, when another process delivers this spool.
absl::StatusOr<DeliveryLock> LockDelivery(adapters::CommandContext& context);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DELIVERING_H_
