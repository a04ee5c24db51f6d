// A pool's bank account day by day: statements come in, a run applies them, breaks stay open. What
// tests of the day close and of pass-ons start from.
#ifndef RECOUP_TESTS_APP_BANK_DAYS_H_
#define RECOUP_TESTS_APP_BANK_DAYS_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/import_statement.h"
#include "hub/app/reconcile.h"
#include "tests/app/payment_story.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {

class BankDaysTest : public ::testing::Test {
 protected:
  static constexpr char kPayer[] = "华安联合财产保险股份有限公司";

  // To the insurer, due in thirty days.
  domain::Demand Issue(const std::string& number, domain::Money amount) {
    const auto demand = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return IssueForTest(work, {.pool = world_.pool,
                                 .number = number,
                                 .debtor = kPayer,
                                 .debtor_party = world_.insurer.party,
                                 .lines = {amount},
                                 .due_on = world_.today() + 30,
                                 .case_number = ""});
    });
    EXPECT_TRUE(demand.ok()) << demand.status();
    return demand.value_or(domain::Demand());
  }
  // The statement of the world's present day; `bank_error` parts it from the one before.
  void Import(std::vector<domain::StatementEntry> entries,
              domain::Money bank_error = domain::Money()) {
    auto command = StatementOf(world_.pool, absl::StrCat(++statements_), balance_ + bank_error,
                               world_.today(), world_.today(), std::move(entries));
    balance_ = command.statement.closing;
    const auto answer = world_.Run(
        world_.fund, [&](app::UnitOfWork& work) { return app::ImportStatementOf(command, work); });
    ASSERT_TRUE(answer.ok()) << answer.status();
  }
  app::ReconcileAnswer Reconcile() {
    const auto answer = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::ReconcileOf({.pool = world_.pool, .verify = true}, work);
    });
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.value_or(app::ReconcileAnswer());
  }
  void NextDay(int days = 1) { world_.clock().Advance(absl::Hours(24 * days)); }
  std::vector<domain::Break> Open() {
    auto all = world_.All<domain::Break>(world_.pool.value);
    std::erase_if(
        all, [](const domain::Break& one) { return one.state == domain::BreakState::kResolved; });
    return all;
  }
  domain::StatementEntry EntryOf(const std::string& bank_reference) {
    for (const auto& entry : world_.All<domain::StatementEntry>(world_.pool.value)) {
      if (entry.bank_reference == bank_reference) return entry;
    }
    ADD_FAILURE() << "no entry " << bank_reference;
    return {};
  }

  HubWorld world_;
  domain::Money balance_ = Yuan(5);  // In the account before the books began.
  int statements_ = 0;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_APP_BANK_DAYS_H_
