// Visits every record of a kind in a partition, in the order of their ids, a few at a time: memory
// does not grow with their number.
#ifndef RECOUP_HUB_APP_RECORD_SCAN_H_
#define RECOUP_HUB_APP_RECORD_SCAN_H_

#include <string>
#include <vector>

#include "hub/app/record_reader.h"

namespace recoup::app {

// `visit` is absl::Status(R&), which may move from the record; the first error ends the visit. What
// a part views (fact_parts.h) lives until `visit` returns.
template <StoredPart R, typename Visit>
absl::Status ForEach(RecordReader& reader, const std::string& partition, Visit visit) {
  constexpr std::size_t kChunk = 512;
  for (Id after;;) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<StoredRecord> rows,
                            reader.view().Scan(partition, R::kKind, after, kChunk));
    for (const StoredRecord& row : rows) {
      RECOUP_ASSIGN_OR_RETURN(const std::string plain,
                              reader.seal().Open(partition, PlaceOf(R::kKind, row.id), row.body));
      R record;
      RECOUP_RETURN_IF_ERROR(domain::Decode(plain, record));
      RECOUP_RETURN_IF_ERROR(visit(record));
    }
    if (rows.size() < kChunk) return absl::OkStatus();
    after = rows.back().id;
  }
}

// The same for what a key of an index finds; of the records only one is held at a time.
template <StoredKind R, typename Visit>
absl::Status ForEachBy(RecordReader& reader, domain::LookupKind kind, std::string_view key,
                       Visit visit) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> keys, reader.view().FindAll(kind, key));
  for (const RecordKey& found : keys) {
    if (found.kind != R::kKind) continue;
    RECOUP_ASSIGN_OR_RETURN(const R row, reader.Get<R>(found.partition, found.id));
    RECOUP_RETURN_IF_ERROR(visit(row));
  }
  return absl::OkStatus();
}

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECORD_SCAN_H_
