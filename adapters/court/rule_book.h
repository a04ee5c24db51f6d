// The patterns of the field, as data: adapters/court/data/rules.toml, read by domain experts.
//
// A rule is a name, a group, a pattern (RE2: linear time on any input), a confidence, and beside
// them texts that it must find and texts that it must leave alone; a test runs them all. Code asks
// for groups; it never spells a cue phrase itself. Immutable after loading, thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_RULE_BOOK_H_
#define RECOUP_ADAPTERS_COURT_RULE_BOOK_H_

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "adapters/court/cues.h"
#include "adapters/court/normalise.h"
#include "adapters/court/pattern_reach.h"

namespace recoup::court {

struct Rule {
  std::string name;
  std::string value;  // What a hit means, where the group needs more than the group's name.
  int confidence_percent = 0;
  std::vector<std::string> examples, counterexamples;
  std::unique_ptr<const re2::RE2> pattern;
  PatternReach reach;
  std::size_t cue_slot = 0;
};

inline constexpr std::size_t kGroupsMax = 6;

struct Hit {
  const Rule* rule = nullptr;
  Span span;
  std::array<Span, kGroupsMax> groups;  // [0] is the whole hit; an absent group is empty.
};

// First hit of a pattern inside a part of a text; ^ and $ are the borders of the part, offsets
// those of the whole text.
std::optional<Hit> FindIn(const re2::RE2& pattern, std::string_view text, Span within);
// The same, where what the groups hold does not matter: much faster.
std::optional<Span> FindSpanIn(const re2::RE2& pattern, std::string_view text, Span within);

// The rules that answer one question, in the order of the file.
struct RuleGroup {
  std::vector<Rule> rules;
  std::size_t cue_slot = 0;
};

class RuleBook {
 public:
  // Refuses, with all faults: broken TOML, unknown words, patterns RE2 refuses, doubled names.
  static absl::StatusOr<RuleBook> FromToml(const std::string& toml);
  // The rules this program was built with.
  static absl::StatusOr<RuleBook> BuiltIn();

  // The rules of a group in the order of the file. A group without rules is a programmer error.
  const std::vector<Rule>& Group(std::string_view group) const { return Find(group).rules; }

  // All groups by name.
  const auto& groups() const { return groups_; }

  // Where in a text which rule could hit: worth finding once for a text that is asked much, and
  // then given to the questions below, which answer the same with it as without it. The book
  // outlives the cues and does not move meanwhile.
  Cues CuesIn(std::string_view text) const { return Cues(plan_, text); }

  // The leftmost hit of any rule of the group; the earlier rule wins a tie.
  std::optional<Hit> Leftmost(std::string_view group, std::string_view text, Span within,
                              const Cues* cues = nullptr) const;
  // The first rule of the group, in file order, that hits at all.
  std::optional<Hit> First(std::string_view group, std::string_view text, Span within,
                           const Cues* cues = nullptr) const;
  bool Has(std::string_view group, std::string_view text, Span within,
           const Cues* cues = nullptr) const;
  // Whether a text on its own, for instance a name, fits the group.
  bool Fits(std::string_view group, std::string_view text) const {
    return Has(group, text, Span{0, text.size()});
  }
  // The first hit of one rule.
  std::optional<Hit> Find(const Rule& rule, std::string_view text, Span within,
                          const Cues* cues = nullptr) const;
  // All hits of the group's rules, rule by rule, without overlaps within a rule.
  std::vector<Hit> All(std::string_view group, std::string_view text, Span within,
                       const Cues* cues = nullptr) const;

 private:
  struct NameHash {
    using is_transparent = void;
    // Names differ in their last signs or in length. A document asks for groups a thousand times.
    std::size_t operator()(std::string_view name) const {
      std::uint64_t last = 0;
      if (name.size() >= sizeof(last)) {
        std::memcpy(&last, name.data() + name.size() - sizeof(last), sizeof(last));
      } else {
        std::memcpy(&last, name.data(), name.size());
      }
      constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15;  // 2^64 by the golden ratio.
      return (last ^ name.size()) * kSpread >> 32;
    }
  };

  const RuleGroup& Find(std::string_view group) const;
  void PlanCues();

  absl::flat_hash_map<std::string, RuleGroup, NameHash, std::equal_to<>> groups_;
  CuePlan plan_;
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_RULE_BOOK_H_
