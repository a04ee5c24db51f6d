// The path of an element as the interface spells it: amounts carry their unit.
#ifndef RECOUP_ADAPTERS_COURT_MAPPING_ELEMENT_PATH_H_
#define RECOUP_ADAPTERS_COURT_MAPPING_ELEMENT_PATH_H_

#include <string>
#include <string_view>

namespace recoup::court::mapping {

// "obligations[1].amount" → "obligations[1].amount_fen"; other paths stay.
std::string ElementPath(std::string_view field);

}  // namespace recoup::court::mapping

#endif  // RECOUP_ADAPTERS_COURT_MAPPING_ELEMENT_PATH_H_
