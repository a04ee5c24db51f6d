#include "hub/app/pass_on.h"

#include "hub/app/deliveries.h"
#include "hub/app/payments.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {

absl::StatusOr<PassOnAnswer> PassOnOf(const PassOn& command, UnitOfWork& work) {
  std::vector<domain::DemandId> demands = command.demands;
  if (demands.empty()) {
    RECOUP_ASSIGN_OR_RETURN(
        const std::vector<RecordKey> keys,
        work.FindAll(domain::LookupKind::kDemandRecovered, domain::Key({command.pool.value})));
    for (const RecordKey& key : keys) demands.push_back({key.id});
  }
  PassOnAnswer answer;
  answer.pool = command.pool;
  for (const domain::DemandId& demand : demands) {
    RECOUP_ASSIGN_OR_RETURN(
        const domain::Money amount,
        PassOnDemand(work, command.pool, demand, command.passed_on, command.bank_reference));
    if (amount.is_zero()) {
      return MakeError(Reason::kIllegalTransition,
                       "a demand that is named has recovered nothing that could be passed on; a "
                       "payment must be applied to it first");
    }
    answer.amount += amount;
    answer.items.emplace_back(demand, amount);
  }
  RECOUP_RETURN_IF_ERROR(
      NoteDelivery(work, command.pool, answer.amount, command.passed_on, command.bank_reference));
  return answer;
}

}  // namespace recoup::app
