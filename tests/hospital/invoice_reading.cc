#include "tests/hospital/invoice_reading.h"

#include "gtest/gtest.h"
#include "hub/base/check.h"

namespace recoup::hospital::invoice {

std::vector<InvoicePart> InvoicesForTest(std::string_view bytes) {
  static const auto reader = InvoiceReader::Create();
  RECOUP_CHECK(reader.ok());
  return (*reader)->Read(bytes);
}

Invoice InvoiceForTest(std::string_view bytes) {
  std::vector<InvoicePart> parts = InvoicesForTest(bytes);
  EXPECT_EQ(parts.size(), 1u);
  if (parts.size() != 1 || !parts.front().invoice.ok()) {
    ADD_FAILURE() << parts.front().invoice.status();
    return {};
  }
  return *std::move(parts.front().invoice);
}

}  // namespace recoup::hospital::invoice
