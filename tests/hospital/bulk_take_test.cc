// Thousands of messages at once: one line of progress, numbers, and the faulty ones by name.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/hospital/program_fixture.h"

namespace recoup::hospital {
namespace {

using adapters::ExitCode;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kMany = 300;  // More than share one commit.

std::string AdmissionNumber(int number) {
  return absl::StrCat("MSH|^~\\&|HIS|DONGAN|HUB|FUND|20260305102030||ADT^A01|K", number,
                      "|P|2.5||||||UNICODE UTF-8\rPID|1||0007^^^H^MR||林若溪\r"
                      "PV1|1|I|||||||||||||||||V",
                      number, "\rPV2|||^被轿车撞伤\rDG1|1||S82.2\rIN1|1|01\r");
}

class BulkTakeTest : public ProgramTest {
 protected:
  std::string FolderOfMany() {
    std::string folder = folder_.File("export");
    std::filesystem::create_directory(folder);
    for (int i = 0; i < kMany; ++i) Write(folder, absl::StrCat(i, ".hl7"), AdmissionNumber(i));
    return folder;
  }
  static void Write(const std::string& folder, const std::string& name, const std::string& bytes) {
    std::ofstream(absl::StrCat(folder, "/", name), std::ios::binary) << bytes;
  }
};

TEST_F(BulkTakeTest, ManyFilesAreCounted_AndTheFaultyOnesNamed) {
  const std::string folder = FolderOfMany();
  Write(folder, "bad.hl7", "MSH|^~\\&|HIS|X|||20260305||ADT^A01|B|P|2.5\rPID|1||7\r");
  const Result result = Run({"take", folder});
  EXPECT_EQ(result.code, ExitCode::kPartlyRefused);
  EXPECT_THAT(result.out,
              HasSubstr("收下 300 条：待上报 300，待核实 0，待补充 0，无需处理 0，此前已收 0；"
                        "未收 1 条"));
  EXPECT_THAT(result.out, HasSubstr(folder + "/bad.hl7：未收"));
  EXPECT_THAT(result.out, HasSubstr("PV1"));
  EXPECT_THAT(result.out, Not(HasSubstr("17.hl7")));
  EXPECT_THAT(result.err, HasSubstr("条消息: 301 / 301 (100 %)"));
  EXPECT_EQ(Status()["waiting"], kMany);
  // Again: all are known.
  EXPECT_THAT(Run({"take", folder}).out, HasSubstr("此前已收 300；"));
}

TEST_F(BulkTakeTest, OneFileOfManyMessagesIsCountedToo) {
  std::string batch = "BHS|^~\\&|HIS\r";
  for (int i = 0; i < kMany; ++i) batch += AdmissionNumber(i);
  const std::string file = folder_.File("batch.hl7");
  std::ofstream(file, std::ios::binary) << batch << "MSH|^~\\&|HIS||||2026||ORU^R01|O|P|2.5\r";
  const Result result = Run({"take", file});
  EXPECT_EQ(result.code, ExitCode::kPartlyRefused);
  EXPECT_THAT(result.out, HasSubstr("收下 300 条"));
  EXPECT_THAT(result.out, HasSubstr("batch.hl7#301：未收"));
}

TEST_F(BulkTakeTest, ProgramsGetALineForEach) {
  const Result result = Run({"take", FolderOfMany(), "--format", "json"});
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), kMany);
  EXPECT_THAT(result.err, Not(HasSubstr("条消息")));
}

TEST_F(BulkTakeTest, AFewAreToldOneByOne) {
  const Result result = Run({"take", Example("01-2401-traffic.json")});
  EXPECT_THAT(result.out, HasSubstr("01-2401-traffic.json："));
  EXPECT_EQ(result.err, "");
}

TEST_F(BulkTakeTest, AnExportOfTheInterfaceIsManyMessages) {
  const std::string one = TextOf(Example("01-2401-traffic.json"));
  const std::string file = folder_.File("export.json");
  std::ofstream(file, std::ios::binary) << "[" << one << "," << one << ",{}]";
  const Result result = Run({"take", file});
  EXPECT_EQ(result.code, ExitCode::kPartlyRefused);
  EXPECT_THAT(result.out, HasSubstr("export.json#2："));
  EXPECT_THAT(result.out, HasSubstr("export.json#3：未收"));
  EXPECT_EQ(Status()["waiting"], 1);
}

TEST_F(BulkTakeTest, AWatchedFolderOfManyIsTakenWhole) {
  const std::string folder = FolderOfMany();
  Write(folder, "150-bad.hl7", "MSH|^~\\&|HIS|X|||20260305||ADT^A01|B|P|2.5\rPID|1||7\r");
  EXPECT_EQ(Run({"watch", folder, "--once"}).code, ExitCode::kPartlyRefused);
  EXPECT_TRUE(std::filesystem::exists(folder + "/done/299.hl7"));
  EXPECT_TRUE(std::filesystem::exists(folder + "/refused/150-bad.hl7"));
  EXPECT_THAT(TextOf(folder + "/refused/150-bad.hl7.error.txt"), HasSubstr("PV1"));
  EXPECT_EQ(Status()["waiting"], kMany);
}

TEST_F(BulkTakeTest, BulkFilesInAWatchedFolderReferToOneAnother) {
  const std::string folder = folder_.File("fhir");
  std::filesystem::create_directory(folder);
  Write(folder, "Condition.ndjson",
        R"({"resourceType":"Condition","id":"c1","code":{"coding":[{"code":"V03.1"}]},)"
        R"("subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/e1"}})"
        "\n");
  Write(folder, "Encounter.ndjson",
        R"({"resourceType":"Encounter","id":"e1","status":"in-progress","class":{"code":"IMP"},)"
        R"("subject":{"reference":"Patient/p1"},"period":{"start":"2026-03-10"}})"
        "\n");
  Write(folder, "Patient.ndjson",
        R"({"resourceType":"Patient","id":"p1","name":[{"text":"林若溪"}]})"
        "\n");
  Write(
      folder, "Coverage.ndjson",
      R"({"resourceType":"Coverage","id":"v1","status":"active","type":{"coding":[{"code":"01"}]},)"
      R"("beneficiary":{"reference":"Patient/p1"},"payor":[{"display":"医保"}]})"
      "\n");
  const Result result = Run({"watch", folder, "--once"});
  EXPECT_EQ(result.code, ExitCode::kOk) << result.out;
  EXPECT_TRUE(std::filesystem::exists(folder + "/done/Encounter.ndjson"));
  EXPECT_TRUE(std::filesystem::exists(folder + "/done/Condition.ndjson"));
  EXPECT_EQ(Status()["waiting"], 1);  // One flag, by the condition's code.
}

}  // namespace
}  // namespace recoup::hospital
