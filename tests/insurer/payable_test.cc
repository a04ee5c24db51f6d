// What of a demand an insurer pays by a payment of its own.
#include "adapters/insurer/mapping/payable.h"

#include <gtest/gtest.h>

#include <vector>

namespace recoup::insurer::mapping {
namespace {

using domain::Money;

struct Part {
  const char* due_on;
  std::int64_t amount_fen;
  std::int64_t paid_fen;
};

TEST(PayableTest, IsWhatWasAgreedAndIsDueAndInNoBatch) {
  const absl::CivilDay day(2026, 12, 5);
  struct Row {
    const char* what;
    std::int64_t open, agreed, reserved;
    const char* due_on;
    std::vector<Part> instalments;
    std::int64_t by_day, ever;
  };
  const Row rows[] = {
      {"agreed whole", 680'000, 680'000, 0, "2026-11-30", {}, 680'000, 680'000},
      {"due on the very day", 680'000, 680'000, 0, "2026-12-05", {}, 680'000, 680'000},
      {"due a day later", 680'000, 680'000, 0, "2026-12-06", {}, 0, 680'000},
      {"no day at all is due at once", 680'000, 680'000, 0, "", {}, 680'000, 680'000},
      {"the accepted part of a disputed demand",
       680'000,
       400'000,
       0,
       "2026-11-30",
       {},
       400'000,
       400'000},
      {"nothing accepted yet", 680'000, 0, 0, "2026-11-30", {}, 0, 0},
      {"reserved by a batch", 680'000, 680'000, 680'000, "2026-11-30", {}, 0, 0},
      {"accepted more since the cut",
       680'000,
       680'000,
       400'000,
       "2026-11-30",
       {},
       280'000,
       280'000},
      {"the first of two instalments",
       680'000,
       680'000,
       0,
       "2026-11-30",
       {{"2026-11-30", 200'000, 0}, {"2027-03-31", 480'000, 0}},
       200'000,
       680'000},
      {"the first is paid in part",
       630'000,
       630'000,
       0,
       "2026-11-30",
       {{"2026-11-30", 200'000, 50'000}, {"2027-03-31", 480'000, 0}},
       150'000,
       630'000},
      {"the first is paid",
       480'000,
       480'000,
       0,
       "2026-11-30",
       {{"2026-11-30", 200'000, 200'000}, {"2027-03-31", 480'000, 0}},
       0,
       480'000},
      {"less is agreed than the plan says",
       100'000,
       100'000,
       0,
       "2026-11-30",
       {{"2026-11-30", 200'000, 0}},
       100'000,
       100'000},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    v1::Demand demand;
    demand.set_open_fen(row.open);
    demand.set_agreed_fen(row.agreed);
    demand.set_reserved_fen(row.reserved);
    demand.set_due_on(row.due_on);
    for (const Part& part : row.instalments) {
      v1::Instalment& one = *demand.add_instalments();
      one.set_due_on(part.due_on);
      one.set_amount_fen(part.amount_fen);
      one.set_paid_fen(part.paid_fen);
    }
    const auto by_day = PayableBy(demand, day);
    ASSERT_TRUE(by_day.ok()) << by_day.status();
    EXPECT_EQ(by_day->fen(), row.by_day);
    EXPECT_EQ(PayableBy(demand, std::nullopt)->fen(), row.ever);
    EXPECT_EQ(OpenWithoutReserved(demand)->fen(), row.open - row.reserved);
  }
}

TEST(PayableTest, FiguresThatMakeNoSenseAreNotPaid) {
  v1::Demand demand;
  demand.set_agreed_fen(100);
  demand.set_due_on("soon");
  EXPECT_FALSE(PayableBy(demand, absl::CivilDay(2026, 12, 5)).ok());
}

TEST(PayableTest, OnlyWhatWasSentAndIsNotOverAsksForPayment) {
  for (const auto& [state, payable] :
       std::vector<std::pair<v1::DemandState, bool>>{{v1::DEMAND_STATE_DRAFT, false},
                                                     {v1::DEMAND_STATE_ISSUED, true},
                                                     {v1::DEMAND_STATE_DISPUTED, true},
                                                     {v1::DEMAND_STATE_AGREED, true},
                                                     {v1::DEMAND_STATE_PAID, false},
                                                     {v1::DEMAND_STATE_WITHDRAWN, false}}) {
    v1::Demand demand;
    demand.set_state(state);
    EXPECT_EQ(IsPayable(demand), payable) << state;
  }
}

}  // namespace
}  // namespace recoup::insurer::mapping
