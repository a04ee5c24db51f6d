#include "hub/app/policies.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/breaks.h"
#include "hub/app/etag.h"
#include "hub/app/names.h"
#include "hub/app/share_limits.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/plate.h"
#include "hub/domain/records/demand.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Money;
using domain::PolicyUse;
using domain::RegisteredPolicy;

bool SaysTheSame(const RegisteredPolicy& a, const RegisteredPolicy& b) {
  return a.plate == b.plate && a.holder == b.holder && a.valid_from == b.valid_from &&
         a.valid_until == b.valid_until && a.medical_limit == b.medical_limit &&
         a.total_limit == b.total_limit;
}

bool SameAccident(const PolicyUse& a, const PolicyUse& b) {
  return a.accident_on == b.accident_on && a.accident == b.accident;
}

// Compulsory cover pays without regard to fault; commercial cover pays its share.
absl::Status CheckAcceptedShare(const RegisteredPolicy& policy, const PolicyUse& use) {
  const bool needs_share = use.liability_accepted && policy.kind == domain::PolicyKind::kCommercial;
  Faults faults;
  if (needs_share && use.liable_share_basis_points == 0) {
    faults.Add("usage.liable_share_bp", "missing: the accepted share");
  }
  if (!needs_share && use.liable_share_basis_points != 0) {
    faults.Add("usage.liable_share_bp", "only of a commercial policy that accepts liability");
  }
  return faults.ToStatus();
}

std::string FindingOfUse(const RegisteredPolicy& policy, const PolicyUse& use) {
  return absl::StrCat("policy-limit:", policy.id.ToString(), ":",
                      absl::FormatCivilTime(use.accident_on), ":", use.accident);
}

// A claim without figures keeps those that are known. Figures hold what the hub's demands had
// brought in by then; the same figure again holds no more than before.
absl::Status TakeFigures(UnitOfWork& work, const RegisteredPolicy& policy, const PolicyUse* known,
                         PolicyUse& use) {
  if (known != nullptr && use.claim_number.empty()) use.claim_number = known->claim_number;
  if (use.only_claim) {
    if (known == nullptr) return absl::OkStatus();
    use.liability_accepted = known->liability_accepted;
    use.liable_share_basis_points = known->liable_share_basis_points;
    use.only_claim = known->only_claim;
    use.medical = known->medical;
    use.total = known->total;
    use.counted = known->counted;
    use.stated_time = known->stated_time;
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(const HubFigures figures, HubFiguresOf(work, policy.id, use.accident_on));
  use.counted = figures.received;
  const bool again = known != nullptr && !known->only_claim && known->medical == use.medical &&
                     known->total == use.total;
  // Unless the limit cannot hold both.
  if (again && use.medical + figures.received - known->counted <= use.medical_limit) {
    use.counted = known->counted;
  }
  return absl::OkStatus();
}

absl::Status SetUse(UnitOfWork& work, RegisteredPolicy& policy, PolicyUse use) {
  if (use.accident_on < policy.valid_from || use.accident_on > policy.valid_until) {
    Faults faults;
    faults.Add("usage.accident_on", "outside the days this policy covers");
    return faults.ToStatus();
  }
  RECOUP_RETURN_IF_ERROR(CheckAcceptedShare(policy, use));
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* data, work.policy_data());
  RECOUP_RETURN_IF_ERROR(TakeLimits(policy, *data, use));
  if (use.medical > use.medical_limit || use.total > use.total_limit) {
    return MakeError(Reason::kAmountExceedsLimit,
                     absl::StrCat("the limits for this accident are ", use.medical_limit.ToYuan(),
                                  " yuan medical and ", use.total_limit.ToYuan(), " yuan in all"));
  }
  use.recorded_time = work.now();
  const auto known = std::find_if(policy.uses.begin(), policy.uses.end(),
                                  [&](const PolicyUse& one) { return SameAccident(one, use); });
  RECOUP_RETURN_IF_ERROR(
      TakeFigures(work, policy, known == policy.uses.end() ? nullptr : &*known, use));
  if (known == policy.uses.end()) {
    policy.uses.push_back(std::move(use));
  } else {
    *known = std::move(use);
  }
  return absl::OkStatus();
}

// What the insurer has paid on the hub's demands for the accident is used of the limit, whatever
// else is.
absl::Status CompareWithDemands(UnitOfWork& work, const RegisteredPolicy& policy,
                                const PolicyUse& use) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Demand> demands,
                          DemandsUnder(work, policy.id, use.accident_on));
  std::map<domain::PoolId, Money> paid;
  Money in_all;
  for (const Demand& demand : demands) {
    paid[demand.pool] += demand.applied();
    in_all += demand.applied();
  }
  for (const auto& [pool, amount] : paid) {
    domain::Break finding;
    finding.pool = pool;
    finding.kind = domain::BreakKind::kPolicyLimitMismatch;
    finding.finding = FindingOfUse(policy, use);
    if (in_all <= use.medical || amount.is_zero()) {
      RECOUP_RETURN_IF_ERROR(CloseBreak(work, pool, finding.finding, "申报金额已与到账相符"));
      continue;
    }
    finding.amount = in_all - use.medical;
    finding.explanation =
        absl::StrCat("保险公司申报该事故医疗限额已用 ", use.medical.ToYuanGrouped(),
                     " 元，而本系统显示其已支付 ", in_all.ToYuanGrouped(), " 元");
    finding.suggestion = "请保险公司核对限额使用情况";
    RECOUP_RETURN_IF_ERROR(OpenBreak(work, std::move(finding)));
  }
  return absl::OkStatus();
}

