#include "adapters/common/archive/archive.h"

#include <unicode/ucnv.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::adapters {
namespace {

absl::Status Damaged() {
  return MakeError(Reason::kInvalidArgument, "the zip file is damaged or truncated");
}

bool IsUtf8(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("utf-8", &error);
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::vector<char16_t> units(text.size() + 1);
  ucnv_toUChars(converter, units.data(), static_cast<std::int32_t>(units.size()), text.data(),
                static_cast<std::int32_t>(text.size()), &error);
  ucnv_close(converter);
  return U_SUCCESS(error) != 0;
}

// Windows in Chinese stores names in its code page and sets no mark; the standard would read them
// as IBM's code page 437 (APPNOTE.TXT, appendix D).
std::string NameInUtf8(std::string_view raw) {
  if (IsUtf8(raw)) return std::string(raw);
  std::string out(raw.size() * 4 + 1, '\0');
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t length =
      ucnv_convert("utf-8", "gb18030", out.data(), static_cast<std::int32_t>(out.size()),
                   raw.data(), static_cast<std::int32_t>(raw.size()), &error);
  out.resize(U_SUCCESS(error) ? static_cast<std::size_t>(length) : 0);
  return out;
}

}  // namespace

bool LooksLikeZip(std::string_view bytes) {
  const std::string_view magic = bytes.substr(0, 4);
  return magic == "PK\x03\x04" || magic == "PK\x05\x06";
}

void Archive::Close::operator()(zip* archive) const { zip_discard(archive); }

Archive::Archive(std::unique_ptr<zip, Close> archive, ArchiveLimits limits)
    : archive_(std::move(archive)), limits_(limits) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

absl::StatusOr<Archive> Archive::Open(std::string_view bytes, ArchiveLimits limits) {
  if (!LooksLikeZip(bytes)) {
    return MakeError(Reason::kInvalidArgument, "the file is no zip file");
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return MakeError(Reason::kInternal, "no memory for the zip file");
  std::unique_ptr<zip, Close> archive(zip_open_from_source(source, ZIP_RDONLY, &error));
  zip_error_fini(&error);
  if (archive == nullptr) {
    zip_source_free(source);
    return Damaged();
  }
  Archive out(std::move(archive), limits);
  RECOUP_RETURN_IF_ERROR(out.List());
  return out;
}

absl::Status Archive::List() {
  const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
  if (count < 0) return Damaged();
  if (static_cast<std::size_t>(count) > limits_.entries_max) {
    return MakeError(Reason::kTooLarge,
                     absl::StrCat("the zip file has more than ", limits_.entries_max, " entries"));
  }
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    const auto index = static_cast<zip_uint64_t>(i);
    if (zip_stat_index(archive_.get(), index, ZIP_FL_ENC_RAW, &stat) != 0 ||
        (stat.valid & ZIP_STAT_NAME) == 0) {
      return Damaged();
    }
    const std::string_view raw = stat.name;
    if (raw.empty() || raw.back() == '/') continue;
    const bool encrypted =
        (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
    entries_.push_back({index, NameInUtf8(raw), stat.size, encrypted});
  }
  return absl::OkStatus();
}

std::optional<ArchiveEntry> Archive::Find(std::string_view name) const {
  const auto found = std::ranges::find(entries_, name, &ArchiveEntry::name);
  if (found == entries_.end()) return std::nullopt;
  return *found;
}

absl::StatusOr<std::string> Archive::Read(const ArchiveEntry& entry) {
  if (entry.encrypted) {
    return MakeError(Reason::kInvalidArgument, "the zip file is protected by a password");
  }
  const auto close = [](zip_file_t* file) { zip_fclose(file); };
  const std::unique_ptr<zip_file_t, decltype(close)> file(
      zip_fopen_index(archive_.get(), entry.index, 0), close);
  if (file == nullptr) return Damaged();
  std::string out;
  std::array<char, 1 << 16> chunk;
  for (;;) {
    const zip_int64_t size = zip_fread(file.get(), chunk.data(), chunk.size());
    if (size < 0) return Damaged();  // Also a wrong checksum.
    if (size == 0) return out;
    out.append(chunk.data(), static_cast<std::size_t>(size));
    unpacked_ += static_cast<std::uint64_t>(size);
    if (out.size() > limits_.entry_bytes_max || unpacked_ > limits_.total_bytes_max) {
      return MakeError(Reason::kTooLarge, "the zip file unpacks to more than is allowed");
    }
  }
}

}  // namespace recoup::adapters
