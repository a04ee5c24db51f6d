#include "hub/app/returned_payments.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/payments.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Direction;
using domain::Money;
using domain::StatementEntry;
using domain::StatementEntryCommand;
using domain::StatementEntryState;

using Parts = std::map<domain::DemandId, Money>;

absl::Status CannotTakeBack(std::string_view why) {
  return MakeError(Reason::kIllegalTransition,
                   absl::StrCat("the debit cannot be taken off these demands: ", std::string(why)));
}

absl::StatusOr<Parts> PartsOf(const ResolveBreak& command, const StatementEntry& debit) {
  Parts parts;
  Money sum;
  for (const ResolveBreak::Part& part : command.applications) {
    if (!part.amount.is_positive()) return CannotTakeBack("each amount must be positive");
    parts[part.demand] += part.amount;
    sum += part.amount;
  }
  if (sum != debit.amount) {
    return CannotTakeBack(
        absl::StrCat("they come to ", sum.ToYuan(), " yuan, the debit is ", debit.amount.ToYuan()));
  }
  return parts;
}

bool Paid(const StatementEntry& credit, const Parts& parts) {
  return std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
    Money paid;
    for (const domain::Application& application : credit.applications) {
      if (application.demand == part.first) paid += application.effective();
    }
    return paid >= part.second;
  });
}

// The one earlier credit that paid all of it; one of the debit's amount before others.
absl::StatusOr<StatementEntry> OriginalOf(UnitOfWork& work, const StatementEntry& debit,
                                          const Parts& parts) {
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<StatementEntry> credits,
      work.FindAllBy<StatementEntry>(domain::LookupKind::kEntryOfDemand,
                                     domain::Key({parts.begin()->first.value.ToBytes()})));
  std::erase_if(credits, [&](const StatementEntry& credit) {
    return credit.pool != debit.pool || credit.booked_on > debit.booked_on || !Paid(credit, parts);
  });
  const auto equal = std::stable_partition(
      credits.begin(), credits.end(),
      [&](const StatementEntry& credit) { return credit.amount == debit.amount; });
  if (equal != credits.begin()) credits.erase(equal, credits.end());
  if (credits.empty()) return CannotTakeBack("no earlier payment has paid them");
  if (credits.size() > 1) return CannotTakeBack("several payments have paid them");
  return std::move(credits.front());
}

}  // namespace

absl::StatusOr<bool> TakeBackReturned(UnitOfWork& work, const ResolveBreak& command,
                                      const domain::Break& finding) {
  if (!finding.entry) return false;
  RECOUP_ASSIGN_OR_RETURN(StatementEntry debit,
                          work.Get<StatementEntry>(finding.pool.value, finding.entry->value));
  if (debit.direction != Direction::kDebit) return false;
  if (debit.state != StatementEntryState::kUnmatched) {
    return CannotTakeBack("it is posted or explained already");
  }
  RECOUP_ASSIGN_OR_RETURN(const Parts parts, PartsOf(command, debit));
  RECOUP_ASSIGN_OR_RETURN(StatementEntry original, OriginalOf(work, debit, parts));
  for (const auto& [demand, amount] : parts) {
    RECOUP_RETURN_IF_ERROR(ReclaimPayment(
        work, original, demand, amount,
        absl::StrCat("经办人员 ", work.caller().actor, " 认定银行退回：", command.reason)));
  }
  ledger::Postings postings;
  ledger::TakeBack(debit.id, debit.amount, postings);
  RECOUP_RETURN_IF_ERROR(PostMovement(work, finding.pool, postings, {}, {}));
  original.unapplied -= debit.amount;
  RECOUP_RETURN_IF_ERROR(UpdateEntryState(original, StatementEntryCommand::kReturn));
  work.Put(original);
  debit.returns = original.id;
  RECOUP_RETURN_IF_ERROR(SettleDebit(work, debit));
  work.Put(debit);
  return true;
}

}  // namespace recoup::app
