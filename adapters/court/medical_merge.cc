// One bill made of several: parts of a bill, and what the court leaves out, are not counted twice.
#include <algorithm>
#include <utility>

#include "adapters/court/medical_visits.h"

namespace recoup::court {
namespace {

using domain::Money;

void MoveParts(std::vector<Figure>& from, std::vector<Figure>& to, bool wanted) {
  if (wanted) to.insert(to.end(), from.begin(), from.end());
}

// "三次手术费用26417.90元、61330.25元、30456.40元": bills of a stay whose total is told as well.
void DropBills(std::vector<Visit>& visits) {
  for (std::size_t whole = 0; whole < visits.size(); ++whole) {
    Money sum;
    std::size_t first = whole + 1;
    for (std::size_t i = whole + 1; i < visits.size(); ++i) {
      sum += visits[i].total.money;
      while (sum > visits[whole].total.money) sum -= visits[first++].total.money;
      if (sum != visits[whole].total.money || i <= first) continue;
      const bool no_fund = visits[whole].fund.empty();
      const bool no_self = visits[whole].self.empty();
      for (std::size_t bill = first; bill <= i; ++bill) {
        MoveParts(visits[bill].fund, visits[whole].fund, no_fund);
        MoveParts(visits[bill].self, visits[whole].self, no_self);
      }
      visits.erase(visits.begin() + static_cast<std::ptrdiff_t>(first),
                   visits.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      break;
    }
  }
}

// "该22310.80元系治疗原发疾病，不予认定", "费用9126.55元，系治疗自身原有疾病": a bill the court
// leaves out, named in the clause or in the one before.
void DropUnrelated(const Reading& reading, std::vector<Visit>& visits) {
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (visits.size() < 2) return;
    if (sentence.section != Section::kReasons || sentence.by_party) continue;
    std::vector<Amount> before;
    for (const Span clause : Clauses(reading.text(), sentence.span)) {
      auto amounts = reading.Amounts(clause);
      std::swap(amounts, before);
      if (!before.empty()) amounts = before;
      if (!reading.Has("medical.unrelated", clause)) continue;
      if (amounts.size() != 1) continue;
      std::erase_if(visits,
                    [&](const Visit& visit) { return visit.total.money == amounts.front().money; });
    }
  }
}

}  // namespace

void TakeRelatedPart(const Reading& reading, Span sentence, Visit& visit) {
  if (!visit.fund.empty() || !visit.self.empty()) return;
  const auto amounts = reading.Amounts(sentence);
  const auto is_unrelated = [&](std::size_t i) {
    const std::size_t from = i == 0 ? sentence.begin : amounts[i - 1].span.end;
    return reading.Has("medical.unrelated",
                       BehindLastSign(reading.text(), {from, amounts[i].span.begin}));
  };
  for (std::size_t i = 0; i + 1 < amounts.size(); ++i) {
    if (amounts[i].money + amounts[i + 1].money != visit.total.money) continue;
    if (is_unrelated(i) == is_unrelated(i + 1)) continue;
    visit.total = amounts[is_unrelated(i) ? i + 1 : i];
    return;
  }
}

Visit MergeVisits(const Reading& reading, std::vector<Visit> visits) {
  DropBills(visits);
  DropUnrelated(reading, visits);
  Money before;
  for (const Visit& visit : visits) {
    const bool sum_of_before = before.is_positive() && visit.total.money == before;
    if (sum_of_before && !visit.another && !visit.fund.empty()) return visit;
    before += visit.total.money;
  }
  Visit merged = visits.front();
  for (std::size_t i = 1; i < visits.size(); ++i) {
    if (visits[i].total.money == merged.total.money && !visits[i].another) continue;
    merged.total.money += visits[i].total.money;
    merged.about |= visits[i].about;
    merged.fund.insert(merged.fund.end(), visits[i].fund.begin(), visits[i].fund.end());
    merged.self.insert(merged.self.end(), visits[i].self.begin(), visits[i].self.end());
  }
  return merged;
}

}  // namespace recoup::court
