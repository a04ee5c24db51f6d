#include "adapters/hospital/invoice/upright.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "adapters/hospital/charset.h"
#include "adapters/hospital/invoice/noise.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital::invoice {
namespace {

using adapters::Box;
using adapters::GreyImage;
using adapters::Word;

struct PixDestroy {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDestroy>;

constexpr double kPi = 3.14159265358979323846;
constexpr double kPointsPerInch = 72;
// Angles beyond this are quarter turns and the rest, or no scan.
constexpr float kSkewMaxDegrees = 12;
// Below this the characters are straight enough for the engine.
constexpr double kSkewMinDegrees = 0.15;
// Fewer dots than this make characters too small to recognise.
constexpr int kDotsPerInchMin = 220;
// The mean confidence at which a page is taken for upright without looking at it on its head.
constexpr int kGoodConfidence = 80;
// What leptonica makes of paper when it evens out the light. Everything is shifted so that this is
// white; stretching the contrast as well would stretch the noise.
constexpr int kPaperWhite = 200;

PixPtr PixOf(const GreyImage& image) {
  PixPtr pix(pixCreate(image.width, image.height, 8));
  if (pix == nullptr) return pix;
  l_uint32* row = pixGetData(pix.get());
  const std::uint8_t* from = image.pixels.data();
  for (int y = 0; y < image.height; ++y, row += pixGetWpl(pix.get()), from += image.width) {
    for (int x = 0; x < image.width; ++x) SET_DATA_BYTE(row, x, from[x]);
  }
  return pix;
}

GreyImage ImageOf(Pix& pix, int dots_per_inch) {
  GreyImage image{pixGetWidth(&pix), pixGetHeight(&pix), dots_per_inch, {}};
  image.pixels.resize(static_cast<std::size_t>(image.width) *
                      static_cast<std::size_t>(image.height));
  const l_uint32* row = pixGetData(&pix);
  std::uint8_t* to = image.pixels.data();
  for (int y = 0; y < image.height; ++y, row += pixGetWpl(&pix), to += image.width) {
    for (int x = 0; x < image.width; ++x) to[x] = static_cast<std::uint8_t>(GET_DATA_BYTE(row, x));
  }
  return image;
}

struct Skew {
  float degrees = 0;
  float score = 0;  // How clearly the lines part, at that angle.
};

// Text lines part clearly from the white between them at one angle, and at no angle across.
Skew SkewOf(Pix& grey) {
  Skew skew;
  const PixPtr binary([&] {
    Pix* out = nullptr;
    pixOtsuAdaptiveThreshold(&grey, 400, 400, 0, 0, 0.1F, nullptr, &out);
    return out;
  }());
  if (binary == nullptr) return skew;
  l_float32 angle = 0, confidence = 0, score = 0;
  if (pixFindSkewSweepAndSearchScore(binary.get(), &angle, &confidence, &score, 4, 2, 0.0F,
                                     kSkewMaxDegrees, 1.0F, 0.05F) != 0) {
    return skew;
  }
  return {angle, score};
}

PixPtr Turned(Pix& pix, int quarter_turns) {
  switch (quarter_turns % 4) {
    case 1:
      return PixPtr(pixRotate90(&pix, 1));
    case 2:
      return PixPtr(pixRotate180(nullptr, &pix));
    case 3:
      return PixPtr(pixRotate90(&pix, -1));
    default:
      return PixPtr(pixClone(&pix));
  }
}

// Weighted by length: stray marks are short and unsure, and say little of the page.
int MeanConfidence(const std::vector<Word>& words) {
  std::int64_t sum = 0, weight = 0;
  for (const Word& word : words) {
    const auto length = static_cast<std::int64_t>(CharacterCount(word.text));
    sum += length * word.confidence_percent;
    weight += length;
  }
  return weight == 0 ? 0 : static_cast<int>(sum / weight);
}

// How much was recognised for sure: of two ways up, the right one gives more.
std::int64_t Yield(const std::vector<Word>& words) {
  std::int64_t yield = 0;
  for (const Word& word : words) {
    if (word.confidence_percent < 60) continue;
    yield += static_cast<std::int64_t>(CharacterCount(word.text)) * word.confidence_percent;
  }
  return yield;
}

struct Attempt {
  std::vector<Word> words;
  Turn turn;
};

class Straightener {
 public:
  Straightener(const GreyImage& image, adapters::Recogniser& engine)
      : engine_(engine), dots_per_inch_(std::max(image.dots_per_inch, 1)) {
    points_ = kPointsPerInch / dots_per_inch_;
    page_ = PixOf(image);
  }

