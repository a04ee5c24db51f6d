#include "hub/app/agreed_shares.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/limit_group.h"
#include "hub/app/limit_part.h"
#include "hub/app/names.h"
#include "hub/app/policies.h"
#include "hub/app/recoveries.h"
#include "hub/app/timeline.h"
#include "hub/base/status.h"
#include "hub/domain/apportionment_input.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::Debtor;
using domain::Demand;
using domain::LimitClaim;
using domain::Money;
using domain::Recovery;
using domain::RegisteredPolicy;

bool IsOf(const LimitClaim& claim, const Debtor& share) {
  return claim.party == share.party && (!share.policy || claim.policy == share.policy);
}

class ShareBinder {
 public:
  ShareBinder(UnitOfWork& work, Recovery& recovery) : work_(work), recovery_(recovery) {}

  absl::Status Bind(Faults& faults) {
    for (std::size_t i = 0; i < recovery_.agreed_shares.size(); ++i) {
      RECOUP_ASSIGN_OR_RETURN(const std::vector<RegisteredPolicy> policies,
                              PoliciesOf(recovery_.agreed_shares[i]));
      const std::string doubt = DoubtAbout(i, policies);
      if (!doubt.empty()) {
        faults.Add("shares.debtor.policy", doubt);
        continue;
      }
      for (const RegisteredPolicy& policy : policies) Claim(recovery_.agreed_shares[i], policy);
    }
    // Compulsory cover pays first.
    std::stable_sort(recovery_.limit_claims.begin(), recovery_.limit_claims.end(),
                     [](const LimitClaim& a, const LimitClaim& b) {
                       return static_cast<int>(a.kind) < static_cast<int>(b.kind);
                     });
    return BindDebtors();
  }

 private:
  // Those that may pay for the share, compulsory cover first.
  absl::StatusOr<std::vector<RegisteredPolicy>> PoliciesOf(const Debtor& share) {
    std::vector<RegisteredPolicy> policies;
    if (share.party.empty()) return policies;
    if (share.policy) {
      RECOUP_ASSIGN_OR_RETURN(RegisteredPolicy named,
                              work_.Get<RegisteredPolicy>(share.party.value, share.policy->value));
      policies.push_back(std::move(named));
      return policies;
    }
    RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> plates, PlatesOf(share));
    for (const std::string& plate : plates) {
      RECOUP_ASSIGN_OR_RETURN(const std::vector<RegisteredPolicy> of_plate,
                              PoliciesInForce(work_, plate, *recovery_.accident_on));
      for (const RegisteredPolicy& policy : of_plate) {
        if (policy.insurer == share.party) policies.push_back(policy);
      }
    }
    return policies;
  }

  // A share stays with its vehicle; else it may be any that was flagged.
  absl::StatusOr<std::vector<std::string>> PlatesOf(const Debtor& share) {
    for (const LimitClaim& claim : recovery_.limit_claims) {
      if (!IsOf(claim, share)) continue;
      RECOUP_ASSIGN_OR_RETURN(const RegisteredPolicy bound,
                              work_.Get<RegisteredPolicy>(claim.party.value, claim.policy->value));
      return std::vector<std::string>{bound.plate};
    }
    return recovery_.plates;
  }

  // Empty: it is clear which policies pay for the share.
  std::string DoubtAbout(std::size_t index, const std::vector<RegisteredPolicy>& policies) const {
    if (policies.empty()) return "";
    const Debtor& share = recovery_.agreed_shares[index];
    for (const RegisteredPolicy& policy : policies) {
      if (policy.plate != policies.front().plate) {
        return absl::StrCat("须指明保单：", share.name, " 承保的涉案车辆不止一辆");
      }
    }
    for (std::size_t i = 0; i < recovery_.agreed_shares.size(); ++i) {
      const Debtor& other = recovery_.agreed_shares[i];
      const bool apart = share.policy && other.policy && share.policy != other.policy;
      if (i != index && other.party == share.party && !apart) {
        return absl::StrCat("须分别指明保单：", share.name, " 列有几份份额");
      }
    }
    return "";
  }

  // Of one kind the first policy pays.
  void Claim(const Debtor& share, const RegisteredPolicy& policy) {
    const bool known = std::any_of(
        recovery_.limit_claims.begin(), recovery_.limit_claims.end(),
        [&](const LimitClaim& claim) { return IsOf(claim, share) && claim.kind == policy.kind; });
    if (known) return;
    recovery_.limit_claims.push_back({.insurer = share.name,
                                      .kind = policy.kind,
                                      .party = policy.insurer,
                                      .policy = policy.id,
                                      .accident_on = *recovery_.accident_on,
                                      .loss = {},
                                      .fund_loss = {}});
  }

  absl::Status BindDebtors() {
    for (std::size_t i = 0; i < recovery_.debtors.size(); ++i) {
      Debtor& debtor = recovery_.debtors[i];
      if (debtor.policy) continue;
      const auto claim = std::find_if(recovery_.limit_claims.begin(), recovery_.limit_claims.end(),
                                      [&](const LimitClaim& one) { return IsOf(one, debtor); });
      if (claim == recovery_.limit_claims.end()) continue;
      debtor.policy = claim->policy;
      debtor.policy_kind = claim->kind;
      RECOUP_RETURN_IF_ERROR(BindDemandsTo(static_cast<std::int32_t>(i), debtor));
    }
    return absl::OkStatus();
  }

  absl::Status BindDemandsTo(std::int32_t index, const Debtor& debtor) {
    for (const domain::DemandId id : recovery_.demands) {
      RECOUP_ASSIGN_OR_RETURN(Demand demand, work_.Get<Demand>(recovery_.pool.value, id.value));
      if (demand.debtor_index != index || demand.state == domain::DemandState::kWithdrawn) continue;
      demand.policy = debtor.policy;
      demand.policy_kind = debtor.policy_kind;
      work_.Put(demand);
    }
    return absl::OkStatus();
  }

  UnitOfWork& work_;
  Recovery& recovery_;
};

