#include "adapters/court/awards.h"

#include <algorithm>
#include <span>

#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

// Far beyond any real item; keeps a hostile text from costing time.
constexpr std::size_t kAwardsPerItemMax = 64;

std::optional<NamedPolicy> LastPolicyIn(const Reading& reading, Span within) {
  std::optional<NamedPolicy> policy;
  for (const Hit& hit : reading.All("policy.term", within)) {
    if (policy.has_value() && hit.span.begin < policy->span.begin) continue;
    const bool compulsory = hit.rule->value == "CTP";
    policy = {compulsory ? PolicyKind::kCompulsory : PolicyKind::kCommercial, hit.span};
  }
  return policy;
}

class ItemReader {
 public:
  ItemReader(const Reading& reading, Span item)
      : reading_(reading), item_(item), mentions_(reading.document.parties.MentionsIn(item)) {}

  std::vector<Award> Read() {
    const auto brackets = reading_.All("ruling.bracket", item_);
    std::optional<Amount> before_verb;
    std::size_t from = item_.begin;
    const auto instalments = reading_.Leftmost("ruling.instalments", item_);
    for (const Amount& told : reading_.Amounts(item_)) {
      const Amount amount = BehindName(told);
      // "合计21000元，分三期支付：…支付7000元": the parts of what was awarded before.
      const bool part = instalments.has_value() && amount.span.begin > instalments->span.begin;
      if (part && !awards_.empty()) break;
      const bool bracketed = std::ranges::any_of(brackets, [&](const Hit& b) {
        return amount.span.begin > b.span.begin && amount.span.end <= b.span.end;
      });
      if (awards_.size() >= kAwardsPerItemMax) break;
      const bool in_name = std::ranges::any_of(mentions_, [&](const Mention& m) {
        return m.span.begin < amount.span.end && amount.span.begin < m.span.end;
      });
      if (bracketed || in_name) continue;  // "乐三元" is a name, not three yuan.
      const Span label{from, amount.span.begin};
      from = amount.span.end;
      if (reading_.Has("ruling.no_award", label)) {
        // "医保报销的7840元由甲退还": told as what the fund paid, and owed.
        const bool owed = reading_.Has("ruling.then_by", {amount.span.end, item_.end});
        if (owed && !before_verb.has_value()) before_verb = amount;
        continue;
      }
      if (IsSetOff(label)) {
        set_off_ = true;
        continue;
      }
      if (Replaces(amount, label)) continue;
      if (AddPaidByNext(amount)) continue;
      if (before_verb.has_value() && awards_.empty()) TakeBeforeVerb(*before_verb, label);
      if (awards_.size() == 1) parted_ = reading_.Has("ruling.of_which", label);
      const auto verb = VerbBefore(amount.span.begin);
      if (!verb.has_value()) {
        before_verb = before_verb.value_or(amount);
        continue;
      }
      Add(amount, *verb, SubjectBegin(verb->begin));
    }
    // "应承担的24900.21元，由某公司支付给原告": the sum stands before the verb.
    if (awards_.empty() && before_verb.has_value()) {
      if (const auto verb = reading_.Leftmost("ruling.pay", {before_verb->span.end, item_.end})) {
        Add(*before_verb, verb->span, item_.begin);
      }
    }
    DropParts();
    SplitEach();
    TakeCommonPayee();
    return awards_;
  }

 private:
  // "赔偿马某1200000元", where 马某1 is a party: 200000 yuan.
  Amount BehindName(const Amount& amount) const {
    for (const Mention& mention : mentions_) {
      const bool into = mention.span.begin < amount.span.begin &&
                        mention.span.end > amount.span.begin && mention.span.end < amount.span.end;
      if (!into) continue;
      const auto rest = FindAmounts(reading_.text(), {mention.span.end, amount.span.end});
      if (rest.size() == 1) return rest.front();
    }
    return amount;
  }

  // "应承担的5440元，直接给付段某；江某返还段某3560元": the sum before the verb belongs to the verb
  // of its own segment.
  void TakeBeforeVerb(const Amount& amount, Span label) {
    const auto segments = Segments(reading_.text(), {amount.span.end, label.end});
    if (segments.size() < 2) return;
    const auto verb = reading_.Leftmost("ruling.pay", segments.front());
    if (verb.has_value()) Add(amount, verb->span, item_.begin);
  }

