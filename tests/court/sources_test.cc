// Files of every format → the same text: which reader applies, what places are remembered, and why
// a file is refused.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"
#include "adapters/court/source.h"
#include "adapters/court/sources/read_source.h"
#include "adapters/court/sources/reading_confidence.h"
#include "adapters/court/sources/word_numbering.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "tests/common/scan.h"
#include "tests/common/zip_file.h"

namespace recoup::court {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace std::string_literals;

class FixedRecogniser final : public adapters::Recogniser {
 public:
  absl::StatusOr<std::vector<adapters::Word>> Recognise(const adapters::GreyImage&) override {
    return std::vector<adapters::Word>{{"（2025）沪0115民初90027号", {10, 10, 200, 20}, 95, 0},
                                       {"医保统筹基金支付", {10, 30, 90, 40}, 90, 1},
                                       {"12345.60元。", {92, 30, 150, 40}, 60, 1},
                                       {"-1-", {90, 800, 100, 810}, 99, 2}};
  }
};

absl::StatusOr<std::vector<SourceDocument>> ReadAll(std::string_view bytes) {
  SourceReader reader(std::make_unique<FixedRecogniser>());
  return reader.Read(bytes);
}

SourceDocument Read(std::string_view bytes) {
  auto documents = ReadAll(bytes);
  EXPECT_TRUE(documents.ok()) << documents.status();
  if (!documents.ok()) return {};
  EXPECT_THAT(*documents, SizeIs(1));
  return (*documents)[0];
}

std::string TextOf(const SourceDocument& document) { return EncodeUtf8(document.text); }

std::string_view PlaceOfWords(const SourceDocument& document, std::u32string_view words) {
  return PlaceOf(document, document.text.find(words));
}

// Half of a document in UTF-16, as Notepad saves it.
std::string Utf16(std::u16string_view text) {
  std::string bytes = "\xFF\xFE";
  for (const char16_t c : text) {
    bytes += static_cast<char>(c & 0xFF);
    bytes += static_cast<char>(c >> 8);
  }
  return bytes;
}

TEST(ReadSource, PlainTextIsItselfInEveryEncoding) {
  const SourceDocument utf8 = Read("民事判决书\n（2025）沪0115民初1号\n");
  EXPECT_EQ(utf8.format, SourceFormat::kPlainText);
  EXPECT_EQ(utf8.text, U"民事判决书\n（2025）沪0115民初1号\n");
  EXPECT_EQ(Read(Utf16(u"民事判决书\n（2025）沪0115民初1号\n")).text, utf8.text);
  EXPECT_EQ(Read("[2025]沪0115民初1号").format, SourceFormat::kPlainText);
  EXPECT_EQ(Read("<原件有涂改>民事判决书").format, SourceFormat::kPlainText);
}

TEST(ReadSource, TheDayOfTheFieldsIsAddedOnlyWhereTheTextTellsNone) {
  struct Case {
    const char* text;
    bool added;
  };
  const Case cases[] = {
      {"一、被告赔偿原告100元。\\n审判员 甲", true},
      {"2025年9月1日立案。一、被告赔偿原告100元。", true},
      {"一、被告赔偿原告100元。\\n二〇二五年九月五日\\n书记员 乙", false},
      {"一、被告赔偿原告100元。\\n2025年9月5日\\n书记员 乙", false},
  };
  for (const Case& c : cases) {
    const SourceDocument document = Read(absl::StrCat(R"({"s7":"（2025）沪0115民初1号","s21":")",
                                                      c.text, R"(","s31":"2025-09-05"})"));
    EXPECT_EQ(PlaceOfWords(document, U"2025年9月5日") == "s31", c.added) << c.text;
  }
}

TEST(ReadSource, WenshuPartsBecomeOneTextInOrderAndKnowTheirFields) {
  const SourceDocument document = Read(R"({"s2":"上海市某区人民法院","s7":"（2025）沪0115民初1号",
      "s6":"01","s27":"一、被告赔偿原告医疗费100元。","s25":"经审理查明，<br/>统筹基金支付50元。",
      "s22":"上海市某区人民法院民事判决书","s31":"2025-09-05 00:00:00"})");
  EXPECT_EQ(document.format, SourceFormat::kWenshuJson);
  EXPECT_EQ(TextOf(document),
            "（2025）沪0115民初1号\n上海市某区人民法院民事判决书\n经审理查明，\n"
            "统筹基金支付50元。\n一、被告赔偿原告医疗费100元。\n2025年9月5日\n");
  EXPECT_EQ(PlaceOfWords(document, U"统筹基金"), "s25");
  EXPECT_EQ(PlaceOfWords(document, U"赔偿"), "s27");
  EXPECT_EQ(PlaceOfWords(document, U"（2025）"), "s7");
}

