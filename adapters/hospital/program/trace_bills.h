// The invoice files of a lead: found, read, corrected by the clerk, and made into presented bills.
//
// A file that cannot be read is told and harms no other. What the clerk corrects or confirms is
// named by the bill's source as the program prints it: "scan.png", or "bills.pdf#2" for the second
// bill of a file.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TRACE_BILLS_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TRACE_BILLS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/cli.h"
#include "recoup/v1/trace.pb.h"

namespace recoup::hospital {

struct BillOptions {
  std::vector<std::string> paths;          // Files, and folders with all that is below them.
  std::vector<std::string> corrections;    // "scan.png:fund_paid=600.00"
  std::vector<std::string> confirmations;  // "scan.png"
};

struct UnreadBill {
  std::string source;
  absl::Status why;
};

struct BillsRead {
  std::vector<v1::PresentedBill> bills;
  std::vector<UnreadBill> unread;
};

// The files named, folders in the order of names. Faults name every path that does not exist.
absl::StatusOr<std::vector<std::string>> InvoiceFiles(const std::vector<std::string>& paths);

// Reads with progress on stderr. Faults: corrections and confirmations that name no bill read, no
// field, or no value of the field's type.
absl::StatusOr<BillsRead> ReadBills(const BillOptions& options, adapters::CommandContext& context);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TRACE_BILLS_H_
