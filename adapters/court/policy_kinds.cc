// Under which policy an insurer pays a sum whose item names none.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

// "交强险限额已无余额，由某公司在商业三者险内赔付90%，计37108.56元": of the policies named before a
// sum the last pays it, where none of the others is said to pay.
bool IsOnlyPaying(const Reading& reading, const std::vector<Hit>& terms, std::size_t sum) {
  const std::size_t paying = terms.back().span.begin;
  return terms.size() == 1 || (!reading.Has("ruling.pay", {terms.front().span.end, paying}) &&
                               reading.Has("ruling.pay", {terms.back().span.end, sum}));
}

// "…故可追偿金额为71373.36元。该款在商业三者险余额内，由某公司支付": of the sum of the sentence
// before.
std::optional<Hit> KindOfThatSum(const Reading& reading, Span before, Span sentence, Money sum) {
  if (!reading.Has("policy.of_that_sum", sentence) || !reading.Has("ruling.pay", sentence)) {
    return std::nullopt;
  }
  const auto terms = reading.All("policy.term", sentence);
  const bool one_kind = std::ranges::all_of(
      terms, [&](const Hit& hit) { return hit.rule->value == terms.front().rule->value; });
  const auto amounts = reading.Amounts(before);
  if (terms.empty() || !one_kind || amounts.empty()) return std::nullopt;
  const bool told = std::ranges::find(amounts, sum, &Amount::money) != amounts.end();
  return told ? std::optional(terms.back()) : std::nullopt;
}

// "来永刚垫付的8000元，从商业三者险赔款中返还": the policy the court names where it settles a sum
// that its item awards without one.
std::optional<Hit> KindInReasons(const Reading& reading, const Obligation& obligation) {
  std::optional<Hit> kind;
  Span before;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    const Span told_before = std::exchange(before, sentence.span);
    if (sentence.section != Section::kReasons && sentence.section != Section::kFacts) continue;
    if (sentence.by_party || !reading.Has("policy.term", sentence.span)) continue;
    if (auto of_that = KindOfThatSum(reading, told_before, sentence.span, obligation.amount)) {
      kind = std::move(of_that);
    }
    for (Span segment : Segments(reading.text(), sentence.span)) {
      // "…由某公司在商业三者险内承担；谯某垫付的5万元自其中支取": of what is told before.
      const bool out_of_it = reading.Has("policy.out_of_it", segment);
      if (out_of_it) segment.begin = sentence.span.begin;
      const auto amounts = reading.Amounts(segment);
      const auto sum = std::ranges::find(amounts.rbegin(), amounts.rend(), obligation.amount,
                                         [](const Amount& amount) { return amount.money; });
      if (sum == amounts.rend()) continue;
      if (!out_of_it && !reading.Has("ruling.pay", segment)) continue;
      const auto term = reading.Leftmost("policy.term", {sum->span.end, segment.end});
      const auto named = reading.All("policy.term", {segment.begin, sum->span.begin});
      if (term.has_value()) {
        kind = term;
      } else if (!named.empty() && IsOnlyPaying(reading, named, sum->span.begin)) {
        kind = named.back();
      }
    }
  }
  return kind;
}

}  // namespace

// An item that names no policy is paid under the only one its insurer has. Whatever is no
// compulsory cover is a contract the parties were free to make.
void CompletePolicyKinds(const Reading& reading) {
  JudgmentElements& elements = reading.elements;
  const Span reasons = reading.document.outline.reasons;
  const bool compulsory_covers_all = reading.Has("award.within_compulsory", reasons) &&
                                     !reading.Has("award.from_commercial", reasons);
  for (std::size_t i = 0; i < elements.obligations.size(); ++i) {
    Obligation& obligation = elements.obligations[i];
    if (obligation.debtor_kind != PartyKind::kInsurer || obligation.policy_kind.has_value())
      continue;
    const std::string field = absl::StrCat("obligations[", i, "]");
    std::vector<std::size_t> own;
    for (std::size_t policy = 0; policy < elements.policies.size(); ++policy) {
      if (elements.policies[policy].insurer == obligation.debtor) own.push_back(policy);
    }
    // Of two kinds the compulsory one stands first, and pays first.
    if (own.empty()) {
      obligation.policy_kind = PolicyKind::kCommercial;
      reading.Derive(absl::StrCat(field, ".policy_kind"), absl::StrCat(field, ".amount"),
                     "policy.not_compulsory", 75);
    } else if (own.size() == 1 || compulsory_covers_all) {
      obligation.policy_kind = elements.policies[own.front()].kind;
      reading.Derive(absl::StrCat(field, ".policy_kind"),
                     absl::StrCat("policies[", own.front(), "]"), "policy.only_one_that_pays", 88);
    } else if (const auto told = KindInReasons(reading, obligation)) {
      const bool compulsory = told->rule->value == "CTP";
      obligation.policy_kind = compulsory ? PolicyKind::kCompulsory : PolicyKind::kCommercial;
      reading.Note(absl::StrCat(field, ".policy_kind"), told->span, told->rule->name, 88);
    }
  }
}

}  // namespace recoup::court
