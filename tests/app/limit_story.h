// Several victims of one accident and one compulsory policy of 18,000: what the tests of shared
// limits start from. Every step is a command of the party that would send it.
#ifndef RECOUP_TESTS_APP_LIMIT_STORY_H_
#define RECOUP_TESTS_APP_LIMIT_STORY_H_

#include <functional>
#include <string>
#include <vector>

#include "hub/app/court_cases.h"
#include "hub/app/policies.h"
#include "hub/app/recoveries.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/recovery.h"
#include "tests/app/case_story.h"

namespace recoup::testing {

inline constexpr char kPlate[] = "沪A·D5678";

struct Victim {
  std::string name;
  std::string id_number;
  std::string case_number;
  domain::Money own;   // A
  domain::Money fund;  // C
  // What the judgment orders the insurer to pay to the victim out of the compulsory limit.
  domain::Money ordered;
};

// What is asked under the policy, by victim.
struct Asked {
  domain::Money draft;
  domain::Money issued;  // Given up excluded.
  domain::Money paid;
  domain::Money accepted;
  domain::Money all() const { return draft + issued; }
  bool operator==(const Asked&) const = default;
};

class LimitStory : public HubWorld {
 public:
  static constexpr absl::CivilDay kAccident{2025, 6, 1};

  // A stay whose flag names the plate, or without a flag when there is none; and its settlement.
  void Admit(const Victim& victim, const char* plate = kPlate);
  // NET, silent about what is left of the limit.
  domain::CourtCase CaseOf(const Victim& victim) const;
  void Judge(const Victim& victim) { Judge(CaseOf(victim)); }
  void Judge(domain::CourtCase court_case);
  // Without a judgment: the insurer answers for a share of C, the taxi company for another.
  struct Agreement {
    std::int32_t basis_points = 10'000;
    std::int32_t of_taxi = 0;
    bool names_policy = false;
    absl::CivilDay accident_on = kAccident;
  };
  absl::StatusOr<app::RecoveryView> TryAgree(const Victim& victim, const Agreement& agreement);
  void Agree(const Victim& victim, const Agreement& agreement);
  void Agree(const Victim& victim) { Agree(victim, Agreement()); }
  // An officer takes back what the insurer is asked.
  void TakeBack(const Victim& victim);
  // The court takes the case back, or pushes other elements.
  void Withdraw(const Victim& victim);
  void Amend(domain::CourtCase court_case);

  // The policy of the plate, with no word of any use.
  void RegisterPolicy(const char* plate = kPlate, const char* number = "PDZA2025");
  // One more of the plate, that pays what compulsory cover leaves.
  void RegisterCommercial(domain::Money limit);
  app::PolicyAnswer State(domain::Money used);
  app::PolicyAnswer Claim(const std::string& number);
  app::PolicyAnswer TellPolicy(domain::PolicyUse use);
  const domain::RegisteredPolicy& policy() const { return policy_; }

  void Issue(const Victim& victim);
  void Accept(const Victim& victim, domain::Money amount);
  void Pay(const Victim& victim, domain::Money amount);

  domain::Recovery RecoveryOf(const Victim& victim);
  // To the insurer, withdrawn ones left out.
  std::vector<domain::Demand> DemandsTo(const Victim& victim);
  Asked AskedFor(const Victim& victim);
  domain::Money AskedOfTaxi(const Victim& victim);
  // "POLICY_LIMIT_MISMATCH 1800.00", open ones only.
  std::vector<std::string> OpenBreaks();
  std::string TimelineOf(const Victim& victim);

 private:
  std::vector<domain::CourtCase> pushed_;
  domain::RegisteredPolicy policy_;
  int visits_ = 0;
  int pushes_ = 0;
  int statements_ = 0;
  domain::Money balance_;
};

// Three victims and the policy, of which 1,234.56 yuan are used, come in every order, and what the
// insurer is asked for each is the same, and all that is left. `join`: the victim's claim; `also`:
// what holds as well at the end of every order.
void ExpectTheSameInEveryOrder(
    const std::function<void(LimitStory&, const Victim&)>& join,
    const std::function<void(LimitStory&)>& also = [](LimitStory&) {});

// Invented.
Victim FirstVictim(const char* own = "0", const char* fund = "44800");
Victim SecondVictim(const char* own = "0", const char* fund = "44800");
Victim ThirdVictim(const char* own = "0", const char* fund = "44800");

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_APP_LIMIT_STORY_H_
