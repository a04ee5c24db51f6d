// Where in the file a value stands, for those who have the file and not the text read from it.
#ifndef RECOUP_ADAPTERS_COURT_SOURCES_EVIDENCE_PLACES_H_
#define RECOUP_ADAPTERS_COURT_SOURCES_EVIDENCE_PLACES_H_

#include "adapters/court/elements.h"
#include "adapters/court/sources/source_document.h"

namespace recoup::court {

// Tells each evidence the field, anchor, page or paragraph it begins in. `elements` were extracted
// from `document.text`. Nothing changes for plain text.
void TellPlaces(const SourceDocument& document, JudgmentElements& elements);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCES_EVIDENCE_PLACES_H_
