// Bytes → text: the first step of reading a court document.
//
// Knows the encodings Chinese courts export in: UTF-8 and UTF-16 (with or without byte order mark)
// and GB18030 (which covers GBK and GB2312), told apart by content. Stateless, thread-safe.
// Refuses: empty input, more than kSourceBytesMax, bytes valid in none of these encodings.
#ifndef RECOUP_ADAPTERS_COURT_SOURCE_H_
#define RECOUP_ADAPTERS_COURT_SOURCE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace recoup::court {

inline constexpr std::size_t kSourceBytesMax = 4u << 20;

// The code points of the document, without byte order mark; offsets of evidence count these.
absl::StatusOr<std::u32string> DecodeText(std::string_view bytes);

std::string EncodeUtf8(std::u32string_view text);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCE_H_
