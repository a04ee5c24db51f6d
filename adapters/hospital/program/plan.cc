#include "adapters/hospital/program/plan.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/mapping/decision.h"
#include "adapters/hospital/mapping/requests.h"
#include "adapters/hospital/program/flag_steps.h"
#include "hub/base/check.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using mapping::Standing;
using mapping::Step;

Question QuestionAbout(const Visit& visit, const triage::TriageResult& triage, std::string why,
                       v1::Flag proposed, absl::Time now) {
  Question question;
  question.visit_id = visit.visit_id;
  question.why = std::move(why);
  question.grounds = mapping::GroundsOf(triage);
  question.proposed = std::move(proposed);
  question.asked_time = now;
  question.ask = triage.question;
  question.due_time = now + triage.answer_within;
  question.silence_flags = triage.silence == triage::Silence::kFlag;
  return question;
}

mapping::Word WordOf(const AdmissionDocument& admission, const triage::TriageResult& triage) {
  if (admission.event == AdmissionEvent::kCancel) return mapping::Word::kCancelled;
  if (triage.proposal != triage::Proposal::kNoFlag) return mapping::Word::kSpoke;
  return mapping::SaysSomething(admission) ? mapping::Word::kDenied : mapping::Word::kNone;
}

// What a message leads to that is older than the visit's last word on a third party: the same as if
// it had come in its time, as far as that can still be told. Nothing, where the newer word was a
// no.
enum class Lateness { kInTime, kNothingMore, kFillsGaps, kMayFlag };

Lateness LatenessOf(const AdmissionDocument& admission, const triage::TriageResult& triage,
                    const Visit& visit, absl::Time own) {
  using mapping::Word;
  if (!mapping::IsOlder(own, visit.facts.told[mapping::FactKind::kWord])) return Lateness::kInTime;
  // Somebody who was reported later than that was not gone.
  if (admission.event == AdmissionEvent::kCancel) return Lateness::kNothingMore;
  switch (visit.facts.word) {
    case Word::kNone:
      return Lateness::kInTime;
    case Word::kDenied:
    case Word::kCancelled:
      return Lateness::kNothingMore;
    case Word::kSpoke:
      break;
  }
  if (visit.standing == Standing::kFlagged) return Lateness::kFillsGaps;
  if (visit.standing != Standing::kNothing) return Lateness::kInTime;
  // The newer message has asked already.
  return triage.proposal == triage::Proposal::kFlag ? Lateness::kMayFlag : Lateness::kNothingMore;
}

const char* WhyNothingMore(const AdmissionDocument& admission, mapping::Word word) {
  if (admission.event == AdmissionEvent::kCancel) {
    return "该撤销早于已收到的消息，此后该就诊仍有登记，未撤回标志；请核对。";
  }
  return word == mapping::Word::kCancelled ? "较早的消息：入院登记此后已撤销，不再标记。"
                                           : "较早的消息：已按此后较新的消息处理。";
}

mapping::Decision DecisionOn(const AdmissionDocument& admission, const triage::TriageResult& triage,
                             const Visit& visit) {
  const bool again =
      admission.event == AdmissionEvent::kAdmit && visit.facts.word == mapping::Word::kCancelled;
  if (!again) {
    return mapping::Decide(admission, triage,
                           {visit.standing, GroundsOfFlag(visit.flag), visit.decided_grounds});
  }
  // Admitted anew under the number of a cancelled admission, whose end was nobody's word on the
  // injury.
  mapping::Decision decision = mapping::Decide(admission, triage, {});
  if (decision.step == Step::kFlag && visit.standing == Standing::kCleared) {
    decision.step = Step::kRaise;
  }
  return decision;
}

