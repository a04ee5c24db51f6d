// The daily job and the clerk's review, as a court runs them, against a hub in this process.
#include "adapters/court/program/daily_run.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include "absl/strings/str_cat.h"
#include "adapters/court/program/correction.h"
#include "adapters/court/program/court_program.h"
#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "nlohmann/json.hpp"
#include "tests/common/fake_hub.h"
#include "tests/common/zip_file.h"
#include "tests/court/fake_court_service.h"

namespace recoup::court {
namespace {

namespace fs = std::filesystem;
using adapters::ExitCode;
using adapters::FakeHub;
using adapters::ProgramOutcome;
using testing::ElementsAre;
using testing::HasSubstr;
using Json = nlohmann::json;

constexpr char kExamples[] = RECOUP_SOURCE_DIR "/examples/pudong/court/";

std::string ReadAll(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

class DailyRunTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void Write(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  ProgramOutcome Run(std::vector<std::string> arguments) {
    for (const std::string& setting : hub_.Settings()) arguments.push_back(setting);
    for (const std::string& setting : {std::string("--court-signing-key-file"), key_file_}) {
      arguments.push_back(setting);
    }
    CourtProgram program;
    return adapters::RunProgram(program.frame(), std::move(arguments), ++seed_);
  }
  Json RunFolder(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"run", folder_.string(), "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ProgramOutcome outcome = Run(arguments);
    EXPECT_FALSE(outcome.out.empty()) << outcome.err;
    return Json::parse(outcome.out, nullptr, false);
  }
  // States by file name.
  static std::map<std::string, std::string> States(const Json& report) {
    std::map<std::string, std::string> states;
    for (const Json& document : report["documents"]) {
      states[fs::path(document["file"].get<std::string>()).filename().string()] = document["state"];
    }
    return states;
  }
  static v1::CourtCaseElements Sent(const std::string& bytes) {
    v1::CourtCaseElements elements;
    EXPECT_TRUE(elements.ParseFromString(bytes));
    return elements;
  }

  SeededRandom random_{5};
  crypto::SigningKey court_key_ = crypto::SigningKey::Generate(random_);
  crypto::SigningKey hub_key_ = crypto::SigningKey::Generate(random_);
  FakeCourtService service_{hub_key_, court_key_.verify_key()};
  FakeHub hub_{service_};
  std::string key_file_ = hub_.Write("court.key", court_key_.ToPem());
  fs::path folder_ = hub_.File("closed");
  std::uint64_t seed_ = 0;
  const std::string net_ = ReadAll(std::string(kExamples) + "net-taxi.txt");
  const std::string unsure_ = ReadAll(std::string(kExamples) + "ambiguous.txt");
};

TEST_F(DailyRunTest, MixedSourcesAreReadAndWhatCannotBeReadIsReported) {
  Write("一/net.txt", net_);
  Write("包.zip", adapters::Zip({{"gross.txt", ReadAll(std::string(kExamples) + "gross.txt")}}));
  Write("空.txt", "");
  Write("通知.txt", "请各庭室于周五前报送统计表。");
  const Json report = RunFolder();
  EXPECT_EQ(report["pushed"], 2);
  EXPECT_EQ(report["unread"], 2);
  EXPECT_EQ(States(report)["空.txt"], "UNREAD");
  EXPECT_EQ(States(report)["通知.txt"], "UNREAD");
  EXPECT_TRUE(fs::exists(folder_ / "空.txt"));
  EXPECT_EQ(service_.pushed.size(), 2u);
}

TEST_F(DailyRunTest, WhatIsMedicalOfEachObligationIsShownAndPushed) {
  Write("gross.txt", ReadAll(std::string(kExamples) + "gross.txt"));
  const ProgramOutcome shown = Run({"extract", (folder_ / "gross.txt").string()});
  EXPECT_EQ(shown.code, ExitCode::kOk) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("其中医疗费"));
  EXPECT_THAT(shown.out, HasSubstr("第2项的医疗费（文书载明）"));
  RunFolder();
  ASSERT_EQ(service_.pushed.size(), 1u);
  const v1::CourtCaseElements sent = Sent(service_.pushed[0].elements());
  ASSERT_EQ(sent.obligations_size(), 2);
  EXPECT_EQ(sent.obligations(0).medical_fen(), 1'800'000);
  EXPECT_EQ(sent.obligations(1).medical_fen(), 5'740'000);
}

TEST_F(DailyRunTest, WhatCannotBeExtractedIsNamedInChinese) {
  Write("五.bmp", "BM,'~");
  const std::string image = (folder_ / "五.bmp").string();
  const ProgramOutcome alone = Run({"extract", image});
  EXPECT_EQ(alone.code, ExitCode::kUsage);
  EXPECT_THAT(alone.err, HasSubstr(image));
  EXPECT_THAT(alone.err, HasSubstr("文件中没有中文文字"));
  EXPECT_EQ(alone.out, "");
  const ProgramOutcome beside = Run({"extract", image, std::string(kExamples) + "gross.txt"});
  EXPECT_EQ(beside.code, ExitCode::kPartlyRefused);
  EXPECT_THAT(beside.err, HasSubstr(image));
  const ProgramOutcome missing = Run({"extract", "/nowhere.txt"});
  EXPECT_EQ(missing.code, ExitCode::kUsage);
  EXPECT_THAT(missing.err, HasSubstr("/nowhere.txt"));
  EXPECT_THAT(missing.err, HasSubstr("没有该文件"));
}

TEST_F(DailyRunTest, WhatWasReadIsNotReadAgainWhateverItsNameIs) {
  Write("net.txt", net_);
  Write("坏.pdf", "%PDF-1.4 nothing");
  ASSERT_EQ(RunFolder()["pushed"], 1);
  fs::rename(folder_ / "net.txt", folder_ / "另名.txt");
  const Json second = RunFolder();
  EXPECT_EQ(second["pushed"], 0);
  EXPECT_EQ(second["already_pushed"], 1);
  // What cannot be read is told each time, with its reason.
  EXPECT_EQ(second["unread"], 1);
  EXPECT_EQ(States(second)["坏.pdf"], "UNREAD");
  EXPECT_FALSE(second["documents"][0]["error"].is_null() &&
               second["documents"][1]["error"].is_null());
  EXPECT_EQ(Run({"run", folder_.string()}).code, ExitCode::kOk) << "it was told before";
  EXPECT_EQ(RunFolder({"--again"})["unread"], 1);
  EXPECT_EQ(service_.pushed.size(), 1u);
}

TEST_F(DailyRunTest, ARunWithoutTheHubGoesOnWhereItStopped) {
  Write("net.txt", net_);
  hub_.Stop();
  EXPECT_EQ(RunFolder()["waiting"], 1);
  hub_.Start();
  EXPECT_EQ(Run({"deliver"}).code, ExitCode::kOk);
  // No report has told yet that it arrived.
  const Json second = RunFolder();
  EXPECT_EQ(second["pushed"], 1);
  EXPECT_EQ(second["graded"]["ADVANCE_OUTSTANDING"], 0) << "the first report has counted it";
  EXPECT_EQ(second["documents"].size(), 1u);
  EXPECT_EQ(RunFolder()["already_pushed"], 1);
  EXPECT_EQ(service_.pushed.size(), 1u);
}

TEST_F(DailyRunTest, WhatWasPushedByHandIsNotCountedAgain) {
  Write("net.txt", net_);
  Write("gross.txt", ReadAll(std::string(kExamples) + "gross.txt"));
  ASSERT_EQ(Run({"push", (folder_ / "net.txt").string(), "--consent"}).code, ExitCode::kOk);
  const Json report = RunFolder();
  EXPECT_EQ(report["pushed"], 1);
  EXPECT_EQ(report["already_pushed"], 1);
  EXPECT_EQ(report["graded"]["ADVANCE_OUTSTANDING"], 1);
  EXPECT_EQ(States(report)["net.txt"], "ALREADY_READ");
  EXPECT_EQ(States(report)["gross.txt"], "PUSHED");
  EXPECT_EQ(service_.pushed.size(), 2u);
  // Pushed by hand while the hub was away, it is this run that sends it.
  Write("no-fund.txt", ReadAll(std::string(kExamples) + "no-fund.txt"));
  hub_.Stop();
  EXPECT_EQ(Run({"push", (folder_ / "no-fund.txt").string()}).code, ExitCode::kHubUnavailable);
  hub_.Start();
  EXPECT_EQ(States(RunFolder())["no-fund.txt"], "PUSHED");
}

// A run that is killed between reading and reporting: what it read and pushed is told by the next.
TEST_F(DailyRunTest, TheNextReportTellsWhatAKilledRunHasDone) {
  Write("net.txt", net_);
  Write("坏.pdf", "%PDF-1.4 nothing");
  {
    const std::string journal_file = hub_.File("journal.sqlite");
    auto journal = RunJournal::Open(journal_file);
    ASSERT_TRUE(journal.ok()) << journal.status();
    JournalEntry entry;
    entry.sha256 = crypto::ToHex(crypto::Sha256(net_));
    entry.name = "net.txt";
    entry.outcome = JournalOutcome::kPushed;
    entry.case_number = "(2025)沪0115民初90011号";
    entry.grade = "ADVANCE_OUTSTANDING";
    ASSERT_TRUE((*journal)->Put(entry).ok());
    ASSERT_TRUE((*journal)->AddUnreported(entry.sha256).ok());
    entry.sha256 = crypto::ToHex(crypto::Sha256("gone"));
    entry.name = "已移走.txt";
    entry.outcome = JournalOutcome::kDuplicate;
    ASSERT_TRUE((*journal)->Put(entry).ok());
    ASSERT_TRUE((*journal)->AddUnreported(entry.sha256).ok());
  }
  ASSERT_EQ(Run({"push", (folder_ / "net.txt").string()}).code, ExitCode::kOk);
  const Json report = RunFolder();
  EXPECT_EQ(report["pushed"], 1);
  EXPECT_EQ(report["graded"]["ADVANCE_OUTSTANDING"], 2);
  EXPECT_EQ(report["unread"], 1);
  EXPECT_EQ(report["documents"].size(), 3u);
  EXPECT_EQ(States(report)["net.txt"], "PUSHED");
  EXPECT_EQ(States(report)["已移走.txt"], "DUPLICATE");
  const Json next = RunFolder();
  EXPECT_EQ(next["pushed"], 0);
  EXPECT_EQ(next["already_pushed"], 1);
  EXPECT_EQ(next["documents"].size(), 2u);
}

TEST_F(DailyRunTest, NobodyIsNotifiedOfWhatWasReadWithLittleConfidence) {
  Write("net.txt", net_);
  Write("unsure.txt", unsure_);
  const Json report = RunFolder({"--consent"});
  EXPECT_EQ(report["in_review"], 1);
  ASSERT_EQ(service_.pushed.size(), 2u);
  EXPECT_TRUE(service_.pushed[0].consent());
  EXPECT_FALSE(service_.pushed[1].consent());
  EXPECT_THAT(Run({"review", "list"}).out, HasSubstr("基金支付可信度 50%"));
}

TEST_F(DailyRunTest, TheTextStaysUnlessPolicySaysOtherwise) {
  Write("net.txt", net_);
  RunFolder();
  const v1::CourtCaseElements stays = Sent(service_.pushed.at(0).elements());
  EXPECT_GT(stays.evidence_size(), 0);
  for (const auto& evidence : stays.evidence()) EXPECT_EQ(evidence.sentence(), "");
  Write("other.txt", Replaced(net_, "90011", "90012"));
  RunFolder({"--court-push-sentences", "true"});
  const v1::CourtCaseElements goes = Sent(service_.pushed.at(1).elements());
  EXPECT_NE(goes.evidence(0).sentence(), "");
}

TEST_F(DailyRunTest, AnotherCopyOfAJudgmentIsADuplicateAndACorrectedOneAmends) {
  Write("a.txt", net_);
  ASSERT_EQ(RunFolder()["pushed"], 1);
  Write("b.txt", net_ + "\n");
  Write("c.txt", Replaced(Replaced(net_, "44,800.00", "44,900.00"), "57,400.00", "57,500.00"));
  const Json report = RunFolder();
  EXPECT_EQ(States(report)["b.txt"], "DUPLICATE");
  EXPECT_EQ(States(report)["c.txt"], "AMENDED");
  ASSERT_EQ(service_.amended.size(), 1u);
  EXPECT_EQ(service_.amended[0].name(), "courtCases/(2025)沪0115民初90011号");
  EXPECT_EQ(Sent(service_.amended[0].elements()).fund_paid_fen(), 4'490'000);
  EXPECT_EQ(service_.pushed.size(), 1u);
}

TEST_F(DailyRunTest, AnOlderDocumentThatTurnsUpLateWaitsForTheClerk) {
  Write("a.txt", net_);
  RunFolder();
  Write("b.txt",
        Replaced(Replaced(net_, "44,800.00", "44,000.00"), "二〇二五年八月", "二〇二五年七月"));
  EXPECT_EQ(States(RunFolder())["b.txt"], "DIFFERS");
  EXPECT_TRUE(service_.amended.empty());
  const Json list = Json::parse(Run({"review", "list", "--format", "json"}).out);
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(Run({"review", "confirm", list[0]["id"].dump()}).code, ExitCode::kOk);
  EXPECT_EQ(service_.amended.size(), 1u);
}

TEST_F(DailyRunTest, ARetrialThatNamesTheCaseReplacesIt) {
  Write("a.txt", net_);
  RunFolder();
  std::string retrial = Replaced(net_, "（2025）沪0115民初90011号", "（2025）沪0115民再7号");
  retrial =
      Replaced(retrial, "机动车交通事故责任纠纷一案，",
               "机动车交通事故责任纠纷一案，不服本院（2025）沪0115民初90011号民事判决，申请再审，");
  // Figures that do not add up would wait for the clerk.
  Write("b.txt", Replaced(Replaced(retrial, "44,800.00", "44,700.00"), "57,400.00", "57,300.00"));
  const Json report = RunFolder();
  EXPECT_EQ(States(report)["b.txt"], "AMENDED") << report;
  ASSERT_EQ(service_.amended.size(), 1u);
  EXPECT_EQ(service_.amended[0].name(), "courtCases/(2025)沪0115民初90011号");
  EXPECT_THAT(service_.amended[0].reason(), HasSubstr("改判"));
}

TEST_F(DailyRunTest, CorrectionsAmendTheCaseAndStayAsLabels) {
  Write("unsure.txt", unsure_);
  RunFolder();
  const ProgramOutcome shown = Run({"review", "show", "1"});
  EXPECT_THAT(shown.out, HasSubstr("fund_paid_fen"));
  const ProgramOutcome wrong =
      Run({"review", "correct", "1", "--set", "fund_paid_fen=many", "--reason", "x"});
  EXPECT_EQ(wrong.code, ExitCode::kUsage);
  const ProgramOutcome corrected = Run({"review", "correct", "1", "--set", "fund_paid_fen=5312.00",
                                        "--as-stated", "--reason", "结算记录", "--consent"});
  EXPECT_EQ(corrected.code, ExitCode::kOk) << corrected.err;
  ASSERT_EQ(service_.amended.size(), 1u);
  const v1::CourtCaseElements sent = Sent(service_.amended[0].elements());
  EXPECT_EQ(sent.fund_paid_fen(), 531'200);
  EXPECT_EQ(sent.evidence(sent.evidence_size() - 1).rule(), "manual");
  EXPECT_EQ(service_.amended[0].reason(), "结算记录");
  // Of the case as it stands, not of the version before the correction.
  EXPECT_THAT(service_.consented, ElementsAre("courtCases/(2025)沪0115民初90042号"));
  EXPECT_THAT(Run({"review", "list"}).out, HasSubstr("没有待复核的文书"));
  EXPECT_EQ(Run({"review", "confirm", "1"}).code, ExitCode::kUsage);
  const Json label = Json::parse(Run({"review", "labels"}).out);
  EXPECT_EQ(label["element"], "fund_paid_fen");
  EXPECT_EQ(label["read"], 530'000);
  EXPECT_EQ(label["label"], 531'200);
  EXPECT_EQ(label["confidence"], 50);
}

TEST_F(DailyRunTest, AConfirmationLabelsEveryValueAndSendsNothingNew) {
  Write("unsure.txt", unsure_);
  RunFolder();
  EXPECT_EQ(Run({"review", "confirm", "1"}).code, ExitCode::kOk);
  EXPECT_TRUE(service_.amended.empty());
  EXPECT_TRUE(service_.consented.empty());
  const std::string labels = Run({"review", "labels"}).out;
  EXPECT_THAT(labels, HasSubstr(R"("element":"fund_paid_fen","read":530000,"label":530000)"));
  EXPECT_THAT(labels, HasSubstr(R"("element":"case_number")"));
}

TEST_F(DailyRunTest, WhatLacksACaseNumberIsPushedOnceTheClerkAddsIt) {
  Write("a.txt", Replaced(net_, "（2025）沪0115民初90011号\n", ""));
  const Json report = RunFolder();
  EXPECT_EQ(report["incomplete"], 1) << report;
  EXPECT_TRUE(service_.pushed.empty());
  EXPECT_EQ(Run({"review", "confirm", "1"}).code, ExitCode::kUsage);
  const ProgramOutcome alone =
      Run({"review", "correct", "1", "--set", "case_number=（2025）沪0115民初90011号", "--reason",
           "首部缺页"});
  EXPECT_EQ(alone.code, ExitCode::kUsage) << "the instance stands in the number";
  EXPECT_THAT(alone.err, HasSubstr("审级"));
  const ProgramOutcome corrected =
      Run({"review", "correct", "1", "--set", "case_number=（2025）沪0115民初90011号", "--set",
           "instance=一审", "--reason", "首部缺页"});
  EXPECT_EQ(corrected.code, ExitCode::kOk) << corrected.err;
  ASSERT_EQ(service_.pushed.size(), 1u);
  EXPECT_EQ(Sent(service_.pushed[0].elements()).case_number(), "（2025）沪0115民初90011号");
}

TEST_F(DailyRunTest, WhatEveryCaseHasIsAskedOfTheClerkAndNotOfTheHub) {
  const std::string undated = Replaced(net_, "二〇二五年", "二〇  年");
  Write("a.txt", undated);
  const Json report = RunFolder();
  ASSERT_EQ(report["incomplete"], 1) << report;
  EXPECT_THAT(report["documents"][0]["review"].get<std::string>(), HasSubstr("裁判日期"));
  EXPECT_TRUE(service_.pushed.empty());
  // A correction that leaves it so is not taken, and the entry stays.
  EXPECT_EQ(Run({"review", "correct", "1", "--set", "cause=x", "--reason", "y"}).code,
            ExitCode::kUsage);
  EXPECT_EQ(Run({"review", "correct", "1", "--set", "closed_on=2025-09-01", "--reason", "y"}).code,
            ExitCode::kOk);
  EXPECT_EQ(service_.pushed.size(), 1u);
}

TEST_F(DailyRunTest, WhatTheHubRefusesWaitsForTheClerkAgainAndAgain) {
  service_.refuse = true;
  Write("net.txt", net_);
  const Json report = RunFolder();
  ASSERT_EQ(report["refused"], 1) << report;
  EXPECT_EQ(report["in_review"], 1);
  EXPECT_THAT(Run({"review", "list"}).out, HasSubstr("平台拒绝"));
  const std::vector<std::string> correct = {"review",         "correct",  "1", "--set",
                                            "cause=交通事故", "--reason", "y"};
  EXPECT_EQ(Run(correct).code, ExitCode::kRefused);
  EXPECT_THAT(Run({"review", "list"}).out, HasSubstr("平台拒绝"));
  service_.refuse = false;
  const ProgramOutcome accepted = Run(correct);
  EXPECT_EQ(accepted.code, ExitCode::kOk) << accepted.out << accepted.err;
  ASSERT_EQ(service_.pushed.size(), 1u);
  EXPECT_EQ(Sent(service_.pushed[0].elements()).cause(), "交通事故");
  EXPECT_THAT(Run({"review", "list"}).out, HasSubstr("没有待复核的文书"));
}

TEST_F(DailyRunTest, AnAdvanceWithoutItsPersonIsNotTakenForCertain) {
  JudgmentElements elements;
  elements.grade = Grade::kAdvanceOutstanding;
  elements.basis = Basis::kNet;
  elements.obligations.push_back(
      {"华岸财产保险", PartyKind::kInsurer, "", *domain::Money::Create(1), {}});
  EXPECT_EQ(ReviewReason(elements, 60),
            "没有读到受害人，没有读到判决医疗费，没有读到基金支付额，给付义务没有读到双方");
  elements.grade = Grade::kNoAdvance;
  EXPECT_EQ(ReviewReason(elements, 60), "");
}

TEST(ReviewReasonTest, OfAGrossJudgmentEachInjuredPersonsAwardMustBeTold) {
  JudgmentElements elements;
  elements.grade = Grade::kAdvanceOutstanding;
  elements.basis = Basis::kGross;
  elements.injured_persons = {{"岑明远", std::nullopt}, {"阮秋水", std::nullopt}};
  elements.medical_expense_awarded = domain::Money::Fen(3'800'000);
  elements.fund_paid = domain::Money::Fen(3'000'000);
  for (const char* payee : {"岑明远", "阮秋水"}) {
    elements.obligations.push_back(
        {"鲁大川", PartyKind::kPerson, payee, domain::Money::Fen(1'900'000), {}});
  }
  EXPECT_EQ(ReviewReason(elements, 60), "几名受害人的判决医疗费没有按人分开");
  elements.basis = Basis::kNet;
  EXPECT_EQ(ReviewReason(elements, 60), "");
  elements.basis = Basis::kGross;
  elements.medical_shares.resize(2);
  elements.medical_shares[1].obligation = 1;
  for (auto& share : elements.medical_shares) share.amount = domain::Money::Fen(1'900'000);
  EXPECT_EQ(ReviewReason(elements, 60), "");
}

TEST_F(DailyRunTest, TheSameBytesTwiceInOneRunAreOneDocument) {
  Write("a.txt", net_);
  Write("b.txt", net_);
  const Json report = RunFolder();
  EXPECT_EQ(report["pushed"], 1);
  EXPECT_EQ(report["duplicate"], 1);
  EXPECT_EQ(service_.pushed.size(), 1u);
  EXPECT_TRUE(service_.amended.empty());
}

TEST_F(DailyRunTest, TheReportIsAlsoASpreadsheet) {
  Write("net.txt", net_);
  const std::string file = hub_.File("报告.xlsx");
  const ProgramOutcome outcome = Run({"run", folder_.string(), "--xlsx", file});
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("已推送 1 份"));
  EXPECT_GT(fs::file_size(file), 1'000u);
  EXPECT_EQ(Run({"run", folder_.string(), "--xlsx", "/no/such/folder/a.xlsx"}).code,
            ExitCode::kUsage);
}

TEST_F(DailyRunTest, ADryRunKeepsNothing) {
  Write("net.txt", net_);
  EXPECT_EQ(RunFolder({"--dry-run"})["checked"], 1);
  EXPECT_TRUE(service_.pushed.empty());
  EXPECT_EQ(RunFolder()["pushed"], 1);
}

// Nothing that was read is beyond correction: neither pushed with confidence nor corrected before.
TEST_F(DailyRunTest, ACaseThatWasReadIsCorrectedAgainAndAgain) {
  Write("net.txt", net_);
  ASSERT_EQ(RunFolder()["in_review"], 0);
  EXPECT_THAT(Run({"review", "list"}).out, HasSubstr("没有待复核的文书"));
  EXPECT_THAT(Run({"review", "list", "--all"}).out, HasSubstr("90011"));
  for (const char* cause : {"交通事故一", "交通事故二"}) {
    const ProgramOutcome corrected =
        Run({"review", "correct", "1", "--set", absl::StrCat("cause=", cause), "--reason", "误读"});
    EXPECT_EQ(corrected.code, ExitCode::kOk) << corrected.out << corrected.err;
    ASSERT_FALSE(service_.amended.empty());
    EXPECT_EQ(Sent(service_.amended.back().elements()).cause(), cause);
    EXPECT_EQ(service_.amended.back().reason(), "误读");
  }
  EXPECT_EQ(service_.amended.size(), 2u);
  EXPECT_THAT(Run({"review", "show", "1"}).out, HasSubstr("\"交通事故一\" → \"交通事故二\""));
  EXPECT_THAT(Run({"review", "labels"}).out, HasSubstr("交通事故二"));
  EXPECT_EQ(Run({"review", "confirm", "1"}).code, ExitCode::kUsage);
}

TEST_F(DailyRunTest, ADocumentThatAnotherHasReplacedIsNotCorrected) {
  Write("a.txt", net_);
  RunFolder();
  Write("c.txt", Replaced(Replaced(net_, "44,800.00", "44,900.00"), "57,400.00", "57,500.00"));
  ASSERT_EQ(RunFolder()["amended"], 1);
  const ProgramOutcome old = Run({"review", "correct", "1", "--set", "cause=x", "--reason", "y"});
  EXPECT_EQ(old.code, ExitCode::kUsage);
  EXPECT_THAT(old.err, HasSubstr("更新的文书"));
  EXPECT_EQ(service_.amended.size(), 1u);
}

// What a dry run says of each document is what the run does with it.
TEST_F(DailyRunTest, ADryRunDecidesAsTheRunDoes) {
  Write("net.txt", net_);
  ASSERT_EQ(RunFolder()["pushed"], 1);
  Write("corrected.txt",
        Replaced(Replaced(net_, "44,800.00", "44,900.00"), "57,400.00", "57,500.00"));
  Write("before.txt", net_ + "\n");
  Write("unsure.txt", Replaced(unsure_, "书记员", "代书记员"));
  auto dry = States(RunFolder({"--dry-run"}));
  EXPECT_TRUE(service_.amended.empty());
  EXPECT_EQ(dry["corrected.txt"], "AMENDED");
  EXPECT_EQ(dry["unsure.txt"], "CHECKED");
  dry["unsure.txt"] = "PUSHED";
  EXPECT_EQ(States(RunFolder()), dry);
  EXPECT_EQ(service_.amended.size(), 1u);
}

TEST(CaseKeyTest, FoldsWhatWritersDoDifferently) {
  EXPECT_EQ(CaseKey("〔２０２５〕沪0115 民初1号"), "(2025)沪0115民初1号");
  EXPECT_EQ(CaseKey("（2014）新民初字第161号"), "(2014)新民初字第161号");
  EXPECT_THAT(
      CaseKeysIn(
          U"不服（2024）沪0115民初12号民事判决，(2023)沪01民终3号之一，（2024）沪0115民初12号，"
          U"（2025年）第5号令，（2009）浦民一（民）初字第1234号"),
      ElementsAre("(2024)沪0115民初12号", "(2023)沪01民终3号之一", "(2009)浦民一(民)初字第1234号"));
  EXPECT_TRUE(CaseKeysIn(U"没有案号").empty());
}

TEST(CorrectionTest, KnowsEachKindOfElement) {
  v1::CourtCaseElements elements;
  elements.set_grade(v1::GRADE_NO_ADVANCE);
  const auto corrections = Correct({"grade=ADVANCE_REPAID", "basis=GROSS", "closed_on=2025-08-14",
                                    "fund_paid_fen=1", "fund_paid_fen=", "court=某法院"},
                                   false, elements);
  ASSERT_TRUE(corrections.ok()) << corrections.status();
  EXPECT_EQ(elements.grade(), v1::GRADE_ADVANCE_REPAID);
  EXPECT_EQ(elements.basis(), v1::BASIS_GROSS);
  EXPECT_EQ(elements.closed_on(), "2025-08-14");
  EXPECT_FALSE(elements.has_fund_paid_fen());
  EXPECT_EQ(elements.court_name(), "某法院");
  EXPECT_EQ((*corrections)[0].before, "\"NO_ADVANCE\"");
  EXPECT_EQ((*corrections)[0].after, "\"ADVANCE_REPAID\"");
  EXPECT_EQ((*corrections)[4].after, "null");
}

TEST(CorrectionTest, ForgetsThePartsThatWereWorkedOutFromAWrongFigure) {
  const auto parts = [](const std::string& assignment) {
    v1::CourtCaseElements elements;
    for (const char* rule : {"share.worked_out", "share.stated"}) {
      v1::ElementEvidence& evidence = *elements.add_evidence();
      evidence.set_element("obligations[" + std::to_string(elements.obligations_size()) +
                           "].medical_fen");
      evidence.set_rule(rule);
      v1::Obligation& obligation = *elements.add_obligations();
      obligation.set_amount_fen(1000);
      obligation.set_medical_fen(500);
      obligation.set_medical_set_off_fen(200);
    }
    EXPECT_TRUE(Correct({assignment}, false, elements).ok());
    return std::pair(elements.obligations(0).has_medical_fen() ||
                         elements.obligations(0).has_medical_set_off_fen(),
                     elements.obligations(1).has_medical_fen());
  };
  EXPECT_EQ(parts("medical_expense_awarded_fen=400"), std::pair(false, true));
  EXPECT_EQ(parts("basis=NET"), std::pair(false, true));
  EXPECT_EQ(parts("liability[0].share_percent=30"), std::pair(false, true));
  EXPECT_EQ(parts("obligations[1].amount_fen=300"), std::pair(false, false));
  EXPECT_EQ(parts("obligations[0].medical_fen=300"), std::pair(true, true));
  EXPECT_EQ(parts("cause=健康权纠纷"), std::pair(true, true));
}

TEST(CorrectionTest, ReachesIntoListsAddsAndRemovesRows) {
  v1::CourtCaseElements elements;
  elements.add_injured_persons()->mutable_person()->set_name("单安伟");
  auto& first = *elements.add_obligations();
  first.set_debtor("甲");
  first.set_amount_fen(100);
  elements.add_obligations()->set_debtor("乙");
  auto* evidence = elements.add_evidence();
  evidence->set_element("obligations[1].amount_fen");
  const auto corrections =
      Correct({"injured_persons[0].name=测试甲", "injured_persons[1].name=测试乙",
               "obligations[0]=", "obligations[0].amount_fen=29,000.50",
               "obligations[0].debtor_kind=保险公司", "obligations[0].policy_kind=CTP",
               "liability[0].party=丙", "liability[0].share_percent=33.33%"},
              false, elements);
  ASSERT_TRUE(corrections.ok()) << corrections.status();
  ASSERT_EQ(elements.injured_persons_size(), 2);
  EXPECT_EQ(elements.injured_persons(0).person().name(), "测试甲");
  EXPECT_EQ(elements.injured_persons(1).person().name(), "测试乙");
  ASSERT_EQ(elements.obligations_size(), 1);
  EXPECT_EQ(elements.obligations(0).debtor(), "乙");
  EXPECT_EQ(elements.obligations(0).amount_fen(), 2'900'050);
  EXPECT_EQ(elements.obligations(0).debtor_kind(), v1::DEBTOR_KIND_INSURER);
  EXPECT_EQ(elements.obligations(0).policy_kind(), v1::POLICY_KIND_CTP);
  EXPECT_EQ(elements.liability(0).share_bp(), 3'333);
  EXPECT_EQ((*corrections)[2].element, "obligations[0]");
  EXPECT_THAT((*corrections)[2].before, HasSubstr(R"("debtor":"甲")"));
  EXPECT_EQ((*corrections)[2].after, "null");
  for (const auto& row : elements.evidence()) {
    EXPECT_NE(row.element(), "obligations[1].amount_fen") << "speaks of a row that moved";
  }
  for (const char* wrong : {"obligations[5].debtor=x", "obligations[x].debtor=x", "obligations[9]=",
                            "obligations[0].nothing=x", "nothing[0].debtor=x", "obligations[0]=x",
                            "liability[0].share_percent=120", "obligations[0].amount_fen=1.234"}) {
    EXPECT_FALSE(Correct({wrong}, false, elements).ok()) << wrong;
  }
}

TEST(CorrectionTest, SumsThatDoNotAddUpNeedAWordMore) {
  v1::CourtCaseElements elements;
  elements.set_medical_expense_total_fen(8'000'000);
  elements.set_fund_paid_fen(3'000'000);
  elements.set_self_paid_fen(5'000'000);
  const auto refused = Correct({"fund_paid_fen=29000.00"}, false, elements);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(DetailOf(refused.status()).faults[0].description, HasSubstr("29,000.00"));
  EXPECT_EQ(elements.fund_paid_fen(), 3'000'000);
  EXPECT_TRUE(Correct({"fund_paid_fen=29000.00"}, true, elements).ok());
  EXPECT_TRUE(Correct({"cause=x"}, false, elements).ok()) << "another element was corrected";
}

TEST(CorrectionTest, PeopleSeeWhatTheyCanCorrectInTheirWords) {
  v1::CourtCaseElements elements;
  elements.set_grade(v1::GRADE_ADVANCE_OUTSTANDING);
  elements.set_fund_paid_fen(2'900'000);
  elements.add_injured_persons()->mutable_person()->set_name("测试甲");
  std::map<std::string, std::string> values;
  for (const ElementShown& shown : ShowElements(elements)) values[shown.key] = shown.value;
  EXPECT_EQ(values["grade"], "已垫付未返还");
  EXPECT_EQ(values["fund_paid_fen"], "29,000.00 元");
  EXPECT_EQ(values["injured_persons[0].name"], "测试甲");
  EXPECT_EQ(values["cause"], "");
  EXPECT_FALSE(values.contains("policies[0].insurer"));
}

TEST(CorrectionTest, CollectsAllFaultsAndThenChangesNothing) {
  v1::CourtCaseElements elements;
  const auto corrections =
      Correct({"grade=SOON", "closed_on=gestern", "fund_paid_fen=-1", "obligations=x", "court=某"},
              false, elements);
  ASSERT_FALSE(corrections.ok());
  EXPECT_EQ(DetailOf(corrections.status()).faults.size(), 4u);
  EXPECT_EQ(elements.court_name(), "");
}

}  // namespace
}  // namespace recoup::court
