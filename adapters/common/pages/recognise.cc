#include "adapters/common/pages/recognise.h"

#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

// Of the OpenMP runtime that tesseract uses; its header comes with the compiler, and not with all.
extern "C" void omp_set_max_active_levels(int levels);

namespace recoup::adapters {
namespace {

class Tesseract final : public Recogniser {
 public:
  explicit Tesseract(std::string language) : language_(std::move(language)) {}

  absl::StatusOr<std::vector<Word>> Recognise(const GreyImage& image) override {
    RECOUP_RETURN_IF_ERROR(Load());
    engine_->SetImage(image.pixels.data(), image.width, image.height, 1, image.width);
    engine_->SetSourceResolution(image.dots_per_inch);
    if (engine_->Recognize(nullptr) != 0) {
      return MakeError(Reason::kInvalidArgument, "the characters of the page cannot be recognised");
    }
    std::vector<Word> words = Words(image.dots_per_inch);
    engine_->Clear();
    return words;
  }

 private:
  absl::Status Load() {
    if (engine_ != nullptr) return absl::OkStatus();
    // Tesseract's own threads halve the time of a page on an idle machine and, waiting for one
    // another, quadruple it on a busy one. Whoever reads many pages runs one engine per thread.
    omp_set_max_active_levels(0);
    auto engine = std::make_unique<tesseract::TessBaseAPI>();
    // Its diagnostics would end up between what the program prints.
    constexpr char kSilent[] = "/dev/null";
    if (engine->Init(nullptr, language_.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
      return MakeError(
          Reason::kNotImplemented,
          absl::StrCat("scanned pages cannot be read: install tesseract-ocr-", language_));
    }
    engine->SetVariable("debug_file", kSilent);
    engine->SetPageSegMode(tesseract::PSM_AUTO);
    engine_ = std::move(engine);
    return absl::OkStatus();
  }

  std::vector<Word> Words(int dots_per_inch) {
    std::vector<Word> words;
    const std::unique_ptr<tesseract::ResultIterator> at(engine_->GetIterator());
    if (at == nullptr) return words;
    const double scale = kPointsPerInch / dots_per_inch;
    constexpr auto kLevel = tesseract::RIL_WORD;
    std::size_t line = 0;
    bool first = true;
    do {
      if (at->Empty(kLevel)) continue;
      if (!first && at->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) ++line;
      const std::unique_ptr<const char[]> text(at->GetUTF8Text(kLevel));
      int left = 0, top = 0, right = 0, bottom = 0;
      if (text == nullptr || !at->BoundingBox(kLevel, &left, &top, &right, &bottom)) continue;
      std::string trimmed(absl::StripAsciiWhitespace(text.get()));
      if (trimmed.empty()) continue;
      first = false;
      const auto confidence = static_cast<int>(std::lround(at->Confidence(kLevel)));
      words.push_back({std::move(trimmed),
                       {left * scale, top * scale, right * scale, bottom * scale},
                       std::clamp(confidence, 0, 100),
                       line});
    } while (at->Next(kLevel));
    return words;
  }

  const std::string language_;
  std::unique_ptr<tesseract::TessBaseAPI> engine_;
};

}  // namespace

std::unique_ptr<Recogniser> MakeTesseract(std::string language) {
  return std::make_unique<Tesseract>(std::move(language));
}

}  // namespace recoup::adapters
