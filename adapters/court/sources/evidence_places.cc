#include "adapters/court/sources/evidence_places.h"

#include <string>

namespace recoup::court {

void TellPlaces(const SourceDocument& document, JudgmentElements& elements) {
  for (Evidence& evidence : elements.evidence) {
    evidence.place = std::string(PlaceOf(document, evidence.begin));
  }
}

}  // namespace recoup::court
