// Which insurer covers what, with which limits.
#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

// A part of a sentence that speaks of the cover of one insurer; without one, of every insurer's.
struct Scope {
  Span span;
  Section section = Section::kFacts;
  std::optional<std::size_t> insurer;
};

// "在甲公司投保交强险，在乙公司投保商业险": each clause with an insurer opens a scope that lasts to
// the clause of the next insurer. What an insurer itself pleads (甲公司辩称…) is about its own
// cover.
class ScopeFinder {
 public:
  explicit ScopeFinder(const Reading& reading)
      : reading_(reading), only_(reading.document.parties.Only(PartyKind::kInsurer)) {}

  std::vector<Scope> Find() {
    // What is agreed may tell the limits that no finding tells.
    const bool agreed = reading_.elements.document_type == DocumentType::kMediation ||
                        reading_.elements.instance == Instance::kOther;
    const Section last = agreed ? Section::kRuling : Section::kReasons;
    for (const Sentence& sentence : reading_.document.outline.sentences) {
      if (sentence.section < Section::kClaims || sentence.section > last) continue;
      ReadSentence(sentence);
    }
    return std::move(scopes_);
  }

 private:
  void ReadSentence(const Sentence& sentence) {
    const Span whole = sentence.span;
    if (whole.begin == 0 || reading_.text()[whole.begin - 1] == '\n') speaker_.reset();
    std::vector<Scope> found;
    for (const Mention& mention : reading_.document.parties.MentionsIn(whole)) {
      if (mention.parties.size() != 1 || !IsInsurer(mention.parties.front())) continue;
      if (!found.empty() && found.back().insurer == mention.parties.front()) continue;
      const std::size_t begin = std::max(ClauseBegin(whole.begin, mention.span.begin),
                                         found.empty() ? whole.begin : found.back().span.begin + 1);
      if (!found.empty()) found.back().span.end = std::max(begin, found.back().span.begin);
      found.push_back({{begin, whole.end}, sentence.section, mention.parties.front()});
    }
    if (!found.empty() && reading_.Has("sentence.by_party", whole)) {
      speaker_ = found.front().insurer;
    }
    if (only_.has_value() || found.empty()) {
      found = {{whole, sentence.section, only_.has_value() ? only_ : speaker_}};
    } else {
      found.front().span.begin = whole.begin;
    }
    scopes_.insert(scopes_.end(), found.begin(), found.end());
  }

  bool IsInsurer(std::size_t party) const {
    return reading_.document.parties[party].kind == PartyKind::kInsurer;
  }

  std::size_t ClauseBegin(std::size_t from, std::size_t at) const {
    for (const Span clause : Clauses(reading_.text(), {from, at})) from = clause.begin;
    return from;
  }

  const Reading& reading_;
  std::optional<std::size_t> only_;
  std::optional<std::size_t> speaker_;
  std::vector<Scope> scopes_;
};

// What is stated of one insurer: first in what is said of it alone, then in what is said of all;
// the findings of the court before its reasons and the pleadings.
class Statements {
 public:
  Statements(const Reading& reading, const std::vector<Scope>& scopes, std::size_t insurer)
      : reading_(reading) {
    for (const bool own : {true, false}) {
      for (const Section section :
           {Section::kFacts, Section::kReasons, Section::kClaims, Section::kRuling}) {
        for (const Scope& scope : scopes) {
          if (scope.section != section) continue;
          if (own ? scope.insurer != insurer : scope.insurer.has_value()) continue;
          spans_.push_back(scope.span);
          own_count_ += own ? 1 : 0;
        }
      }
    }
  }

  // The amount in one capturing group of the first rule that hits.
  std::optional<Amount> Stated(std::string_view group, std::size_t capture = 1,
                               const std::function<bool(const Amount&)>& fits = nullptr) const {
    for (const Span span : spans_) {
      for (const Rule& rule : reading_.rules.Group(group)) {
        const auto hit = reading_.Find(rule, span);
        if (!hit.has_value()) continue;
        const auto amounts = reading_.Amounts(hit->groups[capture]);
        if (amounts.empty() || (fits && !fits(amounts.front()))) continue;
        return amounts.front();
      }
    }
    return std::nullopt;
  }

