#include "adapters/court/sources/source_queue.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::court {
namespace {

namespace fs = std::filesystem;
using adapters::Archive;
using adapters::ArchiveEntry;

constexpr std::size_t kNestedZipsMax = 3;
constexpr std::size_t kFileBytesMax = 256u << 20;

absl::Status CannotRead(const std::string& why) {
  return MakeError(Reason::kInvalidArgument, absl::StrCat("the file cannot be read: ", why));
}

absl::StatusOr<std::string> ReadStream(std::istream& in) {
  std::string bytes;
  std::string chunk(1 << 16, '\0');
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
    bytes.append(chunk.data(), static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > kFileBytesMax) {
      return MakeError(Reason::kTooLarge, "the file is larger than 256 MiB");
    }
  }
  if (in.bad()) return CannotRead("the device failed");
  return bytes;
}

bool IsPassedOver(std::string_view name) { return name.starts_with(".") || name.starts_with("~$"); }

std::string FileName(std::string_view path) {
  return std::string(path.substr(path.find_last_of("/\\") + 1));
}

// Documents that are zip files themselves.
bool IsDocument(const Archive& archive) {
  return archive.Find("word/document.xml").has_value() || archive.Find("OFD.xml").has_value() ||
         archive.Find("[Content_Types].xml").has_value();
}

}  // namespace

struct SourceQueue::OpenZip {
  std::string name;
  std::string bytes;  // The archive reads from here.
  std::optional<Archive> archive;
  std::vector<ArchiveEntry> entries;
  std::size_t next = 0;
};

SourceQueue::SourceQueue(const std::vector<std::string>& paths, std::istream& standard_input)
    : standard_input_(standard_input) {
  for (const std::string& path : paths) AddPath(path);
  known_ = static_cast<std::int64_t>(paths_.size());
}

SourceQueue::~SourceQueue() = default;

void SourceQueue::AddPath(const std::string& path) {
  std::error_code error;
  if (path != "-" && fs::is_directory(path, error)) {
    AddFolder(path);
  } else {
    paths_.push_back(path);
  }
}

void SourceQueue::AddFolder(const std::string& path) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  fs::directory_iterator at(path, error);
  for (; !error && at != fs::directory_iterator(); at.increment(error)) {
    if (!IsPassedOver(at->path().filename().string())) entries.push_back(*at);
  }
  if (error) paths_.push_back(path);  // Loading it says why it cannot be read.
  std::ranges::sort(entries);
  for (const fs::directory_entry& entry : entries) {
    std::error_code ignored;
    // A link to a folder could lead around in circles.
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
      AddFolder(entry.path().string());
    } else if (entry.is_regular_file(ignored)) {
      paths_.push_back(entry.path().string());
    }
  }
}

SourceFile SourceQueue::Load(const std::string& path) {
  if (path == "-") return {path, ReadStream(standard_input_)};
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    return {path, CannotRead(error ? error.message() : "no regular file")};
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return {path, CannotRead("it cannot be opened")};
  return {path, ReadStream(in)};
}

bool SourceQueue::OpenAsZip(SourceFile& file) {
  if (!file.bytes.ok() || !adapters::LooksLikeZip(*file.bytes)) return false;
  if (zips_.size() >= kNestedZipsMax) return false;
  auto zip = std::make_unique<OpenZip>();
  zip->bytes = *std::move(file.bytes);
  absl::StatusOr<Archive> archive = Archive::Open(zip->bytes);
  if (!archive.ok()) {
    file.bytes = archive.status();
    return false;
  }
  if (IsDocument(*archive)) {
    file.bytes = std::move(zip->bytes);
    return false;
  }
  zip->name = file.name;
  for (const ArchiveEntry& entry : archive->entries()) {
    // What macOS adds to zip files lies in a folder of its own.
    if (IsPassedOver(FileName(entry.name)) || entry.name.starts_with("__MACOSX/")) continue;
    zip->entries.push_back(entry);
  }
  if (zip->entries.empty()) {
    file.bytes = MakeError(Reason::kInvalidArgument, "the zip file is empty");
    return false;
  }
  zip->archive = *std::move(archive);
  known_ += static_cast<std::int64_t>(zip->entries.size()) - 1;  // The zip file is none itself.
  zips_.push_back(std::move(zip));
  return true;
}

std::optional<SourceFile> SourceQueue::Next() {
  for (;;) {
    SourceFile file;
    if (!zips_.empty()) {
      OpenZip& zip = *zips_.back();
      if (zip.next == zip.entries.size()) {
        zips_.pop_back();
        continue;
      }
      const ArchiveEntry& entry = zip.entries[zip.next++];
      file = {absl::StrCat(zip.name, "!", entry.name), zip.archive->Read(entry)};
    } else if (!paths_.empty()) {
      file = Load(paths_.front());
      paths_.pop_front();
    } else {
      return std::nullopt;
    }
    if (!OpenAsZip(file)) return file;
  }
}

}  // namespace recoup::court
