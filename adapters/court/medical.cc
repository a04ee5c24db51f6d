// What the treatment cost and who paid it: total (A + C), fund (C), the rest (A).
#include <optional>
#include <vector>

#include "adapters/court/medical_sums.h"
#include "adapters/court/medical_visits.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

// The reasons of an earlier instance, which this document recites among its facts, down to what
// that court ruled: they repeat the figures of the facts, and shares of them.
Span RecitedParagraph(const Reading& reading) {
  const Span facts = reading.document.outline.facts;
  const auto recited = reading.Leftmost("basis.recited_reasons", facts);
  if (!recited.has_value()) return {facts.end, facts.end};
  std::size_t end = recited->span.end;
  if (const auto ruled = reading.Leftmost("ruling.recital", {end, facts.end})) {
    end = ruled->span.end;
  }
  return {recited->span.begin, std::min(reading.text().find('\n', end), facts.end)};
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
  if (reading.elements.document_type == DocumentType::kMediation) return true;
  if (reading.Has("ruling.withdrawn", outline.ruling)) return true;
  // A ruling of the first court decides how the suit goes on; a later one quotes who complains.
  return reading.elements.document_type == DocumentType::kRuling &&
         reading.elements.instance == Instance::kFirst;
}

// Where the court says that no fund paid.
std::optional<Hit> Denial(const Reading& reading) {
  const bool pleaded = ClosedWithoutFindings(reading);
  for (const Sentence& sentence : reading.document.outline.sentences) {
    const bool of_court = sentence.section >= Section::kFacts &&
                          sentence.section <= Section::kRuling && !sentence.by_party;
    if (!of_court && !(pleaded && sentence.section == Section::kClaims)) continue;
    if (pleaded && reading.Has("sentence.of_respondent", sentence.span)) return std::nullopt;
    if (of_court) {
      if (auto undone = RefusedOrUndone(reading, sentence.span)) return undone;
    }
    for (const Hit& hit : reading.All("medical.denied", sentence.span)) {
      // "合医不予补偿的7.33万元": the rest of what was not denied.
      if (!reading.Has("medical.denied_only_rest", {hit.span.end, sentence.span.end})) return hit;
    }
  }
  return std::nullopt;
}

bool FundPaymentDenied(const Reading& reading) {
  const auto denial = Denial(reading);
  if (denial.has_value()) reading.Note("fund_paid", *denial);
  return denial.has_value();
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
      reading.Doubt(field, kContradictedPercent);
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

// Whether the reasons say what becomes of the fund's part, and so take for granted that it paid.
bool DecidesOnFund(const Reading& reading) {
  return std::ranges::any_of(reading.document.outline.sentences, [&](const Sentence& sentence) {
    return sentence.section == Section::kReasons &&
           reading.Has("basis.about_fund", sentence.span) &&
           (reading.Has("basis.gross", sentence.span) || reading.Has("basis.net", sentence.span));
  });
}

// "余额均为统筹基金支付", told where no sum of the fund is and the own part stands elsewhere: the
// rest of the bill is the fund's.
void TakeRestOfBill(const Reading& reading, const Visit& parts, Visit& bill) {
  if (!bill.fund.empty() || !parts.fund.empty()) return;
  const std::vector<Figure>& self = bill.self.empty() ? parts.self : bill.self;
  const Money rest = bill.total.money - SumOfFigures(self);
  if (self.empty() || !rest.is_positive()) return;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != Section::kFacts || sentence.by_party) continue;
    const auto paid = reading.First("medical.rest_by_fund", sentence.span);
    if (!paid.has_value() || reading.Has("medical.not_fund", sentence.span)) continue;
    bill.self = self;
    bill.fund.push_back({Payer::kFund, {paid->span, rest}, paid->rule->name});
    return;
  }
}

