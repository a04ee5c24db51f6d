// One element of the JSON of `extract`, as a clerk sees it.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_ELEMENT_VALUE_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_ELEMENT_VALUE_H_

#include <string>

#include "nlohmann/json.hpp"

namespace recoup::court {

// What stands at "fund_paid_fen" or "obligations[1].amount_fen"; empty where nothing does. An entry
// of a list is told by its values ("邵立恒 70"), without identity numbers: a clerk's screen is seen
// by others.
std::string ElementValueText(const nlohmann::ordered_json& report, const std::string& path);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_ELEMENT_VALUE_H_
