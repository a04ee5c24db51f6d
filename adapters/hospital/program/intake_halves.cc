// The intake's part about halves of an exchange: a request of the national interface and the
// platform's response that arrive apart, in either order.
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/mapping/requests.h"
#include "adapters/hospital/program/intake.h"
#include "hub/base/status.h"

namespace recoup::hospital {

namespace {

constexpr char kRefusedByPlatform[] = "平台未受理该交易，无需上报。";
constexpr char kDisplaced[] =
    "未等到平台应答，编号已由后来的另一请求使用，不再等待。平台如已受理，请把请求与应答合为一条重发"
    "。";

std::string ResponseKey(const std::string& reference) {
  return absl::StrCat("response/", reference);
}

}  // namespace

absl::StatusOr<std::string> Intake::KeyOfRequest(const WaitingHalf& request,
                                                 const national::Half& half) {
  const std::string key =
      absl::StrCat(half.sender.empty() ? rules_.profile.hospital_code : half.sender, "/",
                   half.references.front());
  RECOUP_ASSIGN_OR_RETURN(const auto first, book_.FindMessage(key));
  return !first || first->digest == request.digest ? key : IdOfReused(key, request.digest);
}

absl::Status Intake::TakeRequestHalf(const Arrival& arrival, Taken& taken) {
  const std::string& message_id = arrival.half->references.front();
  const WaitingHalf request{arrival.digest, arrival.bytes};
  RECOUP_ASSIGN_OR_RETURN(taken.source_key, KeyOfRequest(request, *arrival.half));
  RECOUP_ASSIGN_OR_RETURN(const bool known, IsKnown(arrival.digest, taken));
  if (known) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const auto response, book_.FindHalf(message_id, /*is_request=*/false));
  if (response.has_value()) {
    RECOUP_RETURN_IF_ERROR(TakeJoined(request, *response, taken));
    return book_.RemoveHalves(message_id);
  }
  RECOUP_ASSIGN_OR_RETURN(const auto waiting, book_.FindHalf(message_id, /*is_request=*/true));
  if (waiting.has_value()) {
    RECOUP_ASSIGN_OR_RETURN(const std::string waiting_key, KeyOfRequest(*waiting, *arrival.half));
    if (national::AskTheSame(waiting->bytes, arrival.bytes)) {
      taken.source_key = waiting_key;
      return IsKnown(waiting->digest, taken).status();
    }
    // A sender asks anew when it no longer waits: what the platform says next is for this one.
    RECOUP_ASSIGN_OR_RETURN(auto displaced, book_.FindMessage(waiting_key));
    if (displaced.has_value()) {
      displaced->outcome = kDisplaced;
      RECOUP_RETURN_IF_ERROR(book_.PutMessage(*displaced));
    }
    taken.notes.push_back(
        {NoteKind::kUnusual, "msgid",
         absl::StrCat("编号 ", message_id, " 的上一个请求未等到平台应答；以本请求为准")});
  }
  RECOUP_RETURN_IF_ERROR(book_.PutHalf(message_id, /*is_request=*/true, request, taken.time));
  return NoteTaken(arrival.digest, "已收下，等待平台对该交易的应答。", taken);
}

absl::Status Intake::TakeResponseHalf(const Arrival& arrival, Taken& taken) {
  const std::vector<std::string>& references = arrival.half->references;
  const WaitingHalf response{arrival.digest, arrival.bytes};
  for (const std::string& reference : references) {
    RECOUP_ASSIGN_OR_RETURN(const auto request, book_.FindHalf(reference, /*is_request=*/true));
    if (!request.has_value()) continue;
    RECOUP_RETURN_IF_ERROR(TakeJoined(*request, response, taken));
    RECOUP_RETURN_IF_ERROR(
        book_.PutMessage({ResponseKey(reference), arrival.digest, taken.outcome, taken.time}));
    return book_.RemoveHalves(reference);
  }
  // A settlement's response may say everything by itself.
  if (arrival.understood.ok()) {
    RECOUP_ASSIGN_OR_RETURN(const bool alone, StandsAlone(arrival));
    if (alone || references.empty()) {
      RECOUP_ASSIGN_OR_RETURN(const Understood understood,
                              UnderItsOwnId(*arrival.understood, arrival.digest));
      return TakeInTransaction(understood, arrival.digest, /*completes=*/false, taken);
    }
  }
  if (references.empty()) return arrival.understood.status();
  taken.source_key = ResponseKey(references.front());
  RECOUP_ASSIGN_OR_RETURN(const auto first, book_.FindMessage(taken.source_key));
  if (first && first->digest == arrival.digest) return IsKnown(arrival.digest, taken).status();
  // Else the last one counts: the platform was asked again under this id.
  for (const std::string& reference : references) {
    RECOUP_RETURN_IF_ERROR(book_.PutHalf(reference, /*is_request=*/false, response, taken.time));
  }
  return NoteTaken(arrival.digest, "已收下，等待该应答对应的请求。", taken);
}

absl::StatusOr<bool> Intake::StandsAlone(const Arrival& response) {
  // Under the platform's number the request would not find it again.
  if (!response.half->names_itself) return false;
  const Understood& understood = *response.understood;
  PoolHint pool;
  bool named = false;
  if (const auto* settlement = std::get_if<SettlementDocument>(&understood.document)) {
    pool = settlement->pool;
    named = !settlement->sender.empty();
  } else if (const auto* reversal = std::get_if<ReversalDocument>(&understood.document)) {
    pool = reversal->pool;
    named = !reversal->sender.empty() && !reversal->settlement_id.empty();
  }
  if (!named) return false;
  RECOUP_ASSIGN_OR_RETURN(const Visit visit, book_.FindVisit(VisitIdOf(understood.document)));
  pool = mapping::CompletePool(pool, visit.facts);
  return !pool.area_code.empty() && !pool.insurance_type.empty();
}

absl::Status Intake::TakeJoined(const WaitingHalf& request, const WaitingHalf& response,
                                Taken& taken) {
  if (const auto half = national::HalfOf(response.bytes); half && half->refused_by_platform) {
    return TakeRefused(request, taken);
  }
  RECOUP_ASSIGN_OR_RETURN(Understood joined,
                          Read(national::Joined(request.bytes, response.bytes), rules_));
  RECOUP_ASSIGN_OR_RETURN(const Understood understood,
                          UnderItsOwnId(std::move(joined), request.digest));
  // Known by its request, so that the request again is answered with what became of it.
  return TakeInTransaction(understood, request.digest, /*completes=*/true, taken);
}

// Forgotten, so that it may be asked again: senders do so with the same bytes.
absl::Status Intake::TakeRefused(const WaitingHalf& request, Taken& taken) {
  if (const auto half = national::HalfOf(request.bytes); half && half->is_request) {
    RECOUP_ASSIGN_OR_RETURN(taken.source_key, KeyOfRequest(request, *half));
    RECOUP_RETURN_IF_ERROR(book_.RemoveMessage(taken.source_key));
  }
  taken.outcome = kRefusedByPlatform;
  return absl::OkStatus();
}

}  // namespace recoup::hospital
