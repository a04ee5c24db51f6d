// The medical part of a sum, where the text itself gives it.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "adapters/court/medical_covers.h"

namespace recoup::court {
namespace {

using domain::Money;

// What a sum is awarded for, by the words between the payee and the sum.
enum class Head { kMedical, kOther, kMixed };

Head HeadOfSum(const Reading& reading, const ToldAmount& told) {
  Span label = told.before;
  for (const Mention& mention : reading.document.parties.MentionsIn(label)) {
    label.begin = std::max(label.begin, mention.span.end);
  }
  if (reading.Has("share.head_medical", label)) return Head::kMedical;
  return reading.Has("share.head_other", label) ? Head::kOther : Head::kMixed;
}

Head HeadOf(const Reading& reading, const std::vector<ToldAmount>& told, Money ordered) {
  const bool repeated =
      std::ranges::count(reading.elements.obligations, ordered, &Obligation::amount) > 1;
  std::optional<Head> head;
  for (const ToldAmount& one : told) {
    if (one.section != Section::kRuling || one.amount.money != ordered) continue;
    const Head found = HeadOfSum(reading, one);
    if (!repeated) return found;
    // Equal sums are told apart by nothing but their heads.
    if (head.has_value() && *head != found) return Head::kMixed;
    head = found;
  }
  return head.value_or(Head::kMixed);
}

Span LastClauseOf(const Reading& reading, Span before) {
  const auto clauses = Clauses(reading.text(), before);
  return clauses.empty() ? before : clauses.back();
}

// "非医保用药6000元由濮某赔偿": drugs that the policy does not pay, told in the reasons.
bool IsForDrugs(const Reading& reading, const std::vector<ToldAmount>& told, Money ordered) {
  return std::ranges::any_of(told, [&](const ToldAmount& one) {
    return !one.by_party && one.section != Section::kRuling && one.amount.money == ordered &&
           reading.Has("share.drugs", LastClauseOf(reading, one.before));
  });
}

// "6314.08元（其中医疗费5654.08元）": what stands next to the sum itself.
std::optional<Amount> OfWhich(const Reading& reading, const std::vector<ToldAmount>& told,
                              Money sum) {
  for (const ToldAmount& one : told) {
    if (one.by_party || one.amount.money != sum) continue;
    const Sentence& sentence = reading.document.outline.sentences[one.sentence];
    const auto hit = reading.First("share.of_which", {one.amount.span.end, sentence.span.end});
    if (!hit.has_value()) continue;
    const auto amounts = reading.Amounts(hit->groups[1]);
    if (!amounts.empty() && amounts.front().money <= sum) return amounts.front();
  }
  return std::nullopt;
}

void ReadHeads(const Reading& reading, const std::vector<ToldAmount>& told, Cover& cover) {
  Money medical;
  for (const std::size_t i : cover.direct) {
    const Money ordered = reading.elements.obligations[i].amount;
    Head head = HeadOf(reading, told, ordered);
    if (head == Head::kMixed && cover.kind != PartyKind::kInsurer &&
        IsForDrugs(reading, told, ordered)) {
      head = Head::kMedical;
    }
    if (head == Head::kMixed) return;
    if (head == Head::kMedical) medical += ordered;
  }
  if (cover.direct.empty() || !cover.returns.empty()) return;
  // What was set off from a sum for treatment alone was owed for treatment as well.
  if (cover.paid_before->is_positive() && medical.is_positive()) {
    if (cover.direct.size() > 1) return;
    medical = *cover.whole();
    cover.paid_for = PaidFor::kTreatment;
  }
  cover.medical = medical;
  cover.stated = true;
  cover.how = medical.is_positive() ? "文书写明为医疗费" : "文书写明不是医疗费";
}

}  // namespace

void ReadStatedMedical(const Reading& reading, const std::vector<ToldAmount>& told,
                       Covers& covers) {
  for (Cover& cover : covers.covers) {
    if (!cover.paid_before.has_value()) continue;
    ReadHeads(reading, told, cover);
    if (cover.stated) continue;
    if (const auto of_whole = OfWhich(reading, told, *cover.whole())) {
      cover.medical = of_whole->money;
      cover.stated = true;
      cover.how = absl::StrCat("文书载明", cover.whole()->ToYuan(), "元中医疗费",
                               of_whole->money.ToYuan(), "元");
    }
  }
}

}  // namespace recoup::court
