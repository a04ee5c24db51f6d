#include "tests/support/hub_world.h"

#include <gtest/gtest.h>

#include "hub/domain/records/admission.h"
#include "hub/ledger/laws.h"

namespace recoup::testing {
namespace {

// The world's law check must be able to fail: an advance on the books without its transfer.
TEST(HubWorldTest, NoticesAnAdvanceThatIsOnTheBooksWithoutATransfer) {
  HubWorld world;
  domain::Advance advance;
  advance.pool = world.pool;
  advance.amount = domain::Money::Fen(100);
  const auto candidate = world.Run(world.hospital, [&](app::UnitOfWork& work) -> absl::Status {
    advance.id = work.NewId<domain::AdvanceId>();
    work.Put(advance);
    return absl::OkStatus();
  });
  ASSERT_TRUE(candidate.ok()) << candidate;
  EXPECT_TRUE(world.BrokenLaws(world.pool.value).empty());
  advance.state = domain::AdvanceState::kOpen;
  // Not through Run, which would fail this test by itself.
  world.Read([&](app::RecordReader& reader) {
    ledger::LawCheck check(*reader.view().BalancesOf(world.pool.value));
    check.Add(advance);
    EXPECT_FALSE(check.Finish().empty());
  });
}

TEST(HubWorldTest, ARefusalLeavesNothingBehind) {
  HubWorld world;
  const auto refused = world.Run(world.hospital, [&](app::UnitOfWork& work) -> absl::Status {
    domain::Advance advance;
    advance.id = work.NewId<domain::AdvanceId>();
    advance.pool = world.pool;
    work.Put(advance);
    return app::NotFound("no");
  });
  EXPECT_FALSE(refused.ok());
  EXPECT_TRUE(world.All<domain::Advance>(world.pool.value).empty());
}

}  // namespace
}  // namespace recoup::testing
