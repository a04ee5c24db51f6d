#include "adapters/hospital/hl7/acknowledgement.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"

namespace recoup::hospital::hl7 {
namespace {

struct ErrorCode {
  int code;  // HL7 table 0357.
  const char* name;
};

constexpr ErrorCode kSegmentSequence{100, "Segment sequence error"};
constexpr ErrorCode kRequiredField{101, "Required field missing"};
constexpr ErrorCode kDataType{102, "Data type error"};
constexpr ErrorCode kMessageType{200, "Unsupported message type"};
constexpr ErrorCode kEventCode{201, "Unsupported event code"};
constexpr ErrorCode kVersionId{203, "Unsupported version id"};
constexpr ErrorCode kDuplicateKey{205, "Duplicate key identifier"};
constexpr ErrorCode kInternalError{207, "Application internal error"};

// "PV1-19", "PID-3[2].1", "DG1": what the readers call a place.
struct Place {
  std::string segment;
  std::string field;
  std::string repetition;
  std::string component;
};

Place PlaceOf(std::string_view path) {
  // The fields of the hub's requests that an HL7 message fills from other places.
  if (path == "insutype" || path == "insuplc_admdvs") path = "IN1-2";
  if (path == "mdtrt_id" || path == "visit_id") path = "PV1-19";
  Place place;
  const std::size_t dash = path.find('-');
  const std::string_view segment = path.substr(0, dash);
  const bool is_segment =
      segment.size() == 3 && std::all_of(segment.begin(), segment.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) != 0;
      });
  if (!is_segment) return place;
  place.segment = std::string(segment);
  if (dash == std::string_view::npos) return place;
  const std::string_view rest = path.substr(dash + 1);
  const std::size_t open = rest.find('[');
  place.field = std::string(rest.substr(0, open));
  if (open == std::string_view::npos) return place;
  const std::size_t close = rest.find(']', open);
  if (close == std::string_view::npos) return place;
  place.repetition = std::string(rest.substr(open + 1, close - open - 1));
  if (rest.substr(close + 1).starts_with('.')) {
    place.component = std::string(rest.substr(close + 2));
  }
  return place;
}

struct Problem {
  ErrorCode code;
  Place place;
  std::string path;
  std::string text;  // Chinese, after its path.
};

ErrorCode CodeOf(const FieldFault& fault, const Place& place) {
  if (fault.field == "MSH-9[1].1") return kMessageType;
  if (fault.field == "MSH-9[1].2") return kEventCode;
  if (fault.field == "MSH-12") return kVersionId;
  if (place.field.empty()) return kSegmentSequence;
  // The readers' one wording for what is missing.
  return absl::StartsWith(fault.description, "缺少") ? kRequiredField : kDataType;
}

std::vector<Problem> ProblemsOf(const absl::Status& status) {
  const ErrorDetail detail = DetailOf(status);
  std::vector<Problem> problems;
  for (const FieldFault& fault : detail.faults) {
    Place place = PlaceOf(fault.field);
    const ErrorCode code = CodeOf(fault, place);
    problems.push_back(
        {code, std::move(place), fault.field,
         absl::StrCat(fault.field, fault.field.empty() ? "" : ": ", fault.description)});
  }
  if (!problems.empty()) return problems;
  const std::string message(status.message());
  if (detail.reason == Reason::kAlreadyExistsWithOtherContent) {
    return {{kDuplicateKey, PlaceOf("MSH-10"), "MSH-10", message}};
  }
  return {{status.code() == absl::StatusCode::kInvalidArgument ? kDataType : kInternalError,
           {},
           "",
           message}};
}

// Rejected rather than in error: no other content under this kind of message would be taken, or
// the fault is this program's and the same message may be taken later.
bool IsRejection(const std::vector<Problem>& problems) {
  return std::any_of(problems.begin(), problems.end(), [](const Problem& problem) {
    return problem.code.code >= 200 && problem.code.code != kDuplicateKey.code;
  });
}

// "2.5.1" as 25, "2.3.1" as 23; 0 where it cannot be read.
int VersionNumber(std::string_view version) {
  int minor = 0;
  if (version.size() < 3 || !version.starts_with("2.")) return 0;
  if (!absl::SimpleAtoi(std::string(version.substr(2, 1)), &minor)) return 0;
  return 20 + minor;
}

std::string Escaped(std::string_view text, const Delimiters& delimiters) {
  std::string escaped;
  const auto sequence = [&](char letter) {
    escaped.push_back(delimiters.escape);
    escaped.push_back(letter);
    escaped.push_back(delimiters.escape);
  };
  for (const char c : text) {
    if (c == delimiters.field) {
      sequence('F');
    } else if (c == delimiters.component) {
      sequence('S');
    } else if (c == delimiters.repetition) {
      sequence('R');
    } else if (c == delimiters.subcomponent) {
      sequence('T');
    } else if (c == delimiters.escape) {
      sequence('E');
    } else {
      // A line end would begin another segment.
      escaped.push_back(c == '\r' || c == '\n' ? ' ' : c);
    }
  }
  return escaped;
}

