// The intake's part about halves of an exchange: a request of the national interface and the
// platform's response that arrive apart, in either order.
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/mapping/requests.h"
#include "adapters/hospital/program/intake.h"
#include "hub/base/status.h"

namespace recoup::hospital {

absl::Status Intake::TakeRequestHalf(const Arrival& arrival, Taken& taken) {
  const std::string& message_id = arrival.half->references.front();
  taken.source_key = absl::StrCat(
      arrival.half->sender.empty() ? rules_.profile.hospital_code : arrival.half->sender, "/",
      message_id);
  RECOUP_ASSIGN_OR_RETURN(const auto first, book_.FindMessage(taken.source_key));
  if (first && first->digest != arrival.digest) {
    RECOUP_ASSIGN_OR_RETURN(const auto waiting, book_.FindHalf(message_id, /*is_request=*/true));
    // Whose response comes next nobody could tell; else the id is used anew.
    if (!waiting || waiting->digest == arrival.digest) {
      taken.source_key = IdOfReused(taken.source_key, arrival.digest);
    }
  }
  RECOUP_ASSIGN_OR_RETURN(const bool known, IsKnown(arrival.digest, taken));
  if (known) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const auto response, book_.FindHalf(message_id, /*is_request=*/false));
  const WaitingHalf request{arrival.digest, arrival.bytes};
  if (response.has_value()) {
    RECOUP_RETURN_IF_ERROR(TakeJoined(request, *response, taken));
    return book_.RemoveHalves(message_id);
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
    const std::string response_key = absl::StrCat("response/", reference);
    if (arrival.half->refused_by_platform) {
      taken.source_key = response_key;
      RECOUP_RETURN_IF_ERROR(NoteTaken(arrival.digest, "平台未受理该交易，无需上报。", taken));
    } else {
      RECOUP_RETURN_IF_ERROR(TakeJoined(*request, response, taken));
      RECOUP_RETURN_IF_ERROR(
          book_.PutMessage({response_key, arrival.digest, taken.outcome, taken.time}));
    }
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
  taken.source_key = absl::StrCat("response/", references.front());
  RECOUP_ASSIGN_OR_RETURN(const bool known, IsKnown(arrival.digest, taken));
  if (known) return absl::OkStatus();
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
  RECOUP_ASSIGN_OR_RETURN(Understood joined,
                          Read(national::Joined(request.bytes, response.bytes), rules_));
  RECOUP_ASSIGN_OR_RETURN(const Understood understood,
                          UnderItsOwnId(std::move(joined), request.digest));
  // Known by its request, so that the request again is answered with what became of it.
  return TakeInTransaction(understood, request.digest, /*completes=*/true, taken);
}

}  // namespace recoup::hospital
