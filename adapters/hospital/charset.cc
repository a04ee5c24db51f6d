#include "adapters/hospital/charset.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <utility>

namespace recoup::hospital {
namespace {

// Calls `visit` with each code point; false when a sequence is malformed or `visit` says stop.
template <typename Visitor>
bool ForEachCodePoint(std::string_view utf8, Visitor visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto length = static_cast<std::int64_t>(utf8.size());
  for (std::int64_t at = 0; at < length;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, length, point);
    if (point < 0 || !visit(point)) return false;
  }
  return true;
}

std::size_t OccurrencesOf(std::string_view part, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

// As Windows-1252 or, for the bytes it has no sign for, Latin-1; nullopt where a character is in
// neither.
std::optional<std::string> WesternFromUtf8(std::string_view utf8) {
  struct Sign {
    UChar32 point;
    char byte;
  };
  constexpr Sign kSigns[] = {{0x20AC, '\x80'}, {0x201A, '\x82'}, {0x0192, '\x83'}, {0x201E, '\x84'},
                             {0x2026, '\x85'}, {0x2020, '\x86'}, {0x2021, '\x87'}, {0x02C6, '\x88'},
                             {0x2030, '\x89'}, {0x0160, '\x8A'}, {0x2039, '\x8B'}, {0x0152, '\x8C'},
                             {0x017D, '\x8E'}, {0x2018, '\x91'}, {0x2019, '\x92'}, {0x201C, '\x93'},
                             {0x201D, '\x94'}, {0x2022, '\x95'}, {0x2013, '\x96'}, {0x2014, '\x97'},
                             {0x02DC, '\x98'}, {0x2122, '\x99'}, {0x0161, '\x9A'}, {0x203A, '\x9B'},
                             {0x0153, '\x9C'}, {0x017E, '\x9E'}, {0x0178, '\x9F'}};
  std::string bytes;
  const bool western = ForEachCodePoint(utf8, [&](UChar32 point) {
    if (point < 0x100) {
      bytes.push_back(static_cast<char>(point));
      return true;
    }
    for (const Sign& sign : kSigns) {
      if (sign.point != point) continue;
      bytes.push_back(sign.byte);
      return true;
    }
    return false;
  });
  return western ? std::optional<std::string>(std::move(bytes)) : std::nullopt;
}

}  // namespace

bool IsValidUtf8(std::string_view bytes) {
  return ForEachCodePoint(bytes, [](UChar32) { return true; });
}

namespace {

// nullopt where ICU has no such converter, or a byte means nothing in it.
std::optional<std::string> Utf8From(const char* charset, std::string_view bytes) {
  if (bytes.empty()) return std::string();
  constexpr std::size_t kBytesMax = std::numeric_limits<std::int32_t>::max() / 4;
  if (bytes.size() > kBytesMax) return std::nullopt;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(charset, &error),
                                                                &ucnv_close);
  if (U_FAILURE(error)) return std::nullopt;
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  // One byte of these sets is at most one UTF-16 unit, one unit at most three bytes of UTF-8.
  std::u16string wide(bytes.size() + 1, u'\0');
  const std::int32_t units =
      ucnv_toUChars(from.get(), wide.data(), static_cast<std::int32_t>(wide.size()), bytes.data(),
                    static_cast<std::int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return std::nullopt;
  std::string utf8(static_cast<std::size_t>(units) * 3 + 1, '\0');
  std::int32_t length = 0;
  u_strToUTF8(utf8.data(), static_cast<std::int32_t>(utf8.size()), &length, wide.data(), units,
              &error);
  if (U_FAILURE(error)) return std::nullopt;
  utf8.resize(static_cast<std::size_t>(length));
  return utf8;
}

}  // namespace

std::optional<std::string> Utf8FromGb18030(std::string_view bytes) {
  return Utf8From("gb18030", bytes);
}

std::optional<std::string> Utf8FromIso8859(std::string_view bytes, const std::string& part) {
  return Utf8From(("ISO-8859-" + part).c_str(), bytes);
}

std::string Utf8FromMarkedUtf16(std::string_view bytes) {
  const bool little = bytes.starts_with("\xFF\xFE");
  if (!little && !bytes.starts_with("\xFE\xFF")) return std::string(bytes);
  constexpr std::size_t kBytesMax = std::numeric_limits<std::int32_t>::max() / 4;
  if (bytes.size() > kBytesMax) return std::string(bytes);
  std::u16string wide;
  wide.reserve(bytes.size() / 2);
  for (std::size_t i = 2; i + 1 < bytes.size(); i += 2) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    wide.push_back(static_cast<char16_t>(little ? first | second << 8u : first << 8u | second));
  }
  constexpr UChar32 kReplacement = 0xFFFD;
  std::string utf8(wide.size() * 3 + 1, '\0');
  std::int32_t length = 0;
  UErrorCode error = U_ZERO_ERROR;
  u_strToUTF8WithSub(utf8.data(), static_cast<std::int32_t>(utf8.size()), &length, wide.data(),
                     static_cast<std::int32_t>(wide.size()), kReplacement, nullptr, &error);
  if (U_FAILURE(error)) return std::string(bytes);
  utf8.resize(static_cast<std::size_t>(length));
  return utf8;
}

