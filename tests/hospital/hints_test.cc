#include "adapters/hospital/hints.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace recoup::hospital {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(HintsTest, PlatesComeInOneForm) {
  EXPECT_THAT(PlatesIn("被沪A·D1234小轿车撞伤"), ElementsAre("沪AD1234"));
  EXPECT_THAT(PlatesIn("被沪AD1234撞伤"), ElementsAre("沪AD1234"));
  EXPECT_THAT(PlatesIn("沪Ａ－Ｄ１２３４与沪a d1234"), ElementsAre("沪AD1234"));
  EXPECT_THAT(PlatesIn("新能源车沪A·D12345"), ElementsAre("沪AD12345"));
  EXPECT_THAT(PlatesIn("苏E7K28Q追尾浙B·12345"), ElementsAre("苏E7K28Q", "浙B12345"));
  EXPECT_THAT(PlatesIn("渝A1234学"), ElementsAre("渝A1234学"));
  EXPECT_THAT(PlatesIn("京剧、沪A12、A12345"), IsEmpty());
}

TEST(HintsTest, TheDayOfTheAccidentIsCountedFromTheAdmission) {
  const absl::CivilDay told(2026, 3, 5);
  struct Row {
    const char* text;
    std::optional<absl::CivilDay> day;
  };
  const Row rows[] = {
      {"车祸致右小腿疼痛2小时", absl::CivilDay(2026, 3, 5)},
      {"3天前被车撞伤", absl::CivilDay(2026, 3, 2)},
      {"三天前发生交通事故", absl::CivilDay(2026, 3, 2)},
      {"十二天前摔伤", absl::CivilDay(2026, 2, 21)},
      {"二十天前摔伤", absl::CivilDay(2026, 2, 13)},
      {"昨晚被打伤", absl::CivilDay(2026, 3, 4)},
      {"前天被狗咬伤", absl::CivilDay(2026, 3, 3)},
      {"今晨被车撞倒", absl::CivilDay(2026, 3, 5)},
      {"2026年3月1日在路口被撞", absl::CivilDay(2026, 3, 1)},
      {"２０２６－０２－２８车祸", absl::CivilDay(2026, 2, 28)},
      {"12月30日车祸", absl::CivilDay(2025, 12, 30)},
      {"2026年3月9日车祸", std::nullopt},
      {"2026年2月31日车祸", std::nullopt},
      {"两月前车祸，2小时前胸痛", std::nullopt},
      {"1年前因车祸骨折", std::nullopt},
      {"右踝扭伤", std::nullopt},
      {"", std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(AccidentDayIn(row.text, told), row.day) << row.text;
}

TEST(HintsTest, ThePlaceOfTheAccidentIsWhatFollowsTheWordForIt) {
  EXPECT_EQ(AccidentPlaceIn("2小时前在东岸路与海滨路路口被小轿车撞伤"), "东岸路与海滨路路口");
  EXPECT_EQ(AccidentPlaceIn("途经青禾小区门口，被狗咬伤"), "青禾小区");
  EXPECT_EQ(AccidentPlaceIn("在超市滑倒"), "");
  EXPECT_EQ(AccidentPlaceIn("车祸致头痛"), "");
}

}  // namespace
}  // namespace recoup::hospital
