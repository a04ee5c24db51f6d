// What a message says, apart from how it was carried.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_CONTENT_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_CONTENT_H_

#include <string>
#include <string_view>

namespace recoup::hospital::hl7 {

// The message with MSH-7, the time of its making, and MSH-13, its number in the sequence, emptied:
// an engine that sends a message again may renew them, and it is the same message (HL7 v2.5.1,
// 2.9.2: MSH-10 identifies it). Bytes without a header come back as they are. Any bytes.
std::string ContentOf(std::string_view bytes);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_CONTENT_H_
