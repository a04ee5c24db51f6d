// Closes a pool's day (日结).
//
// In two steps, so that no command waits for it: the report is made from a snapshot, whose last
// transfer is the cut; the command only checks that nothing was closed meanwhile and records it.
// What is posted in between belongs to the next day. A day is not closed while a difference between
// bank and books is unexplained, a bank account has no statement for it, or a credit was not
// reconciled.
#ifndef RECOUP_HUB_APP_CLOSE_DAY_H_
#define RECOUP_HUB_APP_CLOSE_DAY_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/record_reader.h"
#include "hub/app/unit_of_work.h"
#include "hub/crypto/signing.h"
#include "hub/domain/records/close.h"
#include "hub/reconcile/day_report.h"

namespace recoup::app {

struct CloseDay {
  domain::PoolId pool;
  absl::CivilDay day;
};

struct PreparedClose {
  reconcile::DayReport report;
  std::int64_t cut = 0;
  std::int64_t event_cut = 0;
  std::string previous_sha256;
  std::vector<domain::BreakId> open_breaks;
};

// Reads one snapshot. ILLEGAL_TRANSITION when the day or a later one is closed, or is not over: it
// lies after `today`. With `journal`, a snapshot taken after the reader's, the journal is read from
// it on a thread of its own: transfers up to the reader's last one are the same in both.
absl::StatusOr<PreparedClose> PrepareClose(RecordReader& reader, const CloseDay& command,
                                           absl::CivilDay today, ReadView* journal = nullptr);

// ILLEGAL_TRANSITION with every obstacle of the report, or when another close came first.
absl::StatusOr<domain::DayClose> CloseDayOf(const CloseDay& command, const PreparedClose& prepared,
                                            const crypto::SigningKey& key, UnitOfWork& work);

// Whether the close is what it says: hash and signature right, the chain unbroken, and the report
// the same bytes when made again from what was there at its cuts: journal, statements, entries and
// breaks. Of a close from before events were noted beside these, the half that the journal gives.
// `key` is the hub's; a close signed with a key that was replaced since is not verified by it.
absl::StatusOr<bool> VerifyClose(RecordReader& reader, const domain::DayClose& close,
                                 const crypto::VerifyKey& key);

// The latest close of the pool.
absl::StatusOr<std::optional<domain::DayClose>> LatestClose(RecordReader& reader,
                                                            const domain::PoolId& pool);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_CLOSE_DAY_H_
