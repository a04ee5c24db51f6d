// The sums that one operative item awards: who pays whom how much, under which policy.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

// Far beyond any real item; keeps a hostile text from costing time.
constexpr std::size_t kAwardsPerItemMax = 64;

struct Award {
  std::vector<std::size_t> debtors;
  std::optional<std::size_t> creditor;
  Amount amount;
  std::optional<PolicyKind> policy;
};

std::optional<PolicyKind> LastPolicyIn(const Reading& reading, Span within) {
  std::optional<PolicyKind> kind;
  std::size_t at = 0;
  for (const Hit& hit : reading.rules.All("policy.term", reading.text(), within)) {
    if (kind.has_value() && hit.span.begin < at) continue;
    at = hit.span.begin;
    kind = hit.rule->value == "CTP" ? PolicyKind::kCompulsory : PolicyKind::kCommercial;
  }
  return kind;
}

class ItemReader {
 public:
  ItemReader(const Reading& reading, Span item)
      : reading_(reading),
        item_(item),
        mentions_(reading.document.parties.MentionsIn(reading.text(), item)) {}

  std::vector<Award> Read() {
    const auto brackets = reading_.rules.All("ruling.bracket", reading_.text(), item_);
    std::optional<Amount> before_verb;
    for (const Amount& amount : FindAmounts(reading_.text(), item_)) {
      const bool bracketed = std::ranges::any_of(brackets, [&](const Hit& b) {
        return amount.span.begin > b.span.begin && amount.span.end <= b.span.end;
      });
      if (awards_.size() >= kAwardsPerItemMax) break;
      if (bracketed || IsSumOfAwards(amount)) continue;
      const auto verb = VerbBefore(amount.span.begin);
      if (!verb.has_value()) {
        before_verb = before_verb.value_or(amount);
        continue;
      }
      Add(amount, *verb);
      if (reading_.rules.Has("ruling.instalments", reading_.text(), item_)) break;
    }
    // "应承担的24900.21元，由某公司支付给原告": the sum stands before the verb.
    if (awards_.empty() && before_verb.has_value()) {
      if (const auto verb = reading_.rules.Leftmost("ruling.pay", reading_.text(),
                                                    {before_verb->span.end, item_.end})) {
        Add(*before_verb, verb->span);
      }
    }
    return awards_;
  }

 private:
  // "两项合计18414.08元" repeats what the item has awarded already.
  bool IsSumOfAwards(const Amount& amount) const {
    if (awards_.size() < 2) return false;
    std::int64_t fen = 0;
    for (const Award& award : awards_) fen += award.amount.money.fen();
    return amount.money.fen() == fen;
  }

  // The verb of payment that governs an amount: the last one since the amount before.
  std::optional<Span> VerbBefore(std::size_t at) const {
    std::optional<Span> verb;
    for (const Hit& hit : reading_.rules.All("ruling.pay", reading_.text(), {item_.begin, at})) {
      if (!verb.has_value() || hit.span.begin > verb->begin) verb = hit.span;
    }
    // "返还原告医保基金先行支付的医疗费": a verb in an attribute does not govern.
    if (!verb.has_value()) return verb;
    const std::size_t from = awards_.empty() ? item_.begin : awards_.back().amount.span.end;
    for (const Hit& hit : reading_.rules.All("ruling.pay", reading_.text(), {from, at})) {
      return hit.span;
    }
    return verb;
  }

  std::vector<std::size_t> Debtors(std::size_t verb_begin) const {
    Span subject{item_.begin, verb_begin};
    if (const auto by = reading_.rules.Leftmost("ruling.by_whom", reading_.text(), subject)) {
      subject.begin = by->span.begin;
    }
    std::vector<std::size_t> debtors;
    std::size_t end = 0;
    for (const Mention& mention : mentions_) {
      if (mention.span.begin < subject.begin || mention.parties.empty()) continue;
      if (mention.span.begin >= subject.end) break;
      // Joint debtors stand side by side: "楼某、宗某", "张某和李某".
      const bool joint =
          !debtors.empty() &&
          reading_.rules.Fits("ruling.joint", reading_.view({end, mention.span.begin}));
      if (!debtors.empty() && !joint) break;
      for (const std::size_t party : mention.parties) {
        if (std::ranges::find(debtors, party) == debtors.end()) debtors.push_back(party);
      }
      end = mention.span.end;
    }
    return debtors;
  }

  // The payee stands behind the verb ("赔偿原告甲"), or before it after 向 ("向原告甲赔偿").
  std::optional<std::size_t> Creditor(Span verb, std::size_t end,
                                      const std::vector<std::size_t>& debtors) const {
    const auto is_debtor = [&](std::size_t party) {
      return std::ranges::find(debtors, party) != debtors.end();
    };
    for (const Mention& mention : mentions_) {
      if (mention.span.begin < verb.end || mention.span.end > end || mention.parties.empty())
        continue;
      if (!is_debtor(mention.parties.front())) return mention.parties.front();
    }
    std::optional<std::size_t> before;
    for (const Mention& mention : mentions_) {
      if (mention.span.end > verb.begin || mention.parties.empty()) continue;
      if (!is_debtor(mention.parties.front())) before = mention.parties.front();
    }
    return before;
  }

  void Add(const Amount& amount, Span verb) {
    Award award;
    award.amount = amount;
    award.debtors = Debtors(verb.begin);
    if (award.debtors.empty() && !awards_.empty()) award.debtors = awards_.back().debtors;
    const std::size_t payee_end = std::max(amount.span.begin, verb.end);
    award.creditor =
        Creditor(verb, amount.span.begin > verb.end ? payee_end : item_.end, award.debtors);
    award.policy = LastPolicyIn(reading_, {item_.begin, std::max(amount.span.begin, verb.begin)});
    if (!award.policy.has_value()) award.policy = LastPolicyIn(reading_, item_);
    awards_.push_back(std::move(award));
  }

  const Reading& reading_;
  Span item_;
  std::vector<Mention> mentions_;
  std::vector<Award> awards_;
};

Obligation ToObligation(const Reading& reading, const Award& award) {
  const Parties& parties = reading.document.parties;
  Obligation obligation;
  for (const std::size_t party : award.debtors) {
    absl::StrAppend(&obligation.debtor, obligation.debtor.empty() ? "" : "、", parties[party].name);
  }
  obligation.debtor_kind = parties[award.debtors.front()].kind;
  const auto injured = reading.elements.injured_persons.empty()
                           ? std::string()
                           : reading.elements.injured_persons.front().name;
  obligation.creditor = award.creditor.has_value() ? parties[*award.creditor].name : injured;
  obligation.amount = award.amount.money;
  if (obligation.debtor_kind == PartyKind::kInsurer) {
    // Whatever is no compulsory cover is a contract the parties were free to make.
    obligation.policy_kind = award.policy.value_or(PolicyKind::kCommercial);
  }
  return obligation;
}

}  // namespace

void ReadObligations(const Reading& reading) {
  for (const Span item : ItemsInForce(reading)) {
    if (reading.rules.Has("ruling.no_payment", reading.text(), item)) continue;
    for (const Award& award : ItemReader(reading, item).Read()) {
      if (award.debtors.empty()) {
        reading.Warn("有一项给付未能识别付款义务人，请核对判项。");
        continue;
      }
      const std::string field =
          absl::StrCat("obligations[", reading.elements.obligations.size(), "]");
      reading.Note(absl::StrCat(field, ".amount"), award.amount.span, "ruling.pay",
                   award.creditor.has_value() ? 95 : 70);
      reading.elements.obligations.push_back(ToObligation(reading, award));
    }
  }
}

}  // namespace recoup::court
