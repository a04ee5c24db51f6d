#include "hub/reconcile/index_set.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>
#include <vector>

#include "hub/base/ids.h"

namespace recoup::reconcile {
namespace {

// From none to more than lie inside the set itself, in every order.
TEST(IndexSetTest, HoldsWhatASetHoldsInItsOrder) {
  SeededRandom random(20261122);
  for (int round = 0; round < 2'000; ++round) {
    IndexSet found;
    std::set<Index> expected;
    const std::uint64_t inserts = random.Next() % 9;
    for (std::uint64_t i = 0; i < inserts; ++i) {
      const auto index = static_cast<Index>(random.Next() % 10);
      found.Insert(index);
      expected.insert(index);
      ASSERT_EQ(std::vector<Index>(found.begin(), found.end()),
                std::vector<Index>(expected.begin(), expected.end()));
    }
    EXPECT_EQ(found.size(), expected.size());
    EXPECT_EQ(found.empty(), expected.empty());
    for (Index index = 0; index < 10; ++index) {
      EXPECT_EQ(found.Contains(index), expected.contains(index)) << index;
    }
    const IndexSet moved = std::move(found);
    EXPECT_EQ(std::vector<Index>(moved.begin(), moved.end()),
              std::vector<Index>(expected.begin(), expected.end()));
  }
}

}  // namespace
}  // namespace recoup::reconcile
