#include "adapters/insurer/mapping/payable.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::mapping {
namespace {

using domain::Money;

// Whether a day of the hub, "2026-03-31", is not after `day`. One that is not given is due at once.
absl::StatusOr<bool> IsDue(const std::string& due_on, std::optional<absl::CivilDay> day) {
  if (!day || due_on.empty()) return true;
  absl::CivilDay due;
  if (!absl::ParseCivilTime(due_on, &due)) {
    return MakeError(Reason::kInternal, absl::StrCat("the hub names no day: ", due_on));
  }
  return due <= *day;
}

}  // namespace

absl::StatusOr<Money> PayableBy(const v1::Demand& demand, std::optional<absl::CivilDay> day) {
  RECOUP_ASSIGN_OR_RETURN(const Money agreed, Money::Create(demand.agreed_fen()));
  RECOUP_ASSIGN_OR_RETURN(const Money reserved, Money::Create(demand.reserved_fen()));
  Money due;
  if (demand.instalments().empty()) {
    RECOUP_ASSIGN_OR_RETURN(const bool is_due, IsDue(demand.due_on(), day));
    if (is_due) due = agreed;
  }
  for (const v1::Instalment& instalment : demand.instalments()) {
    RECOUP_ASSIGN_OR_RETURN(const bool is_due, IsDue(instalment.due_on(), day));
    if (!is_due) continue;
    RECOUP_ASSIGN_OR_RETURN(const Money open,
                            Money::Create(instalment.amount_fen() - instalment.paid_fen()));
    due += open;
  }
  return std::max(Money(), std::min(due, agreed) - reserved);
}

bool IsPayable(const v1::Demand& demand) {
  return demand.state() != v1::DEMAND_STATE_DRAFT && demand.state() != v1::DEMAND_STATE_WITHDRAWN &&
         demand.state() != v1::DEMAND_STATE_PAID;
}

absl::StatusOr<Money> OpenWithoutReserved(const v1::Demand& demand) {
  RECOUP_ASSIGN_OR_RETURN(const Money open, Money::Create(demand.open_fen()));
  RECOUP_ASSIGN_OR_RETURN(const Money reserved, Money::Create(demand.reserved_fen()));
  return std::max(Money(), open - reserved);
}

}  // namespace recoup::insurer::mapping
