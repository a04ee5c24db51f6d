#include "hub/app/attach_bills.h"

#include <algorithm>

#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::AttachedBill;

// Known by number, and by code where both tell one.
bool SameBill(const AttachedBill& a, const AttachedBill& b) {
  return a.number == b.number && (a.code == b.code || a.code.empty() || b.code.empty());
}

absl::Status CheckNotElsewhere(UnitOfWork& work, const Advance& advance, const AttachedBill& bill) {
  if (bill.code.empty()) return absl::OkStatus();  // The number alone may be another's as well.
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<Advance> named,
      work.FindAllBy<Advance>(domain::LookupKind::kAdvanceOfBill, domain::Key({bill.number})));
  for (const Advance& other : named) {
    if (other.id == advance.id) continue;
    for (const AttachedBill& theirs : other.bills) {
      if (theirs.number != bill.number || theirs.code != bill.code) continue;
      return MakeError(Reason::kAlreadyExistsWithOtherContent,
                       "this bill is attached to another advance");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Advance> AttachBillsOf(const AttachBills& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Advance advance,
                          work.Get<Advance>(command.pool.value, command.advance.value));
  const domain::PartyId& caller = work.caller().party;
  if (caller.kind() == domain::PartyKind::kHospital && advance.hospital != caller) {
    return NotFound("no such advance of this hospital");
  }
  for (AttachedBill bill : command.bills) {
    RECOUP_RETURN_IF_ERROR(CheckNotElsewhere(work, advance, bill));
    bill.attached_by = caller;
    bill.attached_time = work.now();
    const auto known = std::find_if(advance.bills.begin(), advance.bills.end(),
                                    [&](const AttachedBill& one) { return SameBill(one, bill); });
    if (std::find(advance.invoice_numbers.begin(), advance.invoice_numbers.end(), bill.number) ==
        advance.invoice_numbers.end()) {
      advance.invoice_numbers.push_back(bill.number);
    }
    if (known == advance.bills.end()) {
      advance.bills.push_back(std::move(bill));
    } else {
      *known = std::move(bill);
    }
  }
  work.Put(advance);
  return advance;
}

}  // namespace recoup::app
