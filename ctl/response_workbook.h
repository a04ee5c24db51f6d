// An answer of the hub as a workbook (xlsx): a sheet for each table, with amounts, days and counts
// as numbers, and one that says what it is about.
#ifndef RECOUP_CTL_RESPONSE_WORKBOOK_H_
#define RECOUP_CTL_RESPONSE_WORKBOOK_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

namespace recoup::ctl {

// Whether an answer of this type holds a table.
bool HasTable(const google::protobuf::Descriptor& type);

// Columns are those of the screen. INVALID_ARGUMENT or UNAVAILABLE as Workbook::Write has them.
absl::Status WriteWorkbook(const google::protobuf::Message& response, const std::string& file,
                           absl::Time created);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_RESPONSE_WORKBOOK_H_
