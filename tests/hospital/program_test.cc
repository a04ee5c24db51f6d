// The program as people run it, against a fake hub and with the messages of examples/pudong.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "adapters/hospital/program/delivery_lock.h"
#include "adapters/hospital/triage/rules.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/hospital/program_fixture.h"

namespace recoup::hospital {
namespace {

using adapters::ExitCode;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kZhao[] = "310115202505200004";
constexpr char kLi[] = "310115202504100002";

TEST_F(ProgramTest, ExamplesLeadToTheFiguresOfTheirTable) {
  std::vector<std::string> arguments = {"send"};
  for (const auto& entry : std::filesystem::directory_iterator(std::string(RECOUP_SOURCE_DIR) +
                                                               "/examples/pudong/hospital")) {
    arguments.push_back(entry.path().string());
  }
  std::sort(arguments.begin() + 1, arguments.end());
  ASSERT_EQ(arguments.size(), 17u);
  const Result result = Run(arguments);
  EXPECT_EQ(result.code, ExitCode::kOk) << result.out << result.err;
  const std::vector<std::string> calls = hub_.service.Calls();
  EXPECT_THAT(calls,
              testing::UnorderedElementsAre(
                  "FlagAdmission 310115202503020001", "FlagAdmission 310115202504100002",
                  "FlagAdmission 310115202505200004", "ClearFlag 310115202505200004",
                  "ReportSettlement 310115202503020001", "ReportSettlement 310115202504100002",
                  "ReverseSettlement 310115S250428002", "ReportSettlement 310115202504100002",
                  "FlagAdmission 310115202509150007", "ReportSettlement 310115202509150007",
                  "ReportSettlement 310115202505060003", "FlagAdmission 310115202506030005",
                  "ReportSettlement 310115202506030005", "FlagAdmission 310115202506110006",
                  "ReportSettlement 310115202506110006"));
  EXPECT_THAT(result.out, Not(HasSubstr("金额不平"))) << "every sum adds up";
  EXPECT_THAT(result.out, HasSubstr("基金支付 44,800.00 元，个人负担 12,600.00 元"));
  EXPECT_THAT(result.out, HasSubstr("基金支付 27,500.00 元，个人负担 42,500.00 元"));
  EXPECT_THAT(result.out, HasSubstr("基金支付 12,500.00 元，个人负担 17,500.00 元"));
  EXPECT_THAT(result.out, HasSubstr("基金支付 5,200.00 元"));
  EXPECT_THAT(result.out, HasSubstr("基金支付 5,350.00 元"));
}

TEST_F(ProgramTest, SendsAFlagAndItsSettlement) {
  const Result flag = Run({"send", Example("01-2401-traffic.json")});
  EXPECT_EQ(flag.code, ExitCode::kOk) << flag.err;
  EXPECT_THAT(flag.out, HasSubstr("标志已登记（确认）"));
  const v1::FlagAdmissionRequest sent = hub_.service.last_flag();
  EXPECT_EQ(sent.flag().pool(), "pools/310115-310");
  EXPECT_EQ(sent.flag().patient().name(), "王建国");
  EXPECT_EQ(sent.flag().plate(), "沪AD1234");
  EXPECT_EQ(sent.state(), v1::FLAG_STATE_CONFIRMED);
  EXPECT_EQ(sent.request_id().size(), 36u);

  EXPECT_EQ(Run({"send", Example("06-2304-wang-jianguo.json")}).code, ExitCode::kOk);
  const v1::SettlementReport settlement = hub_.service.last_settlement().settlement();
  EXPECT_EQ(settlement.fund_paid_fen(), 4480000);
  EXPECT_EQ(settlement.self_paid_fen(), 1260000);
  EXPECT_EQ(
      settlement.fund_paid_fen() + settlement.self_paid_fen() + settlement.hospital_paid_fen(),
      settlement.total_fen());
  EXPECT_EQ(settlement.admitted_on(), "2025-03-02") << "known from the admission";
  EXPECT_EQ(settlement.fund_lines_size(), 5);
}

TEST_F(ProgramTest, TheSameFileTwiceIsSentOnce_AndSaid) {
  EXPECT_EQ(Run({"send", Example("01-2401-traffic.json")}).code, ExitCode::kOk);
  const Result again = Run({"send", Example("01-2401-traffic.json")});
  EXPECT_EQ(again.code, ExitCode::kOk);
  EXPECT_THAT(again.out, HasSubstr("此前已收过，不再重复上报"));
  EXPECT_THAT(hub_.service.Calls(), ElementsAre("FlagAdmission 310115202503020001"));
}

TEST_F(ProgramTest, OtherContentUnderAKnownMessageIdIsRefused) {
  EXPECT_EQ(Run({"take", Example("06-2304-wang-jianguo.json")}).code, ExitCode::kOk);
  const Result other = Run({"take", Variant("06-2304-wang-jianguo.json", "\"psn_name\": \"王建国\"",
                                            "\"psn_name\": \"王建军\"")});
  EXPECT_EQ(other.code, ExitCode::kUsage);
  EXPECT_THAT(other.out, HasSubstr("ALREADY_EXISTS_WITH_OTHER_CONTENT"));
  EXPECT_EQ(Status()["waiting"], 1);
}

TEST_F(ProgramTest, HubAway_NothingIsLostAndOrderIsKept) {
  hub_.Stop();
  const Result away =
      Run({"send", Example("02-adt-a01-traffic.hl7"), Example("07-2304-li-xiuying-first.json"),
           Example("08-2305-li-xiuying.json"), Example("04-2401-fall.json")});
  EXPECT_EQ(away.code, ExitCode::kHubUnavailable);
  EXPECT_THAT(away.err, HasSubstr("queue started"));
  EXPECT_EQ(Status()["waiting"], 4);
  const Result still_away = Run({"deliver"});
  EXPECT_EQ(still_away.code, ExitCode::kHubUnavailable);
  EXPECT_THAT(still_away.err, Not(HasSubstr("queue started"))) << "one alert per queue";
  hub_.Start();
  const Result back = Run({"deliver"});
  EXPECT_EQ(back.code, ExitCode::kOk) << back.err;
  EXPECT_THAT(back.err, HasSubstr("queue cleared"));
  std::vector<std::string> li;
  for (const std::string& call : hub_.service.Calls()) {
    if (call != std::string("FlagAdmission ") + kZhao) li.push_back(call);
  }
  EXPECT_THAT(
      li, ElementsAre(std::string("FlagAdmission ") + kLi, std::string("ReportSettlement ") + kLi,
                      "ReverseSettlement 310115S250428002"));
  EXPECT_EQ(Status()["delivered"], 4);
}

TEST_F(ProgramTest, AHeldFlagIsShownWithWhatIsMissing_AndSentOnceItIsSupplied) {
  const std::string uninsured = Variant("02-adt-a01-traffic.hl7", "|01", "|77");
  const Result taken = Run({"take", uninsured});
  EXPECT_EQ(taken.code, ExitCode::kOk) << taken.out;
  EXPECT_THAT(taken.out, HasSubstr("待补充：统筹区与险种"));
  const std::string visit = Status()["held_flags"][0].get<std::string>();
  EXPECT_THAT(taken.out, HasSubstr("recoup-hospital supply " + visit + " --pool"));
  EXPECT_THAT(Run({"show", visit}).out, HasSubstr("待补充：统筹区与险种"));
  EXPECT_THAT(Run({"status"}).out, HasSubstr(visit));
  EXPECT_EQ(Run({"deliver"}).code, ExitCode::kOk);
  EXPECT_THAT(hub_.service.Calls(), IsEmpty());

  EXPECT_EQ(Run({"supply", visit}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"supply", "nobody", "--name", "周岚"}).code, ExitCode::kUsage);
  const Result wrong = Run({"supply", visit, "--pool", "31-1", "--id-number", "110105194912310021",
                            "--admitted", "yesterday"});
  EXPECT_EQ(wrong.code, ExitCode::kUsage);
  for (const char* field : {"--pool", "--id-number", "--admitted"}) {
    EXPECT_THAT(wrong.err, HasSubstr(field));
  }
  EXPECT_EQ(Run({"supply", visit, "--pool", "310115-310"}).code, ExitCode::kOk);
  EXPECT_EQ(Run({"deliver"}).code, ExitCode::kOk);
  EXPECT_THAT(hub_.service.Calls(), ElementsAre("FlagAdmission " + visit));
  EXPECT_THAT(Run({"show", visit}).out, HasSubstr("登记处补充"));
  EXPECT_TRUE(Status()["held_flags"].empty());
}

TEST_F(ProgramTest, ARefusalStaysWithAllItsFaults_AndHoldsBackItsVisitOnly) {
  hub_.service.Refuse(kLi);
  const Result refused =
      Run({"send", Example("02-adt-a01-traffic.hl7"), Example("07-2304-li-xiuying-first.json"),
           Example("01-2401-traffic.json")});
  EXPECT_EQ(refused.code, ExitCode::kPartlyRefused);
  EXPECT_THAT(refused.out, HasSubstr("flag.patient.id_number: 有误"));
  EXPECT_THAT(refused.out, HasSubstr("flag.admitted_time: 有误"));
  EXPECT_THAT(hub_.service.Calls(),
              testing::UnorderedElementsAre(std::string("FlagAdmission ") + kLi,
                                            "FlagAdmission 310115202503020001"));
  const nlohmann::json status = Status();
  EXPECT_EQ(status["refused"], 1);
  EXPECT_EQ(status["waiting"], 1);
  ASSERT_EQ(status["refused_items"].size(), 1u);
  EXPECT_EQ(status["refused_items"][0]["error"]["faults"].size(), 2u);
  EXPECT_THAT(Run({"status"}).out, HasSubstr("flag.admitted_time: 有误"));

  hub_.service.AllowAll();
  const std::string id = std::to_string(status["refused_items"][0]["id"].get<int>());
  EXPECT_EQ(Run({"retry", id}).code, ExitCode::kOk);
  EXPECT_EQ(Run({"deliver"}).code, ExitCode::kOk);
  EXPECT_EQ(Status()["refused"], 0);
  EXPECT_EQ(hub_.service.Calls().back(), std::string("ReportSettlement ") + kLi);
  const auto told = hub_.service.told();
  std::set<std::string> ids;
  for (const auto& one : told) ids.insert(one.request_id);
  EXPECT_EQ(ids.size(), told.size()) << "a retried refusal needs a new request id";
}

TEST_F(ProgramTest, WhileAnotherProcessDelivers_SendSpoolsAndDeliverDeclines) {
  const auto lock = DeliveryLock::Take(folder_.File("spool.db"));
  ASSERT_TRUE(lock.ok()) << lock.status();
  const Result sent = Run({"send", Example("01-2401-traffic.json")});
  EXPECT_EQ(sent.code, ExitCode::kOk);
  EXPECT_THAT(sent.err, HasSubstr("由正在运行的进程上报"));
  EXPECT_EQ(Run({"deliver"}).code, ExitCode::kUsage);
  EXPECT_THAT(hub_.service.Calls(), IsEmpty());
  EXPECT_EQ(Status()["waiting"], 1);
}

TEST_F(ProgramTest, DropNeedsAReasonAndARefusedItem) {
  hub_.service.Refuse(kLi);
  EXPECT_EQ(Run({"send", Example("02-adt-a01-traffic.hl7")}).code, ExitCode::kRefused);
  EXPECT_EQ(Run({"drop", "1"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"drop", "7", "--reason", "x"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"drop", "1", "--reason", "改用更正后的消息"}).code, ExitCode::kOk);
  EXPECT_EQ(Status()["dropped"], 1);
}

TEST_F(ProgramTest, DryRunAsksTheHubAndKeepsNothing) {
  const Result dry = Run({"send", "--dry-run", Example("01-2401-traffic.json")});
  EXPECT_EQ(dry.code, ExitCode::kOk) << dry.err;
  ASSERT_EQ(hub_.service.told().size(), 1u);
  EXPECT_TRUE(hub_.service.told()[0].validate_only);
  EXPECT_EQ(Status()["waiting"], 0);
  hub_.service.Refuse("310115202503020001");
  const Result refused = Run({"send", "--dry-run", Example("01-2401-traffic.json")});
  EXPECT_EQ(refused.code, ExitCode::kRefused);
  EXPECT_THAT(refused.out, HasSubstr("flag.patient.id_number"));
  hub_.service.AllowAll();
  EXPECT_THAT(Run({"send", Example("01-2401-traffic.json")}).out, HasSubstr("标志已登记"));
}

TEST_F(ProgramTest, ADryRunChecksEveryVisitOfABundleAndKeepsNothing) {
  std::ofstream(folder_.File("bundle.json"), std::ios::binary)
      << R"({"resourceType":"Bundle","type":"collection","entry":[
      {"resource":{"resourceType":"Encounter","id":"e1","status":"arrived",
        "period":{"start":"2026-03-05T10:00:00+08:00"},
        "subject":{"reference":"Patient/p1"},"reasonCode":[{"text":"被货车撞伤"}]}},
      {"resource":{"resourceType":"Encounter","id":"e2","status":"arrived",
        "subject":{"reference":"Patient/p1"},"reasonCode":[{"text":"咳嗽三天"}]}},
      {"resource":{"resourceType":"Patient","id":"p1","name":[{"text":"林若溪"}]}},
      {"resource":{"resourceType":"Coverage","id":"g1","status":"active",
        "type":{"coding":[{"code":"01"}]},"beneficiary":{"reference":"Patient/p1"},
        "payor":[{"display":"医保"}]}}]})";
  const Result dry = Run({"send", "--dry-run", "--format", "json", folder_.File("bundle.json")});
  EXPECT_EQ(dry.code, ExitCode::kOk) << dry.out << dry.err;
  EXPECT_THAT(dry.out, HasSubstr("Encounter/e1"));
  EXPECT_THAT(dry.out, HasSubstr("Encounter/e2"));
  EXPECT_THAT(dry.out, HasSubstr("无需上报"));
  EXPECT_THAT(hub_.service.Calls(), IsEmpty());
  ASSERT_EQ(hub_.service.told().size(), 1u);
  EXPECT_TRUE(hub_.service.told()[0].validate_only);
}

