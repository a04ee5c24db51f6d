// A recovery of the Pudong case with issued demands, a court of second instance, and money: what
// the tests of changed cases start from.
#ifndef RECOUP_TESTS_APP_CASE_CHANGE_STORY_H_
#define RECOUP_TESTS_APP_CASE_CHANGE_STORY_H_

#include <string>
#include <vector>

#include "hub/app/court_cases.h"
#include "hub/app/demands.h"
#include "hub/domain/records/receipts.h"
#include "tests/app/case_story.h"

namespace recoup::testing {

inline constexpr char kUpperCourt[] = "上海市第一中级人民法院";

struct CaseChangeStory : HubWorld {
  CaseChangeStory();

  // The first-instance case is pushed with consent, and its drafts stand.
  void StartPudong();
  app::CourtCaseAnswer first;

  // The same elements in a decision of the second instance that names the first one.
  domain::CourtCase SecondInstance(domain::CaseOutcome outcome) const;
  absl::StatusOr<app::CourtCaseAnswer> PushUpper(domain::CourtCase court_case, bool consent = true);
  // Replaces the elements of the case that is in force.
  absl::StatusOr<app::CourtCaseAnswer> Amend(domain::CourtCase court_case);
  absl::StatusOr<app::CourtCaseAnswer> Perform(const std::string& payer, const std::string& payee,
                                               domain::Money amount, bool complete,
                                               absl::CivilDay on = absl::CivilDay(2026, 3, 18));
  // Takes a report of that day back.
  absl::StatusOr<app::CourtCaseAnswer> TakeBack(const std::string& payer, const std::string& payee,
                                                domain::Money amount, bool complete);

  void Issue(const std::string& debtor);
  // The bank shows a payment with the demand's reference, and the run applies it.
  void Pay(const std::string& debtor, domain::Money amount);
  void PassOnAll();
  absl::Status Resolve(const domain::Break& finding, domain::BreakResolution kind);

  domain::Recovery TheRecovery();
  std::string Timeline();
  domain::CourtCase Stored(const domain::CourtCase& court_case);
  // "OVERPAID 1800.00", open ones only.
  std::vector<std::string> OpenBreaks();
  domain::Break BreakOf(domain::BreakKind kind);
  std::vector<domain::Letter> Letters();
  std::vector<std::string> NoticesTo(const domain::PartyId& party);

  const app::Caller upper_court{{"court/zhongyi"}, "court/zhongyi"};

 private:
  int statements_ = 0;
  int pushes_ = 0;
  domain::Money balance_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_APP_CASE_CHANGE_STORY_H_
