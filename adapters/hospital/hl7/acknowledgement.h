// Acknowledgements of HL7 v2 messages: MSH, MSA and ERR, in the sender's own version, delimiters
// and character set (HL7 v2.5.1 chapter 2.9: original and enhanced mode; chapter 2.15: the
// segments).
//
// A positive acknowledgement, CA as well as AA, says that the message is on the disk; the caller
// makes it only then. A message that was refused is on no disk, so in enhanced mode its accept
// acknowledgement is CE or CR, and no application acknowledgement follows. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_ACKNOWLEDGEMENT_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_ACKNOWLEDGEMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "adapters/hospital/hl7/message.h"

namespace recoup::hospital::hl7 {

enum class AckCharset { kAscii, kUtf8, kGb18030 };

// What an answer needs of the message it answers, as sent. Of a header that cannot be read as much
// as there is: a refusal must still name the message if it can.
struct AnsweredHeader {
  Delimiters delimiters;
  std::string sending_application;  // MSH-3
  std::string sending_facility;
  std::string receiving_application;  // MSH-5
  std::string receiving_facility;
  std::string trigger;                // MSH-9.2
  std::string control_id;             // MSH-10
  std::string processing_id;          // MSH-11
  std::string version;                // MSH-12
  std::string accept_condition;       // MSH-15: AL, NE, ER, SU
  std::string application_condition;  // MSH-16
  AckCharset charset = AckCharset::kAscii;

  bool enhanced() const { return !accept_condition.empty() || !application_condition.empty(); }
};

AnsweredHeader HeaderToAnswer(std::string_view message);

struct Outcome {
  absl::Status status;
  std::string text;  // In Chinese: what became of the message. Left out where no Han may be sent.
  absl::Time time;   // When it was taken: the same answer again says the same time.
  std::string answer_id;  // For MSH-10 of the answer; at most 18 characters.
};

// None, one or two messages, in the order in which they are sent.
std::vector<std::string> AcknowledgementsFor(const AnsweredHeader& header, const Outcome& outcome);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_ACKNOWLEDGEMENT_H_
