// Message files, of one message or a batch of them; and the folder that a hospital's system drops
// them into.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MESSAGE_FILE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MESSAGE_FILE_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/program/intake.h"

namespace recoup::hospital {

// Of a whole file; each message in it is bounded by kDocumentBytesMax.
inline constexpr std::size_t kMessageFileBytesMax = 64 * 1024 * 1024;

// "-" is standard input. TOO_LARGE beyond kMessageFileBytesMax.
absl::StatusOr<std::string> ReadMessageFile(const std::string& name);

// Folders replaced by the files in and below them, in the order of their names; names that begin
// with '.' are left alone. Faults name folders that cannot be listed.
absl::StatusOr<std::vector<std::string>> WithoutFolders(const std::vector<std::string>& paths);

struct NamedArrival {
  // "batch.hl7#2" for the second of several messages, "bulk.ndjson, line 7" for a FHIR resource in
  // its line, the file's name for the only message.
  std::string name;
  Arrival arrival;
};

// The messages of a file, read: several where it is an HL7 batch, a FHIR bundle of several visits,
// or one FHIR resource on each line.
std::vector<NamedArrival> ArrivalsIn(const std::string& file, std::string_view bytes,
                                     const ReadingRules& rules);

// One of several files that are taken together.
struct NamedBytes {
  std::string name;
  std::string bytes;
};
// FHIR files with one resource on each line, read together: those of one bulk export refer to one
// another. A file of one line is one by its name only.
bool IsBulkFile(const std::string& name, std::string_view bytes);
std::vector<NamedArrival> ArrivalsInBulk(const std::vector<NamedBytes>& files,
                                         const ReadingRules& rules);

// How a message is taken: Intake::Take, or through the reception.
using TakeMessage = std::function<absl::StatusOr<Taken>(const Arrival& arrival)>;

struct WatchPass {
  std::int64_t taken = 0;
  std::int64_t refused = 0;
};

using OnFile = std::function<void(const std::string& name, const absl::StatusOr<Taken>& taken)>;

// Takes every file of the folder, by name: to done/ when all its messages were taken, to refused/
// with the faults in NAME.error.txt beside it when one of them is no good; the others are taken all
// the same, and may come again with the mended file. Names that begin with '.' or end in .tmp
// or .part are still being written and are left alone. An error of the disk or the spool ends the
// pass and leaves the file where it is.
absl::StatusOr<WatchPass> TakeFolder(const std::filesystem::path& folder, const ReadingRules& rules,
                                     const TakeMessage& take, const OnFile& on_file);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MESSAGE_FILE_H_