  // "限额10000元…已经使用5800元，剩余4200元": only where used and left add up to the limit.
  std::optional<Money> Left(Money limit) const {
    for (const Span span : spans_) {
      for (const Hit& hit : reading_.All("limit.medical_left_checked", span)) {
        const auto amounts = reading_.Amounts(hit.span);
        const Money left = amounts.back().money;
        for (const Amount& used : amounts) {
          if (used.money + left == limit) return left;
        }
      }
    }
    return std::nullopt;
  }

  // What the compulsory cover pays for medical expense in this case, not in that of another victim.
  // Of several insurers only what is said of this one alone counts.
  std::optional<Amount> PaidToInjured(bool one_cover) const {
    const std::string& injured = reading_.elements.injured_persons.front().name;
    for (std::size_t i = 0; i < (one_cover ? spans_.size() : own_count_); ++i) {
      const Span span = spans_[i];
      if (IsOfAnotherCase(span)) continue;
      for (const Hit& hit : reading_.All("limit.medical_paid", span)) {
        const bool to_nobody = !reading_.Has("limit.paid_to", hit.span);
        const bool to_injured = reading_.view(hit.span).find(injured) != std::string_view::npos;
        const auto amounts = reading_.Amounts(hit.groups[1]);
        if (!amounts.empty() && (to_nobody || to_injured)) return amounts.front();
      }
    }
    return std::nullopt;
  }

  // What the judgment for another injured person took of the medical cover.
  Money PaidInOtherCases() const {
    Money sum;
    for (const Span span : spans_) {
      if (!IsOfAnotherCase(span)) continue;
      for (const Hit& hit : reading_.All("limit.medical_paid", span)) {
        for (const Amount& amount : reading_.Amounts(hit.groups[1])) sum += amount.money;
      }
    }
    return sum;
  }

  bool Says(std::string_view group) const {
    return std::ranges::any_of(spans_, [&](Span span) { return reading_.Has(group, span); });
  }

  // "在甲公司投保了交强险", "仅承保主车交强险"; not "未投保商业险".
  std::optional<Hit> Covers(std::string_view group) const {
    for (std::size_t i = 0; i < own_count_; ++i) {
      if (!reading_.Has("policy.term", spans_[i])) continue;
      for (const Hit& hit : reading_.All(group, spans_[i])) {
        if (!reading_.Has("policy.absent", hit.span)) return hit;
      }
    }
    return std::nullopt;
  }

 private:
  bool IsOfAnotherCase(Span span) const {
    if (!reading_.Has("injured.own_case", span)) return false;
    return std::ranges::none_of(reading_.elements.injured_persons, [&](const InjuredPerson& p) {
      return reading_.view(span).find(p.name) != std::string_view::npos;
    });
  }

  const Reading& reading_;
  std::vector<Span> spans_;
  std::size_t own_count_ = 0;
};

