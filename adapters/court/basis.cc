// What the judgment means for the fund: basis, grade, and the medical expense it awards (B).
#include <algorithm>

#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;
using domain::Ratio;

bool FundPaid(const JudgmentElements& elements) {
  return elements.fund_paid.has_value() && elements.fund_paid->is_positive();
}

bool IsFund(const Reading& reading, std::string_view name) {
  const auto party = reading.document.parties.Find(name);
  return party.has_value() && reading.document.parties[*party].kind == PartyKind::kFund;
}

Money AwardedToFund(const Reading& reading) {
  Money sum;
  for (const Obligation& o : reading.elements.obligations) {
    if (IsFund(reading, o.creditor)) sum += o.amount;
  }
  return sum;
}

// The court's last word on the amount of 医疗费: the total means GROSS, the own part NET.
Basis ByArithmetic(const Reading& reading, Span part) {
  const JudgmentElements& elements = reading.elements;
  Basis basis = Basis::kNone;
  for (const Hit& hit : reading.rules.All("basis.loss", reading.text(), part)) {
    const auto amounts = FindAmounts(reading.text(), hit.span);
    if (amounts.empty()) continue;
    const Money loss = amounts.back().money;
    if (loss == elements.medical_expense_total) basis = Basis::kGross;
    if (loss == elements.self_paid) basis = Basis::kNet;
    if (loss == elements.medical_expense_total || loss == elements.self_paid) {
      reading.Note("basis", hit);
    }
  }
  return basis;
}

Basis ByPhrase(const Reading& reading, Span part) {
  const auto gross = reading.rules.First("basis.gross", reading.text(), part);
  const auto net = reading.rules.First("basis.net", reading.text(), part);
  if (gross.has_value() == net.has_value()) return Basis::kNone;
  reading.Note("basis", gross.has_value() ? *gross : *net);
  return gross.has_value() ? Basis::kGross : Basis::kNet;
}

Basis Decide(const Reading& reading) {
  if (AwardedToFund(reading).is_positive()) return Basis::kFundAwarded;
  if (!FundPaid(reading.elements) || reading.elements.obligations.empty()) return Basis::kNone;
  const Outline& outline = reading.document.outline;
  for (const Span part : {outline.reasons, outline.ruling, outline.facts}) {
    if (const Basis basis = ByArithmetic(reading, part); basis != Basis::kNone) return basis;
    if (const Basis basis = ByPhrase(reading, part); basis != Basis::kNone) return basis;
  }
  reading.Warn("未能判断判决的医疗费是否包含基金支付部分，请人工核对。");
  return Basis::kNone;
}

// B by the law's order of payment: what fits into the compulsory medical cover is borne in full,
// the rest by the shares, rounded for each debtor.
std::optional<Money> Computed(const Reading& reading) {
  const JudgmentElements& elements = reading.elements;
  const auto loss =
      elements.basis == Basis::kNet ? elements.self_paid : elements.medical_expense_total;
  if (!loss.has_value() || elements.liability.empty()) return std::nullopt;
  Money awarded = std::min(*loss, CompulsoryMedicalCover(reading));
  const Money rest = *loss - awarded;
  for (const LiabilityShare& share : elements.liability) {
    const bool own = std::ranges::find(elements.injured_persons, share.party,
                                       &InjuredPerson::name) != elements.injured_persons.end();
    if (own) continue;
    const auto part = rest.Times(Ratio{share.share_percent.hundredths, 100 * 100});
    if (part.ok()) awarded += *part;
  }
  return awarded;
}

// B as the court states it, the last time it does.
std::optional<Amount> StatedAward(const Reading& reading, Span part) {
  std::optional<Amount> stated;
  for (const Hit& hit : reading.rules.All("award.medical", reading.text(), part)) {
    const auto amounts = FindAmounts(reading.text(), hit.span);
    if (!amounts.empty()) stated = amounts.back();
  }
  return stated;
}

}  // namespace

void ReadBasis(const Reading& reading) { reading.elements.basis = Decide(reading); }

void ReadGrade(const Reading& reading) {
  JudgmentElements& elements = reading.elements;
  if (!FundPaid(elements)) {
    elements.grade = Grade::kNoAdvance;
    return;
  }
  elements.grade = Grade::kAdvanceOutstanding;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kFacts || sentence.section > Section::kRuling) continue;
    if (sentence.by_party) continue;
    const auto repaid = reading.rules.First("grade.repaid", reading.text(), sentence.span);
    if (!repaid.has_value() ||
        reading.rules.Has("grade.not_repaid", reading.text(), repaid->span)) {
      continue;
    }
    elements.grade = Grade::kAdvanceRepaid;
    reading.Note("grade", *repaid);
    return;
  }
}

void ReadAwardedMedicalExpense(const Reading& reading) {
  JudgmentElements& elements = reading.elements;
  if (elements.obligations.empty()) return;
  const Outline& outline = reading.document.outline;
  const Money to_fund = AwardedToFund(reading);
  const bool recovery_case = to_fund.is_positive() && elements.obligations.size() > 0 &&
                             std::ranges::all_of(elements.obligations, [&](const Obligation& o) {
                               return IsFund(reading, o.creditor);
                             });
  if (recovery_case) {
    elements.medical_expense_awarded = to_fund;
    return;
  }
  auto stated = StatedAward(reading, outline.reasons);
  if (!stated.has_value()) stated = StatedAward(reading, outline.ruling);
  const auto computed = Computed(reading);
  if (stated.has_value()) {
    elements.medical_expense_awarded = stated->money;
    reading.Note("medical_expense_awarded", stated->span, "award.medical",
                 computed == stated->money ? 98 : 75);
    if (computed.has_value() && computed != stated->money) {
      reading.Warn("文书所载医疗费赔偿额与按限额、比例计算的数额不一致，请核对。");
    }
    return;
  }
  elements.medical_expense_awarded = computed;
}

}  // namespace recoup::court
