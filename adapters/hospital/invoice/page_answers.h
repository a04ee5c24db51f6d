// Questions put to a page: "医保统筹基金支付?" is answered by what stands where an answer to it
// would stand: behind its label, or below it where labels head the columns of a table.
//
// Pure. Every answer carries its box and its confidence; where several readings of the amounts are
// possible, the bill's own arithmetic chooses, and that is told in the notes.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_PAGE_ANSWERS_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_PAGE_ANSWERS_H_

#include <map>
#include <optional>
#include <vector>

#include "adapters/common/pages/page.h"
#include "adapters/hospital/invoice/invoice.h"
#include "adapters/hospital/invoice/readings.h"

namespace recoup::hospital::invoice {

// Several readings of each field, the best first; spots are on this page.
using Candidates = std::map<Field, std::vector<Reading>>;

Candidates CandidatesOn(const adapters::Page& page, std::size_t page_number,
                        const FieldTable& table);

// One reading for each field, by the arithmetic of the bill where it can tell.
void Choose(const Candidates& candidates, const FieldTable& table, Invoice& invoice);

// The invoice on a page; nullopt where too little was answered for the page to be one: neither its
// number nor two of its total, its code, the fund's part and the number of a bill it takes back.
std::optional<Invoice> InvoiceOn(const adapters::Page& page, std::size_t page_number,
                                 const FieldTable& table, Source source);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_PAGE_ANSWERS_H_