// The first `characters_max` characters of UTF-8.
std::string Shortened(const std::string& text, std::size_t characters_max) {
  std::size_t characters = 0, at = 0;
  for (; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0u) != 0x80u;
    if (begins && ++characters > characters_max) break;
  }
  return text.substr(0, at);
}

// In UTF-8, as the whole answer until it is encoded at the end; a header in GB18030 is decoded for
// that.
class AnswerWriter {
 public:
  AnswerWriter(const AnsweredHeader& header, const Outcome& outcome)
      : header_(header), outcome_(outcome), version_(VersionNumber(header.version)) {}

  // `marks` keeps the two answers of the enhanced mode apart in MSH-10.
  std::string Write(const std::string& code, char mark,
                    const std::vector<Problem>& problems) const {
    const char f = header_.delimiters.field;
    const std::string field(1, f);
    std::string answer =
        absl::StrCat("MSH", field, EncodingCharacters(), field, header_.receiving_application,
                     field, header_.receiving_facility, field, header_.sending_application, field,
                     header_.sending_facility, field);
    absl::StrAppend(&answer, absl::FormatTime("%Y%m%d%H%M%S", outcome_.time, ChinaTimeZone()),
                    field, field, MessageType(), field, outcome_.answer_id, std::string(1, mark),
                    field, header_.processing_id.empty() ? "P" : header_.processing_id, field,
                    header_.version.empty() ? "2.5.1" : header_.version, CharsetFields(), "\r");
    absl::StrAppend(&answer, "MSA", field, code, field, header_.control_id, field, Text(problems));
    if (version_ < 25 && version_ != 0 && !problems.empty()) {
      // MSA-6 error condition, before there was ERR-3.
      absl::StrAppend(&answer, field, field, field, CodedError(problems.front().code, '^'));
    }
    answer.push_back('\r');
    AppendErrors(problems, answer);
    return Encoded(answer);
  }

 private:
  std::string EncodingCharacters() const {
    const Delimiters& d = header_.delimiters;
    return {d.component, d.repetition, d.escape, d.subcomponent};
  }

  // HL7 v2.5.1 chapter 2.14.1: the general acknowledgement carries the trigger it answers.
  std::string MessageType() const {
    const std::string component(1, header_.delimiters.component);
    if (header_.trigger.empty() || (version_ != 0 && version_ < 23)) return "ACK";
    if (version_ == 23 && header_.version == "2.3") {
      return absl::StrCat("ACK", component, header_.trigger);
    }
    return absl::StrCat("ACK", component, header_.trigger, component, "ACK");
  }

  // MSH-13 to MSH-18; only where there is something that ASCII cannot say.
  std::string CharsetFields() const {
    switch (header_.charset) {
      case AckCharset::kAscii:
        return "";
      case AckCharset::kUtf8:
        return absl::StrCat(std::string(6, header_.delimiters.field), "UNICODE UTF-8");
      case AckCharset::kGb18030:
        return absl::StrCat(std::string(6, header_.delimiters.field), "GB 18030-2000");
    }
    return "";
  }

  // MSA-3 has at most 80 characters.
  std::string Text(const std::vector<Problem>& problems) const {
    constexpr std::size_t kTextMax = 80;
    if (header_.charset == AckCharset::kAscii) {
      if (problems.empty()) return "";
      return Escaped(Shortened(Readable(problems.front()), kTextMax), header_.delimiters);
    }
    return Escaped(Shortened(outcome_.text, kTextMax), header_.delimiters);
  }

  std::string CodedError(const ErrorCode& error, char standard_separator) const {
    const char separator =
        standard_separator == '^' ? header_.delimiters.component : header_.delimiters.subcomponent;
    const std::string between(1, separator);
    return absl::StrCat(error.code, between, error.name, between, "HL70357");
  }

  void AppendErrors(const std::vector<Problem>& problems, std::string& answer) const {
    const std::string f(1, header_.delimiters.field);
    const std::string c(1, header_.delimiters.component);
    if (version_ != 0 && version_ < 25) {
      // ERR-1 (ELD): segment, sequence, field, coded error; repeating.
      for (std::size_t i = 0; i < problems.size(); ++i) {
        const Place& place = problems[i].place;
        absl::StrAppend(&answer, i == 0 ? "ERR" + f : std::string(1, header_.delimiters.repetition),
                        place.segment, c, place.segment.empty() ? "" : "1", c, place.field, c,
                        CodedError(problems[i].code, '&'));
      }
      if (!problems.empty()) answer.push_back('\r');
      return;
    }
    constexpr std::size_t kUserMessageMax = 250;  // ERR-8.
    for (const Problem& problem : problems) {
      const Place& place = problem.place;
      std::string where;
      if (!place.segment.empty()) where = absl::StrCat(place.segment, c, "1");
      if (!place.field.empty()) absl::StrAppend(&where, c, place.field);
      if (!place.repetition.empty()) absl::StrAppend(&where, c, place.repetition);
      if (!place.component.empty()) absl::StrAppend(&where, c, place.component);
      absl::StrAppend(
          &answer, "ERR", f, f, where, f, CodedError(problem.code, '^'), f, "E", f, f, f, f,
          Escaped(Shortened(Readable(problem), kUserMessageMax), header_.delimiters), "\r");
    }
  }

