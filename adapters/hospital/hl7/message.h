// One HL7 v2 message, taken apart (HL7 v2.5.1 chapter 2). No meaning is read into it here.
//
// Tolerates MLLP framing, a byte order mark, blank lines, CR, LF and CRLF, and lines that are no
// segments (they are told, not lost in silence). Owns its text; const methods are thread-safe.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_MESSAGE_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_MESSAGE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/documents.h"

namespace recoup::hospital::hl7 {

struct Delimiters {
  char field = '|';
  char component = '^';
  char repetition = '~';
  char escape = '\\';
  char subcomponent = '&';
};

// Decoded pieces are copies; everything absent is "". Repetitions and components count from 1.
class Segment {
 public:
  Segment(std::string name, std::vector<std::string> fields, const Delimiters& delimiters)
      : name_(std::move(name)), fields_(std::move(fields)), delimiters_(delimiters) {}

  const std::string& name() const { return name_; }
  // As sent, with delimiters and escapes. Field numbers are those of the standard.
  std::string_view Raw(std::size_t field) const;
  std::size_t LastField() const { return fields_.size() - 1; }  // 0: the name stands alone.
  std::size_t RepetitionCount(std::size_t field) const;
  std::size_t ComponentCount(std::size_t field, std::size_t repetition) const;
  // The first subcomponent, escapes resolved, trimmed; HL7's null ("") is "".
  std::string Get(std::size_t field, std::size_t component = 1, std::size_t repetition = 1) const;
  // "PID-3[2].1".
  std::string PathOf(std::size_t field, std::size_t component = 0,
                     std::size_t repetition = 1) const;

 private:
  std::string name_;
  std::vector<std::string> fields_;
  Delimiters delimiters_;
};

class Message {
 public:
  static absl::StatusOr<Message> Parse(std::string_view bytes, std::vector<QualityNote>& notes);

  const Segment& header() const { return segments_.front(); }
  const std::vector<Segment>& segments() const { return segments_; }
  // The first of this name; null when there is none.
  const Segment* Find(std::string_view name) const;
  std::vector<const Segment*> FindAll(std::string_view name) const;

 private:
  std::vector<Segment> segments_;  // MSH first.
};

// Out of the header's line, "MSH|^~\\&…".
absl::StatusOr<Delimiters> DelimitersOf(std::string_view header, std::vector<QualityNote>& notes);
// MSH-1 is the delimiter itself, so that the numbers of the other fields are the standard's.
Segment ParseSegment(std::string_view line, const Delimiters& delimiters);

// Escape sequences (chapter 2.7), in hl7/escapes.cc: \F\ \S\ \T\ \R\ \E\ \P\ \Xhh..\, line breaks
// of formatted text; other formatting and switches of character set (\C..\ \M..\) are dropped,
// since the whole message has been decoded already. What is no sequence stays as it is.
std::string Unescaped(std::string_view text, const Delimiters& delimiters);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_MESSAGE_H_
