#include "hub/app/offers.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/demands.h"
#include "hub/app/etag.h"
#include "hub/app/finished.h"
#include "hub/app/mediation_terms.h"
#include "hub/app/names.h"
#include "hub/app/refusal.h"
#include "hub/app/relinquish.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::DemandCommand;
using domain::Money;
using domain::OfferCommand;
using domain::OfferState;
using domain::SettlementOffer;
using domain::Stage;

constexpr int kOfferDaysMax = 366;

absl::Status OfferGone(const Demand& demand, const SettlementOffer& offer) {
  return Refuse(
      Reason::kIllegalTransition, "the offer does not stand any more", "OFFER",
      NameOf(demand.pool, demand.id),
      absl::StrCat("该方案至 ", absl::FormatCivilTime(offer.valid_until), " 有效，针对未付 ",
                   offer.open.ToYuanGrouped(), " 元；请由对方重新提出"));
}

// What an offer that nobody answered in time has become is written down when the next one is made.
absl::Status CloseLapsed(UnitOfWork& work, Demand& demand) {
  if (demand.offers.empty()) return absl::OkStatus();
  SettlementOffer& last = demand.offers.back();
  switch (last.StateOn(work.today(), demand.open(), demand.Sum(Stage::kAgreed))) {
    case OfferState::kOpen:
    case OfferState::kPendingApproval:
      return Refuse(Reason::kIllegalTransition, "another offer is open", "OFFER",
                    NameOf(demand.pool, demand.id),
                    absl::StrCat("上一方案至 ", absl::FormatCivilTime(last.valid_until),
                                 " 有效，须先由基金答复"));
    case OfferState::kLapsed:
      if (last.state != OfferState::kLapsed) {
        RECOUP_ASSIGN_OR_RETURN(last.state, domain::Next(last.state, OfferCommand::kLapse));
      }
      return absl::OkStatus();
    case OfferState::kAccepted:
    case OfferState::kRefused:
      return absl::OkStatus();
  }
  RECOUP_CHECK(false);
}

absl::Status CheckOffer(const OfferSettlement& command, const Demand& demand,
                        absl::CivilDay today) {
  Faults faults;
  if (command.valid_until < today) faults.Add("valid_until_on", "in the past");
  if (command.valid_until > today + kOfferDaysMax) {
    faults.Add("valid_until_on", "more than a year ahead");
  }
  if (command.amount == demand.open()) {
    faults.Add("amount_fen", "is all that is open: accept the demand instead");
  }
  const Money agreed = demand.Sum(Stage::kAgreed);
  if (command.amount < agreed) {
    faults.Add("amount_fen",
               absl::StrCat("less than the ", agreed.ToYuan(), " yuan that were accepted already"));
  }
  if (!faults.empty()) return faults.ToStatus();
  if (command.amount > demand.open()) {
    return MakeError(Reason::kAmountExceedsOpen,
                     absl::StrCat(command.amount.ToYuan(), " yuan is more than the ",
                                  demand.open().ToYuan(), " yuan that are open"));
  }
  return absl::OkStatus();
}

// The sum waits for payment, the rest is given up. What was accepted before stays accepted; what is
// still in dispute is the first to go.
absl::Status TakeUp(UnitOfWork& work, LoadedDemand& loaded, SettlementOffer& offer) {
  Demand& demand = loaded.demand;
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, DemandCommand::kAccept));
  Money to_give_up = demand.open() - offer.amount;
  const Money given_up = to_give_up;
  for (const Stage stage : {Stage::kDisputed, Stage::kClaimed}) {
    const std::vector<Money> held = Held(demand, stage);
    const Money part = std::min(to_give_up, SumOf(held));
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> parts, Spread(part, held));
    RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, stage, Stage::kRelinquished, parts));
    RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, stage, Stage::kAgreed, Held(demand, stage)));
    to_give_up -= part;
  }
  RECOUP_CHECK(to_give_up.is_zero());
  Interrupt(loaded, domain::InterruptionKind::kAcknowledgement, work.today(),
            absl::StrCat(offer.offered_by, " 提出的和解金额，", NameOf(demand.pool, demand.id)));
  AddTimeline(
      work, loaded.recovery, About(domain::TimelineKind::kOfferAnswered, demand, offer.amount),
      work.now(),
      absl::StrCat("接受 ", demand.debtor_name, " 提出的和解金额 ", offer.amount.ToYuanGrouped(),
                   " 元，放弃 ", given_up.ToYuanGrouped(), " 元：", offer.answer_text));
  return SettleFinished(work, loaded.advance_pointers(), &loaded.demand, loaded.recovery);
}

domain::Approval ApprovalOfOffer(UnitOfWork& work, const Demand& demand,
                                 const SettlementOffer& offer, Money limit) {
  domain::Approval approval;
  approval.id = work.NewId<domain::ApprovalId>();
  approval.pool = demand.pool;
  approval.action = domain::ApprovalAction::kSettlementOffer;
  approval.subject = NameOf(demand.pool, demand.id);
  approval.demand = demand.id;
  approval.amount = demand.open() - offer.amount;
  approval.threshold = limit;
  approval.reason = offer.answer_text;
  approval.requested_by = work.caller().actor;
  approval.requested_time = work.now();
  return approval;
}

}  // namespace