TEST(ReadSource, WenshuPagesAreReadAsHtmlInsideTheirWrapper) {
  const SourceDocument document = Read(
      std::string(
          R"({"code":1,"result":{"s1":"甲与乙","s7":"（2025）沪0115民初1号","qwContent":)") +
      R"("<title></title><a type='dir' name='WBSB'></a><div>民事判决书</div>)" +
      R"(<div>（2025）沪0115民初1号</div><a type='dir' name='PJJG'></a><div>一、赔偿。</div>"}})");
  EXPECT_EQ(TextOf(document), "民事判决书\n（2025）沪0115民初1号\n一、赔偿。\n");
  EXPECT_EQ(PlaceOfWords(document, U"赔偿"), "PJJG");
}

TEST(ReadSource, ListsAndLinesOfJsonAreSeveralDocuments) {
  for (const std::string json :
       {R"([{"s21":"判决一"},{"s21":"判决二"}])", "{\"s21\":\"判决一\"}\n{\"s21\":\"判决二\"}\n",
        R"({"data":[{"s21":"判决一"},{"DocContent":"判决二"}]})"}) {
    const auto documents = ReadAll(json);
    ASSERT_TRUE(documents.ok()) << documents.status();
    ASSERT_THAT(*documents, SizeIs(2)) << json;
    EXPECT_EQ((*documents)[1].text, U"判决二\n");
    EXPECT_NE((*documents)[0].own_bytes, (*documents)[1].own_bytes);
  }
  EXPECT_TRUE(Read(R"({"s21":"判决一"})").own_bytes.empty());
}

TEST(ReadSource, AnchoredHtmlDropsTheSiteAroundIt) {
  const SourceDocument document = Read(
      "<!DOCTYPE html><html><head><title>网站</title><style>p{}</style></head><body><div>首页 登录"
      "</div><div><a type='dir' "
      "name='WBSB'></a><p>民事&nbsp;判决书</p><p>（2025）沪0115<b>民初</b>1号</p>"
      "<a type='dir' name='AJJBQK'></a>经审理\n查明<br>统筹基金支付&yen;50元。<script>var "
      "x=1;</script>"
      "<a type='dir' name='PJJG'></a><table><tr><td>医疗费</td><td>100元</td></tr></table></div>"
      "</body></html>");
  EXPECT_EQ(document.format, SourceFormat::kHtml);
  EXPECT_EQ(TextOf(document),
            "民事\u00A0判决书\n（2025）沪0115民初1号\n经审理查明\n统筹基金支付¥50元。\n"
            "医疗费100元\n");
  EXPECT_EQ(PlaceOfWords(document, U"统筹"), "AJJBQK");
}

TEST(ReadSource, HtmlWithoutAnchorsIsReadWhole) {
  EXPECT_EQ(TextOf(Read("<p>民事判决书</p><p>原告")), "民事判决书\n原告\n");
}

constexpr char kWordBody[] =
    R"(<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="x" xmlns:mc="y"><w:body>
<w:p><w:r><w:t>民事</w:t></w:r><w:r><w:t xml:space="preserve">判决书 </w:t></w:r></w:p>
<w:p><w:r><w:t>统筹支付</w:t></w:r><w:del><w:r><w:t>1</w:t></w:r></w:del><w:ins><w:r><w:t>250元</w:t></w:r></w:ins>
<mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>重复</w:t></mc:Fallback></mc:AlternateContent></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>被告赔偿甲。</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>驳回其他请求。</w:t><w:br/><w:t>尾</w:t></w:r></w:p>
</w:body></w:document>)";
constexpr char kWordNumbering[] =
    R"(<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>)";

TEST(ReadSource, DocxIsReadWithTheNumbersThatWordCounts) {
  const SourceDocument document = Read(adapters::Zip({{"[Content_Types].xml", "<Types/>"},
                                                      {"word/document.xml", kWordBody},
                                                      {"word/numbering.xml", kWordNumbering}}));
  EXPECT_EQ(document.format, SourceFormat::kDocx);
  std::string text = TextOf(document);
  std::erase(text, ' ');
  EXPECT_THAT(text,
              HasSubstr("民事判决书\n统筹支付250元\n一、被告赔偿甲。\n二、驳回其他请求。\n尾\n"));
  EXPECT_EQ(PlaceOfWords(document, U"统筹"), "第 2 段");
}

TEST(ReadSource, APdfIsReadWithoutItsPageNumbers) {
  const SourceDocument document = Read(
      adapters::TextPdf({{"第 1 页 共 2 页", "（2025）沪0115民初90027号民事判决书一份供核对使用",
                          "医保统筹基金支付12345.60元，由被告"},
                         {"承担百分之七十的赔偿责任，余款由原告自行负担，特此判决。", "— 2 —"}}));
  EXPECT_EQ(document.format, SourceFormat::kPdf);
  EXPECT_EQ(document.confidence_percent, 100);
  EXPECT_THAT(TextOf(document), HasSubstr("由被告\n承担百分之七十"));
  EXPECT_EQ(PlaceOfWords(document, U"承担"), "第 2 页");
}

