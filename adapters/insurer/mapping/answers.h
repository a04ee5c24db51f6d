// What a clerk answers to a demand → the spool's source key, and the disputed lines of the command
// line. Pure.
#ifndef RECOUP_ADAPTERS_INSURER_MAPPING_ANSWERS_H_
#define RECOUP_ADAPTERS_INSURER_MAPPING_ANSWERS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message_lite.h"
#include "recoup/v1/demand.pb.h"

namespace recoup::insurer::mapping {

// Names an answer by what it says and not by when it was said, so that a command given twice is one
// answer: `answer` comes without its time. "accept pools/…/demands/x 1f2e3d4c5b6a7988".
std::string SourceKeyOf(std::string_view verb, std::string_view demand,
                        const google::protobuf::MessageLite& answer);

// "ADVANCE=AMOUNT=REASON", the amount in yuan. All faults of all lines.
absl::StatusOr<std::vector<v1::DisputedLine>> DisputedLinesFrom(
    const std::vector<std::string>& texts);

// Every line of the demand in full, for one reason.
std::vector<v1::DisputedLine> AllLinesOf(const v1::Demand& demand, v1::DisputeReason reason);

}  // namespace recoup::insurer::mapping

#endif  // RECOUP_ADAPTERS_INSURER_MAPPING_ANSWERS_H_
