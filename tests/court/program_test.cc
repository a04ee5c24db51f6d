// recoup-court as a clerk runs it, against a hub in this process.
#include <map>
#include <memory>

#include "adapters/court/program/court_program.h"
#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "hub/crypto/signing.h"
#include "nlohmann/json.hpp"
#include "tests/common/fake_hub.h"
#include "tests/court/fake_court_service.h"

namespace recoup::court {
namespace {

using adapters::ExitCode;
using adapters::FakeHub;
using adapters::ProgramOutcome;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr char kNet[] = RECOUP_SOURCE_DIR "/examples/pudong/court/net-taxi.txt";

class CourtProgramTest : public testing::Test {
 protected:
  ProgramOutcome Run(std::vector<std::string> arguments) {
    for (const std::string& setting : hub_.Settings()) arguments.push_back(setting);
    for (const std::string& setting : {std::string("--court-signing-key-file"), key_file_,
                                       std::string("--court-hub-verify-key-file"), hub_key_file_}) {
      arguments.push_back(setting);
    }
    CourtProgram program;
    return adapters::RunProgram(program.frame(), std::move(arguments), ++seed_);
  }

  SeededRandom random_{3};
  crypto::SigningKey court_key_ = crypto::SigningKey::Generate(random_);
  crypto::SigningKey hub_key_ = crypto::SigningKey::Generate(random_);
  FakeCourtService service_{hub_key_, court_key_.verify_key()};
  FakeHub hub_{service_};
  std::string key_file_ = hub_.Write("court.key", court_key_.ToPem());
  std::string hub_key_file_ = hub_.Write("hub.pub", hub_key_.verify_key().ToPem());
  std::uint64_t seed_ = 0;
};

TEST_F(CourtProgramTest, APushIsAnsweredAndItsReceiptKept) {
  const ProgramOutcome outcome = Run({"push", kNet, "--consent", "--format", "json"});
  ASSERT_EQ(outcome.code, ExitCode::kOk) << outcome.err << outcome.out;
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json["state"], "PUSHED");
  EXPECT_EQ(json["court_case"], "courtCases/c1");
  EXPECT_EQ(json["grade"], "ADVANCE_OUTSTANDING") << "as run and extract spell it";
  EXPECT_EQ(json["persons_with_lead_count"], 1);
  EXPECT_TRUE(std::filesystem::exists(json["receipt_file"].get<std::string>()));
  ASSERT_EQ(service_.pushed.size(), 1u);
  v1::CourtCaseElements sent;
  ASSERT_TRUE(sent.ParseFromString(service_.pushed[0].elements()));
  EXPECT_EQ(sent.fund_paid_fen(), 4'480'000);
}

TEST_F(CourtProgramTest, APushTellsThatTheFundWillAskWhereNoAmountCanBeComputed) {
  service_.without_amount = 1;
  EXPECT_THAT(Run({"push", kNet, "--consent"}).out,
              HasSubstr("函    件  核查（未定金额）1 件：文书要素不能计算应退金额\n"));
  EXPECT_THAT(Run({"consent", "give", "1号"}).out, HasSubstr("函件：核查（未定金额）1 件"));
}

TEST_F(CourtProgramTest, TheSameFileTwiceIsPushedOnce) {
  ASSERT_EQ(Run({"push", kNet}).code, ExitCode::kOk);
  const ProgramOutcome again = Run({"push", kNet, "--consent"});
  EXPECT_EQ(again.code, ExitCode::kOk);
  EXPECT_THAT(again.out, HasSubstr("此前已推送，未重复推送"));
  EXPECT_THAT(again.out, HasSubstr("consent give"));
  EXPECT_EQ(service_.pushed.size(), 1u);
}

TEST_F(CourtProgramTest, AWithdrawnCaseSaysSoAndIsPushedAnewWhenAsked) {
  ASSERT_EQ(Run({"push", kNet}).code, ExitCode::kOk);
  EXPECT_EQ(Json::parse(Run({"push", kNet, "--anew", "--format", "json"}).out)["state"],
            "ALREADY_PUSHED")
      << "nothing was withdrawn";
  service_.withdrawn = true;
  const ProgramOutcome told = Run({"push", kNet});
  EXPECT_EQ(told.code, ExitCode::kOk);
  EXPECT_THAT(told.out, HasSubstr("案件已撤回"));
  EXPECT_THAT(told.out, HasSubstr("--anew"));
  EXPECT_EQ(service_.pushed.size(), 1u);
  const Json anew = Json::parse(Run({"push", kNet, "--anew", "--consent", "--format", "json"}).out);
  EXPECT_EQ(anew["state"], "PUSHED");
  EXPECT_EQ(anew["consent"], true);
  EXPECT_EQ(service_.pushed.size(), 2u);
  service_.withdrawn = false;
  EXPECT_EQ(Json::parse(Run({"push", kNet, "--anew", "--format", "json"}).out)["state"],
            "ALREADY_PUSHED");
  EXPECT_EQ(service_.pushed.size(), 2u);
}

TEST_F(CourtProgramTest, NobodyWithALeadIsExplained) {
  service_.leads = 0;
  EXPECT_THAT(Run({"push", kNet, "--consent"}).out, HasSubstr("医院上报结算后自动关联"));
  EXPECT_THAT(Run({"consent", "give", "1号"}).out, HasSubstr("1 人有追偿线索"));
}

TEST_F(CourtProgramTest, TheTextIsPrintedAsThePositionsCountIt) {
  const std::string page = hub_.Write(
      "p.html",
      "<html><body><a type='dir' name='WBSB'></a><div>青川省云浦县人民法院</div>"
      "<a type='dir' name='AJJBQK'></a><div>经审理查明，医疗费30000元，医保基金支付12000元，"
      "个人支付18000元。</div></body></html>");
  const std::string text = Run({"text", page}).out;
  EXPECT_THAT(text, HasSubstr("医保基金支付12000元"));
  EXPECT_THAT(text, Not(HasSubstr("<div>")));
  const Json elements = Json::parse(Run({"extract", page, "--format", "json"}).out);
  bool seen = false;
  for (const Json& evidence : elements["evidence"]) {
    if (evidence["element"] != "fund_paid_fen") continue;
    seen = true;
    EXPECT_EQ(evidence["place"], "AJJBQK");
    const std::string range = evidence["begin"].dump() + ":" + evidence["end"].dump();
    EXPECT_EQ(Run({"text", page, "--range", range}).out, "12000元");
    const Json json = Json::parse(Run({"text", page, "--range", range, "--format", "json"}).out);
    EXPECT_EQ(json["text"], "12000元");
    EXPECT_EQ(json["format"], "HTML");
    EXPECT_EQ(json["pieces"][0]["place"], "AJJBQK");
  }
  EXPECT_TRUE(seen);
  EXPECT_EQ(Run({"text", page, "--range", "5:2"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"text", page, "--range", "0:999999"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"text", page, "--document", "2"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"text", "/nowhere.txt"}).code, ExitCode::kUsage);
}

TEST_F(CourtProgramTest, AHubThatIsAwayLosesNothing) {
  hub_.Stop();
  const ProgramOutcome away = Run({"push", kNet});
  EXPECT_EQ(away.code, ExitCode::kHubUnavailable);
  EXPECT_THAT(away.out, HasSubstr("已存入待发队列"));
  hub_.Start();
  EXPECT_EQ(Run({"deliver"}).code, ExitCode::kOk);
  EXPECT_EQ(service_.pushed.size(), 1u);
  EXPECT_THAT(Run({"push", kNet}).out, HasSubstr("此前已推送"));
}

TEST_F(CourtProgramTest, ARefusalStaysUntilAPersonDecides) {
  service_.refuse = true;
  EXPECT_EQ(Run({"push", kNet}).code, ExitCode::kRefused);
  EXPECT_EQ(Run({"push", kNet}).code, ExitCode::kRefused);
  const Json status = Json::parse(Run({"status", "--format", "json"}).out);
  ASSERT_EQ(status["refused_items"].size(), 1u);
  const std::string sequence = status["refused_items"][0]["sequence"].dump();
  service_.refuse = false;
  EXPECT_EQ(Run({"retry", sequence}).code, ExitCode::kOk);
  EXPECT_EQ(service_.pushed.size(), 1u);
  EXPECT_EQ(Run({"drop", sequence, "--reason", "x"}).code, ExitCode::kRefused);
}

TEST_F(CourtProgramTest, ADryRunAsksAndKeepsNothing) {
  const ProgramOutcome outcome = Run({"push", kNet, "--dry-run", "--format", "json"});
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_EQ(Json::parse(outcome.out)["state"], "CHECKED");
  EXPECT_EQ(service_.checked, 1);
  EXPECT_EQ(Json::parse(Run({"status", "--format", "json"}).out)["waiting"], 0);
}

TEST_F(CourtProgramTest, AReceiptThatTheHubDidNotSignIsRefused) {
  hub_key_file_ = hub_.Write("other.pub", court_key_.verify_key().ToPem());
  const ProgramOutcome outcome = Run({"push", kNet, "--format", "json"});
  EXPECT_EQ(outcome.code, ExitCode::kRefused);
  EXPECT_EQ(Json::parse(outcome.out)["error"]["reason"], "SIGNATURE_INVALID");
}

TEST_F(CourtProgramTest, AFolderIsRunOnceAndCounted) {
  const std::string folder = RECOUP_SOURCE_DIR "/examples/pudong/court";
  const Json first = Json::parse(Run({"run", folder, "--format", "json"}).out);
  EXPECT_EQ(first["pushed"], 4);
  EXPECT_EQ(first["graded"]["ADVANCE_OUTSTANDING"], 4);
  const Json second = Json::parse(Run({"run", folder, "--format", "json"}).out);
  EXPECT_EQ(second["pushed"], 0);
  EXPECT_EQ(second["already_pushed"], 4);
  EXPECT_EQ(service_.pushed.size(), 4u);
}

TEST_F(CourtProgramTest, ConsentFindsTheCaseByItsNumber) {
  EXPECT_EQ(Run({"consent", "give", "1号"}).code, ExitCode::kOk);
  EXPECT_THAT(service_.consented, testing::ElementsAre("courtCases/c1"));
  EXPECT_EQ(Run({"consent", "give", "2号"}).code, ExitCode::kRefused);
}

TEST_F(CourtProgramTest, AReportOfPerformanceIsTakenBackByItsDayAndAmount) {
  for (const char* payer : {"陆志强", "李秀英"}) {
    v1::Performance& report = service_.performances.emplace_back();
    report.set_performed_on("2025-10-08");
    report.set_amount_fen(7'540'000);
    report.set_payer(payer);
    report.set_payee("王建国");
  }
  const auto withdraw = [this](const char* amount, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"performance", "withdraw",   "1号",
                                          "--on",        "2025-10-08", "--amount",
                                          amount,        "--reason",   "误录他案款项"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(std::move(arguments));
  };
  const ProgramOutcome several = withdraw("75400", {});
  EXPECT_EQ(several.code, ExitCode::kUsage);
  EXPECT_THAT(several.err, HasSubstr("有 2 笔这样的履行情况报告"));
  const ProgramOutcome none = withdraw("75400.01", {});
  EXPECT_EQ(none.code, ExitCode::kRefused);
  EXPECT_THAT(none.err, HasSubstr("该案件没有这样的履行情况报告"));
  EXPECT_TRUE(service_.withdrawn_reports.empty());

  const ProgramOutcome one = withdraw("75400", {"--payer", "李秀英"});
  EXPECT_EQ(one.code, ExitCode::kOk) << one.err;
  EXPECT_THAT(one.out, HasSubstr("已撤回：误录他案款项"));
  ASSERT_EQ(service_.withdrawn_reports.size(), 1u);
  EXPECT_EQ(service_.withdrawn_reports[0].performance().payer(), "李秀英");
  EXPECT_EQ(service_.withdrawn_reports[0].performance().payee(), "王建国");
}

TEST_F(CourtProgramTest, LettersOfAllPagesAreListedAndShown) {
  const std::string listed = Run({"letters", "list"}).out;
  EXPECT_THAT(listed, HasSubstr("告知函二"));
  EXPECT_THAT(listed, HasSubstr("核查函（未定金额）"));
  EXPECT_THAT(listed, HasSubstr("已被替代"));
  const ProgramOutcome shown = Run({"letters", "show", "pools/p/letters/2"});
  EXPECT_THAT(shown.out, HasSubstr("告知函二\n\n正文"));
  EXPECT_THAT(shown.out, Not(HasSubstr("告知函一")));
  EXPECT_EQ(Run({"letters", "show", "pools/p/letters/3"}).code, ExitCode::kRefused);
}

}  // namespace
}  // namespace recoup::court
