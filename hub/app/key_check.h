// Holds the keys by which records are found against the records themselves.
//
// A unique key that is gone would let a settlement or a payment in twice, a lookup key that is gone
// would hide open work; no law of the books notices either. So the keys are derived anew from every
// record and each must lead to it, and there must be no more of them than were derived. One record
// at a time; what is kept is a count for each partition and kind of record.
#ifndef RECOUP_HUB_APP_KEY_CHECK_H_
#define RECOUP_HUB_APP_KEY_CHECK_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/app/ports.h"

namespace recoup::app {

struct KeyFinding {
  std::string partition;
  std::string subject;  // The first record concerned, or the partition itself.
  std::string text;     // In Chinese, for people.
  bool operator==(const KeyFinding&) const = default;
};

class KeyCheck {
 public:
  explicit KeyCheck(ReadView& view) : view_(view) {}

  // One record as it was when opened. DATA_LOSS when it does not decode; such a record is not
  // counted.
  absl::Status Add(const RecordKey& record, std::string_view plain);
  // Findings about these partitions, of which all records were added.
  absl::StatusOr<std::vector<KeyFinding>> Finish(const std::vector<std::string>& partitions);

 private:
  struct Missing {
    std::int64_t unique = 0;
    std::int64_t lookup = 0;
    Id first;
  };
  ReadView& view_;
  std::map<std::string, KeyCount> good_;  // By partition: keys that lead to their record.
  std::map<std::pair<std::string, domain::RecordKind>, Missing> missing_;
};

// All records of these partitions, opened with the seal. A record that does not open is a finding.
absl::StatusOr<std::vector<KeyFinding>> CheckKeys(ReadView& view, RecordSeal& seal,
                                                  const std::vector<std::string>& partitions);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_KEY_CHECK_H_
