#include "hub/app/standing_liability.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/base/status.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Recovery;
using domain::RegisteredPolicy;
using domain::SplitPart;
using domain::SplitQuote;
using Standing = std::optional<StandingLiability>;

bool SamePerson(const domain::Person& a, const domain::Person& b) {
  return !a.id_token.empty() && a.id_token == b.id_token;
}

absl::StatusOr<Standing> FromEarlierSplits(UnitOfWork& work, const RegisteredPolicy& policy,
                                           const SplitQuote& quote) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<SplitQuote> others,
      work.FindAllBy<SplitQuote>(
          domain::LookupKind::kSplitOfPolicy,
          domain::Key({policy.id.value.ToBytes(), absl::FormatCivilTime(quote.accident_on),
                       domain::kLiabilityAccepted})));
  Standing found;
  for (const SplitQuote& other : others) {
    if (other.id == quote.id || !SamePerson(other.patient, quote.patient)) continue;
    for (const SplitPart& earlier : other.parts) {
      if (earlier.policy != policy.id || earlier.answer != domain::SplitAnswer::kAccepted ||
          earlier.amount_max || earlier.by_silence) {
        continue;
      }
      found = StandingLiability{earlier.share_basis_points, earlier.claim_number,
                                "已就同一人同一事故的较早账单承认责任", earlier.answered_time};
    }
  }
  return found;
}

Standing FromStatements(const RegisteredPolicy& policy, const SplitQuote& quote) {
  Standing found;
  for (const domain::PolicyUse& use : policy.uses) {
    if (use.accident_on != quote.accident_on) continue;
    if (!use.liability_accepted) return std::nullopt;
    if (found && found->share_basis_points != use.liable_share_basis_points) return std::nullopt;
    found = StandingLiability{use.liable_share_basis_points, use.claim_number,
                              "已申报对该事故承认责任", use.recorded_time};
  }
  return found;
}

absl::StatusOr<Standing> FromDemands(UnitOfWork& work, const RegisteredPolicy& policy,
                                     const SplitQuote& quote) {
  if (policy.kind != domain::PolicyKind::kCtp) return Standing();
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Demand> demands,
                          work.FindAllBy<Demand>(domain::LookupKind::kDemandAcceptedOfPolicy,
                                                 domain::Key({policy.id.value.ToBytes()})));
  for (const Demand& demand : demands) {
    RECOUP_ASSIGN_OR_RETURN(const Recovery recovery,
                            work.Get<Recovery>(demand.pool.value, demand.recovery.value));
    if (recovery.accident_on != quote.accident_on || !SamePerson(recovery.injured, quote.patient)) {
      continue;
    }
    return StandingLiability{0, demand.claim_number,
                             absl::StrCat("已接受同一人同一事故的追偿函 ", demand.reference),
                             std::nullopt};
  }
  return Standing();
}

}  // namespace

absl::StatusOr<Standing> StandingLiabilityOf(UnitOfWork& work, const RegisteredPolicy& policy,
                                             const SplitQuote& quote) {
  RECOUP_ASSIGN_OR_RETURN(Standing standing, FromEarlierSplits(work, policy, quote));
  if (!standing) standing = FromStatements(policy, quote);
  if (standing) return standing;
  return FromDemands(work, policy, quote);
}

void TakeStanding(const StandingLiability& standing, SplitPart& part) {
  part.answer = domain::SplitAnswer::kAccepted;
  part.share_basis_points = standing.share_basis_points;
  part.claim_number = standing.claim_number;
  part.answered_time = standing.accepted_time;
  part.text = standing.ground;
}

}  // namespace recoup::app
