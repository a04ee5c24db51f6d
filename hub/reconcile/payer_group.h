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
};

// Entries that no stronger rung has touched, by payer, in the order of each payer's first one.
// Payers that owe nothing are left out; so are entries that amounts must not decide (they name a
// number nobody knows, or the payer's name is that of several debtors), which become doubtful.
std::vector<PayerGroup> GroupByPayer(Run& run);

// Money that came long before the demand was issued is not meant for it.
bool CameTooEarly(const Run& run, Index entry, Index demand);

// Rungs 6 and 7: payer and one amount.
void ApplyAmounts(Run& run, const std::vector<PayerGroup>& groups);
// Rungs 8 to 10: payer and sums, of what the rungs before have left.
void ApplySums(Run& run, const std::vector<PayerGroup>& groups);

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
