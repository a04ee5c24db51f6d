// What a bill answers, for people (Chinese) and for programs (JSON).
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_INVOICE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_INVOICE_H_

#include <string>

#include "adapters/hospital/invoice/invoice.h"
#include "adapters/hospital/program/describe.h"

namespace recoup::hospital {

// Every answer with value, confidence and place (path, or page and box in points), then checks and
// notes. Numbers of identity cards are masked.
Json InvoiceAsJson(const invoice::FieldTable& table, const invoice::Invoice& invoice);
std::string InvoiceForPeople(const invoice::FieldTable& table, const invoice::Invoice& invoice);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_INVOICE_H_
