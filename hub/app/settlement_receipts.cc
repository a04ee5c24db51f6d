#include "hub/app/settlement_receipts.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hub/app/batch_entries.h"
#include "hub/app/books.h"
#include "hub/app/names.h"
#include "hub/app/payments.h"
#include "hub/app/reconcile_facts.h"
#include "hub/app/run_breaks.h"
#include "hub/base/check.h"
#include "hub/base/status.h"
#include "hub/reconcile/batch_payment.h"

namespace recoup::app {
namespace {

using domain::BatchPart;
using domain::BreakKind;
using domain::Direction;
using domain::Money;
using domain::PoolId;
using domain::SettlementBatch;
using domain::SettlementBatchCommand;
using domain::SettlementBatchState;
using domain::SettlementPart;
using domain::SettlementSourceKind;
using domain::StatementEntry;
using domain::StatementEntryCommand;
using reconcile::BatchDecision;
using reconcile::BatchVerdict;

BreakKind BatchBreakKind(BatchVerdict verdict) {
  switch (verdict) {
    case BatchVerdict::kTooLittle:
      return BreakKind::kUnderpaid;
    case BatchVerdict::kTooMuch:
      return BreakKind::kOverpaid;
    case BatchVerdict::kPaidBefore:
      return BreakKind::kDuplicatePayment;
    case BatchVerdict::kMixed:
      return BreakKind::kAmbiguousPayment;
    case BatchVerdict::kElsewhere:
      return BreakKind::kUnknownPayment;
    case BatchVerdict::kPaid:
      break;
  }
  RECOUP_CHECK(false);
}

// One for each entry. What is too much is asked for from the last entry backwards: sent back, it
// leaves a payment that is exact.
std::vector<domain::Break> BatchBreaks(const BatchDecision& decision,
                                       const std::vector<StatementEntry>& entries) {
  Money excess = decision.verdict == BatchVerdict::kTooMuch ? decision.sum - decision.net : Money();
  std::vector<domain::Break> breaks;
  for (auto key = decision.entry_keys.rbegin(); key != decision.entry_keys.rend(); ++key) {
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const StatementEntry& one) {
      return one.id.ToString() == *key;
    });
    const Money of_excess = std::min(excess, entry->unapplied);
    excess -= of_excess;
    domain::Break found;
    found.pool = entry->pool;
    found.kind = BatchBreakKind(decision.verdict);
    found.finding = absl::StrCat(kRunFinding, std::string(reconcile::kBatchRule), ":", *key, ":",
                                 decision.reference);
    found.entry = entry->id;
    found.amount = of_excess.is_positive() ? of_excess : entry->unapplied;
    found.explanation = reconcile::BatchExplanation(decision);
    found.suggestion = reconcile::BatchSuggestion(decision);
    breaks.push_back(std::move(found));
  }
  return breaks;
}

struct PaymentEntry {
  StatementEntry entry;
  Money of_batch;  // Of its unapplied money.
};

// Where the money of the collecting pool's own part comes from: the entries in their order, the
// first as much as it has.
void AddReceipts(const std::vector<PaymentEntry>& payment, SettlementPart& part) {
  Money left = part.net();
  for (const auto& [entry, of_batch] : payment) {
    const Money amount = std::min(left, of_batch);
    if (amount.is_zero()) continue;
    part.sources.push_back({.kind = SettlementSourceKind::kReceipt,
                            .entry = entry.id,
                            .booked_on = entry.booked_on,
                            .bank_reference = entry.bank_reference,
                            .amount = amount,
                            .used = Money()});
    left -= amount;
  }
  RECOUP_CHECK(left.is_zero());
}

