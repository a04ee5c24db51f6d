#include "hub/app/settlement_returns.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/affected_demand.h"
#include "hub/app/batch_entries.h"
#include "hub/app/books.h"
#include "hub/app/names.h"
#include "hub/app/payments.h"
#include "hub/app/reconcile_facts.h"
#include "hub/app/run_breaks.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/reconcile/batch_payment.h"

namespace recoup::app {
namespace {

using domain::BatchPart;
using domain::Direction;
using domain::LookupKind;
using domain::Money;
using domain::PoolId;
using domain::SettlementBatch;
using domain::SettlementBatchCommand;
using domain::SettlementBatchState;
using domain::SettlementPart;
using domain::StatementEntry;
using domain::StatementEntryCommand;

absl::StatusOr<std::vector<StatementEntry>> EntriesOf(
    UnitOfWork& work, const PoolId& pool, const std::vector<domain::StatementEntryId>& ids) {
  std::vector<StatementEntry> entries;
  for (const domain::StatementEntryId& id : ids) {
    RECOUP_ASSIGN_OR_RETURN(StatementEntry entry, work.Get<StatementEntry>(pool.value, id.value));
    entries.push_back(std::move(entry));
  }
  return entries;
}

// Unapplied credits that name the batch: not part of a payment, or no longer.
absl::StatusOr<std::vector<StatementEntry>> IdleCredits(UnitOfWork& work,
                                                        const SettlementBatch& batch) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> credits,
                          UndecidedEntries(work, batch.collecting_pool, Direction::kCredit));
  std::vector<StatementEntry> idle;
  for (const StatementEntry& credit : credits) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<SettlementBatch> named, BatchNamedBy(work, credit));
    if (named && named->id == batch.id && credit.unapplied.is_positive()) idle.push_back(credit);
  }
  return idle;
}

Money HandedOn(const SettlementBatch& batch) {
  Money sum;
  for (const BatchPart& part : batch.parts) sum += part.handed_before;
  return sum;
}

// What a debit of the collecting account can take: unapplied money of the batch's payments. While
// something that was handed on is missing only of those it takes back: what comes anew pays the
// batch and fills the gap (FundBatch).
absl::StatusOr<std::vector<StatementEntry>> MoneyInHand(UnitOfWork& work,
                                                        const SettlementBatch& batch) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> credits,
                          EntriesOf(work, batch.collecting_pool, batch.taken_back));
  if (HandedOn(batch).is_zero()) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> idle, IdleCredits(work, batch));
    RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> payment,
                            EntriesOf(work, batch.collecting_pool, batch.entries));
    credits.insert(credits.end(), idle.begin(), idle.end());
    credits.insert(credits.end(), payment.begin(), payment.end());
  }
  std::erase_if(credits, [](const StatementEntry& one) { return one.unapplied.is_zero(); });
  std::sort(credits.begin(), credits.end(), [](const StatementEntry& a, const StatementEntry& b) {
    return std::tie(a.booked_on, a.id) < std::tie(b.booked_on, b.id);
  });
  const auto same = [](const StatementEntry& a, const StatementEntry& b) { return a.id == b.id; };
  credits.erase(std::unique(credits.begin(), credits.end(), same), credits.end());
  return credits;
}

Money UnappliedOf(const std::vector<StatementEntry>& credits) {
  Money sum;
  for (const StatementEntry& credit : credits) sum += credit.unapplied;
  return sum;
}

// Whether a debit without the bank's mark is the return of these payments all the same.
bool GoesBackToThePayer(const StatementEntry& debit, const std::vector<StatementEntry>& payments) {
  Money sum;
  bool equal = false;
  for (const StatementEntry& payment : payments) {
    if (!SamePayer(debit, payment)) return false;
    sum += payment.amount;
    equal = equal || payment.amount == debit.amount;
  }
  return equal || sum == debit.amount;
}

absl::StatusOr<std::optional<SettlementBatch>> BatchPaidBy(UnitOfWork& work,
                                                           const StatementEntry& credit) {
  const auto name = ParseSettlementBatchName(credit.settlement_batch);
  if (!name) return std::nullopt;
  RECOUP_ASSIGN_OR_RETURN(const SettlementBatch* batch,
                          work.Find<SettlementBatch>(name->first.value, name->second.value));
  if (batch == nullptr) return std::nullopt;
  return *batch;
}

