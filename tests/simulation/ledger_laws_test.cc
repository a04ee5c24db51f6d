// A hundred thousand random commands (simulation.h), under which the five laws must hold.
//
// RECOUP_SIMULATION_SEED and RECOUP_SIMULATION_COMMANDS choose another run; both are printed.
#include <iostream>

#include "tests/simulation/simulation.h"

namespace recoup::testing {
namespace {

TEST(LedgerLawsTest, HoldAfterEveryOneOfManyRandomCommands) {
  const std::uint64_t seed = FromEnvironment("RECOUP_SIMULATION_SEED", 20'261'121);
  const std::uint64_t commands = FromEnvironment("RECOUP_SIMULATION_COMMANDS", 100'000);
  std::cout << "seed " << seed << ", " << commands << " commands\n";
  Simulation simulation(seed);
  simulation.Run(commands);
  for (const auto& [kind, by_reason] : simulation.outcomes()) {
    std::cout << kind << " (" << simulation.transfers_by(kind) << " transfers):";
    for (const auto& [reason, count] : by_reason) std::cout << " " << reason << " " << count;
    std::cout << "\n";
  }
  std::cout << simulation.transfers() << " transfers\n";
  if (commands < 100'000) return;
  // A simulation in which nothing happens proves nothing.
  for (const char* kind : {"flag", "settle", "reverse", "draft", "issue", "withdraw", "answer",
                           "mediate", "negotiate", "import", "import again", "reconcile", "resolve",
                           "pass on", "relinquish", "approve", "replay"}) {
    EXPECT_GE(simulation.outcomes().at(kind).at("OK"), 30) << kind;
  }
  EXPECT_GT(simulation.transfers(), static_cast<std::int64_t>(commands) / 4);
}

}  // namespace
}  // namespace recoup::testing
