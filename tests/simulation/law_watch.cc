#include "tests/simulation/law_watch.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/domain/wire.h"

namespace recoup::testing {

using domain::Stage;
using ledger::Account;

void LawWatch::Broken(int law, std::string what) {
  broken_.push_back(absl::StrCat("law ", law, ": ", what));
}

std::vector<std::string> LawWatch::TakeBroken() { return std::exchange(broken_, {}); }

void LawWatch::OnCommit(const app::WriteSet& writes) {
  for (const auto& [partition, event] : writes.events) {
    if (event.sequence != ++last_event_[partition]) Broken(5, "the log has a gap");
  }
  for (const auto& [pool, transfer] : writes.transfers) Add(pool, transfer);
  for (const auto& [pool, balances] : writes.balances) Check(pool, balances);
  for (const app::WriteSet::RecordWrite& record : writes.records) {
    if (record.key.kind == domain::RecordKind::kAdvance) {
      domain::Advance advance;
      if (!domain::Decode(record.body, advance).ok()) Broken(5, "an advance cannot be read");
      Check(advance);
    } else if (record.key.kind == domain::RecordKind::kDemand) {
      domain::Demand demand;
      if (!domain::Decode(record.body, demand).ok()) Broken(5, "a demand cannot be read");
      Check(demand);
    }
  }
}

void LawWatch::Add(const std::string& pool_name, const ledger::Transfer& transfer) {
  ++transfers_;
  Pool& pool = pools_[pool_name];
  const ledger::Posting& posting = transfer.posting;
  const std::int64_t fen = posting.amount.fen();
  if (transfer.sequence != ++pool.last_transfer) Broken(5, "the journal has a gap");
  if (transfer.event_sequence < 1 ||
      transfer.event_sequence > last_event_[transfer.event_partition]) {
    Broken(5, absl::StrCat("transfer ", transfer.sequence, " belongs to no event"));
  }
  if (fen <= 0) Broken(5, "a transfer moves nothing");
  pool.debits_less_credits[posting.debit] += fen;
  pool.debits_less_credits[posting.credit] -= fen;
  for (const Stage stage : domain::AllOf<Stage>()) {
    const std::size_t at = static_cast<std::size_t>(stage) - 1;
    const std::int64_t moved = (posting.debit == ledger::AccountOf(stage) ? fen : 0) -
                               (posting.credit == ledger::AccountOf(stage) ? fen : 0);
    if (moved == 0) continue;
    if (posting.advance.is_nil()) Broken(1, "a stage moved without an advance");
    advances_[posting.advance][at] += moved;
    if (!posting.demand.is_nil()) demands_[posting.demand].stages[at] += moved;
  }
  if (posting.demand.is_nil()) return;
  OfDemand& demand = demands_[posting.demand];
  if (posting.credit == Account::kApplied) demand.cash_applied += fen;
  if (posting.debit == Account::kApplied) demand.cash_applied -= fen;
  if (posting.credit == Account::kPassedOnToPool) demand.cash_passed_on += fen;
  if (posting.debit == Account::kPassedOnToPool) demand.cash_passed_on -= fen;
}

void LawWatch::Check(const std::string& pool_name, const ledger::Balances& stored) {
  auto& sums = pools_[pool_name].debits_less_credits;
  for (const Account account : domain::AllOf<Account>()) {
    const std::int64_t held = stored.at(account).fen();
    if (held < 0) Broken(1, absl::StrCat(std::string(ToString(account)), " is negative"));
    if ((ledger::IsDebitNormal(account) ? held : -held) != sums[account]) {
      Broken(5, absl::StrCat(std::string(ToString(account)), " holds ", held,
                             ", its transfers give ", sums[account]));
    }
  }
  if (sums[Account::kBank] !=
      -sums[Account::kUnapplied] - sums[Account::kApplied] - sums[Account::kRefundable]) {
    Broken(2, "what lies in the bank is not explained");
  }
  if (-sums[Account::kApplied] != sums[Account::kRecovered]) Broken(3, "applied is not recovered");
  if (-sums[Account::kPassedOnToPool] != sums[Account::kPassedOn]) {
    Broken(3, "passed on in cash is not passed on in tracking");
  }
}

void LawWatch::Check(const domain::Advance& advance) {
  const Stages& moved = advances_[advance.id];
  std::int64_t sum = 0;
  for (const Stage stage : domain::AllOf<Stage>()) {
    const std::int64_t held = advance.stages.at(stage).fen();
    sum += held;
    if (held < 0) Broken(1, "a stage is negative");
    if (held != moved[static_cast<std::size_t>(stage) - 1]) {
      Broken(1, absl::StrCat("advance ", advance.id.ToString(), " holds ", held, " ",
                             std::string(ToString(stage)), ", its transfers give ",
                             moved[static_cast<std::size_t>(stage) - 1]));
    }
  }
  const bool off_books = advance.state == domain::AdvanceState::kCandidate ||
                         advance.state == domain::AdvanceState::kReversed;
  if (sum != (off_books ? 0 : advance.amount.fen())) {
    Broken(1, absl::StrCat("advance ", advance.id.ToString(), " of ", advance.amount.fen(),
                           " in state ", std::string(ToString(advance.state)), " has ", sum,
                           " in stages"));
  }
}

void LawWatch::Check(const domain::Demand& demand) {
  const OfDemand& moved = demands_[demand.id];
  const auto of = [&](Stage stage) { return demand.Sum(stage).fen(); };
  for (const Stage stage : domain::AllOf<Stage>()) {
    // The money of a claim comes from ADVANCED and goes back there; a demand holds none of it.
    if (stage == Stage::kAdvanced) continue;
    if (of(stage) != moved.stages[static_cast<std::size_t>(stage) - 1]) {
      Broken(3, absl::StrCat("demand ", demand.id.ToString(), " holds ", of(stage), " ",
                             std::string(ToString(stage)), ", its transfers give ",
                             moved.stages[static_cast<std::size_t>(stage) - 1]));
    }
  }
  // Passing on draws cash:applied down, so what is still applied there is RECOVERED.
  if (moved.cash_applied != of(Stage::kRecovered) || moved.cash_passed_on != of(Stage::kPassedOn)) {
    Broken(3, absl::StrCat("demand ", demand.id.ToString(), ": cash and tracking differ"));
  }
  const domain::Money open = demand.amount - demand.applied() - demand.relinquished();
  if (demand.is_issued() && demand.open() != open) Broken(4, "open is not what is left");
  if (demand.open().is_negative()) Broken(4, "the open amount is negative");
  if (demand.state == domain::DemandState::kPaid && !demand.open().is_zero()) {
    Broken(4, "a paid demand is open");
  }
}

}  // namespace recoup::testing