// Of a marked return that names no reference: the batch's, when the only payment it can be is one
// of a batch.
absl::StatusOr<std::optional<SettlementBatch>> BatchOfTheOnlyPayment(UnitOfWork& work,
                                                                     const StatementEntry& debit) {
  constexpr std::size_t kYoungest = 200;
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<RecordKey> keys,
      work.FindAll(LookupKind::kEntryOfAmount,
                   domain::Key({debit.pool.value, absl::StrCat(debit.amount.fen())})));
  if (keys.size() > kYoungest) keys.erase(keys.begin(), keys.end() - kYoungest);
  std::vector<StatementEntry> payments;
  for (const RecordKey& key : keys) {
    RECOUP_ASSIGN_OR_RETURN(const StatementEntry* credit,
                            work.Find<StatementEntry>(key.partition, key.id));
    if (credit->booked_on <= debit.booked_on && SamePayer(debit, *credit)) {
      payments.push_back(*credit);
    }
  }
  if (payments.size() != 1 || !payments.front().batched.is_positive()) return std::nullopt;
  return BatchPaidBy(work, payments.front());
}

// What has come for the batch by that day, whether it is distributed, held or idle.
absl::StatusOr<std::vector<StatementEntry>> PaymentsBy(UnitOfWork& work, absl::CivilDay day,
                                                       const SettlementBatch& batch) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> payments,
                          EntriesOf(work, batch.collecting_pool, batch.entries));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> earlier, RetainedEntries(work, batch));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> idle, IdleCredits(work, batch));
  payments.insert(payments.end(), earlier.begin(), earlier.end());
  payments.insert(payments.end(), idle.begin(), idle.end());
  std::erase_if(payments, [&](const StatementEntry& credit) { return credit.booked_on > day; });
  return payments;
}

absl::StatusOr<std::optional<SettlementBatch>> BatchOfReturn(UnitOfWork& work,
                                                             const StatementEntry& debit) {
  if (!debit.settlement_batch.empty()) return BatchPaidBy(work, debit);  // A person said so.
  const bool marked = debit.reversal || !debit.return_reason.empty();
  RECOUP_ASSIGN_OR_RETURN(std::optional<SettlementBatch> named, BatchNamedBy(work, debit));
  if (!named) {
    if (!marked || !reconcile::ReferencesOf(BankEntryOf(debit)).empty()) return std::nullopt;
    return BatchOfTheOnlyPayment(work, debit);
  }
  if (named->collecting_pool != debit.pool) return std::nullopt;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> payments,
                          PaymentsBy(work, debit.booked_on, *named));
  if (payments.empty() || !(marked || GoesBackToThePayer(debit, payments))) return std::nullopt;
  return named;
}

// From here on nothing of the batch is distributed.
absl::Status StartTakeBack(UnitOfWork& work, SettlementBatch& batch, const ReturnedBatch& of) {
  RECOUP_ASSIGN_OR_RETURN(batch.state,
                          domain::Next(batch.state, SettlementBatchCommand::kTakeBack));
  batch.returned_time = work.now();
  batch.ended_time.reset();
  batch.return_certificate =
      absl::StrCat("SETTLEMENT_BATCH_RETURN；依据：", batch.reference, "；银行退回流水");
  for (const domain::StatementEntryId& debit : of.debits) {
    absl::StrAppend(&batch.return_certificate, " ", debit.ToString());
  }
  absl::StrAppend(&batch.return_certificate, " 合计 ", of.sum.ToYuanGrouped(), " 元，批次付款 ",
                  batch.net().ToYuanGrouped(), " 元");
  bool collects_for_itself = false;
  for (BatchPart& of_batch : batch.parts) {
    RECOUP_ASSIGN_OR_RETURN(SettlementPart part,
                            work.Get<SettlementPart>(of_batch.pool.value, of_batch.part.value));
    RECOUP_ASSIGN_OR_RETURN(part.state,
                            domain::Next(part.state, domain::SettlementPartCommand::kTakeBack));
    part.next_page = 0;
    part.lines_done = 0;
    work.Put(part);
    if (of_batch.forwarded) of_batch.handed_before += of_batch.forward;
    of_batch.forwarded = false;
    of_batch.forward = Money();
    of_batch.done = false;
    collects_for_itself = collects_for_itself || of_batch.pool == batch.collecting_pool;
  }
  if (!collects_for_itself) RECOUP_RETURN_IF_ERROR(ReleasePayment(work, batch));
  work.Put(batch);
  return work.Notify(batch.insurer, KeyOf(batch), "settlement_batch.returned");
}

