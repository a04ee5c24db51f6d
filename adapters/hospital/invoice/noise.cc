#include "adapters/hospital/invoice/noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace recoup::hospital::invoice {
namespace {

using adapters::GreyImage;

// A scan through JPEG has this much; what was drawn has none.
constexpr double kNoiseMin = 0.5;
// Of the bell that smooths. Strokes of print are at least twice as wide.
constexpr double kSmoothingInches = 1.0 / 200;

// Weights are whole numbers of this sum.
constexpr int kWeightBits = 12;

// From the middle outwards.
std::vector<int> BellWeights(double deviation) {
  const auto reach = static_cast<std::size_t>(std::ceil(3 * deviation));
  std::vector<double> bell(reach + 1);
  double sum = 0;
  for (std::size_t i = 0; i <= reach; ++i) {
    bell[i] = std::exp(-static_cast<double>(i * i) / (2 * deviation * deviation));
    sum += i == 0 ? bell[i] : 2 * bell[i];
  }
  std::vector<int> weights;
  int left = 1 << kWeightBits;
  for (std::size_t i = 0; i <= reach; ++i) {
    weights.push_back(static_cast<int>(std::lround(bell[i] / sum * (1 << kWeightBits))));
    if (i > 0) left -= 2 * weights[i];
  }
  weights[0] = left;  // White stays white.
  return weights;
}

// One line of pixels, its ends continued.
class Line {
 public:
  Line(std::size_t size, const std::vector<int>& weights)
      : weights_(weights), reach_(weights.size() - 1), padded_(size + 2 * reach_), sums_(size) {}

  // `step`: from one pixel of the line to the next.
  void Smooth(std::uint8_t* first, std::size_t step) {
    for (std::size_t i = 0; i < padded_.size(); ++i) {
      const std::size_t at = std::min(std::max(i, reach_) - reach_, sums_.size() - 1);
      padded_[i] = first[at * step];
    }
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] = weights_[0] * padded_[i + reach_];
    for (std::size_t away = 1; away <= reach_; ++away) {
      const std::uint8_t* const before = &padded_[reach_ - away];
      const std::uint8_t* const after = &padded_[reach_ + away];
      for (std::size_t i = 0; i < sums_.size(); ++i) {
        sums_[i] += weights_[away] * (before[i] + after[i]);
      }
    }
    constexpr int kHalf = 1 << (kWeightBits - 1);
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      first[i * step] = static_cast<std::uint8_t>((sums_[i] + kHalf) >> kWeightBits);
    }
  }

 private:
  const std::vector<int>& weights_;
  const std::size_t reach_;
  std::vector<std::uint8_t> padded_;
  std::vector<int> sums_;
};

}  // namespace

double NoiseOf(const GreyImage& image) {
  // J. Immerkær, Fast noise variance estimation (1996): this mask is blind to even slopes, and its
  // answer has six times the deviation of the noise. Its median, where he takes the mean, is not
  // moved by print.
  constexpr double kMaskGain = 6, kMedianOfDeviation = 0.6745;
  constexpr int kAnswerMax = 8 * 255;
  std::array<std::int64_t, kAnswerMax + 1> counts{};
  std::int64_t all = 0;
  const auto width = static_cast<std::ptrdiff_t>(image.width);
  for (int y = 1; y + 1 < image.height; y += 2) {
    for (int x = 1; x + 1 < image.width; x += 2) {
      const std::uint8_t* const p = &image.pixels[static_cast<std::size_t>(y * width + x)];
      const int corners = p[-width - 1] + p[-width + 1] + p[width - 1] + p[width + 1];
      const int sides = p[-width] + p[-1] + p[1] + p[width];
      ++counts[static_cast<std::size_t>(std::abs(corners - 2 * sides + 4 * p[0]))];
      ++all;
    }
  }
  std::int64_t seen = 0;
  for (std::size_t answer = 0; answer < counts.size(); ++answer) {
    seen += counts[answer];
    if (2 * seen >= all) return static_cast<double>(answer) / (kMaskGain * kMedianOfDeviation);
  }
  return 0;
}

GreyImage WithoutNoise(GreyImage image) {
  if (NoiseOf(image) < kNoiseMin) return image;
  const auto width = static_cast<std::size_t>(image.width);
  const auto height = static_cast<std::size_t>(image.height);
  const std::vector<int> weights = BellWeights(std::max(image.dots_per_inch, 1) * kSmoothingInches);
  Line row(width, weights), column(height, weights);
  for (std::size_t y = 0; y < height; ++y) row.Smooth(&image.pixels[y * width], 1);
  for (std::size_t x = 0; x < width; ++x) column.Smooth(&image.pixels[x], width);
  return image;
}

}  // namespace recoup::hospital::invoice
