#include "hub/ledger/movements.h"

#include <algorithm>
#include <utility>

#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/stage.h"

namespace recoup::ledger {
namespace {

using domain::Advance;
using domain::DemandId;
using domain::DemandLine;
using domain::Money;
using domain::Stage;
using domain::StatementEntryId;

void Append(Account debit, Account credit, Money amount, domain::AdvanceId advance, DemandId demand,
            StatementEntryId entry, Postings& out) {
  out.push_back({.debit = debit,
                 .credit = credit,
                 .amount = amount,
                 .advance = advance,
                 .demand = demand,
                 .entry = entry});
}

// Moves the same amount in the advance and in the line; nothing changes on error.
absl::Status MoveBoth(Advance& advance, DemandLine& line, DemandId demand, Stage from, Stage to,
                      Money amount, StatementEntryId entry, Postings& out) {
  domain::StageAmounts of_advance = advance.stages;
  domain::StageAmounts of_line = line.stages;
  RECOUP_RETURN_IF_ERROR(of_advance.Move(from, to, amount));
  RECOUP_RETURN_IF_ERROR(of_line.Move(from, to, amount));
  advance.stages = of_advance;
  line.stages = of_line;
  Append(AccountOf(to), AccountOf(from), amount, advance.id, demand, entry, out);
  return absl::OkStatus();
}

}  // namespace

absl::Status BookAdvance(Advance& advance, Postings& out) {
  RECOUP_RETURN_IF_ERROR(advance.stages.Add(Stage::kAdvanced, advance.amount));
  Append(Account::kAdvanced, Account::kOrigin, advance.amount, advance.id, {}, {}, out);
  return absl::OkStatus();
}

absl::Status UnbookAdvance(Advance& advance, Postings& out) {
  RECOUP_RETURN_IF_ERROR(advance.stages.Add(Stage::kAdvanced, -advance.amount));
  Append(Account::kOrigin, Account::kAdvanced, advance.amount, advance.id, {}, {}, out);
  return absl::OkStatus();
}

absl::Status RelinquishUnclaimed(Advance& advance, Money amount, Postings& out) {
  RECOUP_RETURN_IF_ERROR(advance.stages.Move(Stage::kAdvanced, Stage::kRelinquished, amount));
  Append(Account::kRelinquished, Account::kAdvanced, amount, advance.id, {}, {}, out);
  return absl::OkStatus();
}

absl::Status Claim(Advance& advance, DemandLine& line, DemandId demand, Postings& out) {
  // The line has no stages before it is claimed, so it enters with its amount.
  RECOUP_RETURN_IF_ERROR(advance.stages.Move(Stage::kAdvanced, Stage::kClaimed, line.amount));
  RECOUP_RETURN_IF_ERROR(line.stages.Add(Stage::kClaimed, line.amount));
  Append(Account::kClaimed, Account::kAdvanced, line.amount, advance.id, demand, {}, out);
  return absl::OkStatus();
}

absl::Status Unclaim(Advance& advance, DemandLine& line, DemandId demand, Postings& out) {
  return UnclaimPart(advance, line, demand, line.stages.open(), out);
}

absl::Status UnclaimPart(Advance& advance, DemandLine& line, DemandId demand, Money amount,
                         Postings& out) {
  if (amount > line.stages.open()) {
    return MakeError(Reason::kAmountExceedsOpen, "less is open on the line than is taken back");
  }
  for (const Stage stage : {Stage::kClaimed, Stage::kDisputed, Stage::kMediating, Stage::kAgreed}) {
    const Money part = std::min(amount, line.stages.at(stage));
    if (part.is_zero()) continue;
    RECOUP_RETURN_IF_ERROR(advance.stages.Move(stage, Stage::kAdvanced, part));
    RECOUP_RETURN_IF_ERROR(line.stages.Add(stage, -part));
    Append(Account::kAdvanced, AccountOf(stage), part, advance.id, demand, {}, out);
    amount -= part;
  }
  return absl::OkStatus();
}

absl::Status MoveStage(Advance& advance, DemandLine& line, DemandId demand, Stage from, Stage to,
                       Money amount, Postings& out) {
  return MoveBoth(advance, line, demand, from, to, amount, {}, out);
}

void Receive(StatementEntryId entry, Money amount, Postings& out) {
  Append(Account::kBank, Account::kUnapplied, amount, {}, {}, entry, out);
}

void ReceiveCollected(Money amount, Postings& out) {
  Append(Account::kBank, Account::kUnapplied, amount, {}, {}, {}, out);
}

void ReturnCollected(Money amount, Postings& out) {
  Append(Account::kUnapplied, Account::kBank, amount, {}, {}, {}, out);
}

absl::Status Apply(Advance& advance, DemandLine& line, DemandId demand, Stage from,
                   StatementEntryId entry, Money amount, Postings& out) {
  RECOUP_RETURN_IF_ERROR(
      MoveBoth(advance, line, demand, from, Stage::kRecovered, amount, entry, out));
  Append(Account::kUnapplied, Account::kApplied, amount, advance.id, demand, entry, out);
  return absl::OkStatus();
}

absl::Status Unapply(Advance& advance, DemandLine& line, DemandId demand, Stage to,
                     StatementEntryId entry, Money amount, Postings& out) {
  RECOUP_RETURN_IF_ERROR(
      MoveBoth(advance, line, demand, Stage::kRecovered, to, amount, entry, out));
  Append(Account::kApplied, Account::kUnapplied, amount, advance.id, demand, entry, out);
  return absl::OkStatus();
}

void TakeBack(StatementEntryId entry, Money amount, Postings& out) {
  Append(Account::kUnapplied, Account::kBank, amount, {}, {}, entry, out);
}

void MarkRefundable(StatementEntryId entry, Money amount, Postings& out) {
  Append(Account::kUnapplied, Account::kRefundable, amount, {}, {}, entry, out);
}

void Refund(StatementEntryId entry, Money amount, Postings& out) {
  Append(Account::kRefundable, Account::kBank, amount, {}, {}, entry, out);
}

void SetOff(StatementEntryId entry, Money amount, Postings& out) {
  Append(Account::kRefundable, Account::kUnapplied, amount, {}, {}, entry, out);
}

absl::Status PassOn(Advance& advance, DemandLine& line, DemandId demand, Money amount,
                    Postings& out) {
  RECOUP_RETURN_IF_ERROR(
      MoveBoth(advance, line, demand, Stage::kRecovered, Stage::kPassedOn, amount, {}, out));
  Append(Account::kApplied, Account::kPassedOnToPool, amount, advance.id, demand, {}, out);
  Append(Account::kDelivered, Account::kBank, amount, advance.id, demand, {}, out);
  return absl::OkStatus();
}

absl::Status TakeFromPool(Advance& advance, DemandLine& line, DemandId demand, Money amount,
                          Postings& out) {
  RECOUP_RETURN_IF_ERROR(
      MoveBoth(advance, line, demand, Stage::kPassedOn, Stage::kRecovered, amount, {}, out));
  Append(Account::kPassedOnToPool, Account::kApplied, amount, advance.id, demand, {}, out);
  Append(Account::kBank, Account::kDelivered, amount, advance.id, demand, {}, out);
  return absl::OkStatus();
}

}  // namespace recoup::ledger
