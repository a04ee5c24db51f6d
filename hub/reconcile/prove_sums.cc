// Proofs of what was decided together: several references, dates, sums.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <utility>

#include "hub/base/status.h"
#include "hub/reconcile/checker.h"
#include "hub/reconcile/for_lookup.h"
#include "hub/reconcile/plain.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

struct SetCount {
  int ways = 0;  // Up to 2.
  std::optional<std::int64_t> nearest;
};

// How many sets of amounts have this sum, and how near another one comes. By merging the sums with
// and without each amount in turn, which the engine does not do.
SetCount CountSets(const std::vector<Money>& amounts, Money sum) {
  using Ways = std::vector<std::pair<std::int64_t, int>>;  // Sum and ways to reach it, up to 2.
  Ways ways = {{0, 1}};
  for (const Money amount : amounts) {
    Ways next;
    next.reserve(2 * ways.size());
    const auto add = [&](std::int64_t reached, int count) {
      if (!next.empty() && next.back().first == reached) {
        next.back().second = std::min(2, next.back().second + count);
      } else {
        next.emplace_back(reached, count);
      }
    };
    std::size_t with = 0;
    for (const auto& [reached, count] : ways) {
      while (with < ways.size() && ways[with].first + amount.fen() < reached) {
        add(ways[with].first + amount.fen(), ways[with].second);
        ++with;
      }
      add(reached, count);
    }
    for (; with < ways.size() && ways[with].first + amount.fen() <= 2 * sum.fen(); ++with) {
      add(ways[with].first + amount.fen(), ways[with].second);
    }
    ways = std::move(next);
  }
  SetCount found;
  for (const auto& [reached, count] : ways) {
    const std::int64_t away = std::abs(reached - sum.fen());
    if (away == 0) found.ways = count;
    if (reached == 0 || away == 0) continue;
    if (!found.nearest || away < *found.nearest) found.nearest = away;
  }
  return found;
}

bool Understates(const std::optional<std::int64_t>& margin,
                 const std::optional<std::int64_t>& nearest) {
  return nearest && (!margin || *margin > *nearest);
}

}  // namespace

bool Checker::SamePayer(const BankEntry& a, const BankEntry& b) const {
  return (!a.counterparty_account.empty() && a.counterparty_account == b.counterparty_account) ||
         Plain(a.counterparty_name) == Plain(b.counterparty_name);
}

absl::Status Checker::ProveGroup(const std::vector<const Application*>& group) const {
  switch (group.front()->certificate.rule) {
    case Rule::kStructuredReference:
    case Rule::kReferenceInText:
    case Rule::kDamagedReference:
    case Rule::kAdvice:
    case Rule::kPayerAndAmount:
      return absl::OkStatus();
    case Rule::kSeveralReferences:
      return ProveSeveral(group);
    case Rule::kPayerAndDates:
      return ProveDates(group);
    case Rule::kPayerAndSum:
      return ProveSum(group);
    case Rule::kPayerAndParts:
      return ProveParts(group);
    case Rule::kPayerAndTotals:
      return ProveTotals(group);
  }
  return Broken(group.front()->entry_key, "the rule is unknown");
}

absl::Status Checker::ProveTakenOfGroup(const std::vector<const Application*>& group,
                                        const BankEntry& entry, Money amount) const {
  for (const Application* application : group) {
    RECOUP_RETURN_IF_ERROR(ProveTaken(application->certificate, entry, amount));
  }
  return absl::OkStatus();
}

absl::Status Checker::ProveSeveral(const std::vector<const Application*>& group) const {
  Money sum;
  bool in_full = true;
  for (const Application* application : group) {
    sum += application->amount;
    const auto demand = demand_of_key_.find(ForLookup(application->demand_key));
    if (demand == demand_of_key_.end()) return Broken(application->demand_key, "is no demand");
    in_full = in_full && now_[demand->second].open == application->amount;
  }
  if (in_full || sum == left_.at(ForLookup(group.front()->entry_key))) return absl::OkStatus();
  return Broken(group.front()->entry_key, "the payment neither fits nor covers what it names");
}

