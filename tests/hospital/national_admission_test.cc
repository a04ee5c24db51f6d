#include <algorithm>
#include <string>
#include <variant>

#include "adapters/hospital/field_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

constexpr char kRunOver[] = R"({
  "infno": "2401", "msgid": "H31011500001202603051020300001", "mdtrtarea_admvs": "310115",
  "insuplc_admdvs": "310115", "recer_sys_code": "YBXT", "infver": "V1.0", "opter_type": "1",
  "opter": "c01", "opter_name": "住院处", "inf_time": "2026-03-05 10:20:30",
  "fixmedins_code": "H31011500001", "fixmedins_name": "东岸第一医院",
  "input": {
    "mdtrtinfo": {
      "psn_no": "31000001", "insutype": "310", "tel": "13900000001",
      "begntime": "2026-03-05 10:00:00", "mdtrt_cert_type": "02",
      "mdtrt_cert_no": "11010519491231002X", "med_type": "22", "ipt_no": "ZY0001",
      "main_cond_dscr": "被沪A12345小客车撞伤，平安财险", "trum_flag": "1",
      "exp_content": "{\"rel_ttp_flag\":\"1\"}"},
    "diseinfo": [{"diag_code": "s72.000", "diag_name": "股骨颈骨折", "maindiag_flag": "1",
                  "adm_cond": "1"},
                 {"diag_code": "V03.101", "diag_name": "行人被小汽车撞伤"}]}})";

std::string WithResponse(const std::string& request, const std::string& response) {
  return R"({"request":)" + request + R"(,"response":)" + response + "}";
}

TEST(NationalAdmissionTest, ReadsAnAdmissionWithItsAnswer) {
  const absl::StatusOr<Document> read = ReadForTest(
      WithResponse(kRunOver, R"({"infcode":0,"output":{"result":{"mdtrt_id":"310000900"}}})"));
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& document = std::get<AdmissionDocument>(*read);
  EXPECT_EQ(document.event, AdmissionEvent::kAdmit);
  EXPECT_EQ(document.message_id, "H31011500001202603051020300001");
  EXPECT_EQ(document.visit_id, "310000900");
  EXPECT_EQ(document.inpatient_number, "ZY0001");
  EXPECT_EQ(document.pool, (PoolHint{"310115", "310"}));
  EXPECT_EQ(document.hospital, (Hospital{"H31011500001", "东岸第一医院"}));
  EXPECT_EQ(document.patient.id_type, "01");
  EXPECT_EQ(document.patient.id_number, "11010519491231002X");
  EXPECT_EQ(document.patient.birth_date, absl::CivilDay(1949, 12, 31));
  EXPECT_EQ(document.patient.gender, Gender::kFemale);
  EXPECT_EQ(document.admitted_at, TimeFromText("20260305100000"));
  EXPECT_EQ(document.trauma_flag, TriState::kYes);
  EXPECT_EQ(document.third_party_flag, TriState::kYes);
  ASSERT_EQ(document.diagnoses.size(), 2u);
  EXPECT_EQ(document.diagnoses[0].code, "S72.000");
  EXPECT_TRUE(document.diagnoses[0].main);
  EXPECT_EQ(document.diagnoses[0].present_on_admission, TriState::kYes);
  EXPECT_FALSE(document.diagnoses[1].main);
  EXPECT_THAT(document.plate_hints, ElementsAre("沪A12345"));
  EXPECT_THAT(document.insurer_hints, ElementsAre("平安财险"));
  EXPECT_TRUE(HasNote(document.notes, NoteKind::kRepaired, "/request/input/mdtrtinfo/exp_content"));
}

TEST(NationalAdmissionTest, WithoutAnswerTheHospitalsOwnNumberStands) {
  const absl::StatusOr<Document> read = ReadForTest(kRunOver);
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& document = std::get<AdmissionDocument>(*read);
  EXPECT_EQ(document.visit_id, "");
  EXPECT_EQ(document.inpatient_number, "ZY0001");
  EXPECT_TRUE(HasNote(document.notes, NoteKind::kIncomplete, "/input/mdtrtinfo/mdtrt_id"));
}

