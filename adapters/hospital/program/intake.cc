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

absl::StatusOr<ToldFigures> FiguresOf(const SettlementDocument& settlement) {
  ToldFigures figures;
  figures.source_key = SourceKeyOf(settlement);
  figures.total = settlement.total;
  RECOUP_ASSIGN_OR_RETURN(figures.fund_paid, mapping::FundPaid(settlement));
  figures.self_paid = settlement.personal_part;
  std::string rest = settlement.visit_id;
  if (settlement.settled_at)
    absl::StrAppend(&rest, "\n", absl::ToUnixSeconds(*settlement.settled_at));
  for (const FundLine& line : settlement.fund_lines) {
    absl::StrAppend(&rest, "\n", line.type, " ", line.name, " ", line.amount.fen());
  }
  figures.digest = DigestOf(rest);
  return figures;
}

bool SaysTheSame(const ToldFigures& a, const ToldFigures& b) {
  return a.total == b.total && a.fund_paid == b.fund_paid && a.self_paid == b.self_paid &&
         a.digest == b.digest;
}

std::string FiguresText(const ToldFigures& figures) {
  return absl::StrCat("总额 ", figures.total.ToYuanGrouped(), " 元，基金支付 ",
                      figures.fund_paid.ToYuanGrouped(), " 元，个人负担 ",
                      figures.self_paid.ToYuanGrouped(), " 元");
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
  // A whole exchange may come after its request alone.
  const std::string message_id = MessageIdOf(arrival.understood->document);
  std::optional<WaitingHalf> request;
  if (IsOfTheInterface(arrival.understood->document)) {
    RECOUP_ASSIGN_OR_RETURN(request, book_.FindHalf(message_id, /*is_request=*/true));
  }
  if (request) {
    RECOUP_RETURN_IF_ERROR(
        TakeInTransaction(*arrival.understood, arrival.digest, /*completes=*/true, taken));
    return book_.RemoveHalves(message_id);
  }
  RECOUP_ASSIGN_OR_RETURN(const Understood understood,
                          UnderItsOwnId(*arrival.understood, arrival.digest));
  return TakeInTransaction(understood, arrival.digest, /*completes=*/false, taken);
}

std::string IdOfReused(const std::string& id, const std::string& digest) {
  constexpr std::size_t kDigestBytes = 6;  // Of one sender's few; by them it is known again.
  return absl::StrCat(id, kReusedIdMark, absl::BytesToHexString(digest.substr(0, kDigestBytes)));
}

absl::StatusOr<Understood> Intake::UnderItsOwnId(Understood understood, const std::string& digest) {
  const auto* admission = std::get_if<AdmissionDocument>(&understood.document);
  if (admission != nullptr && admission->source == SourceKind::kFhir) return understood;
  RECOUP_ASSIGN_OR_RETURN(const std::optional<Message> known,
                          book_.FindMessage(SourceKeyOf(understood.document)));
  if (!known || known->digest == digest) return understood;
  if (const auto* settlement = std::get_if<SettlementDocument>(&understood.document)) {
    // The same settlement, told otherwise, is no other message.
    RECOUP_ASSIGN_OR_RETURN(const auto told, book_.FindTold(known->source_key));
    if (told && told->settlement_id == settlement->settlement_id) return understood;
  }
  const bool hl7 = !IsOfTheInterface(understood.document);
  std::visit(
      [&](auto& document) {
        document.notes.push_back({NoteKind::kUnusual, hl7 ? "MSH-10" : "msgid",
                                  absl::StrCat("编号 ", document.message_id,
                                               " 此前已用于内容不同的消息；按新消息收取")});
        document.message_id = IdOfReused(document.message_id, digest);
      },
      understood.document);
  return understood;
}

absl::Status Intake::RefuseOtherFigures(const SettlementDocument& settlement) {
  RECOUP_ASSIGN_OR_RETURN(const std::optional<ToldFigures> told,
                          book_.FindToldFigures(settlement.settlement_id));
  if (!told) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const ToldFigures now, FiguresOf(settlement));
  if (SaysTheSame(*told, now)) return absl::OkStatus();
  // What the hub refused, or somebody dropped, was never reported.
  RECOUP_ASSIGN_OR_RETURN(const auto entry, spool_.Find(told->source_key));
  RECOUP_ASSIGN_OR_RETURN(const bool on_its_way, book_.HasOutgoing(told->source_key));
  const bool stands = on_its_way || (entry && entry->state != adapters::SpoolState::kRefused);
  if (!stands) return absl::OkStatus();
  const std::string before = FiguresText(*told), after = FiguresText(now);
  return MakeError(
      Reason::kAlreadyExistsWithOtherContent,
      absl::StrCat("结算 ", settlement.settlement_id, " 此前已上报：", before, "；本次",
                   before == after ? "的就诊、结算时间或明细不同" : absl::StrCat("为：", after),
                   "。未再上报；更正须先撤销（2305），再以新的结算ID结算"));
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
  if (const auto* settlement = std::get_if<SettlementDocument>(&understood.document);
      settlement != nullptr && !plan.outgoing.empty()) {
    RECOUP_ASSIGN_OR_RETURN(const ToldFigures figures, FiguresOf(*settlement));
    RECOUP_RETURN_IF_ERROR(book_.PutToldFigures(settlement->settlement_id, figures));
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
  if (settlement != nullptr) RECOUP_RETURN_IF_ERROR(RefuseOtherFigures(*settlement));
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
