// The ledger checks itself: quickly when the hub starts, fully when somebody asks.
//
// Quick: reads the pool's balances and the end of its journal only, so a pool with a million
// advances starts in no time. It proves laws 2 and 3 at pool level, that each ledger balances, and
// that the stored balance of every account is the one its last transfer left. Full: reads the whole
// journal, all advances and demands of the pool, and checks the five laws from the journal up.
// Both read one snapshot and change nothing.
#ifndef RECOUP_HUB_APP_SELF_CHECK_H_
#define RECOUP_HUB_APP_SELF_CHECK_H_

#include <string>
#include <vector>

#include "hub/app/record_reader.h"
#include "hub/ledger/laws.h"

namespace recoup::app {

struct CheckedLedger {
  std::vector<ledger::Violation> violations;  // Empty: the laws hold.
  std::int64_t advances = 0;
  std::int64_t demands = 0;
  std::int64_t transfers = 0;
};

absl::StatusOr<CheckedLedger> CheckLedgerFully(RecordReader& reader, const domain::PoolId& pool);
absl::StatusOr<CheckedLedger> CheckLedgerQuickly(ReadView& view, const std::string& pool);

// For the start of the hub: every pool of the store, quickly. LEDGER_LAW_BROKEN names what was
// found.
absl::Status SelfCheck(ReadView& view);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SELF_CHECK_H_
