// Letters of the hub on paper: what must stand on them, and amounts in capitals.
#include "adapters/common/letters/letter_pdf.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/common/letters/chinese_amount.h"
#include "adapters/common/pages/page_reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"

namespace recoup::adapters {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::SizeIs;

v1::Letter Example() {
  v1::Letter letter;
  letter.set_name("pools/310115-310/letters/01a");
  letter.set_kind(v1::LETTER_KIND_REFUND_CHECK);
  letter.set_title("医保基金退回核查函 医保退核函〔2026〕310115000001号");
  letter.set_addressee_name("李秀英");
  letter.set_issued_on("2026-01-19");
  v1::LetterContent& content = *letter.mutable_content();
  content.set_number("医保退核函〔2026〕310115000001号");
  content.set_sender_name("东岸区医疗保险事务中心");
  content.set_injured_name("李秀英");
  content.set_what_happened(
      "参保人李秀英因2025年3月5日发生的机动车交通事故就医，医保基金先行支付；该纠纷已由人民法院以"
      "（2025）沪0115民初90027号案件处理（未扣减）。");
  content.set_law("《社会保险法》第三十条、《社会保险基金先行支付暂行办法》第十一条");
  content.set_court_name("上海市浦东新区人民法院");
  content.set_case_number("（2025）沪0115民初90027号");
  content.set_amount_fen(3'016'005);
  content.set_due_on("2026-03-20");
  content.set_reference("RF18539007547034");
  content.set_payment_code("RF18539007547034\nCNY 30160.05\n2026-03-20\n东岸区医疗保险事务中心");
  v1::LetterLine& line = *content.add_lines();
  line.set_settlement_id("JS20250405001");
  line.set_admitted_on("2025-03-05");
  line.set_discharged_on("2025-04-05");
  line.set_fund_paid_fen(4'000'000);
  line.set_amount_fen(3'016'005);
  v1::ExplanationStep& step = *content.mutable_explanation()->add_steps();
  step.set_label("判决赔偿中应退回医保基金的部分");
  step.set_formula("D = B × C ÷ (A + C)");
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"B", "75,400.13 元"}, {"C", "40,000.00 元"}, {"A", "60,000.00 元"}}) {
    v1::ExplanationInput& input = *step.add_inputs();
    input.set_name(name);
    input.set_value(value);
  }
  step.set_rule_id("apportion.gross.refund");
  step.set_rule_version("1");
  step.set_source("《社会保险基金先行支付暂行办法》第十一条");
  step.set_result_fen(3'016'005);
  return letter;
}

v1::Letter InquiryExample() {
  v1::Letter letter = Example();
  letter.set_kind(v1::LETTER_KIND_INQUIRY);
  letter.set_title("医保基金退回核查函 医保核函〔2026〕3101153100J7K2M8N4P6Q号之1");
  v1::LetterContent& content = *letter.mutable_content();
  content.set_number("医保核函〔2026〕3101153100J7K2M8N4P6Q号之1");
  content.set_what_happened(
      "参保人李秀英因2025年3月5日发生的交通事故就医，医保基金先行支付 40,000.00 元；该纠纷已由"
      "上海市浦东新区人民法院以（2025）沪0115民初90027号案件处理（裁定书）。依据现有法律文书，"
      "应当退回医保基金的金额尚不能确定。");
  content.clear_amount_fen();
  content.clear_reference();
  content.clear_payment_code();
  content.clear_explanation();
  content.mutable_lines(0)->clear_amount_fen();
  content.set_fund_paid_fen(4'000'000);
  content.add_questions("就上述伤害已从何人、于何时、以何种方式收到多少元，尚有多少元没有收到；");
  content.add_questions("上述款项中医疗费多少元，是否包含医保基金已经支付的部分；");
  content.add_questions("附收款凭证、赔偿或者调解协议、医疗费票据等证据；");
  content.add_questions(
      "已收到的款项中包含医保基金支付部分的，该部分应当退回医保基金，请写明拟退回的时间。");
  content.add_replaces("医保核函〔2026〕3101153100J7K2M8N4P6Q号");
  content.set_sender_contact("东岸区迎春路520号，021-58000000");
  return letter;
}

class NoRecogniser final : public Recogniser {
 public:
  absl::StatusOr<std::vector<Word>> Recognise(const GreyImage&) override {
    return std::vector<Word>();
  }
};

// Without spaces and line ends, which depend on the paper's width.
std::string TextOfPdf(const std::string& pdf) {
  PageReader reader(std::make_unique<NoRecogniser>());
  const auto document = reader.Read(pdf);
  EXPECT_TRUE(document.ok()) << document.status();
  std::string text;
  if (!document.ok()) return text;
  for (const Page& page : document->pages) text += TextOf(page);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

class LetterPdfTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(::testing::TempDir()) / "letter_pdf_test" / test->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  fs::path folder_;
};

