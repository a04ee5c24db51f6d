// Text in images: the interface, and the engine that Debian ships (tesseract with chi_sim).
//
// An engine is used by one thread at a time; threads that read in parallel have one each. Loading
// the model costs tenths of a second, so the engine loads it with the first image and not before.
#ifndef RECOUP_ADAPTERS_COMMON_PAGES_RECOGNISE_H_
#define RECOUP_ADAPTERS_COMMON_PAGES_RECOGNISE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/pages/page.h"

namespace recoup::adapters {

// Grey, row by row from the top, one byte per pixel, 0 is black.
struct GreyImage {
  int width = 0;
  int height = 0;
  int dots_per_inch = 0;
  std::vector<std::uint8_t> pixels;
};

class Recogniser {
 public:
  virtual ~Recogniser() = default;
  // The words in reading order, boxes in points.
  virtual absl::StatusOr<std::vector<Word>> Recognise(const GreyImage& image) = 0;
};

// `language` as tesseract names it. An engine whose model is not installed is NOT_IMPLEMENTED at
// the first image and says what to install.
std::unique_ptr<Recogniser> MakeTesseract(std::string language = "chi_sim");

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PAGES_RECOGNISE_H_
