#include "adapters/hospital/hl7/message_charset.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "hub/base/error.h"

namespace recoup::hospital::hl7 {
namespace {

enum class Charset { kUnstated, kUtf8, kGb18030, kAscii, kIso8859, kOther };

// "88591" → "1", "ISO885915" → "15": the letter sets of Europe; empty for anything else.
std::string Iso8859PartOf(std::string_view folded) {
  if (folded == "LATIN1" || folded == "WINDOWS1252" || folded == "CP1252") return "1";
  if (folded.starts_with("ISO")) folded.remove_prefix(3);
  if (!folded.starts_with("8859")) return "";
  return std::string(folded.substr(4));
}

std::string Folded(std::string_view name) {
  std::string folded = absl::AsciiStrToUpper(std::string(Trimmed(name)));
  folded.erase(std::remove_if(folded.begin(), folded.end(),
                              [](char c) { return c == '-' || c == '_' || c == ' ' || c == '/'; }),
               folded.end());
  return folded;
}

// HL7 table 0211, and what senders write instead.
Charset CharsetFromName(std::string_view name) {
  const std::string folded = Folded(name);
  if (folded.empty()) return Charset::kUnstated;
  if (folded == "UTF8" || folded == "UNICODEUTF8" || folded == "UNICODE") return Charset::kUtf8;
  if (folded.starts_with("GB")) return Charset::kGb18030;  // "GB 18030-2000", GBK, GB2312.
  if (folded == "CP936" || folded == "MS936" || folded == "CN") return Charset::kGb18030;
  if (folded == "ASCII" || folded == "USASCII") return Charset::kAscii;
  if (!Iso8859PartOf(folded).empty()) return Charset::kIso8859;
  return Charset::kOther;
}

bool IsHigh(char c) { return static_cast<unsigned char>(c) >= 0x80u; }

// Chinese characters of GB 2312 are pairs of high bytes; letters with accents stand alone or in
// twos at random. One odd run, and the text is no GB 2312.
bool HasOddRunOfHighBytes(std::string_view bytes) {
  std::size_t run = 0;
  for (const char c : bytes) {
    if (IsHigh(c)) {
      ++run;
      continue;
    }
    if (run % 2 == 1) return true;
    run = 0;
  }
  return run % 2 == 1;
}

// Every byte above ASCII stands alone: "Müller". Chinese text of GB18030 has pairs of them.
bool HighBytesStandAlone(std::string_view bytes) {
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    if (IsHigh(bytes[i]) && IsHigh(bytes[i - 1])) return false;
  }
  return true;
}

std::string NoteOn(std::string_view charset_name, const char* read_as) {
  if (Trimmed(charset_name).empty()) {
    return absl::StrCat("未写字符集，实际为 ", read_as);
  }
  return absl::StrCat("写的是 ", std::string(charset_name), "，实际为 ", read_as);
}

}  // namespace

absl::StatusOr<std::string> TextOf(std::string_view bytes, std::string_view charset_name,
                                   std::vector<QualityNote>& notes) {
  const Charset stated = CharsetFromName(charset_name);
  const auto repaired = [&](const char* read_as) {
    notes.push_back({NoteKind::kRepaired, "MSH-18", NoteOn(charset_name, read_as)});
  };
  if (std::none_of(bytes.begin(), bytes.end(), IsHigh)) return std::string(bytes);
  if (IsValidUtf8(bytes)) {
    // Bytes of GB18030 are hardly ever UTF-8, and if they are, never Chinese characters in it: so
    // what reads as Chinese is UTF-8, whatever the header says.
    if (stated == Charset::kGb18030 && !HasHan(bytes)) {
      if (std::optional<std::string> decoded = Utf8FromGb18030(bytes)) return *std::move(decoded);
    }
    if (stated != Charset::kUtf8 && stated != Charset::kUnstated) repaired("UTF-8");
    if (std::optional<std::string> meant = UnscrambledText(bytes)) {
      notes.push_back({NoteKind::kRepaired, "MSH-18", "发送前被按错误的字符集读过，已还原"});
      return *std::move(meant);
    }
    return std::string(bytes);
  }
  if (stated == Charset::kIso8859 && HasOddRunOfHighBytes(bytes)) {
    if (auto decoded = Utf8FromIso8859(bytes, Iso8859PartOf(Folded(charset_name)))) {
      return *std::move(decoded);
    }
  }
  if (stated != Charset::kGb18030 && HighBytesStandAlone(bytes)) {
    repaired("ISO 8859-1");
    return Utf8FromLatin1(bytes);
  }
  if (std::optional<std::string> decoded = Utf8FromGb18030(bytes)) {
    if (stated != Charset::kGb18030) repaired("GB18030");
    return *std::move(decoded);
  }
  // A few bytes were lost or changed on the way: the rest is worth reading.
  if (std::optional<std::string> mended = MendedText(bytes, stated == Charset::kGb18030)) {
    notes.push_back({NoteKind::kDoesNotAddUp, "MSH-18", "有的字符已损坏，以 \xEF\xBF\xBD 代替"});
    return *std::move(mended);
  }
  Faults faults;
  faults.Add("MSH-18", "文字既不是 UTF-8 也不是 GB18030");
  return faults.ToStatus();
}

}  // namespace recoup::hospital::hl7
