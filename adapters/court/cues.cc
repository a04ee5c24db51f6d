#include "adapters/court/cues.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace recoup::court {

std::size_t CuePlan::AddSlot(const std::vector<LiteralSet>& sets) {
  std::vector<std::uint32_t>& slot = slots_.emplace_back();
  for (const LiteralSet& set : sets) slot.push_back(AddSet(set));
  return slots_.size() - 1;
}

std::uint32_t CuePlan::AddSet(const LiteralSet& literals) {
  const auto number = static_cast<std::uint32_t>(sets_.size());
  const auto [known, is_new] = known_sets_.emplace(literals, number);
  if (!is_new) return known->second;
  Set set{literals.front().size()};
  for (const std::string& literal : literals) {
    set.literal_bytes_min = std::min(set.literal_bytes_min, literal.size());
    auto& sets = sets_of_literal_[literal];
    if (sets.empty() || sets.back() != number) sets.push_back(number);
  }
  sets_.push_back(set);
  return number;
}

bool CuePlan::Finish() {
  std::vector<std::string> literals;
  std::size_t bytes = 0;
  for (const auto& [literal, sets] : sets_of_literal_) bytes += literal.size();
  if (bytes > LiteralMatcher::kLiteralBytesMax) return false;
  for (auto& [literal, sets] : sets_of_literal_) {
    literals.push_back(literal);
    sets_by_number_.push_back(std::move(sets));
  }
  sets_of_literal_.clear();
  known_sets_.clear();
  matcher_ = LiteralMatcher(literals);
  return true;
}

Cues::Cues(const CuePlan& plan, std::string_view text) : plan_(&plan) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;  // Literal and its end.
  found.reserve(text.size() / 4);
  begins_.resize(plan.sets_.size() + 1);
  plan.matcher_.Each(text, [&](std::uint32_t literal, std::size_t end) {
    found.emplace_back(literal, static_cast<std::uint32_t>(end));
    for (const std::uint32_t set : plan.sets_by_number_[literal]) ++begins_[set + 1];
  });
  for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  ends_.resize(begins_.back());
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (const auto& [literal, end] : found) {
    for (const std::uint32_t set : plan.sets_by_number_[literal]) ends_[next[set]++] = end;
  }
  FindBorders(text);
}

void Cues::FindBorders(std::string_view text) {
  constexpr std::string_view kStop = "。";
  const auto each = [&](char first, auto visit) {
    for (std::size_t at = text.find(first); at < text.size(); at = text.find(first, at + 1)) {
      visit(at);
    }
  };
  each('\n', [&](std::size_t at) { breaks_.push_back(static_cast<std::uint32_t>(at)); });
  each(kStop[0], [&](std::size_t at) {
    if (text.substr(at, kStop.size()) == kStop) stops_.push_back(static_cast<std::uint32_t>(at));
  });
  borders_.reserve(breaks_.size() + stops_.size());
  std::ranges::merge(breaks_, stops_, std::back_inserter(borders_));
}

Span Cues::Between(const std::vector<std::uint32_t>& borders, std::size_t at, Span within) const {
  const auto behind = std::ranges::lower_bound(borders, at);
  if (behind != borders.end()) within.end = std::min<std::size_t>(within.end, *behind);
  if (behind != borders.begin()) {
    within.begin = std::max<std::size_t>(within.begin, *std::prev(behind));
  }
  return within;
}

std::optional<Span> Cues::NextPlace(std::size_t slot, const PatternReach& reach,
                                    Span within) const {
  const auto& sets = plan_->slots_[slot];
  if (sets.empty()) return within;
  while (const auto first = NextOf(sets.front(), within)) {
    Span place = within;
    if (!reach.crosses_line || !reach.crosses_stop) {
      const auto& borders = reach.crosses_line ? stops_ : reach.crosses_stop ? breaks_ : borders_;
      place = Between(borders, *first, within);
    }
    if (reach.bytes_max.has_value()) {
      const std::size_t reach_bytes = *reach.bytes_max;
      const Span part = place;
      std::size_t cue = *first;
      place.begin = std::max(part.begin, cue - std::min(cue, reach_bytes));
      // Places that touch are one, so that no hit stands across their border.
      while (true) {
        place.end = std::min(part.end, cue + reach_bytes);
        const auto next = EndBehind(sets.front(), cue);
        if (!next.has_value() || *next > place.end + reach_bytes) break;
        cue = *next;
      }
    }
    const bool others = std::all_of(sets.begin() + 1, sets.end(), [&](std::uint32_t set) {
      return NextOf(set, place).has_value();
    });
    if (others) return place;
    within.begin = place.end;
  }
  return std::nullopt;
}

std::optional<std::size_t> Cues::NextOf(std::uint32_t set, Span within) const {
  const auto begin = ends_.begin() + begins_[set];
  const auto end = ends_.begin() + begins_[set + 1];
  const std::size_t first = within.begin + plan_->sets_[set].literal_bytes_min;
  const auto found = std::lower_bound(begin, end, first);
  if (found == end || *found > within.end) return std::nullopt;
  return *found;
}

std::optional<std::size_t> Cues::EndBehind(std::uint32_t set, std::size_t end) const {
  const auto last = ends_.begin() + begins_[set + 1];
  const auto found = std::upper_bound(ends_.begin() + begins_[set], last, end);
  return found == last ? std::nullopt : std::optional<std::size_t>(*found);
}

bool Cues::MayHit(std::size_t slot, Span within) const {
  return std::ranges::all_of(plan_->slots_[slot],
                             [&](std::uint32_t set) { return NextOf(set, within).has_value(); });
}

}  // namespace recoup::court
