#include "hub/base/read_file.h"

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const auto cannot = [&](const std::string& why) {
    return MakeError(Reason::kInvalidArgument, absl::StrCat("cannot read ", path, ": ", why));
  };
  // Opening a folder succeeds; reading it throws where a stream's buffer is read directly.
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return cannot("it is a folder");
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return cannot(errno != 0 ? std::generic_category().message(errno) : "it cannot be opened");
  std::string bytes;
  std::array<char, 1 << 16> buffer;
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0)
    bytes.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return cannot("reading failed");
  return bytes;
}

}  // namespace recoup
