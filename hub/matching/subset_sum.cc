#include "hub/matching/subset_sum.h"

namespace recoup::matching {
namespace {

using domain::Money;

class Search {
 public:
  Search(std::span<const Money> amounts, Money target) : amounts_(amounts), target_(target) {
    rest_.resize(amounts.size() + 1);
    for (std::size_t i = amounts.size(); i > 0; --i) {
      rest_[i - 1] = rest_[i] + (amounts[i - 1].is_positive() ? amounts[i - 1] : Money());
    }
  }

  // Depth is bounded by the number of items; stops at the second solution.
  void Visit(std::size_t from, Money sum) {
    ++result_.steps;
    if (sum == target_) {  // Amounts are positive, so nothing can be added any more.
      if (result_.outcome == SubsetOutcome::kUnique) {
        result_.outcome = SubsetOutcome::kSeveral;
      } else {
        result_.outcome = SubsetOutcome::kUnique;
        result_.chosen = path_;
      }
      return;
    }
    if (from == amounts_.size() || sum > target_ || sum + rest_[from] < target_) return;
    if (amounts_[from].is_positive()) {
      path_.push_back(from);
      Visit(from + 1, sum + amounts_[from]);
      path_.pop_back();
      if (result_.outcome == SubsetOutcome::kSeveral) return;
    }
    Visit(from + 1, sum);
  }

  SubsetSum result_;

 private:
  std::span<const Money> amounts_;
  Money target_;
  std::vector<Money> rest_;  // rest_[i] is the sum of all amounts from i on.
  std::vector<std::size_t> path_;
};

}  // namespace

SubsetSum FindSubset(std::span<const Money> amounts, Money target, std::size_t items_max) {
  if (amounts.size() > items_max) {
    return SubsetSum{.outcome = SubsetOutcome::kTooMany, .chosen = {}, .steps = 0};
  }
  if (!target.is_positive()) return SubsetSum{};
  Search search(amounts, target);
  search.Visit(0, Money());
  return search.result_;
}

}  // namespace recoup::matching
