// An invoice as read → the bill as it is presented to the hub: its figures, how sure they are, and
// where on the paper they stand.
//
// Pure. What was not read is not given. The confidence is the least of the figures that count;
// where the bill contradicts itself it is capped, so that the hub asks instead of counting.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_BILL_EVIDENCE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_BILL_EVIDENCE_H_

#include <string>

#include "adapters/hospital/invoice/invoice.h"
#include "recoup/v1/trace.pb.h"

namespace recoup::hospital {

// `confirmed`: a person has looked at it and says that it was read rightly.
v1::PresentedBill BillOf(const invoice::FieldTable& table, const invoice::Invoice& invoice,
                         const std::string& source, bool confirmed);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_BILL_EVIDENCE_H_
