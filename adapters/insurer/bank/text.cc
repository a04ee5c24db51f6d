#include "adapters/insurer/bank/text.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <array>
#include <limits>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::insurer::bank {
namespace {

// What banks pad cells with, beyond ASCII: no-break space, ideographic space, stray byte order
// mark.
constexpr std::array<std::string_view, 3> kWideSpaces = {"\xC2\xA0", "\xE3\x80\x80",
                                                         "\xEF\xBB\xBF"};

bool IsAsciiSpace(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

std::size_t LeadingSpace(std::string_view text) {
  if (!text.empty() && IsAsciiSpace(text.front())) return 1;
  for (const std::string_view space : kWideSpaces) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

std::size_t TrailingSpace(std::string_view text) {
  if (!text.empty() && IsAsciiSpace(text.back())) return 1;
  for (const std::string_view space : kWideSpaces) {
    if (text.ends_with(space)) return space.size();
  }
  return 0;
}

absl::StatusOr<std::string> Convert(std::string_view bytes, const char* charset,
                                    std::string_view refusal) {
  if (bytes.size() > std::numeric_limits<std::int32_t>::max() / 2) {
    return MakeError(Reason::kTooLarge, "the text is too large to convert");
  }
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(charset, &error),
                                                                     &ucnv_close);
  // ICU's default is to put U+FFFD and go on; a name read half wrong must not pass.
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                converter.get(), error);
  std::string utf8;
  if (U_SUCCESS(error)) text.toUTF8String(utf8);
  if (U_FAILURE(error) || FindNotUtf8(utf8)) {
    return MakeError(Reason::kInvalidArgument, std::string(refusal));
  }
  return utf8;
}

}  // namespace

std::optional<std::size_t> FindNotUtf8(std::string_view bytes) {
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int64_t>(bytes.size());
  std::int64_t next = 0;
  while (next < size) {
    const std::int64_t at = next;
    UChar32 code_point = 0;
    U8_NEXT(data, next, size, code_point);
    if (code_point <= 0) return static_cast<std::size_t>(at);
  }
  return std::nullopt;
}

absl::StatusOr<std::string> Gb18030ToUtf8(std::string_view bytes) {
  return Convert(bytes, "GB18030", "the text is not GB18030");
}

bool IsUtf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

absl::StatusOr<std::string> Utf16ToUtf8(std::string_view bytes) {
  return Convert(bytes, "UTF-16", "the text is not UTF-16");
}

absl::StatusOr<std::string> DecodeNamed(std::string_view bytes, std::string_view charset) {
  struct Known {
    std::string_view name;
    const char* converter;
  };
  // GB18030 contains GBK and GB2312.
  constexpr std::array<Known, 6> kKnown = {{{"GB18030", "GB18030"},
                                            {"GBK", "GB18030"},
                                            {"GB2312", "GB18030"},
                                            {"ISO-8859-1", "ISO-8859-1"},
                                            {"ISO-8859-15", "ISO-8859-15"},
                                            {"WINDOWS-1252", "windows-1252"}}};
  const std::string upper = absl::AsciiStrToUpper(std::string(charset));
  for (const Known& known : kKnown) {
    if (known.name == upper) return Convert(bytes, known.converter, "the text is not in it");
  }
  return MakeError(Reason::kInvalidArgument, "expected UTF-8, UTF-16, GB18030 or ISO-8859-1");
}

absl::StatusOr<std::string> DecodeByContent(std::string_view bytes) {
  if (IsUtf16(bytes)) return Utf16ToUtf8(bytes);
  const std::string_view text = WithoutBom(bytes);
  if (!FindNotUtf8(text)) return std::string(text);
  if (text.size() != bytes.size()) {
    return MakeError(Reason::kInvalidArgument, "the text begins as UTF-8 and is none");
  }
  absl::StatusOr<std::string> converted = Gb18030ToUtf8(text);
  if (converted.ok()) return converted;
  // In neither is NUL a character of a text, so it is the reason whatever the rest may be.
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    return MakeError(Reason::kInvalidArgument, absl::StrCat("no text: byte ", nul, " is NUL"));
  }
  return MakeError(Reason::kInvalidArgument, "the text is neither UTF-8 nor GB18030");
}

std::string_view WithoutBom(std::string_view bytes) {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  if (bytes.starts_with(kBom)) bytes.remove_prefix(kBom.size());
  return bytes;
}

std::string_view Trim(std::string_view text) {
  while (const std::size_t size = LeadingSpace(text)) text.remove_prefix(size);
  while (const std::size_t size = TrailingSpace(text)) text.remove_suffix(size);
  return text;
}

std::string ToHalfWidth(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t offset) {
      return i + offset < text.size() ? static_cast<unsigned char>(text[i + offset]) : 0u;
    };
    // U+FF01..U+FF3F is EF BC 81..BF, U+FF40..U+FF5E is EF BD 80..9E.
    if (byte(0) == 0xEF && byte(1) == 0xBC && byte(2) >= 0x81 && byte(2) <= 0xBF) {
      result.push_back(static_cast<char>(byte(2) - 0x60));
      i += 3;
    } else if (byte(0) == 0xEF && byte(1) == 0xBD && byte(2) >= 0x80 && byte(2) <= 0x9E) {
      result.push_back(static_cast<char>(byte(2) - 0x20));
      i += 3;
    } else {
      result.push_back(text[i++]);
    }
  }
  return result;
}

std::size_t CountCodePoints(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) ++count;
  }
  return count;
}

}  // namespace recoup::insurer::bank
