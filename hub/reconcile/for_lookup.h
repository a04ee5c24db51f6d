// Texts as tables of absl hash them: Debian's absl::string_view is not std::string_view. Internal
// to hub/reconcile.
#ifndef RECOUP_HUB_RECONCILE_FOR_LOOKUP_H_
#define RECOUP_HUB_RECONCILE_FOR_LOOKUP_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace recoup::reconcile {

inline absl::string_view ForLookup(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_FOR_LOOKUP_H_
