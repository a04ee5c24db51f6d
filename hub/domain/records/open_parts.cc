#include "hub/domain/records/open_parts.h"

#include <algorithm>

namespace recoup::domain {

std::vector<OpenPart> OpenPartsOf(const Demand& demand, Money open_then) {
  std::vector<Instalment> plan = demand.instalments;
  std::stable_sort(plan.begin(), plan.end(),
                   [](const auto& a, const auto& b) { return a.due_on < b.due_on; });
  Money planned;
  for (const Instalment& instalment : plan) planned += instalment.amount;
  // What was paid since is taken off again, youngest instalment first; more than was agreed was
  // open before the agreement.
  Money paid_since = std::max(open_then - demand.open(), Money());
  if (paid_since.is_positive() && open_then > planned) plan.clear();
  for (auto instalment = plan.rbegin(); instalment != plan.rend(); ++instalment) {
    const Money back = std::min(instalment->paid, paid_since);
    instalment->paid -= back;
    paid_since -= back;
  }
  std::vector<OpenPart> parts;
  Money rest = open_then;
  for (const Instalment& instalment : plan) {
    const Money open = std::min(instalment.amount - instalment.paid, rest);
    if (!open.is_positive()) continue;
    parts.push_back({instalment.due_on, instalment.amount, instalment.paid, open});
    rest -= open;
  }
  if (rest.is_positive()) parts.push_back({demand.due_on, rest, Money(), rest});
  return parts;
}

}  // namespace recoup::domain
