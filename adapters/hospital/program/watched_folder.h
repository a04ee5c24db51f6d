// The folder that a hospital's system drops message files into.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_WATCHED_FOLDER_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_WATCHED_FOLDER_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/program/intake.h"

namespace recoup::hospital {

// How messages are taken: Intake::TakeMany, or through the reception. One answer for each, in
// order.
using TakeMessages =
    std::function<std::vector<absl::StatusOr<Taken>>(std::vector<Arrival> arrivals)>;

struct WatchPass {
  std::int64_t taken = 0;
  std::int64_t refused = 0;
};

using OnFile = std::function<void(const std::string& name, const absl::StatusOr<Taken>& taken)>;

// Takes every file of the folder, by name: to done/ when all its messages were taken, to refused/
// with the faults in NAME.error.txt beside it when one of them is no good; the others are taken all
// the same, and may come again with the mended file. Many small files share one commit, and FHIR
// bulk files come last and together, since they refer to one another. Names that begin with '.' or
// end in .tmp or .part are still being written and are left alone. An error of the disk or the
// spool ends the pass and leaves the file where it is, and those after it.
absl::StatusOr<WatchPass> TakeFolder(const std::filesystem::path& folder, const ReadingRules& rules,
                                     const TakeMessages& take, const OnFile& on_file);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_WATCHED_FOLDER_H_
