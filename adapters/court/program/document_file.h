// Court documents as files.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_DOCUMENT_FILE_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_DOCUMENT_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/court/elements.h"
#include "adapters/court/rule_book.h"

namespace recoup::court {

// The bytes of the file; a usage error when it cannot be read or is no regular file.
absl::StatusOr<std::string> ReadFileBytes(const std::string& path);

// The elements of a document; an error is marked as a usage error.
absl::StatusOr<JudgmentElements> ReadElements(const std::string& bytes, const RuleBook& rules);

// The .txt files of a folder, not of its subfolders, by name. A usage error when it is no folder.
absl::StatusOr<std::vector<std::string>> ListDocuments(const std::string& directory);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_DOCUMENT_FILE_H_
