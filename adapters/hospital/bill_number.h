// Numbers of bills as messages tell them.
#ifndef RECOUP_ADAPTERS_HOSPITAL_BILL_NUMBER_H_
#define RECOUP_ADAPTERS_HOSPITAL_BILL_NUMBER_H_

#include <functional>
#include <string>
#include <vector>

namespace recoup::hospital {

// Adds the number once. What stands for no number ("0", "无", "待开") is left out and told by
// `note`; empty text says nothing.
void AddBillNumber(std::string text, std::vector<std::string>& numbers,
                   const std::function<void(std::string)>& note);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_BILL_NUMBER_H_
