#include "hub/app/breaks.h"

#include <utility>

#include "hub/base/status.h"

namespace recoup::app {
namespace {

absl::StatusOr<std::optional<domain::Break>> FindBreak(UnitOfWork& work, const domain::PoolId& pool,
                                                       const std::string& finding) {
  return work.FindBy<domain::Break>(domain::UniqueKeyKind::kBreakOfFinding,
                                    domain::Key({pool.value, finding}));
}

}  // namespace

absl::Status OpenBreak(UnitOfWork& work, domain::Break finding) {
  RECOUP_ASSIGN_OR_RETURN(std::optional<domain::Break> known,
                          FindBreak(work, finding.pool, finding.finding));
  if (!known) {
    finding.id = work.NewId<domain::BreakId>();
    finding.opened_time = work.now();
    RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* rules, work.policy_data());
    RECOUP_ASSIGN_OR_RETURN(const std::int64_t days,
                            rules->Integer("break.grace_days", finding.pool.value, work.today()));
    finding.grace_until = work.today() + days;
    work.Put(finding);
    return absl::OkStatus();
  }
  const bool same = known->state != domain::BreakState::kResolved &&
                    known->amount == finding.amount && known->explanation == finding.explanation &&
                    known->candidates == finding.candidates;
  if (same) return absl::OkStatus();
  if (known->state == domain::BreakState::kResolved) {
    // What a person has resolved stays resolved while the amount is the same.
    if (known->amount == finding.amount && known->resolved_by != kResolvedByHub) {
      return absl::OkStatus();
    }
    RECOUP_ASSIGN_OR_RETURN(known->state,
                            domain::Next(known->state, domain::BreakCommand::kReopen));
    known->resolved_time.reset();
    known->resolution.reset();
  }
  known->amount = finding.amount;
  known->explanation = std::move(finding.explanation);
  known->suggestion = std::move(finding.suggestion);
  known->candidates = std::move(finding.candidates);
  work.Put(*known);
  return absl::OkStatus();
}

absl::Status CloseBreak(UnitOfWork& work, const domain::PoolId& pool, const std::string& finding,
                        std::string reason) {
  RECOUP_ASSIGN_OR_RETURN(std::optional<domain::Break> known, FindBreak(work, pool, finding));
  if (!known || known->state == domain::BreakState::kResolved) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(known->state, domain::Next(known->state, domain::BreakCommand::kResolve));
  known->resolved_time = work.now();
  known->resolution = domain::BreakResolution::kExplained;
  known->resolved_by = kResolvedByHub;
  known->resolution_reason = std::move(reason);
  work.Put(*known);
  return absl::OkStatus();
}

}  // namespace recoup::app
