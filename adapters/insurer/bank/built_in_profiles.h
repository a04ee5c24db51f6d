// The CSV layouts that ship with the programs; their text is adapters/insurer/bank/profiles.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_BUILT_IN_PROFILES_H_
#define RECOUP_ADAPTERS_INSURER_BANK_BUILT_IN_PROFILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/insurer/bank/csv_profile.h"

namespace recoup::insurer::bank {

absl::StatusOr<std::vector<CsvProfile>> BuiltInProfiles();

// Those, and the profiles of `folder` unless it is empty; one of the folder replaces the built-in
// one of its name. Errors as those of LoadCsvProfiles.
absl::StatusOr<std::vector<CsvProfile>> ProfilesWith(const std::string& folder);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_BUILT_IN_PROFILES_H_
