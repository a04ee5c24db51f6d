#include "adapters/hospital/program/message_file.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/fhir/fhir.h"
#include "adapters/hospital/hl7/admission.h"
#include "adapters/hospital/hl7/batch.h"
#include "adapters/hospital/national/half.h"
#include "adapters/hospital/national/messages.h"
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

// `error`: errno after the file was opened.
std::string WhyUnreadable(const std::string& name, int error) {
  std::error_code ignored;
  if (fs::is_directory(name, ignored)) return "是文件夹，不是文件";
  if (error == ENOENT) return "没有该文件";
  if (error == EACCES) return "文件无法读取：没有权限";
  return "文件无法读取";
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
    errno = 0;
    std::ifstream in(name, std::ios::binary);
    const int error = errno;
    if (in) bytes = ReadUpToLimit(in);
    if (!in.is_open() || in.bad()) {
      Faults faults;
      faults.Add(name, WhyUnreadable(name, error));
      return faults.ToStatus();
    }
  }
  if (bytes.size() > kMessageFileBytesMax) {
    return MakeError(Reason::kTooLarge,
                     absl::StrCat(name, " 超过 ", kMessageFileBytesMax, " 字节"));
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
  const bool hl7 = hl7::LooksLikeHl7(bytes);
  const std::vector<std::string_view> messages =
      hl7 ? hl7::MessagesOf(bytes) : national::MessagesOf(bytes);
  const auto pairs = hl7 ? std::nullopt : national::PairedMessages(messages);
  if (pairs) {
    for (std::size_t i = 0; i < pairs->size(); ++i) {
      arrivals.push_back(
          {pairs->size() == 1 ? file : absl::StrCat(file, "#", i + 1), Arrive((*pairs)[i], rules)});
    }
    return arrivals;
  }
  for (std::size_t i = 0; i < messages.size(); ++i) {
    arrivals.push_back(
        {messages.size() == 1 ? file : absl::StrCat(file, "#", i + 1), Arrive(messages[i], rules)});
  }
  return arrivals;
}

}  // namespace recoup::hospital
