#include "adapters/hospital/program/intake.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/hl7/admission.h"
#include "adapters/hospital/hl7/content.h"
#include "adapters/hospital/triage/facts.h"
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

// Deadlines are a matter of hours; looking more often finds nothing.
constexpr absl::Duration kSilenceEvery = absl::Minutes(1);

absl::Status OtherContent(const std::string& source_key) {
  ErrorDetail detail;
  detail.reason = Reason::kAlreadyExistsWithOtherContent;
  detail.metadata["source_key"] = source_key;
  return MakeError(absl::StrCat("编号为 ", source_key, " 的消息此前已收，内容不同"),
                   std::move(detail));
}

std::string MessageIdOf(const Document& document) {
  return std::visit([](const auto& kind) { return kind.message_id; }, document);
}

bool IsOfTheInterface(const Document& document) {
  const auto* admission = std::get_if<AdmissionDocument>(&document);
  return admission == nullptr || admission->source == SourceKind::kNationalInterface;
}

// What a later message may name by this one's id. HL7 has no such messages.
std::optional<ToldThing> ToldBy(const Document& document) {
  if (const auto* settlement = std::get_if<SettlementDocument>(&document)) {
    return ToldThing{SourceKeyOf(document), settlement->visit_id, settlement->settlement_id,
                     settlement->pool};
  }
  const auto* admission = std::get_if<AdmissionDocument>(&document);
  if (admission == nullptr || !IsOfTheInterface(document) ||
      admission->event != AdmissionEvent::kAdmit || admission->visit_id.empty()) {
    return std::nullopt;
  }
  return ToldThing{SourceKeyOf(document), admission->visit_id, "", admission->pool};
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
  const bool hl7 = hl7::LooksLikeHl7(bytes);
  Arrival arrival{hl7 ? DigestOf(hl7::ContentOf(bytes)) : DigestOf(bytes), Read(bytes, rules)};
  arrival.half = national::HalfOf(bytes);
  if (arrival.half) arrival.bytes = std::string(bytes);
  return arrival;
}

Intake::Intake(const ReadingRules& rules, CaseBook& book, adapters::Spool& spool, Clock& clock,
               std::function<Id()> next_request_id)
    : rules_(rules),
      book_(book),
      spool_(spool),
      clock_(clock),
      next_request_id_(std::move(next_request_id)) {}

absl::StatusOr<Taken> Intake::Take(std::string_view bytes) { return Take(Arrive(bytes, rules_)); }

absl::StatusOr<Taken> Intake::Take(const Arrival& arrival) {
  std::vector<absl::StatusOr<Taken>> taken = TakeMany({&arrival, 1});
  if (taken.front().ok()) RECOUP_RETURN_IF_ERROR(Flush());
  return std::move(taken.front());
}

