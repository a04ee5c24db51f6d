#include "adapters/court/rule_book.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "adapters/court/builtin_rules.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/toml_text.h"

namespace recoup::court {
namespace {

// Room for the automata: they are built as texts need them and thrown away when it is full.
constexpr std::int64_t kPatternBytesMax = 64 << 20;

using Words = std::vector<std::pair<std::string, std::string>>;

// Words may use the words above them: {数} in {金额}.
Words ReadWords(const toml::value& file) {
  Words words;
  for (const auto& entry : toml::find<std::vector<toml::table>>(file, "word")) {
    std::string pattern = toml::get<std::string>(entry.at("pattern"));
    words.emplace_back(absl::StrCat("{", toml::get<std::string>(entry.at("name")), "}"),
                       absl::StrReplaceAll(pattern, words));
  }
  return words;
}

Rule ReadRule(const toml::table& entry, const Words& words, Faults& faults) {
  Rule rule;
  rule.name = toml::get<std::string>(entry.at("name"));
  if (entry.contains("value")) rule.value = toml::get<std::string>(entry.at("value"));
  rule.confidence_percent = 90;
  if (entry.contains("confidence"))
    rule.confidence_percent = toml::get<int>(entry.at("confidence"));
  const auto texts = [&](const std::string& key) {
    if (!entry.contains(key)) return std::vector<std::string>();
    return toml::get<std::vector<std::string>>(entry.at(key));
  };
  rule.examples = texts("examples");
  rule.counterexamples = texts("counterexamples");
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kPatternBytesMax);
  rule.pattern = std::make_unique<const re2::RE2>(
      absl::StrReplaceAll(toml::get<std::string>(entry.at("pattern")), words), options);
  const std::string path = absl::StrCat("rule.", rule.name);
  if (!rule.pattern->ok()) faults.Add(path, rule.pattern->error());
  if (rule.pattern->NumberOfCapturingGroups() >= static_cast<int>(kGroupsMax)) {
    faults.Add(path, "more than five capturing groups");
  }
  return rule;
}

// The next hit between `from` and `until`. The part stands for itself: ^ and $ are its borders.
std::optional<Hit> FindFrom(const re2::RE2& pattern, std::string_view text, Span within,
                            std::size_t from, std::size_t until,
                            re2::RE2::Anchor anchor = re2::RE2::UNANCHORED) {
  std::array<re2::StringPiece, kGroupsMax> found;
  const int wanted = pattern.NumberOfCapturingGroups() + 1;
  const re2::StringPiece part(text.data() + within.begin, within.size());
  if (!pattern.Match(part, from - within.begin, until - within.begin, anchor, found.data(),
                     wanted)) {
    return std::nullopt;
  }
  Hit hit;
  for (std::size_t i = 0; i < static_cast<std::size_t>(wanted); ++i) {
    if (found[i].data() == nullptr) continue;
    const auto begin = static_cast<std::size_t>(found[i].data() - text.data());
    hit.groups[i] = {begin, begin + found[i].size()};
  }
  hit.span = hit.groups[0];
  return hit;
}

// Whether a pattern fits between `from` and `until`: no groups, so the automaton alone decides.
bool FitsFrom(const re2::RE2& pattern, std::string_view text, Span within, std::size_t from,
              std::size_t until, re2::RE2::Anchor anchor) {
  const re2::StringPiece part(text.data() + within.begin, within.size());
  return pattern.Match(part, from - within.begin, until - within.begin, anchor, nullptr, 0);
}

bool MayHit(const Cues* cues, std::size_t slot, Span within) {
  return cues == nullptr || cues->MayHit(slot, within);
}

// Calls look(begin, end, anchor) for the parts between `from` and the end of `within` in which a
// hit of the rule could begin before `begin_max`, in order, until it returns true.
template <typename Look>
void EachPlace(const Rule& rule, Span within, std::size_t from, std::size_t begin_max,
               const Cues* cues, Look look) {
  if (cues == nullptr) {
    look(from, within.end, re2::RE2::UNANCHORED);
    return;
  }
  while (const auto place = cues->NextPlace(rule.cue_slot, rule.reach, {from, within.end})) {
    const auto anchor = place->begins_hit ? re2::RE2::ANCHOR_START : re2::RE2::UNANCHORED;
    const auto [begin, end] = place->span;
    if (begin >= begin_max || look(begin, end, anchor)) return;
    from = place->begins_hit ? begin + 1 : end;
    if (from >= within.end) return;
  }
}

std::optional<Hit> FindNext(const Rule& rule, std::string_view text, Span within, std::size_t from,
                            const Cues* cues, std::size_t begin_max = std::string_view::npos) {
  std::optional<Hit> hit;
  if (within.begin > within.end || within.end > text.size()) return hit;
  EachPlace(rule, within, from, begin_max, cues,
            [&](std::size_t begin, std::size_t end, re2::RE2::Anchor anchor) {
              hit = FindFrom(*rule.pattern, text, within, begin, end, anchor);
              if (hit.has_value()) hit->rule = &rule;
              return hit.has_value();
            });
  return hit;
}

bool FitsPart(const Rule& rule, std::string_view text, Span within, const Cues* cues) {
  bool fits = false;
  if (within.begin > within.end || within.end > text.size()) return fits;
  EachPlace(rule, within, within.begin, std::string_view::npos, cues,
            [&](std::size_t begin, std::size_t end, re2::RE2::Anchor anchor) {
              fits = FitsFrom(*rule.pattern, text, within, begin, end, anchor);
              return fits;
            });
  return fits;
}

}  // namespace

