// The elements of a judgment as JSON, for the court's own systems. docs/formats/court.md describes
// every key.
//
// null where the document is silent, an empty list where it has none; amounts in fen, dates as
// "YYYY-MM-DD", shares in percent. Beside the elements stand the evidence, the confidence of each
// element (0 to 1) and the warnings.
#ifndef RECOUP_ADAPTERS_COURT_MAPPING_ELEMENTS_JSON_H_
#define RECOUP_ADAPTERS_COURT_MAPPING_ELEMENTS_JSON_H_

#include <string>

#include "adapters/court/elements.h"

namespace recoup::court::mapping {

enum class JsonLayout { kOneLine, kIndented };

// With its line end.
std::string ElementsAsJson(const JudgmentElements& elements, JsonLayout layout);

}  // namespace recoup::court::mapping

#endif  // RECOUP_ADAPTERS_COURT_MAPPING_ELEMENTS_JSON_H_
