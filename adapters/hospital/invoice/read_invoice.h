// Files to invoices: the data XML, JSON forms, OFD, PDF, pictures and plain text of bills.
//
// One reader per thread: the engine that recognises pictures loads at the first of them and is not
// to be shared. What a file is, is decided by its content.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_READ_INVOICE_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_READ_INVOICE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/invoice/invoice.h"

namespace recoup::hospital::invoice {

// One invoice of a file, or the refusal of its place.
struct InvoicePart {
  std::string place;  // "page 2", "/EInvoice[2]"; empty where the file is one invoice.
  absl::StatusOr<Invoice> invoice;
};

class PageSight;

class InvoiceReader {
 public:
  static absl::StatusOr<std::unique_ptr<InvoiceReader>> Create();
  ~InvoiceReader();

  // At least one part; a part that is refused harms no other.
  std::vector<InvoicePart> Read(std::string_view bytes);

  const FieldTable& table() const { return table_; }

 private:
  InvoiceReader(FieldTable table, std::unique_ptr<PageSight> sight);
  std::vector<InvoicePart> ReadOfdFile(std::string_view bytes);
  std::vector<InvoicePart> ReadPages(std::string_view bytes);

  const FieldTable table_;
  const std::unique_ptr<PageSight> sight_;
};

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_READ_INVOICE_H_