absl::StatusOr<Plan> PlanForAdmission(const AdmissionDocument& admission,
                                      const triage::TriageResult& triage, const Visit& visit,
                                      absl::Time now) {
  const absl::Time own = mapping::OwnTime(admission, now);
  const Lateness lateness = LatenessOf(admission, triage, visit, own);
  Plan plan;
  plan.visit = visit;
  plan.visit.facts = mapping::FactsAfter(admission, visit.facts, own);
  if (const mapping::Word word = WordOf(admission, triage); word != mapping::Word::kNone) {
    mapping::LearnWord(word, own, plan.visit.facts);
  }
  FlagSteps steps(SourceKeyOf(Document(admission)), mapping::TimeOf(admission), plan);
  if (lateness == Lateness::kNothingMore) {
    plan.outcome = WhyNothingMore(admission, visit.facts.word);
    steps.SendHeld();
    return plan;
  }
  const mapping::Decision decision = DecisionOn(admission, triage, visit);
  plan.outcome = decision.why;
  plan.closes_question = decision.closes_question;
  if (lateness != Lateness::kFillsGaps) {
    if (decision.step == Step::kNothing) return plan;
    if (decision.step == Step::kClear) {
      steps.Clear(decision.why);
      // What the flag was raised on is answered now; only something new raises it again.
      plan.visit.decided_grounds = Union(visit.decided_grounds, GroundsOfFlag(visit.flag));
      return plan;
    }
  }
  RECOUP_ASSIGN_OR_RETURN(v1::Flag flag, mapping::FlagFrom(admission, triage, plan.visit.facts));
  if (lateness == Lateness::kFillsGaps) {
    plan.closes_question = false;
    plan.outcome = "较早的消息：只补充标志中空缺的内容。";
    flag = mapping::FilledFrom(visit.flag, std::move(flag));
    steps.Amend(mapping::Completed(std::move(flag), plan.visit.facts), v1::FLAG_STATE_UNSPECIFIED,
                plan.outcome);
    return plan;
  }
  flag = admission.whole ? mapping::WithGroundsKept(std::move(flag), visit.flag, admission)
                         : mapping::WithKnown(std::move(flag), visit.flag);
  flag = mapping::Completed(std::move(flag), plan.visit.facts);
  if (decision.step == Step::kFlag) {
    steps.Raise(flag, mapping::FlagStateFrom(admission));
  } else if (decision.step == Step::kRaise) {
    steps.Amend(flag, mapping::FlagStateFrom(admission), decision.why);
  } else if (decision.step == Step::kAmend) {
    steps.Amend(flag, v1::FLAG_STATE_UNSPECIFIED, decision.why);
    if (plan.outgoing.empty()) plan.outcome = absl::StrCat("标志内容没有变化。", decision.why);
  } else {
    plan.question = QuestionAbout(visit, triage, decision.why, std::move(flag), now);
  }
  return plan;
}

// What a settlement tells of its visit: the kind of visit (意外伤害门诊, 外伤住院) is all that
// triage can look at.
AdmissionDocument VisitTold(const SettlementDocument& settlement) {
  AdmissionDocument visit;
  visit.event = AdmissionEvent::kUpdate;
  visit.whole = false;
  visit.message_id = settlement.message_id;
  visit.sender = settlement.sender;
  visit.visit_id = settlement.visit_id;
  visit.pool = settlement.pool;
  visit.hospital = settlement.hospital;
  visit.patient = settlement.patient;
  visit.med_type = settlement.med_type;
  visit.sent_at = settlement.settled_at;
  return visit;
}

// An injury is settled of which no admission was ever taken: nobody was asked, and nobody else
// will.
absl::Status AskAfterSettlement(const SettlementDocument& settlement,
                                const triage::TriageResult& triage, absl::Time now, Plan& plan) {
  const Visit& visit = plan.visit;
  const mapping::VisitFacts& facts = visit.facts;
  const bool admission_taken = facts.word != mapping::Word::kNone ||
                               facts.told[mapping::FactKind::kAdmitted] > absl::UnixEpoch() ||
                               (!facts.admitted_on.empty() && !facts.admitted_at);
  if (admission_taken || visit.standing != Standing::kNothing) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(v1::Flag flag,
                          mapping::FlagFrom(VisitTold(settlement), triage, visit.facts));
  flag = mapping::Completed(std::move(flag), facts);
  plan.question = QuestionAbout(visit, triage, triage.summary, std::move(flag), now);
  plan.outcome += "未收到该次就诊的登记，请核实是否涉及第三方。";
  return absl::OkStatus();
}

