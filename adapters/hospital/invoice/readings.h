// What the characters behind a label may mean: one or several readings, the most likely first.
//
// Recognition loses decimal points and takes separators for one another; bills print two decimals,
// so a number says how it may have looked. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_READINGS_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_READINGS_H_

#include <string>
#include <vector>

#include "adapters/hospital/invoice/invoice.h"
#include "adapters/hospital/invoice/text_lines.h"

namespace recoup::hospital::invoice {

struct Reading {
  Answer answer;                 // Without path and spot.
  int penalty = 0;               // 0: as printed. Each liberty taken costs.
  std::size_t from = 0, to = 0;  // The characters of the line that were used.
};

// Readings of characters [from, to) as the type of the field. Leading colons, brackets and currency
// signs are skipped; the value ends where its type ends. Empty: nothing of that type is there.
std::vector<Reading> ReadingsOf(const FieldSpec& spec, const TextLine& line, std::size_t from,
                                std::size_t to);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_READINGS_H_
