// What was paid before the judgment and is taken off what a debtor has to pay.
#include <algorithm>
#include <set>

#include "adapters/court/medical_covers.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

class PrepaymentReader {
 public:
  PrepaymentReader(const Reading& reading, const std::vector<ToldAmount>& told)
      : reading_(reading), told_(told) {
    for (std::size_t i = 0; i < told_.size(); ++i) {
      if (IsPrepaid(told_[i])) prepaid_.push_back(i);
    }
  }

  void Read(Covers& covers) {
    std::set<Money> accounted;
    std::vector<Cover*> silent;
    for (Cover& cover : covers.covers) {
      bool found = true;
      cover.paid_before = PaidBefore(cover, found);
      ReadDisabilityAlone(cover, accounted);
      if (!found) silent.push_back(&cover);
      if (!cover.paid_before.has_value()) continue;
      accounted.insert(*cover.paid_before);
      cover.paid_for = PurposeOf(cover);
    }
    for (const Cover& cover : covers.covers) {
      for (const std::size_t i : cover.returns) {
        accounted.insert(reading_.elements.obligations[i].amount);
      }
    }
    for (const std::size_t i : covers.by_injured) {
      accounted.insert(reading_.elements.obligations[i].amount);
    }
    covers.prepaid_elsewhere = std::ranges::any_of(prepaid_, [&](std::size_t i) {
      return !told_[i].by_party && !accounted.contains(told_[i].amount.money) &&
             !parts_.contains(told_[i].amount.money);
    });
    if (!covers.prepaid_elsewhere) return;
    // Something was paid, and nothing says that this sum is what remains, or that it is the whole.
    for (Cover* cover : silent) cover->paid_before.reset();
  }

 private:
  bool IsPrepaid(const ToldAmount& told) const {
    if (told.section == Section::kClaims || told.by_party) return false;
    if (!reading_.Has("share.prepaid", told.before) && !reading_.Has("share.prepaid", told.after)) {
      return false;
    }
    if (reading_.Has("medical.fund", told.before)) return false;
    const JudgmentElements& elements = reading_.elements;
    const Money money = told.amount.money;
    if (money == elements.fund_paid || money == elements.medical_expense_total) return false;
    // What was paid of the bill, unless the court deducts it.
    if (money == elements.self_paid && !reading_.Has("ruling.set_off", told.before)) return false;
    return !reading_.Has("share.not_set_off", SentenceOf(told));
  }

  Span SentenceOf(const ToldAmount& told) const {
    return reading_.document.outline.sentences[told.sentence].span;
  }

  // "在医疗费用限额内赔偿18000元（已预付）、伤残限额内赔偿51000元", of which 51000元 are ordered.
  void ReadDisabilityAlone(Cover& cover, std::set<Money>& accounted) const {
    if (cover.policy != PolicyKind::kCompulsory || cover.direct.size() != 1) return;
    for (const ToldAmount& one : told_) {
      if (one.by_party || one.amount.money != cover.ordered) continue;
      if (!reading_.Has("share.disability_part", one.before)) continue;
      cover.without_medical = true;
      for (const std::size_t i : prepaid_) {
        if (told_[i].sentence == one.sentence) accounted.insert(told_[i].amount.money);
      }
    }
  }

  // Absent: something was set off, but the text allows several sums. `found` is false where nothing
  // tells of a set-off at all.
  std::optional<Money> PaidBefore(const Cover& cover, bool& found) {
    if (cover.direct.size() > 1) {
      found = cover.returned.is_positive();
      return cover.returned;
    }
    if (cover.direct.empty()) return cover.returned;
    if (const auto in_item = SetOffInItem(cover.ordered)) return in_item;
    if (cover.returned.is_zero() && IsReckoned(cover)) return Money();
    std::set<Money> all, near;
    for (const ToldAmount& whole : told_) {
      if (whole.by_party || IsOrdered(whole.amount.money)) continue;
      const Money difference = whole.amount.money - cover.ordered;
      if (!difference.is_positive()) continue;
      if (difference == cover.returned) return difference;
      for (const std::size_t i : prepaid_) {
        if (told_[i].amount.money != difference) continue;
        all.insert(difference);
        if (Near(whole, told_[i]) && NearOrdered(whole, cover.ordered)) near.insert(difference);
      }
    }
    if (near.size() == 1) all = near;
    if (cover.returned.is_positive()) {
      return all.empty() ? std::optional(cover.returned) : std::nullopt;
    }
    found = !all.empty();
    if (all.size() > 1) return std::nullopt;
    return all.empty() ? Money() : *all.begin();
  }

  // "赔偿25000元（已扣除先行支付的10000元）", "扣除已付的6000元，还应赔偿9001.2元".
  std::optional<Money> SetOffInItem(Money ordered) {
    for (const ToldAmount& one : told_) {
      if (one.section != Section::kRuling || one.amount.money != ordered) continue;
      Money sum;
      std::vector<Money> parts;
      for (const ToldAmount& other : told_) {
        if (other.sentence != one.sentence || !SameSegment(one, other)) continue;
        if (!reading_.Has("ruling.set_off", other.before)) continue;
        sum += other.amount.money;
        parts.push_back(other.amount.money);
      }
      if (!sum.is_positive()) continue;
      parts_.insert(parts.begin(), parts.end());
      return sum;
    }
    return std::nullopt;
  }

