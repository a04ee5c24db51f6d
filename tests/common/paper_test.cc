// Letters on paper, read back from the PDF: the words, the order, the code, the same bytes again.
#include "adapters/common/paper/paper.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "adapters/common/pages/page_reader.h"
#include "adapters/common/paper/qr_code.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"

namespace recoup::adapters {
namespace {

using ::testing::HasSubstr;

constexpr char kPayload[] = "RF08310115310202500001\n75400.00\n2025-12-31";

class NoRecogniser final : public Recogniser {
 public:
  absl::StatusOr<std::vector<Word>> Recognise(const GreyImage&) override {
    return std::vector<Word>();
  }
};

PagedDocument ReadBack(const std::string& pdf) {
  PageReader reader(std::make_unique<NoRecogniser>());
  absl::StatusOr<PagedDocument> document = reader.Read(pdf);
  EXPECT_TRUE(document.ok()) << document.status();
  return document.ok() ? *std::move(document) : PagedDocument();
}

// Whether a space is wide enough to be one is the reader's business.
std::string Unspaced(const Page& page) {
  std::string text = TextOf(page);
  std::erase(text, ' ');
  return text;
}

std::string Letter(int rows) {
  Paper paper({.title = "医保基金退回核查函",
               .author = "某市医疗保险事业管理中心",
               .created = absl::FromUnixSeconds(1'760'000'000),
               .footer = "沪医保退函〔2025〕00017号"});
  paper.Issuer("某市医疗保险事业管理中心");
  paper.Title("医保基金退回核查函");
  paper.Subtitle("沪医保退函〔2025〕00017号");
  paper.Paragraph("某某财产保险股份有限公司上海市分公司：", ParagraphStyle::kPlain);
  paper.Paragraph(
      "经核查，参保人李秀英因机动车交通事故受伤，本统筹区医疗保险基金已先行支付医疗费用。"
      "依照《中华人民共和国社会保险法》第三十条第二款，现请贵公司在收到本函之日起三十日内退回下列款"
      "项。");
  paper.Heading("一、款项");
  std::vector<std::vector<std::string>> table;
  for (int i = 0; i < rows; ++i) {
    table.push_back({"基本医疗保险统筹基金支付", "2025-03-05", i == 0 ? "12,345.60" : "1.00"});
  }
  paper.Table({{"项目", Align::kLeft, 2}, {"日期"}, {"金额（元）", Align::kRight}}, table,
              {"合计", "", "75,400.00"});
  paper.Fields({{"付款附言", "RF08310115310202500001"}, {"付款期限", "2025年12月31日"}});
  paper.QrCode(kPayload, {"扫码付款", "附言须原样填写"});
  paper.Paragraph("某市医疗保险事业管理中心", ParagraphStyle::kRight);
  return paper.Finish().value();
}

TEST(PaperTest, WhatIsWrittenCanBeReadAndSearched) {
  const PagedDocument document = ReadBack(Letter(2));
  ASSERT_EQ(document.pages.size(), 1u);
  const std::string text = Unspaced(document.pages[0]);
  EXPECT_THAT(text, HasSubstr("医保基金退回核查函"));
  EXPECT_THAT(text, HasSubstr("《中华人民共和国社会保险法》第三十条第二款"));
  EXPECT_THAT(text, HasSubstr("12,345.60"));
  EXPECT_THAT(text, HasSubstr("RF08310115310202500001"));
  EXPECT_THAT(text, HasSubstr("第1页，共1页"));
}

TEST(PaperTest, AmountsEndBelowEachOther) {
  const PagedDocument document = ReadBack(Letter(2));
  std::vector<double> ends;
  for (const Word& word : document.pages[0].words) {
    if (word.text == "12,345.60" || word.text == "1.00" || word.text == "75,400.00") {
      ends.push_back(word.box.right);
    }
  }
  ASSERT_EQ(ends.size(), 3u);
  EXPECT_NEAR(ends[0], ends[1], 0.5);
  EXPECT_NEAR(ends[1], ends[2], 0.5);
}

TEST(PaperTest, ALongTableContinuesUnderItsHeaderAndPagesAreNumbered) {
  const PagedDocument document = ReadBack(Letter(70));
  ASSERT_EQ(document.pages.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string text = Unspaced(document.pages[i]);
    EXPECT_THAT(text, HasSubstr("第" + std::to_string(i + 1) + "页，共3页"));
    EXPECT_THAT(text, HasSubstr("沪医保退函〔2025〕00017号"));
    EXPECT_THAT(text, HasSubstr("金额（元）"));
    for (const Word& word : document.pages[i].words) {
      EXPECT_LT(word.box.bottom, document.pages[i].height - 20) << word.text;
      EXPECT_LT(word.box.right, document.pages[i].width - 60) << word.text;
    }
  }
}

TEST(PaperTest, AParagraphLongerThanAPageContinues) {
  Paper paper({.title = "长", .author = "", .created = absl::UnixEpoch()});
  std::string text;
  for (int i = 0; i < 3'000; ++i) text += "费";
  paper.Paragraph(text + "末");
  const PagedDocument document = ReadBack(paper.Finish().value());
  ASSERT_GE(document.pages.size(), 3u);
  EXPECT_THAT(TextOf(document.pages.back()), HasSubstr("末"));
}

TEST(PaperTest, TheSameLetterIsTheSameFile) { EXPECT_TRUE(Letter(3) == Letter(3)); }

TEST(PaperTest, TheDateInTheFileIsTheOneGiven) {
  // Not a matcher, which would print the file.
  EXPECT_NE(Letter(1).find("/CreationDate (20251009165320+08'00)"), std::string::npos);
}

TEST(PaperTest, InvalidTextIsShownNotRefused) {
  Paper paper({.title = "坏\xFF", .author = "", .created = absl::UnixEpoch()});
  paper.Paragraph("甲\xFF乙");
  EXPECT_THAT(TextOf(ReadBack(paper.Finish().value()).pages[0]), HasSubstr("甲"));
}

TEST(PaperTest, ACodeThatHoldsTooMuchIsRefused) {
  Paper paper({.title = "码", .author = "", .created = absl::UnixEpoch()});
  paper.QrCode(std::string(2'332, 'x'), {});
  EXPECT_EQ(ReasonOf(paper.Finish().status()), Reason::kTooLarge);
  EXPECT_EQ(ReasonOf(MakeQrCode("").status()), Reason::kTooLarge);
}

// The printed code, read by another program.
TEST(PaperTest, TheCodeScans) {
  if (std::system("command -v pdftoppm zbarimg >/dev/null") != 0) {
    GTEST_SKIP() << "pdftoppm (poppler-utils) and zbarimg (zbar-tools) are not installed";
  }
  const auto stem = std::filesystem::path(::testing::TempDir()) / "paper_test_code";
  std::ofstream(stem.string() + ".pdf", std::ios::binary) << Letter(2);
  const std::string command = "pdftoppm -r 150 -png -singlefile " + stem.string() + ".pdf " +
                              stem.string() + " && zbarimg -q --raw " + stem.string() +
                              ".png 2>/dev/null";
  FILE* pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string read(256, '\0');
  read.resize(std::fread(read.data(), 1, read.size(), pipe));
  pclose(pipe);
  EXPECT_EQ(read, std::string(kPayload) + "\n");
}

}  // namespace
}  // namespace recoup::adapters
