// Invented persons and the two cases the tests of recoveries tell: the Pudong NET case and a GROSS
// one.
#ifndef RECOUP_TESTS_APP_CASE_STORY_H_
#define RECOUP_TESTS_APP_CASE_STORY_H_

#include <string>
#include <vector>

#include "hub/app/court_cases.h"
#include "hub/app/report_settlement.h"
#include "hub/domain/records/demand.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {

inline constexpr char kPatientName[] = "邵清禾";
inline constexpr char kPatientNumber[] = "310115198504120022";
inline constexpr char kInsurerName[] = "华安联合财险上海分公司";
inline constexpr char kTaxiCompany[] = "申通达出租汽车有限公司";

domain::Money Yuan(const char* text);

// A 0, C 44,800: one stay in the hospital after an accident of 2025-06-01.
app::ReportSettlement PudongSettlement(const HubWorld& world);
// NET; of the compulsory limit of 18,000 are 6,800 left; the taxi company bears all.
domain::CourtCase PudongCase();
// A 60,000, C 40,000, 70 %, B 75,400 paid to the injured person.
app::ReportSettlement GrossSettlement(const HubWorld& world);
domain::CourtCase GrossCase();

// With elements and the court's signature over them, as a converter would hand it on.
domain::CourtCase Signed(const HubWorld& world, domain::CourtCase court_case,
                         const std::string& elements);

absl::StatusOr<app::SettlementAnswer> Report(HubWorld& world, app::ReportSettlement settlement);
absl::StatusOr<app::CourtCaseAnswer> Push(HubWorld& world, domain::CourtCase court_case,
                                          bool consent);

// The places of the faults a refusal names.
std::vector<std::string> FaultyFields(const absl::Status& status);

// The only record of its kind in the pool.
template <app::StoredKind R>
R TheOnly(HubWorld& world) {
  const std::vector<R> all = world.All<R>(world.pool.value);
  EXPECT_EQ(all.size(), 1u);
  return all.empty() ? R() : all.front();
}

// "华安联合财险上海分公司 6800.00 DRAFT", withdrawn ones left out; what a test compares.
std::vector<std::string> DemandsOf(HubWorld& world);
// The only demand to the debtor that is not withdrawn.
domain::Demand DemandTo(HubWorld& world, const std::string& debtor);

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_APP_CASE_STORY_H_
