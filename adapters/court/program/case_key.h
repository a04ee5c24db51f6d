// Case numbers as keys: one spelling for what courts, scanners and programs write differently.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_CASE_KEY_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_CASE_KEY_H_

#include <string>
#include <string_view>
#include <vector>

namespace recoup::court {

// "〔２０２５〕沪0115 民初1号" → "(2025)沪0115民初1号".
std::string CaseKey(std::string_view case_number);

// Keys of the case numbers that a text names, in order of appearance, each once.
std::vector<std::string> CaseKeysIn(std::u32string_view text);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_CASE_KEY_H_