// "判决赔偿商业三者险22060.14元": an award under the cover, not its limit, which is a round sum.
bool IsRound(const Amount& amount) { return amount.money.fen() % 10'000 == 0; }

struct CompulsoryLimits {
  std::optional<Amount> total, medical;
  bool medical_by_law = false;  // Only the whole is stated.
};

// What a cover of the whole limit by law pays for medical expense: 责任限额 of 2006, 2008 and 2020,
// each for a driver at fault and for one without.
std::optional<Money> MedicalPartOf(Money whole) {
  constexpr struct {
    std::int64_t whole_yuan, medical_yuan;
  } kLimits[] = {{200'000, 18'000}, {19'900, 1'800}, {122'000, 10'000}, {120'000, 10'000},
                 {12'100, 1'000},   {60'000, 8'000}, {12'000, 1'600}};
  for (const auto& limit : kLimits) {
    if (whole == Money::Fen(limit.whole_yuan * 100)) return Money::Fen(limit.medical_yuan * 100);
  }
  return std::nullopt;
}

std::optional<Amount> SumOf(const std::optional<Amount>& death,
                            const std::optional<Amount>& medical,
                            const std::optional<Amount>& property) {
  if (!death.has_value() || !medical.has_value()) return std::nullopt;
  Money sum = death->money + medical->money;
  if (property.has_value()) sum += property->money;
  return Amount{medical->span, sum};
}

CompulsoryLimits ReadCompulsory(const Statements& statements) {
  CompulsoryLimits limits;
  const bool no_fault = statements.Stated("limit.no_fault_medical").has_value();
  const std::string_view prefix = no_fault ? "limit.no_fault_" : "limit.";
  const auto sub = [&](std::string_view name) {
    return statements.Stated(absl::StrCat(std::string(prefix), std::string(name)));
  };
  limits.medical = sub("medical");
  limits.total = SumOf(sub("death"), limits.medical, sub("property"));
  if (!no_fault && statements.Says("limit.three")) {  // "…限额分别为180000元、18000元、2000元"
    limits.medical = statements.Stated("limit.three", 2);
    limits.total = SumOf(statements.Stated("limit.three", 1), limits.medical,
                         statements.Stated("limit.three", 3));
  }
  if (!no_fault && statements.Says("limit.medical_first")) {
    limits.medical = statements.Stated("limit.medical_first", 1);
    limits.total = SumOf(statements.Stated("limit.medical_first", 2), limits.medical,
                         statements.Stated("limit.medical_first", 3));
  }
  // A stated whole that is larger outweighs a sum of what were payments under its parts; one that
  // is smaller is a part itself.
  if (const auto whole = statements.Stated("limit.compulsory_total");
      whole.has_value() && !no_fault &&
      (!limits.total.has_value() || limits.total->money < whole->money)) {
    limits.total = whole;
  }
  // "交强险不足部分为医疗费24630.50元": no limit, which is a round sum.
  if (limits.medical.has_value() && !IsRound(*limits.medical)) limits.medical.reset();
  if (!limits.medical.has_value() && limits.total.has_value()) {
    if (const auto medical = MedicalPartOf(limits.total->money)) {
      limits.medical = Amount{limits.total->span, *medical};
      limits.medical_by_law = true;
    }
  }
  return limits;
}

bool Awarded(const Reading& reading, std::string_view insurer, PolicyKind kind) {
  return std::ranges::any_of(reading.elements.obligations, [&](const Obligation& o) {
    return o.debtor == insurer && o.policy_kind == kind;
  });
}

// The medical expense this document counts as the loss of its one injured person.
std::optional<Money> Loss(const JudgmentElements& elements) {
  if (elements.injured_persons.size() != 1) return std::nullopt;
  return elements.basis == Basis::kNet ? elements.self_paid : elements.medical_expense_total;
}

std::optional<Money> MedicalRemaining(const Reading& reading, const Statements& statements,
                                      const std::optional<Amount>& limit) {
  // "在医疗费用限额内赔偿10000元，余89870.83元由…": more than the limit is the rest of the loss.
  const Money most = limit.has_value() ? limit->money
                                       : StatutoryMedicalLimit(reading.elements.accident_on)
                                             .value_or(Money::Fen(domain::Money::kFenMax));
  const auto fits = [&](const Amount& left) { return left.money <= most; };
  if (const auto left = statements.Stated("limit.medical_left", 1, fits)) return left->money;
  if (limit.has_value()) {
    if (const auto left = statements.Left(limit->money)) return left;
  }
  if (const auto used = statements.Stated("limit.medical_used", 1, fits)) {
    return most - used->money;
  }
  if (statements.Says("limit.medical_used_up")) return Money();
  const Money used = statements.PaidInOtherCases();
  const bool known = limit.has_value() || StatutoryMedicalLimit(reading.elements.accident_on);
  if (known && used.is_positive() && used <= most) return most - used;
  // Where less is paid than was lost, what is paid is all that was left.
  const auto loss = Loss(reading.elements);
  if (!loss.has_value()) return limit.has_value() ? std::optional(limit->money) : std::nullopt;
  const bool one_cover = reading.document.parties.Only(PartyKind::kInsurer).has_value();
  const auto paid = statements.PaidToInjured(one_cover);
  const bool tells = one_cover || !limit.has_value();
  if (tells && paid.has_value() && paid->money < *loss && paid->money <= most &&
      (!limit.has_value() || paid->money < limit->money)) {
    return paid->money;
  }
  if (!limit.has_value()) return std::nullopt;
  return limit->money;
}

Policy Compulsory(const Reading& reading, const Statements& statements, std::string insurer) {
  const CompulsoryLimits limits = ReadCompulsory(statements);
  Policy policy{std::move(insurer), PolicyKind::kCompulsory, std::nullopt, std::nullopt};
  if (limits.total.has_value()) policy.limit = limits.total->money;
  // "（责任限额同上）": as those of the policy before.
  const auto& before = reading.elements.policies;
  const auto same = std::ranges::find(before, PolicyKind::kCompulsory, &Policy::kind);
  if (!limits.total.has_value() && same != before.end() && statements.Says("limit.same")) {
    policy.limit = same->limit;
    policy.medical_remaining = same->medical_remaining;
    return policy;
  }
  policy.medical_remaining = MedicalRemaining(reading, statements, limits.medical);
  if (limits.medical_by_law) {
    reading.Warn("文书只载明交强险总限额，医疗费用赔偿限额按该总限额的法定分项推定，请核对。");
  }
  return policy;
}

Policy Commercial(const Statements& statements, std::string insurer) {
  Policy policy{std::move(insurer), PolicyKind::kCommercial, std::nullopt, std::nullopt};
  const auto limit = statements.Stated("limit.commercial", 1, IsRound);
  if (limit.has_value()) policy.limit = limit->money;
  auto remaining = statements.Stated("limit.commercial_medical");
  if (!remaining.has_value()) remaining = statements.Stated("limit.commercial_left");
  if (remaining.has_value()) policy.medical_remaining = remaining->money;
  return policy;
}

bool WasHurt(const JudgmentElements& elements, const std::string& name) {
  const auto& injured = elements.injured_persons;
  return std::ranges::find(injured, name, &InjuredPerson::name) != injured.end();
}

}  // namespace