// The new entries, then what lies unapplied of a payment that was taken back, or was handed on of
// it; `reserved` of that stays for the bank's debits.
absl::StatusOr<std::vector<PaymentEntry>> PaymentOf(UnitOfWork& work, const SettlementBatch& batch,
                                                    std::vector<StatementEntry> entries,
                                                    Money reserved) {
  std::vector<PaymentEntry> payment;
  for (StatementEntry& entry : entries) {
    const Money amount = entry.unapplied;
    payment.push_back({std::move(entry), amount});
  }
  RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> retained, RetainedEntries(work, batch));
  for (StatementEntry& entry : retained) {
    entry.unapplied += entry.batched;
    entry.batched = Money();
    entry.settlement_batch.clear();
    RECOUP_RETURN_IF_ERROR(UpdateEntryState(entry, StatementEntryCommand::kReturn));
    work.Put(entry);
    const Money goes_back = std::min(reserved, entry.unapplied);
    reserved -= goes_back;
    const Money amount = entry.unapplied - goes_back;
    if (amount.is_positive()) payment.push_back({std::move(entry), amount});
  }
  return payment;
}

}  // namespace

absl::Status FundBatch(UnitOfWork& work, SettlementBatch& batch,
                       std::vector<StatementEntry> entries, Money reserved) {
  RECOUP_ASSIGN_OR_RETURN(batch.state, domain::Next(batch.state, SettlementBatchCommand::kReceive));
  RECOUP_ASSIGN_OR_RETURN(std::vector<PaymentEntry> payment,
                          PaymentOf(work, batch, std::move(entries), reserved));
  for (BatchPart& of_batch : batch.parts) {
    RECOUP_ASSIGN_OR_RETURN(SettlementPart part,
                            work.Get<SettlementPart>(of_batch.pool.value, of_batch.part.value));
    RECOUP_ASSIGN_OR_RETURN(part.state,
                            domain::Next(part.state, domain::SettlementPartCommand::kFund));
    if (part.pool == batch.collecting_pool) {
      AddReceipts(payment, part);
    } else if (part.net().is_positive()) {
      of_batch.forward = part.net();
      of_batch.forwarded = of_batch.handed_before == part.net();
      of_batch.handed_before = Money();
      part.sources.push_back({.kind = SettlementSourceKind::kCollected,
                              .entry = std::nullopt,
                              .booked_on = payment.front().entry.booked_on,
                              .bank_reference = payment.front().entry.bank_reference,
                              .amount = part.net(),
                              .used = Money()});
    }
    work.Put(part);
  }
  for (auto& [entry, of_batch] : payment) {
    entry.batched += of_batch;
    entry.unapplied -= of_batch;
    entry.settlement_batch = SettlementBatchName(batch.insurer, batch.id);
    RECOUP_RETURN_IF_ERROR(UpdateEntryState(entry, StatementEntryCommand::kReturn));
    work.Put(entry);
    batch.entries.push_back(entry.id);
  }
  batch.taken_back.clear();
  batch.cancel_requested_by.clear();
  batch.cancel_reason.clear();
  batch.received_time = work.now();
  return work.Notify(batch.insurer, KeyOf(batch), "settlement_batch.received");
}

namespace {

// Entries that hold what was handed on of a payment that was taken back: for no other rule.
absl::Status KeepRetained(UnitOfWork& work, const PoolId& pool, BatchReceipts& receipts) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> entries,
                          work.FindAllBy<StatementEntry>(domain::LookupKind::kEntryUnsettled,
                                                         domain::Key({pool.value})));
  for (const StatementEntry& entry : entries) {
    if (!entry.settlement_batch.empty()) receipts.entries.insert(entry.id);
  }
  return absl::OkStatus();
}

// What is still to come: less what an earlier payment left here or with another pool, of which the
// bank's debits take `reserved`.
absl::StatusOr<Money> StillToPay(UnitOfWork& work, const SettlementBatch& batch, Money reserved) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> retained, RetainedEntries(work, batch));
  if (retained.empty()) return batch.net();
  Money left = -reserved;
  for (const StatementEntry& entry : retained) left += entry.unapplied + entry.batched;
  return batch.net() - std::max(Money(), left);
}

}  // namespace