TEST_F(LetterPdfTest, EverythingThatCountsStandsOnIt) {
  const std::string text = TextOfPdf(LetterPdf(Example()).value());
  for (const std::string part :
       {"医保基金退回核查函", "医保退核函〔2026〕310115000001号", "李秀英：",
        "第三十条、《社会保险基金先行支付暂行办法》第十一条", "请于2026年3月20日前", "30,160.05元",
        "大写：叁万零壹佰陆拾元零伍分", "JS20250405001", "2025-03-05至2025-04-05", "40,000.00",
        "D=B×C÷(A+C)", "B：75,400.13元", "RF18539007547034",
        "抄送：上海市浦东新区人民法院，（2025）沪0115民初90027号案", "2026年1月19日"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  // Names of rules are for programs.
  EXPECT_THAT(text, testing::Not(HasSubstr("apportion.gross")));
}

TEST_F(LetterPdfTest, AnInquiryAsksForAnAnswerAndNotForMoney) {
  const std::string text = TextOfPdf(LetterPdf(InquiryExample()).value());
  for (const std::string part :
       {"医保基金退回核查函", "医保核函〔2026〕3101153100J7K2M8N4P6Q号之1", "李秀英：",
        "先行支付40,000.00元", "第三十条、《社会保险基金先行支付暂行办法》第十一条",
        "请于2026年3月20日前书面答复下列事项", "（1）就上述伤害已从何人", "（4）已收到的款项中",
        "JS20250405001", "40,000.00", "021-58000000", "本函不要求付款",
        "本函替代此前发出的医保核函〔2026〕3101153100J7K2M8N4P6Q号核查函。",
        "抄送：上海市浦东新区人民法院，（2025）沪0115民初90027号案", "2026年1月19日"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  for (const std::string part :
       {"付款参考号：", "收款单位", "付款金额", "大写", "本函主张", "扫码"}) {
    EXPECT_THAT(text, testing::Not(HasSubstr(part)));
  }
}

TEST_F(LetterPdfTest, AnInquiryWithoutSettlementsSaysThatTheyAreToBeChecked) {
  v1::Letter letter = InquiryExample();
  letter.mutable_content()->clear_lines();
  letter.mutable_content()->clear_fund_paid_fen();
  letter.mutable_content()->clear_sender_contact();
  const std::string text = TextOfPdf(LetterPdf(letter).value());
  EXPECT_THAT(text, HasSubstr("结算明细待核。"));
  EXPECT_THAT(text, testing::Not(HasSubstr("合计")));
  EXPECT_THAT(text, testing::Not(HasSubstr("联系方式")));
}

TEST_F(LetterPdfTest, TheSameLetterIsTheSameFileWheneverItIsPrinted) {
  EXPECT_TRUE(LetterPdf(Example()).value() == LetterPdf(Example()).value());
}

TEST_F(LetterPdfTest, ALetterWithoutContentIsItsText) {
  v1::Letter letter = Example();
  letter.clear_content();
  letter.set_text("医保基金退回核查函\n\n请于 2026年3月20日 前支付。\n");
  EXPECT_EQ(TextOfPdf(LetterPdf(letter).value()),
            "医保基金退回核查函请于2026年3月20日前支付。第1页，共1页");
}

TEST_F(LetterPdfTest, OneLetterGoesIntoTheFileNamedAndSeveralIntoAFolder) {
  const std::string file = (folder_ / "函.pdf").string();
  EXPECT_THAT(WriteLetterPdfs({Example()}, file).value(), ::testing::ElementsAre(file));
  const std::string folder = (folder_ / "函件").string();
  const auto files = WriteLetterPdfs({Example(), Example()}, folder);
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_THAT(*files, ::testing::ElementsAre(folder + "/医保退核函〔2026〕310115000001号.pdf",
                                             folder + "/医保退核函〔2026〕310115000001号-2.pdf"));
  for (const std::string& written : *files) EXPECT_TRUE(fs::exists(written));
  std::ofstream(folder_ / "是文件") << "x";
  EXPECT_EQ(ReasonOf(WriteLetterPdfs({Example()}, (folder_ / "是文件").string()).status()),
            Reason::kInvalidArgument);
}

TEST_F(LetterPdfTest, ANumberDoesNotLeadOutOfTheFolder) {
  v1::Letter letter = Example();
  letter.mutable_content()->set_number("../../外");
  const auto files = WriteLetterPdfs({letter}, folder_.string());
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_EQ(fs::path(files->at(0)).parent_path(), folder_);
}

TEST(ChineseAmountTest, FollowsTheRulesForPayments) {
  const std::vector<std::pair<std::int64_t, std::string>> table = {
      {0, "零元整"},
      {5, "伍分"},
      {50, "伍角整"},
      {105, "壹元零伍分"},
      {150, "壹元伍角整"},
      {1'000, "壹拾元整"},
      {10'100, "壹佰零壹元整"},
      {140'950, "壹仟肆佰零玖元伍角整"},
      {600'714, "陆仟零柒元壹角肆分"},
      {1'680'32, "壹仟陆佰捌拾元叁角贰分"},
      {3'016'005, "叁万零壹佰陆拾元零伍分"},
      {10'700'053, "壹拾万零柒仟元伍角叁分"},
      {100'000'000, "壹佰万元整"},
      {100'000'100, "壹佰万零壹元整"},
      {10'000'000'000, "壹亿元整"},
      {10'000'100'000, "壹亿零壹仟元整"},
      {1'000'000'000'000'000, "壹拾万亿元整"},
      {-105, "负壹元零伍分"},
  };
  for (const auto& [fen, chinese] : table) EXPECT_EQ(ChineseAmount(fen), chinese) << fen;
}

}  // namespace
}  // namespace recoup::adapters
