// The characters of bank files: encodings checked and converted, never guessed.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_TEXT_H_
#define RECOUP_ADAPTERS_INSURER_BANK_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace recoup::insurer::bank {

// The offset of the first byte that is not well-formed UTF-8 (or is NUL), if any.
std::optional<std::size_t> FindNotUtf8(std::string_view bytes);

// Strict: one byte sequence outside GB18030 refuses the text.
absl::StatusOr<std::string> Gb18030ToUtf8(std::string_view bytes);

// Whether a byte order mark says UTF-16.
bool IsUtf16(std::string_view bytes);
// By its byte order mark. Strict.
absl::StatusOr<std::string> Utf16ToUtf8(std::string_view bytes);
// By the name an XML declaration gives: GB18030, GBK, GB2312, ISO-8859-1, ISO-8859-15,
// WINDOWS-1252, in any case. Strict. Errors: INVALID_ARGUMENT for another name too.
absl::StatusOr<std::string> DecodeNamed(std::string_view bytes, std::string_view charset);
// The text of a file that does not say its charset: a byte order mark decides; else UTF-8 if it is
// well-formed, else GB18030. Text beyond ASCII is one of both by construction, hardly ever both.
absl::StatusOr<std::string> DecodeByContent(std::string_view bytes);

// Without a leading UTF-8 byte order mark.
std::string_view WithoutBom(std::string_view bytes);

// Without white space at both ends: ASCII, no-break (U+00A0) and ideographic (U+3000). The argument
// is UTF-8.
std::string_view Trim(std::string_view text);

// Full-width forms (U+FF01 to U+FF5E) as ASCII: amounts and dates typed with a Chinese input
// method.
std::string ToHalfWidth(std::string_view text);

// Of well-formed UTF-8.
std::size_t CountCodePoints(std::string_view text);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_TEXT_H_