absl::StatusOr<BatchReceipts> TakeBatchPayments(UnitOfWork& work, const PoolId& pool,
                                                const ReturnedBatches& returned, bool verify) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> credits,
                          UndecidedEntries(work, pool, Direction::kCredit));
  std::map<std::pair<std::string, domain::SettlementBatchId>, SettlementBatch> batches;
  std::map<domain::SettlementBatchId, std::vector<StatementEntry>> naming;
  BatchReceipts receipts;
  RECOUP_RETURN_IF_ERROR(KeepRetained(work, pool, receipts));
  for (const auto& [id, of] : returned) receipts.entries.insert(of.debits.begin(), of.debits.end());
  for (const StatementEntry& entry : credits) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<SettlementBatch> batch, BatchNamedBy(work, entry));
    if (!batch) continue;
    receipts.entries.insert(entry.id);
    batches.emplace(std::make_pair(batch->reference, batch->id), *batch);
    naming[batch->id].push_back(entry);
  }
  for (auto& [key, batch] : batches) {
    std::vector<StatementEntry>& entries = naming.at(batch.id);
    std::sort(entries.begin(), entries.end(), [](const StatementEntry& a, const StatementEntry& b) {
      return std::tie(a.booked_on, a.id) < std::tie(b.booked_on, b.id);
    });
    std::vector<reconcile::BankEntry> facts;
    for (const StatementEntry& entry : entries) facts.push_back(BankEntryOf(entry));
    const auto going_back = returned.find(batch.id);
    const Money reserved = going_back == returned.end() ? Money() : going_back->second.sum;
    RECOUP_ASSIGN_OR_RETURN(const Money due, StillToPay(work, batch, reserved));
    const reconcile::BatchFact fact = {
        .key = SettlementBatchName(batch.insurer, batch.id),
        .reference = batch.reference,
        .net = due,
        .awaits_payment = batch.state == SettlementBatchState::kClosed ||
                          batch.state == SettlementBatchState::kReturned,
        .collects_here = batch.collecting_pool == pool};
    const BatchDecision decision = reconcile::DecideBatch(fact, facts);
    if (decision.verdict != BatchVerdict::kPaid) {
      for (domain::Break& found : BatchBreaks(decision, entries)) {
        receipts.breaks.push_back(std::move(found));
      }
      continue;
    }
    if (verify) RECOUP_RETURN_IF_ERROR(reconcile::VerifyBatchDecision(fact, facts, decision));
    RECOUP_RETURN_IF_ERROR(FundBatch(work, batch, std::move(entries), reserved));
    batch.certificate = reconcile::BatchCertificate(decision);
    work.Put(batch);
  }
  return receipts;
}

absl::StatusOr<std::int32_t> PostForwards(UnitOfWork& work, const PoolId& pool) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> debits,
                          UndecidedEntries(work, pool, Direction::kDebit));
  std::int32_t posted = 0;
  for (StatementEntry& debit : debits) {
    const bool called_return = !debit.settlement_batch.empty();  // By a person.
    if (debit.reversal || !debit.return_reason.empty() || called_return) continue;
    RECOUP_ASSIGN_OR_RETURN(std::optional<SettlementBatch> batch, BatchNamedBy(work, debit));
    if (!batch || batch->collecting_pool != pool) continue;
    const auto fits = [&](const BatchPart& part) {
      return !part.forwarded && part.forward == debit.amount;
    };
    // Of equal parts the one whose pool the text names, else the first: to this account they are
    // the same.
    auto part = std::find_if(batch->parts.begin(), batch->parts.end(), [&](const BatchPart& one) {
      return fits(one) && absl::StrContains(debit.remittance_text, one.pool.value);
    });
    if (part == batch->parts.end()) {
      part = std::find_if(batch->parts.begin(), batch->parts.end(), fits);
    }
    if (part == batch->parts.end()) continue;
    ledger::Postings postings;
    ledger::TakeBack(debit.id, debit.amount, postings);
    RECOUP_RETURN_IF_ERROR(PostMovement(work, pool, postings, {}, {}));
    debit.returns = batch->entries.front();
    debit.settlement_batch = SettlementBatchName(batch->insurer, batch->id);
    RECOUP_RETURN_IF_ERROR(SettleDebit(work, debit));
    work.Put(debit);
    part->forwarded = true;
    part->forwarded_by = debit.id;
    work.Put(*batch);
    ++posted;
  }
  return posted;
}

}  // namespace recoup::app
