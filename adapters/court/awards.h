// The sums that one operative item awards, with the words that name them.
//
// Internal to adapters/court: obligations.cc makes of them the obligations of the ruling.
#ifndef RECOUP_ADAPTERS_COURT_AWARDS_H_
#define RECOUP_ADAPTERS_COURT_AWARDS_H_

#include <algorithm>
#include <optional>
#include <vector>

#include "adapters/court/document.h"

namespace recoup::court {

// Parties of one sum, and where the item names them.
struct Named {
  std::vector<std::size_t> parties;
  Span span;

  bool empty() const { return parties.empty(); }
  void Add(const Mention& mention) {
    span = parties.empty() ? mention.span : Span{span.begin, mention.span.end};
    for (const std::size_t party : mention.parties) {
      if (std::ranges::find(parties, party) == parties.end()) parties.push_back(party);
    }
  }
  bool operator==(const Named& other) const { return parties == other.parties; }
};

struct NamedPolicy {
  PolicyKind kind = PolicyKind::kCompulsory;
  Span span;
  bool operator==(const NamedPolicy& other) const { return kind == other.kind; }
};

struct Award {
  Named debtors;
  Named creditors;
  Amount amount;
  std::optional<NamedPolicy> policy;

  bool SamePair(const Award& other) const {
    return debtors == other.debtors && creditors == other.creditors && policy == other.policy;
  }
};

// In the order of the item. A sum without a debtor is one whose payer was not understood.
std::vector<Award> ReadAwards(const Reading& reading, Span item);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_AWARDS_H_
