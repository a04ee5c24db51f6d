// Rungs 6 and 7: the payer and one amount, when nothing is named. All payments of a payer are
// decided together, so that which of them comes first decides nothing.
#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "hub/reconcile/payer_group.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

// How often a demand can take an amount: once as a whole, or once per instalment of it.
struct Taker {
  Index demand = 0;
  std::size_t times = 0;
};

using Takers = absl::flat_hash_map<std::int64_t, std::vector<Taker>>;  // By fen.

Takers TakersOf(const Run& run, const std::vector<Index>& demands) {
  Takers takers;
  for (const Index i : demands) {
    const DemandState& demand = run.demands[i];
    takers[demand.open.fen()].push_back({i, 1});
    for (const Instalment& instalment : demand.instalments) {
      if (!instalment.open.is_positive() || instalment.open >= demand.open) continue;
      std::vector<Taker>& of_amount = takers[instalment.open.fen()];
      if (of_amount.empty() || of_amount.back().demand != i) of_amount.push_back({i, 0});
      ++of_amount.back().times;
    }
  }
  return takers;
}

struct Decision {
  Index entry = 0;
  Index demand = 0;
  Rule rule = Rule::kPayerAndAmount;
  std::optional<std::int64_t> margin;
  std::vector<std::string> payments;  // Decided together.
  std::vector<std::string> chosen;
};

std::int64_t DaysBetween(const Run& run, Index entry, Index demand) {
  return std::abs(run.entries[entry].fact->paid_on - run.demands[demand].fact->due_or_issued_on());
}

// Every pairing is tried, so only for a few.
constexpr std::size_t kPairedMax = 6;

class Amounts {
 public:
  Amounts(Run& run, const PayerGroup& group)
      : run_(run), group_(group), takers_(TakersOf(run, group.demands)) {
    for (const auto& [fen, takers] : takers_) sums_.push_back(fen);
    std::sort(sums_.begin(), sums_.end());
  }

  void Decide() {
    std::map<std::int64_t, std::vector<Index>> by_amount;
    for (const Index i : group_.entries) by_amount[run_.entries[i].rest().fen()].push_back(i);
    for (const auto& [fen, entries] : by_amount) {
      const auto takers = takers_.find(fen);
      if (takers != takers_.end()) DecideAmount(fen, entries, takers->second);
    }
    DropContradictions();
    std::sort(decisions_.begin(), decisions_.end(),
              [](const Decision& a, const Decision& b) { return a.entry < b.entry; });
    for (const Decision& decision : decisions_) Apply(decision);
  }

 private:
  void DecideAmount(std::int64_t fen, const std::vector<Index>& entries,
                    const std::vector<Taker>& takers) {
    Day first_issued = run_.demands[takers.front().demand].fact->issued_on;
    for (const Taker& taker : takers) {
      first_issued = std::min(first_issued, run_.demands[taker.demand].fact->issued_on);
    }
    std::vector<Index> in_time;  // For at least one of the takers.
    for (const Index entry : entries) {
      const Day booked_on = run_.entries[entry].fact->booked_on;
      if (first_issued - booked_on <= run_.policy.early_days_max) in_time.push_back(entry);
    }
    if (in_time.empty()) return;
    // Entries are in order of date: where the last came too early, all did.
    IndexSet possible;
    for (const Taker& taker : takers) {
      if (!CameTooEarly(run_, in_time.back(), taker.demand)) possible.Insert(taker.demand);
    }
    if (possible.size() == 1) {
      const auto taker = std::find_if(takers.begin(), takers.end(),
                                      [&](const Taker& t) { return t.demand == possible.front(); });
      // More payments than the demand can take are explained as what they are: too much.
      in_time.resize(std::min(in_time.size(), taker->times));
      for (const Index entry : in_time) {
        decisions_.push_back({entry, taker->demand, Rule::kPayerAndAmount, MarginOf(fen), {}, {}});
      }
      return;
    }
    if (!PairByDates(in_time, possible)) {
      Doubt(in_time, possible, "该付款人有多笔追偿函的未付金额或分期金额与到账金额相等");
    }
  }