  // A sender of ASCII cannot read Chinese: it is told the place and what table 0357 calls the
  // fault.
  std::string Readable(const Problem& problem) const {
    if (header_.charset != AckCharset::kAscii) return problem.text;
    return absl::StrCat(problem.path, problem.path.empty() ? "" : ": ", problem.code.name);
  }

  std::string Encoded(const std::string& utf8) const {
    if (header_.charset != AckCharset::kGb18030) return utf8;
    return Gb18030FromUtf8(utf8).value_or(utf8);
  }

  const AnsweredHeader& header_;
  const Outcome& outcome_;
  const int version_;
};

bool Wanted(const std::string& condition, bool accepted) {
  if (condition == "AL") return true;
  if (condition == "ER") return !accepted;
  if (condition == "SU") return accepted;
  return false;  // NE, or not said.
}

bool IsAscii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80u; });
}

AckCharset CharsetToAnswerIn(std::string_view message, const std::string& charset_name) {
  const std::string name = absl::AsciiStrToUpper(charset_name);
  // What the bytes are counts before what the header says they are.
  if (!IsAscii(message)) {
    return IsValidUtf8(message) ? AckCharset::kUtf8 : AckCharset::kGb18030;
  }
  if (absl::StartsWith(name, "GB")) return AckCharset::kGb18030;
  if (absl::StartsWith(name, "UNICODE") || absl::StartsWith(name, "UTF")) return AckCharset::kUtf8;
  return AckCharset::kAscii;
}

}  // namespace

AnsweredHeader HeaderToAnswer(std::string_view message) {
  AnsweredHeader answered;
  message = WithoutByteOrderMark(message);
  const std::size_t begin = message.find("MSH");
  if (begin == std::string_view::npos) return answered;
  message.remove_prefix(begin);
  std::vector<QualityNote> ignored;
  const std::string_view line = message.substr(0, message.find_first_of("\r\n"));
  const absl::StatusOr<Delimiters> delimiters = DelimitersOf(line, ignored);
  if (delimiters.ok()) {
    answered.delimiters = *delimiters;
  } else if (line.size() > 3 && absl::ascii_ispunct(static_cast<unsigned char>(line[3])) != 0) {
    // The fields can still be told apart.
    answered.delimiters.field = line[3];
    if (line[3] == '^' || line[3] == '~' || line[3] == '\\' || line[3] == '&') return answered;
  }
  std::string decoded(line);
  answered.charset = AckCharset::kUtf8;
  if (!IsValidUtf8(decoded)) decoded = Utf8FromGb18030(decoded).value_or("");
  const Segment msh = ParseSegment(decoded, answered.delimiters);
  answered.sending_application = std::string(msh.Raw(3));
  answered.sending_facility = std::string(msh.Raw(4));
  answered.receiving_application = std::string(msh.Raw(5));
  answered.receiving_facility = std::string(msh.Raw(6));
  answered.trigger = msh.Get(9, 2);
  answered.control_id = std::string(msh.Raw(10));
  answered.processing_id = std::string(msh.Raw(11));
  answered.version = msh.Get(12);
  answered.accept_condition = absl::AsciiStrToUpper(msh.Get(15));
  answered.application_condition = absl::AsciiStrToUpper(msh.Get(16));
  answered.charset = CharsetToAnswerIn(message, msh.Get(18));
  return answered;
}

std::vector<std::string> AcknowledgementsFor(const AnsweredHeader& header, const Outcome& outcome) {
  const bool accepted = outcome.status.ok();
  const std::vector<Problem> problems =
      accepted ? std::vector<Problem>() : ProblemsOf(outcome.status);
  const bool rejected = !accepted && IsRejection(problems);
  const AnswerWriter writer(header, outcome);
  if (!header.enhanced()) {
    return {writer.Write(accepted ? "AA" : rejected ? "AR" : "AE", 'A', problems)};
  }
  std::vector<std::string> answers;
  const bool accept_wanted = Wanted(header.accept_condition, accepted);
  const bool application_wanted = Wanted(header.application_condition, accepted);
  if (accept_wanted) {
    answers.push_back(writer.Write(accepted ? "CA" : rejected ? "CR" : "CE", 'C', problems));
    if (!accepted) return answers;
  }
  if (application_wanted) {
    answers.push_back(writer.Write(accepted ? "AA" : rejected ? "AR" : "AE", 'A', problems));
  }
  return answers;
}

}  // namespace recoup::hospital::hl7
