// The amounts of the court's own text, each with the words around it.
//
// Internal to adapters/court. Found once for a document; linear.
#ifndef RECOUP_ADAPTERS_COURT_TOLD_AMOUNTS_H_
#define RECOUP_ADAPTERS_COURT_TOLD_AMOUNTS_H_

#include <cstddef>
#include <vector>

#include "adapters/court/document.h"

namespace recoup::court {

struct ToldAmount {
  Amount amount;
  Span before;  // From the amount before it in the sentence, or the begin of the sentence.
  Span after;   // To the end of its clause.
  Section section = Section::kFacts;
  std::size_t sentence = 0;
  bool by_party = false;
};

// From the pleadings to the ruling. None where there are more than any real document has.
std::vector<ToldAmount> AmountsTold(const Reading& reading);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_TOLD_AMOUNTS_H_
