#include "adapters/hospital/charset.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <limits>
#include <memory>

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

}  // namespace

bool IsValidUtf8(std::string_view bytes) {
  return ForEachCodePoint(bytes, [](UChar32) { return true; });
}

std::optional<std::string> Utf8FromGb18030(std::string_view bytes) {
  if (bytes.empty()) return std::string();
  constexpr std::size_t kBytesMax = std::numeric_limits<std::int32_t>::max() / 4;
  if (bytes.size() > kBytesMax) return std::nullopt;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open("gb18030", &error),
                                                                &ucnv_close);
  if (U_FAILURE(error)) return std::nullopt;
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  // One byte of GB18030 is at most one UTF-16 unit, one unit at most three bytes of UTF-8.
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
