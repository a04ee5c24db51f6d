// PDF and images → pages of words: text as text, scans by recognition, refusals with reasons.
#include <memory>
#include <string>
#include <vector>

#include "adapters/common/pages/page_reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "tests/common/scan.h"

namespace recoup::adapters {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Answers with fixed words and counts its images.
class FixedRecogniser final : public Recogniser {
 public:
  FixedRecogniser(std::string text, int& images) : text_(std::move(text)), images_(images) {}
  absl::StatusOr<std::vector<Word>> Recognise(const GreyImage& image) override {
    ++images_;
    width_ = image.width;
    return std::vector<Word>{{text_, {10, 10, 90, 20}, 81, 0}};
  }

 private:
  std::string text_;
  int& images_;
  int width_ = 0;
};

class PagesTest : public ::testing::Test {
 protected:
  PageReader Reader(std::string recognised = "识别", PageLimits limits = {}) {
    return PageReader(std::make_unique<FixedRecogniser>(std::move(recognised), images_), limits);
  }
  absl::StatusOr<PagedDocument> Read(std::string_view bytes) { return Reader().Read(bytes); }

  int images_ = 0;
};

const std::vector<std::string> kLines = {
    "上海市某区人民法院民事判决书", "（2025）沪0115民初90027号",
    "原告李秀英因交通事故支出医疗费，医保统筹基金支付12345.60元。"};

TEST_F(PagesTest, TextOfAPdfIsReadWithoutRecognition) {
  const auto document = Read(TextPdf({kLines, kLines}));
  ASSERT_TRUE(document.ok()) << document.status();
  ASSERT_THAT(document->pages, SizeIs(2));
  const Page& page = document->pages[1];
  EXPECT_EQ(page.source, PageSource::kText);
  EXPECT_EQ(TextOf(page), kLines[0] + "\n" + kLines[1] + "\n" + kLines[2] + "\n");
  EXPECT_EQ(ConfidenceOf(page), 100);
  EXPECT_EQ(images_, 0);
}

TEST_F(PagesTest, WordsLieWhereTheyAreOnThePage) {
  const auto document = Read(TextPdf({kLines}));
  ASSERT_TRUE(document.ok()) << document.status();
  const Page& page = document->pages[0];
  EXPECT_NEAR(page.width, 595, 1);
  EXPECT_NEAR(page.height, 842, 1);
  const Word& first = page.words.front();
  EXPECT_NEAR(first.box.left, 60, 3);
  EXPECT_GT(first.box.top, 55);
  EXPECT_LT(first.box.bottom, 95);
  EXPECT_GT(page.words.back().box.top, first.box.bottom);
  EXPECT_EQ(page.words.back().line, 2u);
}

TEST_F(PagesTest, PagesWithoutTextAreRecognisedAndOthersAreNot) {
  const auto scanned = Read(ScannedPdf({{"第一页"}, {"第二页"}}));
  ASSERT_TRUE(scanned.ok()) << scanned.status();
  ASSERT_THAT(scanned->pages, SizeIs(2));
  EXPECT_EQ(scanned->pages[0].source, PageSource::kRecognised);
  EXPECT_EQ(TextOf(scanned->pages[0]), "识别\n");
  EXPECT_EQ(ConfidenceOf(scanned->pages[0]), 81);
  EXPECT_EQ(images_, 2);
}

TEST_F(PagesTest, APageWithLittleTextIsTextUnlessItsImageSaysMore) {
  const std::string pdf = TextPdf({{"书记员 周文静"}});
  const auto text = Reader("书记员周文静").Read(pdf);
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(text->pages[0].source, PageSource::kText);
  const auto scan = Reader("判决如下：一、被告赔偿原告医疗费二万元，于十日内付清。").Read(pdf);
  ASSERT_TRUE(scan.ok()) << scan.status();
  EXPECT_EQ(scan->pages[0].source, PageSource::kRecognised);
}

TEST_F(PagesTest, RefusalsSayWhy) {
  struct Case {
    std::string what, bytes, says;
  };
  const std::string pdf = TextPdf({kLines});
  const std::string png = ScannedPng(kLines, 72);
  const std::vector<Case> cases = {
      {"empty", "", "empty"},
      {"foreign", "Salted__ something else", "neither a PDF nor an image"},
      {"locked", LockedPdf(), "password"},
      {"half a PDF", pdf.substr(0, pdf.size() / 2), "truncated"},
      {"a PDF in name only", "%PDF-1.7\nnothing\n%%EOF\n", "damaged"},
      {"half a PNG", png.substr(0, png.size() / 2), "truncated"},
      {"a PNG without pixels", "\x89PNG\r\n\x1A\n IEND", "damaged"},
      {"a JPEG that ends at once", "\xFF\xD8\xFF\xFF\xD9", "damaged"},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.what);
    const auto document = Read(test.bytes);
    ASSERT_FALSE(document.ok());
    EXPECT_THAT(std::string(document.status().message()), HasSubstr(test.says));
    EXPECT_EQ(ReasonOf(document.status()), Reason::kInvalidArgument);
  }
  EXPECT_EQ(images_, 0);
}

