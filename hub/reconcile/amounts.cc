// Rungs 6 and 7: the payer and one amount, when nothing is named. All payments of all payers are
// read before the first of them is applied, so that which of them comes first decides nothing: not
// of one payer's payments, nor of payments under several names of one debtor.
#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "hub/reconcile/payer_group.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

// How often a demand can take an amount: once as a whole, or once per instalment of it.
struct Taker {
  Index demand = 0;
  std::size_t times = 0;
};

struct TakerOfAmount {
  std::int64_t fen = 0;
  Taker taker;
};

// By amount and demand.
std::vector<TakerOfAmount> TakersOf(const Run& run, const std::vector<Index>& demands) {
  std::vector<TakerOfAmount> takers;
  takers.reserve(demands.size());
  for (const Index i : demands) {
    const DemandState& demand = run.demands[i];
    takers.push_back({demand.open.fen(), {i, 1}});
    for (const Instalment& instalment : demand.instalments) {
      if (!instalment.open.is_positive() || instalment.open >= demand.open) continue;
      takers.push_back({instalment.open.fen(), {i, 1}});
    }
  }
  const auto order = [](const TakerOfAmount& t) { return std::tie(t.fen, t.taker.demand); };
  std::sort(takers.begin(), takers.end(),
            [&](const auto& a, const auto& b) { return order(a) < order(b); });
  std::size_t kept = 0;  // Equal instalments are one taker.
  for (std::size_t i = 1; i < takers.size(); ++i) {
    if (order(takers[kept]) == order(takers[i])) {
      ++takers[kept].taker.times;
    } else {
      takers[++kept] = takers[i];
    }
  }
  takers.resize(kept + 1);  // A group owes something.
  return takers;
}

// What amounts tell about one payment, before any of them is applied.
struct Reading {
  Index entry = 0;
  Index demand = 0;
  Rule rule = Rule::kPayerAndAmount;
  std::optional<std::int64_t> margin;
  const std::vector<Index>* payments = nullptr;  // Decided together.
  const std::vector<Index>* chosen = nullptr;
  const std::vector<Taken>* taken = nullptr;
};

std::int64_t DaysBetween(const Run& run, Index entry, Index demand) {
  return std::abs(run.entries[entry].fact->paid_on - run.demands[demand].fact->due_or_issued_on());
}

// Every pairing is tried, so only for a few.
constexpr std::size_t kPairedMax = 6;

using Readings = std::vector<Reading>;

void Doubt(Run& run, const std::vector<Index>& entries, const IndexSet& demands,
           std::string_view why) {
  for (const Index i : entries) {
    EntryState& entry = run.entries[i];
    entry.conflict = why;
    for (const Index demand : demands) {
      if (entry.unsolved.size() >= run.policy.candidates_max) break;
      entry.unsolved.Insert(demand);
    }
  }
}

class Amounts {
 public:
  Amounts(Run& run, const PayerGroup& group, Findings& into)
      : run_(run), group_(group), into_(into), takers_(TakersOf(run, group.demands)) {}

  // By entry.
  Readings Read() {
    std::vector<std::pair<std::int64_t, Index>> by_amount;
    for (const Index i : group_.entries) by_amount.emplace_back(run_.entries[i].rest().fen(), i);
    std::sort(by_amount.begin(), by_amount.end());
    for (auto from = by_amount.begin(); from != by_amount.end();) {
      const std::int64_t fen = from->first;
      std::vector<Index> entries;
      for (; from != by_amount.end() && from->first == fen; ++from) entries.push_back(from->second);
      const std::vector<Taker> takers = TakersOfAmount(fen);
      if (!takers.empty()) DecideAmount(fen, entries, takers);
    }
    std::sort(readings_.begin(), readings_.end(),
              [](const Reading& a, const Reading& b) { return a.entry < b.entry; });
    return std::move(readings_);
  }

 private:
  static bool Less(const TakerOfAmount& taker, std::int64_t fen) { return taker.fen < fen; }

