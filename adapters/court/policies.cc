// Which insurer covers what, with which limits.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

// A value that a rule reads as one amount in its first group.
std::optional<Amount> AmountBy(const Reading& reading, std::string_view group, Span within) {
  for (const Rule& rule : reading.rules.Group(group)) {
    const auto hit = FindIn(*rule.pattern, reading.text(), within);
    if (!hit.has_value()) continue;
    const auto amounts = FindAmounts(reading.text(), hit->groups[1]);
    if (!amounts.empty()) return amounts.front();
  }
  return std::nullopt;
}

// Limits are the same wherever they are stated, so every part of the text is asked, the findings of
// the court first.
std::optional<Amount> Stated(const Reading& reading, std::string_view group) {
  for (const Section section : {Section::kFacts, Section::kReasons, Section::kClaims}) {
    for (const Sentence& sentence : reading.document.outline.sentences) {
      if (sentence.section != section) continue;
      if (auto amount = AmountBy(reading, group, sentence.span)) return amount;
    }
  }
  return std::nullopt;
}

struct CompulsoryLimits {
  std::optional<Amount> total, medical, remaining;
};

std::optional<Amount> SumOf(const std::optional<Amount>& death,
                            const std::optional<Amount>& medical,
                            const std::optional<Amount>& property) {
  if (!death.has_value() || !medical.has_value()) return std::nullopt;
  Money sum = death->money + medical->money;
  if (property.has_value()) sum += property->money;
  return Amount{medical->span, sum};
}

CompulsoryLimits ReadCompulsory(const Reading& reading) {
  CompulsoryLimits limits;
  const bool no_fault = Stated(reading, "limit.no_fault_medical").has_value();
  const std::string_view prefix = no_fault ? "limit.no_fault_" : "limit.";
  const auto sub = [&](std::string_view name) {
    return Stated(reading, absl::StrCat(std::string(prefix), std::string(name)));
  };
  limits.medical = sub("medical");
  limits.total = SumOf(sub("death"), limits.medical, sub("property"));
  if (!limits.total.has_value()) limits.total = Stated(reading, "limit.compulsory_total");
  limits.remaining = Stated(reading, "limit.medical_left");
  return limits;
}

// Whether the compulsory cover was used up by an earlier judgment.
bool UsedUp(const Reading& reading) {
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kClaims || sentence.section > Section::kReasons) continue;
    if (reading.rules.Has("limit.medical_used_up", reading.text(), sentence.span)) return true;
  }
  return false;
}

bool Awarded(const Reading& reading, std::string_view insurer, PolicyKind kind) {
  return std::ranges::any_of(reading.elements.obligations, [&](const Obligation& o) {
    return o.debtor == insurer && o.policy_kind == kind;
  });
}

// Whether a sentence says that this insurer covers: "在甲公司投保了交强险", "仅承保主车交强险".
std::optional<Hit> CoverStated(const Reading& reading, std::size_t insurer, PolicyKind kind) {
  const Parties& parties = reading.document.parties;
  const bool only = parties.Only(PartyKind::kInsurer) == insurer;
  const std::string_view group =
      kind == PolicyKind::kCompulsory ? "policy.compulsory" : "policy.commercial";
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kClaims || sentence.section > Section::kReasons) continue;
    if (!only && parties.FirstIn(reading.text(), sentence.span) != insurer) continue;
    for (const Hit& hit : reading.rules.All(group, reading.text(), sentence.span)) {
      if (!reading.rules.Has("policy.absent", reading.text(), hit.span)) return hit;
    }
  }
  return std::nullopt;
}

// 机动车交通事故责任强制保险责任限额, by the day of the accident: 2020-09-19 银保监会公告, and the
// announcements of 2006 and 2008 before it.
std::optional<Money> StatutoryMedicalLimit(const std::optional<absl::CivilDay>& accident_on) {
  if (!accident_on.has_value()) return std::nullopt;
  if (*accident_on >= absl::CivilDay(2020, 9, 19)) return Money::Fen(1'800'000);
  if (*accident_on >= absl::CivilDay(2008, 2, 1)) return Money::Fen(1'000'000);
  if (*accident_on >= absl::CivilDay(2006, 7, 1)) return Money::Fen(800'000);
  return std::nullopt;
}

Policy Compulsory(const Reading& reading, std::string insurer) {
  const CompulsoryLimits limits = ReadCompulsory(reading);
  Policy policy{std::move(insurer), PolicyKind::kCompulsory, std::nullopt, std::nullopt};
  if (limits.total.has_value()) policy.limit = limits.total->money;
  if (limits.medical.has_value()) policy.medical_remaining = limits.medical->money;
  if (limits.remaining.has_value()) policy.medical_remaining = limits.remaining->money;
  if (UsedUp(reading)) policy.medical_remaining = Money();
  return policy;
}

Policy Commercial(const Reading& reading, std::string insurer) {
  Policy policy{std::move(insurer), PolicyKind::kCommercial, std::nullopt, std::nullopt};
  const auto limit = Stated(reading, "limit.commercial");
  if (limit.has_value()) policy.limit = limit->money;
  auto remaining = Stated(reading, "limit.commercial_medical");
  if (!remaining.has_value()) remaining = Stated(reading, "limit.commercial_left");
  if (remaining.has_value()) policy.medical_remaining = remaining->money;
  return policy;
}

}  // namespace

void ReadPolicies(const Reading& reading) {
  const Parties& parties = reading.document.parties;
  for (std::size_t i = 0; i < parties.all().size(); ++i) {
    if (parties[i].kind != PartyKind::kInsurer) continue;
    for (const PolicyKind kind : {PolicyKind::kCompulsory, PolicyKind::kCommercial}) {
      const auto stated = CoverStated(reading, i, kind);
      if (!stated.has_value() && !Awarded(reading, parties[i].name, kind)) continue;
      const std::string field = absl::StrCat("policies[", reading.elements.policies.size(), "]");
      if (stated.has_value()) reading.Note(field, *stated);
      reading.elements.policies.push_back(kind == PolicyKind::kCompulsory
                                              ? Compulsory(reading, parties[i].name)
                                              : Commercial(reading, parties[i].name));
    }
  }
}

Money CompulsoryMedicalCover(const Reading& reading) {
  const std::optional<Money> by_law = StatutoryMedicalLimit(reading.elements.accident_on);
  Money cover;
  for (const Policy& policy : reading.elements.policies) {
    if (policy.kind != PolicyKind::kCompulsory) continue;
    if (!policy.medical_remaining.has_value()) {
      reading.Warn("文书未载明交强险医疗费用赔偿限额，医疗费赔偿额按事故发生时的法定限额计算。");
    }
    cover += policy.medical_remaining.value_or(by_law.value_or(Money()));
  }
  // 道交解释 Art. 16: who did not insure answers for the compulsory limit like an insurer.
  const Span reasons = reading.document.outline.reasons;
  if (reading.elements.policies.empty() &&
      reading.rules.Has("limit.uninsured", reading.text(), reasons)) {
    const auto stated = Stated(reading, "limit.medical");
    cover = stated.has_value() ? stated->money : by_law.value_or(Money());
  }
  return cover;
}

}  // namespace recoup::court
