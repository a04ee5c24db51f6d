// Three programs for plain text accounting must compute from the export what the hub says it holds,
// after a random history of twenty thousand commands. Each is skipped, visibly, where it is
// missing; with RECOUP_REQUIRE_ORACLES (scripts/test, which installs them, builds with it) a
// missing one fails.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/simulation/simulation.h"

namespace recoup::testing {
namespace {

using ledger::Dialect;
using Amounts = std::map<std::string, std::string>;  // By account; zero ones left out.

Simulation& History() {
  static Simulation* const simulation = [] {
    const std::uint64_t seed = FromEnvironment("RECOUP_SIMULATION_SEED", 20'261'122);
    std::cout << "seed " << seed << "\n";
    auto* made = new Simulation(seed);
    made->Run(20'000);
    return made;
  }();
  return *simulation;
}

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

bool Has(const std::string& program) {
  return std::system((program + " --version >/dev/null 2>&1").c_str()) == 0;
}

// Ends the test where the program is missing.
#define RECOUP_NEED(program, package)                                                      \
  if (!Has(program)) {                                                                     \
    if (std::getenv("RECOUP_REQUIRE_ORACLES") != nullptr) FAIL() << package " is missing"; \
    GTEST_SKIP() << package " is not installed";                                           \
  }

std::string Write(Dialect dialect, const std::string& name) {
  const std::string path = ::testing::TempDir() + "/oracle-" + name;
  std::ofstream(path, std::ios::binary) << History().Export(dialect);
  return path;
}

Amounts Held(Dialect dialect) {
  Amounts held;
  for (const auto& [account, turnover] : History().Balances().accounts) {
    const Money balance = turnover.debits - turnover.credits;
    if (balance.is_zero()) continue;
    held[ledger::AccountName(History().pool().value, account, dialect)] = balance.ToYuan();
  }
  return held;
}

// "account<separator>amount CNY", one a line, in any quoting.
Amounts Computed(const std::string& output, char separator) {
  Amounts computed;
  for (std::string line : std::vector<std::string>(absl::StrSplit(output, '\n'))) {
    std::erase(line, '"');
    const std::vector<std::string> cells = absl::StrSplit(line, separator);
    if (cells.size() < 2 || !absl::StrContains(cells[0], ":")) continue;
    std::string amount(absl::StripAsciiWhitespace(cells[1]));
    amount = std::string(absl::StripAsciiWhitespace(absl::StripSuffix(amount, "CNY")));
    if (amount.empty() || amount == "0" || amount == "0.00") continue;
    computed[std::string(absl::StripAsciiWhitespace(cells[0]))] = amount;
  }
  return computed;
}

TEST(OraclesTest, HledgerComputesTheTrialBalance) {
  RECOUP_NEED("hledger", "hledger");
  const std::string path = Write(Dialect::kHledger, "hledger.journal");
  int code = -1;
  const std::string checked = OutputOf("hledger -f " + path + " check --strict", code);
  EXPECT_EQ(code, 0) << checked.substr(0, 2000);
  const std::string out = OutputOf("hledger -f " + path + " bal --flat --no-total -O csv", code);
  ASSERT_EQ(code, 0) << out.substr(0, 2000);
  EXPECT_EQ(Computed(out, ','), Held(Dialect::kHledger));
  EXPECT_GE(Held(Dialect::kHledger).size(), 8u) << "a history that moves nothing proves nothing";
}

TEST(OraclesTest, LedgerComputesTheTrialBalance) {
  RECOUP_NEED("ledger", "ledger");
  const std::string path = Write(Dialect::kLedger, "ledger.journal");
  int code = -1;
  const std::string out = OutputOf("ledger -f " + path +
                                       " bal --flat --no-total --balance-format "
                                       "'%(account)|%(display_total)\\n'",
                                   code);
  ASSERT_EQ(code, 0) << out.substr(0, 2000);
  EXPECT_EQ(Computed(out, '|'), Held(Dialect::kLedger));
}

TEST(OraclesTest, BeancountComputesTheTrialBalance) {
  RECOUP_NEED("bean-check", "beancount");
  const std::string path = Write(Dialect::kBeancount, "books.beancount");
  int code = -1;
  const std::string checked = OutputOf("bean-check " + path, code);
  EXPECT_EQ(code, 0) << checked.substr(0, 2000);
  const std::string out = OutputOf(
      "bean-query -f csv " + path + " 'SELECT account, sum(number) GROUP BY account'", code);
  ASSERT_EQ(code, 0) << out.substr(0, 2000);
  EXPECT_EQ(Computed(out, ','), Held(Dialect::kBeancount));
}

// An oracle that accepts anything is none.
TEST(OraclesTest, AForgedBalanceIsFound) {
  RECOUP_NEED("hledger", "hledger");
  const std::string path = Write(Dialect::kHledger, "forged.journal");
  std::ofstream(path, std::ios::app)
      << "\n2026-01-01 * forged\n    cash:" << History().pool().value
      << ":bank  0.01 CNY\n    cash:" << History().pool().value << ":unapplied  -0.01 CNY\n";
  int code = -1;
  OutputOf("hledger -f " + path + " check --strict", code);
  EXPECT_NE(code, 0);
}

}  // namespace
}  // namespace recoup::testing