// What was handed to another pool has come back from it: money of the payment again.
absl::Status TakeInSentBack(UnitOfWork& work, SettlementBatch& batch) {
  for (BatchPart& part : batch.parts) {
    if (!part.handed_before.is_positive() || !part.forwarded_by) continue;
    RECOUP_ASSIGN_OR_RETURN(
        const StatementEntry forward,
        work.Get<StatementEntry>(batch.collecting_pool.value, part.forwarded_by->value));
    RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> credits,
                            UndecidedEntries(work, batch.collecting_pool, Direction::kCredit));
    const auto back = std::find_if(credits.begin(), credits.end(), [&](const StatementEntry& one) {
      return one.unapplied == part.handed_before && one.booked_on >= forward.booked_on &&
             SamePayer(forward, one);
    });
    if (back == credits.end()) continue;
    back->batched += back->unapplied;
    back->unapplied = Money();
    back->settlement_batch = SettlementBatchName(batch.insurer, batch.id);
    RECOUP_RETURN_IF_ERROR(UpdateEntryState(*back, StatementEntryCommand::kReturn));
    work.Put(*back);
    Money left = part.handed_before;
    RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> retained, RetainedEntries(work, batch));
    for (StatementEntry& entry : retained) {
      const Money freed = std::min(left, entry.batched);
      entry.batched -= freed;
      entry.unapplied += freed;
      left -= freed;
      RECOUP_RETURN_IF_ERROR(UpdateEntryState(entry, StatementEntryCommand::kReturn));
      work.Put(entry);
    }
    part.handed_before = Money();
    part.forwarded_by.reset();
    work.Put(batch);
  }
  return absl::OkStatus();
}

domain::Break CannotPost(const SettlementBatch& batch, const StatementEntry& debit, Money in_hand) {
  domain::Break found;
  found.pool = debit.pool;
  found.kind = domain::BreakKind::kReturnedPayment;
  found.finding = absl::StrCat(kRunFinding, "SETTLEMENT_BATCH_RETURN:", debit.id.ToString());
  found.entry = debit.id;
  found.amount = debit.amount;
  found.explanation =
      absl::StrCat("银行退回结算批次 ", batch.reference, " 的付款 ", debit.amount.ToYuanGrouped(),
                   " 元，账户内该批次的款项只有 ", in_hand.ToYuanGrouped(), " 元");
  if (HandedOn(batch).is_zero()) {
    absl::StrAppend(&found.explanation, "，未入账。");
    found.suggestion = "向银行核实退回的是哪几笔付款。";
    return found;
  }
  for (const BatchPart& part : batch.parts) {
    if (part.handed_before.is_zero()) continue;
    absl::StrAppend(&found.explanation, "；另 ", part.handed_before.ToYuanGrouped(), " 元已划转 ",
                    part.pool.value);
  }
  absl::StrAppend(&found.explanation, "。退回未入账，批次的核销均撤回，不再分配。");
  found.suggestion =
      "请有关统筹区将划转款汇回本账户，或待保险公司以原参考号重新付款；到账后再次对账即入账。";
  return found;
}

