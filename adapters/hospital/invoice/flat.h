// An invoice's data, XML or JSON, as a flat list of named values: what the forms have in common.
//
// The standard nests its elements deeper or shallower by version, and query services write the same
// names as JSON; a value is known by its name, not by its place. Rows of lists stay apart.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_FLAT_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_FLAT_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/documents.h"
#include "adapters/hospital/invoice/invoice.h"

namespace recoup::hospital::invoice {

struct Leaf {
  std::string name;  // Folded.
  std::string path;
  std::string text;  // Trimmed.
};

struct FlatInvoice {
  std::string path;  // Of the invoice in its document.
  std::vector<Leaf> leaves;
  std::vector<std::vector<Leaf>> rows;  // Details, not the auxiliary ones.
  std::vector<QualityNote> notes;
};

// Members, folded, that together are one value: <Ext><ExtCode>FundPayAmount</ExtCode><ExtValue>….
bool IsPairKey(std::string_view folded);
bool IsPairValue(std::string_view folded);

// Each invoice of the document; at least one. Refused: no XML, no JSON, no invoice in it. Bytes of
// UTF-8, UTF-16, GB18030; namespaces, prefixes, attributes and xsi:nil are understood.
absl::StatusOr<std::vector<FlatInvoice>> FlatFromXml(std::string_view bytes);
absl::StatusOr<std::vector<FlatInvoice>> FlatFromJson(std::string_view bytes);

// The answers in it, checked. A value that is no amount or date is a fault where it is part of the
// sum, else a note. Without number or amount it is refused: it would be no invoice.
absl::StatusOr<Invoice> InvoiceFromFlat(const FlatInvoice& flat, const FieldTable& table,
                                        Source source);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_FLAT_H_
