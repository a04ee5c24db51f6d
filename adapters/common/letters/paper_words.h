// What letters and statements on paper have in common: how days, references and the names of
// files are written.
#ifndef RECOUP_ADAPTERS_COMMON_LETTERS_PAPER_WORDS_H_
#define RECOUP_ADAPTERS_COMMON_LETTERS_PAPER_WORDS_H_

#include <string>

#include "absl/time/time.h"

namespace recoup::adapters {

// "2026-03-20" → "2026年3月20日"; what is no day stays as it is.
std::string ChineseDay(const std::string& day);
// The beginning of the day in China; of what is no day, 1970.
absl::Time Midnight(const std::string& day);
// "RF18539007547034" → "RF18 5390 0754 7034"
std::string SpacedReference(const std::string& reference);

// The number of a paper as the name of a file that stays in its folder.
std::string SafeFileName(const std::string& number);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_LETTERS_PAPER_WORDS_H_