TEST_F(ProgramTest, AnAmendmentSaysOnlyWhatChanged_AndTheSameAgainSaysNothing) {
  EXPECT_EQ(Run({"send", Example("04-2401-fall.json")}).code, ExitCode::kOk);
  // The second admission message of the visit: another message id, one more diagnosis.
  std::string other_id = Variant("04-2401-fall.json", "202505202031000001", "202505202031000002");
  EXPECT_EQ(Run({"send", other_id}).code, ExitCode::kOk);
  EXPECT_THAT(hub_.service.Calls(), ElementsAre(std::string("FlagAdmission ") + kZhao));
  EXPECT_EQ(Run({"send", Example("05-2403-clear.json")}).code, ExitCode::kOk);
  EXPECT_EQ(hub_.service.Calls().back(), std::string("ClearFlag ") + kZhao);
}

class QuestionTest : public ProgramTest {
 protected:
  // 赵敏 without the desk's tick: an injury of unknown cause.
  std::string Unticked() {
    return Variant("04-2401-fall.json", "\"rel_ttp_flag\": \"1\"", "\"rel_ttp_flag\": \"\"");
  }
};

TEST_F(QuestionTest, AnInjuryWithoutCauseIsAsked_AndTheAnswerFlags) {
  const Result taken = Run({"send", Unticked()});
  EXPECT_EQ(taken.code, ExitCode::kOk) << taken.err;
  EXPECT_THAT(taken.out, HasSubstr("待核实（问题 1）"));
  EXPECT_THAT(hub_.service.Calls(), IsEmpty());
  EXPECT_THAT(Run({"questions"}).out, HasSubstr("赵敏"));
  EXPECT_THAT(Run({"flags"}).out, HasSubstr("赵敏")) << "admitted on another day, open today";
  EXPECT_THAT(Run({"flags", "--day", "2025-01-01"}).out, Not(HasSubstr("赵敏")));
  EXPECT_EQ(Run({"answer", "1", "--reason", "x"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"answer", "1", "--flag", "--no-flag", "--reason", "x"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"answer", "9", "--flag", "--reason", "x"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"answer", "1", "--flag", "--reason", "被电动车撞倒"}).code, ExitCode::kOk);
  EXPECT_EQ(Run({"answer", "1", "--flag", "--reason", "x"}).code, ExitCode::kUsage)
      << "the same answer is given once";
  EXPECT_EQ(Run({"deliver"}).code, ExitCode::kOk);
  EXPECT_THAT(hub_.service.Calls(), ElementsAre(std::string("FlagAdmission ") + kZhao));
  const v1::FlagAdmissionRequest flag = hub_.service.last_flag();
  EXPECT_EQ(flag.state(), v1::FLAG_STATE_CONFIRMED);
  EXPECT_EQ(flag.flag().evidence().rbegin()->rule(), "desk.answer");
  EXPECT_EQ(flag.flag().evidence().rbegin()->text(), "被电动车撞倒");
  EXPECT_EQ(Status()["questions"], 0);
}

