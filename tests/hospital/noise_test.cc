#include "adapters/hospital/invoice/noise.h"

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace recoup::hospital::invoice {
namespace {

using adapters::GreyImage;

constexpr int kWidth = 300, kHeight = 200;

// White paper with print: an upright stroke of three pixels in every twenty.
GreyImage Print() {
  GreyImage image{kWidth, kHeight, 200, {}};
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) image.pixels.push_back(x % 20 < 3 ? 30 : 230);
  }
  return image;
}

GreyImage WithNoise(GreyImage image, double deviation) {
  std::mt19937_64 engine(1);
  std::normal_distribution<double> noise(0, deviation);
  for (std::uint8_t& pixel : image.pixels) {
    pixel = static_cast<std::uint8_t>(std::clamp(pixel + noise(engine), 0.0, 255.0));
  }
  return image;
}

TEST(NoiseTest, IsMeasuredBesideThePrint) {
  EXPECT_EQ(NoiseOf(Print()), 0);
  for (const double deviation : {2.0, 8.0}) {
    EXPECT_NEAR(NoiseOf(WithNoise(Print(), deviation)), deviation, 0.25 * deviation) << deviation;
  }
}

TEST(NoiseTest, WhatIsCleanStaysAsItIs) { EXPECT_EQ(WithoutNoise(Print()).pixels, Print().pixels); }

TEST(NoiseTest, IsSmoothedAndThePrintStaysDark) {
  const GreyImage smoothed = WithoutNoise(WithNoise(Print(), 20));
  EXPECT_LT(NoiseOf(smoothed), 4);
  std::int64_t strokes = 0, paper = 0;
  for (int y = 0; y < kHeight; ++y) {
    strokes += smoothed.pixels[static_cast<std::size_t>(y * kWidth + 101)];
    paper += smoothed.pixels[static_cast<std::size_t>(y * kWidth + 111)];
  }
  EXPECT_LT(strokes / kHeight, 110);
  EXPECT_NEAR(static_cast<double>(paper) / kHeight, 225, 10);
}

TEST(NoiseTest, NoPictureIsTooSmall) {
  for (const auto& [width, height] : {std::pair{0, 0}, std::pair{1, 1}, std::pair{2, 7}}) {
    const GreyImage image{width, height, 300,
                          std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 9)};
    EXPECT_EQ(NoiseOf(image), 0);
    EXPECT_EQ(WithoutNoise(image).pixels, image.pixels);
  }
  GreyImage specks{3, 3, 300, {0, 255, 0, 255, 0, 255, 0, 255, 0}};
  EXPECT_EQ(WithoutNoise(specks).pixels.size(), 9u);
}

}  // namespace
}  // namespace recoup::hospital::invoice
