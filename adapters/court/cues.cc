#include "adapters/court/cues.h"

#include <algorithm>
#include <utility>

namespace recoup::court {

std::size_t CuePlan::AddSlot(const std::vector<std::string>& literals) {
  const auto number = static_cast<std::uint32_t>(slots_.size());
  Slot slot{literals.empty(), literals.empty() ? 0 : literals.front().size()};
  for (const std::string& literal : literals) {
    slot.literal_bytes_min = std::min(slot.literal_bytes_min, literal.size());
    auto& slots = slots_of_literal_[literal];
    if (slots.empty() || slots.back() != number) slots.push_back(number);
  }
  slots_.push_back(slot);
  return number;
}

void CuePlan::Finish() {
  std::vector<std::string> literals;
  for (auto& [literal, slots] : slots_of_literal_) {
    literals.push_back(literal);
    slots_by_number_.push_back(std::move(slots));
  }
  slots_of_literal_.clear();
  matcher_ = LiteralMatcher(literals);
}

Cues::Cues(const CuePlan& plan, std::string_view text) : plan_(&plan) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;  // Literal and its end.
  found.reserve(text.size() / 4);
  begins_.resize(plan.slots_.size() + 1);
  plan.matcher_.Each(text, [&](std::uint32_t literal, std::size_t end) {
    found.emplace_back(literal, static_cast<std::uint32_t>(end));
    for (const std::uint32_t slot : plan.slots_by_number_[literal]) ++begins_[slot + 1];
  });
  for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  ends_.resize(begins_.back());
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (const auto& [literal, end] : found) {
    for (const std::uint32_t slot : plan.slots_by_number_[literal]) ends_[next[slot]++] = end;
  }
}

bool Cues::MayHit(std::size_t slot, Span within) const {
  const CuePlan::Slot& wanted = plan_->slots_[slot];
  if (wanted.anywhere) return true;
  const auto begin = ends_.begin() + begins_[slot];
  const auto end = ends_.begin() + begins_[slot + 1];
  const auto found = std::lower_bound(begin, end, within.begin + wanted.literal_bytes_min);
  return found != end && *found <= within.end;
}

}  // namespace recoup::court
