#include "adapters/court/program/document_file.h"

#include <iostream>
#include <optional>

#include "absl/strings/str_cat.h"
#include "adapters/common/cli.h"
#include "hub/base/error.h"

namespace recoup::court {
namespace {

absl::Status Unreadable(const std::string& path, const std::string& why) {
  return adapters::AsUsageError(MakeError(Reason::kInvalidArgument, absl::StrCat(path, ": ", why)));
}

}  // namespace

absl::StatusOr<DocumentRead> ReadOneDocument(const std::string& path, const RuleBook& rules) {
  SourceQueue queue({path}, std::cin);
  std::optional<SourceFile> file = queue.Next();
  if (!file.has_value()) return Unreadable(path, "there is no document");
  const ReadingOptions options;
  DocumentReader reader(rules, options);
  std::vector<DocumentRead> documents = reader.Read(*file);
  if (documents.size() != 1 || queue.Next().has_value()) {
    return Unreadable(path, "there are several documents; name one");
  }
  if (!documents[0].elements.ok()) return adapters::AsUsageError(documents[0].elements.status());
  return std::move(documents[0]);
}

}  // namespace recoup::court
