// The bank's half of a day's close: what the statements say at the end of the day, and what
// explains that the books say something else.
#ifndef RECOUP_HUB_APP_DAY_BANK_H_
#define RECOUP_HUB_APP_DAY_BANK_H_

#include <functional>
#include <vector>

#include "hub/app/day_books.h"
#include "hub/app/record_reader.h"
#include "hub/domain/records/receipts.h"
#include "hub/reconcile/day_report.h"

namespace recoup::app {

struct BankDay {
  reconcile::DayBank bank;
  std::vector<domain::Break> breaks;  // All of the pool.
};

// `passed_on` is asked for at the end, once the records are read: the journal may be read
// meanwhile.
absl::StatusOr<BankDay> ReadBankDay(
    RecordReader& reader, const domain::PoolId& pool, absl::CivilDay day,
    const std::function<absl::StatusOr<PassedOnByEvent>()>& passed_on);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DAY_BANK_H_
