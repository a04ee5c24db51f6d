// What the treatment cost and who paid it: total (A + C), fund (C), the rest (A).
#include <optional>
#include <vector>

#include "adapters/court/medical_visits.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

// The reasons of an earlier instance, which this document recites among its facts: they repeat the
// figures of the facts, and shares of them.
Span RecitedParagraph(const Reading& reading) {
  const Span facts = reading.document.outline.facts;
  const auto recited = reading.Leftmost("basis.recited_reasons", facts);
  if (!recited.has_value()) return {facts.end, facts.end};
  const std::size_t line = reading.text().find('\n', recited->span.end);
  return {recited->span.begin, std::min(line, facts.end)};
}

Visits ReadSentences(const Reading& reading, Section section, Span part, bool inside) {
  std::vector<Span> sentences;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != section || sentence.by_party) continue;
    const bool is_inside = sentence.span.end > part.begin && sentence.span.begin < part.end;
    if (is_inside == inside) sentences.push_back(sentence.span);
  }
  return ReadVisits(reading, sentences);
}

// What the plaintiff says of the expense, where the court closes the case without findings: by
// agreement or because the suit is withdrawn. What the other side says is left out.
Visits ReadPleading(const Reading& reading) {
  std::vector<Span> sentences;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != Section::kClaims) continue;
    if (reading.Has("sentence.of_respondent", sentence.span)) break;
    sentences.push_back(sentence.span);
  }
  return ReadVisits(reading, sentences);
}

bool ClosedWithoutFindings(const Reading& reading) {
  const Outline& outline = reading.document.outline;
  if (outline.facts.size() > 0) return false;
  return reading.elements.document_type == DocumentType::kMediation ||
         reading.Has("ruling.withdrawn", outline.ruling);
}

bool FundPaymentDenied(const Reading& reading) {
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kFacts || sentence.section > Section::kRuling) continue;
    if (sentence.by_party) continue;
    if (const auto hit = reading.First("medical.denied", sentence.span)) {
      reading.Note("fund_paid", *hit);
      return true;
    }
  }
  return false;
}

void Keep(const Reading& reading, const Visit& visit) {
  JudgmentElements& elements = reading.elements;
  const int confidence = visit.about ? 50 : AddsUp(visit) ? 98 : 70;
  if (visit.about) reading.Warn("文书所载医疗费或其支付金额为约数，请以结算记录为准。");
  elements.medical_expense_total = visit.total.money;
  reading.Note("medical_expense_total", visit.total.span, visit.rule, confidence);
  const Money fund = SumOfFigures(visit.fund);
  if (!visit.fund.empty()) {
    elements.fund_paid = fund;
    for (const Figure& f : visit.fund) {
      reading.Note("fund_paid", f.amount.span, f.rule, confidence);
    }
  } else if (FundPaymentDenied(reading)) {
    elements.fund_paid = Money();
  }
  // A is what C leaves of the total; a stated own part that differs is for a person to look at.
  elements.self_paid = visit.total.money - fund;
  for (const Figure& f : visit.self) reading.Note("self_paid", f.amount.span, f.rule, confidence);
  if (visit.self.empty()) {
    reading.Derive("self_paid", "medical_expense_total", "self_paid.rest", visit.about ? 50 : 85);
  }
  if (!visit.fund.empty() && !visit.self.empty() && !AddsUp(visit)) {
    reading.Warn("医疗费总额与基金支付、个人负担之和不一致，请核对。");
    for (const char* field : {"medical_expense_total", "fund_paid", "self_paid"}) {
      reading.Doubt(field, 60);
    }
  }
  if (elements.self_paid->is_negative()) {
    reading.Warn("基金支付超过医疗费总额，请核对。");
    elements.self_paid.reset();
  }
}

// "已将统筹基金为其支付的8230.15元退还": an order that permits a withdrawal may name the fund's
// part only where it tells of its return.
void ReadRepaidFund(const Reading& reading) {
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != Section::kFacts || sentence.by_party) continue;
    if (!reading.Has("grade.repaid", sentence.span) &&
        !reading.Has("grade.repaid_told", sentence.span)) {
      continue;
    }
    std::size_t from = sentence.span.begin;
    for (const Amount& amount : reading.Amounts(sentence.span)) {
      const Span label = LabelOf(reading, from, amount.span.begin);
      from = amount.span.end;
      const auto fund = reading.First("medical.fund", label);
      if (!fund.has_value()) continue;
      reading.elements.fund_paid = amount.money;
      reading.Note("fund_paid", amount.span, fund->rule->name, 75);
      return;
    }
  }
}

