#include "adapters/hospital/program/message_file.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/backoff.h"
#include "adapters/common/error_text.h"
#include "adapters/hospital/reader.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

namespace fs = std::filesystem;

std::string ReadUpToLimit(std::istream& in) {
  std::string bytes(kDocumentBytesMax + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

bool StillBeingWritten(const std::string& name) {
  return name.starts_with('.') || name.ends_with(".tmp") || name.ends_with(".part");
}

absl::Status FileError(const fs::path& path, const std::error_code& error) {
  return MakeError(Reason::kStoreUnavailable, absl::StrCat(path.string(), ": ", error.message()));
}

absl::StatusOr<std::vector<std::string>> FilesOf(const fs::path& folder) {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code ignored;  // A file that vanished meanwhile is no file.
    if (it->is_regular_file(ignored) && !StillBeingWritten(name)) names.push_back(name);
  }
  if (error) return FileError(folder, error);
  std::sort(names.begin(), names.end());
  return names;
}

// Never over an earlier file of the same name: that one may be evidence.
fs::path FreePath(const fs::path& folder, const std::string& name) {
  fs::path path = folder / name;
  for (int number = 2; fs::exists(path); ++number) {
    path = folder / absl::StrCat(name, ".", number);
  }
  return path;
}

absl::StatusOr<fs::path> MoveTo(const fs::path& folder, const std::string& to,
                                const std::string& name) {
  std::error_code error;
  fs::create_directories(folder / to, error);
  if (error) return FileError(folder / to, error);
  const fs::path target = FreePath(folder / to, name);
  fs::rename(folder / name, target, error);
  if (error) return FileError(target, error);
  return target;
}

absl::Status WriteFaults(const fs::path& refused, const absl::Status& fault) {
  const fs::path path = refused.string() + ".error.txt";
  std::ofstream out(path, std::ios::binary);
  out << adapters::ErrorForPeople(fault, adapters::Colour::kOff);
  out.close();
  if (!out)
    return MakeError(Reason::kStoreUnavailable, absl::StrCat(path.string(), ": not written"));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ReadMessageFile(const std::string& name) {
  if (name == "-") return ReadUpToLimit(std::cin);
  std::ifstream in(name, std::ios::binary);
  std::string bytes;
  if (in) bytes = ReadUpToLimit(in);
  if (!in.is_open() || in.bad()) {
    Faults faults;
    faults.Add(name, "文件无法读取");
    return faults.ToStatus();
  }
  return bytes;
}

absl::StatusOr<WatchPass> TakeFolder(const fs::path& folder, Intake& intake,
                                     const OnFile& on_file) {
  WatchPass pass;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> names, FilesOf(folder));
  for (const std::string& name : names) {
    const absl::StatusOr<std::string> bytes = ReadMessageFile((folder / name).string());
    const absl::StatusOr<Taken> taken =
        bytes.ok() ? intake.Take(*bytes) : absl::StatusOr<Taken>(bytes.status());
    if (!taken.ok() && (adapters::IsTransient(taken.status()) ||
                        taken.status().code() == absl::StatusCode::kInternal)) {
      return taken.status();
    }
    RECOUP_ASSIGN_OR_RETURN(const fs::path moved,
                            MoveTo(folder, taken.ok() ? "done" : "refused", name));
    if (!taken.ok()) RECOUP_RETURN_IF_ERROR(WriteFaults(moved, taken.status()));
    ++(taken.ok() ? pass.taken : pass.refused);
    on_file(name, taken);
  }
  return pass;
}

}  // namespace recoup::hospital