TEST_F(QuestionTest, ANoStands_UntilTheHospitalItselfSaysOtherwise) {
  Run({"take", Unticked()});
  EXPECT_EQ(Run({"answer", "1", "--no-flag", "--reason", "自行跌倒"}).code, ExitCode::kOk);
  const std::string again =
      Variant("04-2401-fall.json", "\"rel_ttp_flag\": \"1\"", "\"rel_ttp_flag\": \"\"");
  // The same grounds in a later message.
  std::string text = TextOf(again);
  const std::string later = folder_.File("later.json");
  const std::size_t at = text.find("202505202031000001");
  text.replace(at, 18, "202505202031000009");
  std::ofstream(later, std::ios::binary) << text;
  EXPECT_EQ(Run({"send", later}).code, ExitCode::kOk);
  EXPECT_THAT(hub_.service.Calls(), IsEmpty());
  EXPECT_EQ(Status()["questions"], 0);
  const std::string ticked =
      Variant("04-2401-fall.json", "202505202031000001", "202505202031000010");
  EXPECT_EQ(Run({"send", ticked}).code, ExitCode::kOk);
  EXPECT_THAT(hub_.service.Calls(), ElementsAre(std::string("FlagAdmission ") + kZhao));
}

TEST_F(ProgramTest, WatchMovesFilesAndWritesTheFaultsBesideTheRefusedOnes) {
  const std::string in = folder_.File("in");
  std::filesystem::create_directory(in);
  std::filesystem::copy_file(Example("01-2401-traffic.json"), in + "/a.json");
  std::filesystem::copy_file(Example("01-2401-traffic.json"), in + "/b.json");
  std::ofstream(in + "/bad.json") << R"({"infno":"2401","input":{"mdtrtinfo":{}}})";
  std::ofstream(in + "/.writing") << "half";
  std::ofstream(in + "/c.json.tmp") << "half";
  const Result result = Run({"watch", in, "--once"});
  EXPECT_EQ(result.code, ExitCode::kPartlyRefused);
  EXPECT_TRUE(std::filesystem::exists(in + "/done/a.json"));
  EXPECT_TRUE(std::filesystem::exists(in + "/done/b.json")) << "taken before, so done";
  EXPECT_TRUE(std::filesystem::exists(in + "/refused/bad.json"));
  EXPECT_TRUE(std::filesystem::exists(in + "/.writing"));
  EXPECT_TRUE(std::filesystem::exists(in + "/c.json.tmp"));
  const std::string faults = TextOf(in + "/refused/bad.json.error.txt");
  for (const char* path : {"/msgid", "/fixmedins_code", "/input/mdtrtinfo/psn_no"}) {
    EXPECT_THAT(faults, HasSubstr(path));
  }
  EXPECT_EQ(Status()["waiting"], 1);
  // A later file of the same name does not overwrite the evidence.
  std::ofstream(in + "/bad.json") << "{}";
  EXPECT_EQ(Run({"watch", in, "--once"}).code, ExitCode::kPartlyRefused);
  EXPECT_TRUE(std::filesystem::exists(in + "/refused/bad.json.2"));
}

