// One court document → its elements: the interface of recoup_court_reader.
//
//   RECOUP_ASSIGN_OR_RETURN(const RuleBook rules, RuleBook::BuiltIn());
//   RECOUP_ASSIGN_OR_RETURN(JudgmentElements elements, ReadPlainText(bytes, rules));
//
// Deterministic: the same bytes and rules give the same elements. Linear in the length of the text.
// Thread-safe. Only bytes that are no text are refused (see source.h); a text that is no judgment,
// or one that cannot be understood, gives few elements and warnings, never an error.
#ifndef RECOUP_ADAPTERS_COURT_EXTRACT_H_
#define RECOUP_ADAPTERS_COURT_EXTRACT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/court/elements.h"
#include "adapters/court/rule_book.h"

namespace recoup::court {

absl::StatusOr<JudgmentElements> ReadPlainText(std::string_view bytes, const RuleBook& rules);

// For readers of other formats, which have the text already.
JudgmentElements ExtractElements(std::u32string text, const RuleBook& rules);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_EXTRACT_H_
