// The bank's half of a day's close: what the statements say at the end of the day, and what
// explains that the books say something else, as both stood at one event of the pool's log. What
// came or was decided after it changes nothing, so that the half can be read again at any time.
#ifndef RECOUP_HUB_APP_DAY_BANK_H_
#define RECOUP_HUB_APP_DAY_BANK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "hub/app/day_books.h"
#include "hub/app/record_reader.h"
#include "hub/domain/records/receipts.h"
#include "hub/reconcile/day_report.h"

namespace recoup::app {

struct BankCut {
  absl::CivilDay day;
  std::int64_t event_cut = 0;  // The last event of the pool that counts.
  // Of the close before, if there is one: what came after it for a day it had closed is late.
  std::optional<absl::CivilDay> closed_until;
  std::int64_t closed_event_cut = 0;
};

struct BankDay {
  reconcile::DayBank bank;
  std::vector<domain::Break> breaks;  // All of the pool.
};

// `passed_on` is asked for at the end, once the records are read: the journal may be read
// meanwhile.
absl::StatusOr<BankDay> ReadBankDay(
    RecordReader& reader, const domain::PoolId& pool, const BankCut& cut,
    const std::function<absl::StatusOr<PassedOnByEvent>()>& passed_on);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DAY_BANK_H_
