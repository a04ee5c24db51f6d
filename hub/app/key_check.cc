#include "hub/app/key_check.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/app/record_reader.h"
#include "hub/base/status.h"
#include "hub/domain/records/keys_of.h"

namespace recoup::app {
namespace {

constexpr std::size_t kRecordsPerPage = 1000;

std::string RecordName(domain::RecordKind kind, Id id) {
  return absl::StrCat(std::string(ToString(kind)), "/", id.ToBase32());
}

}  // namespace

absl::Status KeyCheck::Add(const RecordKey& record, std::string_view plain) {
  RECOUP_ASSIGN_OR_RETURN(const domain::IndexEntries keys, domain::KeysOf(record.kind, plain));
  KeyCount& good = good_[record.partition];
  const auto missing = [&]() -> Missing& {
    return missing_.try_emplace({record.partition, record.kind}, Missing{.first = record.id})
        .first->second;
  };
  for (const domain::UniqueEntry& key : keys.unique) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<RecordKey> found,
                            view_.FindUnique(key.kind, key.key));
    ++(found == record ? good.unique : missing().unique);
  }
  for (const domain::LookupEntry& key : keys.lookup) {
    RECOUP_ASSIGN_OR_RETURN(const bool found, view_.HasLookup(key.kind, key.key, record));
    ++(found ? good.lookup : missing().lookup);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<KeyFinding>> KeyCheck::Finish(
    const std::vector<std::string>& partitions) {
  std::vector<KeyFinding> findings;
  for (const auto& [of, gone] : missing_) {
    const std::string subject = RecordName(of.second, gone.first);
    if (gone.unique > 0) {
      findings.push_back({of.first, subject,
                          absl::StrCat("缺少唯一键或指向其他记录，共 ", gone.unique,
                                       " 个（首条见对象）：同一事项可能被重复受理")});
    }
    if (gone.lookup > 0) {
      findings.push_back({of.first, subject,
                          absl::StrCat("缺少检索键，共 ", gone.lookup,
                                       " 个（首条见对象）：清单中可能缺少此类记录")});
    }
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<KeyCount> stored, view_.CountKeys());
  for (const KeyCount& all : stored) {
    // Keys of a partition that does not exist belong to nobody whose records were added.
    const bool asked = all.partition.empty() || std::find(partitions.begin(), partitions.end(),
                                                          all.partition) != partitions.end();
    if (!asked) continue;
    const KeyCount& good = good_[all.partition];
    for (const auto& [more, what] : {std::pair(all.unique - good.unique, "唯一键"),
                                     std::pair(all.lookup - good.lookup, "检索键")}) {
      if (more > 0) {
        findings.push_back(
            {all.partition, "keys",
             absl::StrCat("多出或被改动的", what, "，共 ", more, " 个：没有记录列出它们")});
      }
    }
  }
  return findings;
}

absl::StatusOr<std::vector<KeyFinding>> CheckKeys(ReadView& view, RecordSeal& seal,
                                                  const std::vector<std::string>& partitions) {
  KeyCheck check(view);
  std::vector<KeyFinding> unreadable;
  for (const std::string& partition : partitions) {
    for (const domain::RecordKind kind : domain::AllOf<domain::RecordKind>()) {
      Id after;
      for (;;) {
        RECOUP_ASSIGN_OR_RETURN(const std::vector<StoredRecord> page,
                                view.Scan(partition, kind, after, kRecordsPerPage));
        for (const StoredRecord& row : page) {
          const absl::StatusOr<std::string> plain =
              seal.Open(partition, PlaceOf(kind, row.id), row.body);
          const absl::Status added =
              plain.ok() ? check.Add({partition, kind, row.id}, *plain) : plain.status();
          if (absl::IsUnavailable(added)) return added;
          if (!added.ok()) {
            unreadable.push_back({partition, RecordName(kind, row.id), "密封的记录无法打开"});
          }
        }
        if (page.size() < kRecordsPerPage) break;
        after = page.back().id;
      }
    }
  }
  RECOUP_ASSIGN_OR_RETURN(std::vector<KeyFinding> findings, check.Finish(partitions));
  findings.insert(findings.end(), unreadable.begin(), unreadable.end());
  return findings;
}

}  // namespace recoup::app
