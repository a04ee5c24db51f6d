// Batches of HL7 v2 messages: FHS/BHS … BTS/FTS (HL7 v2.5.1 chapter 2.10.3), or simply one message
// after another in a file, as exports write them. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_BATCH_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_BATCH_H_

#include <string_view>
#include <vector>

namespace recoup::hospital::hl7 {

// The messages, in order, each from its MSH on: headers and trailers of the batch left out. One
// view of the whole where it is a single message, or none at all.
std::vector<std::string_view> MessagesOf(std::string_view bytes);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_BATCH_H_
