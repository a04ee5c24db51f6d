// The payments of one payer that name nothing, beside what he owes: amounts alone must tell.
// Internal to hub/reconcile.
#ifndef RECOUP_HUB_RECONCILE_PAYER_GROUP_H_
#define RECOUP_HUB_RECONCILE_PAYER_GROUP_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "hub/reconcile/run.h"

namespace recoup::reconcile {

struct PayerGroup {
  std::vector<Index> entries;  // By booking date and key.
  std::vector<Index> demands;  // Open ones, by key.
  bool beside = false;         // See DecideGroups.
  std::vector<Taken> taken{};  // Demands that stronger rungs have paid of, by key.
};

// Entries that no stronger rung has touched, by payer, in the order of each payer's first one.
// Payers that owe nothing are left out; so are entries that amounts must not decide (they name a
// number nobody knows, or the payer's name is that of several debtors), which become doubtful.
std::vector<PayerGroup> GroupByPayer(Run& run);

// Money that came long before the demand was issued is not meant for it.
bool CameTooEarly(const Run& run, Index entry, Index demand);

// Of the group's taken demands those that had the amount, too, before they were paid of, and that
// were issued in time for the entry; nullptr when there are none. Lives as long as `into`.
const std::vector<Taken>* TakenOfAmount(const Run& run, const PayerGroup& group,
                                        domain::Money amount, Index entry, Findings& into);

// Parts the groups in two such that no demand is in groups of both parts, with about as much to do
// in each.
void PartGroups(std::vector<PayerGroup>& groups, std::size_t demands);

// Calls decide(position, findings) for each group, each part in order, the two parts at once; the
// groups have the turns from `turn` on. What is decided is the same as in one part: groups that
// share a demand are in one part, and turns say which group comes first.
template <typename Decide>
void DecideGroups(Run& run, const std::vector<PayerGroup>& groups, Index turn, Decide decide) {
  const auto part = [&](bool beside, Findings& into) {
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (groups[i].beside != beside) continue;
      into.turn = turn + static_cast<Index>(i);
      decide(i, into);
    }
  };
  run.both([&] { part(false, run.found); }, [&] { part(true, run.found_beside); });
}

// Rungs 6 and 7: payer and one amount.
void ApplyAmounts(Run& run, const std::vector<PayerGroup>& groups, Index turn);
// Rungs 8 to 10: payer and sums, of what the rungs before have left.
void ApplySums(Run& run, const std::vector<PayerGroup>& groups, Index turn);

// The demands whose open amounts lie nearest to an amount: what a person looks at first.
class NearestDemands {
 public:
  NearestDemands(const Run& run, const std::vector<Index>& demands);
  IndexSet To(domain::Money amount, std::size_t most) const;

 private:
  std::vector<std::pair<std::int64_t, Index>> by_amount_;
};

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_PAYER_GROUP_H_
