// Who takes part in a case, and where the text speaks of whom.
//
// Immutable after Read, thread-safe. Names are the full ones of the caption; the short forms that
// the text introduces (以下简称…) and the roles (原告, where there is one only) resolve to them.
#ifndef RECOUP_ADAPTERS_COURT_PARTIES_H_
#define RECOUP_ADAPTERS_COURT_PARTIES_H_

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/court/elements.h"
#include "adapters/court/rule_book.h"
#include "adapters/court/sections.h"

namespace recoup::court {

enum class Side { kClaimant, kRespondent, kThird };

struct Party {
  std::string name;
  Side side = Side::kThird;
  PartyKind kind = PartyKind::kOther;
  std::optional<std::string> id_number;
  Span line;  // Of the caption.
};

// One place that speaks of one or, as "二被告", of several parties. Empty: a role not resolved.
struct Mention {
  Span span;
  std::vector<std::size_t> parties;
};

class Parties {
 public:
  static Parties Read(std::string_view text, const Outline& outline, const RuleBook& rules);

  const std::vector<Party>& all() const { return parties_; }
  const Party& operator[](std::size_t index) const { return parties_[index]; }
  std::vector<Mention> MentionsIn(std::string_view text, Span within) const;
  // The first party of the first mention that is resolved.
  std::optional<std::size_t> FirstIn(std::string_view text, Span within) const;
  std::optional<std::size_t> Find(std::string_view name) const;
  // The only one of a kind, for instance the only insurer.
  std::optional<std::size_t> Only(PartyKind kind) const;
  std::optional<std::size_t> FirstOf(Side side, PartyKind kind) const;

 private:
  void ReadCaption(std::string_view text, Span caption, const RuleBook& rules);
  void ReadAliases(std::string_view text, const RuleBook& rules);
  void AddRoles();
  void Compile();

  std::vector<Party> parties_;
  std::unordered_map<std::string, std::vector<std::size_t>> spoken_;
  std::unique_ptr<const re2::RE2> pattern_;
};

PartyKind KindOf(std::string_view name, const RuleBook& rules);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PARTIES_H_
