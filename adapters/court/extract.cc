#include "adapters/court/extract.h"

#include <utility>

#include "adapters/court/document.h"
#include "adapters/court/readers.h"
#include "adapters/court/source.h"
#include "hub/base/status.h"

namespace recoup::court {
namespace {

void WarnOfGaps(const Reading& reading) {
  const JudgmentElements& found = reading.elements;
  if (!found.case_number.has_value()) reading.Warn("未能识别案号，请核对文书首部。");
  if (!found.court.has_value()) reading.Warn("未能识别审理法院。");
  if (!found.closed_on.has_value()) reading.Warn("未能识别文书落款日期。");
  if (!found.accident_on.has_value()) reading.Warn("未能识别事故（侵权行为）发生日期。");
  if (found.injured_persons.empty()) reading.Warn("未能识别受害人。");
  if (!found.medical_expense_total.has_value()) reading.Warn("未能识别医疗费总额。");
  if (!found.fund_paid.has_value()) {
    reading.Warn(found.grade == Grade::kNoAdvance
                     ? "文书未提及医疗保障基金是否支付医疗费，请以结算记录为准。"
                     : "文书载明医疗保障基金支付了部分医疗费，未载明金额，请以结算记录为准。");
  }
}

}  // namespace

JudgmentElements ExtractElements(std::u32string text, const RuleBook& rules) {
  JudgmentElements elements;
  const Document document = ReadDocument(std::move(text), rules);
  const Reading reading{document, rules, elements};
  ReadCaption(reading);
  ReadEarlierCases(reading);
  ReadEvent(reading);
  ReadObligations(reading);
  ReadLiability(reading);
  ReadMedicalExpense(reading);
  ReadBasis(reading);
  ReadGrade(reading);
  ReadPolicies(reading);
  ReadMissingCover(reading);
  ReadAwardedMedicalExpense(reading);
  ReadMedicalShares(reading);
  CheckArithmetic(reading);
  CheckConsistency(reading);
  DoubtUnreadSums(reading);
  WarnOfGaps(reading);
  return elements;
}

absl::StatusOr<JudgmentElements> ReadPlainText(std::string_view bytes, const RuleBook& rules) {
  RECOUP_ASSIGN_OR_RETURN(std::u32string text, DecodeText(bytes));
  return ExtractElements(std::move(text), rules);
}

}  // namespace recoup::court
