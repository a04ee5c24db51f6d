// Where the labels of the table are printed on a page. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_LABELS_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_LABELS_H_

#include <vector>

#include "adapters/hospital/invoice/fields.h"
#include "adapters/hospital/invoice/text_lines.h"

namespace recoup::hospital::invoice {

struct LabelSpot {
  Field field = Field::kTitle;
  std::size_t line = 0;
  std::size_t from = 0, to = 0;  // Characters of the line; a colon behind them is not of them.
  bool exact = true;             // Else one character was recognised otherwise.
};

// In reading order; no two overlap, and longer labels are found before those they contain. A short
// label counts only where something begins, since its characters also occur within words.
std::vector<LabelSpot> LabelsOn(const std::vector<TextLine>& lines, const FieldTable& table);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_LABELS_H_
