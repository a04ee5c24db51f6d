#include "hub/rpc/converters/negotiation.h"

#include <algorithm>
#include <string>

#include "absl/strings/numbers.h"
#include "hub/app/names.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/converters/demand.h"

namespace recoup::rpc {
namespace {

constexpr int kAnswersMax = 1000;
constexpr std::size_t kEvidenceHashSize = 32;

template <typename Command, typename Request>
void ReadDemandAlone(FieldReader& in, const Request& request, Command& out) {
  const auto name = in.Name<domain::DemandId>("name", request.name());
  out.pool = name.pool;
  out.demand = name.id;
}

template <typename Command, typename Request>
void ReadDemandAndEtag(FieldReader& in, const Request& request, Command& out) {
  ReadDemandAlone(in, request, out);
  out.etag = in.Text("etag", request.etag(), Need::kOptional);
}

void OfferToProto(const domain::Demand& demand, std::size_t index,
                  std::optional<absl::CivilDay> today, v1::SettlementOffer* out) {
  const domain::SettlementOffer& offer = demand.offers[index];
  const domain::OfferState state =
      today ? offer.StateOn(*today, demand.open(), demand.Sum(domain::Stage::kAgreed))
            : offer.state;
  out->set_offer_id(absl::StrCat(index + 1));
  out->set_state(static_cast<v1::OfferState>(state));
  out->set_amount_fen(offer.amount.fen());
  out->set_open_fen(offer.open.fen());
  out->set_valid_until_on(DayText(offer.valid_until));
  out->set_text(offer.text);
  out->set_offered_by(offer.offered_by);
  SetTime(offer.offered_time, out->mutable_offered_time());
  out->set_answered_by(offer.answered_by);
  if (offer.answered_time) SetTime(*offer.answered_time, out->mutable_answered_time());
  out->set_answer_text(offer.answer_text);
  if (offer.approval) out->set_approval(app::NameOf(demand.pool, *offer.approval));
}

domain::DisputeAnswer AnswerFromProto(FieldReader in, const domain::PoolId& pool,
                                      const v1::DisputeAnswer& proto) {
  domain::DisputeAnswer answer;
  const auto advance = in.Name<domain::AdvanceId>("advance", proto.advance());
  if (advance.pool != pool) in.Add("advance", "not of the demand's pool");
  answer.advance = advance.id;
  answer.decision = in.Enum<domain::DisputeDecision>("decision", proto.decision());
  if (proto.decision() == v1::DISPUTE_DECISION_YIELD) {
    answer.yielded = in.PositiveAmount("yielded_fen", proto.yielded_fen());
  } else if (proto.yielded_fen() != 0) {
    in.Add("yielded_fen", "only with YIELD");
  }
  answer.text = in.Text("text", proto.text(), Need::kRequired, kTextMax);
  return answer;
}

}  // namespace

void DisputeAnswerToProto(const domain::PoolId& pool, const domain::DisputeAnswer& answer,
                          v1::DisputeAnswer* out) {
  out->set_advance(app::NameOf(pool, answer.advance));
  out->set_decision(static_cast<v1::DisputeDecision>(answer.decision));
  out->set_yielded_fen(answer.yielded.fen());
  out->set_text(answer.text);
  out->set_answered_by(answer.answered_by);
  SetTime(answer.answered_time, out->mutable_answered_time());
}

void NegotiationToProto(const domain::Demand& demand, std::optional<absl::CivilDay> today,
                        v1::Demand* out) {
  for (std::size_t i = 0; i < demand.offers.size(); ++i) {
    OfferToProto(demand, i, today, out->add_offers());
  }
  for (const domain::DisputeAnswer& answer : demand.dispute_answers) {
    DisputeAnswerToProto(demand.pool, answer, out->mutable_dispute()->add_answers());
  }
  for (const domain::EvidenceFile& file : demand.evidence) {
    EvidenceToProto(demand.pool, file, out->add_evidence());
  }
}

void EvidenceToProto(const domain::PoolId& pool, const domain::EvidenceFile& file,
                     v1::EvidenceFile* out) {
  out->set_evidence_id(file.id.ToString());
  if (file.advance) out->set_advance(app::NameOf(pool, *file.advance));
  out->set_file_name(file.file_name);
  out->set_media_type(file.media_type);
  out->set_byte_count(file.size);
  out->set_received_byte_count(file.received);
  out->set_sha256(file.sha256);
  out->set_attached_by(file.attached_by);
  SetTime(file.attached_time, out->mutable_attached_time());
}

absl::StatusOr<app::OfferSettlement> OfferSettlementFromProto(
    const v1::OfferSettlementRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::OfferSettlement command;
  ReadDemandAndEtag(in, request, command);
  command.amount = in.PositiveAmount("amount_fen", request.amount_fen());
  command.valid_until = in.Day("valid_until_on", request.valid_until_on());
  command.text = in.Text("text", request.text(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::AnswerOffer> AnswerOfferFromProto(const v1::AnswerOfferRequest& request,
                                                      absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::AnswerOffer command;
  ReadDemandAndEtag(in, request, command);
  std::uint32_t number = 0;
  if (absl::SimpleAtoi(request.offer_id(), &number) && number > 0) {
    command.offer = number - 1;
  } else {
    in.Add("offer_id", "not the id of an offer");
  }
  command.accept = request.accept();
  command.text = in.Text("text", request.text(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::AnswerDispute> AnswerDisputeFromProto(const v1::AnswerDisputeRequest& request,
                                                          absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::AnswerDispute command;
  ReadDemandAndEtag(in, request, command);
  if (request.answers().empty()) in.Add("answers", "missing: at least one");
  if (request.answers_size() > kAnswersMax) in.Add("answers", "more than 1000");
  for (int i = 0; i < std::min(request.answers_size(), kAnswersMax); ++i) {
    command.answers.push_back(
        AnswerFromProto(in.In("answers", i), command.pool, request.answers(i)));
  }
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::AttachEvidence> AttachEvidenceFromProto(
    const v1::AttachEvidenceRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::AttachEvidence command;
  ReadDemandAlone(in, request, command);
  if (!request.advance().empty()) {
    const auto advance = in.Name<domain::AdvanceId>("advance", request.advance());
    if (advance.pool != command.pool) in.Add("advance", "not of the demand's pool");
    command.advance = advance.id;
  }
  command.file_name = in.Text("file_name", request.file_name(), Need::kRequired, kNameMax);
  if (command.file_name.find_first_of("/\\") != std::string::npos) {
    in.Add("file_name", "a path, not a name");
  }
  command.media_type = request.media_type();
  if (!app::IsEvidenceType(request.media_type())) {
    in.Add("media_type", "not application/pdf, image/jpeg, image/png or image/tiff");
  }
  command.size = request.byte_count();
  if (request.byte_count() < 1) in.Add("byte_count", "not positive");
  command.sha256 = request.sha256();
  if (request.sha256().size() != kEvidenceHashSize) in.Add("sha256", "not 32 bytes");
  if (!faults.empty()) return faults.ToStatus();
  if (request.byte_count() > app::kEvidenceSizeMax) {
    return MakeError(Reason::kTooLarge, "a document may have at most 4 MiB");
  }
  return command;
}

domain::EvidenceId ReadEvidenceId(FieldReader& in, const std::string& text) {
  const auto id = Id::FromBase32(text);
  if (!id) in.Add("evidence_id", "not the id of a document");
  return domain::EvidenceId{id.value_or(Id())};
}

absl::StatusOr<app::PutEvidenceChunk> PutEvidenceChunkFromProto(
    const v1::PutEvidenceChunkRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::PutEvidenceChunk command;
  ReadDemandAlone(in, request, command);
  command.evidence = ReadEvidenceId(in, request.evidence_id());
  command.offset = request.offset_byte_count();
  if (request.offset_byte_count() < 0) in.Add("offset_byte_count", "negative");
  command.content = request.content();
  if (request.content().empty()) in.Add("content", "missing");
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void AnswerOfferToProto(const app::OfferAnswer& answer, v1::AnswerOfferResponse* out) {
  DemandToProto(answer.demand, out->mutable_demand());
  if (answer.approval) out->set_approval(app::NameOf(answer.demand.pool, *answer.approval));
}

void AnswerDisputeToProto(const app::DisputeAnswered& answer, v1::AnswerDisputeResponse* out) {
  DemandToProto(answer.demand, out->mutable_demand());
  if (answer.approval) out->set_approval(app::NameOf(answer.demand.pool, *answer.approval));
}

}  // namespace recoup::rpc
