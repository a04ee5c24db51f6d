#include "adapters/common/pages/seals.h"

#include <algorithm>
#include <utility>

namespace recoup::adapters {
namespace {

// Of one colour in its shades: the lighter a shade, the less red is left in it. Brown print (115,
// 51, 26) that fades on its way to white has less than this at every lightness.
bool IsSeal(int red, int green, int blue) {
  constexpr int kBright = 150, kReddish = 60;
  constexpr int kLight = 200, kPink = 30;
  const int surplus = red - std::max(green, blue);
  return (red >= kBright && surplus >= kReddish) || (red >= kLight && surplus >= kPink);
}

// A JPEG has one colour for two pixels each way, and sharpening and blur reach as far again.
constexpr int kFringeDotsPerInch = 100;  // One pixel for each hundred dots.

}  // namespace

GreyWithoutSeals::GreyWithoutSeals(int width, int height, int dots_per_inch)
    : grey_{width, height, dots_per_inch, {}} {
  const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  grey_.pixels.reserve(size);
  red_.reserve(size);
}

void GreyWithoutSeals::Add(int red, int green, int blue) {
  if (IsSeal(red, green, blue)) sealed_.push_back(grey_.pixels.size());
  red_.push_back(static_cast<std::uint8_t>(red));
  grey_.pixels.push_back(static_cast<std::uint8_t>((red * 30 + green * 59 + blue * 11) / 100));
}

GreyImage GreyWithoutSeals::Finish() && {
  const auto width = static_cast<std::size_t>(grey_.width);
  for (const std::size_t at : sealed_) {
    TakeRedBeside(static_cast<int>(at % width), static_cast<int>(at / width));
  }
  return std::move(grey_);
}

void GreyWithoutSeals::TakeRedBeside(int x, int y) {
  const int reach = std::max(1, grey_.dots_per_inch / kFringeDotsPerInch);
  const int left = std::max(0, x - reach), right = std::min(grey_.width - 1, x + reach);
  const int top = std::max(0, y - reach), bottom = std::min(grey_.height - 1, y + reach);
  for (int row = top; row <= bottom; ++row) {
    const auto from = static_cast<std::size_t>(row) * static_cast<std::size_t>(grey_.width) +
                      static_cast<std::size_t>(left);
    const auto count = static_cast<std::size_t>(right - left + 1);
    for (std::size_t at = from; at < from + count; ++at) {
      grey_.pixels[at] = std::max(grey_.pixels[at], red_[at]);
    }
  }
}

}  // namespace recoup::adapters
