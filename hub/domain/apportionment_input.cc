#include "hub/domain/apportionment_input.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::domain {
namespace {

std::string Path(const char* list, std::size_t index, const char* field) {
  return absl::StrCat(list, "[", index, "].", field);
}

bool CheckAmount(Money amount, std::string path, Faults& faults) {
  if (!amount.is_negative() && amount <= kInputAmountMax) return true;
  faults.Add(std::move(path), amount.is_negative() ? "is negative" : "is beyond 10 billion yuan");
  return false;
}

void CheckAdvances(const ApportionmentInput& input, Faults& faults) {
  if (input.advances.empty()) faults.Add("advances", "is empty");
  Money fund_paid;
  bool amounts_are_sound = true;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < input.advances.size(); ++i) {
    const AdvanceShare& advance = input.advances[i];
    if (!ids.insert(advance.id).second) faults.Add(Path("advances", i, "id"), "appears twice");
    const bool own = CheckAmount(advance.own_paid, Path("advances", i, "own_paid"), faults);
    const bool fund = CheckAmount(advance.fund_paid, Path("advances", i, "fund_paid"), faults);
    amounts_are_sound = amounts_are_sound && own && fund;
    if (!own || !fund) continue;
    fund_paid += advance.fund_paid;
    if (advance.bill_total && advance.own_paid + advance.fund_paid > *advance.bill_total) {
      faults.Add(Path("advances", i, "bill_total"),
                 "is less than what the person and the fund paid together");
    }
  }
  if (!amounts_are_sound || input.advances.empty()) return;
  if (fund_paid.is_zero()) faults.Add("advances", "the fund paid nothing: C = 0");
  if (!input.judged_medical) return;
  if (!CheckAmount(*input.judged_medical, "judged_medical", faults)) return;
  if (*input.judged_medical > OwnPaid(input) + fund_paid) {
    faults.Add("judged_medical", "exceeds what the person and the fund paid: B > A + C");
  }
}

void CheckParties(const ApportionmentInput& input, const PolicyData& policy_data, Faults& faults) {
  std::int64_t shares = 0;
  for (std::size_t i = 0; i < input.parties.size(); ++i) {
    const LiableParty& party = input.parties[i];
    if (party.name.empty()) faults.Add(Path("parties", i, "name"), "is required");
    if (party.kind != DebtorKind::kCompany && party.kind != DebtorKind::kPerson) {
      faults.Add(Path("parties", i, "kind"), "is neither COMPANY nor PERSON");
    }
    const std::int64_t share = party.share_basis_points;
    if (share < 0 || share > kBasisPoints) {
      faults.Add(Path("parties", i, "share_basis_points"), "is not between 0 and 10000");
    } else {
      shares += share;
    }
    if (party.no_fault) {
      const auto share_max = policy_data.Integer("traffic.no_fault_share_max_basis_points",
                                                 input.pool, input.accident_date);
      if (share_max.ok() && share > *share_max) {
        faults.Add(Path("parties", i, "share_basis_points"),
                   "exceeds what a vehicle without fault bears");
      }
    }
    if (!party.answered_for_by) continue;
    const std::size_t employer = *party.answered_for_by;
    if (employer >= input.parties.size() || employer == i) {
      faults.Add(Path("parties", i, "answered_for_by"), "is not another party of the list");
    } else if (input.parties[employer].answered_for_by) {
      faults.Add(Path("parties", i, "answered_for_by"), "is a party that is itself answered for");
    }
  }
  if (shares > kBasisPoints) faults.Add("parties", "the shares exceed the whole");
}

void CheckPolicies(const ApportionmentInput& input, Faults& faults) {
  for (std::size_t i = 0; i < input.policies.size(); ++i) {
    const InsurancePolicy& policy = input.policies[i];
    if (policy.insurer.empty()) faults.Add(Path("policies", i, "insurer"), "is required");
    if (input.agreed_shares.empty() && policy.party >= input.parties.size()) {
      faults.Add(Path("policies", i, "party"), "is no party of the list");
    }
    if (!IsKnown(policy.kind)) faults.Add(Path("policies", i, "kind"), "is not set");
    const bool used = CheckAmount(policy.used, Path("policies", i, "used"), faults);
    CheckAmount(policy.stands, Path("policies", i, "stands"), faults);
    for (const LimitClaimant& other : policy.other_victims) {
      CheckAmount(other.loss, Path("policies", i, "other_victims.loss"), faults);
      CheckAmount(other.stands, Path("policies", i, "other_victims.stands"), faults);
    }
    if (!policy.limit) {
      if (policy.kind == PolicyKind::kCommercial) {
        faults.Add(Path("policies", i, "limit"), "is required for a commercial policy");
      }
      continue;
    }
    if (CheckAmount(*policy.limit, Path("policies", i, "limit"), faults) && used &&
        policy.used > *policy.limit) {
      faults.Add(Path("policies", i, "used"), "exceeds the limit");
    }
  }
}

