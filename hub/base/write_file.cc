#include "hub/base/write_file.h"

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup {
namespace {

namespace fs = std::filesystem;

std::string WhyNot(const std::string& path, const std::error_code& said) {
  std::error_code ignored;
  if (path.empty()) return "it has no name";
  if (fs::is_directory(path, ignored)) return "it is a folder";
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty() && !fs::is_directory(folder, ignored)) return "its folder does not exist";
  return said ? said.message() : "writing failed";
}

}  // namespace

absl::Status CannotWrite(const std::string& path, const std::error_code& said) {
  return MakeError(Reason::kInvalidArgument,
                   absl::StrCat("cannot write ", path, ": ", WhyNot(path, said)));
}

std::error_code LastError() { return {errno, std::generic_category()}; }

absl::Status WriteFile(const std::string& path, std::string_view bytes) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (out) return absl::OkStatus();
  return CannotWrite(path, LastError());
}

}  // namespace recoup
