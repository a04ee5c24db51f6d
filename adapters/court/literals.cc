#include "adapters/court/literals.h"

#include <re2/filtered_re2.h>

#include <algorithm>
#include <queue>

namespace recoup::court {
namespace {

constexpr int kLiteralBytesMin = 3;  // One Chinese character in UTF-8.
// More sets tell more parts of a text that cannot match, and cost more to look for in every text.
constexpr std::size_t kSetsMax = 3;

unsigned char LowerCase(unsigned char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<unsigned char>(c - 'A' + 'a') : c;
}

}  // namespace

std::vector<LiteralSet> NecessaryLiterals(const std::string& pattern) {
  re2::FilteredRE2 filter(kLiteralBytesMin);
  re2::RE2::Options options;
  options.set_log_errors(false);
  int id = 0;
  if (filter.Add(pattern, options, &id) != re2::RE2::NoError) return {};
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  // Whether a text could match that has every atom but those.
  const auto could_match_without = [&](const std::vector<bool>& missing) {
    std::vector<int> present;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      if (!missing[i]) present.push_back(static_cast<int>(i));
    }
    std::vector<int> potentials;
    filter.AllPotentials(present, &potentials);
    return !potentials.empty();
  };
  // Of "医保…支付" either word alone makes a set. The shorter ones, which stand everywhere, are
  // left to the later sets.
  std::vector<std::size_t> by_length(atoms.size());
  for (std::size_t i = 0; i < atoms.size(); ++i) by_length[i] = i;
  std::ranges::stable_sort(by_length, {}, [&](std::size_t i) { return atoms[i].size(); });
  std::vector<bool> unused(atoms.size(), true);
  std::vector<LiteralSet> sets;
  while (!atoms.empty() && sets.size() < kSetsMax && !could_match_without(unused)) {
    std::vector<bool> needed = unused;
    for (const std::size_t i : by_length) {
      if (!needed[i]) continue;
      needed[i] = false;
      if (could_match_without(needed)) needed[i] = true;
    }
    LiteralSet& set = sets.emplace_back();
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      if (!needed[i]) continue;
      set.push_back(atoms[i]);
      unused[i] = false;
    }
  }
  return sets;
}

LiteralMatcher::LiteralMatcher(const std::vector<std::string>& literals) {
  for (const std::string& literal : literals) {
    for (const char c : literal) {
      std::uint32_t& number = classes_[LowerCase(static_cast<unsigned char>(c))];
      if (number == 0) number = class_count_++;
    }
  }
  for (unsigned char c = 'A'; c <= 'Z'; ++c) classes_[c] = classes_[LowerCase(c)];
  std::vector<std::vector<std::uint32_t>> outputs(1);
  next_.assign(class_count_, 0);
  for (std::size_t i = 0; i < literals.size(); ++i) {
    std::uint32_t state = 0;
    for (const char c : literals[i]) {
      const std::uint32_t edge = state + classes_[LowerCase(static_cast<unsigned char>(c))];
      if (next_[edge] == 0) {
        next_[edge] = static_cast<std::uint32_t>(next_.size());
        next_.resize(next_.size() + class_count_);
        outputs.emplace_back();
      }
      state = next_[edge];
    }
    outputs[state / class_count_].push_back(static_cast<std::uint32_t>(i));
  }
  // Breadth first: what a state lacks it takes from the state of its longest proper suffix.
  std::vector<std::uint32_t> suffix(outputs.size());
  std::queue<std::uint32_t> open;
  for (std::uint32_t c = 0; c < class_count_; ++c) {
    if (next_[c] != 0) open.push(next_[c]);
  }
  for (; !open.empty(); open.pop()) {
    const std::uint32_t state = open.front();
    const std::uint32_t shorter = suffix[state / class_count_];
    auto& own = outputs[state / class_count_];
    const auto& inherited = outputs[shorter / class_count_];
    own.insert(own.end(), inherited.begin(), inherited.end());
    for (std::uint32_t c = 0; c < class_count_; ++c) {
      if (next_[state + c] == 0) {
        next_[state + c] = next_[shorter + c];
      } else {
        suffix[next_[state + c] / class_count_] = next_[shorter + c];
        open.push(next_[state + c]);
      }
    }
  }
  for (const auto& own : outputs) {
    output_begins_.push_back(static_cast<std::uint32_t>(outputs_.size()));
    outputs_.insert(outputs_.end(), own.begin(), own.end());
  }
  output_begins_.push_back(static_cast<std::uint32_t>(outputs_.size()));
  for (std::uint32_t& next : next_) {
    if (!outputs[next / class_count_].empty()) next |= kEnds;
  }
}

}  // namespace recoup::court
