#include "hub/base/ids.h"

#include <gtest/gtest.h>

namespace recoup {
namespace {

TEST(IdTest, TextFormsRoundTripAndSort) {
  SeededRandom random(7);
  IdSource ids(random);
  Id previous;
  for (int i = 0; i < 100'000; ++i) {
    // The clock steps back now and then; ids still increase.
    const Id id = ids.Next(absl::FromUnixMillis(1'700'000'000'000 + (i % 1000) / 3));
    ASSERT_LT(previous, id);
    ASSERT_TRUE(id.is_version7());
    ASSERT_LT(previous.ToBase32(), id.ToBase32());
    ASSERT_EQ(Id::FromBase32(id.ToBase32()), id);
    ASSERT_EQ(Id::FromUuid(id.ToUuid()), id);
    ASSERT_EQ(Id::FromBytes(id.ToBytes()), id);
    previous = id;
  }
}

TEST(IdTest, RefusesWhatIsNoId) {
  EXPECT_FALSE(Id::FromUuid("").has_value());
  EXPECT_FALSE(Id::FromUuid("018f3a3e-0000-7000-8000-00000000000g").has_value());
  EXPECT_FALSE(Id::FromUuid("018f3a3e00000-7000-8000-000000000000").has_value());
  EXPECT_FALSE(Id::FromBase32("80000000000000000000000000").has_value());
  EXPECT_FALSE(Id::FromBase32("0000000000000000000000000u").has_value());
  EXPECT_FALSE(Id::FromBytes("short").has_value());
}

}  // namespace
}  // namespace recoup
