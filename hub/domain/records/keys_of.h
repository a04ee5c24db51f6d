// The keys of a stored record of any kind, from its bytes: what checks the store needs, which know
// records only by their kind.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_KEYS_OF_H_
#define RECOUP_HUB_DOMAIN_RECORDS_KEYS_OF_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "hub/domain/records/kinds.h"

namespace recoup::domain {

// Each key once, in order of kind and key. DATA_LOSS when the bytes are not such a record.
absl::StatusOr<IndexEntries> KeysOf(RecordKind kind, std::string_view plain);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_KEYS_OF_H_
