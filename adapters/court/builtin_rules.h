// The text of data/rules.toml as it was when the program was built; the source is generated.
#ifndef RECOUP_ADAPTERS_COURT_BUILTIN_RULES_H_
#define RECOUP_ADAPTERS_COURT_BUILTIN_RULES_H_

#include <string>

namespace recoup::court {
std::string BuiltInRulesToml();
}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_BUILTIN_RULES_H_
