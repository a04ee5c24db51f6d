// A lead traced by a clerk over two visits and two funds, with a folder of bills, against a real
// hub.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/hospital/real_desks.h"

namespace recoup::hospital {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const VisitOf kFirst = {"T1", "周可欣", "310115199001014425"};
const VisitOf kSecond = {"T2", "周可欣", "310115199001014425"};
const VisitOf kOther = {"T3", "周可欣", "310115199001014425"};

class TraceRealHubTest : public RealDesks {
 protected:
  // 4,100.00 of two funds over two visits, 900.00 of her own; a third visit has nothing to do with
  // the injury.
  void SetUp() override {
    RealDesks::SetUp();
    const std::string words = "被小型轿车撞倒，致右小腿疼痛";
    Send(Admission2401(kFirst, DayBefore(12), words));
    Send(Admission2401(kSecond, DayBefore(7), words));
    Send(Admission2401(kOther, DayBefore(5), words));
    Send(Settlement2304(kFirst, "TS1", DayBefore(8), {"2600", "2100", "500"},
                        {{"310100", "1500"}, {"330100", "600"}}));
    Send(Settlement2304(kSecond, "TS2", DayBefore(6), {"2400", "2000", "400"},
                        {{"310100", "1500"}, {"330100", "500"}}));
    Send(Settlement2304(kOther, "TS3", DayBefore(4), {"600", "300", "300"}, {{"310100", "300"}}));
  }
  std::string Bill(const std::string& number, int days_ago, const Sums& sums) {
    return Write(absl::StrCat(number, ".json"), json({{"billCode", "31060126"},
                                                      {"billNumber", number},
                                                      {"checkCode", "a1b2c3"},
                                                      {"invoiceDate", DayBefore(days_ago)},
                                                      {"payer", kFirst.name},
                                                      {"amount", sums.total},
                                                      {"medicarePay", sums.fund},
                                                      {"otherPayment", "0"},
                                                      {"selfAccountAmount", "0"},
                                                      {"ownPay", sums.self}})
                                                    .dump());
  }
  std::string Lead() {
    return Write("lead.json", json({{"姓名", kFirst.name},
                                    {"身份证号", kFirst.id_number},
                                    {"受伤日期", DayBefore(12)},
                                    {"判决口径", "未扣减"},
                                    {"判决医疗费", "1044.78"},
                                    {"已付本人", true}})
                                  .dump());
  }
};

TEST_F(TraceRealHubTest, TheSumOwedGoesBackToEachFundOnceByLargestRemainder) {
  const std::vector<std::string> question = {
      "trace",
      Lead(),
      "--invoice",
      Bill("0012345671", 8, {"2600.00", "2100.00", "500.00"}),
      Bill("0012345672", 6, {"2400.00", "2000.00", "400.00"}),
      "--exclude",
      "T3=治疗糖尿病"};
  const json trace = HospitalJson(question);
  ASSERT_THAT(trace["visits"], SizeIs(3));
  EXPECT_EQ(trace["self_paid_fen"], "90000");
  EXPECT_EQ(trace["fund_paid_fen"], "410000");
  EXPECT_EQ(trace["owed_fen"], "85672");
  ASSERT_THAT(trace["shares"], SizeIs(2));
  EXPECT_EQ(trace["shares"].at(0)["fund_pay_type"], "310100");
  EXPECT_EQ(trace["shares"].at(0)["amount_fen"], "62687");
  EXPECT_EQ(trace["shares"].at(1)["fund_pay_type"], "330100");
  EXPECT_EQ(trace["shares"].at(1)["amount_fen"], "22985");
  ASSERT_THAT(trace["bills"], SizeIs(2));
  for (const json& bill : trace["bills"]) EXPECT_EQ(bill["included"], true);

  const Said told = Hospital(question);
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("应退回基金 856.72 元"));
  EXPECT_THAT(told.out, HasSubstr("经核实与本次受伤无关：治疗糖尿病"));
  EXPECT_THAT(told.out, HasSubstr("职工基本医疗保险统筹基金"));
}

TEST_F(TraceRealHubTest, AttachedBillsFindTheirSettlementsByNumber) {
  const std::string bill = Bill("0012345671", 8, {"2600.00", "2100.00", "500.00"});
  const Said attached = Hospital({"trace", Lead(), "--invoice", bill, "--attach"});
  EXPECT_EQ(attached.code, 0) << attached.err;
  EXPECT_THAT(attached.out, HasSubstr("已附 1 张票据"));
  const json again = HospitalJson({"trace", Lead(), "--bill", "0012345671"});
  ASSERT_THAT(again["bills"], SizeIs(1));
  EXPECT_EQ(again["bills"].at(0)["match"], "BILL_MATCH_NUMBER");
}

TEST_F(TraceRealHubTest, TheSameBillTwiceCountsOnce) {
  const std::string bill = Bill("0012345671", 8, {"2600.00", "2100.00", "500.00"});
  const std::string copy = Write("copy.json", json::parse(std::ifstream(bill)).dump());
  const json trace = HospitalJson({"trace", Lead(), "--invoice", bill, copy});
  EXPECT_EQ(trace["fund_paid_fen"], "440000");
  ASSERT_THAT(trace["findings"], SizeIs(2));
}

