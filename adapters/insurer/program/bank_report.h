// A bank file as it was read, for people and as JSON.
#ifndef RECOUP_ADAPTERS_INSURER_PROGRAM_BANK_REPORT_H_
#define RECOUP_ADAPTERS_INSURER_PROGRAM_BANK_REPORT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "adapters/insurer/bank/statement.h"
#include "nlohmann/json.hpp"

namespace recoup::insurer {

std::string StatementForPeople(const bank::BankStatement& statement);
// Every field that the file gives; amounts as decimal text in the currency of the statement.
nlohmann::ordered_json StatementAsJson(const bank::BankStatement& statement);

// A refusal with all its faults.
std::string RefusalForPeople(const absl::Status& refusal);
nlohmann::ordered_json RefusalAsJson(const absl::Status& refusal);

}  // namespace recoup::insurer

#endif  // RECOUP_ADAPTERS_INSURER_PROGRAM_BANK_REPORT_H_
