// Who takes part in a case, and where the text speaks of whom.
//
// Immutable after Read, thread-safe. Names are the full ones of the caption; the short forms that
// the text introduces (以下简称…) and the roles (原告, where there is one only) resolve to them.
// Whoever drove, died or was hurt without being a party is one of them too, with Side::kOutsider.
#ifndef RECOUP_ADAPTERS_COURT_PARTIES_H_
#define RECOUP_ADAPTERS_COURT_PARTIES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/court/elements.h"
#include "adapters/court/rule_book.h"
#include "adapters/court/sections.h"

namespace recoup::court {

enum class Side { kClaimant, kRespondent, kThird, kOutsider };

struct Party {
  std::string name;
  Side side = Side::kThird;
  PartyKind kind = PartyKind::kOther;
  std::optional<std::string> id_number;
  Span line;  // Of the caption; of an outsider, where the text first speaks of it.
};

// One place that speaks of one or, as "二被告", of several parties. Empty: a role not resolved.
struct Mention {
  Span span;
  std::vector<std::size_t> parties;
};

class Parties {
 public:
  static Parties Read(std::string_view text, const Outline& outline, const RuleBook& rules,
                      const Cues& cues);

  const std::vector<Party>& all() const { return parties_; }
  const Party& operator[](std::size_t index) const { return parties_[index]; }
  // In the order of the text; found once for the whole document.
  std::span<const Mention> MentionsIn(Span within) const;
  // The first party of the first mention that is resolved.
  std::optional<std::size_t> FirstIn(Span within) const;
  std::optional<std::size_t> Find(std::string_view name) const;
  // The only one of a kind, for instance the only insurer.
  std::optional<std::size_t> Only(PartyKind kind) const;
  std::optional<std::size_t> FirstOf(Side side, PartyKind kind) const;

 private:
  void ReadCaption(std::string_view text, Span caption, const RuleBook& rules, const Cues& cues);
  void DropOrdinals();
  void ReadAliases(std::string_view text, const RuleBook& rules, const Cues& cues);
  void ReadOutsiders(std::string_view text, const Outline& outline, const RuleBook& rules,
                     const Cues& cues);
  void AddShortNames(std::string_view text);
  void AddVehicles(std::string_view text, const Outline& outline, const RuleBook& rules,
                   const Cues& cues);
  void ReadOutsideFunds(std::string_view text, Span ruling, const RuleBook& rules,
                        const Cues& cues);
  void ReadOutsideInsurers(std::string_view text, const Outline& outline, const RuleBook& rules,
                           const Cues& cues);
  void AddRoles();
  void FindMentions(std::string_view text);

  std::vector<Party> parties_;
  std::unordered_map<std::string, std::vector<std::size_t>> spoken_;
  std::vector<Mention> mentions_;
};

PartyKind KindOf(std::string_view name, const RuleBook& rules);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PARTIES_H_