// Whether the pleading tells what the court does not; it must not contradict what the court says of
// the fund's part.
bool TakePleading(const Reading& reading, Visit& parts, std::optional<Visit>& found) {
  if (!ClosedWithoutFindings(reading)) return false;
  Visits told = ReadPleading(reading);
  if (!told.visits.empty()) {
    Visit visit = MergeVisits(reading, told.visits);
    if (!parts.fund.empty() && !visit.fund.empty() &&
        SumOfFigures(parts.fund) != SumOfFigures(visit.fund)) {
      return false;
    }
    found = std::move(visit);
    return true;
  }
  if (!parts.fund.empty() || told.parts.fund.empty()) return false;
  parts = told.parts;
  return true;
}

}  // namespace

void ReadMedicalExpense(const Reading& reading) {
  // A dispute about wages or a contract may speak of illness; nobody was hurt by anybody.
  const JudgmentElements& elements = reading.elements;
  const bool other_matter = elements.cause.has_value() && !elements.third_party_kind.has_value();
  if (other_matter && elements.injured_persons.empty()) return;
  Visit parts;
  std::optional<Visit> found;
  const Span recited = RecitedParagraph(reading);
  const Visits sections[] = {ReadSentences(reading, Section::kFacts, recited, false),
                             ReadSentences(reading, Section::kFacts, recited, true),
                             ReadSentences(reading, Section::kReasons, {}, false),
                             ReadSentences(reading, Section::kRuling, {}, false)};
  for (const Visits& told : sections) {
    if (parts.fund.empty()) parts.fund = told.parts.fund;
    if (parts.self.empty()) parts.self = told.parts.self;
    if (told.visits.empty()) continue;
    Visit visit = MergeVisits(reading, told.visits);
    if (!found.has_value()) {
      found = std::move(visit);
    } else if (found->fund.empty() && found->total.money == visit.total.money) {
      found->fund = std::move(visit.fund);
      found->self = std::move(visit.self);
    }
  }
  const bool pleaded = !found.has_value() && TakePleading(reading, parts, found);
  // What is called 医疗费 after the parts may be the own part alone; it cannot be less than a part.
  const bool only_parts = !found.has_value() || found->total.money == SumOfFigures(parts.self) ||
                          (found->fund.empty() && found->total.money < SumOfFigures(parts.fund));
  if (only_parts && !parts.fund.empty() && !parts.self.empty()) {
    found = parts;
    found->total = {parts.fund.front().amount.span,
                    SumOfFigures(parts.fund) + SumOfFigures(parts.self)};
    found->rule = parts.fund.front().rule;
    reading.Warn("文书未载明医疗费总额，按基金支付与个人负担之和计算。");
  } else if (found.has_value() && found->fund.empty() &&
             found->total.money <= SumOfFigures(parts.fund)) {
    found.reset();  // Some other sum than the total.
  }
  if (found.has_value()) {
    // The part of the fund may stand before the total, or elsewhere.
    if (found->fund.empty() && SumOfFigures(parts.fund) < found->total.money)
      found->fund = parts.fund;
    Keep(reading, *found);
  } else if (!parts.fund.empty()) {
    reading.elements.fund_paid = SumOfFigures(parts.fund);
    for (const Figure& f : parts.fund) reading.Note("fund_paid", f.amount.span, f.rule, 60);
  } else if (FundPaymentDenied(reading)) {
    reading.elements.fund_paid = Money();
  } else {
    ReadRepaidFund(reading);
  }
  if (!pleaded) return;
  reading.Warn("医疗费及其支付情况仅见于原告陈述，未经法院认定，请以结算记录为准。");
  for (const char* field : {"medical_expense_total", "fund_paid", "self_paid"}) {
    reading.Doubt(field, 70);
  }
}

}  // namespace recoup::court
