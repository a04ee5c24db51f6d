// Recoveries follow their court case; declared in recoveries.h.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/breaks.h"
#include "hub/app/draft_demands.h"
#include "hub/app/judged_apportionment.h"
#include "hub/app/names.h"
#include "hub/app/recoveries.h"
#include "hub/app/refusal.h"
#include "hub/app/timeline.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/case_succession.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::CourtCase;
using domain::Demand;
using domain::Money;
using domain::Recovery;

// A ruling that sends a case back, or lets the suit be withdrawn, awards nothing itself.
bool IsBasis(const CourtCase& court_case) {
  if (court_case.state == domain::CourtCaseState::kWithdrawn) return false;
  return court_case.earlier_cases.empty() ||
         domain::SuccessionOf(court_case.document_type, court_case.outcome) !=
             domain::Succession::kFallsAway;
}

absl::StatusOr<OwnClaims> OwnClaimsOf(UnitOfWork& work, const Recovery& recovery) {
  OwnClaims claims;
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work.Find<Demand>(recovery.pool.value, id.value));
    if (demand == nullptr || !demand->is_issued()) continue;
    IssuedClaim& of_debtor = claims.by_debtor[demand->debtor_name];
    of_debtor.latest = demand->id;
    of_debtor.asked += demand->amount;
    of_debtor.applied += demand->applied();
    if (!demand->policy) continue;
    IssuedClaim& of_policy = claims.by_policy[*demand->policy];
    of_policy.asked += demand->amount;
    of_policy.applied += demand->applied();
  }
  return claims;
}

// A court that reports a payment to the fund says what the bank has yet to show: the demand is paid
// by the statement entry, once.
absl::Status CompareReports(UnitOfWork& work, const Recovery& recovery, const CourtCase& court_case,
                            const OwnClaims& claims) {
  for (const auto& [debtor, claim] : claims.by_debtor) {
    Money reported;
    for (const domain::Performance& performance : court_case.performances) {
      if (performance.to_fund && performance.debtor == debtor) reported += performance.amount;
    }
    domain::Break finding;
    finding.pool = recovery.pool;
    finding.kind = domain::BreakKind::kAdviceWithoutMoney;
    finding.finding =
        absl::StrCat("case-reported:", recovery.id.ToString(), ":", claim.latest.ToString());
    if (reported <= claim.applied) {
      RECOUP_RETURN_IF_ERROR(
          CloseBreak(work, recovery.pool, finding.finding, "法院报告的款项已到账"));
      continue;
    }
    finding.demand = claim.latest;
    finding.amount = reported - claim.applied;
    finding.explanation =
        absl::StrCat("法院报告", debtor, "已向医保基金支付共 ", reported.ToYuanGrouped(),
                     " 元，银行流水只核销 ", claim.applied.ToYuanGrouped(), " 元；未到账的 ",
                     finding.amount.ToYuanGrouped(), " 元仍列为未付。");
    finding.suggestion = "等待银行流水到账核销；款项已由其他途径归还基金的，附凭证后核减。";
    RECOUP_RETURN_IF_ERROR(OpenBreak(work, finding));
  }
  return absl::OkStatus();
}

absl::Status NothingIsOwed(UnitOfWork& work, Recovery& recovery, bool issued,
                           DemandsRevision revision) {
  revision.keep_paid = true;
  if (issued) {
    RECOUP_RETURN_IF_ERROR(ReviseDemands(work, recovery, {}, {}, revision));
  } else {
    RECOUP_RETURN_IF_ERROR(WithdrawDrafts(work, recovery));
    recovery.debtors.clear();
    recovery.explanation = {};
  }
  recovery.obstacle = absl::StrCat(revision.reason, "，追偿依据消失，等待新的裁判或者人工结案");
  AddTimeline(work, recovery, {domain::TimelineKind::kRecoveryObstructed}, work.now(),
              recovery.obstacle);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<bool> DraftsStand(UnitOfWork& work, const Recovery& recovery,
                                 const CourtCase& court_case, const std::string& person) {
  if (!IsBasis(court_case)) return recovery.debtors.empty();
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Advance> advances, AdvancesOf(work, recovery));
  RECOUP_ASSIGN_OR_RETURN(const JudgedInput judged,
                          InputOfJudgment(work, court_case, person, recovery.pool, advances, {}));
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  const absl::StatusOr<domain::Apportionment> apportionment =
      domain::Apportion(judged.input, *policy_data);
  if (!apportionment.ok()) return recovery.debtors.empty();
  return std::equal(recovery.debtors.begin(), recovery.debtors.end(),
                    apportionment->debtors.begin(), apportionment->debtors.end(),
                    [](const domain::Debtor& drafted, const domain::DebtorAmount& found) {
                      return drafted.name == found.name && drafted.amount == found.amount;
                    });
}

