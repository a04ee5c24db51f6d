// Taking a list of files: what take, send and their JSON share.
//
// A few messages are reported one by one. Beyond kMessagesTold people see one line of progress (on
// stderr), then how many were taken, and every message that was not, with its file and its faults;
// programs (JSON) get a line for each message, however many.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TAKE_FILES_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TAKE_FILES_H_

#include <functional>
#include <string>
#include <vector>

#include "adapters/common/cli.h"
#include "adapters/hospital/program/intake.h"
#include "adapters/hospital/program/message_file.h"

namespace recoup::hospital {

inline constexpr std::size_t kMessagesTold = 20;

struct FilesTaken {
  std::vector<Taken> taken;
  std::int64_t refused = 0;

  adapters::ExitCode exit_code() const {
    if (refused == 0) return adapters::ExitCode::kOk;
    return taken.empty() ? adapters::ExitCode::kUsage : adapters::ExitCode::kPartlyRefused;
  }
};

// One line of JSON, or a few for people, about one file.
void ReportFile(adapters::CommandContext& context, const std::string& name,
                const absl::StatusOr<Taken>& taken);

// Reads files, and folders of them, and hands over their messages file by file; FHIR bulk files
// among several files come last and together, since they refer to one another. An error of
// `on_arrivals` ends it.
using OnUnreadable = std::function<void(const std::string& name, const absl::Status& why)>;
using OnArrivals = std::function<absl::Status(const std::vector<NamedArrival>& arrivals)>;
absl::Status ForEachFile(const std::vector<std::string>& paths, const ReadingRules& rules,
                         const OnUnreadable& on_unreadable, const OnArrivals& on_arrivals);

// A file that is no good is reported and does not harm its neighbours; an error of the disk ends
// it.
absl::StatusOr<FilesTaken> TakeFiles(adapters::CommandContext& context, Intake& intake,
                                     const std::vector<std::string>& paths);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TAKE_FILES_H_