// The one payment of the debit's amount, else as many as it takes, the oldest first.
absl::Status PostReturn(UnitOfWork& work, const SettlementBatch& batch, StatementEntry debit,
                        std::vector<StatementEntry> credits) {
  const auto equal = std::find_if(credits.begin(), credits.end(), [&](const StatementEntry& one) {
    return one.unapplied == debit.amount;
  });
  if (equal != credits.end()) std::rotate(credits.begin(), equal, equal + 1);
  ledger::Postings postings;
  ledger::TakeBack(debit.id, debit.amount, postings);
  RECOUP_RETURN_IF_ERROR(PostMovement(work, debit.pool, postings, {}, {}));
  debit.returns = credits.front().id;
  debit.settlement_batch = SettlementBatchName(batch.insurer, batch.id);
  RECOUP_RETURN_IF_ERROR(SettleDebit(work, debit));
  work.Put(debit);
  Money left = debit.amount;
  for (StatementEntry& credit : credits) {
    const Money part = std::min(left, credit.unapplied);
    if (part.is_zero()) break;
    credit.unapplied -= part;
    left -= part;
    RECOUP_RETURN_IF_ERROR(UpdateEntryState(credit, StatementEntryCommand::kReturn));
    work.Put(credit);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CallReturnOfBatch(UnitOfWork& work, StatementEntry debit,
                               const SettlementBatch& batch) {
  const auto refuse = [](std::string_view why) {
    return MakeError(
        Reason::kIllegalTransition,
        absl::StrCat("the debit is not the return of this settlement batch: ", std::string(why)));
  };
  if (debit.direction != Direction::kDebit ||
      debit.state != domain::StatementEntryState::kUnmatched || !debit.settlement_batch.empty()) {
    return refuse("it is posted or explained already");
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> payments,
                          PaymentsBy(work, debit.booked_on, batch));
  Money came;
  for (const StatementEntry& payment : payments) came += payment.unapplied + payment.batched;
  if (came.is_zero()) return refuse("nothing of it had come by that day");
  if (debit.amount > came) return ExceedsOpen(debit.amount, came);
  debit.settlement_batch = SettlementBatchName(batch.insurer, batch.id);
  work.Put(debit);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<StatementEntry>> RetainedEntries(UnitOfWork& work,
                                                            const SettlementBatch& batch) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> entries,
                          EntriesOf(work, batch.collecting_pool, batch.taken_back));
  std::erase_if(entries, [](const StatementEntry& entry) { return entry.batched.is_zero(); });
  return entries;
}

absl::Status ReleasePayment(UnitOfWork& work, SettlementBatch& batch) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> entries,
                          EntriesOf(work, batch.collecting_pool, batch.entries));
  Money keep = HandedOn(batch);
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const Money kept = std::min(keep, entry->batched);
    keep -= kept;
    entry->unapplied += entry->batched - kept;
    entry->batched = kept;
    if (kept.is_zero()) entry->settlement_batch.clear();
    RECOUP_RETURN_IF_ERROR(UpdateEntryState(*entry, StatementEntryCommand::kReturn));
    work.Put(*entry);
    batch.taken_back.push_back(entry->id);
  }
  batch.entries.clear();
  return absl::OkStatus();
}

absl::StatusOr<ReturnedBatches> FindBatchReturns(UnitOfWork& work, const PoolId& pool) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> debits,
                          UndecidedEntries(work, pool, Direction::kDebit));
  std::sort(debits.begin(), debits.end(), [](const StatementEntry& a, const StatementEntry& b) {
    return std::tie(a.booked_on, a.id) < std::tie(b.booked_on, b.id);
  });
  ReturnedBatches returned;
  for (const StatementEntry& debit : debits) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<SettlementBatch> batch, BatchOfReturn(work, debit));
    if (!batch) continue;
    ReturnedBatch& of = returned[batch->id];
    of.insurer = batch->insurer;
    of.debits.push_back(debit.id);
    of.sum += debit.amount;
  }
  for (const auto& [id, of] : returned) {
    RECOUP_ASSIGN_OR_RETURN(SettlementBatch batch,
                            work.Get<SettlementBatch>(of.insurer.value, id.value));
    RECOUP_RETURN_IF_ERROR(TakeInSentBack(work, batch));
    const bool distributed = batch.state == SettlementBatchState::kSplitting ||
                             batch.state == SettlementBatchState::kPaid;
    if (!distributed) continue;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> idle, IdleCredits(work, batch));
    // Money that lies unapplied goes back before any line is opened again.
    if (UnappliedOf(idle) >= of.sum || of.sum > UnappliedOf(idle) + batch.net()) continue;
    RECOUP_RETURN_IF_ERROR(StartTakeBack(work, batch, of));
  }
  return returned;
}

absl::StatusOr<PostedReturns> PostBatchReturns(UnitOfWork& work, const PoolId& pool,
                                               ReturnedBatches& returned) {
  PostedReturns out;
  for (auto& [id, of] : returned) {
    RECOUP_ASSIGN_OR_RETURN(const SettlementBatch batch,
                            work.Get<SettlementBatch>(of.insurer.value, id.value));
    // The collecting pool's lines hold the money until their last page.
    if (batch.state == SettlementBatchState::kReturning && !batch.entries.empty()) continue;
    std::vector<domain::StatementEntryId> left;
    for (const domain::StatementEntryId& debit_id : of.debits) {
      RECOUP_ASSIGN_OR_RETURN(StatementEntry debit,
                              work.Get<StatementEntry>(pool.value, debit_id.value));
      RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> credits, MoneyInHand(work, batch));
      const Money in_hand = UnappliedOf(credits);
      if (in_hand < debit.amount) {
        out.breaks.push_back(CannotPost(batch, debit, in_hand));
        left.push_back(debit_id);
        continue;
      }
      of.sum -= debit.amount;
      RECOUP_RETURN_IF_ERROR(PostReturn(work, batch, std::move(debit), std::move(credits)));
      ++out.posted;
    }
    of.debits = std::move(left);
  }
  return out;
}

}  // namespace recoup::app
