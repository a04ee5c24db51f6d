// Whether the fund has been paid back: what the court tells as done.
#include <algorithm>

#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

bool SpeaksOfFund(const Reading& reading, Span within) {
  if (reading.Has("grade.fund", within)) return true;
  return std::ranges::any_of(
      reading.document.parties.MentionsIn(within), [&](const Mention& mention) {
        return mention.parties.size() == 1 &&
               reading.document.parties[mention.parties.front()].kind == PartyKind::kFund;
      });
}

// "星某于次日将6033.7元全额存入原告指定的账户": who has done what with which sum, whatever the verb
// is. The sum is the one the fund has paid, and behind it stands that it went to the fund.
std::optional<Hit> ReturnedByRoles(const Reading& reading, Span sentence) {
  const auto paid = *reading.elements.fund_paid;
  for (const Amount& amount : reading.Amounts(sentence)) {
    if (amount.money != paid) continue;
    const auto after = Clauses(reading.text(), {amount.span.end, sentence.end});
    if (after.empty() || after.front().begin != amount.span.end) continue;
    auto given = reading.First("grade.given", after.front());
    if (!given.has_value() || given->span.begin != amount.span.end) continue;
    if (!SpeaksOfFund(reading, {given->span.end, after.front().end})) continue;
    const auto segments = Segments(reading.text(), {sentence.begin, amount.span.begin});
    const Span before =
        segments.empty() ? Span{sentence.begin, amount.span.begin} : segments.back();
    if (!reading.Has("grade.done", before) || reading.Has("grade.promised", before)) continue;
    // "医保中心已将12000元划入该院的医保账户": what the fund itself has paid.
    const auto taken = reading.First("grade.taken", before);
    if (taken.has_value() && SpeaksOfFund(reading, {before.begin, taken->span.begin})) continue;
    given->span = {before.begin, after.front().end};
    return given;
  }
  return std::nullopt;
}

// "原告以被告已经偿还全部款项为由申请撤诉", where the fund is who sues.
std::optional<Hit> WithdrawnAsPaid(const Reading& reading, Span sentence) {
  const auto& parties = reading.document.parties;
  if (!parties.FirstOf(Side::kClaimant, PartyKind::kFund).has_value()) return std::nullopt;
  if (!reading.Has("ruling.withdrawn", reading.document.outline.ruling)) return std::nullopt;
  return reading.First("grade.withdrawn_as_paid", sentence);
}

std::optional<Hit> Returned(const Reading& reading, const Sentence& sentence) {
  if (auto repaid = reading.First("grade.repaid", sentence.span)) return repaid;
  // In an agreement the same words are a promise, after "应依照…规定，" a duty.
  if (sentence.section == Section::kRuling) return std::nullopt;
  if (auto repaid = reading.First("grade.repaid_told", sentence.span)) {
    const Span before{sentence.span.begin, repaid->groups[1].begin};
    return reading.Has("grade.duty", before) ? std::nullopt : repaid;
  }
  if (auto repaid = ReturnedByRoles(reading, sentence.span)) return repaid;
  return WithdrawnAsPaid(reading, sentence.span);
}

// Whether what is told is only asked for, doubted, or less than the fund has paid.
bool FallsShort(const Reading& reading, Span sentence, const Hit& repaid) {
  if (reading.Has("grade.not_repaid", repaid.span)) return true;
  // "尚无证据证明原告已将该款退还医保部门"
  const Span clause = BehindLastSign(reading.text(), {sentence.begin, repaid.span.begin});
  if (reading.Has("grade.unproven", {clause.begin, repaid.span.end})) return true;
  // "鲁大川称已将该款退还医保基金，但未提交证据"
  const auto behind = Segments(reading.text(), {repaid.span.end, sentence.end});
  const std::size_t told_until = behind.empty() ? repaid.span.end : behind.front().end;
  if (reading.Has("grade.disbelieved", {clause.begin, told_until})) return true;
  // "退回医保基金后，医保中心又将该款重新支付给岑明远"
  if (reading.Has("grade.undone", {repaid.span.end, told_until})) return true;
  // "应依据相关规定将已补偿的款项退还医保部门"
  if (reading.Has("grade.duty_before", {sentence.begin, repaid.span.begin})) return true;
  const auto rest = Clauses(reading.text(), {repaid.span.end, sentence.end});
  const std::size_t end = rest.empty() ? repaid.span.end : rest.front().end;
  const auto returned = reading.Amounts({repaid.span.begin, end});
  return returned.size() == 1 && returned.front().money < *reading.elements.fund_paid;
}

// "其余医疗费由医疗保险基金支付": the court finds that a fund has paid and not how much.
std::optional<Hit> PaidUntoldSum(const Reading& reading) {
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != Section::kFacts || sentence.by_party) continue;
    auto paid = reading.First("medical.rest_by_fund", sentence.span);
    if (!paid.has_value()) continue;
    const Span before = BehindLastSign(reading.text(), {sentence.span.begin, paid->span.begin});
    const Span clause{before.begin, paid->span.end};
    const bool other = reading.Has("medical.not_fund", clause);
    if (!other && !reading.Has("grade.supposed", clause)) return paid;
  }
  return std::nullopt;
}

}  // namespace

void ReadGrade(const Reading& reading) {
  JudgmentElements& elements = reading.elements;
  const bool stated = elements.fund_paid.has_value();
  if (const auto paid = stated ? std::nullopt : PaidUntoldSum(reading)) {
    elements.grade = Grade::kAdvanceOutstanding;
    reading.Note("grade", paid->span, "grade.sum_untold", 75);
    reading.Doubt("medical_expense_total", kContradictedPercent);  // Perhaps but what others paid.
    reading.Doubt("self_paid", kContradictedPercent);
    return;
  }
  if (!stated || !elements.fund_paid->is_positive()) {
    elements.grade = Grade::kNoAdvance;
    reading.Derive("grade", stated ? "fund_paid" : "medical_expense_total", "grade.no_fund_payment",
                   stated ? 94 : 88);
    return;
  }
  elements.grade = Grade::kAdvanceOutstanding;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kFacts || sentence.section > Section::kRuling) continue;
    if (sentence.by_party || !reading.Has("grade.verb", sentence.span)) continue;
    const auto repaid = Returned(reading, sentence);
    if (!repaid.has_value() || FallsShort(reading, sentence.span, *repaid)) continue;
    elements.grade = Grade::kAdvanceRepaid;
    reading.Note("grade", *repaid);
    return;
  }
  reading.Derive("grade", "fund_paid", "grade.not_said_repaid", 93);
}

}  // namespace recoup::court
