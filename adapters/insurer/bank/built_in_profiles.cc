#include "adapters/insurer/bank/built_in_profiles.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

// One raw string per file of the folder, made by CMake.
constexpr std::array kTexts = {
#include "built_in_profiles.inc"
};

}  // namespace

absl::StatusOr<std::vector<CsvProfile>> BuiltInProfiles() {
  std::vector<CsvProfile> profiles;
  for (const std::string_view text : kTexts) {
    RECOUP_ASSIGN_OR_RETURN(CsvProfile profile, ParseCsvProfile(text, "(built in)"));
    profile.built_in = true;
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

absl::StatusOr<std::vector<CsvProfile>> ProfilesWith(const std::string& folder) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<CsvProfile> profiles, BuiltInProfiles());
  if (folder.empty()) return profiles;
  RECOUP_ASSIGN_OR_RETURN(std::vector<CsvProfile> own, LoadCsvProfiles(folder));
  for (const CsvProfile& profile : own) {
    std::erase_if(profiles, [&](const CsvProfile& other) { return other.name == profile.name; });
  }
  std::move(own.begin(), own.end(), std::back_inserter(profiles));
  return profiles;
}

}  // namespace recoup::insurer::bank
