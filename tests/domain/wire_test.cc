#include "hub/domain/wire.h"

#include <gtest/gtest.h>

#include "hub/base/ids.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/demand.h"

namespace recoup::domain {
namespace {

Demand MakeDemand() {
  Demand demand;
  demand.id.value = Id{0x0195000000007000, 0x8000000000000001};
  demand.version = 7;
  demand.pool.value = "310115-310";
  demand.state = DemandState::kMediating;
  demand.amount = Money::Fen(-123456789);
  demand.issued_on = absl::CivilDay(1969, 12, 31);  // Before the epoch: negative on the wire.
  demand.due_on = absl::CivilDay(1970, 1, 1);       // Zero, but present.
  demand.lines.resize(3);
  demand.lines[1].amount = Money::Fen(5);
  EXPECT_TRUE(demand.lines[1].stages.Add(Stage::kClaimed, Money::Fen(5)).ok());
  demand.instalments = {{absl::CivilDay(2026, 1, 31), Money::Fen(10), Money()}};
  demand.transfers = {0, 1, -1, 1'000'000'000'000};
  demand.explanation.steps.push_back({.label = "基金主张",
                                      .formula = "C",
                                      .inputs = {AmountInput("C", Money::Fen(1))},
                                      .rule_id = "r",
                                      .rule_version = "1",
                                      .source = "",
                                      .result = Money(),
                                      .result_text = ""});
  return demand;
}

TEST(WireTest, ARecordComesBackAsItWas) {
  const Demand demand = MakeDemand();
  const std::string bytes = Encode(demand);
  Demand read;
  ASSERT_TRUE(Decode(bytes, read).ok());
  EXPECT_EQ(Encode(read), bytes);
  EXPECT_EQ(read.amount, demand.amount);
  EXPECT_EQ(read.issued_on, demand.issued_on);
  EXPECT_EQ(read.due_on, demand.due_on);
  ASSERT_EQ(read.lines.size(), 3u);
  EXPECT_EQ(read.lines[1].stages, demand.lines[1].stages);
  EXPECT_EQ(read.transfers, demand.transfers);
  EXPECT_EQ(read.explanation, demand.explanation);
  EXPECT_FALSE(read.policy.has_value());
}

// absl::CivilDay counts in another way.
TEST(WireTest, EveryDayOfFourCenturiesHasItsNumber) {
  absl::CivilDay day(1799, 12, 25);
  for (std::int64_t number = wire::DayNumber(day); day < absl::CivilDay(2201, 1, 8); ++number) {
    ASSERT_EQ(wire::DayOfNumber(number), day) << number;
    ++day;
  }
  for (const std::int64_t far : {-1'000'000'001, -1'000'000'000, -719'469, -719'468, -719'467,
                                 1'000'000'000, 1'000'000'001}) {
    EXPECT_EQ(wire::DayOfNumber(far), absl::CivilDay(1970, 1, 1) + far);
  }
}

// What a newer program wrote: an unknown number, text and fixed-width field are skipped.
TEST(WireTest, UnknownFieldsAreSkipped) {
  std::string bytes = Encode(MakeDemand());
  wire::AppendVarint(900u << 3, bytes);
  wire::AppendVarint(5, bytes);
  wire::AppendVarint((901u << 3) | 2, bytes);
  wire::AppendVarint(3, bytes);
  bytes += "new";
  wire::AppendVarint((902u << 3) | 1, bytes);
  bytes += "12345678";
  Demand read;
  ASSERT_TRUE(Decode(bytes, read).ok());
  EXPECT_EQ(Encode(read), Encode(MakeDemand()));
}

TEST(WireTest, MalformedBytesAreRefusedNeverCrash) {
  const std::string bytes = Encode(MakeDemand());
  int refused = 0;
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    Demand read;
    refused += Decode(std::string_view(bytes).substr(0, length), read).ok() ? 0 : 1;
  }
  EXPECT_GT(refused, static_cast<int>(bytes.size()) / 2);
  SeededRandom random(42);
  for (int round = 0; round < 20'000; ++round) {
    std::string mutated = bytes;
    mutated[random.Next() % mutated.size()] = static_cast<char>(random.Next());
    Demand read;
    Decode(mutated, read).IgnoreError();
  }
}

TEST(WireTest, KeysOfDifferentPartsDiffer) {
  EXPECT_NE(Key({"ab", "c"}), Key({"a", "bc"}));
  EXPECT_NE(Key({"", "x"}), Key({"x", ""}));
}

}  // namespace
}  // namespace recoup::domain
