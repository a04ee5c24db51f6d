#include "hub/app/unmatch_entry.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/breaks.h"
#include "hub/app/payments.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {

using domain::Money;
using domain::StatementEntry;

absl::StatusOr<UnmatchEntryAnswer> UnmatchEntryOf(const UnmatchEntry& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(StatementEntry entry,
                          work.Get<StatementEntry>(command.pool.value, command.entry.value));
  RECOUP_ASSIGN_OR_RETURN(const Money undoable, Undoable(work, entry, command.demand));
  const Money amount = command.amount.is_zero() ? undoable : command.amount;
  if (!amount.is_positive() || amount > undoable) {
    return MakeError(Reason::kAmountExceedsOpen,
                     absl::StrCat("of this entry ", undoable.ToYuan(),
                                  " yuan lie on this demand and in the account"));
  }
  RECOUP_RETURN_IF_ERROR(UndoPayment(work, entry, command.demand, amount, command.reason));
  RECOUP_RETURN_IF_ERROR(UpdateEntryState(entry, domain::StatementEntryCommand::kUnapply));
  entry.held = true;
  work.Put(entry);

  domain::Break finding;
  finding.pool = command.pool;
  finding.kind = domain::BreakKind::kAmbiguousPayment;
  finding.finding = absl::StrCat("unmatch:", entry.id.ToString());
  finding.entry = entry.id;
  finding.amount = amount;
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<domain::Break> known,
      work.FindBy<domain::Break>(domain::UniqueKeyKind::kBreakOfFinding,
                                 domain::Key({command.pool.value, finding.finding})));
  // Taken back in several steps; another break may speak of the rest of the entry.
  if (known && known->state != domain::BreakState::kResolved) finding.amount += known->amount;
  finding.explanation = absl::StrCat("经办人员 ", work.caller().actor, " 撤回核销 ",
                                     amount.ToYuanGrouped(), " 元：", command.reason);
  finding.suggestion = "请选定正确的追偿函核销，或退还付款人。";
  finding.candidates = {command.demand};
  RECOUP_RETURN_IF_ERROR(OpenBreak(work, finding));
  RECOUP_ASSIGN_OR_RETURN(
      std::optional<domain::Break> opened,
      work.FindBy<domain::Break>(domain::UniqueKeyKind::kBreakOfFinding,
                                 domain::Key({command.pool.value, finding.finding})));
  if (!opened) return MakeError(Reason::kInternal, "the break of an unmatched entry is missing");
  return UnmatchEntryAnswer{std::move(entry), *std::move(opened)};
}

}  // namespace recoup::app
