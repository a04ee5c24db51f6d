#include "adapters/hospital/program/lead_file.h"

#include "adapters/hospital/program/trace_request.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"

namespace recoup::hospital {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(LeadFileTest, TheFundsOwnFormAndShortFormsAreRead) {
  const auto api = LeadFromJson(
      R"({"name":"pools/310115-310/leads/01","case_number":"（2026）沪0115民初1号",
          "injured_person":{"name":"陈晓岚","id_number":"310115198503124525"}})");
  ASSERT_TRUE(api.ok()) << api.status();
  EXPECT_EQ(api->name, "陈晓岚");
  EXPECT_EQ(api->id_number, "310115198503124525");

  const auto chinese = LeadFromJson(
      R"({"姓名":"陈晓岚","身份证号":"310115198503124525","受伤日期":"2026-01-05","判决口径":"未扣减",
          "判决医疗费":"18265.31","责任比例":70,"责任方":"钱二","已付本人":"是",
          "票据号码":["0012345678","0012345679"]})");
  ASSERT_TRUE(chinese.ok()) << chinese.status();
  EXPECT_EQ(chinese->injured_on, "2026-01-05");
  EXPECT_EQ(chinese->basis, "gross");
  EXPECT_EQ(chinese->judged_yuan, "18265.31");
  EXPECT_EQ(chinese->share_percent, "70");
  EXPECT_TRUE(chinese->paid);
  EXPECT_THAT(chinese->invoice_numbers, ElementsAre("0012345678", "0012345679"));

  const auto english =
      LeadFromJson(R"({"lead":{"injured_name":"陈晓岚","judged_medical_fen":"1826531",
                       "basis":"BASIS_NET","judged":18265.31}})");
  ASSERT_TRUE(english.ok()) << english.status();
  EXPECT_EQ(english->judged_yuan, "18265.31");
  EXPECT_EQ(english->basis, "net");
}

TEST(LeadFileTest, EveryMemberThatIsNotOfItsKindIsNamed) {
  const auto lead = LeadFromJson(
      R"({"name":[],"basis":"half","paid":"maybe","invoice_numbers":[12345678],
          "judged_medical_fen":"ten"})");
  EXPECT_THAT(DetailOf(lead.status()).faults, SizeIs(5));
  for (const char* text : {"", "[]", "3", "{", "\xff\xfe{}"}) {
    EXPECT_FALSE(LeadFromJson(text).ok()) << text;
  }
}

TEST(LeadFileTest, TheCommandLineDecidesWhatBothGive) {
  TraceOptions options;
  options.name = "陈晓岚";
  options.bills = {"0012345678=100.00/50.00"};
  LeadFile lead;
  lead.name = "陈小兰";
  lead.injured_on = "2026-01-05";
  lead.invoice_numbers = {"0012345678", "0012345679"};
  FillFrom(lead, options);
  EXPECT_EQ(options.name, "陈晓岚");
  EXPECT_EQ(options.injured_on, "2026-01-05");
  EXPECT_THAT(options.bills, ElementsAre("0012345678=100.00/50.00", "0012345679"));
}

TEST(TraceRequestTest, AllFaultsAtOnce) {
  TraceOptions options;
  options.judged = "lots";
  options.share = "101";
  options.bills = {"=3", "1=x"};
  options.exclusions = {"V1"};
  EXPECT_THAT(DetailOf(TraceRequestFrom(options).status()).faults, SizeIs(7));
}

TEST(TraceRequestTest, ABillByHandMayHaveAmountsAndADay) {
  TraceOptions options;
  options.name = "陈晓岚";
  options.injured_on = "2026-01-05";
  options.bills = {"0012345678=1500.00/600.00@2026-01-09", "0012345679", "0012345670@2026-01-10"};
  const auto request = TraceRequestFrom(options);
  ASSERT_TRUE(request.ok()) << request.status();
  ASSERT_EQ(request->bills_size(), 3);
  EXPECT_EQ(request->bills(0).total_fen(), 150'000);
  EXPECT_EQ(request->bills(0).fund_paid_fen(), 60'000);
  EXPECT_EQ(request->bills(0).issued_on(), "2026-01-09");
  EXPECT_FALSE(request->bills(0).has_confidence_percent());
  EXPECT_FALSE(request->bills(1).has_total_fen());
  EXPECT_EQ(request->bills(2).issued_on(), "2026-01-10");
}

}  // namespace
}  // namespace recoup::hospital
