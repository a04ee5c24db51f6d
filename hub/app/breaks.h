// Opening breaks (差异): each finding is one break, however often it is found. How each stood at an
// event is kept, so that the report of a closed day can be made again.
#ifndef RECOUP_HUB_APP_BREAKS_H_
#define RECOUP_HUB_APP_BREAKS_H_

#include <cstdint>
#include <optional>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

// Who resolved a break that went away by itself.
inline constexpr char kResolvedByHub[] = "hub";

// The findings of a split break's parts: this, the whole's id, ":" and the number of the part.
inline constexpr char kSplitFinding[] = "split:";

// What a kind of break is about, and so when it is over though nobody has resolved it.
enum class BreakSubject {
  kMoney,        // Of an entry; until a run has moved it or finds another kind.
  kReturn,       // Money that went back: until it is posted, or the demand is paid again.
  kShortfall,    // Of a demand, until nothing is open; else of a batch's payment.
  kExpectation,  // Money that has not moved; until a run finds it no more.
  kFact,         // Stays what it is until somebody decides.
};
BreakSubject SubjectOf(domain::BreakKind kind);

// Whether the break is about money of an entry, and not about a demand, statement or case: the
// kinds of which an entry has one at a time.
bool IsAboutMoneyOf(const domain::Break& finding);

// Unapplied money of the credit that the break speaks of; nothing when it speaks of none. Words
// alone do not settle it: it is applied or given back.
absl::StatusOr<domain::Money> UndecidedMoneyOf(UnitOfWork& work, const domain::Break& finding);

// Opens a break for the finding, or refreshes the amount and words of the one that is open. One
// that a person resolved is reopened only when its amount has changed, or when it was explained and
// the money it speaks of still lies unapplied. `finding.finding` names what it is about.
absl::Status OpenBreak(UnitOfWork& work, domain::Break finding);

// Closes the break of a finding that no longer holds, with the reason; nothing when there is none
// open.
absl::Status CloseBreak(UnitOfWork& work, const domain::PoolId& pool, const std::string& finding,
                        std::string reason);

// How much of a finding the parts of a break that a person has split speak for: those still open,
// and of the same finding also those that were explained, which moved nothing. Parts speak of the
// money of an entry whatever kind a later run finds it to be.
absl::StatusOr<domain::Money> SpokenForByParts(UnitOfWork& work, const domain::Break& finding);

// The only way to write a break: notes in its history what has changed of it.
absl::Status PutBreak(UnitOfWork& work, domain::Break finding);

// How the break stood at the pool's event; nothing when it did not exist yet. One from before its
// history was kept stands as it is now.
std::optional<domain::BreakVersion> BreakAsOf(const domain::Break& finding,
                                              std::int64_t event_sequence);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_BREAKS_H_
