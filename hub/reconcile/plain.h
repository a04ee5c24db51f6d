// How the checker compares names and numbers: compact, without 第. Internal to hub/reconcile.
#ifndef RECOUP_HUB_RECONCILE_PLAIN_H_
#define RECOUP_HUB_RECONCILE_PLAIN_H_

#include <string>
#include <string_view>

#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {

inline std::string Plain(std::string_view text) {
  constexpr std::string_view kOrdinal = "第";
  std::string plain = Compact(text);
  for (std::size_t at = plain.find(kOrdinal); at != std::string::npos; at = plain.find(kOrdinal)) {
    plain.erase(at, kOrdinal.size());
  }
  return plain;
}

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_PLAIN_H_
