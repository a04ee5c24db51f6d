#include "adapters/hospital/bill_number.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/domain/bill_number.h"

namespace recoup::hospital {

void AddBillNumber(std::string text, std::vector<std::string>& numbers,
                   const std::function<void(std::string)>& note) {
  if (text.empty()) return;
  if (!domain::IsBillNumber(text)) {
    note(absl::StrCat("“", text, "”不是票据号码，按没有号码处理"));
  } else if (std::find(numbers.begin(), numbers.end(), text) == numbers.end()) {
    numbers.push_back(std::move(text));
  }
}

}  // namespace recoup::hospital
