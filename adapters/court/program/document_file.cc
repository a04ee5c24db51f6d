#include "adapters/court/program/document_file.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "adapters/common/cli.h"
#include "hub/base/error.h"

namespace recoup::court {
namespace {

namespace fs = std::filesystem;

absl::Status Unreadable(const std::string& path, const std::string& why) {
  return adapters::AsUsageError(MakeError(Reason::kInvalidArgument, absl::StrCat(path, ": ", why)));
}

}  // namespace

absl::StatusOr<std::string> ReadFileBytes(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    return Unreadable(path, error ? error.message() : "no regular file");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return Unreadable(path, "cannot be opened");
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return Unreadable(path, "cannot be read");
  return bytes;
}

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
