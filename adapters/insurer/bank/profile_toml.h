// A CSV profile as the TOML that ParseCsvProfile reads back.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_PROFILE_TOML_H_
#define RECOUP_ADAPTERS_INSURER_BANK_PROFILE_TOML_H_

#include <string>

#include "adapters/insurer/bank/csv_profile.h"

namespace recoup::insurer::bank {

// Keys in the order of docs/formats/bank-csv.md; those at their default are left out.
std::string ProfileAsToml(const CsvProfile& profile);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_PROFILE_TOML_H_
