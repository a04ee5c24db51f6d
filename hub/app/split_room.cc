#include "hub/app/split_room.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "hub/app/policies.h"
#include "hub/base/status.h"
#include "hub/domain/bill_split.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::Money;
using domain::SplitPart;
using domain::SplitQuote;
using domain::SplitState;

absl::StatusOr<Money> RoomFor(UnitOfWork& work, const SplitQuote& quote, const SplitPart& part) {
  RECOUP_ASSIGN_OR_RETURN(
      const domain::RegisteredPolicy policy,
      work.Get<domain::RegisteredPolicy>(part.insurer.value, part.policy.value));
  RECOUP_ASSIGN_OR_RETURN(const StatedRoom stated, StatedRoomOf(work, policy, quote.accident_on));
  Money room = stated.medical;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<SplitQuote> others,
                          SplitsOfPolicy(work, part.policy, quote.accident_on));
  for (const SplitQuote& other : others) {
    if (other.id == quote.id) continue;
    const SplitState state = other.StateAt(work.now());
    const bool reserved = state == SplitState::kQuoted;
    const bool due = state == SplitState::kSettled && *other.settled_time > stated.as_of;
    if (!reserved && !due) continue;
    for (const SplitPart& taken : other.parts) {
      if (taken.policy == part.policy) room -= taken.amount;
    }
  }
  return std::max(room, Money());
}

}  // namespace

absl::StatusOr<std::vector<SplitQuote>> SplitsOfPolicy(UnitOfWork& work, domain::PolicyId policy,
                                                       absl::CivilDay accident_on) {
  return work.FindAllBy<SplitQuote>(
      domain::LookupKind::kSplitOfPolicy,
      domain::Key({policy.value.ToBytes(), absl::FormatCivilTime(accident_on)}));
}

absl::Status ShareOut(UnitOfWork& work, SplitQuote& quote) {
  std::vector<domain::AcceptedCover> covers;
  std::vector<SplitPart*> paying;
  for (SplitPart& part : quote.parts) {
    part.amount = Money();
    if (part.answer != domain::SplitAnswer::kAccepted) continue;
    domain::AcceptedCover cover;
    cover.insurer = part.insurer_name;
    cover.kind = part.kind;
    cover.share_basis_points = part.share_basis_points;
    cover.amount_max = part.amount_max;
    RECOUP_ASSIGN_OR_RETURN(cover.room, RoomFor(work, quote, part));
    covers.push_back(std::move(cover));
    paying.push_back(&part);
  }
  RECOUP_ASSIGN_OR_RETURN(
      const domain::BillSplit split,
      domain::SplitBill({quote.total, quote.fund_paid, quote.self_paid}, covers));
  for (std::size_t i = 0; i < paying.size(); ++i) paying[i]->amount = split.covers[i];
  quote.fund_part = split.fund;
  quote.patient_part = split.patient;
  quote.explanation = split.explanation;
  return absl::OkStatus();
}

}  // namespace recoup::app
