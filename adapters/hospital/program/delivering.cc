#include "adapters/hospital/program/delivering.h"

namespace recoup::hospital {

adapters::DeliveryOptions DeliveryOptionsFrom(adapters::CommandContext& context) {
  adapters::DeliveryOptions options;
  options.retention = context.config().Duration("spool.retention");
  return options;
}

adapters::Send SendTo(HospitalHub& hub) {
  return [&hub](std::string_view kind, std::string_view payload, const Id& request_id) {
    return hub.Send(kind, payload, request_id, /*validate_only=*/false);
  };
}

absl::StatusOr<DeliveryLock> LockDelivery(adapters::CommandContext& context) {
  absl::StatusOr<DeliveryLock> lock =
      DeliveryLock::Take(context.config().Path("spool.file").string());
  if (!lock.ok()) return adapters::AsUsageError(lock.status());
  return lock;
}

}  // namespace recoup::hospital
