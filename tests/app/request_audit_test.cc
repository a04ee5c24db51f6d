// The background audit of remembered requests, over a store that an engine wrote.
#include "hub/main/request_audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "hub/engine/request_memory.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::int64_t> Forgotten(HubWorld& world, absl::Time now) {
  std::vector<std::int64_t> events;
  world.Read([&](app::RecordReader& reader) {
    const auto found = EventsOfForgottenRequests(reader.view(), world.pool.value, now);
    ASSERT_TRUE(found.ok()) << found.status();
    events = *found;
  });
  return events;
}

TEST(RequestAuditTest, WhatIsForgottenTooEarlyIsFound) {
  HubWorld world;
  const auto run = [&] {
    return world.Run(world.fund, [](app::UnitOfWork&) { return absl::OkStatus(); });
  };
  ASSERT_TRUE(run().ok());
  world.clock().Advance(engine::kRemember);
  ASSERT_TRUE(run().ok());
  ASSERT_TRUE(run().ok());
  const absl::Time now = world.clock().Now();
  std::int64_t last = 0;
  world.Read([&](app::RecordReader& reader) {
    const auto state = reader.view().StateOf(world.pool.value);
    ASSERT_TRUE(state.ok());
    last = state->events;
  });
  EXPECT_THAT(Forgotten(world, now), IsEmpty());
  ASSERT_TRUE(world.store().PurgeRequests(now + absl::Hours(1)).ok());
  EXPECT_THAT(Forgotten(world, now), ElementsAre(last - 2, last - 1, last));
  // The first may be forgotten by now, the others not yet.
  EXPECT_THAT(Forgotten(world, now + absl::Hours(1)), ElementsAre(last - 1, last));
  EXPECT_THAT(Forgotten(world, now + engine::kRemember + absl::Hours(1)), IsEmpty());
}

}  // namespace
}  // namespace recoup::testing
