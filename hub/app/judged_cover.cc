#include "hub/app/judged_cover.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "hub/app/judged_apportionment.h"
#include "hub/base/status.h"
#include "hub/domain/case_number.h"
#include "hub/domain/plate.h"
#include "hub/domain/policy_data.h"

namespace recoup::app {
namespace {

using domain::CourtCase;
using domain::CourtObligation;
using domain::Money;
using domain::PolicyKind;
using domain::PolicyUse;
using domain::RegisteredPolicy;

bool IsLiable(const CourtCase& court_case, const std::string& name) {
  return !name.empty() && std::any_of(court_case.liability.begin(), court_case.liability.end(),
                                      [&](const auto& share) { return share.party == name; });
}

bool HasClaimOf(const RegisteredPolicy& policy, const CourtCase& court_case,
                absl::CivilDay accident_on) {
  const std::string number = domain::NormaliseCaseNumber(court_case.case_number);
  return std::any_of(policy.uses.begin(), policy.uses.end(), [&](const PolicyUse& use) {
    return use.accident_on == accident_on && (domain::NormaliseCaseNumber(use.accident) == number ||
                                              IsLiable(court_case, policy.holder));
  });
}

PolicyKind OtherOf(PolicyKind kind) {
  return kind == PolicyKind::kCtp ? PolicyKind::kCommercial : PolicyKind::kCtp;
}

// Whether some of the sum may be paid from the cover: a judgment may order one sum under both.
bool MayBeUnder(const CourtCase& court_case, const std::set<std::string>& insurers,
                const CourtObligation& obligation, PolicyKind kind) {
  return obligation.policy_kind ? *obligation.policy_kind == kind
                                : NamesCover(court_case, insurers, kind);
}

// The medical part of what an insurer must pay, with what it paid of it before; where the text does
// not give it, the most it can be.
Money MedicalOf(const CourtCase& court_case, const CourtObligation& obligation, Money self_paid) {
  if (obligation.medical) {
    return *obligation.medical + obligation.medical_set_off.value_or(Money());
  }
  if (NamesFund(obligation.creditor)) return obligation.amount;
  return std::min(obligation.amount, court_case.medical_awarded.value_or(self_paid));
}

// What the judgment says was left of the compulsory medical limit.
std::optional<Money> CtpLeftBefore(const CourtCase& court_case,
                                   const std::set<std::string>& insurers) {
  for (const domain::JudgedPolicy& policy : court_case.policies) {
    if (policy.kind == PolicyKind::kCtp && insurers.contains(policy.insurer)) {
      return policy.medical_remaining;
    }
  }
  return std::nullopt;
}

Money LeftBy(const PolicyUse& use) { return use.medical_limit - use.medical; }

}  // namespace

absl::StatusOr<std::optional<RegisteredPolicy>> PolicyBehind(
    UnitOfWork& work, const CourtCase& court_case, PolicyKind kind, const domain::PartyId& insurer,
    absl::CivilDay accident_on, const std::vector<std::string>& plates) {
  if (insurer.empty()) return std::nullopt;
  RECOUP_ASSIGN_OR_RETURN(std::vector<RegisteredPolicy> policies,
                          work.FindAllBy<RegisteredPolicy>(
                              domain::LookupKind::kPolicyOfAccident,
                              domain::Key({insurer.value, absl::FormatCivilTime(accident_on)})));
  for (const std::string& plate : plates) {
    RECOUP_ASSIGN_OR_RETURN(
        std::vector<RegisteredPolicy> of_plate,
        work.FindAllBy<RegisteredPolicy>(domain::LookupKind::kPolicyOfPlate, domain::Key({plate})));
    std::move(of_plate.begin(), of_plate.end(), std::back_inserter(policies));
  }
  for (RegisteredPolicy& policy : policies) {
    const bool in_force = policy.insurer == insurer && policy.kind == kind &&
                          policy.valid_from <= accident_on && accident_on <= policy.valid_until;
    if (!in_force) continue;
    const bool of_plate = std::find(plates.begin(), plates.end(),
                                    domain::NormalisePlate(policy.plate)) != plates.end();
    if (of_plate || HasClaimOf(policy, court_case, accident_on)) return std::move(policy);
  }
  return std::nullopt;
}

std::optional<PolicyUse> StatedUse(const RegisteredPolicy& policy, absl::CivilDay accident_on,
                                   const std::set<std::string>& case_numbers) {
  std::optional<PolicyUse> found;
  bool found_names_case = false;
  for (const PolicyUse& use : policy.uses) {
    if (use.accident_on != accident_on || use.only_claim) continue;
    const bool names_case = case_numbers.contains(domain::NormaliseCaseNumber(use.accident));
    const bool better = !found || (names_case && !found_names_case) ||
                        (names_case == found_names_case && LeftBy(use) < LeftBy(*found));
    if (!better) continue;
    found = use;
    found_names_case = names_case;
  }
  return found;
}

absl::StatusOr<std::optional<Money>> LimitByLaw(UnitOfWork& work, const domain::PoolId& pool,
                                                absl::CivilDay accident_on) {
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  const absl::StatusOr<std::int64_t> fen =
      policy_data->Integer("ctp.medical_limit_fen", pool.value, accident_on);
  if (!fen.ok()) return std::nullopt;  // Apportion refuses by name when it needs the limit.
  RECOUP_ASSIGN_OR_RETURN(const Money limit, Money::Create(*fen));
  return limit;
}

bool NamesCover(const CourtCase& court_case, const std::set<std::string>& insurers,
                PolicyKind kind) {
  return std::any_of(court_case.policies.begin(), court_case.policies.end(),
                     [&](const domain::JudgedPolicy& policy) {
                       return policy.kind == kind && insurers.contains(policy.insurer);
                     });
}

bool SaysWhatIsMedical(const CourtCase& court_case, const std::set<std::string>& insurers) {
  return std::all_of(court_case.obligations.begin(), court_case.obligations.end(),
                     [&](const CourtObligation& obligation) {
                       return !insurers.contains(obligation.debtor) ||
                              !MayBeUnder(court_case, insurers, obligation, PolicyKind::kCtp) ||
                              NamesFund(obligation.creditor) || obligation.medical.has_value();
                     });
}

Money OrderedUnder(const CourtCase& court_case, const std::set<std::string>& insurers,
                   PolicyKind kind, Money self_paid) {
  const bool is_ctp = kind == PolicyKind::kCtp;
  Money ordered;
  for (const CourtObligation& obligation : court_case.obligations) {
    if (!insurers.contains(obligation.debtor) ||
        !MayBeUnder(court_case, insurers, obligation, kind)) {
      continue;
    }
    const bool both = !obligation.policy_kind && NamesCover(court_case, insurers, OtherOf(kind));
    if (is_ctp) {
      ordered += MedicalOf(court_case, obligation, self_paid);
    } else if (both) {
      // Compulsory cover comes first; where nothing says how far it reaches, none of it.
      const Money reach = CtpLeftBefore(court_case, insurers).value_or(Money());
      ordered += obligation.amount -
                 std::min({obligation.amount, reach, MedicalOf(court_case, obligation, self_paid)});
    } else {
      ordered += obligation.amount;
    }
  }
  return ordered;
}

}  // namespace recoup::app
