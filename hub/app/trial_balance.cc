#include "hub/app/trial_balance.h"

#include <algorithm>

#include "hub/base/status.h"

namespace recoup::app {

absl::StatusOr<TrialBalance> TrialBalanceOf(ReadView& view, const domain::PoolId& pool,
                                            absl::Time until) {
  constexpr std::size_t kChunk = 1000;
  TrialBalance out;
  for (const ledger::Account account : domain::AllOf<ledger::Account>()) out.accounts[account];
  for (std::int64_t after = 0;;) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<ledger::Transfer> chunk,
                            view.Transfers(pool.value, after, kChunk));
    for (const ledger::Transfer& transfer : chunk) {
      if (absl::FromUnixMicros(transfer.recorded_us) > until) continue;
      out.accounts[transfer.posting.debit].debits += transfer.posting.amount;
      out.accounts[transfer.posting.credit].credits += transfer.posting.amount;
      if (transfer.event_partition == pool.value) {
        out.last_event = std::max(out.last_event, transfer.event_sequence);
      }
    }
    if (chunk.size() < kChunk) return out;
    after = chunk.back().sequence;
  }
}

}  // namespace recoup::app
