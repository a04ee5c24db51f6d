#include "tests/app/limit_story.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/app/demand_answers.h"
#include "hub/app/demands.h"
#include "hub/app/flag_admission.h"
#include "hub/app/reconcile.h"
#include "tests/app/payment_story.h"

namespace recoup::testing {

using domain::Demand;
using domain::Money;

void LimitStory::Admit(const Victim& victim, const char* plate) {
  app::ReportSettlement command = PudongSettlement(*this);
  command.settlement.visit_id = absl::StrCat("V-", ++visits_);
  command.settlement.settlement_id = absl::StrCat("S-", visits_);
  command.settlement.patient.name = victim.name;
  command.settlement.patient.id_number = victim.id_number;
  command.settlement.amount = victim.fund;
  command.settlement.self_paid = victim.own;
  command.settlement.total = victim.fund + victim.own;
  if (*plate != '\0') {
    app::FlagAdmission flag;
    flag.pool = pool;
    flag.flag.visit_id = command.settlement.visit_id;
    flag.flag.patient = command.settlement.patient;
    flag.flag.plate = plate;
    flag.flag.admitted_time = absl::FromCivil(kAccident, ChinaTimeZone());
    const auto flagged =
        Run(hospital, [&](app::UnitOfWork& work) { return app::FlagAdmissionOf(flag, work); });
    ASSERT_TRUE(flagged.ok()) << flagged.status();
  }
  const auto reported = Report(*this, command);
  ASSERT_TRUE(reported.ok()) << reported.status();
}

domain::CourtCase LimitStory::CaseOf(const Victim& victim) const {
  domain::CourtCase court_case = PudongCase();
  court_case.case_number = victim.case_number;
  court_case.injured[0].name = victim.name;
  court_case.injured[0].id_number = victim.id_number;
  court_case.fund_paid = victim.fund;
  court_case.self_paid = victim.own;
  court_case.policies[0].medical_remaining.reset();
  if (victim.ordered.is_positive()) {
    court_case.obligations = {{kInsurerName, domain::DebtorKind::kInsurer, victim.name,
                               victim.ordered, victim.ordered, domain::PolicyKind::kCtp}};
  }
  return court_case;
}

void LimitStory::Judge(domain::CourtCase court_case) {
  const auto pushed =
      Push(*this, Signed(*this, std::move(court_case), absl::StrCat("e", ++pushes_)), true);
  ASSERT_TRUE(pushed.ok()) << pushed.status();
  ASSERT_EQ(pushed->court_case.state, domain::CourtCaseState::kNotified);
  pushed_.push_back(pushed->court_case);
}

absl::StatusOr<app::RecoveryView> LimitStory::TryAgree(const Victim& victim,
                                                       const Agreement& agreement) {
  app::OpenRecovery command;
  command.pool = pool;
  for (const domain::Advance& advance : All<domain::Advance>(pool.value)) {
    if (advance.patient.name == victim.name) command.advances.push_back(advance.id);
  }
  command.accident_on = agreement.accident_on;
  domain::Debtor debtor;
  debtor.kind = domain::DebtorKind::kInsurer;
  debtor.name = kInsurerName;
  if (agreement.names_policy) {
    debtor.party = insurer.party;
    debtor.policy = policy_.id;
  }
  command.shares = {{debtor, agreement.basis_points}};
  if (agreement.of_taxi > 0) {
    domain::Debtor taxi;
    taxi.kind = domain::DebtorKind::kCompany;
    taxi.name = kTaxiCompany;
    command.shares.push_back({taxi, agreement.of_taxi});
  }
  command.reason = "书面认可";
  return Run(fund, [&](app::UnitOfWork& work) { return app::OpenRecoveryOf(command, work); });
}

void LimitStory::Agree(const Victim& victim, const Agreement& agreement) {
  const auto opened = TryAgree(victim, agreement);
  ASSERT_TRUE(opened.ok()) << opened.status();
}

void LimitStory::TakeBack(const Victim& victim) {
  // What is open may be drafted anew as a whole before the last is taken back.
  for (std::vector<Demand> demands = DemandsTo(victim); !demands.empty();
       demands = DemandsTo(victim)) {
    const app::WithdrawDemand command{pool, demands.front().id, "", "发函有误"};
    const auto withdrawn =
        Run(fund, [&](app::UnitOfWork& work) { return app::WithdrawDemandOf(command, work); });
    ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  }
}

void LimitStory::Withdraw(const Victim& victim) {
  const auto it = std::find_if(pushed_.begin(), pushed_.end(), [&](const auto& one) {
    return one.case_number == victim.case_number;
  });
  ASSERT_NE(it, pushed_.end());
  const app::ChangeCourtCase withdraw{court.party, it->id, "推送有误"};
  const auto withdrawn =
      Run(court, [&](app::UnitOfWork& work) { return app::WithdrawCourtCaseOf(withdraw, work); });
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  pushed_.erase(it);
}

void LimitStory::Amend(domain::CourtCase court_case) {
  const auto it = std::find_if(pushed_.begin(), pushed_.end(), [&](const auto& one) {
    return one.case_number == court_case.case_number;
  });
  ASSERT_NE(it, pushed_.end());
  app::AmendCourtCase amend{court.party, it->id, {}, "更正"};
  amend.court_case = Signed(*this, std::move(court_case), absl::StrCat("e", ++pushes_));
  const auto amended =
      Run(court, [&](app::UnitOfWork& work) { return app::AmendCourtCaseOf(amend, work); });
  ASSERT_TRUE(amended.ok()) << amended.status();
  *it = amended->court_case;
}

void LimitStory::RegisterPolicy(const char* plate, const char* number) {
  app::RegisterPolicy command;
  command.policy.policy_number = number;
  command.policy.kind = domain::PolicyKind::kCtp;
  command.policy.plate = plate;
  command.policy.holder = kTaxiCompany;
  command.policy.valid_from = absl::CivilDay(2025, 1, 1);
  command.policy.valid_until = absl::CivilDay(2025, 12, 31);
  const auto registered =
      Run(insurer, [&](app::UnitOfWork& work) { return app::RegisterPolicyOf(command, work); });
  ASSERT_TRUE(registered.ok()) << registered.status();
  policy_ = registered->policy;
}

void LimitStory::RegisterCommercial(Money limit) {
  app::RegisterPolicy command;
  command.policy.policy_number = "PDAA2025";
  command.policy.kind = domain::PolicyKind::kCommercial;
  command.policy.plate = kPlate;
  command.policy.holder = kTaxiCompany;
  command.policy.valid_from = absl::CivilDay(2025, 1, 1);
  command.policy.valid_until = absl::CivilDay(2025, 12, 31);
  command.policy.total_limit = limit;
  const auto registered =
      Run(insurer, [&](app::UnitOfWork& work) { return app::RegisterPolicyOf(command, work); });
  ASSERT_TRUE(registered.ok()) << registered.status();
}

app::PolicyAnswer LimitStory::TellPolicy(domain::PolicyUse use) {
  app::UpdatePolicyUsage update;
  update.insurer = insurer.party;
  update.policy = policy_.id;
  update.use = std::move(use);
  const auto answer =
      Run(insurer, [&](app::UnitOfWork& work) { return app::UpdatePolicyUsageOf(update, work); });
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.ok() ? *answer : app::PolicyAnswer();
}

app::PolicyAnswer LimitStory::State(Money used) {
  domain::PolicyUse use;
  use.accident_on = kAccident;
  use.medical = used;
  use.total = used;
  return TellPolicy(use);
}

app::PolicyAnswer LimitStory::Claim(const std::string& number) {
  domain::PolicyUse use;
  use.accident_on = kAccident;
  use.only_claim = true;
  use.claim_number = number;
  return TellPolicy(use);
}

void LimitStory::Issue(const Victim& victim) {
  for (const Demand& demand : DemandsTo(victim)) {
    if (demand.is_issued()) continue;
    app::IssueDemand command;
    command.pool = pool;
    command.demand = demand.id;
    const auto issued =
        Run(fund, [&](app::UnitOfWork& work) { return app::IssueDemandOf(command, work); });
    ASSERT_TRUE(issued.ok()) << issued.status();
  }
}

void LimitStory::Accept(const Victim& victim, Money amount) {
  for (const Demand& demand : DemandsTo(victim)) {
    const Money undecided = demand.Sum(domain::Stage::kClaimed);
    const Money part = std::min(amount, undecided);
    if (!demand.is_issued() || !part.is_positive()) continue;
    const auto accepted = Run(insurer, [&](app::UnitOfWork& work) {
      return app::AcceptDemandOf({.pool = pool,
                                  .demand = demand.id,
                                  .etag = "",
                                  .happened = work.now(),
                                  .amount = part,
                                  .text = "其余部分待核"},
                                 work);
    });
    ASSERT_TRUE(accepted.ok()) << accepted.status();
    amount -= part;
  }
}

void LimitStory::Pay(const Victim& victim, Money amount) {
  for (const Demand& demand : DemandsTo(victim)) {
    const Money part = std::min(amount, demand.open());
    if (!demand.is_issued() || !part.is_positive()) continue;
    const absl::CivilDay day = today();
    const auto statement = StatementOf(
        pool, absl::StrCat(++statements_), balance_, day, day,
        {Credit(day, part, absl::StrCat("B", statements_), kInsurerName, demand.reference)});
    balance_ = statement.statement.closing;
    const auto imported =
        Run(fund, [&](app::UnitOfWork& work) { return app::ImportStatementOf(statement, work); });
    ASSERT_TRUE(imported.ok()) << imported.status();
    const auto reconciled = Run(fund, [&](app::UnitOfWork& work) {
      return app::ReconcileOf({.pool = pool, .verify = true}, work);
    });
    ASSERT_TRUE(reconciled.ok()) << reconciled.status();
    ASSERT_EQ(reconciled->applied, part);
    amount -= part;
  }
}

domain::Recovery LimitStory::RecoveryOf(const Victim& victim) {
  for (domain::Recovery& recovery : All<domain::Recovery>(pool.value)) {
    if (recovery.injured.name == victim.name) return std::move(recovery);
  }
  return {};
}

std::vector<Demand> LimitStory::DemandsTo(const Victim& victim) {
  const domain::Recovery recovery = RecoveryOf(victim);
  std::vector<Demand> demands;
  for (const domain::DemandId id : recovery.demands) {
    Demand demand = Get<Demand>(pool.value, id.value);
    if (demand.state == domain::DemandState::kWithdrawn || demand.debtor_name != kInsurerName) {
      continue;
    }
    demands.push_back(std::move(demand));
  }
  return demands;
}

Asked LimitStory::AskedFor(const Victim& victim) {
  Asked asked;
  for (const Demand& demand : DemandsTo(victim)) {
    if (!demand.is_issued()) {
      asked.draft += demand.amount;
      continue;
    }
    asked.issued += demand.amount - demand.relinquished();
    asked.paid += demand.applied();
    asked.accepted += demand.applied() + demand.Sum(domain::Stage::kAgreed);
  }
  return asked;
}

Money LimitStory::AskedOfTaxi(const Victim& victim) {
  const domain::Recovery recovery = RecoveryOf(victim);
  Money sum;
  for (const domain::DemandId id : recovery.demands) {
    const Demand demand = Get<Demand>(pool.value, id.value);
    if (demand.state != domain::DemandState::kWithdrawn && demand.debtor_name == kTaxiCompany) {
      sum += demand.amount;
    }
  }
  return sum;
}

std::vector<std::string> LimitStory::OpenBreaks() {
  std::vector<std::string> open;
  for (const domain::Break& finding : All<domain::Break>(pool.value)) {
    if (finding.state == domain::BreakState::kResolved) continue;
    open.push_back(absl::StrCat(std::string(ToString(finding.kind)), " ", finding.amount.ToYuan()));
  }
  return open;
}

std::string LimitStory::TimelineOf(const Victim& victim) {
  std::string text;
  for (const domain::TimelineEntry& entry : RecoveryOf(victim).timeline) {
    absl::StrAppend(&text, entry.text, "\n");
  }
  return text;
}

void ExpectTheSameInEveryOrder(const std::function<void(LimitStory&, const Victim&)>& join,
                               const std::function<void(LimitStory&)>& also) {
  const std::vector<Victim> victims = {FirstVictim("900", "31000.01"),
                                       SecondVictim("0", "31000.01"), ThirdVictim("0", "7200.50")};
  std::vector<std::size_t> order = {0, 1, 2, 3};  // 3: the policy.
  std::vector<domain::Money> expected;
  do {
    LimitStory story;
    for (const Victim& victim : victims) story.Admit(victim);
    for (const std::size_t i : order) {
      if (i == 3) {
        story.RegisterPolicy();
        story.State(Yuan("1234.56"));
      } else {
        join(story, victims[i]);
      }
    }
    std::vector<domain::Money> parts;
    domain::Money sum;
    for (const Victim& victim : victims) {
      parts.push_back(story.AskedFor(victim).draft);
      sum += parts.back();
    }
    EXPECT_EQ(sum, Yuan("16765.44"));
    also(story);
    if (expected.empty()) expected = parts;
    EXPECT_EQ(parts, expected);
  } while (std::next_permutation(order.begin(), order.end()));
}

Victim FirstVictim(const char* own, const char* fund) {
  return {kPatientName, kPatientNumber, "(2025)沪0115民初80001号", Yuan(own), Yuan(fund), {}};
}
Victim SecondVictim(const char* own, const char* fund) {
  return {"骆闻笛", "310115197907150037", "(2025)沪0115民初80002号", Yuan(own), Yuan(fund), {}};
}
Victim ThirdVictim(const char* own, const char* fund) {
  return {"郁小满", "310115198809230046", "(2025)沪0115民初80003号", Yuan(own), Yuan(fund), {}};
}

}  // namespace recoup::testing
