#include "hub/app/day_books.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Money;
using ledger::Account;

bool IsOpenStage(Account account) {
  switch (account) {
    case Account::kClaimed:
    case Account::kDisputed:
    case Account::kMediating:
    case Account::kAgreed:
      return true;
    case Account::kAdvanced:
    case Account::kRecovered:
    case Account::kPassedOn:
    case Account::kRelinquished:
    case Account::kOrigin:
    case Account::kBank:
    case Account::kUnapplied:
    case Account::kApplied:
    case Account::kRefundable:
    case Account::kPassedOnToPool:
    case Account::kDelivered:
      return false;
  }
  return false;
}

class Journal {
 public:
  Journal(JournalSpan span, absl::CivilDay day) : span_(span), day_(day) {
    for (const Account account : domain::AllOf<Account>()) out_.books.accounts[account];
  }

  void Add(const ledger::Transfer& transfer) {
    const ledger::Posting& posting = transfer.posting;
    reconcile::DayBooks::Line& debit = out_.books.accounts[posting.debit];
    reconcile::DayBooks::Line& credit = out_.books.accounts[posting.credit];
    if (transfer.sequence <= span_.from) {
      debit.opening += posting.amount;
      credit.opening -= posting.amount;
    } else {
      debit.debits += posting.amount;
      credit.credits += posting.amount;
      AddFlow(posting);
    }
    if (!posting.demand.is_nil()) AddStock(transfer);
    if (posting.debit == Account::kDelivered) {
      out_.passed_on[transfer.event_sequence] += posting.amount;
    }
    if (posting.credit == Account::kDelivered) {
      out_.passed_on[transfer.event_sequence] -= posting.amount;
    }
    // Collected on another pool's account and passed on from there: no debit of this pool's bank
    // will ever speak of it.
    if (posting.debit == Account::kBank && posting.credit == Account::kUnapplied &&
        posting.entry.is_nil()) {
      out_.passed_on[transfer.event_sequence] -= posting.amount;
    }
    if (posting.debit == Account::kUnapplied && posting.credit == Account::kBank &&
        posting.entry.is_nil()) {
      out_.passed_on[transfer.event_sequence] += posting.amount;
    }
  }

  JournalDay Take() {
    for (const auto& [demand, open] : open_) {
      if (open.amount.is_positive()) out_.books.open.push_back(open);
    }
    NetPassedOn();
    std::erase_if(out_.passed_on, [](const auto& passed) { return passed.second.is_zero(); });
    out_.books.day = day_;
    out_.books.cut = span_.cut;
    return std::move(out_);
  }

 private:
  // What was taken from the pool again is kept back from what it gets next, the oldest first: the
  // bank pays out the difference.
  void NetPassedOn() {
    std::vector<Money*> owed;  // By the pool, negative.
    for (auto& [event, amount] : out_.passed_on) {
      if (amount.is_negative()) owed.push_back(&amount);
      for (Money* debt : owed) {
        if (!amount.is_positive()) break;
        const Money part = std::min(amount, -*debt);
        amount -= part;
        *debt += part;
      }
    }
  }

  void AddFlow(const ledger::Posting& posting) {
    reconcile::DayBooks& books = out_.books;
    if (posting.debit == Account::kClaimed && posting.credit == Account::kAdvanced) {
      books.claimed += posting.amount;
    }
    if (posting.debit == Account::kUnapplied && posting.credit == Account::kApplied) {
      books.applied += posting.amount;
    }
    if (posting.debit == Account::kApplied && posting.credit == Account::kUnapplied) {
      books.returned += posting.amount;
    }
    if (posting.debit == Account::kRelinquished) books.relinquished += posting.amount;
    if (posting.debit == Account::kDelivered) books.passed_on += posting.amount;
    if (posting.credit == Account::kDelivered) books.passed_on -= posting.amount;
  }

  void AddStock(const ledger::Transfer& transfer) {
    const ledger::Posting& posting = transfer.posting;
    const bool in = IsOpenStage(posting.debit);
    const bool out = IsOpenStage(posting.credit);
    if (in == out) return;
    const auto [it, added] = open_.try_emplace(posting.demand);
    if (added) it->second.since = DayOf(transfer.recorded_us);
    it->second.amount += in ? posting.amount : -posting.amount;
  }

  // Transfers are in order of time, and finding the day of an instant is costly.
  absl::CivilDay DayOf(std::int64_t recorded_us) {
    if (recorded_us < day_from_us_ || recorded_us >= day_to_us_) {
      recorded_on_ = absl::ToCivilDay(absl::FromUnixMicros(recorded_us), zone_);
      day_from_us_ = absl::ToUnixMicros(absl::FromCivil(recorded_on_, zone_));
      day_to_us_ = absl::ToUnixMicros(absl::FromCivil(recorded_on_ + 1, zone_));
    }
    return recorded_on_;
  }

  const JournalSpan span_;
  const absl::CivilDay day_;
  const absl::TimeZone zone_ = ChinaTimeZone();
  absl::CivilDay recorded_on_;    // The day of the last instant asked for,
  std::int64_t day_from_us_ = 0;  // from its first
  std::int64_t day_to_us_ = 0;    // to the first instant of the next.
  JournalDay out_;
  absl::flat_hash_map<domain::DemandId, reconcile::DayBooks::Open> open_;
};

}  // namespace

absl::StatusOr<JournalDay> ReadJournalDay(ReadView& view, const domain::PoolId& pool,
                                          JournalSpan span, absl::CivilDay day) {
  constexpr std::size_t kChunk = 5'000;
  Journal journal(span, day);
  for (std::int64_t after = 0; after < span.cut;) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<ledger::Transfer> chunk,
                            view.Transfers(pool.value, after, kChunk));
    for (const ledger::Transfer& transfer : chunk) {
      if (transfer.sequence <= span.cut) journal.Add(transfer);
    }
    if (chunk.size() < kChunk) break;
    after = chunk.back().sequence;
  }
  JournalDay out = journal.Take();
  out.books.pool = pool.value;
  return out;
}

}  // namespace recoup::app
