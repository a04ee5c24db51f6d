// The exported journal proves itself: hledger parses it, every transaction balances, and the
// balances at its end are those of the hub.
#include "hub/rpc/journal_export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "hub/app/import_statement.h"
#include "hub/app/pass_on.h"
#include "hub/app/reconcile.h"
#include "hub/app/self_check.h"
#include "hub/app/trial_balance.h"
#include "hub/ledger/plain_text.h"
#include "tests/app/payment_story.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {
namespace {

using domain::Money;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kPayer[] = "华安联合财产保险股份有限公司";

bool HasHledger() { return std::system("hledger --version >/dev/null 2>&1") == 0; }

std::string OutputOf(const std::string& command, int& exit_code) {
  std::string out;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    out.append(buffer, n);
  }
  exit_code = ::pclose(pipe);
  return out;
}

class JournalExportTest : public ::testing::Test {
 protected:
  // A day with money in every account but few: claimed, recovered, passed on, refunds to come.
  void Live() {
    const absl::CivilDay day = world_.today() - 1;
    const auto demand = [&](const std::string& number) {
      return *world_.Run(world_.fund, [&](app::UnitOfWork& work) {
        return IssueForTest(work, {.pool = world_.pool,
                                   .number = number,
                                   .debtor = kPayer,
                                   .debtor_party = world_.insurer.party,
                                   .lines = {Money::Fen(123456), Money::Fen(7)},
                                   .due_on = day + 30,
                                   .case_number = ""});
      });
    };
    const std::string first = demand("2001").reference;
    const std::string second = demand("2002").reference;
    demand("2003");
    const auto imported = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::ImportStatementOf(
          StatementOf(world_.pool, "1", Money(), day, day,
                      {Credit(day, Money::Fen(123463), "B1", kPayer, first),
                       Credit(day, Money::Fen(100), "B2", kPayer, second),
                       Credit(day, Money::Fen(1050), "B3", "不明单位", "往来")}),
          work);
    });
    ASSERT_TRUE(imported.ok()) << imported.status();
    Reconcile();
    world_.clock().Advance(absl::Hours(24));
    const auto passed = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::PassOnOf({world_.pool, {}, day + 1, "P1"}, work);
    });
    ASSERT_TRUE(passed.ok()) << passed.status();
  }
  void Reconcile() {
    const auto reconciled = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::ReconcileOf({.pool = world_.pool, .verify = true}, work);
    });
    ASSERT_TRUE(reconciled.ok()) << reconciled.status();
  }

  std::string Export(std::optional<absl::CivilDay> from = std::nullopt,
                     std::optional<absl::CivilDay> until = std::nullopt) {
    rpc::JournalExport journal(world_.pool, from, until);
    std::string text;
    while (!journal.done()) {
      world_.Read([&](app::RecordReader& reader) {
        const auto part = journal.Next(reader.view(), world_.clock().Now());
        ASSERT_TRUE(part.ok()) << part.status();
        text += *part;
      });
    }
    return text;
  }

  std::string Write(const std::string& text) {
    const std::string path =
        absl::StrCat(::testing::TempDir(), "/",
                     ::testing::UnitTest::GetInstance()->current_test_info()->name(), ".journal");
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  HubWorld world_;
};

TEST_F(JournalExportTest, NamesNobody) {
  Live();
  const std::string text = Export();
  EXPECT_THAT(text, Not(HasSubstr(kPayer)));
  EXPECT_THAT(text, Not(HasSubstr("不明单位")));
  EXPECT_THAT(text, HasSubstr("account tracking:310115-310:claimed"));
}

TEST_F(JournalExportTest, HledgerProvesTheTrialBalance) {
  if (!HasHledger()) GTEST_SKIP() << "hledger is not installed; scripts/install-dependencies does";
  Live();
  const std::string path = Write(Export());
  int code = -1;
  const std::string checked = OutputOf("hledger -f " + path + " check --strict", code);
  EXPECT_EQ(code, 0) << checked;
  const std::string balances =
      OutputOf("hledger -f " + path + " bal --flat --empty --no-total -O csv", code);
  ASSERT_EQ(code, 0) << balances;
  std::map<std::string, std::string> by_account;
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(balances, '\n'))) {
    const std::vector<std::string> cells = absl::StrSplit(line, "\",\"");
    if (cells.size() == 2) {
      by_account[cells[0].substr(1)] = cells[1].substr(0, cells[1].size() - 1);
    }
  }
  world_.Read([&](app::RecordReader& reader) {
    const auto trial = app::TrialBalanceOf(reader.view(), world_.pool, absl::InfiniteFuture());
    ASSERT_TRUE(trial.ok()) << trial.status();
    const auto stored = reader.view().BalancesOf(world_.pool.value);
    int with_money = 0;
    for (const auto& [account, turnover] : trial->accounts) {
      const Money balance = turnover.debits - turnover.credits;
      EXPECT_EQ(balance, ledger::SignedBalance(*stored, account));
      const std::string& told = by_account[ledger::AccountName(world_.pool.value, account)];
      EXPECT_EQ(told, balance.is_zero() ? "0" : absl::StrCat(balance.ToYuan(), " CNY"))
          << ledger::AccountName(world_.pool.value, account);
      if (!balance.is_zero()) ++with_money;
    }
    EXPECT_GE(with_money, 7);
  });
}

TEST_F(JournalExportTest, APartOfTheTimeStartsWithItsOpeningBalances) {
  if (!HasHledger()) GTEST_SKIP() << "hledger is not installed; scripts/install-dependencies does";
  Live();
  const absl::CivilDay second_day = world_.today();
  for (const auto& [from, until] :
       {std::pair(std::optional(second_day), std::optional<absl::CivilDay>()),
        std::pair(std::optional<absl::CivilDay>(), std::optional(second_day - 1)),
        std::pair(std::optional(second_day + 5), std::optional<absl::CivilDay>())}) {
    const std::string path = Write(Export(from, until));
    int code = -1;
    const std::string checked = OutputOf("hledger -f " + path + " check --strict", code);
    EXPECT_EQ(code, 0) << checked;
  }
}

TEST_F(JournalExportTest, AFalsifiedAmountIsNoticed) {
  if (!HasHledger()) GTEST_SKIP() << "hledger is not installed; scripts/install-dependencies does";
  Live();
  std::string text = Export();
  // Both sides of one transfer, so that the transaction still balances.
  const std::size_t at = text.find("  10.50 CNY\n");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 12, "  10.51 CNY\n");
  const std::size_t other = text.find("  -10.50 CNY\n", at);
  ASSERT_NE(other, std::string::npos);
  text.replace(other, 13, "  -10.51 CNY\n");
  int code = 0;
  OutputOf("hledger -f " + Write(text) + " check", code);
  EXPECT_NE(code, 0);
}

TEST_F(JournalExportTest, TheLedgerChecksItselfFromTheStore) {
  Live();
  world_.Read([&](app::RecordReader& reader) {
    EXPECT_TRUE(app::SelfCheck(reader.view()).ok());
    const auto quick = app::CheckLedgerQuickly(reader.view(), world_.pool.value);
    ASSERT_TRUE(quick.ok()) << quick.status();
    EXPECT_THAT(quick->violations, IsEmpty());
    const auto full = app::CheckLedgerFully(reader, world_.pool);
    ASSERT_TRUE(full.ok()) << full.status();
    EXPECT_THAT(full->violations, IsEmpty());
    EXPECT_EQ(full->advances, 6);
    EXPECT_EQ(full->demands, 3);
    EXPECT_GT(full->transfers, 15);
  });
}

}  // namespace
}  // namespace recoup::testing