  // Where the subject of a verb is looked for: in its own segment, where that begins with a party;
  // of a further sum next to the verb ("即甲返还8325.78元、乙返还5550.52元").
  std::size_t SubjectBegin(std::size_t verb_begin) const {
    for (const Mention& mention : mentions_) {
      const bool beside = mention.span.end == verb_begin && !mention.parties.empty();
      if (!beside || awards_.empty()) continue;
      const Span sign{awards_.back().amount.span.end, mention.span.begin};
      if (sign.begin <= sign.end && reading_.Has("ruling.next_payer", sign)) return sign.end;
    }
    const auto segments = Segments(reading_.text(), {item_.begin, verb_begin});
    if (segments.size() < 2) return item_.begin;
    const std::size_t begin = segments.back().begin;
    const bool named = std::ranges::any_of(mentions_, [&](const Mention& mention) {
      return mention.span.begin == begin && !mention.parties.empty();
    });
    return named ? begin : item_.begin;
  }

  // "…赔偿38000元，余款50600元由乙赔偿": the second payer stands behind its sum.
  bool AddPaidByNext(const Amount& amount) {
    if (awards_.empty()) return false;
    const Span rest{amount.span.end, item_.end};
    if (!reading_.Has("ruling.then_by", rest)) return false;
    const Span segment = Segments(reading_.text(), rest).front();
    const auto verb = reading_.Leftmost("ruling.pay", segment);
    if (!verb.has_value() || !reading_.Amounts(segment).empty()) return false;
    Award award = awards_.back();
    award.amount = amount;
    award.debtors = Debtors(verb->span.begin, segment.begin);
    if (award.debtors.empty()) return false;
    award.policy = LastPolicyIn(reading_, segment);
    awards_.push_back(std::move(award));
    return true;
  }

  // "共计60000元，于9月30日前支付30000元，余款30000元于年底前付清" is one sum in instalments;
  // "赔偿38000元，其中支付甲33000元，支付乙5000元" are two sums.
  void DropParts() {
    if (awards_.size() < 3) return;
    Money rest;
    bool one_pair = true;
    for (std::size_t i = 1; i < awards_.size(); ++i) {
      one_pair = one_pair && awards_[i].SamePair(awards_.front());
      rest += awards_[i].amount.money;
    }
    if (rest != awards_.front().amount.money) return;
    if (one_pair) {
      awards_.resize(1);
    } else if (parted_) {
      awards_.erase(awards_.begin());
    }
  }

  // "甲、乙各赔偿6090元" is a sum of each of them; "甲、乙分别赔偿6000元、4000元" the first sum of
  // the first and the second of the second.
  void SplitEach() {
    if (awards_.empty() || awards_.front().debtors.parties.size() < 2) return;
    const auto joint = awards_.front();
    const bool one_group =
        std::ranges::all_of(awards_, [&](const Award& award) { return award.SamePair(joint); });
    const std::size_t count = joint.debtors.parties.size();
    const Span before{item_.begin, joint.amount.span.begin};
    const bool each = reading_.Has("ruling.each", before);
    const bool in_turn = reading_.Has("ruling.respectively", before);
    if (!one_group || (!each && !in_turn)) return;
    if (awards_.size() == 1) {
      awards_.assign(count, joint);
    } else if (awards_.size() != count || !in_turn) {
      return;
    }
    for (std::size_t i = 0; i < count; ++i) {
      awards_[i].debtors.parties = {joint.debtors.parties[i]};
    }
  }

  // "甲返还8325.78元、乙返还5550.52元；上述款项均直接付给丙": the payee of all sums of the item.
  void TakeCommonPayee() {
    const auto to = reading_.Leftmost("ruling.all_to", item_);
    if (!to.has_value()) return;
    for (const Mention& mention : mentions_) {
      if (mention.parties.empty() || mention.span.begin < to->span.end) continue;
      for (Award& award : awards_) {
        if (IsDebtor(mention, award.debtors)) return;
      }
      for (Award& award : awards_) award.creditors = {mention.parties, mention.span};
      return;
    }
  }

