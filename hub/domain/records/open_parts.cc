#include "hub/domain/records/open_parts.h"

#include <algorithm>
#include <utility>

namespace recoup::domain {
namespace {

// Of the earlier terms those that the first change from then on put an end to, else the present
// ones.
EarlierTerms TermsAt(const Demand& demand, absl::Time then) {
  for (const EarlierTerms& earlier : demand.earlier_terms) {
    if (earlier.until_time >= then) return earlier;
  }
  return {absl::InfiniteFuture(), demand.due_on, demand.instalments, demand.open()};
}

// What was paid since is taken off again, youngest instalment first.
std::vector<Instalment> PlanThen(const EarlierTerms& terms, Money open_then) {
  std::vector<Instalment> plan = terms.instalments;
  std::stable_sort(plan.begin(), plan.end(),
                   [](const auto& a, const auto& b) { return a.due_on < b.due_on; });
  Money planned;
  for (const Instalment& instalment : plan) planned += instalment.amount;
  Money paid_since = std::max(open_then - terms.open, Money());
  // Records of before earlier terms were kept: more than was agreed was open before the agreement.
  if (paid_since.is_positive() && open_then > planned) return {};
  for (auto instalment = plan.rbegin(); instalment != plan.rend(); ++instalment) {
    const Money back = std::min(instalment->paid, paid_since);
    instalment->paid -= back;
    paid_since -= back;
  }
  return plan;
}

}  // namespace

std::vector<OpenPart> OpenPartsOf(const Demand& demand, Money open_then, absl::Time then) {
  const EarlierTerms terms = TermsAt(demand, then);
  std::vector<OpenPart> parts;
  Money rest = open_then;
  for (const Instalment& instalment : PlanThen(terms, open_then)) {
    const Money open = std::min(instalment.amount - instalment.paid, rest);
    if (!open.is_positive()) continue;
    parts.push_back({instalment.due_on, instalment.amount, instalment.paid, open, true});
    rest -= open;
  }
  if (rest.is_positive()) parts.push_back({terms.due_on, rest, Money(), rest, false});
  return parts;
}

}  // namespace recoup::domain
