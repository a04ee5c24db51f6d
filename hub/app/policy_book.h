// The effective-dated rules of the hub: the built-in national rows, with stored rows over them.
#ifndef RECOUP_HUB_APP_POLICY_BOOK_H_
#define RECOUP_HUB_APP_POLICY_BOOK_H_

#include "hub/app/record_reader.h"
#include "hub/domain/policy_data.h"

namespace recoup::app {

// A stored row replaces the built-in one of the same key, pool and date.
absl::StatusOr<domain::PolicyData> LoadPolicyData(RecordReader& reader);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_POLICY_BOOK_H_
