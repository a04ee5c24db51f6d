// Rungs 8 to 10: sums. One payment for several demands, several payments for one demand, all
// payments for all demands. Searches are exact and bounded (hub/matching/subset_sum.h); what is
// beyond the bound is said, not guessed.
#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/matching/subset_sum.h"
#include "hub/reconcile/chance.h"
#include "hub/reconcile/payer_group.h"

namespace recoup::reconcile {
namespace {

using domain::Money;
using matching::SubsetOutcome;
using matching::SubsetSum;

// A set found for one payment (of demands) or for one demand (of payments).
struct Finding {
  Index of = 0;
  std::vector<Index> chosen;
  SubsetSum search;
};

class Sums {
 public:
  Sums(Run& run, const PayerGroup& group, Findings& into) : run_(run), group_(group), into_(into) {
    for (const Index i : group.entries) {
      if (run.entries[i].rest().is_positive() && run.entries[i].paid.empty()) entries_.push_back(i);
    }
    for (const Index i : group.demands) {
      if (run.demands[i].open.is_positive()) demands_.push_back(i);
    }
  }

  void Decide() {
    // What is certain may leave only one reading of the rest.
    while (OneForSeveral()) {
    }
    while (SeveralForOne()) {
    }
    AllForAll();
    if (doubts_.empty()) return;
    const NearestDemands nearest(run_, demands_);
    for (const auto& [index, why] : doubts_) {
      EntryState& entry = run_.entries[index];
      if (!entry.rest().is_positive() || !entry.conflict.empty()) continue;
      Readings readings = ReadingsOf(index);
      entry.conflict = into_.texts.Keep(absl::StrCat(why, readings.words));
      entry.unsolved = std::move(readings.demands);
      if (entry.unsolved.empty()) {
        entry.unsolved = nearest.To(entry.rest(), run_.policy.candidates_max);
      }
    }
  }

 private:
  // What a payment may mean: the first sets of demands that have its sum, in words and as demands.
  struct Readings {
    std::string words;
    IndexSet demands;
  };

  Readings ReadingsOf(Index i) const {
    constexpr std::size_t kShownMax = 4;
    const EntryState& entry = run_.entries[i];
    std::vector<Index> pool;
    std::vector<Money> amounts;
    for (const Index demand : demands_) {
      if (CameTooEarly(run_, i, demand)) continue;
      if (pool.size() == run_.policy.subset_items_max) return {};  // Beyond the bound of a search.
      pool.push_back(demand);
      amounts.push_back(run_.demands[demand].open);
    }
    Readings readings;
    const auto sets =
        matching::FindSubsets(amounts, entry.rest(), kShownMax + 1, run_.policy.subset_items_max);
    for (std::size_t set = 0; set < std::min(sets.size(), kShownMax); ++set) {
      absl::StrAppend(&readings.words, set == 0 ? "：" : "；或 ");
      for (std::size_t at = 0; at < sets[set].size(); ++at) {
        const DemandState& demand = run_.demands[pool[sets[set][at]]];
        const std::string_view name =
            demand.fact->reference.empty() ? demand.fact->key : demand.fact->reference;
        absl::StrAppend(&readings.words, at == 0 ? "" : " ＋ ", std::string(name), " ",
                        demand.open.ToYuanGrouped(), "元");
        if (readings.demands.size() < run_.policy.candidates_max) {
          readings.demands.Insert(pool[sets[set][at]]);
        }
      }
    }
    if (sets.size() > kShownMax) absl::StrAppend(&readings.words, "；另有其他组合");
    return readings;
  }

  void Shrink() {
    std::erase_if(entries_, [&](Index i) { return !run_.entries[i].rest().is_positive(); });
    std::erase_if(demands_, [&](Index i) { return !run_.demands[i].open.is_positive(); });
  }

