#include "adapters/hospital/program/message_file.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/backoff.h"
#include "adapters/common/error_text.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/fhir/fhir.h"
#include "adapters/hospital/hl7/admission.h"
#include "adapters/hospital/hl7/batch.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"

namespace recoup::hospital {
namespace {

namespace fs = std::filesystem;

// One byte more than is allowed, so that more is noticed.
std::string ReadUpToLimit(std::istream& in) {
  constexpr std::size_t kStep = 256 * 1024;
  std::string bytes;
  while (in && bytes.size() <= kMessageFileBytesMax) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kStep);
    in.read(bytes.data() + before, static_cast<std::streamsize>(kStep));
    bytes.resize(before + static_cast<std::size_t>(in.gcount()));
  }
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

absl::Status WriteFaults(const fs::path& refused, const std::string& faults) {
  const fs::path path = refused.string() + ".error.txt";
  std::ofstream out(path, std::ios::binary);
  out << faults;
  out.close();
  if (!out)
    return MakeError(Reason::kStoreUnavailable, absl::StrCat(path.string(), ": not written"));
  return absl::OkStatus();
}

struct FileTaken {
  std::vector<std::pair<std::string, absl::StatusOr<Taken>>> answers;
  std::string faults;  // For people; empty when every message was taken.
};

// An error is one of the disk or the spool, not of the file.
absl::StatusOr<FileTaken> TakeFile(const fs::path& path, const std::string& name,
                                   const ReadingRules& rules, const TakeMessage& take) {
  FileTaken file;
  const auto add = [&file](const std::string& message, absl::StatusOr<Taken> taken, bool alone) {
    if (!taken.ok()) {
      if (!alone) absl::StrAppend(&file.faults, message, "：\n");
      absl::StrAppend(&file.faults,
                      adapters::ErrorForPeople(taken.status(), adapters::Colour::kOff));
    }
    file.answers.emplace_back(message, std::move(taken));
  };
  const absl::StatusOr<std::string> bytes = ReadMessageFile(path.string());
  if (!bytes.ok()) {
    add(name, bytes.status(), true);
    return file;
  }
  const std::vector<NamedArrival> arrivals = ArrivalsIn(name, *bytes, rules);
  for (const NamedArrival& named : arrivals) {
    absl::StatusOr<Taken> taken = take(named.arrival);
    if (!taken.ok() && (adapters::IsTransient(taken.status()) ||
                        taken.status().code() == absl::StatusCode::kInternal)) {
      return taken.status();
    }
    add(named.name, std::move(taken), arrivals.size() == 1);
  }
  return file;
}

Arrival ArrivalOf(DocumentPart part, const ReadingRules& rules) {
  // The id of a FHIR message is made of its content, which is all that the digest must tell.
  const crypto::Digest digest = crypto::Sha256(part.content_id);
  std::string key(digest.begin(), digest.end());
  if (!part.document.ok()) return {std::move(key), part.document.status()};
  return {std::move(key), Examine(*std::move(part.document), rules.triage)};
}

}  // namespace

absl::StatusOr<std::string> ReadMessageFile(const std::string& name) {
  std::string bytes;
  if (name == "-") {
    bytes = ReadUpToLimit(std::cin);
  } else {
    std::ifstream in(name, std::ios::binary);
    if (in) bytes = ReadUpToLimit(in);
    if (!in.is_open() || in.bad()) {
      Faults faults;
      faults.Add(name, "文件无法读取");
      return faults.ToStatus();
    }
  }
  if (bytes.size() > kMessageFileBytesMax) {
    return MakeError(Reason::kTooLarge,
                     absl::StrCat(name, " has more than ", kMessageFileBytesMax, " bytes"));
  }
  return bytes;
}

absl::StatusOr<std::vector<std::string>> WithoutFolders(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  Faults faults;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (fs::recursive_directory_iterator it(path, error), end; !error && it != end;
         it.increment(error)) {
      std::error_code ignored;  // A file that vanished meanwhile is no file.
      if (it->is_regular_file(ignored) && !it->path().filename().string().starts_with('.')) {
        found.push_back(it->path().string());
      }
    }
    if (error) faults.Add(path, error.message());
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return files;
}

bool IsBulkFile(const std::string& name, std::string_view bytes) {
  const std::string text = Utf8FromMarkedUtf16(bytes);
  return fhir::LooksLikeBulk(text) || (name.ends_with(".ndjson") && fhir::LooksLikeFhir(text));
}

std::vector<NamedArrival> ArrivalsInBulk(const std::vector<NamedBytes>& files,
                                         const ReadingRules& rules) {
  std::vector<std::string> texts;  // Of files that are UTF-16; the others are the same.
  texts.reserve(files.size());
  std::vector<fhir::BulkFile> bulk;
  for (const NamedBytes& file : files) {
    texts.push_back(Utf8FromMarkedUtf16(file.bytes));
    bulk.push_back({fs::path(file.name).filename().string(), texts.back()});
  }
  std::vector<NamedArrival> arrivals;
  for (DocumentPart& part : fhir::ReadBulk(bulk, {rules.profile, rules.fund_types})) {
    arrivals.push_back({part.place, ArrivalOf(std::move(part), rules)});
  }
  return arrivals;
}

std::vector<NamedArrival> ArrivalsIn(const std::string& file, std::string_view raw,
                                     const ReadingRules& rules) {
  std::vector<NamedArrival> arrivals;
  const std::string bytes = Utf8FromMarkedUtf16(raw);
  if (fhir::LooksLikeFhir(bytes)) {
    std::vector<DocumentPart> parts = fhir::ReadFhirParts(bytes, {rules.profile, rules.fund_types});
    for (DocumentPart& part : parts) {
      std::string name = parts.size() == 1 ? file : absl::StrCat(file, ", ", part.place);
      arrivals.push_back({std::move(name), ArrivalOf(std::move(part), rules)});
    }
    return arrivals;
  }
  const std::vector<std::string_view> messages =
      hl7::LooksLikeHl7(bytes) ? hl7::MessagesOf(bytes) : std::vector<std::string_view>{bytes};
  for (std::size_t i = 0; i < messages.size(); ++i) {
    arrivals.push_back(
        {messages.size() == 1 ? file : absl::StrCat(file, "#", i + 1), Arrive(messages[i], rules)});
  }
  return arrivals;
}

absl::StatusOr<WatchPass> TakeFolder(const fs::path& folder, const ReadingRules& rules,
                                     const TakeMessage& take, const OnFile& on_file) {
  WatchPass pass;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> names, FilesOf(folder));
  for (const std::string& name : names) {
    RECOUP_ASSIGN_OR_RETURN(const FileTaken file, TakeFile(folder / name, name, rules, take));
    RECOUP_ASSIGN_OR_RETURN(const fs::path moved,
                            MoveTo(folder, file.faults.empty() ? "done" : "refused", name));
    if (!file.faults.empty()) RECOUP_RETURN_IF_ERROR(WriteFaults(moved, file.faults));
    ++(file.faults.empty() ? pass.taken : pass.refused);
    for (const auto& [message, taken] : file.answers) on_file(message, taken);
  }
  return pass;
}

}  // namespace recoup::hospital
