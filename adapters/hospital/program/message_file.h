// Message files, of one message or a batch of them.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MESSAGE_FILE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MESSAGE_FILE_H_

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

// The messages of a file, read: several where it is an HL7 batch, a list of messages of the
// national interface, a FHIR bundle of several visits, or one FHIR resource on each line.
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

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MESSAGE_FILE_H_