std::optional<Money> StatutoryMedicalLimit(const std::optional<absl::CivilDay>& accident_on) {
  if (!accident_on.has_value()) return std::nullopt;
  if (*accident_on >= absl::CivilDay(2020, 9, 19)) return Money::Fen(1'800'000);
  if (*accident_on >= absl::CivilDay(2008, 2, 1)) return Money::Fen(1'000'000);
  if (*accident_on >= absl::CivilDay(2006, 7, 1)) return Money::Fen(800'000);
  return std::nullopt;
}

bool PaysNothingBesideAnother(const Reading& reading, const Policy& policy) {
  const JudgmentElements& elements = reading.elements;
  // "反诉被告的保险公司赔偿反诉原告2000元": who is liable and was not hurt lost a vehicle.
  const auto of_liable = [&](const std::string& name) {
    return !WasHurt(elements, name) &&
           std::ranges::find(elements.liability, name, &LiabilityShare::party) !=
               elements.liability.end();
  };
  const auto pays = [&](const Policy& one) {
    return std::ranges::any_of(elements.obligations, [&](const Obligation& o) {
      return o.debtor == one.insurer && !of_liable(o.creditor);
    });
  };
  return !pays(policy) && std::ranges::any_of(elements.policies, [&](const Policy& other) {
    return other.kind == PolicyKind::kCompulsory && other.insurer != policy.insurer && pays(other);
  });
}

void ReadPolicies(const Reading& reading) {
  const Parties& parties = reading.document.parties;
  const std::vector<Scope> scopes = ScopeFinder(reading).Find();
  for (std::size_t i = 0; i < parties.all().size(); ++i) {
    if (parties[i].kind != PartyKind::kInsurer) continue;
    const Statements statements(reading, scopes, i);
    for (const PolicyKind kind : {PolicyKind::kCompulsory, PolicyKind::kCommercial}) {
      const bool compulsory = kind == PolicyKind::kCompulsory;
      const auto stated = statements.Covers(compulsory ? "policy.compulsory" : "policy.commercial");
      if (!stated.has_value() && !Awarded(reading, parties[i].name, kind)) continue;
      const std::string field = absl::StrCat("policies[", reading.elements.policies.size(), "]");
      if (stated.has_value()) {
        reading.Note(field, *stated);
      } else {
        reading.Derive(field, "obligations", "policy.paid_under", 75);
      }
      reading.elements.policies.push_back(compulsory
                                              ? Compulsory(reading, statements, parties[i].name)
                                              : Commercial(statements, parties[i].name));
    }
  }
  CompletePolicyKinds(reading);
}

namespace {

bool HasCompulsoryCover(const JudgmentElements& elements) {
  return std::ranges::any_of(elements.policies, [](const Policy& policy) {
    return policy.kind == PolicyKind::kCompulsory;
  });
}

// Whose vehicle was not insured: the last party named before it is told; where nobody is, the only
// one who is liable and was not hurt. Not the injured person, who pays others' losses from that
// limit.
LiabilityShare* Uninsured(const Reading& reading, const Sentence& sentence, const Hit& hit) {
  JudgmentElements& elements = reading.elements;
  const Parties& parties = reading.document.parties;
  std::string named;
  for (const Mention& mention : parties.MentionsIn({sentence.span.begin, hit.span.begin})) {
    if (mention.parties.size() != 1) continue;
    const std::string& name = parties[mention.parties.front()].name;
    const bool liable = std::ranges::find(elements.liability, name, &LiabilityShare::party) !=
                        elements.liability.end();
    if (liable || WasHurt(elements, name)) named = name;
  }
  LiabilityShare* only = nullptr;
  for (LiabilityShare& share : elements.liability) {
    if (WasHurt(elements, share.party)) continue;
    if (share.party == named) return &share;
    if (!named.empty()) continue;
    if (only != nullptr) return nullptr;
    only = &share;
  }
  return only;
}

}  // namespace

// 道交解释 16: told in the court's own words, where no compulsory cover is.
void ReadMissingCover(const Reading& reading) {
  JudgmentElements& elements = reading.elements;
  const auto limit = StatutoryMedicalLimit(elements.accident_on);
  if (HasCompulsoryCover(elements) || !limit.has_value()) return;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kFacts || sentence.section > Section::kReasons) continue;
    if (sentence.by_party) continue;
    const auto told = reading.First("limit.uninsured", sentence.span);
    if (!told.has_value()) continue;
    LiabilityShare* const owner = Uninsured(reading, sentence, *told);
    if (owner == nullptr) {
      reading.Warn("文书载明车辆未投保交强险，未能确定投保义务人，请核对。");
      return;
    }
    owner->uninsured_medical = *limit;
    const auto index = owner - elements.liability.data();
    reading.Note(absl::StrCat("liability[", index, "].uninsured_medical"), told->span,
                 told->rule->name, 85);
    return;
  }
}

Money CompulsoryMedicalCover(const Reading& reading) {
  const std::optional<Money> by_law = StatutoryMedicalLimit(reading.elements.accident_on);
  Money cover;
  for (const Policy& policy : reading.elements.policies) {
    if (policy.kind != PolicyKind::kCompulsory) continue;
    // The cover of a vehicle whose own passenger was hurt pays nothing (交强险条例 3).
    if (PaysNothingBesideAnother(reading, policy)) continue;
    if (!policy.medical_remaining.has_value()) {
      reading.Warn("文书未载明交强险医疗费用赔偿限额，医疗费赔偿额按事故发生时的法定限额计算。");
    }
    cover += policy.medical_remaining.value_or(by_law.value_or(Money()));
  }
  // 道交解释 Art. 16: who did not insure answers for the compulsory limit like an insurer.
  // A later court may leave it to the reasons of the first, which it recites among the facts.
  const Outline& outline = reading.document.outline;
  const Span told{outline.facts.begin, outline.reasons.end};
  if (!HasCompulsoryCover(reading.elements) && reading.Has("limit.uninsured", told)) {
    cover = by_law.value_or(Money());
  }
  return cover;
}

}  // namespace recoup::court
