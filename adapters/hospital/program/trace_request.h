// What a clerk asks of a trace: the options, the lead file, and the request they make together.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TRACE_REQUEST_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TRACE_REQUEST_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/program/lead_file.h"
#include "adapters/hospital/program/trace_bills.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::hospital {

struct TraceOptions {
  std::string lead;  // A file, or "-".
  std::string name;
  std::string id_number;
  std::string injured_on;
  std::string until_on;
  std::string judged;
  std::string basis;
  std::string share;
  std::string liable;
  bool paid = false;
  std::vector<std::string> bills;
  std::vector<std::string> exclusions;
  BillOptions invoices;
  std::vector<std::string> assignments;  // "scan.png=S1" or "0012345678=S1"
  std::vector<std::string> same_bill;    // Settlements.
  std::vector<std::string> other_bill;
  std::string plate;
  std::string limit_left;
  bool attach = false;
  std::set<std::string> from_lead;  // Options that the lead file filled, such as "--judged".
};

// What the options leave open, from the lead.
void FillFrom(const LeadFile& lead, TraceOptions& options);

// Where a person wrote what the option holds: its name, or the lead file and the field in it.
std::string OptionPlace(std::string_view option, const TraceOptions& options);

// Each assignment to the bills it means: by their source, its file name, or their number. Faults:
// of assignments that mean none, or several.
absl::Status Assign(const std::vector<std::string>& assignments, v1::TraceInjuryRequest& request);

// All faults of the options, by their places. Bills read from files are added by the caller.
absl::StatusOr<v1::TraceInjuryRequest> TraceRequestFrom(const TraceOptions& options);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TRACE_REQUEST_H_