  bool OneForSeveral() {
    Shrink();
    std::vector<Day> issued;
    for (const Index demand : demands_) issued.push_back(run_.demands[demand].fact->issued_on);
    std::sort(issued.begin(), issued.end());
    std::vector<Finding> found;
    for (const Index i : entries_) {
      const EntryState& entry = run_.entries[i];
      if (!entry.conflict.empty()) continue;
      const auto in_time = static_cast<std::size_t>(
          std::upper_bound(issued.begin(), issued.end(),
                           entry.fact->booked_on + run_.policy.early_days_max) -
          issued.begin());
      if (in_time < 2) continue;
      std::vector<Index> pool;
      std::vector<Money> amounts;
      SubsetSum search;
      if (in_time > run_.policy.subset_items_max) {
        search.outcome = SubsetOutcome::kTooMany;  // Known without listing them.
      } else {
        for (const Index demand : demands_) {
          if (CameTooEarly(run_, i, demand)) continue;
          pool.push_back(demand);
          amounts.push_back(run_.demands[demand].open);
        }
        search = matching::FindSubset(amounts, entry.rest(), run_.policy.subset_items_max);
      }
      const std::string doubt =
          DoubtOf(search, amounts, entry.rest(), "该付款人有不止一组追偿函的合计与到账金额相等");
      doubts_.erase(i);
      if (!doubt.empty()) doubts_[i] = doubt;
      if (search.outcome != SubsetOutcome::kUnique || !doubt.empty()) continue;
      Finding finding{i, {}, {}};
      for (const std::size_t at : search.chosen) finding.chosen.push_back(pool[at]);
      finding.search = std::move(search);
      found.push_back(std::move(finding));
    }
    // Two payments of the same sum for the same demands: the later one is too much. Findings that
    // share only some demands exclude each other.
    std::set<std::pair<std::vector<Index>, std::int64_t>> taken;
    std::erase_if(found, [&](const Finding& finding) {
      return !taken.emplace(finding.chosen, run_.entries[finding.of].rest().fen()).second;
    });
    DropOverlaps(found, [&](const Finding& finding) {
      doubts_[finding.of] = "几笔到账的组合用到相同的追偿函";
    });
    for (const Finding& finding : found) {
      Proof proof;
      proof.rule = Rule::kPayerAndSum;
      proof.chosen = into_.AddList(finding.chosen);
      proof.taken = TakenOfAmount(run_, group_, run_.entries[finding.of].rest(), finding.of, into_);
      proof.rivals = demands_.size() - finding.chosen.size();
      proof.steps = finding.search.steps;
      proof.margin = MarginOf(finding.search);
      for (const Index demand : finding.chosen) {
        run_.Apply(finding.of, demand, run_.demands[demand].open, proof, into_);
      }
    }
    return !found.empty();
  }

  bool SeveralForOne() {
    Shrink();
    if (demands_.size() > run_.policy.subset_items_max) return false;
    std::vector<Finding> found;
    for (const Index demand : demands_) {
      std::vector<Index> pool;
      for (const Index i : entries_) {
        if (!CameTooEarly(run_, i, demand)) pool.push_back(i);
      }
      if (pool.size() < 2) continue;
      std::vector<Money> amounts;
      for (const Index i : pool) amounts.push_back(run_.entries[i].rest());
      const Money open = run_.demands[demand].open;
      SubsetSum search = matching::FindSubset(amounts, open, run_.policy.subset_items_max);
      const std::string doubt =
          DoubtOf(search, amounts, open, "不止一组到账的合计与追偿函的未付金额相等");
      if (!doubt.empty()) {
        for (const Index i : pool) doubts_.try_emplace(i, doubt);
      }
      if (search.outcome != SubsetOutcome::kUnique || !doubt.empty()) continue;
      Finding finding{demand, {}, {}};
      for (const std::size_t at : search.chosen) finding.chosen.push_back(pool[at]);
      finding.search = std::move(search);
      if (finding.chosen.size() < 2 || !CloseInTime(finding.chosen)) continue;
      // A payment that is doubtful makes other sets doubtful, but decides nothing itself.
      if (std::any_of(finding.chosen.begin(), finding.chosen.end(),
                      [&](Index i) { return !run_.entries[i].conflict.empty(); })) {
        continue;
      }
      found.push_back(std::move(finding));
    }
    DropOverlaps(found, [&](const Finding& finding) {
      for (const Index i : finding.chosen) doubts_[i] = "到账可组合为不止一笔追偿函的金额";
    });
    for (const Finding& finding : found) {
      Proof proof;
      proof.rule = Rule::kPayerAndParts;
      proof.payments = into_.AddList(finding.chosen);
      // In time for the first of them, so for all.
      proof.taken =
          TakenOfAmount(run_, group_, run_.demands[finding.of].open, finding.chosen.front(), into_);
      proof.rivals = demands_.size() - 1;
      proof.steps = finding.search.steps;
      proof.margin = MarginOf(finding.search);
      for (const Index i : finding.chosen) {
        run_.Apply(i, finding.of, run_.entries[i].rest(), proof, into_);
      }
    }
    return !found.empty();
  }

