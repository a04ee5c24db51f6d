// The intake's part about what is taken back: settlements (2305, 2208, refunds) and whatever a
// message told (2601). What is taken back may come later than its taking back: then that waits.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/mapping/requests.h"
#include "adapters/hospital/program/intake.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

// 2601 as the message that takes back what it names: a settlement's reversal, or an admission's
// cancelling.
Document Undoing(const ReversalDocument& undoing, const ToldThing& told) {
  if (!told.settlement_id.empty()) {
    ReversalDocument reversal = undoing;
    reversal.settlement_id = told.settlement_id;
    reversal.visit_id = told.visit_id;
    reversal.pool = told.pool;
    return reversal;
  }
  AdmissionDocument cancelled;
  cancelled.message_id = undoing.message_id;
  cancelled.sender = undoing.sender;
  cancelled.event = AdmissionEvent::kCancel;
  cancelled.visit_id = told.visit_id;
  cancelled.pool = told.pool;
  cancelled.hospital = undoing.hospital;
  cancelled.sent_at = undoing.reversed_at;
  return cancelled;
}

}  // namespace

Plan NothingToTell(std::string outcome) {
  Plan plan;
  plan.outcome = std::move(outcome);
  return plan;
}

absl::StatusOr<Intake::PlannedChange> Intake::PlanReversal(const ReversalDocument& reversal,
                                                           Taken& taken) {
  const bool names_message = !reversal.reversed_message_id.empty();
  const std::string message_key = absl::StrCat(reversal.sender, "/", reversal.reversed_message_id);
  std::optional<ToldThing> told;
  if (names_message) {
    RECOUP_ASSIGN_OR_RETURN(told, book_.FindTold(message_key));
  } else if (!reversal.settlement_id.empty()) {
    RECOUP_ASSIGN_OR_RETURN(told, book_.FindToldSettlement(reversal.settlement_id));
  }
  if (!told && reversal.queried) {
    return PlannedChange{Visit(), NothingToTell(absl::StrCat("结算 ", reversal.settlement_id,
                                                             " 已退费，此前未上报，无需处理。"))};
  }
  if (!told && (names_message || !reversal.settlement_id.empty())) {
    const std::string reference = names_message ? ReferenceToMessage(message_key)
                                                : ReferenceToSettlement(reversal.settlement_id);
    RECOUP_RETURN_IF_ERROR(book_.PutWaitingReversal(
        {reference, reversal.sender, reversal.message_id, reversal.visit_id, reversal.reversed_at},
        taken.time));
    return PlannedChange{
        Visit(),
        NothingToTell(names_message ? absl::StrCat("被冲正的交易 ", reversal.reversed_message_id,
                                                   " 未曾收到，无需上报；若其后收到，将随即撤销。")
                                    : absl::StrCat("撤销结算 ", reversal.settlement_id,
                                                   "：该结算尚未收到，待其收到后依次上报。"))};
  }
  if (!told) {  // Refused with what it lacks.
    RECOUP_ASSIGN_OR_RETURN(const Visit visit, VisitAsTheHubKnows(taken.visit_id));
    RECOUP_ASSIGN_OR_RETURN(Plan plan,
                            PlanFor(Examine(reversal, rules_.triage), visit, taken.time));
    return PlannedChange{visit, std::move(plan)};
  }
  RECOUP_ASSIGN_OR_RETURN(const Visit visit, VisitAsTheHubKnows(told->visit_id));
  taken.visit_id = told->visit_id;
  RECOUP_ASSIGN_OR_RETURN(
      Plan plan, PlanFor(Examine(Undoing(reversal, *told), rules_.triage), visit, taken.time));
  return PlannedChange{visit, std::move(plan)};
}

absl::Status Intake::AddWaitingReversal(const SettlementDocument& settlement, absl::Time now,
                                        Plan& plan) {
  for (const std::string& reference : {ReferenceToSettlement(settlement.settlement_id),
                                       ReferenceToMessage(SourceKeyOf(settlement))}) {
    RECOUP_ASSIGN_OR_RETURN(const auto waiting, book_.FindWaitingReversal(reference));
    if (!waiting) continue;
    ReversalDocument reversal;
    reversal.sender = waiting->sender;
    reversal.message_id = waiting->message_id;
    reversal.visit_id = settlement.visit_id;
    reversal.settlement_id = settlement.settlement_id;
    reversal.pool = settlement.pool;
    reversal.reversed_at = waiting->reversed_at;
    RECOUP_ASSIGN_OR_RETURN(Plan reversed,
                            PlanFor(Examine(reversal, rules_.triage), plan.visit, now));
    for (Outgoing& outgoing : reversed.outgoing) plan.outgoing.push_back(std::move(outgoing));
    absl::StrAppend(&plan.outcome, "此前已收到它的撤销，一并上报：", reversed.outcome);
    // Nobody has to be asked about money that went back.
    plan.question.reset();
    return book_.RemoveWaitingReversal(reference);
  }
  return absl::OkStatus();
}

absl::Status Intake::CancelIfUndone(const Document& document, absl::Time now, Visit& visit) {
  const auto* admission = std::get_if<AdmissionDocument>(&document);
  if (admission == nullptr || admission->event != AdmissionEvent::kAdmit) return absl::OkStatus();
  const std::string reference = ReferenceToMessage(SourceKeyOf(document));
  RECOUP_ASSIGN_OR_RETURN(const auto waiting, book_.FindWaitingReversal(reference));
  if (!waiting) return absl::OkStatus();
  // Later than the admission that it takes back, whatever the clocks said.
  const absl::Time own = mapping::OwnTime(*admission, now);
  mapping::LearnWord(mapping::Word::kCancelled,
                     std::max(waiting->reversed_at.value_or(own), own + absl::Seconds(1)),
                     visit.facts);
  return book_.RemoveWaitingReversal(reference);
}

}  // namespace recoup::hospital
