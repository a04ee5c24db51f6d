#include "adapters/hospital/hl7/message.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/hl7/message_charset.h"
#include "hub/base/error.h"

namespace recoup::hospital::hl7 {
namespace {

absl::Status Refuse(std::string path, std::string why) {
  Faults faults;
  faults.Add(std::move(path), std::move(why));
  return faults.ToStatus();
}

std::vector<std::string_view> SplitAt(std::string_view text, char delimiter) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(delimiter);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string_view Nth(std::string_view text, char delimiter, std::size_t nth) {
  for (; nth > 1; --nth) {
    const std::size_t at = text.find(delimiter);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + 1);
  }
  return text.substr(0, text.find(delimiter));
}

// MLLP: <VT> message <FS><CR>.
std::string_view WithoutFraming(std::string_view bytes) {
  if (bytes.starts_with('\x0B')) bytes.remove_prefix(1);
  const std::size_t end = bytes.find('\x1C');
  return bytes.substr(0, end);
}

bool IsSegmentName(std::string_view name) {
  return name.size() == 3 && absl::ascii_isupper(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_isupper(static_cast<unsigned char>(c)) ||
                  absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    const std::string_view line = text.substr(0, end);
    if (!Trimmed(line).empty()) lines.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace

absl::StatusOr<Delimiters> DelimitersOf(std::string_view header, std::vector<QualityNote>& notes) {
  if (header.size() < 8) return Refuse("MSH-2", "消息头不完整");
  Delimiters delimiters;
  delimiters.field = header[3];
  const std::string_view encoding = Nth(header.substr(4), delimiters.field, 1);
  if (encoding.size() < 2) return Refuse("MSH-2", "应写明分隔符，通常为 ^~\\&");
  delimiters.component = encoding[0];
  delimiters.repetition = encoding[1];
  if (encoding.size() == 3 && encoding[2] == '&') {
    // Seen in the field: the backslash was lost on the way ("^~&").
    notes.push_back({NoteKind::kRepaired, "MSH-2", "只写了三个分隔符，已补上 \\"});
  } else {
    if (encoding.size() >= 3) delimiters.escape = encoding[2];
    if (encoding.size() >= 4) delimiters.subcomponent = encoding[3];
  }
  std::string all = {delimiters.field, delimiters.component, delimiters.repetition,
                     delimiters.escape, delimiters.subcomponent};
  std::sort(all.begin(), all.end());
  const bool distinct = std::adjacent_find(all.begin(), all.end()) == all.end();
  const bool sane = std::all_of(all.begin(), all.end(), [](char c) {
    return absl::ascii_ispunct(static_cast<unsigned char>(c)) != 0;
  });
  if (!distinct || !sane) return Refuse("MSH-2", "分隔符不是五个不同的符号");
  return delimiters;
}

Segment ParseSegment(std::string_view line, const Delimiters& delimiters) {
  std::vector<std::string> fields;
  for (const std::string_view field : SplitAt(line, delimiters.field)) fields.emplace_back(field);
  std::string name = fields.front();
  if (name == "MSH") fields.insert(fields.begin() + 1, std::string(1, delimiters.field));
  return Segment(std::move(name), std::move(fields), delimiters);
}

std::string_view Segment::Raw(std::size_t field) const {
  return field < fields_.size() ? std::string_view(fields_[field]) : std::string_view();
}

std::size_t Segment::RepetitionCount(std::size_t field) const {
  const std::string_view raw = Raw(field);
  if (raw.empty()) return 0;
  return 1 + static_cast<std::size_t>(std::count(raw.begin(), raw.end(), delimiters_.repetition));
}

std::size_t Segment::ComponentCount(std::size_t field, std::size_t repetition) const {
  const std::string_view raw = Nth(Raw(field), delimiters_.repetition, repetition);
  if (raw.empty()) return 0;
  return 1 + static_cast<std::size_t>(std::count(raw.begin(), raw.end(), delimiters_.component));
}

std::string Segment::Get(std::size_t field, std::size_t component, std::size_t repetition) const {
  const std::string_view whole = Nth(Raw(field), delimiters_.repetition, repetition);
  const std::string_view part = Nth(whole, delimiters_.component, component);
  const std::string_view first = Trimmed(Nth(part, delimiters_.subcomponent, 1));
  if (first == "\"\"") return "";
  const std::string plain = Unescaped(first, delimiters_);
  return std::string(Trimmed(plain));
}

std::string Segment::PathOf(std::size_t field, std::size_t component,
                            std::size_t repetition) const {
  std::string path = absl::StrCat(name_, "-", field);
  if (component > 0) absl::StrAppend(&path, "[", repetition, "].", component);
  return path;
}

absl::StatusOr<Message> Message::Parse(std::string_view bytes, std::vector<QualityNote>& notes) {
  const std::size_t block = bytes.find('\x0B');
  if (block < bytes.find("MSH") && bytes.find('\x1C') == std::string_view::npos) {
    notes.push_back({NoteKind::kIncomplete, "", "MLLP 消息块没有结束符，后面的内容可能被截断"});
  }
  bytes = WithoutByteOrderMark(Trimmed(WithoutFraming(Trimmed(WithoutByteOrderMark(bytes)))));
  if (!bytes.starts_with("MSH")) return Refuse("MSH", "消息不以 MSH 开头");
  // The delimiters and MSH-18 are ASCII, so they can be read before the text is decoded.
  const std::string_view raw_header = bytes.substr(0, bytes.find_first_of("\r\n"));
  absl::StatusOr<Delimiters> delimiters = DelimitersOf(raw_header, notes);
  if (!delimiters.ok()) return delimiters.status();
  const Segment raw_msh = ParseSegment(raw_header, *delimiters);
  absl::StatusOr<std::string> text = TextOf(bytes, raw_msh.Get(18), notes);
  if (!text.ok()) return text.status();

  Message message;
  std::size_t line_number = 0;
  std::string last;  // The text of the segment before, of which a line may be the rest.
  for (const std::string_view line : Lines(*text)) {
    ++line_number;
    Segment segment = ParseSegment(line, *delimiters);
    if (!IsSegmentName(segment.name()) && message.segments_.size() > 1) {
      absl::StrAppend(&last, std::string(line));
      message.segments_.back() = ParseSegment(last, *delimiters);
      notes.push_back(
          {NoteKind::kRepaired, absl::StrCat("第 ", line_number, " 行"),
           absl::StrCat("不是消息段，接在上一段 ", message.segments_.back().name(), " 之后")});
      continue;
    }
    if (!IsSegmentName(segment.name())) {
      notes.push_back(
          {NoteKind::kUnusual, absl::StrCat("第 ", line_number, " 行"), "不是消息段，未采用"});
      continue;
    }
    if (segment.name() == "MSH" && !message.segments_.empty()) {
      return Refuse("MSH", "其后还有一条消息，请每次只发一条");
    }
    last = std::string(line);
    message.segments_.push_back(std::move(segment));
  }
  if (message.segments_.empty() || message.header().name() != "MSH") {
    return Refuse("MSH", "消息头格式有误");
  }
  return message;
}

const Segment* Message::Find(std::string_view name) const {
  for (const Segment& segment : segments_) {
    if (segment.name() == name) return &segment;
  }
  return nullptr;
}

std::vector<const Segment*> Message::FindAll(std::string_view name) const {
  std::vector<const Segment*> found;
  for (const Segment& segment : segments_) {
    if (segment.name() == name) found.push_back(&segment);
  }
  return found;
}

}  // namespace recoup::hospital::hl7