TEST_F(PagesTest, LimitsRefuseBeforeTheWorkIsDone) {
  const std::string pdf = ScannedPdf({{"一"}, {"二"}, {"三"}});
  const std::vector<PageLimits> limits = {
      {.bytes_max = pdf.size() - 1}, {.pages_max = 2}, {.pixels_max = 100'000}};
  for (const PageLimits& limit : limits) {
    const auto document = Reader("识别", limit).Read(pdf);
    EXPECT_EQ(ReasonOf(document.status()), Reason::kTooLarge) << document.status();
  }
  EXPECT_EQ(images_, 0);
}

TEST(PagesFormatTest, IsDecidedByTheFirstBytes) {
  EXPECT_EQ(PagesFormatOf("%PDF-1.4"), PagesFormat::kPdf);
  EXPECT_EQ(PagesFormatOf("\xEF\xBB\xBF\r\n%PDF-1.4"), PagesFormat::kPdf);
  EXPECT_EQ(PagesFormatOf(std::string(1020, ' ') + "%PDF-1.4"), std::nullopt);
  EXPECT_EQ(PagesFormatOf(std::string("II*\0", 4)), PagesFormat::kTiff);
  EXPECT_EQ(PagesFormatOf("\xFF\xD8\xFF\xE0"), PagesFormat::kJpeg);
  EXPECT_EQ(PagesFormatOf("BM 民事判决书"), std::nullopt);
  EXPECT_EQ(PagesFormatOf(""), std::nullopt);
  for (const std::string_view shorter :
       {"BM", "BM12345", "BM1234\xE5", "RIFF", "RIFF1234", "RIFF1234W"}) {
    EXPECT_EQ(PagesFormatOf(shorter), std::nullopt) << shorter;
  }
}

TEST(ArrangeInLinesTest, WordsOfALineStandTogetherWhateverTheirOrder) {
  std::vector<Word> words = {{"元", {80, 51, 92, 63}},
                             {"二", {10, 80, 22, 92}},
                             {"金额", {10, 50, 34, 62}},
                             {"12.50", {60, 49, 79, 61}}};
  ArrangeInLines(words);
  Page page;
  page.words = words;
  EXPECT_EQ(TextOf(page), "金额 12.50元\n二\n");
}

// The engine as it is installed; slow, so one small page.
TEST(TesseractTest, ReadsAScannedPageWithConfidence) {
  PageReader reader;
  const auto document = reader.Read(ScannedPng(kLines));
  ASSERT_TRUE(document.ok()) << document.status();
  ASSERT_THAT(document->pages, SizeIs(1));
  const Page& page = document->pages[0];
  EXPECT_NEAR(page.width, 595, 3);
  EXPECT_THAT(TextOf(page), HasSubstr("沪0115民初90027号"));
  EXPECT_THAT(TextOf(page), HasSubstr("12345.60"));
  EXPECT_GT(ConfidenceOf(page), 70);
  EXPECT_LT(ConfidenceOf(page), 100);
}

TEST(TesseractTest, AMissingModelSaysWhatToInstall) {
  PageReader reader(MakeTesseract("xx_none"));
  const auto document = reader.Read(ScannedPng({"一"}, 100));
  EXPECT_EQ(ReasonOf(document.status()), Reason::kNotImplemented);
  EXPECT_THAT(std::string(document.status().message()), HasSubstr("tesseract-ocr-xx_none"));
}

}  // namespace
}  // namespace recoup::adapters