std::vector<absl::StatusOr<Taken>> Intake::TakeMany(std::span<const Arrival> arrivals) {
  std::vector<absl::StatusOr<Taken>> answers;
  const absl::Status committed = book_.Atomically([&]() -> absl::Status {
    answers.clear();
    for (const Arrival& arrival : arrivals) {
      Taken taken;
      const absl::Status refused = TakeOne(arrival, taken);
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

std::vector<absl::StatusOr<Taken>> Intake::TakeManyNow(std::span<const Arrival> arrivals) {
  std::vector<absl::StatusOr<Taken>> answers = TakeMany(arrivals);
  const absl::Status flushed = Flush();
  if (flushed.ok()) return answers;
  return std::vector<absl::StatusOr<Taken>>(arrivals.size(), flushed);
}

absl::Time Intake::NowAsKept() {
  // As the book keeps it, so that the first answer and later ones say the same.
  return absl::FromUnixMillis(absl::ToUnixMillis(clock_.Now()));
}

absl::StatusOr<bool> Intake::IsKnown(const std::string& digest, Taken& taken) {
  RECOUP_ASSIGN_OR_RETURN(const std::optional<Message> known, book_.FindMessage(taken.source_key));
  if (!known.has_value()) return false;
  if (known->digest != digest) return OtherContent(taken.source_key);
  taken.as = TakenAs::kKnown;
  taken.outcome = known->outcome;
  taken.time = known->taken;
  return true;
}

absl::Status Intake::NoteTaken(const std::string& digest, const std::string& outcome,
                               Taken& taken) {
  taken.outcome = outcome;
  return book_.PutMessage({taken.source_key, digest, outcome, taken.time});
}

absl::Status Intake::TakeOne(const Arrival& arrival, Taken& taken) {
  taken.time = NowAsKept();
  if (arrival.half) {
    return arrival.half->is_request ? TakeRequestHalf(arrival, taken)
                                    : TakeResponseHalf(arrival, taken);
  }
  RECOUP_RETURN_IF_ERROR(arrival.understood.status());
  if (!IsOfTheInterface(arrival.understood->document)) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<std::string> own_id, OwnIdOfReused(arrival));
    if (!own_id) {
      return TakeInTransaction(*arrival.understood, arrival.digest, /*completes=*/false, taken);
    }
    Understood renamed = *arrival.understood;
    auto& admission = std::get<AdmissionDocument>(renamed.document);
    admission.notes.push_back(
        {NoteKind::kUnusual, "MSH-10",
         absl::StrCat("编号 ", admission.message_id, " 此前已用于内容不同的消息；按新消息收取")});
    admission.message_id = *own_id;
    return TakeInTransaction(renamed, arrival.digest, /*completes=*/false, taken);
  }
  // A whole exchange may come after its request alone.
  const std::string message_id = MessageIdOf(arrival.understood->document);
  RECOUP_ASSIGN_OR_RETURN(const auto request, book_.FindHalf(message_id, /*is_request=*/true));
  RECOUP_RETURN_IF_ERROR(
      TakeInTransaction(*arrival.understood, arrival.digest, request.has_value(), taken));
  return request.has_value() ? book_.RemoveHalves(message_id) : absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> Intake::OwnIdOfReused(const Arrival& arrival) {
  const auto& admission = std::get<AdmissionDocument>(arrival.understood->document);
  if (admission.source != SourceKind::kHl7v2) return std::optional<std::string>();
  RECOUP_ASSIGN_OR_RETURN(const std::optional<Message> known,
                          book_.FindMessage(SourceKeyOf(arrival.understood->document)));
  if (!known || known->digest == arrival.digest) return std::optional<std::string>();
  constexpr std::size_t kDigestBytes = 6;  // Of one sender's few; by them it is known again.
  return std::optional<std::string>(absl::StrCat(
      admission.message_id, "#", absl::BytesToHexString(arrival.digest.substr(0, kDigestBytes))));
}

absl::Status Intake::TakeInTransaction(const Understood& understood, const std::string& digest,
                                       bool completes, Taken& taken) {
  taken.source_key = SourceKeyOf(understood.document);
  taken.visit_id = VisitIdOf(understood.document);
  taken.notes = NotesOf(understood.document);
  if (!completes) {
    RECOUP_ASSIGN_OR_RETURN(const bool known, IsKnown(digest, taken));
    if (known) return absl::OkStatus();
  }
  const auto* admission = std::get_if<AdmissionDocument>(&understood.document);
  if (admission != nullptr && admission->event == AdmissionEvent::kMerge) {
    RECOUP_RETURN_IF_ERROR(TakeMerges(*admission, taken));
    return NoteTaken(digest, taken.outcome, taken);
  }
  RECOUP_ASSIGN_OR_RETURN(const PlannedChange planned, PlanInTransaction(understood, taken));
  const Plan& plan = planned.plan;
  RECOUP_RETURN_IF_ERROR(Keep(planned.before, plan, QuestionState::kClosed, plan.outcome, taken));
  if (admission == nullptr && !taken.visit_id.empty()) {
    RECOUP_RETURN_IF_ERROR(book_.AddVisitEvent(
        taken.visit_id, {taken.time, absl::StrCat(taken.source_key, "：", plan.outcome)}));
  }
  if (admission != nullptr) {
    if (admission->source == SourceKind::kHl7v2 && !admission->patient.person_number.empty()) {
      RECOUP_RETURN_IF_ERROR(
          book_.PutPatientVisit(admission->patient.person_number, taken.visit_id));
    }
    RECOUP_RETURN_IF_ERROR(book_.PutAdmission({taken.source_key, taken.visit_id, taken.time,
                                               triage::FactsAsJson(*admission),
                                               static_cast<int>(understood.triage->proposal),
                                               understood.triage->rules_version, plan.outcome}));
  }
  if (const std::optional<ToldThing> told = ToldBy(understood.document)) {
    RECOUP_RETURN_IF_ERROR(book_.PutTold(*told, taken.time));
  }
  return NoteTaken(digest, plan.outcome, taken);
}

absl::StatusOr<Intake::PlannedChange> Intake::PlanInTransaction(const Understood& understood,
                                                                Taken& taken) {
  const auto* settlement = std::get_if<SettlementDocument>(&understood.document);
  if (settlement != nullptr && settlement->queried) {
    RECOUP_ASSIGN_OR_RETURN(const auto told, book_.FindToldSettlement(settlement->settlement_id));
    if (told.has_value()) {
      return PlannedChange{Visit(), NothingToTell(absl::StrCat("结算 ", settlement->settlement_id,
                                                               " 此前已上报。"))};
    }
  }
  const auto* reversal = std::get_if<ReversalDocument>(&understood.document);
  if (reversal != nullptr) return PlanReversal(*reversal, taken);
  RECOUP_ASSIGN_OR_RETURN(Visit visit, VisitAsTheHubKnows(taken.visit_id));
  RECOUP_RETURN_IF_ERROR(CancelIfUndone(understood.document, taken.time, visit));
  RECOUP_ASSIGN_OR_RETURN(Plan plan, PlanFor(understood, visit, taken.time));
  if (settlement != nullptr) {
    RECOUP_RETURN_IF_ERROR(AddWaitingReversal(*settlement, taken.time, plan));
  }
  return PlannedChange{visit, std::move(plan)};
}

absl::StatusOr<Visit> Intake::VisitAsTheHubKnows(const std::string& visit_id) {
  RECOUP_ASSIGN_OR_RETURN(Visit visit, book_.FindVisit(visit_id));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<PendingChange> changes, book_.ListPending(visit_id));
  bool refused = false;
  for (const PendingChange& change : changes) {
    RECOUP_ASSIGN_OR_RETURN(const auto entry, spool_.Find(change.source_key));
    RECOUP_ASSIGN_OR_RETURN(const bool on_its_way, book_.HasOutgoing(change.source_key));
    const bool waits = on_its_way || (entry && entry->state == adapters::SpoolState::kWaiting);
    if (waits && !refused) break;
    // What was delivered long ago is in the spool no more.
    if (!refused && entry && entry->state == adapters::SpoolState::kRefused) {
      visit.standing = change.standing;
      visit.flag = change.flag;
      RECOUP_RETURN_IF_ERROR(book_.PutVisit(visit));
      refused = true;
    }
    RECOUP_RETURN_IF_ERROR(book_.RemovePending(change.sequence));
  }
  return visit;
}

absl::Status Intake::Keep(const Visit& before, const Plan& plan, QuestionState closed_as,
                          const std::string& reason, Taken& taken) {
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
  if (plan.visit.held && plan.outgoing.empty()) taken.as = TakenAs::kHeld;
  for (const Outgoing& outgoing : plan.outgoing) {
    if (outgoing.kind.ends_with("Flag") || outgoing.kind.ends_with("FlagAdmission")) {
      // Of a held flag the hub knows nothing.
      const mapping::Standing known = before.held ? mapping::Standing::kNothing : before.standing;
      RECOUP_RETURN_IF_ERROR(
          book_.AddPending({0, before.visit_id, outgoing.source_key, known, before.flag}));
    }
    taken.as = TakenAs::kSent;
    // Of several requests the one that says what the message itself says.
    if (taken.kind.empty() || outgoing.source_key == taken.source_key) taken.kind = outgoing.kind;
    RECOUP_RETURN_IF_ERROR(book_.AddOutgoing(outgoing));
  }
  return absl::OkStatus();
}

absl::StatusOr<Plan> Intake::Preview(const Arrival& arrival) {
  if (arrival.half && arrival.half->is_request) {
    Plan waits;
    waits.outcome = "该请求将保存，待平台应答到达后一并处理。";
    return waits;
  }
  RECOUP_RETURN_IF_ERROR(arrival.understood.status());
  const Understood& understood = *arrival.understood;
  RECOUP_ASSIGN_OR_RETURN(const Visit visit, VisitAsTheHubKnows(VisitIdOf(understood.document)));
  return PlanFor(understood, visit, clock_.Now());
}

absl::Status Intake::Flush() {
  // A service has no other hour at which somebody looks at the deadlines.
  if (clock_.Now() - silence_applied_ >= kSilenceEvery) {
    RECOUP_RETURN_IF_ERROR(ApplySilence().status());
  }
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
