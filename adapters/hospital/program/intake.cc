#include "adapters/hospital/program/intake.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"

namespace recoup::hospital {
namespace {

std::string DigestOf(std::string_view bytes) {
  const crypto::Digest digest = crypto::Sha256(bytes);
  return std::string(digest.begin(), digest.end());
}

bool IsOfTheBook(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kInternal;
}

absl::Status OtherContent(const std::string& source_key) {
  ErrorDetail detail;
  detail.reason = Reason::kAlreadyExistsWithOtherContent;
  detail.metadata["source_key"] = source_key;
  return MakeError(
      absl::StrCat("a message with the id ", source_key, " was taken before with other content"),
      std::move(detail));
}

}  // namespace

absl::StatusOr<ReadingRules> MakeReadingRules(HospitalProfile profile) {
  RECOUP_ASSIGN_OR_RETURN(FundTypes fund_types, FundTypes::BuiltIn());
  RECOUP_ASSIGN_OR_RETURN(triage::RuleBook triage, triage::BuiltInRuleBook());
  return ReadingRules{std::move(profile), std::move(fund_types), std::move(triage)};
}

absl::StatusOr<Understood> Read(std::string_view bytes, const ReadingRules& rules) {
  RECOUP_ASSIGN_OR_RETURN(Document document,
                          ReadDocument(bytes, {rules.profile, rules.fund_types}));
  return Examine(std::move(document), rules.triage);
}

Arrival Arrive(std::string_view bytes, const ReadingRules& rules) {
  return {DigestOf(bytes), Read(bytes, rules)};
}

Intake::Intake(const ReadingRules& rules, CaseBook& book, adapters::Spool& spool, Clock& clock,
               std::function<Id()> next_request_id)
    : rules_(rules),
      book_(book),
      spool_(spool),
      clock_(clock),
      next_request_id_(std::move(next_request_id)) {}

absl::StatusOr<Taken> Intake::Take(std::string_view bytes) {
  const Arrival arrival = Arrive(bytes, rules_);
  std::vector<absl::StatusOr<Taken>> taken = TakeMany({&arrival, 1});
  if (taken.front().ok()) RECOUP_RETURN_IF_ERROR(Flush());
  return std::move(taken.front());
}

std::vector<absl::StatusOr<Taken>> Intake::TakeMany(std::span<const Arrival> arrivals) {
  std::vector<absl::StatusOr<Taken>> answers;
  const absl::Status committed = book_.Atomically([&]() -> absl::Status {
    answers.clear();
    for (const Arrival& arrival : arrivals) {
      if (!arrival.understood.ok()) {
        answers.emplace_back(arrival.understood.status());
        continue;
      }
      Taken taken;
      const absl::Status refused = TakeInTransaction(*arrival.understood, arrival.digest, taken);
      // A refusal comes before anything was written; an error of the book undoes the batch.
      if (IsOfTheBook(refused)) return refused;
      answers.emplace_back(refused.ok() ? absl::StatusOr<Taken>(std::move(taken))
                                        : absl::StatusOr<Taken>(refused));
    }
    return absl::OkStatus();
  });
  if (committed.ok()) return answers;
  answers.clear();
  if (arrivals.size() == 1) return {committed};
  // One by one, so that what is wrong with one of them is not everybody's fault.
  for (const Arrival& arrival : arrivals) answers.push_back(TakeMany({&arrival, 1}).front());
  return answers;
}

absl::Status Intake::TakeInTransaction(const Understood& understood, const std::string& digest,
                                       Taken& taken) {
  taken.source_key = SourceKeyOf(understood.document);
  taken.visit_id = VisitIdOf(understood.document);
  taken.notes = NotesOf(understood.document);
  RECOUP_ASSIGN_OR_RETURN(const std::optional<Message> known, book_.FindMessage(taken.source_key));
  if (known.has_value()) {
    if (known->digest != digest) return OtherContent(taken.source_key);
    taken.as = TakenAs::kKnown;
    taken.outcome = known->outcome;
    taken.time = known->taken;
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(const Visit visit, book_.FindVisit(taken.visit_id));
  // As the book keeps it, so that the first answer and later ones say the same.
  taken.time = absl::FromUnixMillis(absl::ToUnixMillis(clock_.Now()));
  RECOUP_ASSIGN_OR_RETURN(const Plan plan, PlanFor(understood, visit, taken.time));
  RECOUP_RETURN_IF_ERROR(Keep(plan, QuestionState::kClosed, plan.outcome, taken));
  return book_.PutMessage({taken.source_key, digest, plan.outcome, taken.time});
}

absl::Status Intake::Keep(const Plan& plan, QuestionState closed_as, const std::string& reason,
                          Taken& taken) {
  taken.outcome = plan.outcome;
  // A message may name no visit: a merge of patients, or an admission nobody has to hear of.
  if (!plan.visit.visit_id.empty()) RECOUP_RETURN_IF_ERROR(book_.PutVisit(plan.visit));
  RECOUP_ASSIGN_OR_RETURN(std::optional<Question> open,
                          book_.FindOpenQuestion(plan.visit.visit_id));
  if (plan.question.has_value()) {
    Question question = *plan.question;
    // The newer message's question takes the place of the older one, under its number.
    if (open.has_value()) question.id = open->id;
    RECOUP_ASSIGN_OR_RETURN(taken.question, book_.PutQuestion(question));
    taken.as = TakenAs::kAsked;
  } else if (plan.closes_question && open.has_value()) {
    open->state = closed_as;
    open->reason = reason;
    RECOUP_RETURN_IF_ERROR(book_.PutQuestion(*open).status());
  }
  if (!plan.outgoing.has_value()) return absl::OkStatus();
  taken.as = TakenAs::kSent;
  taken.kind = plan.outgoing->kind;
  return book_.AddOutgoing(*plan.outgoing);
}

absl::StatusOr<Plan> Intake::Preview(std::string_view bytes) {
  RECOUP_ASSIGN_OR_RETURN(const Understood understood, Read(bytes, rules_));
  RECOUP_ASSIGN_OR_RETURN(const Visit visit, book_.FindVisit(VisitIdOf(understood.document)));
  return PlanFor(understood, visit, clock_.Now());
}

absl::StatusOr<Taken> Intake::AnswerQuestion(std::int64_t id, bool involves_third_party,
                                             const std::string& reason) {
  Faults faults;
  if (reason.empty()) faults.Add("reason", "请说明理由");
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  Taken taken;
  RECOUP_RETURN_IF_ERROR(book_.Atomically([&]() -> absl::Status {
    taken = Taken{};
    RECOUP_ASSIGN_OR_RETURN(const Question question, book_.GetQuestion(id));
    if (question.state != QuestionState::kOpen) {
      return MakeError(Reason::kIllegalTransition,
                       absl::StrCat("question ", id, " is no longer open"));
    }
    RECOUP_ASSIGN_OR_RETURN(const Visit visit, book_.FindVisit(question.visit_id));
    taken.source_key = absl::StrCat("answer/", id);
    taken.visit_id = question.visit_id;
    const Plan plan = PlanForAnswer(question, visit, {involves_third_party, reason, clock_.Now()});
    return Keep(plan, involves_third_party ? QuestionState::kFlag : QuestionState::kNoFlag, reason,
                taken);
  }));
  RECOUP_RETURN_IF_ERROR(Flush());
  return taken;
}

absl::Status Intake::Flush() {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Outgoing> waiting, book_.ListOutgoing());
  if (waiting.empty()) return absl::OkStatus();
  std::vector<adapters::SpoolItem> items;
  for (const Outgoing& outgoing : waiting) {
    items.push_back({outgoing.source_key, outgoing.kind, outgoing.order_key, outgoing.payload,
                     next_request_id_()});
  }
  // The spool answers a repeated enqueue with the first one, so a crash after this line and before
  // the next doubles nothing.
  RECOUP_ASSIGN_OR_RETURN(const auto enqueued, spool_.EnqueueMany(items));
  absl::Status refused;
  const absl::Status removed = book_.Atomically([&]() -> absl::Status {
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (!enqueued[i].ok()) {
        refused.Update(enqueued[i].status());
        continue;
      }
      RECOUP_RETURN_IF_ERROR(book_.RemoveOutgoing(waiting[i].source_key));
    }
    return absl::OkStatus();
  });
  return removed.ok() ? refused : removed;
}

}  // namespace recoup::hospital
