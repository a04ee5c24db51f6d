// A flagged visit with a registered compulsory policy, from which the stories of splits start.
#ifndef RECOUP_TESTS_APP_SPLIT_STORY_H_
#define RECOUP_TESTS_APP_SPLIT_STORY_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hub/app/flag_admission.h"
#include "hub/app/policies.h"
#include "hub/app/report_settlement.h"
#include "hub/app/splits.h"
#include "hub/domain/records/receipts.h"
#include "tests/support/hub_world.h"

namespace recoup::app {

// A visit of somebody hit by a car whose insurers are parties of the hub: 8,000 A and 12,000 C.
class SplitStory : public ::testing::Test {
 protected:
  void SetUp() override {
    flag_ = RaiseFlag("V1");
    ctp_ = Register(domain::PolicyKind::kCtp, "CTP-1", "沪AD1234");
  }

  domain::Flag RaiseFlag(const std::string& visit, const std::string& plate = "沪A·D1234") {
    FlagAdmission command;
    command.pool = world_.pool;
    command.flag.visit_id = visit;
    command.flag.patient.name = "陈晓岚";
    command.flag.patient.id_number = "310115198503124525";
    command.flag.admitted_time = world_.clock().Now() - absl::Hours(48);
    command.flag.accident_on = world_.today() - 2;
    command.flag.plate = plate;
    command.flagged_time = world_.clock().Now();
    const auto answer = world_.Run(
        world_.hospital, [&](UnitOfWork& work) { return FlagAdmissionOf(command, work); });
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer->flag;
  }

  domain::RegisteredPolicy Register(domain::PolicyKind kind, const std::string& number,
                                    const std::string& plate) {
    RegisterPolicy command;
    command.policy.kind = kind;
    command.policy.policy_number = number;
    command.policy.plate = plate;
    command.policy.valid_from = world_.today() - 100;
    command.policy.valid_until = world_.today() + 100;
    if (kind == domain::PolicyKind::kCommercial) {
      command.policy.total_limit = domain::Money::Fen(100'000'000);
    }
    const auto policy = world_.Run(
        world_.insurer, [&](UnitOfWork& work) { return RegisterPolicyOf(command, work); });
    EXPECT_TRUE(policy.ok()) << policy.status();
    return policy->policy;
  }

  QuoteSplit Asked(const std::string& visit = "V1") {
    return {world_.pool, visit, domain::Money::Fen(2'000'000), domain::Money::Fen(1'200'000),
            domain::Money::Fen(800'000)};
  }
  absl::StatusOr<domain::SplitQuote> Quote(const QuoteSplit& command) {
    return world_.Run(world_.hospital,
                      [command](UnitOfWork& work) { return QuoteSplitOf(command, work); });
  }
  AnswerSplit Accepted(const domain::SplitQuote& quote, const domain::RegisteredPolicy& policy) {
    AnswerSplit command;
    command.pool = quote.pool;
    command.split = quote.id;
    command.insurer = policy.insurer;
    command.policy = policy.id;
    command.accept = true;
    if (policy.kind == domain::PolicyKind::kCommercial) command.share_basis_points = 7'000;
    return command;
  }
  absl::StatusOr<AnsweredSplit> Answer(const AnswerSplit& command) {
    return world_.Run(world_.insurer,
                      [command](UnitOfWork& work) { return AnswerSplitOf(command, work); });
  }
  absl::StatusOr<domain::SplitQuote> Settle(const domain::SplitQuote& quote,
                                            const std::string& settlement) {
    const SettleSplit command{quote.pool, quote.id, settlement};
    return world_.Run(world_.hospital,
                      [command](UnitOfWork& work) { return SettleSplitOf(command, work); });
  }
  absl::StatusOr<SettlementAnswer> Report(const std::string& visit, const std::string& settlement,
                                          std::int64_t fund_fen) {
    ReportSettlement command;
    command.pool = world_.pool;
    domain::Advance& advance = command.settlement;
    advance.visit_id = visit;
    advance.settlement_id = settlement;
    advance.patient = flag_.patient;
    advance.total = domain::Money::Fen(2'000'000);
    advance.amount = domain::Money::Fen(fund_fen);
    advance.self_paid = domain::Money::Fen(2'000'000 - fund_fen);
    advance.settled_time = world_.clock().Now();
    return world_.Run(world_.hospital,
                      [command](UnitOfWork& work) { return ReportSettlementOf(command, work); });
  }
  absl::StatusOr<SettlementAnswer> Reverse(const std::string& settlement) {
    ReverseSettlement command;
    command.pool = world_.pool;
    command.settlement_id = settlement;
    command.sender_message_id = "2305-" + settlement;
    return world_.Run(world_.hospital,
                      [command](UnitOfWork& work) { return ReverseSettlementOf(command, work); });
  }
  std::vector<domain::Break> OpenMismatches() {
    std::vector<domain::Break> open = world_.All<domain::Break>(world_.pool.value);
    std::erase_if(open, [](const domain::Break& one) {
      return one.kind != domain::BreakKind::kSplitMismatch ||
             one.state == domain::BreakState::kResolved;
    });
    return open;
  }

  testing::HubWorld world_;
  domain::Flag flag_;
  domain::RegisteredPolicy ctp_;
};

}  // namespace recoup::app

#endif  // RECOUP_TESTS_APP_SPLIT_STORY_H_
