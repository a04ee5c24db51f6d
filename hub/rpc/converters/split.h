// Splits at discharge: requests to commands, quotes to responses.
#ifndef RECOUP_HUB_RPC_CONVERTERS_SPLIT_H_
#define RECOUP_HUB_RPC_CONVERTERS_SPLIT_H_

#include "absl/status/statusor.h"
#include "hub/app/splits.h"
#include "recoup/v1/hospital_service.pb.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::rpc {

absl::StatusOr<app::QuoteSplit> QuoteSplitFromProto(const recoup::v1::QuoteSplitRequest& request,
                                                    absl::Time now);
absl::StatusOr<app::SettleSplit> SettleSplitFromProto(const recoup::v1::SettleSplitRequest& request,
                                                      absl::Time now);
absl::StatusOr<app::AnswerSplit> AnswerSplitFromProto(const recoup::v1::AnswerSplitRequest& request,
                                                      absl::Time now);

// The whole split, for the hospital that asked and for the fund.
void SplitToProto(const domain::SplitQuote& quote, domain::SplitState state,
                  recoup::v1::Split* out);
// What an insurer sees of it: its own parts.
void SplitForInsurer(const domain::SplitQuote& quote, domain::SplitState state,
                     const domain::PartyId& insurer, recoup::v1::Split* out);

void QuoteSplitToProto(const domain::SplitQuote& quote, recoup::v1::QuoteSplitResponse* out);
void SettleSplitToProto(const domain::SplitQuote& quote, recoup::v1::SettleSplitResponse* out);
void AnswerSplitToProto(const app::AnsweredSplit& answer, recoup::v1::AnswerSplitResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_SPLIT_H_
