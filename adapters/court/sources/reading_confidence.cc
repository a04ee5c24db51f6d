#include "adapters/court/sources/reading_confidence.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

namespace recoup::court {

void ApplyReadingConfidence(const SourceDocument& document, JudgmentElements& elements) {
  if (document.confidence_percent >= 100) return;
  for (Evidence& evidence : elements.evidence) {
    evidence.confidence_percent = std::min(
        evidence.confidence_percent, ConfidenceWithin(document, evidence.begin, evidence.end));
  }
  elements.warnings.push_back(absl::StrCat("文书由图像识别而来，平均可信度 ",
                                           document.confidence_percent,
                                           "%，金额和姓名请对照原件核对。"));
}

}  // namespace recoup::court
