// Values of an invoice out of text, whatever the form: tolerant of how they are printed, exact in
// what they give. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_VALUES_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_VALUES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/hospital/invoice/invoice.h"

namespace recoup::hospital::invoice {

// "¥1,234.50元", "（小写）1234.5" without its label, "-12.00". nullopt for anything that is not
// an amount as a whole.
std::optional<domain::Money> AmountFrom(std::string_view text);
// "2026-03-05", "20260305", "2026年3月5日", with a time behind it or not.
std::optional<absl::CivilDay> DayFrom(std::string_view text);

// An answer of the field's type; nullopt where the text is none.
std::optional<Answer> AnswerFrom(const FieldSpec& spec, std::string_view text);

// "医保统筹基金支付：120.00元，其他支付：0.00 …": what free text says beside its labels.
struct LabelledAmount {
  std::string label;  // Folded.
  domain::Money amount;
};
std::vector<LabelledAmount> AmountsIn(std::string_view text);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_VALUES_H_
