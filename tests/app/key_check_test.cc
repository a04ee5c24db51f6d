// Keys held against records: what use cases write passes.
#include "hub/app/key_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/demands.h"
#include "tests/app/case_story.h"

namespace recoup::testing {
namespace {

using ::testing::IsEmpty;

TEST(KeyCheckTest, WhatTheHubWritesPasses) {
  HubWorld world;
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  ASSERT_TRUE(Push(world, Signed(world, PudongCase(), "e1"), true).ok());
  app::IssueDemand issue;
  issue.pool = world.pool;
  issue.demand = DemandTo(world, kInsurerName).id;
  ASSERT_TRUE(
      world.Run(world.fund, [&](app::UnitOfWork& work) { return app::IssueDemandOf(issue, work); })
          .ok());
  world.Read([&](app::RecordReader& reader) {
    const auto partitions = reader.view().Partitions();
    ASSERT_TRUE(partitions.ok());
    const auto counts = reader.view().CountKeys();
    ASSERT_TRUE(counts.ok());
    std::int64_t keys = 0;
    for (const app::KeyCount& count : *counts) keys += count.unique + count.lookup;
    EXPECT_GT(keys, 20) << "there is something to check";
    const auto findings = app::CheckKeys(reader.view(), world.seal(), *partitions);
    ASSERT_TRUE(findings.ok()) << findings.status();
    EXPECT_THAT(*findings, IsEmpty());
    // One partition's records alone: the keys of others are not called surplus.
    const auto of_pool = app::CheckKeys(reader.view(), world.seal(), {world.pool.value});
    ASSERT_TRUE(of_pool.ok()) << of_pool.status();
    EXPECT_THAT(*of_pool, IsEmpty());
  });
}

}  // namespace
}  // namespace recoup::testing
