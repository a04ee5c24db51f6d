// Why a document is on the review list.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/common/error_text.h"
#include "adapters/court/program/daily_run.h"

namespace recoup::court {
namespace {

// What the grade, the amounts and the addressees rest on.
struct ReviewedElement {
  std::string_view prefix;
  std::string_view chinese;
};
constexpr ReviewedElement kReviewed[] = {
    {"case_number", "案号"},
    {"court", "法院"},
    {"injured_persons", "受害人"},
    {"medical_expense_total", "医疗费总额"},
    {"fund_paid", "基金支付"},
    {"self_paid", "个人支付"},
    {"basis", "判决口径"},
    {"medical_expense_awarded", "判决医疗费"},
    {"grade", "分级"},
    {"obligations", "给付义务"},
};

// What was not read has no confidence, and yet without it nobody can be asked to pay.
void AddMissing(const JudgmentElements& elements, std::vector<std::string>& reasons) {
  if (elements.grade == Grade::kNoAdvance) return;
  if (elements.injured_persons.empty()) reasons.push_back("没有读到受害人");
  const bool is_judged = elements.basis == Basis::kGross || elements.basis == Basis::kNet;
  if (is_judged && !elements.medical_expense_awarded) reasons.push_back("没有读到判决医疗费");
  if (!elements.fund_paid) reasons.push_back("没有读到基金支付额");
  for (const Obligation& obligation : elements.obligations) {
    if (!obligation.creditor.empty() && !obligation.debtor.empty()) continue;
    reasons.push_back("给付义务没有读到双方");
    break;
  }
}

}  // namespace

std::string ReviewReason(const JudgmentElements& elements, int below_percent) {
  std::vector<std::string> reasons;
  for (const ReviewedElement& reviewed : kReviewed) {
    int least = 100;
    for (const Evidence& evidence : elements.evidence) {
      if (evidence.field.starts_with(reviewed.prefix)) {
        least = std::min(least, evidence.confidence_percent);
      }
    }
    if (least < below_percent) {
      reasons.push_back(absl::StrCat(std::string(reviewed.chinese), "可信度 ", least, "%"));
    }
  }
  AddMissing(elements, reasons);
  return absl::StrJoin(reasons, "，");
}

std::string RefusalWhy(const absl::Status& refusal) {
  return absl::StrCat("平台拒绝：", adapters::ErrorInACell(refusal));
}

}  // namespace recoup::court
