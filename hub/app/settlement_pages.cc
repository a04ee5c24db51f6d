#include "hub/app/settlement_pages.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/affected_demand.h"
#include "hub/app/deliveries.h"
#include "hub/app/payments.h"
#include "hub/app/settlement_lines.h"
#include "hub/app/settlement_returns.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/settlement.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::Demand;
using domain::DemandLine;
using domain::LookupKind;
using domain::Money;
using domain::PoolId;
using domain::SettlementBatch;
using domain::SettlementLine;
using domain::SettlementPart;
using domain::SettlementPartState;
using domain::SettlementSource;
using domain::SettlementSourceKind;
using domain::Stage;

absl::Status BrokenPart(const SettlementPart& part, std::string_view what) {
  return MakeError(Reason::kInternal,
                   absl::StrCat("settlement part ", part.id.ToString(), ": ", std::string(what)));
}

absl::StatusOr<SettlementLine*> LineOf(const SettlementPart& part, Demand& demand) {
  for (SettlementLine& line : demand.settlement_lines) {
    if (line.part == part.id && !line.paid) return &line;
  }
  return BrokenPart(part, "a line is gone");
}

absl::Status PayFrom(SettlementSource& source, Money amount, AffectedDemand& affected,
                     ledger::Postings& postings) {
  const domain::StatementEntryId entry = source.entry.value_or(domain::StatementEntryId());
  const bool collected = source.kind == SettlementSourceKind::kCollected;
  if (source.kind == SettlementSourceKind::kRefund) ledger::SetOff(entry, amount, postings);
  if (collected) ledger::ReceiveCollected(amount, postings);
  source.used += amount;
  const domain::DemandId demand = affected.demand.id;
  return SpreadStage(affected, Stage::kAgreed, amount,
                     [&](Advance& advance, DemandLine& line, Money part) -> absl::Status {
                       RECOUP_RETURN_IF_ERROR(ledger::Apply(advance, line, demand, Stage::kAgreed,
                                                            entry, part, postings));
                       return collected ? ledger::PassOn(advance, line, demand, part, postings)
                                        : absl::OkStatus();
                     });
}

std::string LineSentence(const SettlementPart& part, Money amount, Money refunds,
                         const Demand& demand) {
  std::string text = absl::StrCat("结算批次 ", part.reference, " 付款，核销 ",
                                  amount.ToYuanGrouped(), " 元（", demand.reference);
  if (refunds.is_positive())
    absl::StrAppend(&text, "，其中抵扣应退款 ", refunds.ToYuanGrouped(), " 元");
  if (part.pool != part.collecting_pool)
    absl::StrAppend(&text, "，由 ", part.collecting_pool.value, " 代收上解");
  return absl::StrCat(text, "），尚欠 ", demand.open().ToYuanGrouped(), " 元");
}

absl::StatusOr<Money> PayLine(UnitOfWork& work, SettlementPart& part, domain::DemandId id) {
  RECOUP_ASSIGN_OR_RETURN(AffectedDemand affected, LoadAffected(work, part.pool, id));
  Demand& demand = affected.demand;
  RECOUP_ASSIGN_OR_RETURN(SettlementLine * line, LineOf(part, demand));
  const Money amount = line->amount;
  line->paid = true;
  RECOUP_ASSIGN_OR_RETURN(
      demand.state,
      domain::Next(demand.state, amount == demand.open() ? domain::DemandCommand::kApplyAll
                                                         : domain::DemandCommand::kApplyPart));
  ledger::Postings postings;
  Money left = amount;
  Money refunds;
  absl::CivilDay paid_on;
  for (SettlementSource& source : part.sources) {
    const Money take = std::min(left, source.left());
    if (take.is_zero()) continue;
    RECOUP_RETURN_IF_ERROR(PayFrom(source, take, affected, postings));
    if (source.kind == SettlementSourceKind::kRefund) refunds += take;
    paid_on = source.booked_on;
    left -= take;
  }
  if (!left.is_zero()) return BrokenPart(part, "its money does not pay its lines");
  PayInstalments(demand, amount);
  InterruptByPayment(affected, paid_on, absl::StrCat("结算批次 ", part.reference));
  AddTimeline(work, affected.recovery, About(domain::TimelineKind::kPaymentApplied, demand, amount),
              absl::FromCivil(paid_on, ChinaTimeZone()),
              LineSentence(part, amount, refunds, demand));
  RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.payment_applied"));
  return amount;
}

