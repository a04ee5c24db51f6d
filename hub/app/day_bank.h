// The bank's half of a day's close: what the statements say at the end of the day, and what
// explains that the books say something else.
#ifndef RECOUP_HUB_APP_DAY_BANK_H_
#define RECOUP_HUB_APP_DAY_BANK_H_

#include <cstdint>
#include <map>
#include <vector>

#include "hub/app/record_reader.h"
#include "hub/domain/records/receipts.h"
#include "hub/reconcile/day_report.h"

namespace recoup::app {

struct BankDay {
  reconcile::DayBank bank;
  std::vector<domain::Break> breaks;  // All of the pool.
};

// `passed_on` by event, from the journal.
absl::StatusOr<BankDay> ReadBankDay(RecordReader& reader, const domain::PoolId& pool,
                                    absl::CivilDay day,
                                    std::map<std::int64_t, domain::Money> passed_on);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DAY_BANK_H_