  // As many payments as demands: whatever the pairing, each demand is paid; it only has to be clear
  // which pairing is the likely one.
  bool PairByDates(const std::vector<Index>& entries, const IndexSet& demands) {
    if (entries.size() != demands.size() || entries.size() > kPairedMax) return false;
    for (const Index demand : demands) {
      // An instalment of this amount would be a further reading.
      if (run_.demands[demand].open != run_.entries[entries.front()].rest()) return false;
    }
    std::vector<Index> order(demands.begin(), demands.end());
    std::vector<Index> best;
    std::int64_t least = -1;
    std::int64_t second = -1;
    do {
      std::int64_t days = 0;
      bool possible = true;
      for (std::size_t i = 0; i < order.size(); ++i) {
        possible = possible && !CameTooEarly(run_, entries[i], order[i]);
        days += DaysBetween(run_, entries[i], order[i]);
      }
      if (!possible) continue;
      if (least < 0 || days < least) {
        second = least;
        least = days;
        best = order;
      } else if (second < 0 || days < second) {
        second = days;
      }
    } while (std::next_permutation(order.begin(), order.end()));
    if (least < 0 || (second >= 0 && second - least < run_.policy.date_margin_days)) return false;
    std::optional<std::int64_t> margin;  // Empty when no other pairing is possible at all.
    if (second >= 0) margin = second - least;
    std::vector<std::string> payments;
    for (const Index i : entries) payments.emplace_back(run_.entries[i].fact->key);
    std::sort(payments.begin(), payments.end());
    for (std::size_t i = 0; i < best.size(); ++i) {
      decisions_.push_back(
          {entries[i], best[i], Rule::kPayerAndDates, margin, payments, run_.KeysOf(demands)});
    }
    return true;
  }

  // One demand as a whole for one payment and in instalments for others: only one can be true.
  void DropContradictions() {
    std::map<Index, Money> sums;
    for (const Decision& decision : decisions_) {
      sums[decision.demand] += run_.entries[decision.entry].rest();
    }
    std::erase_if(decisions_, [&](const Decision& decision) {
      if (sums.at(decision.demand) <= run_.demands[decision.demand].open) return false;
      IndexSet demand;
      demand.Insert(decision.demand);
      Doubt({decision.entry}, demand, "几笔到账分别与同一追偿函的全额和分期金额相等");
      return true;
    });
  }

  void Doubt(const std::vector<Index>& entries, const IndexSet& demands, std::string_view why) {
    for (const Index i : entries) {
      EntryState& entry = run_.entries[i];
      entry.conflict = why;
      for (const Index demand : demands) {
        if (entry.unsolved.size() >= run_.policy.candidates_max) break;
        entry.unsolved.Insert(demand);
      }
    }
  }

  std::optional<std::int64_t> MarginOf(std::int64_t fen) const {
    const auto at = std::lower_bound(sums_.begin(), sums_.end(), fen);
    std::optional<std::int64_t> margin;
    if (at != sums_.begin()) margin = fen - *std::prev(at);
    if (std::next(at) != sums_.end()) {
      margin = std::min(margin.value_or(*std::next(at) - fen), *std::next(at) - fen);
    }
    return margin;
  }

  void Apply(const Decision& decision) {
    Certificate certificate;
    certificate.rule = decision.rule;
    certificate.margin = decision.margin;
    certificate.payments = decision.payments;
    certificate.chosen = decision.chosen;
    certificate.rivals = group_.demands.size() - 1;
    run_.Apply(decision.entry, decision.demand, run_.entries[decision.entry].rest(),
               std::move(certificate));
  }

  Run& run_;
  const PayerGroup& group_;
  const Takers takers_;
  std::vector<std::int64_t> sums_;
  std::vector<Decision> decisions_;
};

}  // namespace

void ApplyAmounts(Run& run, const std::vector<PayerGroup>& groups) {
  for (const PayerGroup& group : groups) Amounts(run, group).Decide();
}

}  // namespace recoup::reconcile
