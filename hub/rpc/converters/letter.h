// Letters as the API shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_LETTER_H_
#define RECOUP_HUB_RPC_CONVERTERS_LETTER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/app/inquiries.h"
#include "hub/domain/records/letter.h"
#include "recoup/v1/fund_service.pb.h"
#include "recoup/v1/letter.pb.h"

namespace recoup::rpc {

void LetterToProto(const domain::Letter& letter, recoup::v1::Letter* out);

absl::StatusOr<app::IssueInquiries> IssueInquiriesFromProto(
    const recoup::v1::IssueInquiriesRequest& request, absl::Time now);
absl::StatusOr<app::EndInquiry> EndInquiryFromProto(const recoup::v1::EndInquiryRequest& request,
                                                    absl::Time now);
void IssueInquiriesToProto(const std::vector<domain::Letter>& answer,
                           recoup::v1::IssueInquiriesResponse* out);
void EndInquiryToProto(const domain::Letter& answer, recoup::v1::EndInquiryResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_LETTER_H_
