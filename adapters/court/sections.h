// Where the parts of a court document lie, and its sentences.
//
// Parts are found by their cue phrases (rules.toml, groups section.*), never by line numbers. A
// part that the document does not have is empty. Stateless, thread-safe, linear time.
#ifndef RECOUP_ADAPTERS_COURT_SECTIONS_H_
#define RECOUP_ADAPTERS_COURT_SECTIONS_H_

#include <string_view>
#include <vector>

#include "adapters/court/normalise.h"
#include "adapters/court/rule_book.h"

namespace recoup::court {

enum class Section {
  kCaption,    // court, kind of document, case number, parties
  kProcedure,  // how the case came here
  kClaims,     // what the parties say: evidence of nothing
  kFacts,      // what the court found; in later instances also what the first court found
  kReasons,    // 本院认为
  kRuling,     // the operative items, or the items of the agreement
  kTail
};

struct Sentence {
  Span span;
  Section section = Section::kCaption;
  bool by_party = false;  // Inside facts or reasons, but only repeats what a party says.
};

struct Outline {
  Span caption, procedure, claims, facts, reasons, ruling, tail;
  std::vector<Sentence> sentences;
};

Outline FindSections(std::string_view text, const RuleBook& rules, const Cues& cues);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SECTIONS_H_