struct AgreedInput {
  domain::ApportionmentInput input;  // Its policies are the recovery's limit claims.
  std::vector<std::size_t> others;   // Of each policy: how many other victims share it.
};

absl::StatusOr<AgreedInput> InputOfShares(UnitOfWork& work, const Recovery& recovery,
                                          bool keep_accepted) {
  AgreedInput out;
  out.input.pool = recovery.pool.value;
  out.input.accident_date = *recovery.accident_on;
  out.input.basis = domain::Basis::kNone;
  out.input.agreed_on = recovery.agreed_on;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Advance> advances, AdvancesOf(work, recovery));
  for (const domain::Advance& advance : advances) {
    out.input.advances.push_back({.id = advance.id.ToString(),
                                  .own_paid = {},
                                  .fund_paid = advance.amount,
                                  .bill_total = std::nullopt});
  }
  for (const Debtor& share : recovery.agreed_shares) {
    domain::AgreedShare agreed{share.name, share.kind, share.share_basis_points.value_or(0), {}};
    for (std::size_t i = 0; i < recovery.limit_claims.size(); ++i) {
      if (IsOf(recovery.limit_claims[i], share)) agreed.policies.push_back(i);
    }
    out.input.agreed_shares.push_back(std::move(agreed));
  }
  for (LimitClaim claim : recovery.limit_claims) {
    claim.loss = claim.fund_loss = domain::FundPaid(out.input);
    domain::InsurancePolicy policy;
    policy.insurer = claim.insurer;
    policy.kind = claim.kind;
    RECOUP_ASSIGN_OR_RETURN(LimitGroup group, GroupOf(work, LimitOfClaim(claim), nullptr));
    RECOUP_RETURN_IF_ERROR(
        AskOfLimit(work, recovery, claim, keep_accepted, group, policy).status());
    out.others.push_back(policy.other_victims.size());
    out.input.policies.push_back(std::move(policy));
  }
  return out;
}

