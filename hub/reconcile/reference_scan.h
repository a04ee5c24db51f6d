// Finds ISO 11649 references and Chinese case numbers in what people write into a transfer.
//
// Pure; safe from any thread. Input is arbitrary bytes; what is not valid UTF-8 is never part of a
// finding.
#ifndef RECOUP_HUB_RECONCILE_REFERENCE_SCAN_H_
#define RECOUP_HUB_RECONCILE_REFERENCE_SCAN_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace recoup::reconcile {

// Full-width ASCII becomes ASCII, every kind of bracket round, letters upper case.
std::string Fold(std::string_view text);
// The same, and blanks vanish.
std::string Compact(std::string_view text);
// Whether Compact would change nothing.
bool IsCompact(std::string_view text);
// Fold and Compact at the end of another text.
void AppendFolded(std::string_view text, std::string& to);
void AppendCompact(std::string_view text, std::string& to);

// Upper case without blanks when the check digits are right, else empty.
std::string NormaliseReference(std::string_view text);

// Every valid reference, written together or in groups ("RF18 5390 0754 7034"), ascending, each
// once. Where a word follows a reference, several readings may be valid; all are returned.
std::vector<std::string> FindReferences(std::string_view text);

// Words that look like a reference with a slip in it: near "RF", long enough, mostly digits, check
// digits wrong. Upper case, ascending, each once.
std::vector<std::string> FindDamagedReferences(std::string_view text);

// The same two, of a text that Fold has made.
std::vector<std::string> FindReferencesInFolded(std::string_view folded);
std::vector<std::string> FindDamagedInFolded(std::string_view folded);

// Every valid reference one slip away from the word: a character wrong, missing, too much, or two
// neighbours exchanged. Ascending, each once.
std::vector<std::string> ReadingsOfDamaged(std::string_view word);

// "（2025） 沪0115民初 12345号" becomes "(2025)沪0115民初12345号". 第 before the number is dropped,
// since courts write it or not. Ascending, each once.
std::vector<std::string> FindCaseNumbers(std::string_view text);

// Whether no ASCII letter or digit adjoins an ASCII letter or digit at either end of the part.
bool StandsAlone(std::string_view folded, std::size_t at, std::size_t length);

// Whether `word` (compact, not empty) stands in the text with no ASCII letter or digit beside it.
bool ContainsWord(std::string_view text, std::string_view word);

// Names of payers and debtors compare compact.
inline std::string NormaliseName(std::string_view name) { return Compact(name); }

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_REFERENCE_SCAN_H_
