#include "adapters/hospital/program/plan.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/mapping/decision.h"
#include "adapters/hospital/mapping/requests.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using mapping::Standing;
using mapping::Step;

Outgoing ToHub(std::string source_key, const char* method, const std::string& visit_id,
               const google::protobuf::MessageLite& request) {
  return {std::move(source_key), absl::StrCat("HospitalService.", method), visit_id,
          request.SerializeAsString()};
}

std::vector<std::string> Union(const std::vector<std::string>& a,
                               const std::vector<std::string>& b) {
  std::vector<std::string> all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

// The steps that lead to a request; they change the visit and the plan alike, whoever decided.
class FlagSteps {
 public:
  FlagSteps(std::string source_key, absl::Time time, Plan& plan)
      : source_key_(std::move(source_key)), time_(time), plan_(plan) {}

  void Raise(const v1::Flag& flag, v1::FlagState state) {
    const v1::FlagAdmissionRequest request = mapping::ToFlagAdmission(flag, state, time_);
    Send("FlagAdmission", request);
    plan_.visit.flag = flag;
    plan_.visit.standing = Standing::kFlagged;
  }

  // With a state given the amendment goes out even where no field differs.
  void Amend(const v1::Flag& flag, v1::FlagState state, const std::string& reason) {
    Visit& visit = plan_.visit;
    const v1::AmendFlagRequest request =
        mapping::ToAmendFlag(flag, visit.flag, state, time_, reason);
    if (request.update_mask().paths().empty() && state == v1::FLAG_STATE_UNSPECIFIED) return;
    Send("AmendFlag", request);
    visit.flag = mapping::Amended(visit.flag, request);
    visit.standing = Standing::kFlagged;
  }

  void Clear(const std::string& reason) {
    Send("ClearFlag", mapping::ToClearFlag(plan_.visit.flag, time_, reason));
    plan_.visit.standing = Standing::kCleared;
  }

 private:
  void Send(const char* method, const google::protobuf::MessageLite& request) {
    plan_.outgoing = ToHub(source_key_, method, plan_.visit.visit_id, request);
  }

  const std::string source_key_;
  const absl::Time time_;
  Plan& plan_;
};

std::vector<std::string> GroundsOfFlag(const v1::Flag& flag) {
  std::vector<std::string> grounds;
  for (const v1::FlagEvidence& evidence : flag.evidence()) grounds.push_back(evidence.rule());
  std::sort(grounds.begin(), grounds.end());
  return grounds;
}

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

absl::StatusOr<Plan> PlanForAdmission(const AdmissionDocument& admission,
                                      const triage::TriageResult& triage, const Visit& visit,
                                      absl::Time now) {
  Plan plan;
  plan.visit = visit;
  plan.visit.facts = mapping::FactsAfter(admission, visit.facts);
  const mapping::Decision decision =
      mapping::Decide(admission, triage, visit.standing, visit.decided_grounds);
  plan.outcome = decision.why;
  plan.closes_question = decision.closes_question;
  FlagSteps steps(SourceKeyOf(Document(admission)), mapping::TimeOf(admission), plan);
  switch (decision.step) {
    case Step::kNothing:
      return plan;
    case Step::kClear:
      steps.Clear(decision.why);
      // What the flag was raised on is answered now; only something new raises it again.
      plan.visit.decided_grounds = Union(visit.decided_grounds, GroundsOfFlag(visit.flag));
      return plan;
    case Step::kFlag:
    case Step::kRaise:
    case Step::kAmend:
    case Step::kAsk:
      break;
  }
  RECOUP_ASSIGN_OR_RETURN(v1::Flag flag, mapping::FlagFrom(admission, triage, plan.visit.facts));
  if (!admission.whole) flag = mapping::WithKnown(std::move(flag), visit.flag);
  if (decision.step == Step::kFlag) {
    steps.Raise(flag, mapping::FlagStateFrom(admission));
  } else if (decision.step == Step::kRaise) {
    steps.Amend(flag, mapping::FlagStateFrom(admission), decision.why);
  } else if (decision.step == Step::kAmend) {
    steps.Amend(flag, v1::FLAG_STATE_UNSPECIFIED, decision.why);
    if (!plan.outgoing) plan.outcome = absl::StrCat("标志内容没有变化。", decision.why);
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
  const bool admission_taken = !visit.facts.admitted_on.empty();
  if (admission_taken || visit.standing != Standing::kNothing) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(v1::Flag flag,
                          mapping::FlagFrom(VisitTold(settlement), triage, visit.facts));
  plan.question = QuestionAbout(visit, triage, triage.summary, std::move(flag), now);
  plan.outcome += "未收到该次就诊的登记，请核实是否涉及第三方。";
  return absl::OkStatus();
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
  const std::string source_key = SourceKeyOf(understood.document);
  if (const auto* admission = std::get_if<AdmissionDocument>(&understood.document)) {
    RECOUP_CHECK(understood.triage.has_value());
    return PlanForAdmission(*admission, *understood.triage, visit, now);
  }
  Plan plan;
  plan.visit = visit;
  if (const auto* settlement = std::get_if<SettlementDocument>(&understood.document)) {
    RECOUP_ASSIGN_OR_RETURN(const v1::ReportSettlementRequest request,
                            mapping::ToReportSettlement(*settlement, visit.facts));
    plan.visit.facts.pool = mapping::CompletePool(settlement->pool, visit.facts);
    plan.outgoing = ToHub(source_key, "ReportSettlement", visit.visit_id, request);
    plan.outcome =
        absl::StrCat("结算 ", settlement->settlement_id, "：基金支付 ",
                     domain::Money::Fen(request.settlement().fund_paid_fen()).ToYuanGrouped(),
                     " 元，个人负担 ", settlement->personal_part.ToYuanGrouped(), " 元。");
    if (understood.triage) {
      RECOUP_RETURN_IF_ERROR(AskAfterSettlement(*settlement, *understood.triage, now, plan));
    }
    return plan;
  }
  const auto& reversal = std::get<ReversalDocument>(understood.document);
  RECOUP_ASSIGN_OR_RETURN(const v1::ReverseSettlementRequest request,
                          mapping::ToReverseSettlement(reversal, visit.facts));
  plan.outgoing = ToHub(source_key, "ReverseSettlement", visit.visit_id, request);
  plan.outcome = absl::StrCat("撤销结算 ", reversal.settlement_id, "。");
  return plan;
}

Plan PlanForSilence(const Question& question, const Visit& visit, absl::Time now) {
  Plan plan;
  plan.visit = visit;
  plan.closes_question = true;
  if (!question.silence_flags || visit.standing != Standing::kNothing) {
    plan.outcome = "逾期未答复，按规则不标记。";
    return plan;
  }
  v1::Flag flag = question.proposed;
  v1::FlagEvidence& evidence = *flag.add_evidence();
  evidence.set_rule("desk.silence");
  evidence.set_text("逾期未答复，按规则先标记为疑似");
  FlagSteps steps(absl::StrCat("silence/", question.id), now, plan);
  steps.Raise(flag, v1::FLAG_STATE_SUSPECTED);
  plan.outcome = "逾期未答复，按规则先标记为疑似。";
  return plan;
}

absl::StatusOr<Plan> PlanForClear(const Visit& visit, const std::string& reason, absl::Time now) {
  if (visit.standing != Standing::kFlagged) {
    return MakeError(Reason::kIllegalTransition,
                     absl::StrCat("就诊 ", visit.visit_id, " 没有第三方标志"));
  }
  Plan plan;
  plan.visit = visit;
  plan.closes_question = true;
  plan.outcome = "已撤回第三方标志。";
  FlagSteps steps(absl::StrCat("clear/", visit.visit_id, "/", absl::ToUnixMillis(now)), now, plan);
  steps.Clear(reason);
  plan.visit.decided_grounds = Union(visit.decided_grounds, GroundsOfFlag(visit.flag));
  return plan;
}

v1::Person MergedPerson(v1::Person known, const v1::Person& said) {
  known.MergeFrom(said);  // Fields on which it is silent stay.
  return known;
}

Plan PlanForMerge(const Visit& visit, const v1::Person& person, const std::string& source_key,
                  absl::Time now, const std::string& reason) {
  Plan plan;
  plan.visit = visit;
  plan.outcome = reason;
  if (!visit.flag.has_patient()) return plan;
  v1::Flag flag = visit.flag;
  *flag.mutable_patient() = MergedPerson(visit.flag.patient(), person);
  // A flag that was taken back may be raised again: then it names the person that stays.
  if (visit.standing == Standing::kFlagged) {
    FlagSteps(source_key, now, plan).Amend(flag, v1::FLAG_STATE_UNSPECIFIED, reason);
  } else {
    plan.visit.flag = std::move(flag);
  }
  return plan;
}

Plan PlanForAnswer(const Question& question, const Visit& visit, const Answer& answer) {
  Plan plan;
  plan.visit = visit;
  plan.closes_question = true;
  FlagSteps steps(absl::StrCat("answer/", question.id), answer.time, plan);
  if (!answer.involves_third_party) {
    plan.visit.decided_grounds = Union(visit.decided_grounds, question.grounds);
    plan.outcome = "已确认不涉及第三方。";
    switch (visit.standing) {
      case Standing::kFlagged:
        steps.Clear(answer.reason);
        return plan;
      case Standing::kNothing:
        plan.visit.standing = Standing::kDeclined;
        return plan;
      case Standing::kCleared:
      case Standing::kDeclined:
        return plan;
    }
    RECOUP_CHECK(false);
  }
  v1::Flag flag = question.proposed;
  v1::FlagEvidence& evidence = *flag.add_evidence();
  evidence.set_rule("desk.answer");
  evidence.set_text(answer.reason);
  plan.outcome = "已确认涉及第三方。";
  switch (visit.standing) {
    case Standing::kNothing:
    case Standing::kDeclined:
      steps.Raise(flag, v1::FLAG_STATE_CONFIRMED);
      return plan;
    case Standing::kFlagged:
    case Standing::kCleared:
      steps.Amend(flag, v1::FLAG_STATE_CONFIRMED, answer.reason);
      return plan;
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::hospital
