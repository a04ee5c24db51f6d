#include "ctl/account_label.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "hub/ledger/accounts.h"

namespace recoup::ctl {

std::string AccountLabel(std::string_view account) {
  const std::size_t first = account.find(':');
  const std::size_t last = account.rfind(':');
  if (first == last) return std::string(account);
  // The domain names an account without its pool: ledger and kind.
  const std::optional<domain::Account> known = domain::EnumFromString<domain::Account>(
      absl::StrCat(std::string(account.substr(0, first)), std::string(account.substr(last))));
  if (!known.has_value()) return std::string(account);
  const std::string_view chinese = domain::ChineseName(*known);
  const std::size_t colon = chinese.find(':');
  return absl::StrCat(std::string(chinese.substr(0, colon)),
                      std::string(account.substr(first, last - first)),
                      std::string(chinese.substr(colon)));
}

}  // namespace recoup::ctl