void CheckObligations(const ApportionmentInput& input, Faults& faults) {
  Money total;
  bool amounts_are_sound = true;
  for (std::size_t i = 0; i < input.obligations.size(); ++i) {
    const JudgedObligation& obligation = input.obligations[i];
    if (obligation.name.empty()) faults.Add(Path("obligations", i, "name"), "is required");
    if (obligation.policy && *obligation.policy >= input.policies.size()) {
      faults.Add(Path("obligations", i, "policy"), "is no policy of the list");
    }
    if (CheckAmount(obligation.amount, Path("obligations", i, "amount"), faults)) {
      total += obligation.amount;
    } else {
      amounts_are_sound = false;
    }
  }
  if (!amounts_are_sound) return;
  if (input.basis == Basis::kFundAwarded) {
    if (total.is_zero()) faults.Add("obligations", "FUND_AWARDED needs the amounts as judged");
    if (total > FundPaid(input)) faults.Add("obligations", "award more than the fund paid");
  }
  if (input.basis == Basis::kGross && input.judged_medical && !input.obligations.empty()) {
    if (total > *input.judged_medical) {
      faults.Add("obligations", "exceed the judged medical compensation");
    }
    if (total < *input.judged_medical && input.injured_person.empty()) {
      faults.Add("injured_person", "is required: what was paid before is refunded by the person");
    }
  }
  if (input.basis == Basis::kGross && !input.judged_medical && !input.obligations.empty() &&
      total > OwnPaid(input) + FundPaid(input)) {
    faults.Add("obligations", "exceed what the person and the fund paid: B > A + C");
  }
}

void CheckAgreedShares(const ApportionmentInput& input, Faults& faults) {
  std::int64_t shares = 0;
  for (std::size_t i = 0; i < input.agreed_shares.size(); ++i) {
    const AgreedShare& share = input.agreed_shares[i];
    if (share.name.empty()) faults.Add(Path("agreed_shares", i, "name"), "is required");
    if (share.basis_points < 0 || share.basis_points > kBasisPoints) {
      faults.Add(Path("agreed_shares", i, "basis_points"), "is not between 0 and 10000");
    } else {
      shares += share.basis_points;
    }
    for (const std::size_t policy : share.policies) {
      if (policy >= input.policies.size()) {
        faults.Add(Path("agreed_shares", i, "policies"), "is no policy of the list");
      }
    }
  }
  if (shares > kBasisPoints) faults.Add("agreed_shares", "the shares exceed the whole");
  if (!input.agreed_shares.empty() && input.basis != Basis::kNone) {
    faults.Add("agreed_shares", "are for the basis NONE only");
  }
}

void CheckBasis(const ApportionmentInput& input, Faults& faults) {
  if (!IsKnown(input.basis)) faults.Add("basis", "is not set");
  const bool nobody = input.parties.empty() && input.agreed_shares.empty();
  if ((input.basis == Basis::kNet || input.basis == Basis::kNone) && nobody) {
    faults.Add("parties", "is empty: nobody answers for the injury");
  }
  if (input.basis == Basis::kGross) {
    if (input.paid_to_injured_person && input.injured_person.empty()) {
      faults.Add("injured_person", "is required: the person was paid and must refund the fund");
    }
    if (nobody && input.obligations.empty() &&
        !(input.paid_to_injured_person && input.judged_medical)) {
      faults.Add("obligations", "is empty, and so is parties: nobody is ordered to pay");
    }
  }
  if (!input.agreed_quota_basis_points) return;
  const std::int64_t quota = *input.agreed_quota_basis_points;
  if (input.basis != Basis::kNone) {
    faults.Add("agreed_quota_basis_points", "is for the basis NONE only");
  }
  if (quota <= 0 || quota > kBasisPoints) {
    faults.Add("agreed_quota_basis_points", "is not between 1 and 10000");
  }
}

}  // namespace

absl::Status CheckApportionmentInput(const ApportionmentInput& input,
                                     const PolicyData& policy_data) {
  Faults faults;
  for (const auto& [name, rows] : {std::pair("advances", input.advances.size()),
                                   {"parties", input.parties.size()},
                                   {"policies", input.policies.size()},
                                   {"agreed_shares", input.agreed_shares.size()},
                                   {"obligations", input.obligations.size()},
                                   {"repayments", input.repayments.size()}}) {
    if (rows > kInputRowsMax) faults.Add(name, "has more than 400 rows");
  }
  if (!faults.empty()) return faults.ToStatus();
  CheckAdvances(input, faults);
  CheckParties(input, policy_data, faults);
  CheckPolicies(input, faults);
  CheckObligations(input, faults);
  CheckAgreedShares(input, faults);
  CheckBasis(input, faults);
  for (std::size_t i = 0; i < input.repayments.size(); ++i) {
    CheckAmount(input.repayments[i].amount, Path("repayments", i, "amount"), faults);
  }
  return faults.ToStatus();
}

Money OwnPaid(const ApportionmentInput& input) {
  Money sum;
  for (const AdvanceShare& advance : input.advances) sum += advance.own_paid;
  return sum;
}

Money FundPaid(const ApportionmentInput& input) {
  Money sum;
  for (const AdvanceShare& advance : input.advances) sum += advance.fund_paid;
  return sum;
}

}  // namespace recoup::domain
