#include "hub/rpc/journal_export.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"
#include "hub/rpc/converters/event.h"

namespace recoup::rpc {

absl::StatusOr<std::string> JournalExport::MethodOf(app::ReadView& view,
                                                    const ledger::Transfer& transfer) {
  const std::pair event(transfer.event_partition, transfer.event_sequence);
  if (event == event_) return method_;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<app::StoredEvent> found,
                          view.Events(event.first, event.second - 1, 1));
  if (found.empty() || found[0].sequence != event.second) {
    return absl::DataLossError("a transfer belongs to no event");
  }
  RECOUP_ASSIGN_OR_RETURN(const audit::EventHeader header, HeaderOf(found[0]));
  event_ = event;
  method_ = header.method;
  return method_;
}

std::string JournalExport::Tail(absl::Time now) {
  done_ = true;
  std::string out;
  if (!opened_ && from_) out = ledger::JournalOpening(pool_.value, *from_, balances_, dialect_);
  // Not before what it follows, also for days that are still to come.
  const absl::CivilDay last = until_.value_or(ChinaDate(now));
  const absl::CivilDay on = from_ ? std::max(last, *from_) : last;
  return absl::StrCat(out, ledger::JournalTail(pool_.value, on, balances_, dialect_));
}

absl::StatusOr<std::string> JournalExport::Next(app::ReadView& view, absl::Time now) {
  constexpr std::size_t kChunk = 500;
  std::string out;
  if (!started_) {
    RECOUP_ASSIGN_OR_RETURN(const app::PartitionState state, view.StateOf(pool_.value));
    end_ = state.transfers;
    started_ = true;
    out = ledger::JournalHead(pool_.value, dialect_);
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<ledger::Transfer> chunk,
                          view.Transfers(pool_.value, after_, kChunk));
  for (const ledger::Transfer& transfer : chunk) {
    const absl::CivilDay on = ChinaDate(absl::FromUnixMicros(transfer.recorded_us));
    if (transfer.sequence > end_ || (until_ && on > *until_)) return out + Tail(now);
    if (!opened_ && (!from_ || on >= *from_)) {
      if (from_) out += ledger::JournalOpening(pool_.value, *from_, balances_, dialect_);
      opened_ = true;
    }
    if (opened_) {
      RECOUP_ASSIGN_OR_RETURN(const std::string method, MethodOf(view, transfer));
      out += ledger::JournalEntry(pool_.value, transfer, method, dialect_);
    }
    balances_.Set(transfer.posting.debit, transfer.debit_balance);
    balances_.Set(transfer.posting.credit, transfer.credit_balance);
    after_ = transfer.sequence;
  }
  if (chunk.size() < kChunk) out += Tail(now);
  return out;
}

}  // namespace recoup::rpc
