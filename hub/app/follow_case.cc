// Recoveries follow their court case; declared in recoveries.h.
#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/agreed_shares.h"
#include "hub/app/breaks.h"
#include "hub/app/draft_demands.h"
#include "hub/app/follow_limits.h"
#include "hub/app/inquiries.h"
#include "hub/app/judged_apportionment.h"
#include "hub/app/names.h"
#include "hub/app/personal_award.h"
#include "hub/app/recoveries.h"
#include "hub/app/refusal.h"
#include "hub/app/timeline.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/apportionment_input.h"
#include "hub/domain/case_succession.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::CourtCase;
using domain::Demand;
using domain::Money;
using domain::Recovery;

absl::StatusOr<OwnClaims> OwnClaimsOf(UnitOfWork& work, const Recovery& recovery) {
  OwnClaims claims;
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work.Find<Demand>(recovery.pool.value, id.value));
    if (demand == nullptr || !demand->is_issued()) continue;
    IssuedClaim& of_debtor = claims.by_debtor[demand->debtor_name];
    of_debtor.latest = demand->id;
    of_debtor.asked += demand->amount;
    of_debtor.applied += demand->applied();
  }
  return claims;
}

Money PaidBy(const std::string& debtor, const std::vector<domain::Performance>& performances) {
  Money sum;
  for (const domain::Performance& performance : performances) {
    if (performance.debtor == debtor) sum += performance.amount;
  }
  return sum;
}

// A court that reports a payment to the fund says what the bank has yet to show: the demand is paid
// by the statement entry, once.
absl::Status CompareReports(UnitOfWork& work, const Recovery& recovery,
                            const PersonalRepayments& repayments, const OwnClaims& claims) {
  for (const auto& [debtor, claim] : claims.by_debtor) {
    const Money untold = PaidBy(debtor, repayments.untold);
    const Money reported = PaidBy(debtor, repayments.own) + untold;
    domain::Break finding;
    finding.pool = recovery.pool;
    finding.kind = domain::BreakKind::kAdviceWithoutMoney;
    finding.finding =
        absl::StrCat("case-reported:", recovery.id.ToString(), ":", claim.latest.ToString());
    if (reported <= claim.applied) {
      RECOUP_RETURN_IF_ERROR(
          CloseBreak(work, recovery.pool, finding.finding,
                     reported.is_zero() ? "法院撤回了履行情况报告" : "法院报告的款项已到账"));
      continue;
    }
    finding.demand = claim.latest;
    finding.amount = reported - claim.applied;
    finding.explanation =
        absl::StrCat("法院报告", debtor, "已向医保基金支付共 ", reported.ToYuanGrouped(),
                     " 元，银行流水只核销 ", claim.applied.ToYuanGrouped(), " 元；未到账的 ",
                     finding.amount.ToYuanGrouped(), " 元仍列为未付。");
    if (untold.is_positive()) {
      absl::StrAppend(&finding.explanation, "其中 ", untold.ToYuanGrouped(),
                      " 元没有写明为哪一名受害人支付，在各受害人的追偿中均列示。");
    }
    finding.suggestion = "等待银行流水到账核销；款项已由其他途径归还基金的，附凭证后核减。";
    RECOUP_RETURN_IF_ERROR(OpenBreak(work, finding));
  }
  return absl::OkStatus();
}

absl::Status NothingIsOwed(UnitOfWork& work, Recovery& recovery, bool issued,
                           DemandsRevision revision) {
  RECOUP_RETURN_IF_ERROR(
      EndInquiries(work, recovery, domain::InquiryCommand::kWithdraw, revision.reason));
  revision.keep_paid = true;
  if (issued) {
    RECOUP_RETURN_IF_ERROR(ReviseDemands(work, recovery, {}, {}, revision));
  } else {
    RECOUP_RETURN_IF_ERROR(WithdrawDrafts(work, recovery));
    recovery.debtors.clear();
    recovery.explanation = {};
  }
  for (domain::LimitClaim& claim : recovery.limit_claims) claim.loss = claim.fund_loss = Money();
  recovery.agreed_shares.clear();
  recovery.obstacle = absl::StrCat(revision.reason, "，追偿依据消失，等待新的裁判或者人工结案");
  AddTimeline(work, recovery, {domain::TimelineKind::kRecoveryObstructed}, work.now(),
              recovery.obstacle);
  return absl::OkStatus();
}

