#include "adapters/court/document.h"

#include <algorithm>
#include <utility>

namespace recoup::court {
namespace {

constexpr std::size_t kSentenceBytesMax = 900;

// The parts between "；", "。", line breaks and, where asked for, "，".
std::vector<Span> Split(std::string_view text, Span within, bool at_commas) {
  constexpr std::string_view kComma = "，";
  constexpr std::string_view kSemicolon = "；";
  constexpr std::string_view kStop = "。";
  std::vector<Span> parts;
  std::size_t begin = within.begin;
  for (std::size_t at = within.begin; at < within.end;) {
    const char lead = text[at];
    std::size_t length = 0;
    if (lead == '\n') {
      length = 1;
    } else if (lead == kComma[0] || lead == kStop[0]) {
      const std::string_view sign = text.substr(at, kStop.size());
      if (sign == kStop || sign == kSemicolon || (at_commas && sign == kComma))
        length = sign.size();
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

std::set<std::string> NamesOfOtherCases(std::string_view text, const Outline& outline,
                                        const RuleBook& rules, const Cues& cues) {
  std::set<std::string> names;
  for (const Sentence& sentence : outline.sentences) {
    if (!rules.Has("injured.own_case", text, sentence.span, &cues)) continue;
    for (const Hit& hit : rules.All("injured.own_case_name", text, sentence.span, &cues)) {
      names.emplace(text.substr(hit.groups[1].begin, hit.groups[1].size()));
    }
  }
  return names;
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
  auto others = NamesOfOtherCases(text, outline, rules, cues);
  return {std::move(normalised), std::move(cues),    std::move(figures),
          std::move(outline),    std::move(parties), std::move(others)};
}

std::optional<Hit> Reading::Find(const Rule& rule, Span within) const {
  return rules.Find(rule, text(), within, &document.cues);
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

void Reading::Warn(std::string text) const {
  // Two readers may come upon the same.
  if (std::ranges::find(elements.warnings, text) != elements.warnings.end()) return;
  elements.warnings.push_back(std::move(text));
}

Span BehindLastSign(std::string_view text, Span within) {
  constexpr std::string_view kSigns[] = {"，", "；", "。", "：", "、"};
  constexpr std::size_t kSignBytes = 3;
  for (std::size_t end = within.end; end > within.begin; --end) {
    if (text[end - 1] == '(') return {end, within.end};
    if (end < within.begin + kSignBytes) continue;
    const std::string_view before = text.substr(end - kSignBytes, kSignBytes);
    // Two bytes begin all of them and no Chinese character.
    if (before[0] != kSigns[0][0] && before[0] != kSigns[2][0]) continue;
    if (std::ranges::find(kSigns, before) != std::end(kSigns)) return {end, within.end};
  }
  return within;
}

std::vector<Span> Clauses(std::string_view text, Span within) { return Split(text, within, true); }

std::vector<Span> Segments(std::string_view text, Span within) {
  return Split(text, within, false);
}

}  // namespace recoup::court
