// Typed reads over a ReadView: opens the seal and decodes. The one place where stored bytes become
// records.
#ifndef RECOUP_HUB_APP_RECORD_READER_H_
#define RECOUP_HUB_APP_RECORD_READER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "hub/app/ports.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/records/codec.h"

namespace recoup::app {

// A record that is stored: has a kind, an id, a version, a partition and index keys.
template <typename R>
concept StoredKind = domain::Record<R> && requires(const R& r, domain::IndexEntries& out) {
  R::kKind;
  r.id.value;
  r.version;
  { r.partition() } -> std::convertible_to<std::string>;
  r.Index(out);
};

// A stored record, or a part of one (fact_parts.h) that decodes from the same bytes.
template <typename R>
concept StoredPart = domain::Record<R> && requires(const R& r) {
  R::kKind;
  r.id.value;
};

template <StoredKind R>
RecordKey KeyOf(const R& record) {
  return {record.partition(), R::kKind, record.id.value};
}

// The place a body is bound to: a row moved elsewhere does not open.
std::string PlaceOf(domain::RecordKind kind, Id id);

absl::Status NotFound(std::string_view what);

template <StoredKind R>
absl::StatusOr<R> OpenRecord(RecordSeal& seal, const std::string& partition, Id id,
                             std::string_view body) {
  RECOUP_ASSIGN_OR_RETURN(const std::string plain,
                          seal.Open(partition, PlaceOf(R::kKind, id), body));
  R record;
  RECOUP_RETURN_IF_ERROR(domain::Decode(plain, record));
  return record;
}

// Reads for queries, on a snapshot. Not thread-safe; lives as long as its view and seal.
class RecordReader {
 public:
  RecordReader(ReadView& view, RecordSeal& seal) : view_(view), seal_(seal) {}

  template <StoredKind R>
  absl::StatusOr<std::optional<R>> Find(const std::string& partition, Id id) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<std::string> body,
                            view_.Find({partition, R::kKind, id}));
    if (!body) return std::nullopt;
    return OpenRecord<R>(seal_, partition, id, *body);
  }
  // NOT_FOUND when there is none.
  template <StoredKind R>
  absl::StatusOr<R> Get(const std::string& partition, Id id) {
    RECOUP_ASSIGN_OR_RETURN(std::optional<R> record, Find<R>(partition, id));
    if (!record) return NotFound("no such record");
    return *std::move(record);
  }
  template <StoredKind R>
  absl::StatusOr<std::vector<R>> Scan(const std::string& partition, Id after, std::size_t limit) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<StoredRecord> rows,
                            view_.Scan(partition, R::kKind, after, limit));
    std::vector<R> records;
    records.reserve(rows.size());
    for (const StoredRecord& row : rows) {
      RECOUP_ASSIGN_OR_RETURN(R record, OpenRecord<R>(seal_, partition, row.id, row.body));
      records.push_back(std::move(record));
    }
    return records;
  }
  template <StoredKind R>
  absl::StatusOr<std::optional<R>> FindBy(domain::UniqueKeyKind kind, std::string_view key) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<RecordKey> found, view_.FindUnique(kind, key));
    if (!found || found->kind != R::kKind) return std::nullopt;
    return Find<R>(found->partition, found->id);
  }
  template <StoredKind R>
  absl::StatusOr<std::vector<R>> FindAllBy(domain::LookupKind kind, std::string_view key) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> keys, view_.FindAll(kind, key));
    std::vector<R> records;
    for (const RecordKey& found : keys) {
      if (found.kind != R::kKind) continue;
      RECOUP_ASSIGN_OR_RETURN(R record, Get<R>(found.partition, found.id));
      records.push_back(std::move(record));
    }
    return records;
  }
  ReadView& view() { return view_; }
  RecordSeal& seal() { return seal_; }

 private:
  ReadView& view_;
  RecordSeal& seal_;
};

// Compiled once, in stored_records.cc.
#define RECOUP_RECORD_READS(PREFIX, R)                                                         \
  PREFIX template absl::StatusOr<R> OpenRecord(RecordSeal&, const std::string&, Id,            \
                                               std::string_view);                              \
  PREFIX template absl::StatusOr<std::optional<R>> RecordReader::Find(const std::string&, Id); \
  PREFIX template absl::StatusOr<R> RecordReader::Get(const std::string&, Id);                 \
  PREFIX template absl::StatusOr<std::vector<R>> RecordReader::Scan(const std::string&, Id,    \
                                                                    std::size_t);              \
  PREFIX template absl::StatusOr<std::vector<R>> RecordReader::FindAllBy(domain::LookupKind,   \
                                                                         std::string_view);
#define RECOUP_DECLARE(R) RECOUP_RECORD_READS(extern, domain::R)
RECOUP_STORED_RECORDS(RECOUP_DECLARE)
#undef RECOUP_DECLARE

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECORD_READER_H_
