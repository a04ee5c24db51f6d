#include "adapters/court/sections.h"

#include <algorithm>
#include <optional>

namespace recoup::court {
namespace {

std::size_t BeginOf(const std::optional<Hit>& hit, std::size_t otherwise) {
  return hit.has_value() ? hit->span.begin : otherwise;
}

// The operative part begins after the last "判决如下：" of the court's own voice; an agreement
// after "达成如下协议：".
Span FindRuling(std::string_view text, const RuleBook& rules, const Cues& cues) {
  const Span all{0, text.size()};
  std::size_t begin = text.size();
  Span last;
  for (const Hit& hit : rules.All("section.ruling", text, all, &cues)) {
    if (hit.span.end > last.end) last = hit.span;
  }
  const auto agreement = rules.Leftmost("section.agreement", text, all, &cues);
  // A judgment may tell of an agreement that came to nothing.
  const bool judged =
      text.substr(last.begin, last.end - last.begin).find("判决") != std::string_view::npos;
  if (agreement.has_value() && !(judged && last.begin > agreement->span.end)) {
    begin = agreement->span.end;
  } else if (last.end > 0) {
    begin = last.end;
  }
  const auto tail = rules.Leftmost("section.tail", text, Span{begin, text.size()}, &cues);
  return {begin, BeginOf(tail, text.size())};
}

Section SectionAt(const Outline& outline, std::size_t at) {
  if (at >= outline.tail.begin) return Section::kTail;
  if (at >= outline.ruling.begin) return Section::kRuling;
  if (at >= outline.reasons.begin) return Section::kReasons;
  if (at >= outline.facts.begin) return Section::kFacts;
  if (at >= outline.claims.begin) return Section::kClaims;
  if (at >= outline.procedure.begin) return Section::kProcedure;
  return Section::kCaption;
}

// "本院认为，…主张…不予支持" speaks with the court's own voice from its first word.
bool IsOfParty(std::string_view text, const RuleBook& rules, const Cues& cues,
               const Sentence& sentence) {
  if (!rules.Has("sentence.by_party", text, sentence.span, &cues)) return false;
  if (rules.Has("sentence.own_voice", text, sentence.span, &cues)) return false;
  const auto own_voice = rules.First("section.reasons", text, sentence.span, &cues);
  return !own_voice.has_value() || own_voice->span.begin != sentence.span.begin;
}

// "医保支付的部分是否应在赔偿额中减去？该待遇…": what follows a question answers it.
std::size_t EndOfQuestion(std::string_view text, const RuleBook& rules, const Cues& cues,
                          Span sentence) {
  const std::size_t mark = text.substr(0, sentence.end).find('?', sentence.begin);
  if (mark == std::string_view::npos || mark + 1 >= sentence.end) return sentence.end;
  if (text.substr(mark + 1).starts_with("答")) return sentence.end;  // Minutes of a hearing.
  const bool asks = rules.Has("sentence.question", text, {sentence.begin, mark + 1}, &cues);
  return asks ? mark + 1 : sentence.end;
}

void SplitSentences(std::string_view text, const RuleBook& rules, const Cues& cues,
                    Outline& outline) {
  constexpr std::string_view kStop = "。";
  constexpr std::string_view kYesCell = "│有";
  // Each end is looked for once, so that a text without one of the two stays linear.
  std::size_t stop = 0;
  std::size_t line = 0;
  std::size_t begin = 0;
  while (begin < text.size()) {
    if (stop <= begin) stop = std::min(text.size(), text.find(kStop, begin));
    // "│交强险│有。限额200000元│": within a cell the full stop parts an answer from its details.
    while (stop < text.size() && text.substr(0, stop).ends_with(kYesCell)) {
      stop = std::min(text.size(), text.find(kStop, stop + kStop.size()));
    }
    if (line <= begin) line = std::min(text.size(), text.find('\n', begin));
    std::size_t end = std::min(text.size(), stop < line ? stop + kStop.size() : line + 1);
    end = EndOfQuestion(text, rules, cues, {begin, end});
    Sentence sentence{{begin, end}, SectionAt(outline, begin), false};
    // Of two parts that share a sentence ("经审理查明" in its middle) the later one counts.
    sentence.section = std::max(sentence.section, SectionAt(outline, end - 1));
    sentence.by_party =
        sentence.section == Section::kClaims || IsOfParty(text, rules, cues, sentence);
    if (end - begin > 1) outline.sentences.push_back(sentence);
    begin = end;
  }
}

// An order that permits a withdrawal has no findings; what it knows of the case it tells where it
// says what became of it and why the plaintiff withdraws.
void MarkWithdrawal(std::string_view text, const RuleBook& rules, const Cues& cues,
                    Outline& outline) {
  if (outline.facts.size() > 0) return;
  if (!rules.Has("ruling.withdrawn", text, outline.ruling, &cues)) return;
  bool narrated = false;  // In the line so far: what follows a "审理中，…" goes on telling.
  for (Sentence& sentence : outline.sentences) {
    if (text[sentence.span.begin - (sentence.span.begin > 0 ? 1 : 0)] == '\n') narrated = false;
    const bool pleaded = sentence.section == Section::kClaims;
    if (sentence.section != Section::kProcedure && !pleaded) continue;
    narrated = pleaded && (rules.Has("section.narrative", text, sentence.span, &cues) ||
                           (narrated && !IsOfParty(text, rules, cues, sentence)));
    const bool told = narrated || rules.Has("ruling.withdrawal_told", text, sentence.span, &cues);
    if (!told) continue;
    sentence.section = Section::kFacts;
    sentence.by_party = false;
  }
}

std::size_t EndOfTitle(std::string_view text, const RuleBook& rules, const Cues& cues) {
  const std::size_t line_end = std::min(text.size(), text.find('\n'));
  const Span first_line{0, std::min(text.size(), line_end + 1)};
  const auto title = rules.First("section.title", text, first_line, &cues);
  return title.has_value() ? first_line.end : 0;
}

}  // namespace

Outline FindSections(std::string_view text, const RuleBook& rules, const Cues& cues) {
  Outline outline;
  const std::size_t size = text.size();
  outline.ruling = FindRuling(text, rules, cues);
  outline.tail = {outline.ruling.end, size};
  const std::size_t ruling = outline.ruling.begin;
  const std::size_t after_title = EndOfTitle(text, rules, cues);
  const auto stated = rules.Leftmost("section.procedure", text, {after_title, ruling}, &cues);
  // A statement of mediation may have no line "…一案"; then the claims or the facts end the
  // caption.
  const std::size_t after_caption = stated.has_value() ? stated->span.begin : 0;
  const std::size_t claims =
      BeginOf(rules.Leftmost("section.claims", text, {after_caption, ruling}, &cues), ruling);
  // Where no words announce the findings they begin with the line that tells what happened.
  std::optional<Hit> found = rules.Leftmost("section.facts", text, {after_caption, ruling}, &cues);
  if (!found.has_value()) {
    found = rules.First("section.story", text, {after_caption, ruling}, &cues);
    if (found.has_value()) found->span = found->groups[1];
  }
  // A statement of mediation may tell what happened before what the court found.
  if (found.has_value() && !stated.has_value() && claims == ruling) {
    if (const auto told = rules.First("section.story", text, {0, found->span.begin}, &cues)) {
      found->span.begin = told->groups[1].begin;
    }
  }
  const std::size_t facts = BeginOf(found, ruling);
  const std::size_t procedure = BeginOf(stated, std::min({claims, facts, ruling, size}));
  // An order on a petition has no findings: its reasons follow the pleadings.
  const std::size_t before_reasons = found.has_value() ? std::min(facts, ruling) : claims;
  auto reasoned = rules.Leftmost("section.reasons", text, {before_reasons, ruling}, &cues);
  // "本院二审认为…。本院再审认为": what the same court held before is what it now tells of.
  if (reasoned.has_value()) {
    const Span behind{reasoned->span.end, ruling};
    if (const auto again = rules.Leftmost("section.reasons_again", text, behind, &cues)) {
      reasoned = again;
    }
  }
  const std::size_t reasons = BeginOf(reasoned, ruling);
  const std::size_t facts_begin = std::min(facts, reasons);
  const std::size_t claims_begin = std::min(claims, facts_begin);
  outline.caption = {0, procedure};
  outline.procedure = {procedure, claims_begin};
  outline.claims = {claims_begin, facts_begin};
  outline.facts = {facts_begin, reasons};
  outline.reasons = {reasons, ruling};
  SplitSentences(text, rules, cues, outline);
  MarkWithdrawal(text, rules, cues, outline);
  return outline;
}

}  // namespace recoup::court
