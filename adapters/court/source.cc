#include "adapters/court/source.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "hub/base/error.h"

namespace recoup::court {
namespace {

constexpr char32_t kByteOrderMark = 0xFEFF;
constexpr char32_t kReplacement = 0xFFFD;

bool IsSurrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

// One code point of UTF-16; an unpaired surrogate comes back as itself.
char32_t NextUtf16(const std::vector<char16_t>& units, std::size_t& at, std::size_t size) {
  const char32_t first = units[at++];
  if (first < 0xD800 || first > 0xDBFF || at >= size) return first;
  const char32_t second = units[at];
  if (second < 0xDC00 || second > 0xDFFF) return first;
  ++at;
  return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

std::optional<std::u32string> FromUnits(const std::vector<char16_t>& units, std::size_t size) {
  std::u32string out;
  out.reserve(size);
  for (std::size_t at = 0; at < size;) {
    const char32_t c = NextUtf16(units, at, size);
    if (IsSurrogate(c)) return std::nullopt;
    out.push_back(c);
  }
  return out;
}

std::optional<std::u32string> FromUtf8(std::string_view bytes) {
  std::u32string out(bytes.size(), U'\0');  // Never more code points than bytes.
  std::size_t count = 0;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int32_t>(bytes.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(data, i, size, c);
    if (c < 0) return std::nullopt;
    out[count++] = static_cast<char32_t>(c);
  }
  out.resize(count);
  return out;
}

std::optional<std::u32string> FromUtf16(std::string_view bytes, bool big_endian) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  std::vector<char16_t> units(bytes.size() / 2);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto first = static_cast<unsigned char>(bytes[2 * i]);
    const auto second = static_cast<unsigned char>(bytes[2 * i + 1]);
    units[i] = static_cast<char16_t>(big_endian ? first << 8 | second : second << 8 | first);
  }
  return FromUnits(units, units.size());
}

std::optional<std::u32string> FromGb18030(std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("gb18030", &error);
  if (U_FAILURE(error)) return std::nullopt;
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::vector<char16_t> units(bytes.size() + 1);  // Never more units than bytes.
  const std::int32_t length =
      ucnv_toUChars(converter, units.data(), static_cast<std::int32_t>(units.size()), bytes.data(),
                    static_cast<std::int32_t>(bytes.size()), &error);
  ucnv_close(converter);
  if (U_FAILURE(error)) return std::nullopt;
  return FromUnits(units, static_cast<std::size_t>(length));
}

// UTF-16 without a mark: line breaks, digits and Latin letters leave zero bytes, always on one
// side.
std::optional<bool> LooksBigEndian16(std::string_view bytes) {
  if (bytes.find('\0') == std::string_view::npos) return std::nullopt;
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\0') ++(i % 2 == 0 ? even : odd);
  }
  return even > odd;
}

// Bytes of a program are valid UTF-16 or GB18030 more often than not, but no writing: they are full
// of control characters, and of code points that stand for nothing.
bool IsWriting(std::u32string_view text) {
  constexpr std::size_t kAllowedPerHundred = 2;
  std::size_t strange = 0;
  for (const char32_t c : text) {
    if (c >= 0x4E00 && c <= 0x9FEF) continue;  // Nearly all of it: Chinese characters.
    const bool control = (c < 0x20 && c != U'\t' && c != U'\n' && c != U'\r' && c != U'\f') ||
                         (c >= 0x7F && c < 0xA0);
    const bool meaningless = c > 0xA0 && u_charType(static_cast<UChar32>(c)) == U_UNASSIGNED;
    strange += control || meaningless ? 1u : 0u;
  }
  return strange * 100 <= text.size() * kAllowedPerHundred;
}

std::optional<std::u32string> Decode(std::string_view bytes) {
  if (bytes.substr(0, 2) == "\xFF\xFE") return FromUtf16(bytes, false);
  if (bytes.substr(0, 2) == "\xFE\xFF") return FromUtf16(bytes, true);
  if (const auto big_endian = LooksBigEndian16(bytes)) return FromUtf16(bytes, *big_endian);
  if (auto text = FromUtf8(bytes)) return text;
  return FromGb18030(bytes);
}

}  // namespace

absl::StatusOr<std::u32string> DecodeText(std::string_view bytes) {
  if (bytes.empty()) return MakeError(Reason::kInvalidArgument, "the document is empty");
  if (bytes.size() > kSourceBytesMax) {
    return MakeError(Reason::kTooLarge, "the document is larger than 32 MiB of text");
  }
  std::optional<std::u32string> text = Decode(bytes);
  if (!text.has_value() || std::ranges::find(*text, kReplacement) != text->end()) {
    return MakeError(Reason::kInvalidArgument,
                     "the document is valid in none of UTF-8, UTF-16 and GB18030");
  }
  if (!IsWriting(*text)) {
    return MakeError(Reason::kInvalidArgument, "the file is no text");
  }
  std::erase(*text, kByteOrderMark);
  return *std::move(text);
}

std::u32string DecodeUtf8(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size() / 2);
  const auto* data = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto size = static_cast<std::int32_t>(utf8.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(data, i, size, c);
    out.push_back(static_cast<char32_t>(c));
  }
  return out;
}

std::size_t PutUtf8(char32_t c, char* out) {
  std::size_t size = 0;
  const auto put = [&](char32_t byte) { out[size++] = static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
  return size;
}

std::string EncodeUtf8(std::u32string_view text) {
  std::string out(text.size() * kUtf8BytesMax, '\0');
  std::size_t size = 0;
  for (const char32_t c : text) size += PutUtf8(c, out.data() + size);
  out.resize(size);
  return out;
}

}  // namespace recoup::court
