#include "adapters/court/literals.h"

#include <re2/filtered_re2.h>

#include <algorithm>
#include <bit>
#include <queue>

#include "hub/base/check.h"

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
  std::size_t bytes = 0;
  std::uint8_t classes = 1;
  for (const std::string& literal : literals) {
    bytes += literal.size();
    for (const char c : literal) {
      std::uint8_t& number = classes_[LowerCase(static_cast<unsigned char>(c))];
      if (number == 0) number = classes++;  // UTF-8 has no more than 243 kinds of bytes.
    }
  }
  RECOUP_CHECK(bytes <= kLiteralBytesMax);
  for (unsigned char c = 'A'; c <= 'Z'; ++c) classes_[c] = classes_[LowerCase(c)];
  row_bits_ = static_cast<std::uint32_t>(std::bit_width(classes - 1u));
  const std::size_t row_size = std::size_t{1} << row_bits_;
  std::vector<std::vector<std::uint32_t>> outputs(1);
  next_.assign(row_size, 0);
  const auto entry = [&](State state, std::size_t c) -> State& {
    return next_[(std::size_t{state} << row_bits_) + c];
  };
  for (std::size_t i = 0; i < literals.size(); ++i) {
    State state = 0;
    for (const char c : literals[i]) {
      const std::size_t edge = classes_[LowerCase(static_cast<unsigned char>(c))];
      if (entry(state, edge) == 0) {
        entry(state, edge) = static_cast<State>(outputs.size());
        next_.resize(next_.size() + row_size);
        outputs.emplace_back();
      }
      state = entry(state, edge);
    }
    outputs[state].push_back(static_cast<std::uint32_t>(i));
  }
  // Breadth first: what a state lacks it takes from the state of its longest proper suffix.
  std::vector<State> suffix(outputs.size());
  std::queue<State> open;
  for (std::size_t c = 0; c < row_size; ++c) {
    if (entry(0, c) != 0) open.push(entry(0, c));
  }
  for (; !open.empty(); open.pop()) {
    const State state = open.front();
    const State shorter = suffix[state];
    outputs[state].insert(outputs[state].end(), outputs[shorter].begin(), outputs[shorter].end());
    for (std::size_t c = 0; c < row_size; ++c) {
      if (entry(state, c) == 0) {
        entry(state, c) = entry(shorter, c);
      } else {
        suffix[entry(state, c)] = entry(shorter, c);
        open.push(entry(state, c));
      }
    }
  }
  for (const auto& own : outputs) {
    output_begins_.push_back(static_cast<std::uint32_t>(outputs_.size()));
    outputs_.insert(outputs_.end(), own.begin(), own.end());
  }
  output_begins_.push_back(static_cast<std::uint32_t>(outputs_.size()));
  for (State& next : next_) {
    if (!outputs[next].empty()) next = static_cast<State>(next | kEnds);
  }
}

}  // namespace recoup::court