absl::Status FollowCase(UnitOfWork& work, Recovery& recovery, const CourtCase& court_case,
                        const std::string& person, DemandsRevision revision) {
  RECOUP_ASSIGN_OR_RETURN(const bool issued, HasIssuedDemand(work, recovery));
  if (!IsBasis(court_case)) return NothingIsOwed(work, recovery, issued, std::move(revision));
  RECOUP_ASSIGN_OR_RETURN(const OwnClaims claims, OwnClaimsOf(work, recovery));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Advance> advances, AdvancesOf(work, recovery));
  RECOUP_ASSIGN_OR_RETURN(
      const JudgedInput judged,
      InputOfJudgment(work, court_case, person, recovery.pool, advances, claims));
  for (const std::string& note : judged.notes)
    AddTimeline(work, recovery, About(domain::TimelineKind::kRecoveryRecomputed, court_case),
                work.now(), note);
  for (const domain::Break& finding : judged.findings) {
    RECOUP_RETURN_IF_ERROR(OpenBreak(work, finding));
  }
  RECOUP_RETURN_IF_ERROR(CompareReports(work, recovery, court_case, claims));
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  const absl::StatusOr<domain::Apportionment> apportionment =
      domain::Apportion(judged.input, *policy_data);
  if (apportionment.ok()) {
    if (issued) {
      RECOUP_RETURN_IF_ERROR(
          CloseBreak(work, recovery.pool, FindingOfRecovery(recovery), "已按案件要素重新计算"));
      return ReviseDemands(work, recovery, *apportionment, judged.insurers, revision);
    }
    RECOUP_RETURN_IF_ERROR(WithdrawDrafts(work, recovery));
    return DraftDemands(work, recovery, *apportionment, judged.insurers);
  }
  RECOUP_RETURN_IF_ERROR(WithdrawDrafts(work, recovery));
  recovery.obstacle = ObstacleText(apportionment.status());
  AddTimeline(work, recovery, About(domain::TimelineKind::kRecoveryObstructed, court_case),
              work.now(), recovery.obstacle);
  if (issued) {
    return AskPerson(
        work, recovery,
        absl::StrCat(revision.reason, "，", recovery.obstacle, "；已发出的追偿函未变动，请核对"));
  }
  recovery.debtors.clear();
  recovery.explanation = {};
  return absl::OkStatus();
}

absl::Status FollowCaseByDecision(UnitOfWork& work, const domain::PoolId& pool,
                                  domain::DemandId demand, const std::string& reason) {
  RECOUP_ASSIGN_OR_RETURN(const Demand asked, work.Get<Demand>(pool.value, demand.value));
  RECOUP_ASSIGN_OR_RETURN(Recovery recovery, work.Get<Recovery>(pool.value, asked.recovery.value));
  if (!recovery.court_case) {
    return Refuse(Reason::kIllegalTransition, "no court case is behind this demand", "STATE",
                  NameOf(pool, demand), "该追偿不以裁判为依据");
  }
  RECOUP_ASSIGN_OR_RETURN(const CourtCase court_case,
                          work.Get<CourtCase>(recovery.court.value, recovery.court_case->value));
  std::string person = recovery.injured.name;
  if (recovery.lead) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Lead* lead,
                            work.Find<domain::Lead>(pool.value, recovery.lead->value));
    if (lead != nullptr) person = lead->person_name;
  }
  RECOUP_RETURN_IF_ERROR(
      FollowCase(work, recovery, court_case, person, {.reason = reason, .decided = demand}));
  work.Put(recovery);
  return absl::OkStatus();
}

}  // namespace recoup::app
