#include "hub/domain/waterfall.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/status.h"
#include "hub/domain/cover.h"

namespace recoup::domain {
namespace {

constexpr char kWaterfallVersion[] = "1";

// Those who owe one share together: a party alone, or a joint group; drivers have been replaced by
// the employers that answer for them.
struct Unit {
  std::size_t lead;
  std::int64_t share = 0;
  std::vector<std::size_t> members;
  std::vector<std::size_t> covered;  // Parties whose commercial cover pays for this unit.
};

// Several vehicles (道交解释 18): by their limits while the loss is below the sum, else all limits.
// What one cover cannot take because it is used up goes to the others, again by their limits.
absl::StatusOr<std::vector<Money>> SplitOverCovers(Money loss, const std::vector<Cover>& covers) {
  Money available;
  for (const Cover& cover : covers) available += cover.available;
  Money left = std::min(loss, available);
  std::vector<Money> taken(covers.size());
  while (left.is_positive()) {
    std::vector<std::int64_t> weights;
    for (std::size_t i = 0; i < covers.size(); ++i) {
      weights.push_back(taken[i] < covers[i].available ? covers[i].limit.fen() : 0);
    }
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> parts, Split(left, weights));
    for (std::size_t i = 0; i < covers.size(); ++i) {
      const Money part = std::min(parts[i], covers[i].available - taken[i]);
      taken[i] += part;
      left -= part;
    }
  }
  return taken;
}

const std::string& PayerOf(const ApportionmentInput& input, const Cover& cover) {
  return cover.policy ? input.policies[*cover.policy].insurer : input.parties[cover.party].name;
}

// Who pays for missing cover and by its share owes one sum.
void MergeParties(std::vector<DebtorAmount>& debtors) {
  for (auto debtor = debtors.begin(); debtor != debtors.end(); ++debtor) {
    if (debtor->policy || !debtor->jointly_with.empty()) continue;
    const auto same = [&](const DebtorAmount& other) {
      return !other.policy && other.jointly_with.empty() && other.name == debtor->name;
    };
    for (auto other = std::find_if(std::next(debtor), debtors.end(), same); other != debtors.end();
         other = std::find_if(other, debtors.end(), same)) {
      debtor->amount += other->amount;
      debtor->share_basis_points.reset();  // Not from a share alone.
      other = debtors.erase(other);
    }
  }
}

std::vector<Unit> UnitsOf(const ApportionmentInput& input) {
  std::vector<Unit> units;
  for (std::size_t i = 0; i < input.parties.size(); ++i) {
    const std::size_t payer = input.parties[i].answered_for_by.value_or(i);
    const int group = input.parties[payer].joint_group;
    auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& known) {
      return known.lead == payer || (group != 0 && input.parties[known.lead].joint_group == group);
    });
    if (unit == units.end()) {
      units.push_back({.lead = payer, .share = 0, .members = {}, .covered = {}});
      unit = std::prev(units.end());
    }
    unit->share += input.parties[i].share_basis_points;
    unit->covered.push_back(i);
    if (std::find(unit->members.begin(), unit->members.end(), payer) == unit->members.end()) {
      unit->members.push_back(payer);
    }
  }
  return units;
}

// One unit pays its part: commercial cover first, then itself. `share` is what the part came from,
// if it came from a share.
absl::Status PayUnit(const ApportionmentInput& input, const Unit& unit, Money part,
                     std::optional<std::int64_t> share, Apportionment& result) {
  std::vector<DebtorAmount>& debtors = result.debtors;
  Explanation& explanation = result.explanation;
  for (std::size_t i = 0; i < input.policies.size() && part.is_positive(); ++i) {
    const InsurancePolicy& policy = input.policies[i];
    if (policy.kind != PolicyKind::kCommercial) continue;
    if (std::find(unit.covered.begin(), unit.covered.end(), policy.party) == unit.covered.end()) {
      continue;
    }
    result.claimed[i] += part;
    RECOUP_ASSIGN_OR_RETURN(const Money paid, PaidByCommercial(policy, part, explanation));
    if (paid.is_zero()) continue;
    debtors.push_back({.name = policy.insurer,
                       .kind = DebtorKind::kInsurer,
                       .amount = paid,
                       .policy = i,
                       .jointly_with = {},
                       .per_advance = {},
                       .share_basis_points = share});
    part -= paid;
  }
  if (part.is_zero()) return absl::OkStatus();
  DebtorAmount debtor{.name = input.parties[unit.lead].name,
                      .kind = input.parties[unit.lead].kind,
                      .amount = part,
                      .policy = std::nullopt,
                      .jointly_with = {},
                      .per_advance = {},
                      .share_basis_points = share};
  for (const std::size_t member : unit.members) {
    if (member != unit.lead) debtor.jointly_with.push_back(input.parties[member].name);
  }
  explanation.steps.push_back({.label = absl::StrCat("保险以外由责任人承担：", debtor.name),
                               .formula = "应承担部分 − 保险赔付",
                               .inputs = {AmountInput("保险赔付后余额", part)},
                               .rule_id = "waterfall.party",
                               .rule_version = kWaterfallVersion,
                               .source = "民法典第一千二百一十三条",
                               .result = part,
                               .result_text = {}});
  debtors.push_back(std::move(debtor));
  return absl::OkStatus();
}

}  // namespace

