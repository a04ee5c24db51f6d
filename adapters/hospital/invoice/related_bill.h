// The bill that a red bill takes back, where it is named in a sentence:
// "冲销原票据，代码：31060126， 号码：0012345678". Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_RELATED_BILL_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_RELATED_BILL_H_

#include <optional>
#include <string>
#include <string_view>

namespace recoup::hospital::invoice {

struct RelatedBill {
  std::string code;  // Empty where only the number is named.
  std::string number;
};

std::optional<RelatedBill> RelatedBillIn(std::string_view text);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_RELATED_BILL_H_