TEST_F(ProgramTest, ReadNeedsNoHubAndNoSettings) {
  const Result read = RunProgram(
      {"read", "--insurance", "01=310", Example("01-2401-traffic.json"), "--format", "json"});
  EXPECT_EQ(read.code, ExitCode::kOk) << read.err;
  const nlohmann::json json = nlohmann::json::parse(read.out);
  EXPECT_EQ(json["triage"]["proposal"], "FLAG");
  EXPECT_THAT(json["triage"]["summary"].get<std::string>(), HasSubstr("建议标记涉及第三方"));
  EXPECT_EQ(json["document"]["id"], "310***********1014") << "never the whole number";
}

TEST_F(ProgramTest, ACancelledAdmissionIsShownWithoutAProposal) {
  const std::string cancelled = Variant("02-adt-a01-traffic.hl7", "ADT^A01", "ADT^A11");
  const Result read = RunProgram({"read", cancelled});
  EXPECT_THAT(read.out, AllOf(HasSubstr("入院撤销"), Not(HasSubstr("分诊建议"))));
}

// Of the settings none is needed, and each that is given counts.
TEST_F(ProgramTest, ReadReadsAsTheSettingsSay) {
  const std::string rules = folder_.File("rules.toml");
  std::string book = triage::BuiltInRuleText();
  const std::size_t version = book.find("version = ");
  book.replace(version, book.find('\n', version) - version, "version = \"HOUSE\"");
  std::ofstream(rules) << book;
  const std::string settings = folder_.File("settings.toml");
  std::ofstream(settings) << "[hospital]\narea_code = \"310115\"\ninsurance = [\"01=310\"]\n"
                          << "triage_rules = \"" << rules << "\"\n";
  const std::string hl7 = Example("02-adt-a01-traffic.hl7");
  const auto read = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"read", hl7, "--format", "json"});
    return nlohmann::json::parse(RunProgram(std::move(more)).out);
  };
  EXPECT_EQ(read({})["document"]["pool"], "");
  EXPECT_EQ(read({"--config", settings})["document"]["pool"], "310115-310");
  EXPECT_EQ(read({"--config", settings})["triage"]["rules_version"], "HOUSE");
  EXPECT_EQ(read({"--config", settings, "--area", "320600"})["document"]["pool"], "320600-310")
      << "the command line comes before the settings";
}