// The opposite of PayFrom: what was passed on comes back from the pool first, as far as the demand
// has not recovered as much from elsewhere. Returns what the pool owes its account for it.
absl::StatusOr<Money> TakeFrom(SettlementSource& source, Money amount, AffectedDemand& affected,
                               ledger::Postings& postings) {
  const domain::StatementEntryId entry = source.entry.value_or(domain::StatementEntryId());
  const bool collected = source.kind == SettlementSourceKind::kCollected;
  const domain::DemandId demand = affected.demand.id;
  const Money in_pool = affected.demand.Sum(Stage::kPassedOn);
  const Money here = affected.demand.Sum(Stage::kRecovered);
  const Money of_pool =
      collected ? std::min(amount, in_pool) : std::max(Money(), amount - std::min(amount, here));
  if (of_pool.is_positive()) {
    RECOUP_RETURN_IF_ERROR(SpreadStage(
        affected, Stage::kPassedOn, of_pool, [&](Advance& advance, DemandLine& line, Money part) {
          return ledger::TakeFromPool(advance, line, demand, part, postings);
        }));
  }
  RECOUP_RETURN_IF_ERROR(SpreadStage(
      affected, Stage::kRecovered, amount, [&](Advance& advance, DemandLine& line, Money part) {
        return ledger::Unapply(advance, line, demand, Stage::kAgreed, entry, part, postings);
      }));
  if (source.kind == SettlementSourceKind::kRefund) {
    ledger::MarkRefundable(entry, amount, postings);
  }
  if (collected) ledger::ReturnCollected(amount, postings);
  source.used -= amount;
  return collected ? Money() : of_pool;
}

// The payment went back: the line is agreed and reserved again, as before it. Nothing where the
// page had not come to it yet.
absl::StatusOr<Money> UndoLine(UnitOfWork& work, SettlementPart& part, domain::DemandId id) {
  RECOUP_ASSIGN_OR_RETURN(AffectedDemand affected, LoadAffected(work, part.pool, id));
  Demand& demand = affected.demand;
  const auto line = std::find_if(demand.settlement_lines.begin(), demand.settlement_lines.end(),
                                 [&](const SettlementLine& one) { return one.part == part.id; });
  if (line == demand.settlement_lines.end()) return BrokenPart(part, "a line is gone");
  if (!line->paid) return Money();
  const Money amount = line->amount;
  line->paid = false;
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, domain::DemandCommand::kReturn));
  ledger::Postings postings;
  Money left = amount;
  Money of_pool;
  for (SettlementSource& source : part.sources) {
    const Money take = std::min(left, source.used);
    if (take.is_zero()) continue;
    RECOUP_ASSIGN_OR_RETURN(const Money owed, TakeFrom(source, take, affected, postings));
    of_pool += owed;
    left -= take;
  }
  RECOUP_RETURN_IF_ERROR(NoteTakenFromPool(work, part.pool, of_pool));
  if (!left.is_zero()) return BrokenPart(part, "its lines were paid by other money");
  UnpayInstalments(demand, amount);
  demand.repayment_confirmed_time.reset();
  AddTimeline(work, affected.recovery,
              About(domain::TimelineKind::kPaymentTakenBack, demand, amount), work.now(),
              absl::StrCat("银行退回结算批次 ", part.reference, " 的付款，撤回核销 ",
                           amount.ToYuanGrouped(), " 元（", demand.reference, "），尚欠 ",
                           demand.open().ToYuanGrouped(), " 元"));
  RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.payment_returned"));
  return amount;
}

// The demand may be paid, disputed or taken into another batch again.
absl::Status ReleaseLine(UnitOfWork& work, const SettlementPart& part, domain::DemandId id) {
  RECOUP_ASSIGN_OR_RETURN(Demand demand, work.Get<Demand>(part.pool.value, id.value));
  std::erase_if(demand.settlement_lines,
                [&](const SettlementLine& line) { return line.part == part.id && !line.paid; });
  RECOUP_RETURN_IF_ERROR(UpdateSettlementLine(work, demand));
  work.Put(demand);
  return absl::OkStatus();
}

// Refundable money that has paid lines is the payer's no more; his again when they are opened.
absl::Status UseRefunds(UnitOfWork& work, const SettlementPart& part,
                        const std::vector<SettlementSource>& before) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    const Money used = part.sources[i].used - before[i].used;
    if (before[i].kind != SettlementSourceKind::kRefund || used.is_zero()) continue;
    RECOUP_ASSIGN_OR_RETURN(
        domain::StatementEntry entry,
        work.Get<domain::StatementEntry>(part.pool.value, before[i].entry->value));
    entry.netting -= used;
    entry.batched += used;
    RECOUP_RETURN_IF_ERROR(UpdateEntryState(entry, domain::StatementEntryCommand::kRefund));
    work.Put(entry);
  }
  return absl::OkStatus();
}

struct PartEnd {
  domain::SettlementPartCommand of_part;
  domain::SettlementBatchCommand of_batch;
  Money settled;  // What must be settled by then.
  const char* notice;
};

