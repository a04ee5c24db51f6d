#include "hub/app/share_limits.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/agreed_shares.h"
#include "hub/app/breaks.h"
#include "hub/app/follow_limits.h"
#include "hub/app/judged_apportionment.h"
#include "hub/app/limit_group.h"
#include "hub/app/limit_use.h"
#include "hub/app/recoveries.h"
#include "hub/app/timeline.h"
#include "hub/base/status.h"
#include "hub/domain/plate.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {
namespace {

using domain::Break;
using domain::CourtCase;
using domain::LimitClaim;
using domain::LookupKind;
using domain::Money;
using domain::PoolId;
using domain::Recovery;

// Losses of compulsory cover do not depend on other victims; what commercial cover is asked for
// depends on those, and nothing on that in turn.
constexpr int kRoundsMax = 3;

std::string FindingOfLimit(const LimitGroup& group) {
  const std::string day = absl::FormatCivilTime(group.limit.accident_on);
  if (group.limit.policy) {
    return absl::StrCat("policy-limit:", group.limit.policy->ToString(), ":", day, ":asked");
  }
  return absl::StrCat("policy-limit:", group.limit.insurer, ":",
                      std::string(ToString(group.limit.kind)), ":", day, ":asked");
}

class Sharing {
 public:
  Sharing(UnitOfWork& work, const std::string& reason) : work_(work), reason_(reason) {}

  absl::Status Add(const LimitOf& limit, const CourtCase* court_case) {
    RECOUP_ASSIGN_OR_RETURN(const LimitGroup group, GroupOf(work_, limit, court_case));
    for (const LimitMember& member : group.members) Add(member.recovery);
    limits_.push_back(limit);
    return absl::OkStatus();
  }
  void Add(const Recovery& recovery) { members_.emplace(recovery.id, recovery.pool); }

  // Recoveries that may turn out to be covered by the policy.
  absl::Status AddUnbound(const domain::RegisteredPolicy& policy) {
    const absl::CivilMonth last(policy.valid_until);
    for (absl::CivilMonth month(policy.valid_from); month <= last; ++month) {
      RECOUP_ASSIGN_OR_RETURN(
          const std::vector<Recovery> unbound,
          work_.FindAllBy<Recovery>(
              LookupKind::kRecoveryOfInsurer,
              domain::Key({policy.insurer.value, absl::FormatCivilTime(month)})));
      for (const Recovery& recovery : unbound) {
        if (MayBeUnder(recovery, policy)) Add(recovery);
      }
    }
    RECOUP_ASSIGN_OR_RETURN(
        std::vector<Recovery> agreed,
        work_.FindAllBy<Recovery>(
            LookupKind::kRecoveryOfPlate,
            domain::Key({policy.insurer.value, domain::NormalisePlate(policy.plate)})));
    for (Recovery& recovery : agreed) RECOUP_RETURN_IF_ERROR(BindAgreed(recovery, policy));
    return absl::OkStatus();
  }

  absl::Status Run() {
    for (int round = 0; round < kRoundsMax; ++round) {
      RECOUP_ASSIGN_OR_RETURN(const bool changed, BringClaimsUpToDate());
      if (!changed) break;
    }
    RECOUP_RETURN_IF_ERROR(FollowAll());
    return CheckLimits();
  }

  const std::vector<Break>& open_breaks() const { return open_breaks_; }

 private:
  static bool MayBeUnder(const Recovery& recovery, const domain::RegisteredPolicy& policy) {
    return std::any_of(
        recovery.limit_claims.begin(), recovery.limit_claims.end(), [&](const LimitClaim& claim) {
          return !claim.policy && claim.kind == policy.kind && claim.party == policy.insurer &&
                 policy.valid_from <= claim.accident_on && claim.accident_on <= policy.valid_until;
        });
  }

  // The others under the policy are moved by it.
  absl::Status BindAgreed(Recovery& recovery, const domain::RegisteredPolicy& policy) {
    const std::vector<LimitClaim> before = recovery.limit_claims;
    Faults doubts;  // A share that is in doubt stays as it is.
    RECOUP_RETURN_IF_ERROR(BindShares(work_, recovery, doubts));
    if (recovery.limit_claims == before) return absl::OkStatus();
    work_.Put(recovery);
    return Add({std::string(), policy.kind, policy.insurer, policy.id, *recovery.accident_on},
               nullptr);
  }