  absl::StatusOr<Attempt> Run() {
    if (page_ == nullptr) return MakeError(Reason::kTooLarge, "图片过大，无法转正");
    // Uneven light and faded ink are evened out before anything is decided.
    if (PixPtr even(pixBackgroundNormSimple(page_.get(), nullptr, nullptr)); even != nullptr) {
      page_ = std::move(even);
      // The evened paper is light grey; it must be as white as the corners that turning brings in,
      // or the engine takes the edge between them for a picture.
      pixGammaTRC(page_.get(), page_.get(), 1.0F, kPaperWhite - 255, kPaperWhite);
    }
    Skew along = SkewOf(*page_);
    int quarters = 0;
    const PixPtr side = Turned(*page_, 1);
    const Skew across = side == nullptr ? Skew{} : SkewOf(*side);
    if (across.score > along.score) {
      quarters = 1;
      along = across;
    }
    RECOUP_ASSIGN_OR_RETURN(Attempt first, Try(quarters, along.degrees));
    if (MeanConfidence(first.words) >= kGoodConfidence) return first;
    RECOUP_ASSIGN_OR_RETURN(Attempt second, Try(quarters + 2, along.degrees));
    return Yield(second.words) > Yield(first.words) ? std::move(second) : std::move(first);
  }

 private:
  absl::StatusOr<Attempt> Try(int quarters, float degrees) {
    Attempt attempt;
    attempt.turn.quarter_turns = quarters;
    attempt.turn.width = pixGetWidth(page_.get()) * points_;
    attempt.turn.height = pixGetHeight(page_.get()) * points_;
    PixPtr pix = Turned(*page_, quarters);
    if (pix != nullptr && std::abs(degrees) >= kSkewMinDegrees) {
      attempt.turn.skew_degrees = degrees;
      pix.reset(pixRotate(pix.get(), static_cast<float>(degrees * kPi / 180), L_ROTATE_AREA_MAP,
                          L_BRING_IN_WHITE, pixGetWidth(pix.get()), pixGetHeight(pix.get())));
    }
    int dots_per_inch = dots_per_inch_;
    if (pix != nullptr) {
      attempt.turn.upright_width = pixGetWidth(pix.get()) * points_;
      attempt.turn.upright_height = pixGetHeight(pix.get()) * points_;
      if (dots_per_inch < kDotsPerInchMin) {
        pix.reset(pixScale(pix.get(), 2, 2));
        dots_per_inch *= 2;
      }
    }
    if (pix == nullptr) return MakeError(Reason::kTooLarge, "图片过大，无法转正");
    RECOUP_ASSIGN_OR_RETURN(attempt.words, engine_.Recognise(ImageOf(*pix, dots_per_inch)));
    return attempt;
  }

  adapters::Recogniser& engine_;
  const int dots_per_inch_;
  double points_ = 1;
  PixPtr page_;
};

}  // namespace

Box Turn::ToPage(const Box& upright) const {
  const bool sideways = quarter_turns % 2 == 1;
  const double turned_width = sideways ? height : width;
  const double turned_height = sideways ? width : height;
  const double radians = -skew_degrees * kPi / 180;
  const double cosine = std::cos(radians), sine = std::sin(radians);
  Box box{1e9, 1e9, -1e9, -1e9};
  for (const auto& [x, y] :
       std::array<std::pair<double, double>, 4>{{{upright.left, upright.top},
                                                 {upright.right, upright.top},
                                                 {upright.left, upright.bottom},
                                                 {upright.right, upright.bottom}}}) {
    // About the middle, which stays where it is.
    const double dx = x - upright_width / 2, dy = y - upright_height / 2;
    const double tx = dx * cosine - dy * sine + turned_width / 2;
    const double ty = dx * sine + dy * cosine + turned_height / 2;
    double px = tx, py = ty;
    if (quarter_turns % 4 == 1) {
      px = ty;
      py = height - tx;
    } else if (quarter_turns % 4 == 2) {
      px = width - tx;
      py = height - ty;
    } else if (quarter_turns % 4 == 3) {
      px = width - ty;
      py = tx;
    }
    box = {std::min(box.left, px), std::min(box.top, py), std::max(box.right, px),
           std::max(box.bottom, py)};
  }
  return box;
}

UprightRecogniser::UprightRecogniser(std::unique_ptr<adapters::Recogniser> engine)
    : engine_(std::move(engine)) {}

absl::StatusOr<std::vector<Word>> UprightRecogniser::Recognise(const GreyImage& image) {
  RECOUP_ASSIGN_OR_RETURN(Attempt attempt, Straightener(WithoutNoise(image), *engine_).Run());
  turns_.push_back(attempt.turn);
  return std::move(attempt.words);
}

}  // namespace recoup::hospital::invoice