TEST_F(ProgramTest, ASpreadsheetThatCannotBeWrittenSaysWhy) {
  for (const auto& [file, why] : {std::pair{folder_.File("no/such/day.xlsx"), "所在文件夹不存在"},
                                  std::pair{folder_.File(""), "是文件夹"}}) {
    const Result flags = Run({"flags", "--xlsx", file});
    EXPECT_EQ(flags.code, ExitCode::kUsage);
    EXPECT_THAT(flags.err, AllOf(HasSubstr("无法写入 " + file), HasSubstr(why),
                                 Not(HasSubstr("系统暂不可用"))));
  }
}

TEST_F(ProgramTest, TheDaysListShowsFlagsAndQuestions) {
  ASSERT_EQ(Run({"take", Example("01-2401-traffic.json")}).code, ExitCode::kOk);
  const Result empty = Run({"flags"});
  EXPECT_EQ(empty.code, ExitCode::kOk) << empty.err;
  EXPECT_THAT(empty.out, HasSubstr("没有需要关注的就诊"));
  const Result day = Run({"flags", "--day", "2025-03-02", "--xlsx", folder_.File("day.xlsx")});
  EXPECT_EQ(day.code, ExitCode::kOk) << day.err;
  EXPECT_THAT(day.out, HasSubstr("310115202503020001"));
  EXPECT_THAT(day.out, HasSubstr("已标记（待发）"));
  EXPECT_THAT(TextOf(folder_.File("day.xlsx")), testing::StartsWith("PK"));
  EXPECT_EQ(Run({"flags", "--day", "heute"}).code, ExitCode::kUsage);
  ASSERT_EQ(Run({"deliver"}).code, ExitCode::kOk);
  EXPECT_THAT(Run({"flags", "--day", "2025-03-02"}).out,
              AllOf(HasSubstr("已标记"), Not(HasSubstr("待发"))));
}