  // Those whom others' losses move. The others' demands are as they are.
  absl::StatusOr<std::optional<Followed>> FollowedNow(const Recovery& recovery) {
    RECOUP_ASSIGN_OR_RETURN(std::optional<Followed> followed, FollowedBy(work_, recovery));
    for (const LimitClaim& claim : recovery.limit_claims) {
      RECOUP_ASSIGN_OR_RETURN(const LimitMember member,
                              MemberOf(work_, recovery, claim, followed.has_value()));
      if (!member.follows) return std::nullopt;
    }
    return followed;
  }

  absl::StatusOr<bool> BringClaimsUpToDate() {
    bool changed = false;
    for (const auto& [id, pool] : members_) {
      RECOUP_ASSIGN_OR_RETURN(Recovery recovery, work_.Get<Recovery>(pool.value, id.value));
      RECOUP_ASSIGN_OR_RETURN(const auto followed, FollowedNow(recovery));
      if (!followed) continue;
      RECOUP_ASSIGN_OR_RETURN(SharedClaim now, ClaimUnderLimits(work_, recovery, *followed));
      if (now.claims == recovery.limit_claims) continue;
      recovery.limit_claims = std::move(now.claims);
      work_.Put(recovery);
      changed = true;
    }
    return changed;
  }

  absl::Status FollowAll() {
    for (const auto& [id, pool] : members_) {
      RECOUP_ASSIGN_OR_RETURN(Recovery recovery, work_.Get<Recovery>(pool.value, id.value));
      RECOUP_ASSIGN_OR_RETURN(const auto followed, FollowedNow(recovery));
      if (!followed) continue;
      RECOUP_ASSIGN_OR_RETURN(const SharedClaim now, ClaimUnderLimits(work_, recovery, *followed));
      if (now.stands) continue;
      constexpr auto kRecomputed = domain::TimelineKind::kRecoveryRecomputed;
      AddTimeline(work_, recovery,
                  followed->court_case ? About(kRecomputed, *followed->court_case)
                                       : TimelineFact{kRecomputed},
                  work_.now(), reason_);
      RECOUP_RETURN_IF_ERROR(Follow(
          work_, recovery, *followed,
          {.reason = reason_, .decided = std::nullopt, .keep_paid = true, .keep_accepted = true}));
      work_.Put(recovery);
    }
    return absl::OkStatus();
  }

  absl::Status CheckLimits() {
    std::set<std::string> checked;
    for (const auto& [id, pool] : members_) {
      RECOUP_ASSIGN_OR_RETURN(const Recovery recovery, work_.Get<Recovery>(pool.value, id.value));
      for (const LimitClaim& claim : recovery.limit_claims) limits_.push_back(LimitOfClaim(claim));
    }
    for (const LimitOf& limit : limits_) {
      RECOUP_ASSIGN_OR_RETURN(const LimitGroup group, GroupOf(work_, limit, nullptr));
      if (group.members.empty() || !checked.insert(FindingOfLimit(group)).second) continue;
      RECOUP_RETURN_IF_ERROR(Check(group));
    }
    return absl::OkStatus();
  }