  // Everything that came is everything that is owed: each demand is paid whichever payment was
  // meant for it, so the oldest pays the oldest.
  void AllForAll() {
    Shrink();
    if (entries_.size() < 2 || demands_.size() < 2 || !CloseInTime(entries_)) return;
    Money came;
    Money owed;
    for (const Index i : entries_) {
      came += run_.entries[i].rest();
    }
    for (const Index demand : demands_) owed += run_.demands[demand].open;
    if (came != owed) return;
    const bool early = std::any_of(demands_.begin(), demands_.end(), [&](Index demand) {
      return CameTooEarly(run_, entries_.front(), demand);  // The first is the earliest.
    });
    if (early) return;
    std::vector<Index> by_date = demands_;
    std::stable_sort(by_date.begin(), by_date.end(),
                     [&](Index a, Index b) { return DueOn(a) < DueOn(b); });
    Proof proof;
    proof.rule = Rule::kPayerAndTotals;
    proof.payments = into_.AddList(entries_);
    proof.chosen = into_.AddList(demands_);
    for (const Index i : entries_) {
      EntryState& entry = run_.entries[i];
      entry.conflict = {};
      entry.unsolved = IndexSet();
      for (const Index demand : by_date) {
        if (!entry.rest().is_positive()) break;
        run_.Apply(i, demand, run_.demands[demand].open, proof, into_);
      }
    }
  }

  Day DueOn(Index demand) const { return run_.demands[demand].fact->due_or_issued_on(); }

  bool CloseInTime(const std::vector<Index>& entries) const {  // Entries are in order of date.
    return run_.entries[entries.back()].fact->booked_on -
               run_.entries[entries.front()].fact->booked_on <=
           run_.policy.parts_days_max;
  }

  // Why a search does not decide; empty when it does, or found nothing.
  std::string DoubtOf(const SubsetSum& search, const std::vector<Money>& amounts, Money sum,
                      std::string_view several) const {
    switch (search.outcome) {
      case SubsetOutcome::kNone:
        return "";
      case SubsetOutcome::kSeveral:
        return std::string(several);
      case SubsetOutcome::kTooMany:
        return absl::StrCat("该付款人未付追偿函超过", run_.policy.subset_items_max,
                            "笔，不作组合查找");
      case SubsetOutcome::kUnique:
        if (!MayBeChance(amounts, sum, search.chosen.size(), run_.policy)) return "";
        return "金额组合虽唯一，但该付款人未付项目较多，不能排除巧合";
    }
    return "";
  }

  template <typename OnDropped>
  static void DropOverlaps(std::vector<Finding>& found, OnDropped on_dropped) {
    std::map<Index, int> uses;
    for (const Finding& finding : found) {
      for (const Index i : finding.chosen) ++uses[i];
    }
    std::erase_if(found, [&](const Finding& finding) {
      const bool shares = std::any_of(finding.chosen.begin(), finding.chosen.end(),
                                      [&](Index i) { return uses.at(i) > 1; });
      if (shares) on_dropped(finding);
      return shares;
    });
  }

  static std::optional<std::int64_t> MarginOf(const SubsetSum& search) {
    if (!search.nearest) return std::nullopt;
    return search.nearest->fen();
  }

  Run& run_;
  const PayerGroup& group_;
  Findings& into_;
  std::vector<Index> entries_;
  std::vector<Index> demands_;
  std::map<Index, std::string> doubts_;
};

}  // namespace

void ApplySums(Run& run, const std::vector<PayerGroup>& groups, Index turn) {
  DecideGroups(run, groups, turn,
               [&](std::size_t group, Findings& into) { Sums(run, groups[group], into).Decide(); });
}

}  // namespace recoup::reconcile
