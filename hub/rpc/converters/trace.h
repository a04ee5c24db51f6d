// Tracing an injury: the question from a request, the answer to a response.
#ifndef RECOUP_HUB_RPC_CONVERTERS_TRACE_H_
#define RECOUP_HUB_RPC_CONVERTERS_TRACE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "hub/domain/injury_trace.h"
#include "hub/domain/records/person.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::rpc {

struct TraceQuestion {
  domain::Person person;  // Normalised, without tokens.
  domain::InjuryQuestion injury;
};
absl::StatusOr<TraceQuestion> TraceQuestionFromProto(const recoup::v1::TraceInjuryRequest& request);
void TraceToProto(const domain::InjuryTrace& trace, const std::vector<domain::Advance>& advances,
                  recoup::v1::TraceInjuryResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_TRACE_H_