PartEnd EndOf(const SettlementPart& part) {
  using domain::SettlementBatchCommand;
  using domain::SettlementPartCommand;
  switch (part.state) {
    case SettlementPartState::kReleasing:
      return {SettlementPartCommand::kFinishRelease, SettlementBatchCommand::kFinishRelease,
              part.settled, "settlement_batch.cancelled"};
    case SettlementPartState::kReturning:
      return {SettlementPartCommand::kFinishTakeBack, SettlementBatchCommand::kFinishTakeBack,
              Money(), "settlement_batch.returned"};
    case SettlementPartState::kDue:
    case SettlementPartState::kCollecting:
    case SettlementPartState::kClosed:
    case SettlementPartState::kSettled:
    case SettlementPartState::kReleased:
      return {SettlementPartCommand::kSettle, SettlementBatchCommand::kComplete, part.gross,
              "settlement_batch.paid"};
  }
  RECOUP_CHECK(false);
}

// The part waits for its money as after the cut, what it sets off reserved as it was.
void AwaitPayment(SettlementPart& part) {
  part.next_page = 0;
  part.lines_done = 0;
  std::erase_if(part.sources, [](const SettlementSource& source) {
    return source.kind != SettlementSourceKind::kRefund;
  });
}

absl::Status FinishPart(UnitOfWork& work, SettlementPart& part) {
  const PartEnd end = EndOf(part);
  const bool returned = part.state == SettlementPartState::kReturning;
  if (part.lines_done != part.lines || part.settled != end.settled) {
    return BrokenPart(part, "its lines are not those of the cut");
  }
  RECOUP_ASSIGN_OR_RETURN(part.state, domain::Next(part.state, end.of_part));
  RECOUP_ASSIGN_OR_RETURN(SettlementBatch batch,
                          work.Get<SettlementBatch>(part.insurer.value, part.batch->value));
  if (returned) {
    AwaitPayment(part);
    if (part.pool == batch.collecting_pool) RECOUP_RETURN_IF_ERROR(ReleasePayment(work, batch));
  }
  bool all_done = true;
  for (domain::BatchPart& of_batch : batch.parts) {
    if (of_batch.part == part.id) of_batch.done = true;
    all_done = all_done && of_batch.done;
  }
  if (all_done) {
    RECOUP_ASSIGN_OR_RETURN(batch.state, domain::Next(batch.state, end.of_batch));
    if (returned) {
      for (domain::BatchPart& of_batch : batch.parts) of_batch.done = false;
    } else {
      batch.ended_time = work.now();
    }
    RECOUP_RETURN_IF_ERROR(work.Notify(batch.insurer, KeyOf(batch), end.notice));
  }
  work.Put(batch);
  return absl::OkStatus();
}

// The demands of the next page that has any: lines that left before the cut leave empty places.
absl::StatusOr<std::vector<RecordKey>> NextLinesPage(UnitOfWork& work, SettlementPart& part) {
  std::vector<RecordKey> keys;
  while (keys.empty() && part.next_page < part.pages()) {
    RECOUP_ASSIGN_OR_RETURN(
        keys, work.FindAll(LookupKind::kSettlementLine,
                           domain::Key({part.id.value.ToBytes(), absl::StrCat(part.next_page)})));
    ++part.next_page;
  }
  return keys;
}

}  // namespace

absl::StatusOr<SettlementProgress> WorkOffPage(UnitOfWork& work, const PoolId& pool) {
  SettlementProgress progress;
  RECOUP_ASSIGN_OR_RETURN(std::vector<SettlementPart> due,
                          work.FindAllBy<SettlementPart>(LookupKind::kSettlementPartOfPool,
                                                         domain::Key({pool.value, "due"})));
  if (due.empty()) return progress;
  SettlementPart& part = due.front();
  const std::vector<SettlementSource> before = part.sources;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> demands, NextLinesPage(work, part));
  for (const RecordKey& key : demands) {
    if (part.state == SettlementPartState::kReleasing) {
      RECOUP_RETURN_IF_ERROR(ReleaseLine(work, part, {key.id}));
    } else if (part.state == SettlementPartState::kReturning) {
      RECOUP_ASSIGN_OR_RETURN(const Money undone, UndoLine(work, part, {key.id}));
      part.settled -= undone;
    } else {
      RECOUP_ASSIGN_OR_RETURN(const Money paid, PayLine(work, part, {key.id}));
      part.settled += paid;
      progress.paid += paid;
    }
    ++part.lines_done;
    ++progress.lines;
  }
  RECOUP_RETURN_IF_ERROR(UseRefunds(work, part, before));
  for (const SettlementPart& one : due) progress.lines_left += one.lines - one.lines_done;
  if (part.lines_done == part.lines) RECOUP_RETURN_IF_ERROR(FinishPart(work, part));
  work.Put(part);
  return progress;
}

}  // namespace recoup::app