TEST(NationalAdmissionTest, EveryRepairIsToldAndChangesNothing) {
  const absl::StatusOr<Document> plain = ReadForTest(kRunOver);
  ASSERT_TRUE(plain.ok());
  struct Row {
    std::string name, text, path;
  };
  const Row rows[] = {
      {"byte order mark", "\xEF\xBB\xBF" + std::string(kRunOver), ""},
      {"trailing commas", Replaced(kRunOver, R"(行人被小汽车撞伤"}])", R"(行人被小汽车撞伤",},])"),
       ""},
      {"a number for text", Replaced(kRunOver, R"("insutype": "310")", R"("insutype": 310)"),
       "/input/mdtrtinfo/insutype"},
      {"camel case", Replaced(kRunOver, "mdtrt_cert_no", "mdtrtCertNo"),
       "/input/mdtrtinfo/mdtrt_cert_no"},
      {"the other spelling", Replaced(kRunOver, "mdtrtarea_admvs", "mdtrtarea_admdvs"),
       "/mdtrtarea_admvs"},
      {"the other name of the extension", Replaced(kRunOver, "exp_content", "expContent"),
       "/input/mdtrtinfo/exp_content"},
      {"a key twice", Replaced(kRunOver, R"("tel": )", R"("tel": "1", "tel": )"), ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const absl::StatusOr<Document> read = ReadForTest(row.text);
    ASSERT_TRUE(read.ok()) << read.status();
    const auto& expected = std::get<AdmissionDocument>(*plain);
    const auto& document = std::get<AdmissionDocument>(*read);
    EXPECT_EQ(document.pool, expected.pool);
    EXPECT_EQ(document.patient.id_number, expected.patient.id_number);
    EXPECT_EQ(document.patient.phone, expected.patient.phone);
    EXPECT_EQ(document.diagnoses.size(), 2u);
    EXPECT_EQ(document.third_party_flag, TriState::kYes);
    EXPECT_TRUE(HasNote(document.notes, NoteKind::kRepaired, row.path));
  }
}

TEST(NationalAdmissionTest, DiseinfoMayBeOneObject) {
  std::string text(kRunOver);
  const std::size_t from = text.find(R"([{"diag_code")");
  text = text.substr(0, from) + R"({"diag_code":"W54.0","diag_name":"犬咬伤"}}})";
  const absl::StatusOr<Document> read = ReadForTest(text);
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(std::get<AdmissionDocument>(*read).diagnoses.size(), 1u);
  EXPECT_EQ(std::get<AdmissionDocument>(*read).diagnoses[0].code, "W54.0");
}

TEST(NationalAdmissionTest, NodesInsideDataAreReadAndTold) {
  std::string text(kRunOver);
  text.replace(text.find("\"input\": {"), 10, "\"input\": {\"data\": {");
  text += "}";
  for (const std::string& whole : {text, WithResponse(text, R"({"infcode":0,"output":{}})")}) {
    const absl::StatusOr<Document> read = ReadForTest(whole);
    ASSERT_TRUE(read.ok()) << read.status();
    const auto& document = std::get<AdmissionDocument>(*read);
    EXPECT_EQ(document.inpatient_number, "ZY0001");
    EXPECT_EQ(document.diagnoses.size(), 2u);
    const std::string path = whole == text ? "/input/data" : "/request/input/data";
    EXPECT_TRUE(HasNote(document.notes, NoteKind::kRepaired, path));
  }
}

TEST(NationalAdmissionTest, Gb18030IsRead) {
  // "主诉" in GB18030 as the hospital's name.
  const absl::StatusOr<Document> read = ReadForTest(
      "{\"infno\":\"2404\",\"msgid\":\"H1\",\"mdtrtarea_admvs\":\"310115\","
      "\"insuplc_admdvs\":\"310115\",\"inf_time\":\"2026-03-05 10:20:30\","
      "\"fixmedins_code\":\"H1\",\"fixmedins_name\":\"\xD6\xF7\xCB\xDF\","
      "\"input\":{\"data\":{\"psn_no\":\"1\",\"mdtrt_id\":\"2\"}}}");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(std::get<AdmissionDocument>(*read).hospital.name, "主诉");
  EXPECT_EQ(std::get<AdmissionDocument>(*read).event, AdmissionEvent::kCancel);
}