TEST_F(ProgramTest, ShowTellsTheHistoryOfAVisit_AndClearTakesTheFlagBack) {
  ASSERT_EQ(Run({"take", Example("01-2401-traffic.json")}).code, ExitCode::kOk);
  const Result shown = Run({"show", "310115202503020001"});
  EXPECT_EQ(shown.code, ExitCode::kOk) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("建议标记"));
  EXPECT_EQ(Run({"show", "nobody"}).code, ExitCode::kUsage);
  const Result cleared = Run({"clear", "310115202503020001", "--reason", "自行跌倒"});
  EXPECT_EQ(cleared.code, ExitCode::kOk) << cleared.err;
  EXPECT_EQ(Status()["waiting"], 2);
  EXPECT_EQ(Run({"clear", "310115202503020001", "--reason", "自行跌倒"}).code, ExitCode::kUsage);
  EXPECT_THAT(Run({"show", "310115202503020001"}).out,
              AllOf(HasSubstr("已撤回（待发）"), HasSubstr("当时的依据 ")));
  EXPECT_THAT(Run({"clear", "nobody", "--reason", "自行跌倒"}).err, HasSubstr("NOT_FOUND"));
}

TEST_F(ProgramTest, ReplayAddsOnlyWhatWasLost) {
  const std::string folder = std::string(RECOUP_SOURCE_DIR) + "/examples/pudong/hospital";
  ASSERT_EQ(Run({"take", Example("01-2401-traffic.json")}).code, ExitCode::kOk);
  const Result first = Run({"replay", folder, "--format", "json"});
  EXPECT_EQ(first.code, ExitCode::kOk) << first.out << first.err;
  EXPECT_THAT(first.out, HasSubstr("\"known\":1"));
  const nlohmann::json status = Status();
  const Result again = Run({"replay", folder, "--format", "json"});
  EXPECT_THAT(again.out, HasSubstr("\"added\":0"));
  EXPECT_EQ(Status()["waiting"], status["waiting"]);
}

