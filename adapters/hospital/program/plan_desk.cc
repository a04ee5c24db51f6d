// What people at the desk lead to: their answers, their silence, what they take back or supply, and
// patients that were merged.
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/program/flag_steps.h"
#include "adapters/hospital/program/plan.h"
#include "hub/base/check.h"
#include "hub/base/error.h"

namespace recoup::hospital {

using mapping::Standing;

std::string ClearKeyOf(const std::string& visit_id, absl::Time now) {
  return absl::StrCat("clear/", visit_id, "/", absl::ToUnixMillis(now));
}

std::string AnswerKeyOf(const Question& question, const Answer& answer) {
  const std::string key = absl::StrCat("answer/", question.id);
  const bool corrected =
      question.state == QuestionState::kFlag || question.state == QuestionState::kNoFlag;
  if (!corrected) return key;
  return absl::StrCat(key, answer.involves_third_party ? "/flag/" : "/no-flag/",
                      absl::ToUnixMillis(answer.time));
}

std::string SupplyKeyOf(const std::string& visit_id, absl::Time now) {
  return absl::StrCat("supply/", visit_id, "/", absl::ToUnixMillis(now));
}

Plan PlanForSilence(const Question& question, const Visit& visit, absl::Time now) {
  Plan plan;
  plan.visit = visit;
  plan.closes_question = true;
  if (!question.silence_flags || visit.standing != Standing::kNothing) {
    plan.outcome = visit.standing == Standing::kFlagged ? "逾期未答复，标志保留。"
                                                        : "逾期未答复，按规则不标记。";
    return plan;
  }
  v1::Flag flag = question.proposed;
  v1::FlagEvidence& evidence = *flag.add_evidence();
  evidence.set_rule("desk.silence");
  evidence.set_text("逾期未答复，按规则先标记为疑似");
  FlagSteps steps(absl::StrCat("silence/", question.id), now, plan);
  steps.Raise(flag, v1::FLAG_STATE_SUSPECTED);
  plan.outcome = "逾期未答复，按规则先标记为疑似。";
  return WithHeldTold(std::move(plan));
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
  FlagSteps steps(ClearKeyOf(visit.visit_id, now), now, plan);
  steps.Clear(reason);
  plan.visit.decided_grounds = Union(visit.decided_grounds, GroundsOfFlag(visit.flag));
  return plan;
}

v1::Person MergedPerson(v1::Person known, const v1::Person& said) {
  known.MergeFrom(said);  // Fields on which it is silent stay.
  return known;
}

Plan PlanForMerge(const Visit& visit, const mapping::VisitFacts& facts, const v1::Person& person,
                  const std::string& source_key, absl::Time now, const std::string& reason) {
  Plan plan;
  plan.visit = visit;
  plan.visit.facts = facts;
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

Plan PlanForSupply(const Visit& visit, const mapping::VisitFacts& facts, absl::Time now) {
  Plan plan;
  plan.visit = visit;
  plan.visit.facts = facts;
  plan.outcome = "已补充。";
  FlagSteps steps(SupplyKeyOf(visit.visit_id, now), now, plan);
  if (visit.held) {
    steps.SendHeld();
  } else if (visit.standing == Standing::kFlagged) {
    steps.Amend(mapping::Completed(visit.flag, facts), v1::FLAG_STATE_UNSPECIFIED, "登记处补充");
  }
  return WithHeldTold(std::move(plan));
}

Plan PlanForAnswer(const Question& question, const Visit& visit, const Answer& answer) {
  Plan plan;
  plan.visit = visit;
  plan.closes_question = true;
  FlagSteps steps(AnswerKeyOf(question, answer), answer.time, plan);
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
      return WithHeldTold(std::move(plan));
    case Standing::kFlagged:
    case Standing::kCleared:
      steps.Amend(mapping::Completed(std::move(flag), visit.facts), v1::FLAG_STATE_CONFIRMED,
                  answer.reason);
      return WithHeldTold(std::move(plan));
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::hospital