TEST(NationalAdmissionTest, EventsFollowTheTransaction) {
  struct Row {
    std::string infno, node;
    AdmissionEvent event;
  };
  const Row rows[] = {
      {"2402", "dscginfo", AdmissionEvent::kDischarge},
      {"2403", "adminfo", AdmissionEvent::kUpdate},
      {"2404", "data", AdmissionEvent::kCancel},
      {"2405", "data", AdmissionEvent::kUpdate},
      {"2203", "mdtrtinfo", AdmissionEvent::kAdmit},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.infno);
    std::string text = Replaced(kRunOver, R"("mdtrtinfo")", "\"" + row.node + "\"");
    text = Replaced(text, "2401", row.infno);
    const absl::StatusOr<Document> without_id = ReadForTest(text);
    if (row.event != AdmissionEvent::kAdmit) {
      EXPECT_THAT(FaultPaths(without_id), ElementsAre("/input/" + row.node + "/mdtrt_id"));
    }
    const absl::StatusOr<Document> read =
        ReadForTest(Replaced(text, R"("ipt_no")", R"("mdtrt_id": "77", "ipt_no")"));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(std::get<AdmissionDocument>(*read).event, row.event);
    EXPECT_EQ(std::get<AdmissionDocument>(*read).visit_id, "77");
  }
}

TEST(NationalAdmissionTest, FlagsAreTriStateAndYesWins) {
  struct Row {
    std::string direct, extended;
    TriState expected;
  };
  const Row rows[] = {
      {R"("rel_ttp_flag":"0",)", "null", TriState::kNo},
      {R"("rel_ttp_flag":1,)", "null", TriState::kYes},
      {R"("rel_ttp_flag":"",)", "\"\"", TriState::kUnknown},
      {R"("rel_ttp_flag":"9",)", "null", TriState::kUnknown},
      {"", R"([{"relTtpFlag":"1"}])", TriState::kYes},
      {"", R"({"rel_ttp_flag":"0"})", TriState::kNo},
      {R"("rel_ttp_flag":"0",)", R"({"rel_ttp_flag":"1"})", TriState::kYes},
      {"", "\"free text\"", TriState::kUnknown},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.direct + " / " + row.extended);
    std::string text = Replaced(kRunOver, R"("exp_content": "{\"rel_ttp_flag\":\"1\"}")",
                                row.direct + R"("exp_content": )" + row.extended);
    const absl::StatusOr<Document> read = ReadForTest(text);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(std::get<AdmissionDocument>(*read).third_party_flag, row.expected);
  }
}

TEST(NationalAdmissionTest, AllFaultsAreToldAtOnce) {
  const absl::StatusOr<Document> read = ReadForTest(
      R"({"infno":"2401","msgid":"0123456789012345678901234567890","insuplc_admdvs":"3101",
          "fixmedins_code":"","inf_time":"","input":{"mdtrtinfo":{"ipt_no":"1"},
          "diseinfo":"none"}})");
  EXPECT_THAT(FaultPaths(read),
              UnorderedElementsAre("/msgid", "/fixmedins_code", "/insuplc_admdvs",
                                   "/input/mdtrtinfo/psn_no", "/input/mdtrtinfo/begntime",
                                   "/input/diseinfo"));
}

constexpr char kBareAdmission[] =
    R"({"infno":"2401","msgid":"H31011500001202603051020300001","fixmedins_code":"H31011500001",
        "input":{"mdtrtinfo":{"mdtrt_id":"V1","psn_no":"1","begntime":"2026-03-05 10:00:00",
        "mdtrt_cert_type":"02","mdtrt_cert_no":"CARD","psn_cert_type":"01",
        "certno":"PAPER"}}})";

TEST(NationalAdmissionTest, WhatNothingNeedsIsNoReasonToRefuse) {
  const absl::StatusOr<Document> read = ReadForTest(kBareAdmission);
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& admission = std::get<AdmissionDocument>(*read);
  EXPECT_EQ(admission.pool.area_code, "310115");  // The hospital's own.
  for (const char* path : {"/mdtrtarea_admvs", "/inf_time", "/insuplc_admdvs",
                           "/input/mdtrtinfo/insutype", "/input/mdtrtinfo/med_type"}) {
    EXPECT_TRUE(HasNote(admission.notes, NoteKind::kIncomplete, path)) << path;
  }
}

