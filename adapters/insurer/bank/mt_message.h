// SWIFT MT text as messages and fields, before any field is understood.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_MT_MESSAGE_H_
#define RECOUP_ADAPTERS_INSURER_BANK_MT_MESSAGE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace recoup::insurer::bank {

struct MtField {
  std::string tag;                 // "61"
  std::vector<std::string> lines;  // At least one; without line ends.
  std::size_t line = 0;            // 1-based, of the tag.
};

// From one :20: to the next, or to the end of the block ("-}", "-").
struct MtMessage {
  std::vector<MtField> fields;
};

// Whether the text is of the kind that SplitMt takes: blocks in braces, or lines that begin with
// field tags.
bool LooksLikeMt(std::string_view text);

// Lines end with LF, CRLF or CR. What stands between messages (block headers, a bank's own lines)
// is left out; a field there is a fault, since an entry outside a statement would be lost. A line
// that begins like a tag that neither MT940 nor MT942 has continues the field before it: banks wrap
// text without regard to its colons. Errors: INVALID_ARGUMENT.
absl::StatusOr<std::vector<MtMessage>> SplitMt(std::string_view text);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_MT_MESSAGE_H_