absl::Status Checker::ProveDates(const std::vector<const Application*>& group) const {
  const Certificate& certificate = group.front()->certificate;
  const std::string_view subject = group.front()->entry_key;
  const Money amount = group.front()->amount;
  if (group.size() != certificate.payments.size() || group.size() != certificate.chosen.size()) {
    return Broken(subject, "the pairing is not complete");
  }
  std::vector<const BankEntry*> entries;
  Positions paired;
  for (const Application* application : group) {
    const auto entry = credits_.find(ForLookup(application->entry_key));
    const auto demand = demand_of_key_.find(ForLookup(application->demand_key));
    if (entry == credits_.end() || demand == demand_of_key_.end()) {
      return Broken(subject, "pairs what there is not");
    }
    if (application->amount != amount || left_.at(ForLookup(application->entry_key)) != amount ||
        now_[demand->second].open != amount) {
      return Broken(subject, "pairs different amounts");
    }
    entries.push_back(entry->second);
    paired.push_back(demand->second);
  }
  std::set<std::size_t> fitting;
  for (const BankEntry* entry : entries) {
    for (const std::size_t other : OpenOf(*entry, *before_amounts_)) {
      if (Fits((*before_amounts_)[other], amount)) fitting.insert(other);
    }
  }
  if (fitting != std::set<std::size_t>(paired.begin(), paired.end())) {
    return Broken(subject, "leaves out a demand of this amount");
  }
  const auto possible = [&](const Positions& order) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      const OpenDemand& demand = facts_.demands[order[i]];
      if (demand.issued_on - entries[i]->booked_on > policy_.early_days_max) return false;
    }
    return true;
  };
  if (!possible(paired)) return Broken(subject, "pairs money with what was issued long after it");
  const BankEntry& last = **std::max_element(
      entries.begin(), entries.end(),
      [](const BankEntry* a, const BankEntry* b) { return a->booked_on < b->booked_on; });
  RECOUP_RETURN_IF_ERROR(ProveTakenOfGroup(group, last, amount));
  const auto days = [&](const Positions& order) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const OpenDemand& demand = facts_.demands[order[i]];
      sum += std::abs(entries[i]->valued_on.value_or(entries[i]->booked_on) -
                      demand.due_on.value_or(demand.issued_on));
    }
    return sum;
  };
  const std::int64_t stated = days(paired);
  Positions order = paired;
  std::sort(order.begin(), order.end());
  do {
    if (order == paired || !possible(order)) continue;
    if (days(order) - stated <
        std::max<std::int64_t>(certificate.margin.value_or(0), policy_.date_margin_days)) {
      return Broken(subject, "another pairing is as near in time");
    }
  } while (std::next_permutation(order.begin(), order.end()));
  return absl::OkStatus();
}

absl::Status Checker::ProveSum(const std::vector<const Application*>& group) const {
  const BankEntry& entry = EntryOf(*group.front());
  const Money before = left_.at(entry.key);
  Money sum;
  for (const Application* application : group) {
    sum += application->amount;
    const auto demand = demand_of_key_.find(ForLookup(application->demand_key));
    if (demand == demand_of_key_.end() || now_[demand->second].open != application->amount) {
      return Broken(application->demand_key, "is not paid in full");
    }
  }
  if (sum != before) return Broken(entry.key, "the sum is not the payment");
  const Positions pool = OpenOf(entry, now_);
  if (pool.size() > policy_.subset_items_max) return Broken(entry.key, "too many to be searched");
  std::vector<Money> amounts;
  for (const std::size_t i : pool) amounts.push_back(now_[i].open);
  const SetCount count = CountSets(amounts, before);
  if (count.ways != 1) return Broken(entry.key, "more than one set of demands has this sum");
  if (Understates(group.front()->certificate.margin, count.nearest)) {
    return Broken(entry.key, "another sum is nearer than the certificate says");
  }
  return ProveTakenOfGroup(group, entry, before);
}

// That no other set of the payer's payments has the sum is not proven: which of them were open to
// question only the engine knows.
absl::Status Checker::ProveParts(const std::vector<const Application*>& group) const {
  const std::string_view demand_key = group.front()->demand_key;
  const Money open = now_[DemandOf(*group.front())].open;
  if (group.size() < 2 || group.size() != group.front()->certificate.payments.size()) {
    return Broken(demand_key, "the parts are not complete");
  }
  Money sum;
  const BankEntry* first = nullptr;
  const BankEntry* last = nullptr;
  for (const Application* application : group) {
    const auto entry = credits_.find(ForLookup(application->entry_key));
    if (entry == credits_.end() ||
        left_.at(ForLookup(application->entry_key)) != application->amount) {
      return Broken(application->entry_key, "is not used up");
    }
    sum += application->amount;
    const BankEntry* part = entry->second;
    if (first == nullptr || part->booked_on < first->booked_on) first = part;
    if (last == nullptr || part->booked_on > last->booked_on) last = part;
  }
  if (sum != open) return Broken(demand_key, "the parts are not what is open");
  if (last->booked_on - first->booked_on > policy_.parts_days_max) {
    return Broken(demand_key, "the parts lie far apart");
  }
  return ProveTakenOfGroup(group, *first, open);
}

absl::Status Checker::ProveTotals(const std::vector<const Application*>& group) const {
  const Certificate& certificate = group.front()->certificate;
  const std::string_view subject = group.front()->entry_key;
  Money came;
  for (const std::string_view key : certificate.payments) {
    const auto entry = credits_.find(ForLookup(key));
    if (entry == credits_.end() || !SamePayer(*entry->second, EntryOf(*group.front()))) {
      return Broken(key, "is no payment of this payer");
    }
    came += left_.at(ForLookup(key));
  }
  Money owed;
  std::vector<std::string_view> all;
  for (const std::size_t i : OpenOf(EntryOf(*group.front()), now_)) {
    owed += now_[i].open;
    all.push_back(facts_.demands[i].key);
  }
  std::sort(all.begin(), all.end());
  if (all != certificate.chosen) return Broken(subject, "is not about all that is owed");
  Money applied;
  for (const Application* application : group) applied += application->amount;
  if (came != owed || applied != owed) return Broken(subject, "the totals differ");
  return absl::OkStatus();
}

}  // namespace recoup::reconcile
