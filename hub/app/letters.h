// Letters (函): the text that goes out with a demand or an inquiry, frozen when it is issued.
//
// 追偿函 to insurers, companies and persons who answer for the injury; 医保基金退回核查函 to the
// injured person who was already compensated, and as an inquiry to whoever can tell what the sum is
// (inquiries.h). A letter prints the same steps as the API's explanation.
#ifndef RECOUP_HUB_APP_LETTERS_H_
#define RECOUP_HUB_APP_LETTERS_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/demands.h"
#include "hub/domain/explanation.h"

namespace recoup::app {

// "70%", "2/3".
std::string RatioText(domain::Ratio ratio);
// "1. 判决赔偿中应退回医保基金的部分：D = … = 30,160.00 元（依据）": what letter and screen print.
std::string ExplanationText(const domain::Explanation& explanation);

// What the scannable code on the paper holds, so that nobody types a reference: the payment
// reference, the amount ("CNY 30160.00"), the day it is due and the payee, a line each.
std::string PaymentCode(const domain::LetterContent& content);

// The letter of a demand that is being issued; the caller puts it. The court of the case receives a
// copy.
absl::StatusOr<domain::Letter> WriteLetter(UnitOfWork& work, const LoadedDemand& loaded,
                                           const std::optional<domain::CourtCase>& court_case);

// Who is asked, and as what.
struct Addressee {
  std::string name;
  domain::DebtorKind kind = domain::DebtorKind::kPerson;
  domain::PartyId party;  // Empty when it is no party of the hub.
  bool operator==(const Addressee&) const = default;
};

// What an inquiry tells: a recovery, its advances and the case behind it.
struct InquiryFacts {
  const domain::Recovery& recovery;
  const std::vector<domain::Advance>& advances;
  const domain::CourtCase& court_case;
};

// A letter that asks, with a number of its own; the caller puts it. `before` is the one whose place
// it takes: it keeps its number, with the count of the version.
absl::StatusOr<domain::Letter> WriteInquiry(UnitOfWork& work, const InquiryFacts& facts,
                                            const Addressee& addressee, absl::CivilDay due_on,
                                            const std::optional<domain::Letter>& before);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_LETTERS_H_
