// Makes a CSV profile from a sample file of a bank, so that a new bank needs a look instead of an
// evening: which row is the heading, what its columns mean, how dates and directions are written,
// what stands above the table.
//
// It decides by the words banks use (profile_words.h) and by the cells below them, and leaves to
// the file's content what the file itself says each time (charset, delimiter, order). What it makes
// is a proposal: its notes say what it did not understand.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_PROFILE_MAKER_H_
#define RECOUP_ADAPTERS_INSURER_BANK_PROFILE_MAKER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/insurer/bank/csv_profile.h"

namespace recoup::insurer::bank {

struct MadeProfile {
  CsvProfile profile;
  // Headings without a known meaning, words that are none of direction, and the like; in Chinese.
  std::vector<std::string> notes;
};

// Errors: INVALID_ARGUMENT naming what a profile cannot be without: a heading row with a date and
// amounts, dates in a known form.
absl::StatusOr<MadeProfile> MakeCsvProfile(std::string_view bytes, const std::string& name);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_PROFILE_MAKER_H_
