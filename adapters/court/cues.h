// Where in one text each rule of the book could hit: the places of its necessary literals.
//
// A cue says "perhaps", its absence says "certainly not". Linear in the text. The plan belongs to
// the rule book and outlives its cues; both are immutable after building, thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_CUES_H_
#define RECOUP_ADAPTERS_COURT_CUES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/court/literals.h"
#include "adapters/court/normalise.h"
#include "adapters/court/pattern_reach.h"

namespace recoup::court {

// What to look for: for each slot (a rule, or a group of rules) its sets of literals.
class CuePlan {
 public:
  // A slot that has a literal of each set wherever it hits; no set: it may hit anywhere.
  std::size_t AddSlot(const std::vector<LiteralSet>& sets);
  // After the last slot. False: more words than can be looked for.
  [[nodiscard]] bool Finish();

 private:
  friend class Cues;
  struct Set {
    std::size_t literal_bytes_min = 0;
  };
  std::uint32_t AddSet(const LiteralSet& literals);

  std::vector<std::vector<std::uint32_t>> slots_;  // Their sets, which many slots share.
  std::vector<Set> sets_;
  std::map<LiteralSet, std::uint32_t> known_sets_;
  std::map<std::string, std::vector<std::uint32_t>> sets_of_literal_;
  std::vector<std::vector<std::uint32_t>> sets_by_number_;
  LiteralMatcher matcher_;
};

class Cues {
 public:
  Cues(const CuePlan& plan, std::string_view text);

  // False: nothing inside the part can hit.
  bool MayHit(std::size_t slot, Span within) const;

  // The first place inside the part where the slot may hit: no hit begins before it, and those that
  // begin in it end in it. All of the part, if the slot may hit anywhere; absent, if nowhere.
  std::optional<Span> NextPlace(std::size_t slot, const PatternReach& reach, Span within) const;

 private:
  void FindBorders(std::string_view text);
  std::optional<std::size_t> NextOf(std::uint32_t set, Span within) const;
  std::optional<std::size_t> EndBehind(std::uint32_t set, std::size_t end) const;
  // The part around a place that has no border in it.
  Span Between(const std::vector<std::uint32_t>& borders, std::size_t at, Span within) const;

  const CuePlan* plan_;
  std::vector<std::uint32_t> begins_;  // Per set, into ends_; one more at the end.
  std::vector<std::uint32_t> ends_;    // Of the literals, per set in the order of the text.
  // Where "\n" stands, "。", and either.
  std::vector<std::uint32_t> breaks_, stops_, borders_;
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_CUES_H_