  // "67000元（交强险27800元、商业三者险39200元）": one sum under each policy.
  bool AddByPolicy(const Award& award) {
    const std::size_t begin = award.amount.span.end;
    const auto bracket = reading_.Leftmost("ruling.bracket", {begin, item_.end});
    if (!bracket.has_value() || bracket->span.begin != begin) return false;
    std::vector<Award> parts;
    Money sum;
    std::size_t from = begin;
    for (const Amount& amount : reading_.Amounts(bracket->span)) {
      parts.push_back(award);
      parts.back().amount = amount;
      parts.back().policy = LastPolicyIn(reading_, {from, amount.span.begin});
      if (!parts.back().policy.has_value()) return false;
      sum += amount.money;
      from = amount.span.end;
    }
    if (parts.size() < 2 || sum != award.amount.money) return false;
    awards_.insert(awards_.end(), parts.begin(), parts.end());
    return true;
  }

  // "扣除已付的5000元": a sum that has been paid.
  bool IsSetOff(Span label) const { return reading_.Has("ruling.set_off", label); }

  // What remains after a set-off stands for the sum before it; the total of a list of losses stands
  // for the list; "两项合计18414.08元" after different payees or policies repeats what the item has
  // awarded.
  bool Replaces(const Amount& amount, Span label) {
    if (awards_.empty()) return false;
    Award& last = awards_.back();
    if (set_off_ && reading_.Has("ruling.remainder", label)) {
      last.amount = amount;
      set_off_ = false;
      return true;
    }
    if (TakesShare(amount, label)) return true;
    if (!reading_.Has("ruling.sum", label)) return false;
    Money sum = last.amount.money;
    std::size_t first = awards_.size() - 1;
    bool one_pair = true;
    while (sum < amount.money && first > 0) {
      sum += awards_[--first].amount.money;
      one_pair = one_pair && awards_[first].SamePair(last);
    }
    if (sum != amount.money || first + 1 == awards_.size()) return sum == amount.money;
    if (!one_pair) return true;
    awards_.resize(first + 1);
    awards_.back().amount = amount;
    return true;
  }

  // "医疗费38600元、营养费2700元的75%，计30975元": the share of a list stands for the list.
  bool TakesShare(const Amount& amount, Span label) {
    const auto shares = reading_.Shares(label);
    if (shares.size() != 1) return false;
    Money sum;
    for (std::size_t first = awards_.size(); first > 0; --first) {
      if (!awards_[first - 1].SamePair(awards_.back())) return false;
      sum += awards_[first - 1].amount.money;
      const auto part = sum.Times(domain::Ratio{shares.front().percent.hundredths, 100 * 100});
      if (!part.ok() || *part != amount.money) continue;
      awards_.resize(first);
      awards_.back().amount = amount;
      return true;
    }
    return false;
  }

  // The verb of payment that governs an amount: the last one since the amount before.
  std::optional<Span> VerbBefore(std::size_t at) const {
    std::optional<Span> verb;
    for (const Hit& hit : reading_.All("ruling.pay", {item_.begin, at})) {
      if (!verb.has_value() || hit.span.begin > verb->begin) verb = hit.span;
    }
    // "返还原告医保基金先行支付的医疗费": a verb in an attribute does not govern.
    if (!verb.has_value()) return verb;
    const std::size_t from = awards_.empty() ? item_.begin : awards_.back().amount.span.end;
    // "…5440元，直接给付段某；江某返还段某3560元": the verb of the amount's own segment.
    const auto segments = Segments(reading_.text(), {from, at});
    if (segments.size() > 1) {
      if (const auto own = reading_.Leftmost("ruling.pay", segments.back())) return own->span;
    }
    for (const Hit& hit : reading_.All("ruling.pay", {from, at})) {
      return hit.span;
    }
    return verb;
  }

  Named Debtors(std::size_t verb_begin, std::size_t from) const {
    Span subject{from, verb_begin};
    if (const auto by = reading_.Leftmost("ruling.by_whom", subject)) {
      subject.begin = by->span.begin;
    }
    // "某某的监护人甲、乙赔偿": the guardians pay, not the child.
    if (const auto guardian = reading_.First("liability.guardian", subject);
        guardian.has_value() &&
        reading_.document.parties.FirstIn({guardian->span.end, subject.end}).has_value()) {
      subject.begin = guardian->span.end;
    }
    Named debtors;
    for (const Mention& mention : mentions_) {
      if (mention.span.begin < subject.begin || mention.parties.empty()) continue;
      if (mention.span.begin >= subject.end) break;
      // Joint debtors stand side by side: "楼某、宗某", "张某和李某".
      if (!debtors.empty() && !IsJoined(debtors, mention)) break;
      debtors.Add(mention);
    }
    return debtors;
  }