// What the recovery wants of each limit. Without an apportionment nothing competes; what was asked
// under a limit still belongs to it.
std::vector<domain::LimitClaim> LimitClaimsOf(const JudgedInput& judged,
                                              const domain::Apportionment* apportionment) {
  std::vector<domain::LimitClaim> claims;
  const domain::ApportionmentInput& input = judged.input;
  for (std::size_t i = 0; i < input.policies.size(); ++i) {
    domain::LimitClaim claim{.insurer = input.policies[i].insurer,
                             .kind = input.policies[i].kind,
                             .party = judged.insurers[i].party,
                             .policy = judged.insurers[i].policy,
                             .accident_on = input.accident_date,
                             .loss = {},
                             .fund_loss = {}};
    if (apportionment != nullptr) {
      claim.loss = apportionment->claimed[i];
      claim.fund_loss = claim.loss;
      if (input.basis == domain::Basis::kGross) {
        Money own;
        Money fund;
        for (const domain::AdvanceShare& advance : input.advances) {
          own += advance.own_paid;
          fund += advance.fund_paid;
        }
        const absl::StatusOr<Money> part = claim.loss.Times({fund.fen(), (own + fund).fen()});
        if (part.ok()) claim.fund_loss = *part;
      }
    }
    claims.push_back(std::move(claim));
  }
  return claims;
}

// A limit keeps its place while demands are issued under it, whatever the case says now.
void KeepClaims(const std::vector<domain::LimitClaim>& before,
                std::vector<domain::LimitClaim>& claims) {
  for (domain::LimitClaim claim : before) {
    const bool known = std::any_of(claims.begin(), claims.end(), [&](const auto& one) {
      return one.insurer == claim.insurer && one.kind == claim.kind;
    });
    if (known) continue;
    claim.loss = Money();
    claim.fund_loss = Money();
    claims.push_back(std::move(claim));
  }
}

absl::Status RecordFindings(UnitOfWork& work, const domain::PoolId& pool,
                            const JudgedInput& judged) {
  for (const domain::Break& finding : judged.findings) {
    RECOUP_RETURN_IF_ERROR(OpenBreak(work, finding));
  }
  for (const std::string& finding : judged.settled_findings) {
    RECOUP_RETURN_IF_ERROR(CloseBreak(work, pool, finding, "登记的限额与判决一致"));
  }
  return absl::OkStatus();
}

struct Computed {
  JudgedInput judged;
  Owed owed;
};

absl::StatusOr<Computed> Compute(UnitOfWork& work, const Recovery& recovery,
                                 const CourtCase& court_case, const std::string& person,
                                 const OwnClaims& claims, bool keep_accepted) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Advance> advances, AdvancesOf(work, recovery));
  RECOUP_ASSIGN_OR_RETURN(JudgedInput judged, InputOfJudgment(work, court_case, person, recovery,
                                                              advances, claims, keep_accepted));
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  absl::StatusOr<domain::Apportionment> apportionment =
      judged.told.ok() ? domain::Apportion(judged.input, *policy_data) : judged.told;
  std::vector<domain::LimitClaim> of_limits =
      LimitClaimsOf(judged, apportionment.ok() ? &*apportionment : nullptr);
  Owed owed{std::move(apportionment), judged.insurers, std::move(of_limits)};
  return Computed{std::move(judged), std::move(owed)};
}

}  // namespace

