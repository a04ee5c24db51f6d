#include "hub/app/draft_demands.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hub/app/timeline.h"
#include "hub/base/status.h"
#include "hub/domain/creditor_reference.h"

namespace recoup::app {
namespace {

using domain::Debtor;
using domain::Demand;
using domain::DemandState;
using domain::Money;
using domain::Recovery;

// Area and insurance type of the pool, then the random end of the demand's id: people can see whose
// it is, and it is unique without a counter that all demands would queue for.
absl::StatusOr<std::string> ReferenceOf(const Demand& demand) {
  const std::string id = demand.id.ToString();
  const std::string body = absl::StrCat(demand.pool.value.substr(0, 6), demand.pool.value.substr(7),
                                        absl::AsciiStrToUpper(id.substr(id.size() - 12)));
  RECOUP_ASSIGN_OR_RETURN(const domain::CreditorReference reference,
                          domain::CreditorReference::Make(body));
  return reference.text();
}

void SetDebtors(const domain::Apportionment& apportionment, const std::vector<Debtor>& insurers,
                Recovery& recovery) {
  const std::vector<Debtor> before = std::move(recovery.debtors);
  recovery.debtors.clear();
  for (const domain::DebtorAmount& amount : apportionment.debtors) {
    Debtor debtor;
    if (amount.policy) debtor = insurers[*amount.policy];
    debtor.kind = amount.kind;
    debtor.name = amount.name;
    debtor.amount = amount.amount;
    debtor.jointly_with = amount.jointly_with;
    debtor.share_basis_points = amount.share_basis_points;
    // A new computation does not undo what has interrupted the clock.
    for (const Debtor& known : before) {
      if (IsSameDebtor(known, debtor) || MayBeSameDebtor(known, debtor)) {
        debtor.interruptions = known.interruptions;
      }
    }
    recovery.debtors.push_back(std::move(debtor));
  }
}

}  // namespace

bool IsSameDebtor(const Debtor& a, const Debtor& b) {
  const bool apart = a.policy && b.policy && a.policy != b.policy;
  return a.name == b.name && a.policy_kind == b.policy_kind && !apart;
}

bool MayBeSameDebtor(const Debtor& a, const Debtor& b) {
  return a.name == b.name && (!a.policy_kind || !b.policy_kind);
}

domain::Explanation ExplanationFor(const domain::Explanation& whole, const Debtor& debtor,
                                   Money amount) {
  domain::Explanation explanation = whole;
  explanation.steps.push_back({.label = absl::StrCat("向", debtor.name, "主张"),
                               .formula = "该义务人应退金额",
                               .inputs = {domain::AmountInput("该义务人应退", amount)},
                               .rule_id = "demand.amount",
                               .rule_version = "1",
                               .source = "以上计算",
                               .result = amount,
                               .result_text = {}});
  return explanation;
}

absl::Status DraftDemand(UnitOfWork& work, Recovery& recovery, std::size_t debtor_index,
                         const std::vector<Money>& per_advance,
                         const std::optional<domain::DemandId>& supplements) {
  const Debtor& debtor = recovery.debtors[debtor_index];
  Demand demand;
  demand.id = work.NewId<domain::DemandId>();
  demand.pool = recovery.pool;
  demand.recovery = recovery.id;
  demand.debtor_index = static_cast<std::int32_t>(debtor_index);
  demand.debtor_kind = debtor.kind;
  demand.debtor_name = debtor.name;
  demand.debtor_party = debtor.party;
  demand.debtor_credit_code = debtor.credit_code;
  demand.policy = debtor.policy;
  demand.policy_kind = debtor.policy_kind;
  demand.case_number = recovery.case_number;
  demand.supplements = supplements;
  RECOUP_ASSIGN_OR_RETURN(demand.reference, ReferenceOf(demand));
  for (std::size_t i = 0; i < per_advance.size(); ++i) {
    if (per_advance[i].is_zero()) continue;
    domain::DemandLine line;
    line.advance = recovery.advances[i];
    line.amount = per_advance[i];
    demand.amount += line.amount;
    demand.lines.push_back(std::move(line));
  }
  demand.explanation = ExplanationFor(recovery.explanation, debtor, debtor.amount);
  if (supplements) {
    demand.explanation.steps.push_back(
        {.label = absl::StrCat("扣除此前已向", debtor.name, "主张的部分"),
         .formula = "该义务人应退 − 已追偿",
         .inputs = {domain::AmountInput("该义务人应退", debtor.amount),
                    domain::AmountInput("已追偿", debtor.amount - demand.amount)},
         .rule_id = "demand.supplement",
         .rule_version = "1",
         .source = "以上计算",
         .result = demand.amount,
         .result_text = {}});
  }
  recovery.demands.push_back(demand.id);
  AddTimeline(work, recovery, About(domain::TimelineKind::kDemandDrafted, demand, demand.amount),
              work.now(),
              absl::StrCat("拟向", debtor.name, supplements ? "补充追偿 " : "追偿 ",
                           demand.amount.ToYuanGrouped(), " 元，付款参考号 ", demand.reference));
  work.Put(demand);
  return absl::OkStatus();
}

absl::Status DraftDemands(UnitOfWork& work, Recovery& recovery,
                          const domain::Apportionment& apportionment,
                          const std::vector<Debtor>& insurers) {
  SetDebtors(apportionment, insurers, recovery);
  recovery.explanation = apportionment.explanation;
  recovery.obstacle.clear();
  for (std::size_t i = 0; i < recovery.debtors.size(); ++i) {
    RECOUP_RETURN_IF_ERROR(
        DraftDemand(work, recovery, i, apportionment.debtors[i].per_advance, std::nullopt));
  }
  return absl::OkStatus();
}

absl::Status WithdrawDrafts(UnitOfWork& work, const Recovery& recovery) {
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(Demand demand, work.Get<Demand>(recovery.pool.value, id.value));
    if (demand.state == DemandState::kDraft) {
      RECOUP_ASSIGN_OR_RETURN(demand.state,
                              domain::Next(demand.state, domain::DemandCommand::kWithdraw));
      work.Put(demand);
    }
  }
  return absl::OkStatus();
}

}  // namespace recoup::app
