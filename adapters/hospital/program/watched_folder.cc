#include "adapters/hospital/program/watched_folder.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/backoff.h"
#include "adapters/common/error_text.h"
#include "adapters/hospital/program/message_file.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

namespace fs = std::filesystem;

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

absl::Status WriteFaults(const fs::path& refused, const std::string& faults) {
  const fs::path path = refused.string() + ".error.txt";
  std::ofstream out(path, std::ios::binary);
  out << faults;
  out.close();
  if (!out) return MakeError(Reason::kStoreUnavailable, absl::StrCat(path.string(), "：无法写入"));
  return absl::OkStatus();
}

// What shares one commit. Beyond it nothing gets faster, and a stop has to wait for it.
constexpr std::size_t kMessagesAtOnce = 256;
constexpr std::size_t kBytesAtOnce = 32 * 1024 * 1024;

struct FoundFile {
  std::string name;
  absl::Status unreadable;
  std::vector<std::string> messages;  // Their names, in the order of their arrivals.
  std::string faults;                 // For people; empty when every message was taken.
};

// One pass over a folder: files gather until they fill a batch.
class FolderPass {
 public:
  FolderPass(const fs::path& folder, const ReadingRules& rules, const TakeMessages& take,
             const OnFile& on_file)
      : folder_(folder), rules_(rules), take_(take), on_file_(on_file) {}

  absl::StatusOr<WatchPass> Run() {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> names, FilesOf(folder_));
    std::vector<NamedBytes> bulk;
    for (const std::string& name : names) {
      absl::StatusOr<std::string> bytes = ReadMessageFile((folder_ / name).string());
      if (!bytes.ok()) {
        files_.push_back({name, bytes.status(), {}, ""});
        continue;
      }
      if (IsBulkFile(name, *bytes)) {
        bulk.push_back({name, *std::move(bytes)});
        continue;
      }
      Add(name, ArrivalsIn(name, *bytes, rules_));
      bytes_ += bytes->size();
      if (arrivals_.size() >= kMessagesAtOnce || bytes_ >= kBytesAtOnce) {
        RECOUP_RETURN_IF_ERROR(TakeBatch());
      }
    }
    RECOUP_RETURN_IF_ERROR(TakeBatch());
    AddBulk(bulk);
    RECOUP_RETURN_IF_ERROR(TakeBatch());
    return pass_;
  }

 private:
  void Add(const std::string& name, std::vector<NamedArrival> arrivals) {
    FoundFile file{name, absl::OkStatus(), {}, ""};
    for (NamedArrival& named : arrivals) {
      file.messages.push_back(std::move(named.name));
      arrivals_.push_back(std::move(named.arrival));
    }
    files_.push_back(std::move(file));
  }

  // A resource of a bulk export is answered for in the file of its line.
  void AddBulk(const std::vector<NamedBytes>& bulk) {
    if (bulk.size() == 1) Add(bulk[0].name, ArrivalsIn(bulk[0].name, bulk[0].bytes, rules_));
    if (bulk.size() <= 1) return;
    std::vector<std::vector<NamedArrival>> by_file(bulk.size());
    for (NamedArrival& named : ArrivalsInBulk(bulk, rules_)) {
      std::size_t at = 0;
      for (std::size_t i = 0; i < bulk.size(); ++i) {
        if (named.name.starts_with(bulk[i].name + ", ")) at = i;
      }
      by_file[at].push_back(std::move(named));
    }
    for (std::size_t i = 0; i < bulk.size(); ++i) Add(bulk[i].name, std::move(by_file[i]));
  }

  absl::Status TakeBatch() {
    const std::vector<absl::StatusOr<Taken>> answers = arrivals_.empty()
                                                           ? std::vector<absl::StatusOr<Taken>>()
                                                           : take_(std::exchange(arrivals_, {}));
    bytes_ = 0;
    auto answer = answers.begin();
    for (FoundFile& file : std::exchange(files_, {})) {
      const auto first = answer;
      answer += static_cast<std::ptrdiff_t>(file.messages.size());
      RECOUP_RETURN_IF_ERROR(Finish(file, first));
    }
    return absl::OkStatus();
  }

  // An error is one of the disk or the spool, not of the file.
  absl::Status Finish(FoundFile& file, std::vector<absl::StatusOr<Taken>>::const_iterator answer) {
    if (!file.unreadable.ok()) AddFault(file, "", file.unreadable);
    for (std::size_t i = 0; i < file.messages.size(); ++i) {
      const absl::Status& status = answer[static_cast<std::ptrdiff_t>(i)].status();
      if (adapters::IsTransient(status) || status.code() == absl::StatusCode::kInternal) {
        return status;
      }
      if (!status.ok()) AddFault(file, file.messages.size() == 1 ? "" : file.messages[i], status);
    }
    RECOUP_ASSIGN_OR_RETURN(const fs::path moved,
                            MoveTo(folder_, file.faults.empty() ? "done" : "refused", file.name));
    if (!file.faults.empty()) RECOUP_RETURN_IF_ERROR(WriteFaults(moved, file.faults));
    ++(file.faults.empty() ? pass_.taken : pass_.refused);
    if (!file.unreadable.ok()) on_file_(file.name, file.unreadable);
    for (std::size_t i = 0; i < file.messages.size(); ++i) {
      on_file_(file.messages[i], answer[static_cast<std::ptrdiff_t>(i)]);
    }
    return absl::OkStatus();
  }

  static void AddFault(FoundFile& file, const std::string& message, const absl::Status& status) {
    if (!message.empty()) absl::StrAppend(&file.faults, message, "：\n");
    absl::StrAppend(&file.faults, adapters::ErrorForPeople(status, adapters::Colour::kOff));
  }

  const fs::path& folder_;
  const ReadingRules& rules_;
  const TakeMessages& take_;
  const OnFile& on_file_;
  std::vector<FoundFile> files_;   // Of the batch.
  std::vector<Arrival> arrivals_;  // Theirs, in order.
  std::size_t bytes_ = 0;
  WatchPass pass_;
};

}  // namespace

absl::StatusOr<WatchPass> TakeFolder(const fs::path& folder, const ReadingRules& rules,
                                     const TakeMessages& take, const OnFile& on_file) {
  return FolderPass(folder, rules, take, on_file).Run();
}

}  // namespace recoup::hospital