std::string Utf8FromLatin1(std::string_view bytes) {
  std::string utf8;
  for (const char c : bytes) {
    const auto point = static_cast<unsigned char>(c);
    if (point < 0x80u) {
      utf8.push_back(c);
    } else {
      utf8.push_back(static_cast<char>(0xC0u | point >> 6u));
      utf8.push_back(static_cast<char>(0x80u | (point & 0x3Fu)));
    }
  }
  return utf8;
}

std::optional<std::string> MendedText(std::string_view bytes, bool gb18030_first) {
  constexpr std::size_t kBytesMax = std::numeric_limits<std::int32_t>::max() / 4;
  if (bytes.size() > kBytesMax) return std::nullopt;
  std::optional<std::string> best;
  std::size_t least_damage = 0;
  for (const bool gb18030 : {gb18030_first, !gb18030_first}) {
    std::string text(bytes.size() * 3 + 1, '\0');
    UErrorCode error = U_ZERO_ERROR;
    // Its default is to put U+FFFD in place of what it cannot read.
    const std::int32_t length = ucnv_convert("UTF-8", gb18030 ? "gb18030" : "UTF-8", text.data(),
                                             static_cast<std::int32_t>(text.size()), bytes.data(),
                                             static_cast<std::int32_t>(bytes.size()), &error);
    if (U_FAILURE(error)) continue;
    text.resize(static_cast<std::size_t>(length));
    const std::size_t damage = OccurrencesOf("\xEF\xBF\xBD", text);
    if (damage * 50 > CharacterCount(text)) continue;
    if (!best || damage < least_damage) {
      best = std::move(text);
      least_damage = damage;
    }
  }
  return best;
}

std::optional<std::string> UnscrambledText(std::string_view utf8) {
  // UTF-8 of Chinese, read as Latin-1 or Windows-1252, has no Chinese in it; read as GBK it has,
  // but each three bytes of a character became one and a half.
  std::optional<std::string> bytes = HasHan(utf8) ? Gb18030FromUtf8(utf8) : WesternFromUtf8(utf8);
  constexpr std::size_t kTwoCharacters = 6;  // One might be a coincidence.
  if (!bytes || bytes->size() < kTwoCharacters || *bytes == utf8) return std::nullopt;
  if (!IsValidUtf8(*bytes) || !HasHan(*bytes)) return std::nullopt;
  return bytes;
}

std::optional<std::string> Gb18030FromUtf8(std::string_view utf8) {
  if (!IsValidUtf8(utf8)) return std::nullopt;
  if (utf8.empty()) return std::string();
  UErrorCode error = U_ZERO_ERROR;
  // No character is longer in GB18030 than four bytes, and the shortest in UTF-8 has one.
  std::string bytes(utf8.size() * 4, '\0');
  const std::int32_t length =
      ucnv_convert("gb18030", "UTF-8", bytes.data(), static_cast<std::int32_t>(bytes.size()),
                   utf8.data(), static_cast<std::int32_t>(utf8.size()), &error);
  if (U_FAILURE(error)) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(length));
  return bytes;
}

std::string_view WithoutByteOrderMark(std::string_view bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
  return bytes;
}

std::size_t CharacterCount(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u ? 1 : 0;
  return count;
}

bool HasHan(std::string_view utf8) {
  bool found = false;
  ForEachCodePoint(utf8, [&found](UChar32 point) {
    UErrorCode error = U_ZERO_ERROR;
    found = uscript_getScript(point, &error) == USCRIPT_HAN;
    return !found;
  });
  return found;
}

}  // namespace recoup::hospital