// Insured as an employee first and as a resident later: two pools, each gets its part.
TEST_F(TraceRealHubTest, FundsOfTwoPoolsEachGetTheirPart) {
  const VisitOf resident = {"T4", kFirst.name, kFirst.id_number, "390"};
  Send(Admission2401(resident, DayBefore(3), "车祸伤复查"));
  Send(Settlement2304(resident, "TS4", DayBefore(2), {"1000", "600", "400"}, {{"390100", "600"}}));
  const json trace = HospitalJson({"trace", Lead(), "--exclude", "T3=治疗糖尿病"});
  EXPECT_EQ(trace["fund_paid_fen"], "470000");
  ASSERT_THAT(trace["shares"], SizeIs(3));
  std::int64_t sum = 0;
  for (const json& share : trace["shares"]) {
    sum += std::stoll(share["amount_fen"].get<std::string>());
  }
  EXPECT_EQ(std::to_string(sum), trace["owed_fen"]);
  EXPECT_EQ(trace["shares"].at(2)["pool"], "pools/310115-390");
}

class TraceOfOneNumberTest : public RealDesks {
 protected:
  // Two bills of one person: C 600 and 1,200, with what the system writes as their number.
  std::string Owed(const std::string& number, std::vector<std::string> more = {}) {
    const std::string prefix = absl::StrCat("N", persons_);
    const VisitOf first = {prefix + "A", kNames.at(persons_++), "31011519900101998X"};
    const VisitOf second = {prefix + "B", first.name, first.id_number};
    json one = Settlement2304(first, prefix + "S1", DayBefore(8), {"1000", "600", "400"},
                              {{"310100", "600"}});
    json two = Settlement2304(second, prefix + "S2", DayBefore(3), {"2000", "1200", "800"},
                              {{"310100", "1200"}});
    for (json* message : {&one, &two}) {
      (*message)["request"]["input"]["data"]["invono"] = number;
      Send(*message);
    }
    std::vector<std::string> question = {"trace",       "--name",  first.name, "--injured-on",
                                         DayBefore(12), "--share", "100"};
    if (!more.empty()) question.insert(question.end(), {more[0], prefix + more[1]});
    return HospitalJson(question)["owed_fen"];
  }

 private:
  const std::vector<std::string> kNames = {"庚一", "庚二", "庚三", "庚四", "庚五", "庚六", "庚七"};
  std::size_t persons_ = 0;
};

TEST_F(TraceOfOneNumberTest, TwoBillsWithOneNumberBothCountUntilSomebodySaysTheyAreOne) {
  for (const char* const number : {"0", "000000000", "无", "-", "0088880001"}) {
    EXPECT_EQ(Owed(number), "180000") << number;
  }
  EXPECT_EQ(Owed("0088880002", {"--same-bill", "S2"}), "60000");
  EXPECT_EQ(Owed("0088880003", {"--other-bill", "S2"}), "180000");
}

// C 6,000.00, A 4,000.00, 30 %: what fits in the limit is owed in full.
TEST_F(RealDesks, ATraceReckonsWithTheCompulsoryLimitThatTheHubKnows) {
  const VisitOf visit = {"K1", "郑凯", "310115199001019998"};
  Send(Admission2401(visit, DayBefore(12), "骑电动自行车被小型轿车（沪C99999）撞倒"));
  Send(Settlement2304(visit, "KS1", DayBefore(8), {"10000", "6000", "4000"}, {{"310100", "6000"}}));
  const auto owed = [&](std::vector<std::string> more) {
    std::vector<std::string> question = {"trace",       "--name",  visit.name, "--injured-on",
                                         DayBefore(12), "--share", "30"};
    question.insert(question.end(), more.begin(), more.end());
    return HospitalJson(question)["owed_fen"].get<std::string>();
  };
  const auto net = [](const std::string& judged) {
    return std::vector<std::string>{"--basis", "net", "--judged", judged};
  };
  EXPECT_EQ(owed(net("3000")), "180000");
  const Said told =
      Hospital({"trace", "--name", visit.name, "--injured-on", DayBefore(12), "--share", "30"});
  EXPECT_THAT(told.out, HasSubstr("没有已知的保单与限额"));
  const Said registered =
      Insurer({"policies", "register", "--number", "JQ3", "--kind", "ctp", "--plate", "沪C99999",
               "--from", DayBefore(100), "--until", DayBefore(-100), "--medical-limit", "9000"});
  ASSERT_EQ(registered.code, 0) << registered.err;
  // The judgment's own part is paid from the limit first: of 4,000.00 5,000.00 are left, and 30 %
  // of the rest.
  EXPECT_EQ(owed(net("3000")), "600000");
  EXPECT_EQ(owed(net("4000")), "530000");
  EXPECT_EQ(owed({}), "600000");
  EXPECT_EQ(owed({"--plate", "沪A00001"}), "180000");
  EXPECT_EQ(owed({"--limit-left", "1000"}), "250000");
  // What the insurer states as used holds what the judgment gave the person, or is of others.
  for (const auto& [used, rest] : {std::pair("3000.00", "600000"), {"8000.00", "250000"}}) {
    const Said stated = Insurer(
        {"policies", "usage", "JQ3", "--accident-on", DayBefore(12), "--medical-used", used});
    ASSERT_EQ(stated.code, 0) << stated.err;
    EXPECT_EQ(owed(net("3000")), rest) << used;
  }
}

}  // namespace
}  // namespace recoup::hospital
