// What the fund was asked for and refused, or settled and took back, is no payment of the fund.
#include <algorithm>

#include "adapters/court/medical_visits.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

bool IsOfCourt(const Sentence& sentence) {
  return sentence.section >= Section::kFacts && sentence.section <= Section::kRuling &&
         !sentence.by_party;
}

}  // namespace

// A refusal is of the sums it names; what undoes a settlement undoes what is told before it, and a
// settlement told after it stands.
Unpaid::Unpaid(const Reading& reading) {
  const Outline& outline = reading.document.outline;
  for (const Sentence& sentence : outline.sentences) {
    if (!IsOfCourt(sentence)) continue;
    for (const Hit& refused : reading.All("medical.refused", sentence.span)) {
      parts_.push_back(refused.span);
    }
    for (const Hit& undone : reading.All("medical.undone", sentence.span)) {
      parts_.push_back({outline.claims.begin, undone.span.end});
    }
  }
}

bool Unpaid::Has(const Amount& amount) const {
  return std::ranges::any_of(parts_, [&](Span part) {
    return amount.span.begin >= part.begin && amount.span.end <= part.end;
  });
}

std::optional<Hit> RefusedOrUndone(const Reading& reading, Span sentence) {
  if (auto refused = reading.First("medical.refused", sentence)) return refused;
  return reading.First("medical.undone", sentence);
}

}  // namespace recoup::court
