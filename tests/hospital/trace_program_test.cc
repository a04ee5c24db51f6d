// trace as a clerk runs it: a lead, a folder of bills, what is asked and what is attached.
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hospital/program_fixture.h"

namespace recoup::hospital {
namespace {

using adapters::ExitCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string BillJson(const std::string& number, const std::string& total, const std::string& fund,
                     const std::string& cash) {
  return absl::StrCat(R"({"billCode":"31060126","billNumber":")", number,
                      R"(","checkCode":"a1b2c3","invoiceDate":"2026-01-09","payer":"陈晓岚",)",
                      R"("amount":")", total, R"(","medicarePay":")", fund,
                      R"(","otherPayment":"0","selfAccountAmount":"0","ownPay":")", cash, R"("})");
}

class TraceProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_.File("bills/more"));
    Write("lead.json", R"({"姓名":"陈晓岚","受伤日期":"2026-01-05","判决口径":"无判决",
                           "责任比例":"70","票据号码":["0012345678","无"]})");
    Write("bills/a.json", BillJson("0012345678", "1500.00", "600.00", "900.00"));
    Write("bills/more/b.json", BillJson("0012345679", "80.00", "30.00", "49.00"));
    Write("bills/notes.txt", "不是票据");
  }
  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.File(name), std::ios::binary) << text;
  }
  Result Run(std::vector<std::string> arguments) {
    for (const std::string& flag : hub_.Flags()) arguments.push_back(flag);
    arguments.insert(arguments.end(), {"--spool-file", folder_.File("spool.db")});
    return RunProgram(std::move(arguments));
  }
  // The first bill belongs to a settlement, the second must be looked at.
  static v1::TraceInjuryResponse Trace() {
    v1::TraceInjuryResponse trace;
    v1::TracedBill& known = *trace.add_bills();
    known.set_bill(0);
    known.set_invoice_number("0012345678");
    known.set_advance("pools/310115-310/advances/a1");
    known.set_match(v1::BILL_MATCH_NUMBER);
    known.set_included(true);
    known.set_fund_paid(true);
    known.set_reason("对应结算 S1，按结算金额计入");
    v1::TracedBill& unsure = *trace.add_bills();
    unsure.set_bill(1);
    unsure.set_invoice_number("0012345679");
    unsure.set_reason("待核对，暂不计入：识别把握 50%，低于 90%");
    return trace;
  }

  adapters::TemporaryFolder folder_;
  FakeHub hub_{folder_.File("")};
};

