#include "hub/app/demand_answers.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/etag.h"
#include "hub/app/names.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::DemandCommand;
using domain::DemandState;
using domain::Money;
using domain::Stage;

// The caller's own issued demand, as it was when the caller read it.
template <typename Command>
absl::StatusOr<LoadedDemand> LoadOwn(UnitOfWork& work, const Command& command) {
  RECOUP_ASSIGN_OR_RETURN(const Demand* demand,
                          work.Find<Demand>(command.pool.value, command.demand.value));
  if (demand == nullptr || !demand->is_issued() || demand->debtor_party != work.caller().party)
    return NotFound("no such demand");
  RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, demand->version));
  if (demand->issued_on && ChinaDate(command.happened) < *demand->issued_on) {
    return MakeError(Reason::kInvalidArgument, "the answer is older than the demand");
  }
  return LoadDemand(work, command.pool, command.demand);
}

absl::StatusOr<Demand> Finish(UnitOfWork& work, LoadedDemand& loaded, domain::TimelineKind kind,
                              std::optional<Money> amount, absl::Time happened,
                              std::string sentence, std::string_view what) {
  AddTimeline(work, loaded.recovery, About(kind, loaded.demand, amount), happened,
              std::move(sentence));
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, loaded.demand, what));
  StoreDemand(work, loaded);
  return loaded.demand;
}

std::string EvidenceOf(const UnitOfWork& work, const Demand& demand, std::string_view act) {
  return absl::StrCat(work.caller().actor, " 于本系统", std::string(act), " ",
                      NameOf(demand.pool, demand.id));
}

// Lines of which something is disputed now carry the debtor's ground and words.
void NoteDispute(domain::DemandLine& line, domain::DisputeReason ground, const std::string& text) {
  line.dispute_ground = ground;
  line.dispute_reason = text;
}

// The money of each disputed part by line, after checking them all.
absl::StatusOr<std::vector<Money>> DisputedByLine(const DisputeDemand& command, Demand& demand) {
  std::vector<Money> disputed(demand.lines.size());
  Faults faults;
  for (std::size_t i = 0; i < command.parts.size(); ++i) {
    const DisputedPart& part = command.parts[i];
    const auto line =
        std::find_if(demand.lines.begin(), demand.lines.end(),
                     [&](const domain::DemandLine& one) { return one.advance == part.advance; });
    const auto index = static_cast<std::size_t>(line - demand.lines.begin());
    if (line == demand.lines.end()) {
      faults.Add(absl::StrCat("lines[", i, "].advance"), "not an advance of this demand");
    } else if (!disputed[index].is_zero()) {
      faults.Add(absl::StrCat("lines[", i, "].advance"), "named twice");
    } else {
      disputed[index] = part.amount;
      NoteDispute(*line, part.ground, part.text);
    }
  }
  if (!faults.empty()) return faults.ToStatus();
  for (std::size_t i = 0; i < disputed.size(); ++i) {
    const Money claimed = demand.lines[i].stages.at(Stage::kClaimed);
    if (disputed[i] > claimed) {
      return MakeError(
          Reason::kAmountExceedsOpen,
          absl::StrCat(disputed[i].ToYuan(), " yuan is more than the ", claimed.ToYuan(),
                       " yuan claimed for ", NameOf(demand.pool, demand.lines[i].advance)));
    }
  }
  return disputed;
}

std::vector<Money> Minus(std::vector<Money> from, const std::vector<Money>& amounts) {
  for (std::size_t i = 0; i < from.size(); ++i) from[i] -= amounts[i];
  return from;
}

}  // namespace

absl::StatusOr<Demand> AcknowledgeDemandOf(const AcknowledgeDemand& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadOwn(work, command));
  Demand& demand = loaded.demand;
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, DemandCommand::kAcknowledge));
  demand.acknowledged_time = command.happened;
  demand.claim_number = command.claim_number;
  // The receipt proves when the demand arrived, and that is when it interrupts (民法典 137, 195).
  Interrupt(loaded, domain::InterruptionKind::kDemand, ChinaDate(command.happened),
            EvidenceOf(work, demand, "签收"));
  return Finish(
      work, loaded, domain::TimelineKind::kDemandAcknowledged, std::nullopt, command.happened,
      absl::StrCat(demand.debtor_name, " 签收追偿函 ", demand.reference), "demand.acknowledged");
}

