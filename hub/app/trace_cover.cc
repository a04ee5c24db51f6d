#include "hub/app/trace_cover.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/limit_group.h"
#include "hub/app/limit_use.h"
#include "hub/app/policies.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::InsurancePolicy;
using domain::Money;
using domain::RegisteredPolicy;

bool IsRecoveryOf(const domain::Recovery& recovery, const domain::Person& person) {
  return person.id_token.empty() || recovery.injured.id_token.empty()
             ? recovery.injured.name_token == person.name_token
             : recovery.injured.id_token == person.id_token;
}

absl::StatusOr<InsurancePolicy> TraceCoverOf(UnitOfWork& work, const RegisteredPolicy& policy,
                                             const TraceCover& question) {
  RECOUP_ASSIGN_OR_RETURN(
      const LimitGroup group,
      GroupOf(work, {"", policy.kind, policy.insurer, policy.id, question.accident_on}, nullptr));
  RECOUP_ASSIGN_OR_RETURN(const LimitUse use, UseOf(work, group, question.pool));
  RECOUP_ASSIGN_OR_RETURN(const std::string insurer, InsurerName(work, policy.insurer));
  InsurancePolicy cover;
  cover.insurer = absl::StrCat(insurer, "（", policy.plate, "）");
  cover.kind = policy.kind;
  cover.limit = use.limit;
  cover.used = use.elsewhere;
  // What the fund asked for the same person before is part of what is traced, not beside it.
  for (const LimitMember& member : group.members) {
    if (!IsRecoveryOf(member.recovery, question.person)) {
      cover.other_victims.push_back(member.claimant());
    } else {
      cover.victim_key = VictimKey(member.recovery);
      cover.stands += member.stands;
    }
  }
  if (cover.limit) cover.stands = std::min(cover.stands, use.left());
  return cover;
}

// The largest use counts: what the judgment awards may be part of what the insurer has stated.
absl::Status TakeOwnJudged(Money judged, std::vector<InsurancePolicy>& covers) {
  std::vector<std::int64_t> weights;
  Money limits;
  for (const InsurancePolicy& cover : covers) {
    limits += cover.limit.value_or(Money());
    weights.push_back(cover.limit.value_or(Money()).fen());
  }
  if (!limits.is_positive()) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> parts,
                          domain::Split(std::min(judged, limits), weights));
  for (std::size_t i = 0; i < covers.size(); ++i) {
    covers[i].used = std::max(covers[i].used, parts[i]);
    if (covers[i].limit) {
      covers[i].stands = std::min(covers[i].stands, *covers[i].limit - covers[i].used);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<InsurancePolicy>> CoversOfTrace(UnitOfWork& work,
                                                           const TraceCover& question) {
  std::vector<InsurancePolicy> covers;
  for (const std::string& plate : question.plates) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RegisteredPolicy> policies,
                            PoliciesInForce(work, plate, question.accident_on));
    for (const RegisteredPolicy& policy : policies) {
      if (policy.kind != domain::PolicyKind::kCtp) continue;
      RECOUP_ASSIGN_OR_RETURN(InsurancePolicy cover, TraceCoverOf(work, policy, question));
      covers.push_back(std::move(cover));
    }
  }
  if (question.own_judged) {
    RECOUP_RETURN_IF_ERROR(TakeOwnJudged(*question.own_judged, covers));
  }
  return covers;
}

}  // namespace recoup::app
