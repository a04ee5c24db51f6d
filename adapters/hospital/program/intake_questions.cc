// The intake's part about the clerk: what he answers and clears, and what his silence means.
#include "absl/strings/str_cat.h"
#include "adapters/hospital/program/intake.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

// How the reason of a question begins that nobody answered in time.
constexpr std::string_view kUnanswered = "逾期未答复";

// A late answer counts, and a wrong one is corrected by another; what a message closed is closed.
absl::Status CheckAnswerable(const Question& question, bool involves_third_party) {
  switch (question.state) {
    case QuestionState::kOpen:
      return absl::OkStatus();
    case QuestionState::kClosed:
      if (question.reason.starts_with(kUnanswered)) return absl::OkStatus();
      return MakeError(Reason::kIllegalTransition,
                       absl::StrCat("问题 ", question.id, " 已不待答：", question.reason));
    case QuestionState::kFlag:
    case QuestionState::kNoFlag:
      if (involves_third_party != (question.state == QuestionState::kFlag)) return absl::OkStatus();
      return MakeError(Reason::kIllegalTransition,
                       absl::StrCat("问题 ", question.id, " 已如此答复：", question.reason));
  }
  RECOUP_CHECK(false);
}

}  // namespace

absl::StatusOr<Taken> Intake::AnswerQuestion(std::int64_t id, bool involves_third_party,
                                             const std::string& reason) {
  Faults faults;
  if (reason.empty()) faults.Add("reason", "请说明理由");
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  Taken taken;
  const absl::Status done = book_.Atomically([&]() -> absl::Status {
    taken = Taken{};
    RECOUP_ASSIGN_OR_RETURN(const Question question, book_.GetQuestion(id));
    RECOUP_RETURN_IF_ERROR(CheckAnswerable(question, involves_third_party));
    RECOUP_ASSIGN_OR_RETURN(const Visit visit, VisitAsTheHubKnows(question.visit_id));
    if (question.state != QuestionState::kOpen) RECOUP_RETURN_IF_ERROR(Reopen(question));
    const Answer answer{involves_third_party, reason, clock_.Now()};
    taken.source_key = AnswerKeyOf(question, answer);
    taken.visit_id = question.visit_id;
    const Plan plan = PlanForAnswer(question, visit, answer);
    RECOUP_RETURN_IF_ERROR(book_.AddVisitEvent(
        visit.visit_id,
        {clock_.Now(), absl::StrCat("登记处答复问题 ", id, "：", plan.outcome, "理由：", reason)}));
    return Keep(visit, plan, involves_third_party ? QuestionState::kFlag : QuestionState::kNoFlag,
                reason, taken);
  });
  RECOUP_RETURN_IF_ERROR(done);
  RECOUP_RETURN_IF_ERROR(Flush());
  return taken;
}

absl::Status Intake::Reopen(Question question) {
  RECOUP_ASSIGN_OR_RETURN(const auto open, book_.FindOpenQuestion(question.visit_id));
  if (open) {
    return MakeError(Reason::kIllegalTransition,
                     absl::StrCat("此就诊另有较新的问题 ", open->id, "，请回答该问题"));
  }
  question.state = QuestionState::kOpen;
  return book_.PutQuestion(question).status();
}

absl::StatusOr<Visit> Intake::KnownVisit(const std::string& visit_id) {
  RECOUP_ASSIGN_OR_RETURN(const bool known, book_.HasVisit(visit_id));
  if (known) return VisitAsTheHubKnows(visit_id);
  return MakeError(Reason::kNotFound, absl::StrCat("没有就诊 ", visit_id, " 的消息"));
}

absl::StatusOr<Taken> Intake::ClearVisit(const std::string& visit_id, const std::string& reason) {
  Faults faults;
  if (reason.empty()) faults.Add("reason", "请说明理由");
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  Taken taken;
  const absl::Status done = book_.Atomically([&]() -> absl::Status {
    taken = Taken{};
    RECOUP_ASSIGN_OR_RETURN(const Visit visit, KnownVisit(visit_id));
    RECOUP_ASSIGN_OR_RETURN(const Plan plan, PlanForClear(visit, reason, clock_.Now()));
    taken.source_key = ClearKeyOf(visit_id, clock_.Now());
    taken.visit_id = visit_id;
    RECOUP_RETURN_IF_ERROR(book_.AddVisitEvent(
        visit_id, {clock_.Now(), absl::StrCat("登记处撤回：", plan.outcome, "理由：", reason)}));
    return Keep(visit, plan, QuestionState::kNoFlag, reason, taken);
  });
  RECOUP_RETURN_IF_ERROR(done);
  RECOUP_RETURN_IF_ERROR(Flush());
  return taken;
}

absl::StatusOr<Taken> Intake::SupplyVisit(const std::string& visit_id, const Supplied& supplied) {
  Taken taken;
  const absl::Status done = book_.Atomically([&]() -> absl::Status {
    taken = Taken{};
    RECOUP_ASSIGN_OR_RETURN(const Visit visit, KnownVisit(visit_id));
    const absl::Time now = NowAsKept();
    mapping::VisitFacts facts = mapping::FactsAfter(supplied.patient, visit.facts, now);
    mapping::LearnPool(supplied.pool, now, facts);
    if (supplied.admitted_at) mapping::LearnAdmission(*supplied.admitted_at, now, facts);
    const Plan plan = PlanForSupply(visit, facts, now);
    taken.source_key = SupplyKeyOf(visit_id, now);
    taken.visit_id = visit_id;
    RECOUP_RETURN_IF_ERROR(
        book_.AddVisitEvent(visit_id, {now, absl::StrCat("登记处补充就诊信息：", plan.outcome)}));
    return Keep(visit, plan, QuestionState::kOpen, "", taken);
  });
  RECOUP_RETURN_IF_ERROR(done);
  RECOUP_RETURN_IF_ERROR(Flush());
  return taken;
}

absl::StatusOr<std::size_t> Intake::CloseOverdueQuestions() {
  RECOUP_ASSIGN_OR_RETURN(const std::size_t closed, ApplySilence());
  if (closed > 0) RECOUP_RETURN_IF_ERROR(Flush());
  return closed;
}

absl::StatusOr<std::size_t> Intake::ApplySilence() {
  silence_applied_ = clock_.Now();
  std::size_t closed = 0;
  const absl::Status done = book_.Atomically([&]() -> absl::Status {
    closed = 0;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Question> open, book_.ListOpenQuestions());
    for (const Question& question : open) {
      if (question.due_time == absl::UnixEpoch() || question.due_time > clock_.Now()) continue;
      RECOUP_ASSIGN_OR_RETURN(const Visit visit, VisitAsTheHubKnows(question.visit_id));
      const Plan plan = PlanForSilence(question, visit, clock_.Now());
      Taken taken;
      RECOUP_RETURN_IF_ERROR(Keep(visit, plan, QuestionState::kClosed, plan.outcome, taken));
      RECOUP_RETURN_IF_ERROR(book_.AddVisitEvent(visit.visit_id, {clock_.Now(), plan.outcome}));
      ++closed;
    }
    return absl::OkStatus();
  });
  RECOUP_RETURN_IF_ERROR(done);
  return closed;
}

}  // namespace recoup::hospital