TEST_F(ProgramTest, ARuleChangeIsTriedOnPastAdmissions) {
  ASSERT_EQ(Run({"take", Example("01-2401-traffic.json")}).code, ExitCode::kOk);
  const Result file = Run({"rules", "show", "--file"});
  ASSERT_EQ(file.code, ExitCode::kOk);
  std::string text = file.out;
  const std::string same = folder_.File("same.toml");
  std::ofstream(same, std::ios::binary) << text;
  EXPECT_EQ(Run({"rules", "check", same}).code, ExitCode::kOk);
  const Result nothing = Run({"rules", "try", same, "--against", "past"});
  EXPECT_EQ(nothing.code, ExitCode::kOk) << nothing.err;
  EXPECT_THAT(nothing.out, HasSubstr("结论改变 0 条"));
  // A book that never flags: the admission would only be asked about, or not at all.
  for (std::size_t at = 0; (at = text.find("answer = \"FLAG\"", at)) != std::string::npos;) {
    text.replace(at, 15, "answer = \"ASK\" ");
  }
  const std::string mild = folder_.File("mild.toml");
  std::ofstream(mild, std::ios::binary) << text;
  const Result tried = Run({"rules", "try", mild, "--against", "past"});
  EXPECT_EQ(tried.code, ExitCode::kOk) << tried.err;
  EXPECT_THAT(tried.out, HasSubstr("不再标记 0，标记改为询问 1"));
  // The book of cases is as it was.
  EXPECT_THAT(Run({"rules", "try", same, "--against", "past"}).out, HasSubstr("结论改变 0 条"));
  EXPECT_EQ(Run({"rules", "check", Example("01-2401-traffic.json")}).code, ExitCode::kUsage);
}

TEST_F(ProgramTest, FlagsListsEveryPage) {
  const Result result = Run({"flags", "--pool", "310115-310"});
  EXPECT_EQ(result.code, ExitCode::kOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("V-first"));
  EXPECT_THAT(result.out, HasSubstr("V-second"));
}

TEST_F(ProgramTest, AMissingFileHarmsNoNeighbour) {
  const Result result = Run({"take", "/does/not/exist", Example("01-2401-traffic.json")});
  EXPECT_EQ(result.code, ExitCode::kPartlyRefused);
  EXPECT_THAT(result.out, HasSubstr("没有该文件"));
  EXPECT_EQ(Status()["waiting"], 1);
}

TEST_F(ProgramTest, AVisitIsNoLeadToTrace_AndTheClerkIsToldHowAPersonIsTraced) {
  const Result trace = Run({"trace", "310115202503020001"});
  EXPECT_EQ(trace.code, ExitCode::kUsage);
  EXPECT_THAT(trace.err, AllOf(HasSubstr("没有该文件"), HasSubstr("--id-number")));
}

TEST_F(ProgramTest, RunDeliversWhatAppears_AndSigtermEndsItCleanly) {
  const std::string in = folder_.File("in");
  std::filesystem::create_directory(in);
  const std::string program = std::string(RECOUP_BINARY_DIR) + "/bin/recoup-hospital";
  std::vector<std::string> arguments = WithSettings({program, "run", in});
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
  }
  std::filesystem::copy_file(Example("01-2401-traffic.json"), in + "/.a.json");
  std::filesystem::rename(in + "/.a.json", in + "/a.json");
  EXPECT_TRUE(hub_.service.WaitForCalls(1));
  ::kill(child, SIGTERM);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_THAT(hub_.service.Calls(), ElementsAre("FlagAdmission 310115202503020001"));
}

}  // namespace
}  // namespace recoup::hospital
