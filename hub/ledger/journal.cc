#include "hub/ledger/journal.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::ledger {
namespace {

using domain::Money;

// The balance after one side of a posting; a debit raises a debit-normal account and lowers the
// others.
absl::StatusOr<Money> After(const Balances& balances, Account account, bool debited, Money amount) {
  const Money before = balances.at(account);
  const bool raised = IsDebitNormal(account) == debited;
  const absl::StatusOr<Money> after = before.Add(raised ? amount : -amount);
  if (!after.ok()) return after.status();
  if (after->is_negative()) {
    return MakeError(Reason::kAmountExceedsOpen,
                     absl::StrCat("account ", std::string(ToString(account)), " holds ",
                                  before.ToYuan(), ", less than ", amount.ToYuan()));
  }
  return after;
}

}  // namespace

absl::Status Post(const Posting& posting, Balances& balances, Transfer& transfer) {
  RECOUP_CHECK(posting.amount.is_positive());
  RECOUP_CHECK(posting.debit != posting.credit);
  RECOUP_CHECK(IsTracking(posting.debit) == IsTracking(posting.credit));
  const absl::StatusOr<Money> debit = After(balances, posting.debit, true, posting.amount);
  if (!debit.ok()) return debit.status();
  const absl::StatusOr<Money> credit = After(balances, posting.credit, false, posting.amount);
  if (!credit.ok()) return credit.status();
  balances.Set(posting.debit, *debit);
  balances.Set(posting.credit, *credit);
  transfer.posting = posting;
  transfer.debit_balance = *debit;
  transfer.credit_balance = *credit;
  return absl::OkStatus();
}

}  // namespace recoup::ledger
