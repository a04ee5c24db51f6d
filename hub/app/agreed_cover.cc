#include "hub/app/agreed_cover.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "hub/app/limit_group.h"
#include "hub/app/limit_use.h"
#include "hub/app/names.h"
#include "hub/app/policies.h"
#include "hub/app/refusal.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/plate.h"

namespace recoup::app {
namespace {

using domain::Debtor;
using domain::Money;
using domain::RegisteredPolicy;

}  // namespace

absl::Status AgreedCover::LearnPlates(const std::vector<domain::Advance>& advances) {
  for (const domain::Advance& advance : advances) {
    if (!advance.flag) continue;
    RECOUP_ASSIGN_OR_RETURN(const domain::Flag flag,
                            work_.Get<domain::Flag>(advance.pool.value, advance.flag->value));
    if (!flag.plate.empty()) plates_.insert(domain::NormalisePlate(flag.plate));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RegisteredPolicy>> AgreedCover::PoliciesOf(const Debtor& debtor) {
  std::vector<RegisteredPolicy> policies;
  if (debtor.party.empty()) return policies;
  if (debtor.policy) {
    RECOUP_ASSIGN_OR_RETURN(RegisteredPolicy named,
                            work_.Get<RegisteredPolicy>(debtor.party.value, debtor.policy->value));
    policies.push_back(std::move(named));
    return policies;
  }
  for (const std::string& plate : plates_) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RegisteredPolicy> of_plate,
                            PoliciesInForce(work_, plate, accident_on_));
    std::copy_if(of_plate.begin(), of_plate.end(), std::back_inserter(policies),
                 [&](const RegisteredPolicy& policy) { return policy.insurer == debtor.party; });
  }
  return policies;
}

// What neither others' payments nor what stands of other demands takes of the limit.
absl::StatusOr<Money> AgreedCover::LeftOf(const RegisteredPolicy& policy) {
  RECOUP_ASSIGN_OR_RETURN(
      const LimitGroup group,
      GroupOf(work_, {std::string(), policy.kind, policy.insurer, policy.id, accident_on_},
              nullptr));
  RECOUP_ASSIGN_OR_RETURN(const LimitUse use, UseOf(work_, group, recovery_.pool));
  Money left = use.left() - taken_[policy.id];
  for (const LimitMember& member : group.members) left -= member.stands;
  return std::max(left, Money());
}

absl::Status AgreedCover::Bind(Debtor& debtor, Money amount) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<RegisteredPolicy> policies, PoliciesOf(debtor));
  if (policies.empty()) return absl::OkStatus();
  const std::string& plate = policies.front().plate;
  if (std::any_of(policies.begin(), policies.end(),
                  [&](const RegisteredPolicy& policy) { return policy.plate != plate; })) {
    Faults faults;
    faults.Add("shares.debtor.policy",
               absl::StrCat("须指明保单：", debtor.name, " 承保的涉案车辆不止一辆"));
    return faults.ToStatus();
  }
  // Compulsory cover comes first: what goes beyond it the officer asks of the commercial one.
  const RegisteredPolicy& policy = policies.front();
  std::vector<Money> left;
  for (const RegisteredPolicy& one : policies) {
    RECOUP_ASSIGN_OR_RETURN(left.emplace_back(), LeftOf(one));
  }
  if (amount <= left.front()) {
    debtor.policy = policy.id;
    debtor.policy_kind = policy.kind;
    taken_[policy.id] += amount;
    recovery_.limit_claims.push_back({.insurer = debtor.name,
                                      .kind = policy.kind,
                                      .party = policy.insurer,
                                      .policy = policy.id,
                                      .accident_on = accident_on_,
                                      .loss = {},
                                      .fund_loss = {}});
    return absl::OkStatus();
  }
  std::string said = absl::StrCat(debtor.name, " 的份额为 ", amount.ToYuanGrouped(), " 元；");
  for (std::size_t i = 0; i < policies.size(); ++i) {
    absl::StrAppend(&said, PolicyName(policies[i].insurer, policies[i].id), "（",
                    std::string(domain::ChineseName(policies[i].kind)), "）剩余限额 ",
                    left[i].ToYuanGrouped(), " 元；");
  }
  return Refuse(Reason::kAmountExceedsLimit, "a policy has less left than its share", "AMOUNT",
                PolicyName(policy.insurer, policy.id),
                absl::StrCat(said, "请按剩余限额约定份额，或者按保单分别列出份额"));
}

}  // namespace recoup::app