// What a party says the fund has paid, where the court found the total but does not repeat how it
// was paid: only if the rest of that total is a sum the document knows too, if the other side
// admits it, or if the court decides whether that part is to be deducted and calls nothing of it
// unproven.
std::vector<Figure> FundOfDispute(const Reading& reading, const Visit& visit) {
  const Outline& outline = reading.document.outline;
  const auto known = reading.Amounts({outline.claims.begin, outline.ruling.end});
  const bool decided = DecidesOnFund(reading) && !reading.Has("medical.unproven", outline.reasons);
  const Unpaid unpaid(reading);
  for (const Sentence& sentence : outline.sentences) {
    if (sentence.section < Section::kClaims || sentence.section > Section::kReasons) continue;
    std::vector<Figure> told;
    std::size_t from = sentence.span.begin;
    for (const Amount& amount : reading.Amounts(sentence.span)) {
      Span label = LabelOf(reading, from, amount.span.begin);
      from = amount.span.end;
      // "保险公司主张票据载明医保支付…": who says so pays nothing.
      for (const Hit& said : reading.All("medical.said", label)) {
        label.begin = std::max(label.begin, said.span.end);
      }
      const auto fund = reading.First("medical.fund", label);
      if (!fund.has_value() || reading.Has("medical.not_fund", label)) continue;
      if (reading.Has("medical.account", label) || unpaid.Has(amount)) continue;
      if (CourtNamesOtherPayer(reading, amount.money)) continue;
      told.push_back({Payer::kFund, amount, fund->rule->name});
    }
    const Money rest = visit.total.money - SumOfFigures(told);
    if (told.empty() || !rest.is_positive()) continue;
    if (!visit.self.empty() && SumOfFigures(visit.self) != rest) continue;
    const bool fits =
        std::ranges::any_of(known, [&](const Amount& amount) { return amount.money == rest; });
    // Who pleads quotes the bill to the fen, or guesses a round sum.
    const bool of_bill =
        sentence.section >= Section::kFacts || std::ranges::any_of(told, [](const Figure& figure) {
          return figure.amount.money.fen() % 100 != 0;
        });
    const bool admitted =
        sentence.section >= Section::kFacts && reading.Has("medical.admitted", sentence.span);
    if (fits || ((decided || admitted) && of_bill)) return told;
  }
  return {};
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

// Of parts without a total a table may tell the rest.
bool TakeTable(const Reading& reading, const Visit& parts, std::optional<Visit>& found) {
  auto table = VisitOfTable(reading);
  if (!table.has_value() || SumOfFigures(table->fund) != SumOfFigures(parts.fund)) return false;
  found = std::move(table);
  return true;
}

// Where the words tell no bill that adds up, a table or the sums of the document may. Whether they
// tell another one; `disputed`: only a party tells what the fund has paid of it.
bool TakeSums(const Reading& reading, std::optional<Visit>& found, bool& disputed) {
  if (found.has_value() && AddsUp(*found)) {
    auto whole = VisitWithFurtherBill(reading, *found);
    if (!whole.has_value()) return false;
    found = std::move(whole);
    return true;
  }
  // "两次住院…统筹支付…。此外门诊自费1462.5元": what is called the own part is a bill of its own.
  if (found.has_value() && !found->fund.empty() && !found->self.empty()) {
    Visit known = *found;
    const Money rest = known.total.money - SumOfFigures(known.fund);
    known.self = {{Payer::kSelf, {known.total.span, rest}, known.rule}};
    if (auto whole = VisitWithFurtherBill(reading, known)) {
      found = std::move(whole);
      return true;
    }
  }
  const bool silent = !found.has_value() || found->fund.empty();
  if (silent && Denial(reading).has_value()) return false;
  auto told = VisitOfTable(reading);
  if (!told.has_value()) {
    told = VisitBySums(reading, found);
    disputed = told.has_value() && ToldByParty(reading, told->fund.front().amount);
  }
  if (!told.has_value()) return false;
  const bool confirms = found.has_value() && found->total.money == told->total.money &&
                        SumOfFigures(found->fund) == SumOfFigures(told->fund);
  found = std::move(told);
  return !confirms;
}

}  // namespace

