#include "hub/reconcile/payer_group.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace recoup::reconcile {
namespace {

using domain::Money;

bool NamesNothing(const EntryState& entry) {
  return entry.named.empty() && entry.paid.empty() && !entry.advice.has_value() &&
         entry.mentions.none();
}

bool OfOneDebtor(const Run& run, const std::vector<Index>& demands) {
  const std::string_view first = run.demands[demands.front()].fact->debtor;
  return std::all_of(demands.begin(), demands.end(), [&](Index i) {
    const std::string_view debtor = run.demands[i].fact->debtor;
    // Mostly the same text, which then need not be read.
    return (debtor.data() == first.data() && debtor.size() == first.size()) || debtor == first;
  });
}

// By payer, in the order of each payer's first entry, which is how payers are numbered.
std::vector<PayerGroup> EntriesByPayer(const Run& run) {
  std::vector<std::pair<Index, Index>> of_payer;  // Payer and entry.
  for (Index i = 0; i < run.entries.size(); ++i) {
    const EntryState& entry = run.entries[i];
    if (!MayBeMatched(entry) || !NamesNothing(entry)) continue;
    if (run.payers[entry.payer].known()) of_payer.emplace_back(entry.payer, i);
  }
  std::sort(of_payer.begin(), of_payer.end());
  std::vector<PayerGroup> groups;
  for (std::size_t i = 0; i < of_payer.size(); ++i) {
    if (i == 0 || of_payer[i].first != of_payer[i - 1].first) groups.emplace_back();
    groups.back().entries.push_back(of_payer[i].second);
  }
  return groups;
}

}  // namespace

std::vector<PayerGroup> GroupByPayer(Run& run) {
  std::vector<PayerGroup> groups;
  std::vector<Index> merged;
  for (PayerGroup& group : EntriesByPayer(run)) {
    for (const Index i : run.DemandsOfPayer(run.entries[group.entries.front()], merged)) {
      const DemandState& demand = run.demands[i];
      if (demand.open.is_positive()) group.demands.push_back(i);
      if (demand.paid.is_positive()) group.taken.push_back({i, demand.last_entry});
    }
    if (group.demands.empty()) continue;
    std::optional<NearestDemands> nearest;  // Most payers need none.
    const bool one = OfOneDebtor(run, group.demands);
    std::erase_if(group.entries, [&](Index i) {
      EntryState& entry = run.entries[i];
      if (entry.mentions.unknown) {
        entry.conflict = "写明的编号没有对应的追偿函，不能仅凭金额认定";
      } else if (!one) {
        entry.conflict = "付款人名称对应多个义务人";
      } else {
        return false;
      }
      if (!nearest) nearest.emplace(run, group.demands);
      entry.unsolved = nearest->To(entry.rest(), run.policy.candidates_max);
      return true;
    });
    if (!group.entries.empty()) groups.push_back(std::move(group));
  }
  PartGroups(groups, run.demands.size());
  return groups;
}

const std::vector<Taken>* TakenOfAmount(const Run& run, const PayerGroup& group,
                                        domain::Money amount, Index entry, Findings& into) {
  std::vector<Taken> taken;
  for (const Taken& one : group.taken) {
    const DemandState& demand = run.demands[one.demand];
    if (demand.open + demand.paid != amount) continue;
    if (!CameTooEarly(run, entry, one.demand)) taken.push_back(one);
  }
  return taken.empty() ? nullptr : &into.taken.emplace_back(std::move(taken));
}

void PartGroups(std::vector<PayerGroup>& groups, std::size_t demands) {
  // Groups that share a demand, directly or by others between them, have one root: the first.
  std::vector<std::size_t> above(groups.size());
  std::iota(above.begin(), above.end(), std::size_t{0});
  const auto root_of = [&](std::size_t group) {
    while (above[group] != group) group = above[group] = above[above[group]];
    return group;
  };
  std::vector<Index> first_of(demands, kNowhere);  // The first group that has the demand.
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const Index demand : groups[i].demands) {
      if (first_of[demand] == kNowhere) {
        first_of[demand] = static_cast<Index>(i);
        continue;
      }
      const std::size_t one = root_of(first_of[demand]);
      const std::size_t other = root_of(i);
      above[std::max(one, other)] = std::min(one, other);
    }
  }
  std::vector<std::size_t> to_do(groups.size(), 0);  // By root.
  for (std::size_t i = 0; i < groups.size(); ++i) {
    to_do[root_of(i)] += groups[i].entries.size() + groups[i].demands.size();
  }
  std::array<std::size_t, 2> given{};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::size_t root = root_of(i);
    if (root != i) {
      groups[i].beside = groups[root].beside;  // The root was before.
      continue;
    }
    groups[i].beside = given[1] < given[0];
    given[groups[i].beside ? 1 : 0] += to_do[i];
  }
}

bool CameTooEarly(const Run& run, Index entry, Index demand) {
  return run.demands[demand].fact->issued_on - run.entries[entry].fact->booked_on >
         run.policy.early_days_max;
}

NearestDemands::NearestDemands(const Run& run, const std::vector<Index>& demands) {
  for (const Index i : demands) by_amount_.emplace_back(run.demands[i].open.fen(), i);
  std::sort(by_amount_.begin(), by_amount_.end());
}

IndexSet NearestDemands::To(Money amount, std::size_t most) const {
  IndexSet nearest;
  const std::int64_t fen = amount.fen();
  auto above = std::lower_bound(by_amount_.begin(), by_amount_.end(), std::pair(fen, Index{0}));
  auto below = above;
  while (nearest.size() < most && (below != by_amount_.begin() || above != by_amount_.end())) {
    const bool take_above =
        above != by_amount_.end() &&
        (below == by_amount_.begin() || above->first - fen <= fen - std::prev(below)->first);
    nearest.Insert(take_above ? (above++)->second : (--below)->second);
  }
  return nearest;
}

}  // namespace recoup::reconcile