absl::StatusOr<PolicyAnswer> AnswerOf(UnitOfWork& work, RegisteredPolicy policy,
                                      const std::vector<domain::Break>& breaks) {
  PolicyAnswer answer;
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* data, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(answer.policy,
                          WithUnstatedUses(work, std::move(policy), *data, work.now()));
  RECOUP_ASSIGN_OR_RETURN(answer.figures, FiguresOf(work, answer.policy, work.now()));
  for (const domain::Break& finding : breaks) {
    answer.breaks.push_back(NameOf(finding.pool, finding.id));
  }
  return answer;
}

}  // namespace

absl::StatusOr<std::vector<RegisteredPolicy>> PoliciesInForce(UnitOfWork& work,
                                                              const std::string& plate,
                                                              absl::CivilDay on) {
  if (plate.empty()) return std::vector<RegisteredPolicy>();
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<RegisteredPolicy> policies,
      work.FindAllBy<RegisteredPolicy>(domain::LookupKind::kPolicyOfPlate,
                                       domain::Key({domain::NormalisePlate(plate)})));
  std::erase_if(policies, [on](const RegisteredPolicy& policy) {
    return on < policy.valid_from || on > policy.valid_until;
  });
  std::stable_sort(policies.begin(), policies.end(),
                   [](const RegisteredPolicy& a, const RegisteredPolicy& b) {
                     return static_cast<int>(a.kind) < static_cast<int>(b.kind);
                   });
  return policies;
}

absl::StatusOr<std::string> InsurerName(UnitOfWork& work, const domain::PartyId& insurer) {
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Party> record,
                          work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                     domain::Key({insurer.value})));
  return record ? record->display_name : insurer.value;
}

absl::StatusOr<StatedRoom> StatedRoomOf(UnitOfWork& work, const RegisteredPolicy& policy,
                                        absl::CivilDay accident_on) {
  PolicyUse unused;
  unused.accident_on = accident_on;
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* data, work.policy_data());
  RECOUP_RETURN_IF_ERROR(TakeLimits(policy, *data, unused));
  RECOUP_ASSIGN_OR_RETURN(const HubFigures figures, HubFiguresOf(work, policy.id, accident_on));
  const auto left = [&](const PolicyUse& use) {
    const Money unclaimed =
        std::min(MedicalLeft(use, figures), TotalLeft(use, figures)) - figures.demanded;
    return std::max(unclaimed, Money());
  };
  StatedRoom room{left(unused)};
  bool stated = false;
  for (const PolicyUse& use : policy.uses) {
    if (use.accident_on != accident_on || use.only_claim) continue;
    const Money of_use = left(use);
    if (stated && of_use >= room.medical) continue;
    stated = true;
    room = {of_use, use.recorded_time};
  }
  return room;
}

absl::StatusOr<PolicyAnswer> RegisterPolicyOf(const RegisterPolicy& command, UnitOfWork& work) {
  RegisteredPolicy policy = command.policy;
  policy.insurer = work.caller().party;
  policy.uses.clear();
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<RegisteredPolicy> known,
      work.FindBy<RegisteredPolicy>(
          domain::UniqueKeyKind::kPolicyOfNumber,
          domain::Key({policy.insurer.value, policy.policy_number, ToString(policy.kind)})));
  if (known) {
    if (SaysTheSame(*known, policy)) return AnswerOf(work, *known, {});
    return MakeError(Reason::kAlreadyExistsWithOtherContent,
                     "this policy number is registered with other content");
  }
  policy.id = work.NewId<domain::PolicyId>();
  policy.recorded_time = work.now();
  for (const PolicyUse& use : command.policy.uses)
    RECOUP_RETURN_IF_ERROR(SetUse(work, policy, use));
  work.Put(policy);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Break> breaks,
                          ShareLimitsOfPolicy(work, policy, kUseStated));
  return AnswerOf(work, policy, breaks);
}

absl::StatusOr<PolicyAnswer> UpdatePolicyUsageOf(const UpdatePolicyUsage& command,
                                                 UnitOfWork& work) {
  if (command.insurer != work.caller().party) return NotFound("no such policy");
  RECOUP_ASSIGN_OR_RETURN(RegisteredPolicy policy,
                          work.Get<RegisteredPolicy>(command.insurer.value, command.policy.value));
  RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, policy.version));
  RECOUP_RETURN_IF_ERROR(SetUse(work, policy, command.use));
  work.Put(policy);
  RECOUP_ASSIGN_OR_RETURN(std::vector<domain::Break> breaks,
                          ShareLimitsOfPolicy(work, policy, kUseStated));
  if (!command.use.only_claim) {
    RECOUP_RETURN_IF_ERROR(CompareWithDemands(work, policy, command.use));
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Demand> demands,
                            DemandsUnder(work, policy.id, command.use.accident_on));
    std::set<domain::PoolId> pools;
    for (const Demand& demand : demands) pools.insert(demand.pool);
    for (const domain::PoolId& pool : pools) {
      RECOUP_ASSIGN_OR_RETURN(
          const std::optional<domain::Break> finding,
          work.FindBy<domain::Break>(domain::UniqueKeyKind::kBreakOfFinding,
                                     domain::Key({pool.value, FindingOfUse(policy, command.use)})));
      if (finding && finding->state != domain::BreakState::kResolved) breaks.push_back(*finding);
    }
  }
  return AnswerOf(work, policy, breaks);
}

}  // namespace recoup::app
