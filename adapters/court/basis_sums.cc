#include "adapters/court/basis_sums.h"

#include <algorithm>
#include <vector>

#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

// All sums of so many items are tried.
constexpr std::size_t kItemsMax = 12;
constexpr std::size_t kTotalsMax = 60;

// The other items of the loss: each sum that is labelled as one, once.
std::vector<Money> OtherItems(const Reading& reading) {
  const Outline& outline = reading.document.outline;
  std::vector<Money> items;
  for (const Sentence& sentence : outline.sentences) {
    const bool of_court =
        sentence.section == Section::kFacts || sentence.section == Section::kReasons;
    if (!of_court || sentence.by_party || !reading.Has("basis.item", sentence.span)) continue;
    std::size_t from = sentence.span.begin;
    for (const Amount& amount : reading.Amounts(sentence.span)) {
      const Span label = BehindLastSign(reading.text(), {from, amount.span.begin});
      from = amount.span.end;
      if (!reading.Has("basis.item", label) || reading.Has("basis.no_item", label)) continue;
      if (std::ranges::find(items, amount.money) != items.end()) continue;
      if (items.size() < kItemsMax) items.push_back(amount.money);
    }
  }
  return items;
}

// Every sum of one or more of the items, in order.
std::vector<Money> SumsOf(const std::vector<Money>& items) {
  std::vector<Money> sums = {Money()};
  for (const Money item : items) {
    const std::size_t known = sums.size();
    for (std::size_t i = 0; i < known; ++i) sums.push_back(sums[i] + item);
  }
  sums.erase(sums.begin());
  std::ranges::sort(sums);
  return sums;
}

}  // namespace

std::optional<LossInTotal> LossBySums(const Reading& reading, Span part) {
  const JudgmentElements& elements = reading.elements;
  if (!elements.fund_paid.has_value() || !elements.self_paid.has_value()) return std::nullopt;
  if (!elements.medical_expense_total.has_value()) return std::nullopt;
  if (elements.fund_paid->fen() % 100 == 0 || !elements.self_paid->is_positive()) {
    return std::nullopt;
  }
  const Money whole = *elements.medical_expense_total;
  const Money own = *elements.self_paid;
  const std::vector<Money> sums = SumsOf(OtherItems(reading));
  if (sums.empty()) return std::nullopt;
  Money cover;
  for (const Policy& policy : elements.policies) {
    if (policy.kind == PolicyKind::kCompulsory) cover += policy.medical_remaining.value_or(Money());
  }
  const auto contains = [&](Money total, Money loss) {
    const auto is_sum = [&](Money rest) { return std::ranges::binary_search(sums, rest); };
    return is_sum(total - loss) || (cover.is_positive() && is_sum(total - loss + cover));
  };
  std::optional<LossInTotal> found;
  std::size_t tried = 0;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.span.begin < part.begin || sentence.span.end > part.end) continue;
    if (sentence.by_party) continue;
    for (const Amount& total : reading.Amounts(sentence.span)) {
      if (total.money == whole || total.money == own || ++tried > kTotalsMax) continue;
      const bool gross = contains(total.money, whole);
      if (gross == contains(total.money, own)) continue;
      const Basis basis = gross ? Basis::kGross : Basis::kNet;
      if (found.has_value() && found->basis != basis) return std::nullopt;
      found = {basis, total.span};
    }
  }
  return found;
}

}  // namespace recoup::court
