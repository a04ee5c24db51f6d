// A court document made ready for reading: normalised text, its parts, its parties.
//
// Internal to adapters/court; the interface is extract.h.
#ifndef RECOUP_ADAPTERS_COURT_DOCUMENT_H_
#define RECOUP_ADAPTERS_COURT_DOCUMENT_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/court/cues.h"
#include "adapters/court/elements.h"
#include "adapters/court/figures.h"
#include "adapters/court/normalise.h"
#include "adapters/court/parties.h"
#include "adapters/court/rule_book.h"
#include "adapters/court/sections.h"

namespace recoup::court {

struct Document {
  NormalisedText normalised;
  Cues cues;
  Figures figures;
  Outline outline;
  Parties parties;
  // Those hurt in the event who have a case of their own: no part of this document.
  std::set<std::string> names_of_other_cases;

  std::string_view text() const { return normalised.text; }
  std::string_view view(Span span) const { return normalised.view(span); }
};

Document ReadDocument(std::u32string original, const RuleBook& rules);

// What the readers of the single elements share: the document, the rules, and the result so far.
// Readers run in a fixed order (extract.cc); each may rely on what those before it have found.
struct Reading {
  const Document& document;
  const RuleBook& rules;
  JudgmentElements& elements;

  std::string_view text() const { return document.text(); }
  std::string_view view(Span span) const { return document.view(span); }

  // What the rules and the grammar of figures find in a part of the document.
  bool Has(std::string_view group, Span within) const {
    return rules.Has(group, text(), within, &document.cues);
  }
  std::optional<Hit> First(std::string_view group, Span within) const {
    return rules.First(group, text(), within, &document.cues);
  }
  std::optional<Hit> Leftmost(std::string_view group, Span within) const {
    return rules.Leftmost(group, text(), within, &document.cues);
  }
  std::vector<Hit> All(std::string_view group, Span within) const {
    return rules.All(group, text(), within, &document.cues);
  }
  std::optional<Hit> Find(const Rule& rule, Span within) const;
  std::vector<Amount> Amounts(Span within) const {
    return document.figures.Amounts(text(), within);
  }
  std::vector<Share> Shares(Span within) const { return document.figures.Shares(text(), within); }
  std::vector<Date> Dates(Span within) const { return document.figures.Dates(text(), within); }

  // Keeps why a value was read.
  void Note(std::string field, Span span, std::string_view rule, int confidence_percent) const;
  void Note(std::string field, const Hit& hit) const;
  // Keeps that a value was worked out from the values of another field, whose evidence it shares.
  void Derive(std::string field, std::string_view from, std::string_view rule,
              int confidence_percent) const;
  // Doubts a field: whatever supports it is no more certain than this.
  void Doubt(std::string_view field, int confidence_percent) const;
  void Warn(std::string text) const;
};

// What stands in a part behind the last of "，；。：、(": the words next to its end.
Span BehindLastSign(std::string_view text, Span within);

// The parts of a span between the separators "，；。" and line breaks, or the given ones.
std::vector<Span> Clauses(std::string_view text, Span within);
std::vector<Span> Segments(std::string_view text, Span within);  // "；。" only.

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_DOCUMENT_H_
