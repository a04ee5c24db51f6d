// Bytes → text: the first step of reading a court document.
//
// Knows the encodings Chinese courts export in: UTF-8 and UTF-16 (with or without byte order mark)
// and GB18030 (which covers GBK and GB2312), told apart by content. Stateless, thread-safe.
// Refuses: empty input, more than kSourceBytesMax, bytes valid in none of these encodings, and what
// decodes but is no writing (programs, databases).
#ifndef RECOUP_ADAPTERS_COURT_SOURCE_H_
#define RECOUP_ADAPTERS_COURT_SOURCE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace recoup::court {

inline constexpr std::size_t kSourceBytesMax = 32u << 20;

// The code points of the document, without byte order mark; offsets of evidence count these.
absl::StatusOr<std::u32string> DecodeText(std::string_view bytes);

// Text that another reader has decoded already; bytes that are no UTF-8 become U+FFFD.
std::u32string DecodeUtf8(std::string_view utf8);

std::string EncodeUtf8(std::u32string_view text);
// Writes one code point and returns its size in bytes, at most kUtf8BytesMax.
std::size_t PutUtf8(char32_t c, char* out);
inline constexpr std::size_t kUtf8BytesMax = 4;

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCE_H_
