// The journal's half of a day's close: computed from the first transfer to the cut, trusting
// nothing but the journal.
#ifndef RECOUP_HUB_APP_DAY_BOOKS_H_
#define RECOUP_HUB_APP_DAY_BOOKS_H_

#include <cstdint>
#include <map>

#include "hub/app/ports.h"
#include "hub/reconcile/day_report.h"

namespace recoup::app {

// What each event of the pool's log passed on, so that the bank's debit for it can be found.
using PassedOnByEvent = std::map<std::int64_t, domain::Money>;

struct JournalDay {
  reconcile::DayBooks books;
  PassedOnByEvent passed_on;
};

struct JournalSpan {
  std::int64_t from = 0;  // The cut of the close before; 0 for the first.
  std::int64_t cut = 0;
};

absl::StatusOr<JournalDay> ReadJournalDay(ReadView& view, const domain::PoolId& pool,
                                          JournalSpan span, absl::CivilDay day);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DAY_BOOKS_H_
