// The etag of a record: what a person read before they changed it.
#ifndef RECOUP_HUB_APP_ETAG_H_
#define RECOUP_HUB_APP_ETAG_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::app {

// ETAG_MISMATCH when the record has changed since; an empty etag is not checked.
inline absl::Status CheckEtag(const std::string& etag, std::int64_t version) {
  if (etag.empty() || etag == absl::StrCat("v", version)) return absl::OkStatus();
  return MakeError(Reason::kEtagMismatch,
                   "somebody changed this since it was read; read it again and decide anew");
}

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_ETAG_H_
