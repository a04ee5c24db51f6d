// Tracing an injury, and the bills it is traced by: requests to questions and commands, answers to
// responses.
#ifndef RECOUP_HUB_RPC_CONVERTERS_TRACE_H_
#define RECOUP_HUB_RPC_CONVERTERS_TRACE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/app/attach_bills.h"
#include "hub/domain/injury_trace.h"
#include "hub/domain/records/person.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::rpc {

struct TraceQuestion {
  domain::Person person;  // Normalised, without tokens.
  std::string plate;      // Normalised; empty: those of the person's flags.
  // With the cover that the request states; else `covers` is empty, and the hub looks for them.
  domain::InjuryQuestion injury;
};
absl::StatusOr<TraceQuestion> TraceQuestionFromProto(const recoup::v1::TraceInjuryRequest& request,
                                                     absl::Time now);
void TraceToProto(const domain::InjuryTrace& trace, const domain::InjuryQuestion& question,
                  const std::vector<domain::Advance>& advances,
                  recoup::v1::TraceInjuryResponse* out);

absl::StatusOr<app::AttachBills> AttachBillsFromProto(const recoup::v1::AttachBillsRequest& request,
                                                      absl::Time now);
void AttachBillsToProto(const domain::Advance& advance, recoup::v1::AttachBillsResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_TRACE_H_