absl::Status RunWaterfall(const ApportionmentInput& input, const PolicyData& policy_data,
                          Money loss, RestRule rule, Apportionment& result) {
  std::vector<DebtorAmount>& debtors = result.debtors;
  Explanation& explanation = result.explanation;
  std::vector<Cover> covers;
  for (std::size_t i = 0; i < input.policies.size(); ++i) {
    if (input.policies[i].kind != PolicyKind::kCtp) continue;
    RECOUP_ASSIGN_OR_RETURN(Cover cover, CompulsoryCover(input, policy_data, i, loss, explanation));
    covers.push_back(cover);
    result.claimed[i] = loss;
  }
  for (std::size_t i = 0; i < input.parties.size(); ++i) {
    if (!input.parties[i].uninsured_used) continue;
    RECOUP_ASSIGN_OR_RETURN(Cover cover, UninsuredCover(input, policy_data, i, explanation));
    covers.push_back(cover);
  }
  Money rest = loss;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> taken, SplitOverCovers(loss, covers));
  for (std::size_t i = 0; i < covers.size(); ++i) {
    explanation.steps.push_back(
        {.label = absl::StrCat("交强险先行赔付，不计责任比例：", PayerOf(input, covers[i])),
         .formula =
             covers.size() == 1 ? "min(损失, 可用限额)" : "损失按各车限额比例，以可用限额为限",
         .inputs = {AmountInput("损失", loss), AmountInput("可用限额", covers[i].available)},
         .rule_id = covers.size() == 1 ? "ctp.first" : "ctp.several_vehicles",
         .rule_version = kWaterfallVersion,
         .source =
             covers.size() == 1 ? "民法典第一千二百一十三条" : "道路交通事故损害赔偿解释第十八条",
         .result = taken[i],
         .result_text = {}});
    if (taken[i].is_zero()) continue;
    const bool insured = covers[i].policy.has_value();
    debtors.push_back({.name = PayerOf(input, covers[i]),
                       .kind = insured ? DebtorKind::kInsurer : input.parties[covers[i].party].kind,
                       .amount = taken[i],
                       .policy = covers[i].policy,
                       .jointly_with = {},
                       .per_advance = {}});
    rest -= taken[i];
  }

  const std::vector<Unit> units = UnitsOf(input);
  std::vector<std::int64_t> shares;
  std::int64_t shares_total = 0;
  for (const Unit& unit : units) {
    shares.push_back(unit.share);
    shares_total += unit.share;
  }
  if (rest.is_zero() || shares_total == 0) return absl::OkStatus();
  const Ratio borne = rule == RestRule::kInFull ? Ratio{1, 1} : Ratio{shares_total, kBasisPoints};
  RECOUP_ASSIGN_OR_RETURN(const Money part, rest.Times(borne));
  explanation.steps.push_back(
      {.label = "交强险以外部分按责任比例承担",
       .formula = "(损失 − 交强险赔付) × 责任比例",
       .inputs = {AmountInput("交强险以外部分", rest), RatioInput("责任比例", borne)},
       .rule_id = "waterfall.fault_share",
       .rule_version = kWaterfallVersion,
       .source = "道路交通安全法第七十六条；民法典第一千一百七十三条",
       .result = part,
       .result_text = {}});
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> parts, Split(part, shares));
  for (std::size_t i = 0; i < units.size(); ++i) {
    const bool by_share = rule == RestRule::kByFaultShare;
    RECOUP_RETURN_IF_ERROR(PayUnit(input, units[i], parts[i],
                                   by_share ? std::optional(units[i].share) : std::nullopt,
                                   result));
  }
  MergeParties(debtors);
  return absl::OkStatus();
}

}  // namespace recoup::domain