std::optional<Hit> FindIn(const re2::RE2& pattern, std::string_view text, Span within) {
  if (within.begin > within.end || within.end > text.size()) return std::nullopt;
  return FindFrom(pattern, text, within, within.begin, within.end);
}

std::optional<Span> FindSpanIn(const re2::RE2& pattern, std::string_view text, Span within) {
  if (within.begin > within.end || within.end > text.size()) return std::nullopt;
  const re2::StringPiece part(text.data() + within.begin, within.size());
  re2::StringPiece found;
  if (!pattern.Match(part, 0, part.size(), re2::RE2::UNANCHORED, &found, 1)) return std::nullopt;
  const auto begin = static_cast<std::size_t>(found.data() - text.data());
  return Span{begin, begin + found.size()};
}

absl::StatusOr<RuleBook> RuleBook::FromToml(const std::string& toml) {
  Faults faults;
  RuleBook book;
  try {
    const toml::value file = ParseToml(toml, "rules.toml");
    const Words words = ReadWords(file);
    std::set<std::string> names;
    for (const auto& entry : toml::find<std::vector<toml::table>>(file, "rule")) {
      Rule rule = ReadRule(entry, words, faults);
      if (!names.insert(rule.name).second) faults.Add(absl::StrCat("rule.", rule.name), "doubled");
      book.groups_[toml::get<std::string>(entry.at("group"))].rules.push_back(std::move(rule));
    }
    book.PlanCues();
  } catch (const std::exception& error) {  // toml11 reports by throwing.
    faults.Add("rules.toml", error.what());
  }
  if (absl::Status status = faults.ToStatus(); !status.ok()) return status;
  return book;
}

absl::StatusOr<RuleBook> RuleBook::BuiltIn() { return FromToml(BuiltInRulesToml()); }

// A group could hit wherever one of its rules could.
void RuleBook::PlanCues() {
  for (auto& [name, group] : groups_) {
    Cue of_group;
    bool anywhere = false;
    for (Rule& rule : group.rules) {
      rule.reach = ReachOf(rule.pattern->pattern());
      rule.cue_slot = plan_.AddSlot(rule.reach.cues);
      anywhere = anywhere || rule.reach.cues.empty();
      if (anywhere) continue;
      const Cue& best = *std::ranges::min_element(rule.reach.cues, TellsMore);
      of_group.literals.insert(of_group.literals.end(), best.literals.begin(), best.literals.end());
    }
    group.cue_slot = plan_.AddSlot(anywhere ? std::vector<Cue>() : std::vector<Cue>{of_group});
  }
  plan_.Finish();
}

const RuleGroup& RuleBook::Find(std::string_view group) const {
  const auto found = groups_.find(group);
  RECOUP_CHECK(found != groups_.end());
  return found->second;
}

bool RuleBook::Has(std::string_view group, std::string_view text, Span within,
                   const Cues* cues) const {
  const RuleGroup& rules = Find(group);
  if (!MayHit(cues, rules.cue_slot, within)) return false;
  return std::ranges::any_of(rules.rules,
                             [&](const Rule& rule) { return FitsPart(rule, text, within, cues); });
}

std::optional<Hit> RuleBook::Leftmost(std::string_view group, std::string_view text, Span within,
                                      const Cues* cues) const {
  std::optional<Hit> best;
  const RuleGroup& rules = Find(group);
  if (!MayHit(cues, rules.cue_slot, within)) return best;
  for (const Rule& rule : rules.rules) {
    const std::size_t before = best.has_value() ? best->span.begin : std::string_view::npos;
    const std::optional<Hit> hit = FindNext(rule, text, within, within.begin, cues, before);
    if (!hit.has_value() || (best.has_value() && best->span.begin <= hit->span.begin)) continue;
    best = hit;
  }
  return best;
}

std::optional<Hit> RuleBook::First(std::string_view group, std::string_view text, Span within,
                                   const Cues* cues) const {
  const RuleGroup& rules = Find(group);
  if (!MayHit(cues, rules.cue_slot, within)) return std::nullopt;
  for (const Rule& rule : rules.rules) {
    if (auto hit = FindNext(rule, text, within, within.begin, cues)) return hit;
  }
  return std::nullopt;
}

std::optional<Hit> RuleBook::Find(const Rule& rule, std::string_view text, Span within,
                                  const Cues* cues) const {
  return FindNext(rule, text, within, within.begin, cues);
}

std::vector<Hit> RuleBook::All(std::string_view group, std::string_view text, Span within,
                               const Cues* cues) const {
  std::vector<Hit> hits;
  const RuleGroup& rules = Find(group);
  if (!MayHit(cues, rules.cue_slot, within)) return hits;
  for (const Rule& rule : rules.rules) {
    for (std::size_t from = within.begin; from < within.end;) {
      const std::optional<Hit> hit = FindNext(rule, text, within, from, cues);
      if (!hit.has_value()) break;
      hits.push_back(*hit);
      from = std::max(hit->span.end, from + 1);
    }
  }
  return hits;
}

}  // namespace recoup::court