bool IsBasis(const CourtCase& court_case) {
  if (court_case.state == domain::CourtCaseState::kWithdrawn) return false;
  return court_case.earlier_cases.empty() ||
         domain::SuccessionOf(court_case.document_type, court_case.outcome) !=
             domain::Succession::kFallsAway;
}

absl::StatusOr<SharedClaim> ClaimOfCase(UnitOfWork& work, const Recovery& recovery,
                                        const CourtCase& court_case, const std::string& person) {
  if (!IsBasis(court_case)) return SharedClaim{recovery.limit_claims, true};
  RECOUP_ASSIGN_OR_RETURN(const OwnClaims own, OwnClaimsOf(work, recovery));
  RECOUP_ASSIGN_OR_RETURN(Computed computed,
                          Compute(work, recovery, court_case, person, own, true));
  RECOUP_RETURN_IF_ERROR(RecordFindings(work, recovery.pool, computed.judged));
  KeepClaims(recovery.limit_claims, computed.owed.claims);
  return SharedClaimOf(recovery, std::move(computed.owed));
}

absl::Status FollowCase(UnitOfWork& work, Recovery& recovery, const CourtCase& court_case,
                        const std::string& person, DemandsRevision revision) {
  RECOUP_ASSIGN_OR_RETURN(const bool issued, HasIssuedDemand(work, recovery));
  if (!IsBasis(court_case)) return NothingIsOwed(work, recovery, issued, std::move(revision));
  RECOUP_ASSIGN_OR_RETURN(const OwnClaims claims, OwnClaimsOf(work, recovery));
  RECOUP_ASSIGN_OR_RETURN(Computed computed, Compute(work, recovery, court_case, person, claims,
                                                     revision.keep_accepted));
  const JudgedInput& judged = computed.judged;
  const absl::StatusOr<domain::Apportionment>& apportionment = computed.owed.apportionment;
  for (const std::string& note : judged.notes) {
    AddTimeline(work, recovery, About(domain::TimelineKind::kRecoveryRecomputed, court_case),
                work.now(), note);
  }
  RECOUP_RETURN_IF_ERROR(RecordFindings(work, recovery.pool, judged));
  RECOUP_RETURN_IF_ERROR(CompareReports(
      work, recovery, RepaymentsFor(court_case, person, domain::FundPaid(computed.judged.input)),
      claims));
  if (issued) KeepClaims(recovery.limit_claims, computed.owed.claims);
  if (apportionment.ok()) {
    RECOUP_RETURN_IF_ERROR(
        EndInquiries(work, recovery, domain::InquiryCommand::kSupersede,
                     "应退金额已能计算，改发追偿函；收件人不是义务人的，须告知"));
    recovery.agreed_shares.clear();  // They stood in for what the case did not tell.
    return MoveDemands(work, recovery, computed.owed, revision);
  }
  // What the case does not tell, shares may.
  if (recovery.rests_on_shares()) {
    RECOUP_RETURN_IF_ERROR(FollowShares(work, recovery, revision));
    if (!issued) return absl::OkStatus();
    return AskPerson(work, recovery,
                     absl::StrCat(revision.reason, "，", ObstacleText(apportionment.status()),
                                  "；追偿仍按约定或者认可的责任比例，请核对"));
  }
  recovery.limit_claims = computed.owed.claims;
  RECOUP_RETURN_IF_ERROR(WithdrawDrafts(work, recovery));
  recovery.obstacle = ObstacleText(apportionment.status());
  AddTimeline(work, recovery, About(domain::TimelineKind::kRecoveryObstructed, court_case),
              work.now(), recovery.obstacle);
  RECOUP_RETURN_IF_ERROR(ReviseInquiries(work, recovery, court_case, person));
  if (issued) {
    return AskPerson(
        work, recovery,
        absl::StrCat(revision.reason, "，", recovery.obstacle, "；已发出的追偿函未变动，请核对"));
  }
  recovery.debtors.clear();
  recovery.explanation = {};
  return absl::OkStatus();
}

}  // namespace recoup::app
