#include "adapters/common/pages/seals.h"

#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace recoup::adapters {
namespace {

using ::testing::ElementsAre;

struct Colour {
  int red, green, blue;
};

constexpr Colour kPaper = {255, 255, 255};
constexpr Colour kSeal = {235, 40, 45};
constexpr Colour kFringe = {190, 165, 165};  // Dark beside paper, and hardly red.
constexpr Colour kPrint = {20, 20, 20};      // Black.
constexpr Colour kSealed = {160, 20, 20};    // A seal in heavy ink.
constexpr Colour kBrownForm = {115, 51, 26};

std::vector<int> GreyOf(const std::vector<Colour>& row, int dots_per_inch) {
  GreyWithoutSeals grey(static_cast<int>(row.size()), 1, dots_per_inch);
  for (const Colour& colour : row) grey.Add(colour.red, colour.green, colour.blue);
  const GreyImage image = std::move(grey).Finish();
  return {image.pixels.begin(), image.pixels.end()};
}

TEST(GreyWithoutSealsTest, BrightRedIsAsLightAsItsRed_AndWhatIsPrintedStaysDark) {
  EXPECT_THAT(GreyOf({kPaper, kBrownForm, kPrint}, 200), ElementsAre(255, 67, 20));
  EXPECT_THAT(GreyOf({kSeal, kPrint, kSeal}, 200), ElementsAre(235, 20, 235));
  EXPECT_THAT(GreyOf({kSealed}, 200), ElementsAre(160));
}

TEST(GreyWithoutSealsTest, APaleSealGoes_AndFadedBrownPrintStays) {
  EXPECT_THAT(GreyOf({{245, 200, 205}}, 200), ElementsAre(245));
  // From print to paper, in tenths.
  for (int faded = 0; faded <= 10; ++faded) {
    const auto fade = [&](int channel) { return channel + (255 - channel) * faded / 10; };
    const Colour brown = {fade(kBrownForm.red), fade(kBrownForm.green), fade(kBrownForm.blue)};
    const int lightness = (brown.red * 30 + brown.green * 59 + brown.blue * 11) / 100;
    EXPECT_THAT(GreyOf({brown}, 200), ElementsAre(lightness)) << faded;
  }
}

TEST(GreyWithoutSealsTest, TheFringeGoesAsFarAsTheResolutionSays) {
  // Far from a seal the same colour is somebody's print.
  EXPECT_THAT(GreyOf({kSeal, kFringe, kFringe, kFringe}, 200), ElementsAre(235, 190, 190, 172));
  EXPECT_THAT(GreyOf({kSeal, kFringe, kFringe, kFringe}, 72), ElementsAre(235, 190, 172, 172));
}

}  // namespace
}  // namespace recoup::adapters
