// The one document that a command is about.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_DOCUMENT_FILE_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_DOCUMENT_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "adapters/court/program/document_reader.h"
#include "adapters/court/rule_book.h"

namespace recoup::court {

// The one document of a file of any format ("-": the standard input); an error, also of a file with
// several documents, is marked as a usage error.
absl::StatusOr<DocumentRead> ReadOneDocument(const std::string& path, const RuleBook& rules);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_DOCUMENT_FILE_H_
