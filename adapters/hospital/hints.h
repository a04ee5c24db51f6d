// Number plates and insurers that free text mentions: hints for people and for matching, no facts.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HINTS_H_
#define RECOUP_ADAPTERS_HOSPITAL_HINTS_H_

#include <string>
#include <string_view>
#include <vector>

namespace recoup::hospital {

// In order of appearance, each once. Plates by GA 36: seven characters, eight for new energy.
std::vector<std::string> PlatesIn(std::string_view text);
std::vector<std::string> InsurersIn(std::string_view text);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_HINTS_H_
