#include "hub/app/policy_figures.h"

#include <algorithm>

#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Money;

Money LeftOf(Money limit, Money used, const domain::PolicyUse& use, const HubFigures& figures) {
  const Money since = std::max(figures.received - use.counted, Money());
  return std::max(limit - std::max(used + since, figures.received), Money());
}

}  // namespace

Money MedicalLeft(const domain::PolicyUse& use, const HubFigures& figures) {
  return LeftOf(use.medical_limit, use.medical, use, figures);
}

Money TotalLeft(const domain::PolicyUse& use, const HubFigures& figures) {
  return LeftOf(use.total_limit, use.total, use, figures);
}

template <typename Reader>
absl::StatusOr<std::vector<Demand>> DemandsUnder(Reader& reader, domain::PolicyId policy,
                                                 absl::CivilDay accident_on) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<domain::Recovery> recoveries,
      reader.template FindAllBy<domain::Recovery>(
          domain::LookupKind::kRecoveryOfPolicy,
          domain::Key({policy.value.ToBytes(), absl::FormatCivilTime(accident_on)})));
  std::vector<Demand> demands;
  for (const domain::Recovery& recovery : recoveries) {
    for (const domain::DemandId id : recovery.demands) {
      RECOUP_ASSIGN_OR_RETURN(Demand demand,
                              reader.template Get<Demand>(recovery.pool.value, id.value));
      if (demand.is_issued() && demand.policy == policy) demands.push_back(std::move(demand));
    }
  }
  return demands;
}

template <typename Reader>
absl::StatusOr<HubFigures> HubFiguresOf(Reader& reader, domain::PolicyId policy,
                                        absl::CivilDay accident_on) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Demand> demands,
                          DemandsUnder(reader, policy, accident_on));
  HubFigures figures;
  for (const Demand& demand : demands) {
    figures.received += demand.applied();
    figures.demanded += demand.open();
  }
  return figures;
}

template <typename Reader>
absl::StatusOr<std::vector<HubFigures>> FiguresOf(Reader& reader,
                                                  const domain::RegisteredPolicy& policy) {
  std::vector<HubFigures> all;
  for (const domain::PolicyUse& use : policy.uses) {
    RECOUP_ASSIGN_OR_RETURN(HubFigures figures, HubFiguresOf(reader, policy.id, use.accident_on));
    all.push_back(figures);
  }
  return all;
}

template absl::StatusOr<std::vector<Demand>> DemandsUnder(UnitOfWork&, domain::PolicyId,
                                                          absl::CivilDay);
template absl::StatusOr<HubFigures> HubFiguresOf(UnitOfWork&, domain::PolicyId, absl::CivilDay);
template absl::StatusOr<std::vector<HubFigures>> FiguresOf(UnitOfWork&,
                                                           const domain::RegisteredPolicy&);
template absl::StatusOr<std::vector<HubFigures>> FiguresOf(RecordReader&,
                                                           const domain::RegisteredPolicy&);

}  // namespace recoup::app