// What each claim gets, and the debtors as the officer knows them.
absl::StatusOr<Owed> OwedByShares(UnitOfWork& work, const Recovery& recovery,
                                  const AgreedInput& agreed) {
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  Owed owed{domain::Apportion(agreed.input, *policy_data), {}, recovery.limit_claims};
  if (!owed.apportionment.ok()) return owed;
  for (std::size_t i = 0; i < owed.claims.size(); ++i) {
    owed.claims[i].loss = owed.claims[i].fund_loss = owed.apportionment->claimed[i];
  }
  for (domain::DebtorAmount& found : owed.apportionment->debtors) {
    Debtor debtor = recovery.agreed_shares[*found.agreed_share];
    if (found.policy) {
      debtor.policy = owed.claims[*found.policy].policy;
      debtor.policy_kind = owed.claims[*found.policy].kind;
    }
    found.policy = owed.insurers.size();
    owed.insurers.push_back(std::move(debtor));
  }
  return owed;
}

// What a limit keeps from being asked.
void TellWhatIsNotAsked(UnitOfWork& work, Recovery& recovery, const AgreedInput& agreed,
                        const Owed& owed) {
  for (std::size_t i = 0; i < owed.claims.size(); ++i) {
    const LimitClaim& claim = owed.claims[i];
    Money asked;
    for (const domain::DebtorAmount& debtor : owed.apportionment->debtors) {
      if (owed.insurers[*debtor.policy].policy == claim.policy) asked += debtor.amount;
    }
    if (asked >= claim.loss) continue;
    const domain::InsurancePolicy& policy = agreed.input.policies[i];
    std::string text = absl::StrCat(
        claim.insurer, "的", std::string(domain::ChineseName(claim.kind)), "限额余 ",
        (policy.limit.value_or(Money()) - policy.used).ToYuanGrouped(), " 元，应承担的 ",
        claim.loss.ToYuanGrouped(), " 元只主张 ", asked.ToYuanGrouped(), " 元");
    if (agreed.others[i] > 0) {
      absl::StrAppend(&text, "；同一限额在本次事故中另有 ", agreed.others[i],
                      " 名受害人，余额按损失比例分配");
    }
    AddTimeline(work, recovery, {domain::TimelineKind::kRecoveryRecomputed}, work.now(), text);
  }
}

}  // namespace

absl::Status BindShares(UnitOfWork& work, Recovery& recovery, Faults& faults) {
  return ShareBinder(work, recovery).Bind(faults);
}

absl::StatusOr<SharedClaim> ClaimOfShares(UnitOfWork& work, const Recovery& recovery) {
  RECOUP_ASSIGN_OR_RETURN(const AgreedInput agreed, InputOfShares(work, recovery, true));
  RECOUP_ASSIGN_OR_RETURN(Owed owed, OwedByShares(work, recovery, agreed));
  return SharedClaimOf(recovery, std::move(owed));
}

absl::Status FollowShares(UnitOfWork& work, Recovery& recovery, const DemandsRevision& revision) {
  RECOUP_ASSIGN_OR_RETURN(const AgreedInput agreed,
                          InputOfShares(work, recovery, revision.keep_accepted));
  RECOUP_ASSIGN_OR_RETURN(const Owed owed, OwedByShares(work, recovery, agreed));
  RECOUP_RETURN_IF_ERROR(owed.apportionment.status());
  TellWhatIsNotAsked(work, recovery, agreed, owed);
  RECOUP_RETURN_IF_ERROR(MoveDemands(work, recovery, owed, revision));
  if (owed.apportionment->total.is_zero()) {
    recovery.obstacle = "保险限额已用完，暂无可主张的金额；限额有余时自动拟追偿函";
  }
  return absl::OkStatus();
}

}  // namespace recoup::app