  std::vector<Taker> TakersOfAmount(std::int64_t fen) const {
    std::vector<Taker> found;
    for (auto it = std::lower_bound(takers_.begin(), takers_.end(), fen, Less);
         it != takers_.end() && it->fen == fen; ++it) {
      found.push_back(it->taker);
    }
    return found;
  }

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
        readings_.push_back({.entry = entry,
                             .demand = taker->demand,
                             .rule = Rule::kPayerAndAmount,
                             .margin = MarginOf(fen),
                             .taken = TakenOfAmount(run_, group_, Money::Fen(fen), entry, into_)});
      }
      return;
    }
    if (!PairByDates(in_time, possible)) {
      Doubt(run_, in_time, possible, "该付款人有多笔追偿函的未付金额或分期金额与到账金额相等");
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
    const auto* payments = into_.AddList(entries);
    const auto* chosen = into_.AddList({demands.begin(), demands.end()});
    // A demand that the last of them could have meant would have been one too many.
    const auto* taken =
        TakenOfAmount(run_, group_, run_.entries[entries.front()].rest(), entries.back(), into_);
    for (std::size_t i = 0; i < best.size(); ++i) {
      readings_.push_back(
          {entries[i], best[i], Rule::kPayerAndDates, margin, payments, chosen, taken});
    }
    return true;
  }

  std::optional<std::int64_t> MarginOf(std::int64_t fen) const {
    auto at = std::lower_bound(takers_.begin(), takers_.end(), fen, Less);
    std::optional<std::int64_t> margin;
    if (at != takers_.begin()) margin = fen - std::prev(at)->fen;
    while (at != takers_.end() && at->fen == fen) ++at;
    if (at != takers_.end()) margin = std::min(margin.value_or(at->fen - fen), at->fen - fen);
    return margin;
  }

  Run& run_;
  const PayerGroup& group_;
  Findings& into_;
  const std::vector<TakerOfAmount> takers_;
  std::vector<Reading> readings_;
};

// One demand as a whole for one payment and in instalments for others, or for payments under two
// names: only one can be true. Payments that were paired by their dates stand and fall together.
void DropContradictions(Run& run, const std::vector<Money>& meant, Readings& readings) {
  const auto too_much = [&](const Reading& reading) {
    return meant[reading.demand] > run.demands[reading.demand].open;
  };
  std::vector<const std::vector<Index>*> broken;  // Pairings.
  for (const Reading& reading : readings) {
    if (reading.payments != nullptr && too_much(reading)) broken.push_back(reading.payments);
  }
  std::erase_if(readings, [&](const Reading& reading) {
    const bool of_broken =
        std::find(broken.begin(), broken.end(), reading.payments) != broken.end();
    if (!of_broken && !too_much(reading)) return false;
    IndexSet demand;
    demand.Insert(reading.demand);
    Doubt(run, {reading.entry}, demand, "几笔到账分别与同一追偿函的全额和分期金额相等");
    return true;
  });
}

void Apply(Run& run, const PayerGroup& group, const Reading& reading, Findings& into) {
  Proof proof;
  proof.rule = reading.rule;
  proof.margin = reading.margin;
  proof.payments = reading.payments;
  proof.chosen = reading.chosen;
  proof.taken = reading.taken;
  proof.rivals = group.demands.size() - 1;
  run.Apply(reading.entry, reading.demand, run.entries[reading.entry].rest(), proof, into);
}

}  // namespace

void ApplyAmounts(Run& run, const std::vector<PayerGroup>& groups, Index turn) {
  std::vector<Readings> readings(groups.size());
  std::vector<Money> meant(run.demands.size());  // For each demand, of all readings.
  DecideGroups(run, groups, turn, [&](std::size_t group, Findings& into) {
    readings[group] = Amounts(run, groups[group], into).Read();
    for (const Reading& reading : readings[group]) {
      meant[reading.demand] += run.entries[reading.entry].rest();
    }
  });
  DecideGroups(run, groups, turn, [&](std::size_t group, Findings& into) {
    DropContradictions(run, meant, readings[group]);
    for (const Reading& reading : readings[group]) Apply(run, groups[group], reading, into);
  });
}

}  // namespace recoup::reconcile