// An agreement names the medical expense it awards; what the plaintiff says of the bill and of the
// fund's part explains that figure, where it is the bill or what the fund left of it.
bool TakePleadedBill(const Reading& reading, const Visit& parts, Visit& awarded) {
  if (!ClosedWithoutFindings(reading) || !awarded.fund.empty() || !parts.fund.empty()) return false;
  const Visits told = ReadPleading(reading);
  if (told.visits.empty()) return false;
  Visit bill = MergeVisits(reading, told.visits);
  const Money fund = SumOfFigures(bill.fund);
  const Money left = bill.total.money - fund;
  if (!fund.is_positive()) return false;
  if (awarded.total.money != left && awarded.total.money != bill.total.money) return false;
  awarded = std::move(bill);
  return true;
}

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
  const bool only_awarded = found.has_value() && sections[0].visits.empty() &&
                            sections[1].visits.empty() && sections[2].visits.empty();
  const bool pleaded = found.has_value() ? only_awarded && TakePleadedBill(reading, parts, *found)
                                         : TakePleading(reading, parts, found);
  bool disputed = false;  // Whether only the parties tell what the fund has paid.
  // What is called 医疗费 after the parts may be the own part alone; it cannot be less than a part.
  const bool complete = found.has_value() && AddsUp(*found);
  const bool only_parts =
      !complete && (!found.has_value() || found->total.money == SumOfFigures(parts.self) ||
                    (found->fund.empty() && found->total.money < SumOfFigures(parts.fund)));
  if (only_parts && !parts.fund.empty() && !parts.self.empty() &&
      !TakeTable(reading, parts, found)) {
    found = parts;
    found->total = {parts.fund.front().amount.span,
                    SumOfFigures(parts.fund) + SumOfFigures(parts.self)};
    found->rule = parts.fund.front().rule;
    reading.Warn("文书未载明医疗费总额，按基金支付与个人负担之和计算。");
  } else if (found.has_value() && found->fund.empty() && !parts.fund.empty() &&
             found->total.money <= SumOfFigures(parts.fund)) {
    found.reset();  // Some other sum than the total.
  }
  // The part of the fund may stand before the total, or elsewhere.
  if (found.has_value() && found->fund.empty() && SumOfFigures(parts.fund) < found->total.money) {
    found->fund = parts.fund;
  }
  const bool by_sums = TakeSums(reading, found, disputed);
  if (found.has_value()) {
    if (found->fund.empty() && !FundPaymentDenied(reading)) {
      TakeRestOfBill(reading, parts, *found);
      if (found->fund.empty()) {
        found->fund = FundOfDispute(reading, *found);
        disputed = !found->fund.empty();
      }
    }
    Keep(reading, *found);
  } else if (!parts.fund.empty()) {
    reading.elements.fund_paid = SumOfFigures(parts.fund);
    for (const Figure& f : parts.fund) reading.Note("fund_paid", f.amount.span, f.rule, 60);
  } else if (FundPaymentDenied(reading)) {
    reading.elements.fund_paid = Money();
  } else {
    ReadRepaidFund(reading);
  }
  if (by_sums) {
    for (const char* field : {"medical_expense_total", "fund_paid", "self_paid"}) {
      reading.Doubt(field, 88);
    }
  }
  if (disputed) {
    reading.Warn("基金支付金额仅见于当事人陈述，请以结算记录为准。");
    for (const char* field : {"fund_paid", "self_paid"}) reading.Doubt(field, 80);
  }
  if (!pleaded) return;
  reading.Warn("医疗费及其支付情况仅见于原告陈述，未经法院认定，请以结算记录为准。");
  for (const char* field : {"medical_expense_total", "fund_paid", "self_paid"}) {
    reading.Doubt(field, 70);
  }
}

}  // namespace recoup::court
