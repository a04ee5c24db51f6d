#include "adapters/court/program/document_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "adapters/common/cli.h"
#include "adapters/court/extract.h"
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

absl::StatusOr<JudgmentElements> ReadElements(const std::string& bytes, const RuleBook& rules) {
  absl::StatusOr<JudgmentElements> elements = ReadPlainText(bytes, rules);
  if (!elements.ok()) return adapters::AsUsageError(elements.status());
  return elements;
}

absl::StatusOr<std::vector<std::string>> ListDocuments(const std::string& directory) {
  std::error_code error;
  fs::directory_iterator entries(directory, error);
  if (error) return Unreadable(directory, error.message());
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : entries) {
    if (entry.is_regular_file(error) && entry.path().extension() == ".txt") {
      files.push_back(entry.path().string());
    }
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace recoup::court