  // The payees stand behind the verb ("赔偿原告甲、乙"), behind the sum ("赔偿5000元给原告甲"), or
  // before the verb after 向 ("向原告甲赔偿").
  Named Creditors(Span verb, const Amount& amount, const Named& debtors) const {
    const bool sum_first = amount.span.begin < verb.end;
    const std::size_t behind_end = sum_first ? item_.end : amount.span.begin;
    Named creditors;
    Named before;
    for (const Mention& mention : mentions_) {
      if (mention.parties.empty() || IsDebtor(mention, debtors)) continue;
      if (mention.span.end <= verb.begin) before = {mention.parties, mention.span};
      if (mention.span.begin < verb.end || mention.span.end > behind_end) continue;
      if (!creditors.empty() && !IsJoined(creditors, mention)) break;
      creditors.Add(mention);
    }
    if (!creditors.empty()) return creditors;
    for (const Mention& mention : mentions_) {
      if (mention.parties.empty() || IsDebtor(mention, debtors)) continue;
      if (mention.span.begin < amount.span.end) continue;
      const std::string_view between = reading_.view({amount.span.end, mention.span.begin});
      if (reading_.rules.Fits("ruling.to", between) ||
          reading_.rules.Fits("ruling.to_later", between)) {
        return {mention.parties, mention.span};
      }
    }
    return before;
  }

  bool IsJoined(const Named& named, const Mention& next) const {
    return reading_.rules.Fits("ruling.joint", reading_.view({named.span.end, next.span.begin}));
  }

  // "赔偿甲医疗费9000元、乙医疗费3000元": a further sum of the same verb has payees of its own, who
  // stand right behind the sum before it.
  Named PayeesOfFurtherSum(Span verb, const Amount& amount, const Named& debtors) const {
    Named payees;
    if (awards_.empty() || awards_.back().amount.span.end <= verb.end) return payees;
    std::size_t end = awards_.back().amount.span.end;
    for (const Mention& mention : mentions_) {
      const bool between = mention.span.begin >= end && mention.span.end <= amount.span.begin;
      if (!between || mention.parties.empty()) continue;
      const Span sign{end, mention.span.begin};
      const bool next = reading_.rules.Fits("ruling.next_payee", reading_.view(sign));
      if (IsDebtor(mention, debtors) || !next) break;
      const bool respondent = std::ranges::any_of(mention.parties, [&](std::size_t party) {
        return reading_.document.parties[party].side == Side::kRespondent;
      });
      if (respondent) return {};
      payees.Add(mention);
      end = mention.span.end;
    }
    return payees;
  }

  static bool IsDebtor(const Mention& mention, const Named& debtors) {
    return std::ranges::find(debtors.parties, mention.parties.front()) != debtors.parties.end();
  }

  void Add(const Amount& amount, Span verb, std::size_t from) {
    Award award;
    award.amount = amount;
    award.debtors = Debtors(verb.begin, from);
    if (award.debtors.empty() && !awards_.empty()) award.debtors = awards_.back().debtors;
    award.creditors = PayeesOfFurtherSum(verb, amount, award.debtors);
    if (award.creditors.empty()) award.creditors = Creditors(verb, amount, award.debtors);
    const Span before{item_.begin, std::max(amount.span.begin, verb.begin)};
    // "在交强险和商业三者险限额内赔偿82000元" names no policy for the sum.
    if (!reading_.Has("ruling.both_policies", before)) {
      award.policy = LastPolicyIn(reading_, before);
      if (!award.policy.has_value()) award.policy = LastPolicyIn(reading_, item_);
    }
    if (!AddByPolicy(award)) awards_.push_back(std::move(award));
  }

  const Reading& reading_;
  Span item_;
  std::span<const Mention> mentions_;
  std::vector<Award> awards_;
  bool set_off_ = false;  // A set-off was read and its remainder not yet.
  bool parted_ = false;   // The second sum is told as a part of the first.
};

}  // namespace

std::vector<Award> ReadAwards(const Reading& reading, Span item) {
  return ItemReader(reading, item).Read();
}

}  // namespace recoup::court
