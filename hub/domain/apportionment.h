// Apportionment: how much of what a fund advanced must come back, and from whom.
//
// A is what the insured person paid, C what the fund paid, B the medical compensation that was
// judged. The basis of the judgment decides the rule:
//   GROSS         B contains the fund's part: D = B × C ÷ (A + C), owed by the injured person once
//                 B has been paid to them, else by those whom the judgment orders to pay, each at
//                 most its obligation. Where the obligations are less than B, the difference was
//                 paid before, and the injured person owes what of D exceeds the obligations.
//   NET           B contains only the person's own part: the fund claims C along the waterfall.
//   FUND_AWARDED  the amounts are as judged.
//   NONE          by agreement: agreed shares of C itself, an agreed quota of C along the
//                 waterfall, or else the liability shares.
// The waterfall (民法典 1213): compulsory motor cover first, without regard to fault, up to what is
// left of its medical limit; then each party's share of the rest, from its commercial cover up to
// what is left of that, then from the party itself.
//
// Amounts are rounded half up once, where a ratio is applied; every split is by largest remainder,
// so rows and columns sum to the fen. Pure and deterministic. Refusals name all faults of the
// input, with paths; a missing limit is Reason::kPolicyDataMissing.
#ifndef RECOUP_HUB_DOMAIN_APPORTIONMENT_H_
#define RECOUP_HUB_DOMAIN_APPORTIONMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/domain/enums.h"
#include "hub/domain/explanation.h"
#include "hub/domain/limit_division.h"
#include "hub/domain/money.h"
#include "hub/domain/policy_data.h"

namespace recoup::domain {

inline constexpr std::int64_t kBasisPoints = 10'000;

// One hospital settlement that the injury caused. Amounts the hospital bore are in neither part.
struct AdvanceShare {
  std::string id;
  Money own_paid;                   // A, personal account included.
  Money fund_paid;                  // C, of the funds that may recover.
  std::optional<Money> bill_total;  // Where known: A + C may not exceed it.
};

// Who answers for the injury, other than insurers.
struct LiableParty {
  std::string name;
  DebtorKind kind = DebtorKind::kPerson;  // COMPANY or PERSON.
  std::int64_t share_basis_points = 0;    // Of the damage; what is left is the person's own.
  // An employer answers for its driver (民法典 1191): index of the party that pays instead.
  std::optional<std::size_t> answered_for_by;
  // Parties of one non-zero group owe the sum of their shares jointly (民法典 1168, 1172).
  int joint_group = 0;
  bool no_fault = false;  // A motor vehicle that bears no fault: reduced compulsory limits.
  // Where it was obliged to buy compulsory cover and did not (道交解释 16), it pays like the
  // insurer: what was paid before of that medical limit, which is the one by law.
  std::optional<Money> uninsured_used{};
};

struct InsurancePolicy {
  std::string insurer;
  PolicyKind kind = PolicyKind::kCtp;
  std::size_t party = 0;       // Whose vehicle or liability it covers.
  std::optional<Money> limit;  // CTP: its medical limit; absent: by law, by date of the accident.
  // Already paid from that limit to others: other victims, and the injured person themselves, for
  // instance under the NET judgment. Not what was returned to the fund: that is a repayment.
  Money used;
  // The other victims of the accident who share what is left of the limit. Their losses are
  // measured as Apportionment::claimed would be for them.
  std::vector<LimitClaimant> other_victims;
  // This victim among them: `key` as theirs, and what stands of earlier demands on the policy. The
  // loss is computed.
  std::string victim_key;
  Money stands;
};

// Who must pay how much by the judgment. FUND_AWARDED: to the fund. GROSS: to the injured person,
// of the medical compensation.
struct JudgedObligation {
  std::string name;
  DebtorKind kind = DebtorKind::kInsurer;
  Money amount;
  std::optional<std::size_t> policy;
};

// What a debtor has already returned to the fund.
struct EarlierRepayment {
  std::string name;  // As in parties, policies, obligations or injured_person.
  Money amount;
};

// A debtor's share of C, agreed or acknowledged.
struct AgreedShare {
  std::string name;
  DebtorKind kind = DebtorKind::kPerson;
  std::int64_t basis_points = 0;
  // Where an insurer answers under known policies: in the order in which they pay.
  std::vector<std::size_t> policies;
};

struct ApportionmentInput {
  std::string pool;
  absl::CivilDay accident_date;
  Basis basis = Basis::kNone;
  std::vector<AdvanceShare> advances;
  std::vector<LiableParty> parties;
  std::vector<InsurancePolicy> policies;
  std::vector<JudgedObligation> obligations;
  std::vector<EarlierRepayment> repayments;
  // B. GROSS without it: the sum of the obligations, else what the waterfall yields on A + C.
  std::optional<Money> judged_medical;
  bool paid_to_injured_person = false;  // GROSS: B has reached the injured person.
  std::string injured_person;
  std::optional<std::int64_t> agreed_quota_basis_points;  // NONE only.
  std::vector<AgreedShare> agreed_shares;                 // NONE only; then there are no parties.
  std::string agreed_on{};                                // What the shares rest on.
};

struct DebtorAmount {
  std::string name;
  DebtorKind kind = DebtorKind::kPerson;
  Money amount;
  std::optional<std::size_t> policy;      // Index into the input's policies.
  std::vector<std::string> jointly_with;  // Others who owe the same amount.
  std::vector<Money> per_advance;         // In the order of the input's advances; sums to amount.
  // Of what compulsory cover leaves, or of C: where the amount comes from a share.
  std::optional<std::int64_t> share_basis_points{};
  std::optional<std::size_t> agreed_share{};  // Index into the input's agreed shares.
  bool operator==(const DebtorAmount&) const = default;
};

struct Apportionment {
  std::vector<DebtorAmount> debtors;  // None has an amount of zero.
  Money total;                        // Sum of the debtors' amounts; never more than C.
  // What this victim's loss claims of each policy of the input before its limit: the loss itself of
  // compulsory cover, the share of fault after it of commercial cover; of an agreed share the
  // share, and what compulsory cover leaves of it. Zero where the amounts are as judged.
  std::vector<Money> claimed;
  Explanation explanation;
};

absl::StatusOr<Apportionment> Apportion(const ApportionmentInput& input,
                                        const PolicyData& policy_data);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_APPORTIONMENT_H_
