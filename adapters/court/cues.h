// Where in one text each rule of the book could hit: the places of its necessary literals.
//
// A cue says "perhaps", its absence says "certainly not". Linear in the text. The plan belongs to
// the rule book and outlives its cues; both are immutable after building, thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_CUES_H_
#define RECOUP_ADAPTERS_COURT_CUES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/court/literals.h"
#include "adapters/court/normalise.h"

namespace recoup::court {

// What to look for: for each slot (a rule, or a group of rules) its literals.
class CuePlan {
 public:
  // A slot that has one of the literals wherever it hits; none: it may hit anywhere.
  std::size_t AddSlot(const std::vector<std::string>& literals);
  // After the last slot.
  void Finish();

 private:
  friend class Cues;
  struct Slot {
    bool anywhere = false;
    std::size_t literal_bytes_min = 0;
  };
  std::vector<Slot> slots_;
  std::map<std::string, std::vector<std::uint32_t>> slots_of_literal_;
  std::vector<std::vector<std::uint32_t>> slots_by_number_;
  LiteralMatcher matcher_;
};

class Cues {
 public:
  Cues(const CuePlan& plan, std::string_view text);

  // False: nothing inside the part can hit.
  bool MayHit(std::size_t slot, Span within) const;

 private:
  const CuePlan* plan_;
  std::vector<std::uint32_t> begins_;  // Per slot, into ends_; one more at the end.
  std::vector<std::uint32_t> ends_;    // Of the literals, per slot in the order of the text.
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_CUES_H_