// Whoever was admitted by number alone has a name now.
void NameThePatient(const std::string& source_key, Plan& plan, FlagSteps& steps) {
  const Visit& visit = plan.visit;
  steps.SendHeld();
  const bool nameless =
      visit.standing == Standing::kFlagged && !visit.held && visit.flag.patient().name().empty();
  if (!nameless || visit.facts.patient.name().empty()) return;
  v1::Flag named = visit.flag;
  *named.mutable_patient() = visit.facts.patient;
  FlagSteps(absl::StrCat(source_key, "#patient"), absl::InfinitePast(), plan)
      .Amend(named, v1::FLAG_STATE_UNSPECIFIED, "结算写明了患者姓名");
}

absl::StatusOr<Plan> PlanForSettlement(const SettlementDocument& settlement,
                                       const std::optional<triage::TriageResult>& triage,
                                       const Visit& visit, absl::Time now) {
  const std::string source_key = SourceKeyOf(settlement);
  Plan plan;
  plan.visit = visit;
  RECOUP_ASSIGN_OR_RETURN(const v1::ReportSettlementRequest request,
                          mapping::ToReportSettlement(settlement, visit.facts));
  plan.visit.facts =
      mapping::FactsAfter(settlement, visit.facts, mapping::OwnTime(settlement, now));
  FlagSteps steps(source_key, absl::InfinitePast(), plan);
  NameThePatient(source_key, plan, steps);
  plan.outgoing.push_back(ToHub(source_key, "ReportSettlement", visit.visit_id, request));
  plan.outcome =
      absl::StrCat("结算 ", settlement.settlement_id, "：基金支付 ",
                   domain::Money::Fen(request.settlement().fund_paid_fen()).ToYuanGrouped(),
                   " 元，个人负担 ", settlement.personal_part.ToYuanGrouped(), " 元。");
  if (triage) RECOUP_RETURN_IF_ERROR(AskAfterSettlement(settlement, *triage, now, plan));
  return plan;
}

}  // namespace

Understood Examine(Document document, const triage::RuleBook& rules) {
  Understood understood{std::move(document), std::nullopt};
  if (const auto* settlement = std::get_if<SettlementDocument>(&understood.document)) {
    triage::TriageResult triage = triage::Triage(VisitTold(*settlement), rules);
    if (triage.proposal != triage::Proposal::kNoFlag) understood.triage = std::move(triage);
  }
  if (const auto* admission = std::get_if<AdmissionDocument>(&understood.document)) {
    understood.triage = triage::Triage(*admission, rules);
  }
  return understood;
}

std::string SourceKeyOf(const Document& document) {
  return std::visit(
      [](const auto& kind) { return absl::StrCat(kind.sender, "/", kind.message_id); }, document);
}

std::string VisitIdOf(const Document& document) {
  return std::visit([](const auto& kind) { return kind.visit_id; }, document);
}

const std::vector<QualityNote>& NotesOf(const Document& document) {
  return std::visit([](const auto& kind) -> const std::vector<QualityNote>& { return kind.notes; },
                    document);
}

absl::StatusOr<Plan> PlanFor(const Understood& understood, const Visit& visit, absl::Time now) {
  if (const auto* admission = std::get_if<AdmissionDocument>(&understood.document)) {
    RECOUP_CHECK(understood.triage.has_value());
    RECOUP_ASSIGN_OR_RETURN(Plan plan,
                            PlanForAdmission(*admission, *understood.triage, visit, now));
    return WithHeldTold(std::move(plan));
  }
  if (const auto* settlement = std::get_if<SettlementDocument>(&understood.document)) {
    RECOUP_ASSIGN_OR_RETURN(Plan plan,
                            PlanForSettlement(*settlement, understood.triage, visit, now));
    return WithHeldTold(std::move(plan));
  }
  Plan plan;
  plan.visit = visit;
  const auto& reversal = std::get<ReversalDocument>(understood.document);
  RECOUP_ASSIGN_OR_RETURN(const v1::ReverseSettlementRequest request,
                          mapping::ToReverseSettlement(reversal, visit.facts));
  plan.outgoing.push_back(
      ToHub(SourceKeyOf(understood.document), "ReverseSettlement", visit.visit_id, request));
  plan.outcome = absl::StrCat("撤销结算 ", reversal.settlement_id, "。");
  return plan;
}

}  // namespace recoup::hospital
