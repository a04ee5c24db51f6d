#include "hub/app/policy_figures.h"

#include <algorithm>

#include "hub/base/status.h"
#include "hub/domain/records/split.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Money;

Money LeftOf(Money limit, Money used, const domain::PolicyUse& use, const HubFigures& figures) {
  const Money since = std::max(figures.received - use.counted, Money());
  return std::max(limit - std::max(used + since, figures.received), Money());
}

// What splits take of the policy for this use.
template <typename Reader>
absl::Status AddSplits(Reader& reader, const domain::RegisteredPolicy& policy,
                       const domain::PolicyUse& use, absl::Time now, HubFigures& figures) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<domain::SplitQuote> splits,
      reader.template FindAllBy<domain::SplitQuote>(
          domain::LookupKind::kSplitOfPolicy,
          domain::Key({policy.id.value.ToBytes(), absl::FormatCivilTime(use.accident_on)})));
  for (const domain::SplitQuote& split : splits) {
    const domain::SplitState state = split.StateAt(now);
    const bool settled = state == domain::SplitState::kSettled &&
                         (use.only_claim || *split.settled_time > use.recorded_time);
    for (const domain::SplitPart& part : split.parts) {
      if (part.policy != policy.id) continue;
      if (settled) figures.split += part.amount;
      if (state == domain::SplitState::kQuoted) figures.reserved += part.amount;
    }
  }
  return absl::OkStatus();
}

}  // namespace

Money MedicalLeft(const domain::PolicyUse& use, const HubFigures& figures) {
  return LeftOf(use.medical_limit, use.medical, use, figures);
}

Money TotalLeft(const domain::PolicyUse& use, const HubFigures& figures) {
  return LeftOf(use.total_limit, use.total, use, figures);
}

absl::Status TakeLimits(const domain::RegisteredPolicy& policy,
                        const domain::PolicyData& policy_data, domain::PolicyUse& use) {
  if (policy.medical_limit && policy.total_limit) {
    use.medical_limit = *policy.medical_limit;
    use.total_limit = *policy.total_limit;
    return absl::OkStatus();
  }
  if (policy.kind == domain::PolicyKind::kCommercial) {
    // Registered with its whole limit; a medical one of its own is optional.
    use.total_limit = policy.total_limit.value_or(Money());
    use.medical_limit = policy.medical_limit.value_or(use.total_limit);
    return absl::OkStatus();
  }
  Money total;
  for (const char* key :
       {"ctp.medical_limit_fen", "ctp.death_limit_fen", "ctp.property_limit_fen"}) {
    RECOUP_ASSIGN_OR_RETURN(const std::int64_t fen,
                            policy_data.Integer(key, domain::kEveryPool, use.accident_on));
    RECOUP_ASSIGN_OR_RETURN(const Money limit, Money::Create(fen));
    if (key == std::string_view("ctp.medical_limit_fen"))
      use.medical_limit = policy.medical_limit.value_or(limit);
    total += limit;
  }
  use.total_limit = policy.total_limit.value_or(total);
  return absl::OkStatus();
}

template <typename Reader>
absl::StatusOr<domain::RegisteredPolicy> WithUnstatedUses(Reader& reader,
                                                          domain::RegisteredPolicy policy,
                                                          const domain::PolicyData& policy_data,
                                                          absl::Time now) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<domain::SplitQuote> splits,
      reader.template FindAllBy<domain::SplitQuote>(domain::LookupKind::kSplitOfPolicy,
                                                    domain::Key({policy.id.value.ToBytes()})));
  for (const domain::SplitQuote& split : splits) {
    const bool draws =
        std::any_of(split.parts.begin(), split.parts.end(), [&](const domain::SplitPart& part) {
          return part.policy == policy.id && part.amount.is_positive();
        });
    if (!draws || split.StateAt(now) == domain::SplitState::kReleased) continue;
    const bool stated = std::any_of(
        policy.uses.begin(), policy.uses.end(),
        [&](const domain::PolicyUse& use) { return use.accident_on == split.accident_on; });
    if (stated) continue;
    domain::PolicyUse use;
    use.accident_on = split.accident_on;
    use.only_claim = true;
    use.recorded_time = split.quoted_time;
    RECOUP_RETURN_IF_ERROR(TakeLimits(policy, policy_data, use));
    policy.uses.push_back(std::move(use));
  }
  return policy;
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
                                                  const domain::RegisteredPolicy& policy,
                                                  absl::Time now) {
  std::vector<HubFigures> all;
  for (const domain::PolicyUse& use : policy.uses) {
    RECOUP_ASSIGN_OR_RETURN(HubFigures figures, HubFiguresOf(reader, policy.id, use.accident_on));
    RECOUP_RETURN_IF_ERROR(AddSplits(reader, policy, use, now, figures));
    all.push_back(figures);
  }
  return all;
}

template absl::StatusOr<std::vector<Demand>> DemandsUnder(UnitOfWork&, domain::PolicyId,
                                                          absl::CivilDay);
template absl::StatusOr<domain::RegisteredPolicy> WithUnstatedUses(UnitOfWork&,
                                                                   domain::RegisteredPolicy,
                                                                   const domain::PolicyData&,
                                                                   absl::Time);
template absl::StatusOr<domain::RegisteredPolicy> WithUnstatedUses(RecordReader&,
                                                                   domain::RegisteredPolicy,
                                                                   const domain::PolicyData&,
                                                                   absl::Time);
template absl::StatusOr<HubFigures> HubFiguresOf(UnitOfWork&, domain::PolicyId, absl::CivilDay);
template absl::StatusOr<std::vector<HubFigures>> FiguresOf(UnitOfWork&,
                                                           const domain::RegisteredPolicy&,
                                                           absl::Time);
template absl::StatusOr<std::vector<HubFigures>> FiguresOf(RecordReader&,
                                                           const domain::RegisteredPolicy&,
                                                           absl::Time);

}  // namespace recoup::app
