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
#include <span>
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
  // A slot that has its cues, in their order, wherever it hits; no cue: it may hit anywhere.
  std::size_t AddSlot(const std::vector<Cue>& cues);
  // After the last slot.
  void Finish();

 private:
  friend class Cues;
  // A set of literals, which many slots share, and what the slot knows of it.
  struct SlotCue {
    std::uint32_t set = 0;
    std::uint32_t literal_bytes_min = 0;
    std::size_t begin_max = 0;
  };
  std::uint32_t AddSet(const LiteralSet& literals);
  std::span<const SlotCue> CuesOf(std::size_t slot) const {
    return std::span(cues_).subspan(slots_[slot], slots_[slot + 1] - slots_[slot]);
  }

  std::vector<std::uint32_t> slots_ = {0};  // Per slot, into cues_; one more at the end.
  std::vector<SlotCue> cues_;
  std::map<LiteralSet, std::uint32_t> sets_;
  std::map<std::string, std::vector<std::uint32_t>> sets_of_literal_;
  std::vector<std::vector<std::uint32_t>> sets_by_number_;  // Of the literals of the matcher.
  LiteralMatcher matcher_;
};

class Cues {
 public:
  Cues(const CuePlan& plan, std::string_view text);

  // False: nothing inside the part can hit.
  bool MayHit(std::size_t slot, Span within) const;

  // The first place inside the part where the slot may hit: no hit begins before it, and those that
  // begin in it end in it. All of the part, if the slot may hit anywhere; absent, if nowhere.
  struct Place {
    Span span;
    bool begins_hit = false;  // No hit begins in it but with it.
  };
  std::optional<Place> NextPlace(std::size_t slot, const PatternReach& reach, Span within) const;

 private:
  void FindBorders(std::string_view text);
  // Where the literals of a set begin.
  std::span<const std::uint32_t> PlacesOf(std::uint32_t set) const;
  // The first of them inside a part.
  std::optional<std::size_t> NextOf(const CuePlan::SlotCue& cue, Span within) const;
  // Whether a match can have its first cue at `first`: all stand in order before `end`, and none
  // too far away.
  bool FollowedBy(std::span<const CuePlan::SlotCue> cues, std::size_t first, std::size_t end) const;
  // The part around a place that a match does not leave.
  Span PartAround(std::size_t at, const PatternReach& reach, Span within) const;
  // The part around a place that has no border in it.
  Span Between(const std::vector<std::uint32_t>& borders, std::size_t at, Span within) const;

  const CuePlan* plan_;
  std::vector<std::uint32_t> set_begins_;  // Per set, into places_; one more at the end.
  std::vector<std::uint32_t> places_;  // Where literals begin, per set in the order of the text.
  // Where "\n" stands, "。", and either.
  std::vector<std::uint32_t> breaks_, stops_, borders_;
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_CUES_H_