TEST_F(TraceProgramTest, ALeadAndAFolderOfBillsBecomeOneQuestion) {
  hub_.service.SetTrace(Trace());
  const Result result =
      Run({"trace", folder_.File("lead.json"), "--invoice", folder_.File("bills")});
  EXPECT_EQ(result.code, ExitCode::kPartlyRefused);  // One file is no bill.
  EXPECT_THAT(result.err, HasSubstr("notes.txt"));
  const v1::TraceInjuryRequest asked = hub_.service.last_trace();
  EXPECT_EQ(asked.person().name(), "陈晓岚");
  EXPECT_EQ(asked.injured_on(), "2026-01-05");
  EXPECT_EQ(asked.liable_share_bp(), 7'000);
  // The number of the lead and the file of the same bill are one bill.
  ASSERT_EQ(asked.bills_size(), 2);
  EXPECT_EQ(asked.bills(0).invoice_number(), "0012345678");
  EXPECT_EQ(asked.bills(0).fund_paid_fen(), 60'000);
  EXPECT_EQ(asked.bills(0).confidence_percent(), 100);
  EXPECT_LE(asked.bills(1).confidence_percent(), 50);  // 30 + 49 is not 80.
  EXPECT_THAT(result.out, HasSubstr("按结算金额计入"));
  EXPECT_THAT(result.out, HasSubstr("--confirm '" + folder_.File("bills/more/b.json")));
  EXPECT_THAT(result.out, Not(HasSubstr("已附")));
  EXPECT_THAT(hub_.service.Calls(), IsEmpty());
}

TEST_F(TraceProgramTest, WhatTheClerkCorrectsOrConfirmsIsSure) {
  hub_.service.SetTrace(Trace());
  EXPECT_EQ(Run({"trace", folder_.File("lead.json"), "--invoice", folder_.File("bills/more"),
                 "--correct", "b.json:cash_paid=50.00"})
                .code,
            ExitCode::kOk);
  EXPECT_EQ(hub_.service.last_trace().bills(1).confidence_percent(), 100);
  EXPECT_EQ(hub_.service.last_trace().bills(1).self_paid_fen(), 5'000);
  EXPECT_EQ(Run({"trace", folder_.File("lead.json"), "--invoice", folder_.File("bills/more"),
                 "--confirm", "b.json"})
                .code,
            ExitCode::kOk);
  EXPECT_EQ(hub_.service.last_trace().bills(1).confidence_percent(), 100);
}

TEST_F(TraceProgramTest, OnlyBillsThatCountByASettlementAreAttached) {
  hub_.service.SetTrace(Trace());
  const Result result = Run({"trace", folder_.File("lead.json"), "--invoice",
                             folder_.File("bills/a.json"), folder_.File("bills/more"), "--attach"});
  EXPECT_EQ(result.code, ExitCode::kOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("已附 1 张票据"));
  EXPECT_THAT(hub_.service.Calls(), ElementsAre("AttachBills pools/310115-310/advances/a1"));
  const v1::AttachBillsRequest attached = hub_.service.last_attached();
  ASSERT_EQ(attached.bills_size(), 1);
  EXPECT_THAT(attached.bills(0).evidence(), HasSubstr("医保统筹基金支付 600.00（100%）"));
}

TEST_F(TraceProgramTest, ABillThatFitsSeveralSettlementsIsAssignedByName) {
  v1::TraceInjuryResponse trace = Trace();
  trace.mutable_bills(1)->add_candidates("S1");
  trace.mutable_bills(1)->add_candidates("S2");
  hub_.service.SetTrace(trace);
  const std::string file = folder_.File("bills/more/b.json");
  const std::vector<std::string> question = {"trace", folder_.File("lead.json"), "--invoice",
                                             folder_.File("bills/more")};
  const Result asked = Run(question);
  EXPECT_THAT(asked.out, HasSubstr("--assign '" + file + "=S2'"));
  EXPECT_THAT(asked.out, Not(HasSubstr("--confirm")));
  for (const std::string& name : {file, std::string("b.json"), std::string("0012345679")}) {
    std::vector<std::string> answer = question;
    answer.insert(answer.end(), {"--assign", name + "=S2"});
    EXPECT_EQ(Run(answer).code, ExitCode::kOk) << name;
    EXPECT_EQ(hub_.service.last_trace().bills(1).settlement_id(), "S2") << name;
    EXPECT_EQ(hub_.service.last_trace().bills(0).settlement_id(), "") << name;
  }
  for (const char* const wrong : {"c.json=S2", "b.json", "b.json="}) {
    std::vector<std::string> answer = question;
    answer.insert(answer.end(), {"--assign", wrong});
    EXPECT_EQ(Run(answer).code, ExitCode::kUsage) << wrong;
  }
}

TEST_F(TraceProgramTest, ASharedBillNumberIsDecidedBySettlement) {
  v1::TraceInjuryResponse trace;
  trace.add_visits()->set_settlement_id("S1");
  trace.add_visits()->set_settlement_id("S2");
  v1::TraceFinding& finding = *trace.add_findings();
  finding.set_kind(v1::TRACE_FINDING_KIND_UNSURE);
  finding.set_subject("S2");
  hub_.service.SetTrace(trace);
  const Result result =
      Run({"trace", folder_.File("lead.json"), "--same-bill", "S2", "--other-bill", "S3", "--plate",
           "沪C99999", "--limit-left", "6000.01"});
  EXPECT_EQ(result.code, ExitCode::kOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("--same-bill 'S2'\n"));
  EXPECT_THAT(result.out, HasSubstr("--other-bill 'S2'\n"));
  EXPECT_THAT(hub_.service.last_trace().same_bill_settlements(), ElementsAre("S2"));
  EXPECT_THAT(hub_.service.last_trace().other_bill_settlements(), ElementsAre("S3"));
  EXPECT_EQ(hub_.service.last_trace().plate(), "沪C99999");
  EXPECT_EQ(hub_.service.last_trace().ctp_left_fen(), 600'001);
}

TEST_F(TraceProgramTest, WhatIsMissingIsAskedForUnderTheTable) {
  struct Row {
    v1::TraceGap gap;
    const char* option;
  };
  for (const Row& row :
       {Row{v1::TRACE_GAP_BASIS, "--basis gross"}, Row{v1::TRACE_GAP_LIABILITY, "--share 70"},
        Row{v1::TRACE_GAP_JUDGED, "--judged"}, Row{v1::TRACE_GAP_MORE_THAN_FOUND, "--exclude"}}) {
    v1::TraceInjuryResponse trace = Trace();
    v1::TracedVisit& visit = *trace.add_visits();
    visit.set_visit_id("V-1");
    trace.set_fund_paid_fen(60'000);
    trace.set_gap(row.gap);
    trace.set_gap_text("尚缺一项");
    hub_.service.SetTrace(trace);
    const Result result =
        Run({"trace", folder_.File("lead.json"), "--invoice", folder_.File("bills/more")});
    EXPECT_EQ(result.code, ExitCode::kUsage);
    EXPECT_THAT(result.out, HasSubstr("V-1"));
    EXPECT_THAT(result.out, HasSubstr("基金支付 C 600.00 元。\n应退回金额未计算：尚缺一项"));
    EXPECT_THAT(result.out, HasSubstr(row.option));
  }
}

TEST_F(TraceProgramTest, FaultsNameTheLeadFileOrTheOption) {
  struct Row {
    const char* lead;
    std::vector<std::string> options;
    std::string says;
  };
  const std::vector<Row> rows = {
      {R"({"姓名":"陈晓岚","受伤日期":"2026-01-05","判决医疗费":"一万元"})",
       {},
       folder_.File("l.json") + "/judged（判决医疗费）"},
      {R"({"姓名":"陈晓岚","受伤日期":"2026-01-05","责任比例":"七成"})",
       {},
       folder_.File("l.json") + "/share（责任比例）"},
      {R"({"姓名":["陈晓岚"],"受伤日期":"2026-01-05"})", {}, folder_.File("l.json") + "/"},
      {R"({"姓名":"陈晓岚","受伤日期":"2026-01-05","责任比例":"70"})",
       {"--share", "33.333"},
       "--share: 不是责任比例：33.333；应为 0 到 100 的百分数，最多两位小数"},
      {R"({"姓名":"陈晓岚","受伤日期":"2026-01-05"})",
       {"--share", "100.01"},
       "--share: 不是责任比例"},
  };
  for (const Row& row : rows) {
    Write("l.json", row.lead);
    std::vector<std::string> arguments = {"trace", folder_.File("l.json")};
    arguments.insert(arguments.end(), row.options.begin(), row.options.end());
    const Result result = Run(arguments);
    EXPECT_EQ(result.code, ExitCode::kUsage) << row.lead;
    EXPECT_THAT(result.err, HasSubstr(row.says));
  }
}

TEST_F(TraceProgramTest, MistakesAreToldBeforeTheHubIsAsked) {
  const std::vector<std::vector<std::string>> wrong = {
      {"trace"},
      {"trace", folder_.File("bills/notes.txt")},
      {"trace", folder_.File("lead.json"), "--invoice", folder_.File("nowhere")},
      {"trace", folder_.File("lead.json"), "--invoice", folder_.File("bills/a.json"), "--confirm",
       "c.json"},
      {"trace", folder_.File("lead.json"), "--invoice", folder_.File("bills/a.json"), "--correct",
       "a.json:total=much"},
      {"trace", folder_.File("lead.json"), "--invoice", folder_.File("bills/a.json"), "--correct",
       "a.json:sum=1.00"},
      {"trace", folder_.File("lead.json"), "--bill", "0=1500/600"},
      {"trace", folder_.File("lead.json"), "--limit-left", "-1"},
  };
  for (const std::vector<std::string>& arguments : wrong) {
    EXPECT_EQ(Run(arguments).code, ExitCode::kUsage) << ::testing::PrintToString(arguments);
  }
  EXPECT_EQ(hub_.service.last_trace().injured_on(), "");
}

}  // namespace
}  // namespace recoup::hospital
