#include "hub/domain/records/keys_of.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "hub/base/status.h"
#include "hub/domain/records/codec.h"

namespace recoup::domain {
namespace {

template <typename Entry>
void Normalise(std::vector<Entry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.kind, a.key) < std::tie(b.kind, b.key);
  });
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
}

template <typename R>
absl::Status AddKeys(std::string_view plain, IndexEntries& out) {
  R record;
  RECOUP_RETURN_IF_ERROR(Decode(plain, record));
  record.Index(out);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<IndexEntries> KeysOf(RecordKind kind, std::string_view plain) {
  IndexEntries entries;
  absl::Status added = absl::DataLossError("a record of no known kind");
#define RECOUP_ADD_KEYS(R) \
  if (kind == R::kKind) added = AddKeys<R>(plain, entries);
  RECOUP_STORED_RECORDS(RECOUP_ADD_KEYS)
#undef RECOUP_ADD_KEYS
  RECOUP_RETURN_IF_ERROR(added);
  Normalise(entries.unique);
  Normalise(entries.lookup);
  return entries;
}

}  // namespace recoup::domain
