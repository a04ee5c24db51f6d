#include "adapters/court/cues.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace recoup::court {
namespace {

// Hits are tried for at every beginning in so short a place; in a longer one, all at once.
constexpr std::size_t kBeginningBytesMax = 600;

}  // namespace

std::size_t CuePlan::AddSlot(const std::vector<Cue>& cues) {
  for (const Cue& cue : cues) {
    const auto& shortest = std::ranges::min(cue.literals, {}, &std::string::size);
    cues_.push_back(
        {AddSet(cue.literals), static_cast<std::uint32_t>(shortest.size()), cue.begin_max});
  }
  slots_.push_back(static_cast<std::uint32_t>(cues_.size()));
  return slots_.size() - 2;
}

std::uint32_t CuePlan::AddSet(const LiteralSet& literals) {
  const auto number = static_cast<std::uint32_t>(sets_.size());
  const auto [known, is_new] = sets_.emplace(literals, number);
  if (!is_new) return known->second;
  for (const std::string& literal : literals) {
    auto& sets = sets_of_literal_[literal];
    if (sets.empty() || sets.back() != number) sets.push_back(number);
  }
  return number;
}

void CuePlan::Finish() {
  std::vector<std::string> literals;
  for (auto& [literal, sets] : sets_of_literal_) {
    literals.push_back(literal);
    sets_by_number_.push_back(std::move(sets));
  }
  sets_of_literal_.clear();
  matcher_ = LiteralMatcher(literals);
}

Cues::Cues(const CuePlan& plan, std::string_view text) : plan_(&plan) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;  // Literal and where it begins.
  found.reserve(text.size() / 4);
  std::vector<std::uint32_t> counts(plan.sets_by_number_.size());
  plan.matcher_.Each(text, [&](std::uint32_t literal, std::size_t begin) {
    found.emplace_back(literal, static_cast<std::uint32_t>(begin));
    ++counts[literal];
  });
  set_begins_.resize(plan.sets_.size() + 1);
  for (std::size_t literal = 0; literal < counts.size(); ++literal) {
    if (counts[literal] == 0) continue;
    for (const std::uint32_t set : plan.sets_by_number_[literal]) {
      set_begins_[set + 1] += counts[literal];
    }
  }
  for (std::size_t i = 1; i < set_begins_.size(); ++i) set_begins_[i] += set_begins_[i - 1];
  places_.resize(set_begins_.back());
  std::vector<std::uint32_t> next(set_begins_.begin(), set_begins_.end() - 1);
  for (const auto& [literal, begin] : found) {
    for (const std::uint32_t set : plan.sets_by_number_[literal]) places_[next[set]++] = begin;
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

std::optional<Cues::Place> Cues::NextPlace(std::size_t slot, const PatternReach& reach,
                                           Span within) const {
  const auto cues = plan_->CuesOf(slot);
  if (cues.empty()) return Place{within};
  const std::size_t before = cues.front().begin_max;
  const std::span<const std::uint32_t> all = PlacesOf(cues.front().set);
  auto first = std::ranges::lower_bound(all, within.begin);
  for (; first != all.end() && *first < within.end; ++first) {
    const Span part = PartAround(*first, reach, within);
    if (!FollowedBy(cues, *first, part.end)) continue;
    const std::size_t behind = reach.bytes_max.value_or(part.end);
    Span span{std::max(part.begin, *first - std::min<std::size_t>(*first, before)),
              std::min(part.end, *first + behind)};
    if (before == 0 && span.size() <= kBeginningBytesMax) return Place{span, true};
    // Places that touch are one, so that no hit stands across their border.
    while (++first != all.end() && span.end < part.end && *first <= span.end + before) {
      span.end = std::min(part.end, *first + behind);
    }
    return Place{span};
  }
  return std::nullopt;
}

Span Cues::PartAround(std::size_t at, const PatternReach& reach, Span within) const {
  if (reach.crosses_line && reach.crosses_stop) return within;
  const auto& borders = reach.crosses_line ? stops_ : reach.crosses_stop ? breaks_ : borders_;
  return Between(borders, at, within);
}

bool Cues::FollowedBy(std::span<const CuePlan::SlotCue> cues, std::size_t first,
                      std::size_t end) const {
  std::size_t behind = first + cues.front().literal_bytes_min;
  for (const CuePlan::SlotCue& cue : cues.subspan(1)) {
    const auto begin = NextOf(cue, {behind, end});
    if (!begin.has_value() || *begin > first + cue.begin_max) return false;
    behind = *begin + cue.literal_bytes_min;
  }
  return behind <= end;
}

std::span<const std::uint32_t> Cues::PlacesOf(std::uint32_t set) const {
  return {places_.begin() + set_begins_[set], places_.begin() + set_begins_[set + 1]};
}

std::optional<std::size_t> Cues::NextOf(const CuePlan::SlotCue& cue, Span within) const {
  const auto all = PlacesOf(cue.set);
  const auto found = std::ranges::lower_bound(all, within.begin);
  const bool inside = found != all.end() && *found + cue.literal_bytes_min <= within.end;
  return inside ? std::optional<std::size_t>(*found) : std::nullopt;
}

bool Cues::MayHit(std::size_t slot, Span within) const {
  return std::ranges::all_of(plan_->CuesOf(slot), [&](const CuePlan::SlotCue& cue) {
    return NextOf(cue, within).has_value();
  });
}

}  // namespace recoup::court