absl::StatusOr<Demand> AcceptDemandOf(const AcceptDemand& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadOwn(work, command));
  Demand& demand = loaded.demand;
  RECOUP_ASSIGN_OR_RETURN(const DemandState agreed,
                          domain::Next(demand.state, DemandCommand::kAccept));
  const std::vector<Money> claimed = Held(demand, Stage::kClaimed);
  const std::vector<Money> disputed = Held(demand, Stage::kDisputed);
  std::vector<Money> pending = claimed;
  for (std::size_t i = 0; i < pending.size(); ++i) pending[i] += disputed[i];
  const Money amount = command.amount.value_or(SumOf(pending));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> accepted, Spread(amount, pending));

  std::vector<Money> of_claimed;
  for (std::size_t i = 0; i < accepted.size(); ++i)
    of_claimed.push_back(std::min(accepted[i], claimed[i]));
  const std::vector<Money> refused = Minus(claimed, of_claimed);
  const Money rest = SumOf(pending) - amount;
  if (rest.is_positive() && command.text.empty()) {
    Faults faults;
    faults.Add("text", "missing: say why the rest is not accepted");
    return faults.ToStatus();
  }
  RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, Stage::kClaimed, Stage::kAgreed, of_claimed));
  RECOUP_RETURN_IF_ERROR(
      MoveLines(work, loaded, Stage::kDisputed, Stage::kAgreed, Minus(accepted, of_claimed)));
  RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, Stage::kClaimed, Stage::kDisputed, refused));
  if (rest.is_zero()) {
    demand.state = agreed;
  } else {
    // A disputed demand of which another part is accepted stays disputed for the rest.
    if (demand.state != DemandState::kDisputed) {
      RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, DemandCommand::kDispute));
    }
    demand.dispute_reason = command.text;
    demand.disputed_time = command.happened;
    for (std::size_t i = 0; i < refused.size(); ++i) {
      if (refused[i].is_positive())
        NoteDispute(demand.lines[i], domain::DisputeReason::kOther, command.text);
    }
  }
  Interrupt(loaded, domain::InterruptionKind::kAcknowledgement, ChinaDate(command.happened),
            EvidenceOf(work, demand, "同意"));
  std::string sentence =
      absl::StrCat(demand.debtor_name, " 同意支付 ", amount.ToYuanGrouped(), " 元");
  if (rest.is_positive())
    absl::StrAppend(&sentence, "，对其余 ", rest.ToYuanGrouped(), " 元有异议：", command.text);
  return Finish(work, loaded, domain::TimelineKind::kDemandAccepted, amount, command.happened,
                std::move(sentence), rest.is_zero() ? "demand.agreed" : "demand.partly_agreed");
}

absl::StatusOr<Demand> DisputeDemandOf(const DisputeDemand& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadOwn(work, command));
  Demand& demand = loaded.demand;
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, DemandCommand::kDispute));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> disputed, DisputedByLine(command, demand));
  const std::vector<Money> accepted = Minus(Held(demand, Stage::kClaimed), disputed);
  RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, Stage::kClaimed, Stage::kDisputed, disputed));
  RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, Stage::kClaimed, Stage::kAgreed, accepted));
  demand.dispute_reason = command.text;
  demand.disputed_time = command.happened;
  std::string sentence =
      absl::StrCat(demand.debtor_name, " 对 ", SumOf(disputed).ToYuanGrouped(), " 元提出异议");
  if (SumOf(accepted).is_positive()) {
    Interrupt(loaded, domain::InterruptionKind::kAcknowledgement, ChinaDate(command.happened),
              EvidenceOf(work, demand, "部分同意"));
    absl::StrAppend(&sentence, "，同意其余 ", SumOf(accepted).ToYuanGrouped(), " 元");
  }
  return Finish(work, loaded, domain::TimelineKind::kDemandDisputed, SumOf(disputed),
                command.happened, std::move(sentence), "demand.disputed");
}

absl::StatusOr<Demand> ConfirmRepaymentOf(const ConfirmRepayment& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadOwn(work, command));
  Demand& demand = loaded.demand;
  if (command.received != demand.applied()) {
    ErrorDetail detail;
    detail.reason = Reason::kIllegalTransition;
    detail.preconditions = {
        {"AMOUNT", NameOf(demand.pool, demand.id),
         absl::StrCat("the hub shows ", demand.applied().ToYuan(), " yuan as received")}};
    return MakeError("the amounts differ; nothing is confirmed", std::move(detail));
  }
  demand.repayment_confirmed = command.received;
  demand.repayment_confirmed_time = command.happened;
  return Finish(
      work, loaded, domain::TimelineKind::kRepaymentConfirmed, command.received, command.happened,
      absl::StrCat(demand.debtor_name, " 确认已还款 ", command.received.ToYuanGrouped(), " 元"),
      "demand.repayment_confirmed");
}

}  // namespace recoup::app
