// A zip file in memory, read only: also docx and OFD, which are zip files.
//
// Nothing is written to disk and no name becomes a path, so names such as "../x" are harmless. A
// file that claims to be small and unpacks to gigabytes stops at the limits, which count what is
// really unpacked. Refused with reasons: no zip, damaged or truncated, encrypted, beyond the
// limits. Nothing is thrown. Not thread-safe.
#ifndef RECOUP_ADAPTERS_COMMON_ARCHIVE_ARCHIVE_H_
#define RECOUP_ADAPTERS_COMMON_ARCHIVE_ARCHIVE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

struct zip;

namespace recoup::adapters {

struct ArchiveLimits {
  std::size_t entries_max = 100'000;
  std::uint64_t entry_bytes_max = 128u << 20;
  // Of all entries read together; reading one twice counts twice.
  std::uint64_t total_bytes_max = 2048ull << 20;
};

struct ArchiveEntry {
  std::uint64_t index = 0;  // In the archive.
  std::string name;         // UTF-8; names without a mark that are no UTF-8 are taken for GB18030.
  std::uint64_t size = 0;   // As the archive states it.
  bool encrypted = false;
};

// By its first bytes: PK\3\4, or an empty archive.
bool LooksLikeZip(std::string_view bytes);

class Archive {
 public:
  // `bytes` must outlive the archive.
  static absl::StatusOr<Archive> Open(std::string_view bytes, ArchiveLimits limits = {});
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  // Files only, in the archive's order; folders are not listed.
  const std::vector<ArchiveEntry>& entries() const { return entries_; }
  // By its exact name.
  std::optional<ArchiveEntry> Find(std::string_view name) const;
  absl::StatusOr<std::string> Read(const ArchiveEntry& entry);

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  Archive(std::unique_ptr<zip, Close> archive, ArchiveLimits limits);
  absl::Status List();

  std::unique_ptr<zip, Close> archive_;
  ArchiveLimits limits_;
  std::vector<ArchiveEntry> entries_;
  std::uint64_t unpacked_ = 0;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_ARCHIVE_ARCHIVE_H_
