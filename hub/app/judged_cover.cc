#include "hub/app/judged_cover.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "hub/base/status.h"
#include "hub/domain/case_number.h"
#include "hub/domain/plate.h"
#include "hub/domain/policy_data.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::Basis;
using domain::CourtCase;
using domain::Money;
using domain::PolicyKind;

// Under NET the judgment itself lets the compulsory cover pay the person's own part first, so that
// part of the limit is gone: the medical part where the text gives it, else the person's own costs
// as far as the limit reaches.
Money UsedByJudgment(const CourtCase& court_case, const domain::JudgedPolicy& policy, Money own,
                     Money available) {
  Money used;
  if (court_case.basis != Basis::kNet) return used;
  for (const domain::CourtObligation& obligation : court_case.obligations) {
    if (obligation.debtor != policy.insurer || obligation.policy_kind != policy.kind) continue;
    used += obligation.medical.value_or(std::min(obligation.amount, own));
  }
  return std::min(used, available);
}

// Two judgments are about one accident when day and insurer agree and they name the same liable
// party; about two victims when they share no injured person.
bool IsSibling(const CourtCase& one, const CourtCase& other) {
  for (const domain::Person& a : one.injured) {
    for (const domain::Person& b : other.injured) {
      if (a.name_token == b.name_token) return false;
    }
  }
  return std::any_of(one.liability.begin(), one.liability.end(), [&](const auto& a) {
    return std::any_of(other.liability.begin(), other.liability.end(),
                       [&](const auto& b) { return a.party == b.party; });
  });
}

// What the judgment orders the insurer to pay for medical costs under compulsory cover, where it
// says so.
Money OrderedUnderCtp(const CourtCase& court_case, const std::string& insurer) {
  Money ordered;
  for (const domain::CourtObligation& obligation : court_case.obligations) {
    if (obligation.debtor != insurer || obligation.policy_kind != PolicyKind::kCtp) continue;
    if (obligation.medical) {
      ordered += *obligation.medical;
    } else if (court_case.medical_awarded) {
      ordered += std::min(obligation.amount, *court_case.medical_awarded);
    }
  }
  return ordered;
}

// Each judgment may say what was left before it, and orders its own part: the largest of these sums
// is used at the least, and so is all that was ordered (道交解释 19).
absl::StatusOr<Money> UsedInSiblingCases(UnitOfWork& work, const CourtCase& court_case,
                                         const domain::JudgedPolicy& judged,
                                         absl::CivilDay accident_on, Money limit) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<CourtCase> cases,
      work.FindAllBy<CourtCase>(domain::LookupKind::kCourtCaseOfAccident,
                                domain::Key({absl::FormatCivilTime(accident_on), judged.insurer})));
  Money ordered_together;
  Money used;
  for (const CourtCase& sibling : cases) {
    if (sibling.id == court_case.id || !IsSibling(sibling, court_case)) continue;
    const Money ordered = OrderedUnderCtp(sibling, judged.insurer);
    ordered_together += ordered;
    for (const domain::JudgedPolicy& policy : sibling.policies) {
      if (policy.insurer != judged.insurer || policy.kind != PolicyKind::kCtp) continue;
      if (!policy.medical_remaining || *policy.medical_remaining > limit) continue;
      used = std::max(used, limit - *policy.medical_remaining + ordered);
    }
  }
  return std::min(std::max(used, ordered_together), limit);
}

}  // namespace

absl::StatusOr<std::optional<RegisteredCover>> RegisteredCoverOf(
    UnitOfWork& work, const CourtCase& court_case, const domain::JudgedPolicy& judged,
    const domain::PartyId& insurer, absl::CivilDay accident_on,
    const std::vector<std::string>& plates) {
  if (insurer.empty()) return std::nullopt;
  RECOUP_ASSIGN_OR_RETURN(std::vector<domain::RegisteredPolicy> policies,
                          work.FindAllBy<domain::RegisteredPolicy>(
                              domain::LookupKind::kPolicyOfAccident,
                              domain::Key({insurer.value, absl::FormatCivilTime(accident_on)})));
  for (const std::string& plate : plates) {
    RECOUP_ASSIGN_OR_RETURN(std::vector<domain::RegisteredPolicy> of_plate,
                            work.FindAllBy<domain::RegisteredPolicy>(
                                domain::LookupKind::kPolicyOfPlate, domain::Key({plate})));
    std::move(of_plate.begin(), of_plate.end(), std::back_inserter(policies));
  }
  const std::string case_number = domain::NormaliseCaseNumber(court_case.case_number);
  for (const domain::RegisteredPolicy& policy : policies) {
    const bool in_force = policy.insurer == insurer && policy.kind == judged.kind &&
                          policy.valid_from <= accident_on && accident_on <= policy.valid_until;
    if (!in_force) continue;
    const bool of_plate = std::find(plates.begin(), plates.end(),
                                    domain::NormalisePlate(policy.plate)) != plates.end();
    for (const domain::PolicyUse& use : policy.uses) {
      const bool of_case = domain::NormaliseCaseNumber(use.accident) == case_number;
      if (use.accident_on == accident_on && (of_plate || of_case)) {
        return RegisteredCover{policy.id, use.medical_limit, use.medical};
      }
    }
    if (of_plate) return RegisteredCover{policy.id, policy.medical_limit, Money()};
  }
  return std::nullopt;
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

absl::StatusOr<Cover> JudgedCover(UnitOfWork& work, const CourtCase& court_case,
                                  const domain::JudgedPolicy& judged, const domain::PoolId& pool,
                                  absl::CivilDay accident_on, Money own) {
  Cover cover;
  cover.limit = judged.limit;
  if (judged.kind == PolicyKind::kCtp) {
    // A total of all compulsory limits is no medical limit; the medical one is that of the law.
    RECOUP_ASSIGN_OR_RETURN(cover.limit, LimitByLaw(work, pool, accident_on));
  }
  if (judged.medical_remaining) {
    if (!cover.limit || *judged.medical_remaining > *cover.limit) {
      cover.limit = *judged.medical_remaining;
    }
    cover.used = *cover.limit - *judged.medical_remaining;
  }
  if (cover.limit && judged.kind == PolicyKind::kCtp) {
    RECOUP_ASSIGN_OR_RETURN(const Money siblings, UsedInSiblingCases(work, court_case, judged,
                                                                     accident_on, *cover.limit));
    cover.used = std::max(cover.used, siblings);
  }
  if (cover.limit) {
    cover.used += UsedByJudgment(court_case, judged, own, *cover.limit - cover.used);
  }
  return cover;
}

}  // namespace recoup::app
