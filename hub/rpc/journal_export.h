// The export of a pool's journal as plain text, fetched piece by piece.
//
// The first piece fixes the end: what is posted while somebody reads belongs to the next export, so
// the balances asserted at the end are those of what was sent.
#ifndef RECOUP_HUB_RPC_JOURNAL_EXPORT_H_
#define RECOUP_HUB_RPC_JOURNAL_EXPORT_H_

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/app/ports.h"
#include "hub/ledger/journal.h"
#include "hub/ledger/plain_text.h"

namespace recoup::rpc {

class JournalExport {
 public:
  // Days of China by the time of recording; absent: from the beginning, until now.
  JournalExport(domain::PoolId pool, std::optional<absl::CivilDay> from,
                std::optional<absl::CivilDay> until,
                ledger::Dialect dialect = ledger::Dialect::kHledger)
      : pool_(std::move(pool)), from_(from), until_(until), dialect_(dialect) {}

  // The next part of the text; may be empty before the end. Nothing more after done().
  absl::StatusOr<std::string> Next(app::ReadView& view, absl::Time now);
  bool done() const { return done_; }

 private:
  absl::StatusOr<std::string> MethodOf(app::ReadView& view, const ledger::Transfer& transfer);
  std::string Tail(absl::Time now);

  const domain::PoolId pool_;
  const std::optional<absl::CivilDay> from_;
  const std::optional<absl::CivilDay> until_;
  const ledger::Dialect dialect_;
  bool started_ = false;
  bool opened_ = false;  // The opening balances were written, or none are needed.
  bool done_ = false;
  std::int64_t after_ = 0;
  std::int64_t end_ = 0;
  ledger::Balances balances_;
  // The event of the transfer before: those of one event follow one another.
  std::pair<std::string, std::int64_t> event_;
  std::string method_;
};

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_JOURNAL_EXPORT_H_
