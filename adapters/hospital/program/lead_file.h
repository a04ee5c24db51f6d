// A lead (追偿线索) as a file: whom it is about, when they were hurt, what was judged.
//
// JSON, by English or Chinese names: a lead as the fund's program prints it (recoupctl lead show
// --format json), or a short form written by a court's grading system or by hand. What the file
// leaves out the command line must give; what both give, the command line decides.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_LEAD_FILE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_LEAD_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace recoup::hospital {

// Texts as they would stand on the command line; empty: not given.
struct LeadFile {
  std::string name;
  std::string id_number;
  std::string injured_on;
  std::string until_on;
  std::string judged_yuan;
  std::string basis;  // "gross", "net", "fund-awarded", "none".
  std::string share_percent;
  std::string liable;
  bool paid = false;
  std::vector<std::string> invoice_numbers;
};

// Faults name every member that is not of its kind.
absl::StatusOr<LeadFile> LeadFromJson(std::string_view bytes);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_LEAD_FILE_H_
