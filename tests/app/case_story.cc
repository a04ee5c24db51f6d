#include "tests/app/case_story.h"

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::testing {

using domain::Money;

Money Yuan(const char* text) { return *Money::FromYuan(text); }

app::ReportSettlement PudongSettlement(const HubWorld& world) {
  app::ReportSettlement command;
  command.pool = world.pool;
  domain::Advance& settlement = command.settlement;
  settlement.visit_id = "V-1";
  settlement.settlement_id = "S-1";
  settlement.patient.name = kPatientName;
  settlement.patient.id_number = kPatientNumber;
  settlement.admitted_on = absl::CivilDay(2025, 6, 1);
  settlement.discharged_on = absl::CivilDay(2025, 6, 20);
  settlement.settled_time = absl::FromCivil(absl::CivilDay(2025, 6, 20), ChinaTimeZone());
  settlement.amount = Yuan("44800");
  settlement.total = Yuan("44800");
  return command;
}

domain::CourtCase PudongCase() {
  domain::CourtCase court_case;
  court_case.case_number = "(2025)沪0115民初80001号";
  court_case.court_name = "浦东新区人民法院";
  court_case.cause = "机动车交通事故责任纠纷";
  court_case.closed_on = absl::CivilDay(2026, 3, 2);
  court_case.accident_on = absl::CivilDay(2025, 6, 1);
  domain::Person injured;
  injured.name = kPatientName;
  injured.id_number = kPatientNumber;
  court_case.injured = {injured};
  court_case.liability = {{kTaxiCompany, 10'000}};
  court_case.fund_paid = Yuan("44800");
  court_case.basis = domain::Basis::kNet;
  court_case.policies = {{kInsurerName, domain::PolicyKind::kCtp, std::nullopt, Yuan("6800")}};
  court_case.third_party_kind = domain::ThirdPartyKind::kTraffic;
  return court_case;
}

app::ReportSettlement GrossSettlement(const HubWorld& world) {
  app::ReportSettlement command = PudongSettlement(world);
  command.settlement.amount = Yuan("40000");
  command.settlement.self_paid = Yuan("60000");
  command.settlement.total = Yuan("100000");
  return command;
}

domain::CourtCase GrossCase() {
  domain::CourtCase court_case = PudongCase();
  court_case.liability = {{"鲁大川", 7'000}, {kPatientName, 3'000}};
  court_case.medical_total = Yuan("100000");
  court_case.medical_awarded = Yuan("75400");
  court_case.fund_paid = Yuan("40000");
  court_case.self_paid = Yuan("60000");
  court_case.basis = domain::Basis::kGross;
  court_case.policies = {{kInsurerName, domain::PolicyKind::kCtp, std::nullopt, std::nullopt}};
  domain::Performance performance;
  performance.reported_on = absl::CivilDay(2026, 3, 10);
  performance.debtor = "鲁大川";
  performance.payee = kPatientName;
  performance.amount = Yuan("75400");
  performance.complete = true;
  court_case.performances = {performance};
  return court_case;
}

domain::CourtCase Signed(const HubWorld& world, domain::CourtCase court_case,
                         const std::string& elements) {
  court_case.elements = elements;
  const crypto::Signature signature =
      world.court_key().Sign(absl::StrCat(app::kCourtCasePrefix, elements));
  court_case.signature.assign(signature.begin(), signature.end());
  court_case.signing_key_id = world.court_key().key_id();
  return court_case;
}

absl::StatusOr<app::SettlementAnswer> Report(HubWorld& world, app::ReportSettlement settlement) {
  return world.Run(world.hospital, [settlement](app::UnitOfWork& work) {
    return app::ReportSettlementOf(settlement, work);
  });
}

absl::StatusOr<app::CourtCaseAnswer> Push(HubWorld& world, domain::CourtCase court_case,
                                          bool consent) {
  const app::PushCourtCase command{.court_case = std::move(court_case), .consent = consent};
  return world.Run(world.court, [command](app::UnitOfWork& work) {
    return app::PushCourtCaseOf(command, work);
  });
}

std::vector<std::string> FaultyFields(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldFault& fault : DetailOf(status).faults) fields.push_back(fault.field);
  return fields;
}

std::vector<std::string> DemandsOf(HubWorld& world) {
  std::vector<std::string> demands;
  for (const domain::Demand& demand : world.All<domain::Demand>(world.pool.value)) {
    if (demand.state == domain::DemandState::kWithdrawn) continue;
    demands.push_back(absl::StrCat(demand.debtor_name, " ", demand.amount.ToYuan(), " ",
                                   std::string(ToString(demand.state))));
  }
  return demands;
}

domain::Demand DemandTo(HubWorld& world, const std::string& debtor) {
  for (const domain::Demand& demand : world.All<domain::Demand>(world.pool.value)) {
    if (demand.debtor_name == debtor && demand.state != domain::DemandState::kWithdrawn) {
      return demand;
    }
  }
  ADD_FAILURE() << "no demand to " << debtor;
  return {};
}

}  // namespace recoup::testing
