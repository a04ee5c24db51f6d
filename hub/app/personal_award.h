// What a judgment awards to one injured person, for the rule of its basis.
//
// The elements have one B, C and A for the whole case. Where it has one injured person, or pays
// only one of them, B is theirs. Of several, what a person was awarded is what the obligations owe
// to that person alone, and B the medical parts of these with what was set off from them. A sum
// owed to several of them together, or to nobody by name, is a part of each one's B that the
// elements do not tell: then nothing is computed, since B × C ÷ (A + C) with the B of others is
// money that nobody owes.
#ifndef RECOUP_HUB_APP_PERSONAL_AWARD_H_
#define RECOUP_HUB_APP_PERSONAL_AWARD_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "hub/domain/money.h"
#include "hub/domain/records/court_case.h"

namespace recoup::app {

struct PersonalAward {
  // Those the basis may use: to the fund for FUND_AWARDED, else to the person.
  std::vector<domain::CourtObligation> obligations;
  std::optional<domain::Money> medical;  // B; of several persons' cases only where GROSS needs it.
  // Why the elements do not say what was awarded for this person; its faults are for ObstacleText.
  absl::Status told;
  // What a person should look at before the figures are used, in Chinese; empty: nothing.
  std::string doubt;
};

// What was paid back to a fund for one injured person. Of several persons' case it is what the
// reports name them for, or all of it where the fund paid for nobody else; what names nobody is
// told to a person, because the same sum would be taken off each one's debts.
struct PersonalRepayments {
  std::vector<domain::Performance> own;
  std::vector<domain::Performance> untold;
};
PersonalRepayments RepaymentsFor(const domain::CourtCase& court_case, const std::string& person,
                                 domain::Money fund_paid);
// As PersonalAward::told; OK when there are none.
absl::Status ToldOf(const std::vector<domain::Performance>& untold);

// Whether exactly one injured person of the case has the name.
bool IsInjured(const domain::CourtCase& court_case, const std::string& name);

bool HasSeveralInjured(const domain::CourtCase& court_case);

// Whether the B of the elements is, or may be, made of what several persons were awarded.
bool AwardsSeveral(const domain::CourtCase& court_case);

// Whether the share of a party is of another injured person's own loss: they do not owe `person`.
bool BearsOnlyOwnLoss(const domain::CourtCase& court_case, const std::string& party,
                      const std::string& person);

// `person` as the judgment names them; `fund_paid` is their C.
PersonalAward AwardOf(const domain::CourtCase& court_case, const std::string& person,
                      domain::Money fund_paid);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PERSONAL_AWARD_H_
