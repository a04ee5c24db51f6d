// Message files: one file, one message; and the folder that a hospital's system drops them into.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MESSAGE_FILE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MESSAGE_FILE_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/hospital/program/intake.h"

namespace recoup::hospital {

// "-" is standard input. More than a message may have is cut one byte after the limit, so that the
// reader refuses it as too large.
absl::StatusOr<std::string> ReadMessageFile(const std::string& name);

struct WatchPass {
  std::int64_t taken = 0;
  std::int64_t refused = 0;
};

using OnFile = std::function<void(const std::string& name, const absl::StatusOr<Taken>& taken)>;

// Takes every file of the folder, by name: to done/ when it was taken, to refused/ with all its
// faults in NAME.error.txt beside it when it is no good. Names that begin with '.' or end in .tmp
// or .part are still being written and are left alone. An error of the disk or the spool ends the
// pass and leaves the file where it is.
absl::StatusOr<WatchPass> TakeFolder(const std::filesystem::path& folder, Intake& intake,
                                     const OnFile& on_file);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MESSAGE_FILE_H_
