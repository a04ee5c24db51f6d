// What the invoice tests share: one reader for all of them.
#ifndef RECOUP_TESTS_HOSPITAL_INVOICE_READING_H_
#define RECOUP_TESTS_HOSPITAL_INVOICE_READING_H_

#include <string_view>
#include <vector>

#include "adapters/hospital/invoice/read_invoice.h"

namespace recoup::hospital::invoice {

std::vector<InvoicePart> InvoicesForTest(std::string_view bytes);
// The only invoice of the file; anything else fails the test and gives an empty one.
Invoice InvoiceForTest(std::string_view bytes);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_TESTS_HOSPITAL_INVOICE_READING_H_
