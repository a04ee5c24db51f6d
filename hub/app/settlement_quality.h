// What the hub makes of the figures of a reported settlement: which rows are the fund's, by policy
// data and not by what the sender says, and what does not add up.
#ifndef RECOUP_HUB_APP_SETTLEMENT_QUALITY_H_
#define RECOUP_HUB_APP_SETTLEMENT_QUALITY_H_

#include "absl/status/status.h"
#include "hub/domain/policy_data.h"
#include "hub/domain/records/admission.h"

namespace recoup::app {

// Sets is_fund of every row by the pool's table on the day of settlement; a row that no rule covers
// is not counted. A row of which the sender said otherwise, or that no rule covers, gets a quality
// note. INVALID_ARGUMENT, with the rows that differ, when the fund's own rows do not sum to what
// the fund is said to have paid: rows of others do not count (人工核对口径).
absl::Status DecideFundLines(domain::Advance& settlement, const domain::PolicyData& policy_data);

// Adds a note for each identity of the national interface that the figures break: medfee_sumamt =
// fund_pay_sumamt + psn_part_amt + hosp_part_amt, and psn_part_amt = acct_pay + psn_cash_pay where
// either of these is given. The total may hold the insurers' rows (6201) beside these. A breach is
// told, not refused: the fund has paid all the same.
void NoteWhatDoesNotAddUp(domain::Advance& settlement);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SETTLEMENT_QUALITY_H_