  bool SameSegment(const ToldAmount& a, const ToldAmount& b) const {
    const Span between{std::min(a.amount.span.end, b.amount.span.end),
                       std::max(a.amount.span.begin, b.amount.span.begin)};
    constexpr std::string_view kStop = "；";
    return between.begin >= between.end ||
           reading_.view(between).find(kStop) == std::string_view::npos;
  }

  static bool Near(const ToldAmount& a, const ToldAmount& b) {
    return a.sentence <= b.sentence + 1 && b.sentence <= a.sentence + 1;
  }

  bool NearOrdered(const ToldAmount& whole, Money ordered) const {
    return std::ranges::any_of(told_, [&](const ToldAmount& one) {
      return one.amount.money == ordered && Near(whole, one);
    });
  }

  // Whether the court's own reckoning ends in this sum, not as the rest of another.
  bool IsReckoned(const Cover& cover) const {
    return std::ranges::all_of(cover.direct, [&](std::size_t i) {
      const Money ordered = reading_.elements.obligations[i].amount;
      bool reckoned = false;
      for (const ToldAmount& told : told_) {
        if (told.by_party || told.amount.money != ordered) continue;
        if (reading_.Has("ruling.remainder", told.before)) return false;
        reckoned = reckoned || told.section != Section::kRuling;
      }
      return reckoned;
    });
  }

  bool IsOrdered(Money money) const {
    const auto& ordered = reading_.elements.obligations;
    return std::ranges::find(ordered, money, &Obligation::amount) != ordered.end();
  }

  // 民法典 560: who pays says what for; so what a party says of its own payment counts here.
  PaidFor PurposeOf(const Cover& cover) const {
    const Money paid = *cover.paid_before;
    if (paid.is_zero()) return PaidFor::kNotSaid;
    bool treatment = paid == reading_.elements.self_paid;
    bool other = false;
    for (std::size_t i = 0; i < told_.size(); ++i) {
      const ToldAmount& told = told_[i];
      if (told.amount.money != paid || reading_.Has("medical.fund", told.before)) continue;
      const bool prepaid = reading_.Has("share.prepaid", told.before) ||
                           reading_.Has("share.prepaid", told.after) ||
                           reading_.Has("ruling.set_off", told.before);
      if (!prepaid) continue;
      const Span label = LastClause(told.before);
      treatment = treatment || reading_.Has("share.medical_prepayment", label) ||
                  reading_.Has("share.medical_prepayment", told.after) || IsPartOfBill(i) ||
                  reading_.Has("share.medical_prepayment_told",
                               {told.amount.span.end, SentenceOf(told).end});
      other = other || reading_.Has("share.other_prepayment", label);
    }
    // 交强险条例 31, 道路交通安全法 75: what the insurer of the compulsory cover pays ahead is for
    // rescue, within the medical limit.
    if (!treatment && !other && cover.policy == PolicyKind::kCompulsory && cover.returns.empty()) {
      treatment = paid == StatutoryMedicalLimit(reading_.elements.accident_on);
    }
    if (treatment == other) return PaidFor::kNotSaid;
    return treatment ? PaidFor::kTreatment : PaidFor::kOther;
  }

  Span LastClause(Span before) const {
    const auto clauses = Clauses(reading_.text(), before);
    return clauses.empty() ? before : clauses.back();
  }

  // "个人负担35639.25元（含迅蜂公司垫付12000元、杜某垫付3000元）",
  // "个人自付部分中，甲公司垫付…、乙垫付…"
  bool IsPartOfBill(std::size_t i) const {
    const JudgmentElements& elements = reading_.elements;
    const auto is_prepaid = [&](std::size_t at) {
      return std::ranges::find(prepaid_, at) != prepaid_.end();
    };
    std::size_t first = i;
    while (first > 0 && told_[first - 1].sentence == told_[i].sentence && is_prepaid(first - 1)) {
      --first;
    }
    if (reading_.Has("share.within_bill", told_[first].before)) return true;
    if (first == 0 || told_[first - 1].sentence != told_[i].sentence) return false;
    if (!reading_.Has("share.part_of_bill", told_[first].before)) return false;
    const Money whole = told_[first - 1].amount.money;
    return whole == elements.self_paid || whole == elements.medical_expense_total;
  }

  const Reading& reading_;
  const std::vector<ToldAmount>& told_;
  std::vector<std::size_t> prepaid_;
  std::set<Money> parts_;  // Of a sum of several set-offs.
};

}  // namespace

void ReadPrepayments(const Reading& reading, const std::vector<ToldAmount>& told, Covers& covers) {
  PrepaymentReader(reading, told).Read(covers);
}

}  // namespace recoup::court
