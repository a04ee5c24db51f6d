#include "hub/domain/bill_split.h"

#include <gtest/gtest.h>

#include <random>

#include "hub/base/error.h"
#include "hub/domain/plate.h"

namespace recoup::domain {
namespace {

AcceptedCover Ctp(std::int64_t room) {
  return {.insurer = "华安", .kind = PolicyKind::kCtp, .room = Money::Fen(room), .amount_max = {}};
}
AcceptedCover Commercial(std::int64_t share, std::int64_t room) {
  return {.insurer = "华安",
          .kind = PolicyKind::kCommercial,
          .share_basis_points = share,
          .room = Money::Fen(room),
          .amount_max = {}};
}

struct Row {
  const char* what;
  std::int64_t total, fund, self;
  std::vector<AcceptedCover> covers;
  std::vector<std::int64_t> paid;
  std::int64_t fund_part, patient_part, hospital_part;
};

TEST(BillSplitTest, EveryRow) {
  AcceptedCover capped = Ctp(1'800'000);
  capped.amount_max = Money::Fen(100'000);
  const Row rows[] = {
      {"nobody accepted: fund and patient pay as before",
       2'000'000,
       1'200'000,
       800'000,
       {},
       {},
       1'200'000,
       800'000,
       0},
      // A 8,000, C 12,000: of 18,000 the fund is relieved of 18,000 × 12 ÷ 20 = 10,800.
      {"the compulsory limit is used up",
       2'000'000,
       1'200'000,
       800'000,
       {Ctp(1'800'000)},
       {1'800'000},
       120'000,
       80'000,
       0},
      {"the compulsory cover pays all, without regard to fault",
       1'000'000,
       600'000,
       400'000,
       {Ctp(1'800'000)},
       {1'000'000},
       0,
       0,
       0},
      {"no room is left", 1'000'000, 600'000, 400'000, {Ctp(0)}, {0}, 600'000, 400'000, 0},
      // 100,000 − 18,000 = 82,000 × 70 % = 57,400: together 75,400, of which the fund 40 %.
      {"compulsory first, then the commercial share of the rest",
       10'000'000,
       4'000'000,
       6'000'000,
       {Ctp(1'800'000), Commercial(7'000, 100'000'000)},
       {1'800'000, 5'740'000},
       984'000,
       1'476'000,
       0},
      {"the order of the answers does not matter",
       10'000'000,
       4'000'000,
       6'000'000,
       {Commercial(7'000, 100'000'000), Ctp(1'800'000)},
       {5'740'000, 1'800'000},
       984'000,
       1'476'000,
       0},
      {"two commercial covers never pay more than there is",
       1'000'000,
       1'000'000,
       0,
       {Commercial(8'000, 900'000), Commercial(8'000, 900'000)},
       {800'000, 200'000},
       0,
       0,
       0},
      {"the insurer's own maximum",
       1'000'000,
       600'000,
       400'000,
       {capped},
       {100'000},
       540'000,
       360'000,
       0},
      {"what the hospital bears stays with it",
       1'050'000,
       600'000,
       400'000,
       {Ctp(1'800'000)},
       {1'000'000},
       0,
       0,
       50'000},
      {"the patient paid nothing",
       100'001,
       100'001,
       0,
       {Commercial(5'000, 1'000'000)},
       {50'001},
       50'000,
       0,
       0},
      {"the fund would pay nothing", 100'000, 0, 100'000, {Ctp(50'000)}, {50'000}, 0, 50'000, 0},
      {"nothing to share", 10'000, 0, 0, {Ctp(50'000)}, {0}, 0, 0, 10'000},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto split =
        SplitBill({Money::Fen(row.total), Money::Fen(row.fund), Money::Fen(row.self)}, row.covers);
    ASSERT_TRUE(split.ok()) << split.status();
    ASSERT_EQ(split->covers.size(), row.paid.size());
    for (std::size_t i = 0; i < row.paid.size(); ++i) {
      EXPECT_EQ(split->covers[i].fen(), row.paid[i]) << i;
    }
    EXPECT_EQ(split->fund.fen(), row.fund_part);
    EXPECT_EQ(split->patient.fen(), row.patient_part);
    EXPECT_EQ(split->hospital.fen(), row.hospital_part);
    ASSERT_EQ(split->explanation.steps.size(), row.covers.size() + 1);
    EXPECT_EQ(*split->explanation.steps.back().result, split->fund);
  }
}

TEST(BillSplitTest, PartsSumToTheTotalAndNoneIsNegative) {
  const std::uint32_t seed = 20261122;
  std::mt19937 random(seed);
  const auto below = [&](std::int64_t n) { return static_cast<std::int64_t>(random()) % n; };
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t fund = below(5'000'000), self = below(5'000'000), own = below(1'000);
    std::vector<AcceptedCover> covers = {Ctp(below(3'000'000)),
                                         Commercial(1 + below(10'000), below(9'000'000))};
    const auto split =
        SplitBill({Money::Fen(fund + self + own), Money::Fen(fund), Money::Fen(self)}, covers);
    ASSERT_TRUE(split.ok());
    const Money sum =
        split->covers[0] + split->covers[1] + split->fund + split->patient + split->hospital;
    ASSERT_EQ(sum.fen(), fund + self + own) << "seed " << seed << " round " << i;
    ASSERT_FALSE(split->fund.is_negative() || split->patient.is_negative())
        << "seed " << seed << " round " << i;
  }
}

TEST(BillSplitTest, EveryFaultIsTold) {
  const auto refused = SplitBill({Money::Fen(10), Money::Fen(-1), Money::Fen(20)},
                                 {Commercial(0, 5), Commercial(10'001, -1)});
  const ErrorDetail detail = DetailOf(refused.status());
  EXPECT_EQ(detail.reason, Reason::kInvalidArgument);
  EXPECT_EQ(detail.faults.size(), 5u);
}

TEST(PlateTest, OneFormForManyNotations) {
  for (const char* text : {"沪A·D1234", "沪AD1234", "沪a d1234", "沪Ａ－Ｄ１２３４", "沪A•D1234"}) {
    EXPECT_EQ(NormalisePlate(text), "沪AD1234") << text;
  }
  EXPECT_EQ(NormalisePlate("沪A·D12345"), "沪AD12345");
  EXPECT_EQ(NormalisePlate("无牌"), "无牌");
  EXPECT_EQ(NormalisePlate(""), "");
}

}  // namespace
}  // namespace recoup::domain
