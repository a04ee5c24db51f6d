#include "adapters/hospital/invoice/related_bill.h"

#include "absl/strings/str_cat.h"
#include "adapters/hospital/invoice/fields.h"
#include "re2/re2.h"

namespace recoup::hospital::invoice {
namespace {

// What says that a bill is taken back.
constexpr char kTakenBack[] = "(?:原|冲销|冲红|红冲|被冲|对应正数|对应蓝字|对应的蓝字)";
// Lengths are those of the national coding, a code of 8 digits and a number of 10, and of
// provinces' longer ones.
constexpr char kCode[] = "代码[:为是]{0,2}(\\d{6,12})";
constexpr char kNumber[] = "(?:号码|编号|号)[:为是]{0,2}(\\d{8,20})";

}  // namespace

std::optional<RelatedBill> RelatedBillIn(std::string_view text) {
  const std::string folded = FoldedText(text);
  static const RE2 kBoth(absl::StrCat(kTakenBack, "\\p{Han}{0,6}[(:,]{0,2}\\p{Han}{0,4}", kCode,
                                      "[),;、]{0,2}\\p{Han}{0,4}", kNumber));
  // Of a number alone what is numbered must be a bill: people write telephone numbers, too.
  static const RE2 kNumberAlone(
      absl::StrCat(kTakenBack, "(?:原)?(?:电子|医疗|收费)?(?:票据|发票|票)?[(:,]{0,2}", kNumber));
  RelatedBill related;
  if (RE2::PartialMatch(folded, kBoth, &related.code, &related.number)) return related;
  related = {};
  if (RE2::PartialMatch(folded, kNumberAlone, &related.number)) return related;
  return std::nullopt;
}

}  // namespace recoup::hospital::invoice