TEST(ReadSource, AScanCarriesItsConfidenceIntoTheEvidence) {
  const SourceDocument document = Read(adapters::ScannedPng({"判决"}, 100));
  EXPECT_EQ(document.format, SourceFormat::kImage);
  EXPECT_THAT(TextOf(document), HasSubstr("医保统筹基金支付 12345.60元。\n"));
  EXPECT_EQ(TextOf(document).find("-1-"), std::string::npos);
  EXPECT_LT(document.confidence_percent, 100);
  const std::size_t amount = document.text.find(U"12345");
  EXPECT_EQ(ConfidenceWithin(document, amount, amount + 8), 60);
  EXPECT_EQ(ConfidenceWithin(document, amount - 9, amount + 8), 60);
  EXPECT_EQ(ConfidenceWithin(document, amount - 9, amount - 1), 90);

  JudgmentElements elements;
  elements.evidence.push_back({"fund_paid", amount, amount + 8, "", "rule", 99});
  elements.evidence.push_back({"case_number", 0, 10, "", "rule", 80});
  ApplyReadingConfidence(document, elements);
  EXPECT_EQ(elements.evidence[0].confidence_percent, 60);
  EXPECT_EQ(elements.evidence[1].confidence_percent, 80);
  ASSERT_THAT(elements.warnings, SizeIs(1));
  EXPECT_THAT(elements.warnings[0], HasSubstr("图像识别"));
}

TEST(ReadSource, DocumentsWithTextKeepTheirConfidence) {
  const SourceDocument document = Read("统筹基金支付50元");
  JudgmentElements elements;
  elements.evidence.push_back({"fund_paid", 0, 5, "", "rule", 97});
  ApplyReadingConfidence(document, elements);
  EXPECT_EQ(elements.evidence[0].confidence_percent, 97);
  EXPECT_TRUE(elements.warnings.empty());
}

TEST(ReadSource, RefusalsSayWhy) {
  struct Case {
    std::string what, bytes, says;
  };
  const std::string docx = adapters::Zip({{"word/document.xml", kWordBody}});
  std::string program =
      "\x7F"
      "ELF\x02\x01\x01"s;
  std::string noise;
  for (int i = 0; i < 4000; ++i) noise += static_cast<char>((i * 7919) % 251);
  const std::vector<Case> cases = {
      {"empty", "", "empty"},
      {"blank", " \r\n\u3000\n", "no text"},
      {"stub of an image", "BM,'~", "no text"},
      {"locked PDF", adapters::LockedPdf(), "password"},
      {"half a PDF", adapters::TextPdf({{"判决"}}).substr(0, 900), "truncated"},
      {"half a docx", docx.substr(0, docx.size() / 2), "truncated"},
      {"locked docx", adapters::Zip({{"word/document.xml", kWordBody}}, true), "password"},
      {"locked Office file",
       "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"s,
       "password"},
      {"old Word", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0d\0"s, "doc"},
      {"damaged docx", adapters::Zip({{"word/document.xml", "<w:document><w:p"}}), "damaged"},
      {"OFD", adapters::Zip({{"OFD.xml", "<ofd:OFD/>"}}), "OFD"},
      {"half a JSON", R"({"s21":"判决)", "truncated"},
      {"foreign JSON", R"({"name":"x","items":[1,2]})", "no court document"},
      {"RAR", "Rar!\x1A\x07\x01", "RAR"},
      {"RTF", "{\\rtf1 x}", "RTF"},
      {"program", program, "program"},
      {"noise", noise, ""},
      {"empty page", "<html><body><script>x</script></body></html>", "no text"},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.what);
    const auto documents = ReadAll(test.bytes);
    ASSERT_FALSE(documents.ok());
    EXPECT_THAT(std::string(documents.status().message()), HasSubstr(test.says));
  }
}

TEST(ReadSource, DeepNestingIsNoDanger) {
  std::string html = "<div>";
  std::string xml = "<w:document>";
  for (int i = 0; i < 900; ++i) html += "<div>";
  for (int i = 0; i < 50'000; ++i) xml += "<w:x>";
  xml += "<w:p><w:t>判决</w:t></w:p>";
  for (int i = 0; i < 50'000; ++i) xml += "</w:x>";
  EXPECT_EQ(TextOf(Read(html + "判决")), "判决\n");
  EXPECT_EQ(TextOf(Read(adapters::Zip({{"word/document.xml", xml + "</w:document>"}}))), "判决\n");
  std::string bomb;
  for (int i = 0; i < 1'000'000; ++i) bomb += "<span>";
  EXPECT_THAT(std::string(ReadAll(bomb + "判决").status().message()), HasSubstr("nested"));
  EXPECT_FALSE(ReadAll(std::string(100'000, '[') + "{").ok() &&
               Read(std::string(100'000, '[')).format == SourceFormat::kWenshuJson);
}

TEST(ChineseNumberTest, CountsAsPeopleDo) {
  const std::vector<std::pair<int, std::string>> table = {
      {1, "一"},     {10, "十"},        {11, "十一"},      {20, "二十"},        {99, "九十九"},
      {100, "一百"}, {105, "一百零五"}, {110, "一百一十"}, {999, "九百九十九"}, {1000, "1000"}};
  for (const auto& [number, chinese] : table) EXPECT_EQ(ChineseNumber(number), chinese);
}

}  // namespace
}  // namespace recoup::court
