#include "adapters/court/document.h"

#include <algorithm>
#include <utility>

namespace recoup::court {
namespace {

constexpr std::size_t kSentenceBytesMax = 900;

std::vector<Span> SplitAt(std::string_view text, Span within,
                          std::initializer_list<std::string_view> separators) {
  std::vector<Span> parts;
  std::size_t begin = within.begin;
  for (std::size_t at = within.begin; at < within.end;) {
    std::size_t length = 0;
    for (const std::string_view separator : separators) {
      if (text.substr(at, separator.size()) == separator) length = separator.size();
    }
    if (length == 0) {
      ++at;
      continue;
    }
    if (at > begin) parts.push_back({begin, at});
    at += length;
    begin = at;
  }
  if (begin < within.end) parts.push_back({begin, within.end});
  return parts;
}

}  // namespace

Document ReadDocument(std::u32string original, const RuleBook& rules) {
  NormalisedText normalised = Normalise(std::move(original));
  const std::string_view text = normalised.text;
  Cues cues = rules.CuesIn(text);
  Figures figures(text);
  Outline outline = FindSections(text, rules, cues);
  Parties parties = Parties::Read(text, outline, rules, cues);
  std::vector<Span> names;
  for (const Mention& mention : parties.MentionsIn({0, text.size()})) names.push_back(mention.span);
  figures.BeginBehind(text, names);
  return {std::move(normalised), std::move(cues), std::move(figures), std::move(outline),
          std::move(parties)};
}

std::optional<Hit> Reading::Find(const Rule& rule, Span within) const {
  if (!document.cues.MayHit(rule.cue_slot, within)) return std::nullopt;
  return FindIn(*rule.pattern, text(), within);
}

void Reading::Note(std::string field, Span span, std::string_view rule,
                   int confidence_percent) const {
  const auto& sentences = document.outline.sentences;
  const auto after = std::ranges::upper_bound(sentences, span.begin, {},
                                              [](const Sentence& s) { return s.span.begin; });
  std::string sentence;
  if (after != sentences.begin()) {
    Span whole = std::prev(after)->span;
    if (whole.size() > kSentenceBytesMax) whole = span;
    sentence = std::string(view(whole));
  }
  const Span original = document.normalised.InOriginal(span);
  elements.evidence.push_back({std::move(field), original.begin, original.end, std::move(sentence),
                               std::string(rule), confidence_percent});
}

void Reading::Note(std::string field, const Hit& hit) const {
  Note(std::move(field), hit.span, hit.rule->name, hit.rule->confidence_percent);
}

void Reading::Derive(std::string field, std::string_view from, std::string_view rule,
                     int confidence_percent) const {
  Evidence derived;
  for (const Evidence& evidence : elements.evidence) {
    const std::string_view name = evidence.field;
    if (name.substr(0, from.size()) != from) continue;
    derived = evidence;
    break;
  }
  derived.field = std::move(field);
  derived.rule = std::string(rule);
  derived.confidence_percent = confidence_percent;
  elements.evidence.push_back(std::move(derived));
}

void Reading::Doubt(std::string_view field, int confidence_percent) const {
  for (Evidence& evidence : elements.evidence) {
    if (std::string_view(evidence.field).substr(0, field.size()) != field) continue;
    evidence.confidence_percent = std::min(evidence.confidence_percent, confidence_percent);
  }
}

void Reading::Warn(std::string text) const { elements.warnings.push_back(std::move(text)); }

std::vector<Span> Clauses(std::string_view text, Span within) {
  return SplitAt(text, within, {"，", "；", "。", "\n"});
}

std::vector<Span> Segments(std::string_view text, Span within) {
  return SplitAt(text, within, {"；", "。", "\n"});
}

}  // namespace recoup::court