absl::StatusOr<Demand> OfferSettlementOf(const OfferSettlement& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(const Demand* own,
                          work.Find<Demand>(command.pool.value, command.demand.value));
  if (own == nullptr || !own->is_issued() || own->debtor_party != work.caller().party) {
    return NotFound("no such demand");
  }
  RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, own->version));
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, command.demand));
  Demand& demand = loaded.demand;
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, DemandCommand::kOffer));
  RECOUP_RETURN_IF_ERROR(CheckOffer(command, demand, work.today()));
  RECOUP_RETURN_IF_ERROR(CloseLapsed(work, demand));
  SettlementOffer offer;
  offer.amount = command.amount;
  offer.open = demand.open();
  offer.valid_until = command.valid_until;
  offer.text = command.text;
  offer.offered_by = work.caller().actor;
  offer.offered_time = work.now();
  demand.offers.push_back(std::move(offer));
  AddTimeline(work, loaded.recovery, About(domain::TimelineKind::kOffered, demand, command.amount),
              work.now(),
              absl::StrCat(demand.debtor_name, " 提出以 ", command.amount.ToYuanGrouped(),
                           " 元了结未付的 ", demand.open().ToYuanGrouped(), " 元，",
                           absl::FormatCivilTime(command.valid_until), " 前有效：", command.text));
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.offered"));
  StoreDemand(work, loaded);
  return std::move(loaded.demand);
}

absl::StatusOr<OfferAnswer> AnswerOfferOf(const AnswerOffer& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, command.demand));
  Demand& demand = loaded.demand;
  RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, demand.version));
  if (command.offer >= demand.offers.size()) return NotFound("no such offer");
  SettlementOffer& offer = demand.offers[command.offer];
  if (offer.StateOn(work.today(), demand.open(), demand.Sum(Stage::kAgreed)) ==
      OfferState::kLapsed) {
    return OfferGone(demand, offer);
  }
  offer.answered_by = work.caller().actor;
  offer.answered_time = work.now();
  offer.answer_text = command.text;
  OfferAnswer answer;
  if (!command.accept) {
    RECOUP_ASSIGN_OR_RETURN(offer.state, domain::Next(offer.state, OfferCommand::kRefuse));
    AddTimeline(work, loaded.recovery,
                About(domain::TimelineKind::kOfferAnswered, demand, offer.amount), work.now(),
                absl::StrCat("不接受 ", demand.debtor_name, " 提出的和解金额 ",
                             offer.amount.ToYuanGrouped(), " 元：", command.text));
    RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.offer_refused"));
  } else {
    RECOUP_ASSIGN_OR_RETURN(const Money limit, OnePersonsLimit(work, demand.pool));
    const bool needs_approval =
        IsAboveOnePersonsLimit(demand.relinquished(), demand.open() - offer.amount, limit);
    RECOUP_ASSIGN_OR_RETURN(
        offer.state, domain::Next(offer.state, needs_approval ? OfferCommand::kAcceptAboveLimit
                                                              : OfferCommand::kAcceptWithinLimit));
    if (needs_approval) {
      domain::Approval approval = ApprovalOfOffer(work, demand, offer, limit);
      offer.approval = approval.id;
      answer.approval = approval.id;
      work.Put(approval);
      AddTimeline(work, loaded.recovery,
                  About(domain::TimelineKind::kApprovalAsked, demand, demand.open() - offer.amount),
                  work.now(),
                  absl::StrCat("拟接受 ", demand.debtor_name, " 提出的和解金额 ",
                               offer.amount.ToYuanGrouped(), " 元，待第二人审批：", command.text));
    } else {
      RECOUP_RETURN_IF_ERROR(TakeUp(work, loaded, offer));
      RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.offer_accepted"));
    }
  }
  StoreDemand(work, loaded);
  answer.demand = std::move(loaded.demand);
  return answer;
}

absl::Status CompleteOffer(UnitOfWork& work, const domain::Approval& approval) {
  RECOUP_CHECK(approval.demand.has_value());
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, approval.pool, *approval.demand));
  Demand& demand = loaded.demand;
  for (SettlementOffer& offer : demand.offers) {
    if (offer.approval != approval.id) continue;
    if (offer.StateOn(work.today(), demand.open(), demand.Sum(Stage::kAgreed)) ==
        OfferState::kLapsed) {
      return OfferGone(demand, offer);
    }
    RECOUP_ASSIGN_OR_RETURN(offer.state, domain::Next(offer.state, OfferCommand::kApprove));
    RECOUP_RETURN_IF_ERROR(TakeUp(work, loaded, offer));
    RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.offer_accepted"));
    StoreDemand(work, loaded);
    return absl::OkStatus();
  }
  return MakeError(Reason::kInternal, "an approval has no offer");
}

absl::Status ReopenOffer(UnitOfWork& work, const domain::Approval& approval) {
  RECOUP_CHECK(approval.demand.has_value());
  RECOUP_ASSIGN_OR_RETURN(Demand demand,
                          work.Get<Demand>(approval.pool.value, approval.demand->value));
  for (SettlementOffer& offer : demand.offers) {
    if (offer.approval != approval.id || offer.state != OfferState::kPendingApproval) continue;
    RECOUP_ASSIGN_OR_RETURN(offer.state, domain::Next(offer.state, OfferCommand::kReject));
    work.Put(demand);
  }
  return absl::OkStatus();
}

}  // namespace recoup::app