  absl::Status Check(const LimitGroup& group) {
    RECOUP_ASSIGN_OR_RETURN(const LimitUse use,
                            UseOf(work_, group, group.members.front().recovery.pool));
    Money asked;
    Money open;
    std::map<PoolId, std::vector<domain::DemandId>> demands;
    for (const LimitMember& member : group.members) {
      asked += member.asked;
      open += member.open;
      std::vector<domain::DemandId>& of_pool = demands[member.recovery.pool];
      for (const domain::Demand& demand : member.demands) {
        if (demand.is_issued()) of_pool.push_back(demand.id);
      }
    }
    const Money limit = use.limit.value_or(Money());
    const Money beyond = use.elsewhere + asked - limit;
    for (const auto& [pool, of_pool] : demands) {
      Break finding;
      finding.pool = pool;
      finding.kind = domain::BreakKind::kPolicyLimitMismatch;
      finding.finding = FindingOfLimit(group);
      if (!use.limit || !beyond.is_positive() || of_pool.empty()) {
        RECOUP_RETURN_IF_ERROR(CloseBreak(work_, pool, finding.finding, "请求金额已在限额以内"));
        continue;
      }
      finding.amount = beyond;
      finding.candidates = of_pool;
      finding.explanation = absl::StrCat(
          group.limit.insurer, "对 ", absl::FormatCivilTime(group.limit.accident_on),
          " 事故的限额为 ", limit.ToYuanGrouped(), " 元，已用于其他赔付 ",
          use.elsewhere.ToYuanGrouped(), " 元，各追偿函已收 ", (asked - open).ToYuanGrouped(),
          " 元、未付 ", open.ToYuanGrouped(), " 元，超出限额 ", beyond.ToYuanGrouped(),
          " 元；已付或已认可的部分未自动调整");
      finding.suggestion = "请与保险公司核对限额使用情况，必要时撤回或者更正追偿函";
      RECOUP_RETURN_IF_ERROR(OpenBreak(work_, finding));
      RECOUP_ASSIGN_OR_RETURN(const std::optional<Break> opened,
                              work_.FindBy<Break>(domain::UniqueKeyKind::kBreakOfFinding,
                                                  domain::Key({pool.value, finding.finding})));
      if (opened && opened->state != domain::BreakState::kResolved) open_breaks_.push_back(*opened);
    }
    return absl::OkStatus();
  }

  UnitOfWork& work_;
  const std::string& reason_;
  std::map<domain::RecoveryId, PoolId> members_;
  std::vector<LimitOf> limits_;
  std::vector<Break> open_breaks_;
};

}  // namespace

absl::Status ShareLimitsOf(UnitOfWork& work, const Recovery& recovery, const std::string& reason) {
  if (recovery.limit_claims.empty()) return absl::OkStatus();
  Sharing sharing(work, reason);
  for (const LimitClaim& claim : recovery.limit_claims) {
    std::optional<CourtCase> court_case;
    if (recovery.court_case) {
      RECOUP_ASSIGN_OR_RETURN(
          court_case, work.Get<CourtCase>(recovery.court.value, recovery.court_case->value));
    }
    RECOUP_RETURN_IF_ERROR(sharing.Add(LimitOfClaim(claim), court_case ? &*court_case : nullptr));
  }
  return sharing.Run();
}

absl::Status ShareLimitsOfCase(UnitOfWork& work, const CourtCase& court_case,
                               const std::string& reason) {
  Sharing sharing(work, reason);
  if (court_case.accident_on) {
    for (const domain::JudgedPolicy& policy : court_case.policies) {
      LimitOf limit{policy.insurer, policy.kind, {}, std::nullopt, *court_case.accident_on};
      RECOUP_ASSIGN_OR_RETURN(limit.party, InsurerNamed(work, policy.insurer));
      RECOUP_RETURN_IF_ERROR(sharing.Add(limit, &court_case));
    }
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Recovery> recoveries,
                          work.FindAllBy<Recovery>(LookupKind::kRecoveryOfCourtCase,
                                                   domain::Key({court_case.id.value.ToBytes()})));
  for (const Recovery& recovery : recoveries) {
    for (const LimitClaim& claim : recovery.limit_claims) {
      RECOUP_RETURN_IF_ERROR(sharing.Add(LimitOfClaim(claim), &court_case));
    }
  }
  return sharing.Run();
}

absl::Status ShareLimitOf(UnitOfWork& work, const LimitOf& limit, const std::string& reason) {
  Sharing sharing(work, reason);
  RECOUP_RETURN_IF_ERROR(sharing.Add(limit, nullptr));
  return sharing.Run();
}

absl::StatusOr<std::vector<Break>> ShareLimitsOfPolicy(UnitOfWork& work,
                                                       const domain::RegisteredPolicy& policy,
                                                       const std::string& reason) {
  Sharing sharing(work, reason);
  RECOUP_RETURN_IF_ERROR(sharing.AddUnbound(policy));
  std::set<absl::CivilDay> days;
  for (const domain::PolicyUse& use : policy.uses) days.insert(use.accident_on);
  for (const absl::CivilDay day : days) {
    RECOUP_RETURN_IF_ERROR(
        sharing.Add({std::string(), policy.kind, policy.insurer, policy.id, day}, nullptr));
  }
  RECOUP_RETURN_IF_ERROR(sharing.Run());
  return sharing.open_breaks();
}

}  // namespace recoup::app
