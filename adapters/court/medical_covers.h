// The sums that one debtor pays under one policy, or without one, taken together, for what of them
// is medical expense.
//
// Internal to adapters/court. What the law gives is the medical part of the whole that a debtor
// bears; what the ruling orders may be less, because something was paid before and is set off, or
// goes back to who paid it.
#ifndef RECOUP_ADAPTERS_COURT_MEDICAL_COVERS_H_
#define RECOUP_ADAPTERS_COURT_MEDICAL_COVERS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "adapters/court/document.h"
#include "adapters/court/told_amounts.h"

namespace recoup::court {

// What was paid before: for treatment, for something else, or the text does not say.
enum class PaidFor { kTreatment, kOther, kNotSaid };

struct Cover {
  std::string debtor;
  PartyKind kind = PartyKind::kOther;
  std::optional<PolicyKind> policy;
  std::vector<std::size_t> direct;   // Obligations to the injured person, or their heirs.
  std::vector<std::size_t> returns;  // Obligations to those who paid before.
  domain::Money ordered;             // Sum of `direct`.
  domain::Money returned;            // Sum of `returns`.

  // Set off from the whole, what is returned included; absent: something was, but not how much.
  std::optional<domain::Money> paid_before = domain::Money();
  PaidFor paid_for = PaidFor::kNotSaid;

  // What is ordered is for disability alone: the medical part was paid before.
  bool without_medical = false;

  // The medical part of the whole, before anything is set off; absent: not known.
  std::optional<domain::Money> medical;
  bool stated = false;  // The text itself gives `medical`.
  std::string how;      // Chinese: where it comes from, or why it is not known.

  std::optional<domain::Money> whole() const {
    if (!paid_before.has_value()) return std::nullopt;
    return ordered + *paid_before;
  }
};

struct Covers {
  std::vector<Cover> covers;            // In the order of their first obligation.
  std::vector<std::size_t> to_fund;     // Obligations to a health-insurance fund.
  std::vector<std::size_t> by_injured;  // Of the injured person, on a counterclaim.
  bool one_claimant = true;             // Else whose medical expense it is cannot be told apart.
  // A payment that the text deals with and that is part of no cover: somebody bore a part of the
  // loss by it.
  bool prepaid_elsewhere = false;
};

Covers CoversOf(const Reading& reading);

// Each sum of a cover apart: where several were hurt, what is paid to each of them for treatment is
// a figure of its own.
std::vector<Cover> SumBySum(const JudgmentElements& elements, const std::vector<Cover>& covers);

// Of several injured persons who are paid apart: fills `medical` of each one's covers where the
// text gives it, and makes medical_expense_awarded the sum over all of them. Where that is not
// told, a sum worked out of all the bills is doubted, and any other left out.
void ReadAwardsByPerson(const Reading& reading, const std::vector<ToldAmount>& told,
                        Covers& covers);

// Fills paid_before and paid_for from what the court says it takes off. A sum counts as set off
// where it and what is ordered make up another sum of the court's own text.
void ReadPrepayments(const Reading& reading, const std::vector<ToldAmount>& told, Covers& covers);

// Fills `medical` where the text gives it: "赔偿6314.08元（其中医疗费5654.08元）",
// "赔偿非医保用药费用 1215.3元", "赔偿鉴定费2400元" (none).
void ReadStatedMedical(const Reading& reading, const std::vector<ToldAmount>& told, Covers& covers);

// Fills the rest by the law's order of payment (民法典 1213): what is worked out must make up B.
void WorkOutMedical(const Reading& reading, const std::vector<ToldAmount>& told, Covers& covers);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_MEDICAL_COVERS_H_
