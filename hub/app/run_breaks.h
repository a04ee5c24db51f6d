// The breaks of one run of the reconciliation: what it finds, what became another kind, and what is
// gone. Of the money of an entry a run knows one thing at a time.
#ifndef RECOUP_HUB_APP_RUN_BREAKS_H_
#define RECOUP_HUB_APP_RUN_BREAKS_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"
#include "hub/reconcile/reconcile.h"

namespace recoup::app {

// Findings of a run begin with this.
inline constexpr char kRunFinding[] = "reconcile:";

class RunBreaks {
 public:
  RunBreaks(UnitOfWork& work, const domain::PoolId& pool) : work_(work), pool_(pool) {}

  // Notes which breaks are open before anything moves.
  absl::Status Begin();

  void Add(domain::Break found);
  // `passed_on`: see LoadedFacts.
  void Add(const reconcile::Break& found, const std::set<std::string>& passed_on);
  // A debit that is no return and no refund. `doubt`: why it may pay out what was passed on, in
  // Chinese; empty when nothing speaks for it.
  void AddOutgoing(const domain::StatementEntry& debit, const std::set<std::string>& passed_on,
                   std::string_view doubt);
  // The run has moved money of this entry.
  void Moved(domain::StatementEntryId entry) { moved_.insert(entry); }

  // Opens what was found, closes what is gone, and tells which breaks the run opened and closed.
  absl::Status Finish(std::vector<domain::Break>& opened, std::vector<domain::BreakId>& closed);

 private:
  absl::StatusOr<std::vector<RecordKey>> Open();
  absl::Status OpenFound();
  absl::Status Succeed(domain::Break& found);
  absl::Status CloseStale();
  absl::StatusOr<bool> IsPartGone(const domain::Break& part);
  absl::StatusOr<bool> IsGone(const domain::Break& b);
  absl::StatusOr<bool> NothingOpen(domain::DemandId id);

  UnitOfWork& work_;
  const domain::PoolId pool_;
  std::vector<RecordKey> before_;
  std::map<std::string, domain::Break> found_;
  // Open breaks that this run did not find again, by entry; read when first needed.
  std::optional<std::map<domain::StatementEntryId, std::vector<domain::Break>>> former_;
  std::set<domain::StatementEntryId> moved_;
};

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RUN_BREAKS_H_
