// A status as bytes and back, with its payloads: how the spool keeps the error of a refused item.
#ifndef RECOUP_ADAPTERS_COMMON_STORED_STATUS_H_
#define RECOUP_ADAPTERS_COMMON_STORED_STATUS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace recoup::adapters {

std::string StatusToBytes(const absl::Status& status);
// Bytes that StatusToBytes did not write give an INTERNAL status that says so.
absl::Status StatusFromBytes(std::string_view bytes);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_STORED_STATUS_H_
