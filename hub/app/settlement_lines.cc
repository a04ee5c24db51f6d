#include "hub/app/settlement_lines.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/app/names.h"
#include "hub/app/refusal.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Money;
using domain::SettlementLine;
using domain::SettlementPart;
using domain::SettlementPartState;

bool PaidByBatches(const Demand& demand) {
  return demand.debtor_party.kind() == domain::PartyKind::kInsurer && demand.instalments.size() < 2;
}

absl::StatusOr<const SettlementPart*> PartOfLine(UnitOfWork& work, const Demand& demand,
                                                 const SettlementLine& line) {
  RECOUP_ASSIGN_OR_RETURN(const SettlementPart* part,
                          work.Find<SettlementPart>(demand.pool.value, line.part.value));
  if (part == nullptr) return MakeError(Reason::kInternal, "the part of a settlement line is gone");
  return part;
}

// The part that is collecting, or a new one.
absl::StatusOr<SettlementPart> CollectingPart(UnitOfWork& work, const Demand& demand) {
  RECOUP_ASSIGN_OR_RETURN(
      std::optional<SettlementPart> part,
      work.FindBy<SettlementPart>(domain::UniqueKeyKind::kSettlementPartCollecting,
                                  domain::Key({demand.debtor_party.value, demand.pool.value})));
  if (part) return *std::move(part);
  SettlementPart fresh;
  fresh.id = work.NewId<domain::SettlementPartId>();
  fresh.pool = demand.pool;
  fresh.insurer = demand.debtor_party;
  return fresh;
}

// The event of the pool that this command becomes; the last one before it where the command belongs
// to another log: a cut of a batch is made in the insurer's log, and its lines are before it.
absl::StatusOr<std::int64_t> EventOfLine(UnitOfWork& work, const Demand& demand) {
  if (work.event_partition() == demand.pool.value) return work.event_sequence();
  RECOUP_ASSIGN_OR_RETURN(const PartitionState* state, work.StateOf(demand.pool.value));
  return state->events;
}

absl::Status IsReserved(const Demand& demand, Money reserved) {
  return Refuse(Reason::kIllegalTransition, "the demand is in a settlement batch that is closed",
                "SETTLEMENT_BATCH", NameOf(demand.pool, demand.id),
                absl::StrCat("结算批次已截止，其中 ", reserved.ToYuanGrouped(),
                             " 元待批次付款；付清或取消该批次后再办理"));
}

}  // namespace

absl::Status UpdateSettlementLine(UnitOfWork& work, Demand& demand) {
  const Money agreed = demand.Sum(domain::Stage::kAgreed);
  std::vector<SettlementLine>& lines = demand.settlement_lines;
  if (agreed.is_zero() && lines.empty()) return absl::OkStatus();
  Money reserved;
  auto collecting = lines.end();
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    if (line->paid) continue;
    RECOUP_ASSIGN_OR_RETURN(const SettlementPart* part, PartOfLine(work, demand, *line));
    if (part->state == SettlementPartState::kCollecting) {
      collecting = line;
    } else {
      reserved += line->amount;
    }
  }
  if (agreed < reserved) return IsReserved(demand, reserved);
  const Money wanted = PaidByBatches(demand) ? agreed - reserved : Money();
  const Money held = collecting == lines.end() ? Money() : collecting->amount;
  if (wanted == held) return absl::OkStatus();

  RECOUP_ASSIGN_OR_RETURN(SettlementPart part, CollectingPart(work, demand));
  part.gross += wanted - held;
  part.lines += (held.is_zero() ? 1 : 0) - (wanted.is_zero() ? 1 : 0);
  if (wanted.is_zero()) {
    lines.erase(collecting);
  } else {
    if (collecting == lines.end()) {
      collecting = lines.insert(lines.end(), SettlementLine());
      collecting->part = part.id;
      collecting->page = part.next_line++ / domain::kSettlementPageLines;
    }
    collecting->amount = wanted;
    RECOUP_ASSIGN_OR_RETURN(collecting->event_sequence, EventOfLine(work, demand));
  }
  work.Put(part);
  return absl::OkStatus();
}

}  // namespace recoup::app
