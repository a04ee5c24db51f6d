// What was read from an image is no surer than its recognition: lowers the confidence of evidence,
// and tells the clerk which pages to look at.
#ifndef RECOUP_ADAPTERS_COURT_SOURCES_READING_CONFIDENCE_H_
#define RECOUP_ADAPTERS_COURT_SOURCES_READING_CONFIDENCE_H_

#include "adapters/court/elements.h"
#include "adapters/court/sources/source_document.h"

namespace recoup::court {

// `elements` were extracted from `document.text`. Nothing changes for documents that hold text.
void ApplyReadingConfidence(const SourceDocument& document, JudgmentElements& elements);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCES_READING_CONFIDENCE_H_