TEST(NationalAdmissionTest, ACardNumberWithAWrongCheckCharacterIsLeftOut_AndTold) {
  constexpr char kRight[] = "11010519491231002X", kWrong[] = "110105194912310021";
  struct Row {
    std::string card, paper, taken;
    std::vector<std::string> told;
  };
  for (const Row& row :
       {Row{kRight, "", kRight, {}}, Row{kRight, kRight, kRight, {}},
        Row{kWrong, "", "", {"mdtrt_cert_no"}}, Row{kWrong, kRight, kRight, {"mdtrt_cert_no"}},
        Row{kRight, kWrong, kRight, {"certno"}},
        Row{kWrong, kWrong, "", {"mdtrt_cert_no", "certno"}}}) {
    SCOPED_TRACE(row.card + " " + row.paper);
    const absl::StatusOr<Document> read =
        ReadForTest(Replaced(Replaced(kBareAdmission, "CARD", row.card), "PAPER", row.paper));
    ASSERT_TRUE(read.ok()) << read.status();
    const auto& admission = std::get<AdmissionDocument>(*read);
    EXPECT_EQ(admission.patient.id_number, row.taken);
    for (const std::string field : {"mdtrt_cert_no", "certno"}) {
      const bool told = std::find(row.told.begin(), row.told.end(), field) != row.told.end();
      EXPECT_EQ(HasNote(admission.notes, NoteKind::kIncomplete, "/input/mdtrtinfo/" + field), told)
          << field;
    }
  }
}

TEST(NationalAdmissionTest, AnAdmissionWithoutItsTimeBeganWhenItWasTold) {
  for (const char* given : {"2035-13-40", "2026-02-30 10:00:00", "昨天", ""}) {
    SCOPED_TRACE(given);
    const absl::StatusOr<Document> read =
        ReadForTest(Replaced(kRunOver, "2026-03-05 10:00:00", given));
    ASSERT_TRUE(read.ok()) << read.status();
    const auto& admission = std::get<AdmissionDocument>(*read);
    ASSERT_TRUE(admission.sent_at.has_value());
    EXPECT_EQ(admission.admitted_at, admission.sent_at);
    const auto told =
        std::count_if(admission.notes.begin(), admission.notes.end(), [](const QualityNote& note) {
          return note.path == "/input/mdtrtinfo/begntime" &&
                 note.text.ends_with("以交易时间 inf_time 为入院时间");
        });
    EXPECT_EQ(told, 1);
  }
}

// Without either time there is none to take.
TEST(NationalAdmissionTest, ATimeThatIsNoneIsNotCalledMissing) {
  for (const auto& [given, said] : std::vector<std::pair<std::string, std::string>>{
           {"昨天", "开始时间：不是时间"}, {"", "开始时间：缺少"}}) {
    const absl::StatusOr<Document> read =
        ReadForTest(Replaced(kBareAdmission, "2026-03-05 10:00:00", given));
    ASSERT_EQ(FaultPaths(read), std::vector<std::string>{"/input/mdtrtinfo/begntime"}) << given;
    EXPECT_EQ(DetailOf(read.status()).faults[0].description, said) << given;
  }
}

TEST(NationalAdmissionTest, RefusalsNameTheirPlace) {
  struct Row {
    std::string name, text, path;
  };
  const Row rows[] = {
      {"sign-in", Replaced(kRunOver, "2401", "9001"), "/infno"},
      {"refused by the platform", WithResponse(kRunOver, R"({"infcode":-1,"err_msg":"x"})"),
       "/response/infcode"},
      {"refused, code as text", WithResponse(kRunOver, R"({"infcode":"-1"})"), "/response/infcode"},
      {"no visit", Replaced(kRunOver, "\"mdtrtinfo\"", "\"other\""), "/input/mdtrtinfo"},
      {"a response alone", R"({"infcode":0,"output":{}})", "/output"},
      {"cut short", R"({"infno":"2401",)", ""},
      {"not JSON", "{nonsense}", ""},
      {"too deep", "{\"input\":" + std::string(100, '[') + std::string(100, ']') + "}", ""},
      {"neither charset", "{\"a\":\"\xFF\xFF\"}", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const absl::StatusOr<Document> read = ReadForTest(row.text);
    ASSERT_FALSE(read.ok());
    EXPECT_THAT(FaultPaths(read), ElementsAre(row.path)) << read.status();
  }
}

TEST(ReadDocumentTest, UnknownAndOversizedBytesAreRefused) {
  EXPECT_EQ(ReasonOf(ReadForTest("<xml/>").status()), Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(ReadForTest("").status()), Reason::kInvalidArgument);
  const std::string huge(kDocumentBytesMax + 1, ' ');
  EXPECT_EQ(ReasonOf(ReadForTest(huge).status()), Reason::kTooLarge);
}

}  // namespace
}  // namespace recoup::hospital
