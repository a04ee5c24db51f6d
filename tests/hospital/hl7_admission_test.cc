#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/field_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital {
namespace {

using ::testing::ElementsAre;

// Segments out of the usual order on purpose.
constexpr char kAdmission[] =
    "MSH|^~\\&|HIS|DONGAN|HUB|FUND|20260305102030||ADT^A01^ADT_A01|M1|P|2.5.1||||||UNICODE UTF-8\r"
    "ACC|20260305093000|MVA^Motor Vehicle Accident|人民路口||N|||被沪A12345货车撞伤||Y\r"
    "PV1|1|I|W1||||||||||||||||V001|||||||||||||||||||||||||20260305100000\r"
    "EVN|A01|20260305102030\r"
    "PID|1||0007^^^H^MR~11010519491231002X^^^^NI||LIN^林若溪||19491231|F|||||^^^^^^^^13900000001\r"
    "DG1|1||s72.000^股骨颈骨折||20260305|A|||||||||1\r"
    "DG1|2||V03.1^行人交通伤\r"
    "UB2|1||||||03^20260305~05\r"
    "IN1|1|01^职工医保|310115|浦东医保\r"
    "IN1|2|X9|PA|平安财产保险\r";

TEST(Hl7AdmissionTest, ReadsAnAdmission) {
  const absl::StatusOr<Document> read = ReadForTest(kAdmission);
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& document = std::get<AdmissionDocument>(*read);
  EXPECT_EQ(document.source, SourceKind::kHl7v2);
  EXPECT_EQ(document.event, AdmissionEvent::kAdmit);
  EXPECT_EQ(document.message_id, "M1");
  EXPECT_EQ(document.sender, "HIS/DONGAN");
  EXPECT_EQ(document.visit_id, "V001");
  EXPECT_EQ(document.pool, (PoolHint{"310115", "310"}));
  EXPECT_EQ(document.hospital.code, "H31011500001");
  EXPECT_EQ(document.patient.name, "林若溪");
  EXPECT_EQ(document.patient.id_number, "11010519491231002X");
  EXPECT_EQ(document.patient.id_type, "01");
  EXPECT_EQ(document.patient.person_number, "0007");
  EXPECT_EQ(document.patient.phone, "13900000001");
  EXPECT_EQ(document.patient.birth_date, absl::CivilDay(1949, 12, 31));
  EXPECT_EQ(document.patient.gender, Gender::kFemale);
  EXPECT_EQ(document.admitted_at, TimeFromText("20260305100000"));
  ASSERT_EQ(document.diagnoses.size(), 2u);
  EXPECT_EQ(document.diagnoses[0].code, "S72.000");
  EXPECT_TRUE(document.diagnoses[0].main);
  ASSERT_TRUE(document.accident.has_value());
  EXPECT_EQ(document.accident->code, "MVA");
  EXPECT_EQ(document.accident->place, "人民路口");
  EXPECT_EQ(document.accident->time, TimeFromText("20260305093000"));
  EXPECT_EQ(document.accident->job_related, TriState::kNo);
  EXPECT_EQ(document.accident->police_notified, TriState::kYes);
  EXPECT_THAT(document.accident->occurrence_codes, ElementsAre("03", "05"));
  EXPECT_THAT(document.plate_hints, ElementsAre("沪A12345"));
  EXPECT_THAT(document.insurer_hints, ElementsAre("平安财产保险"));
}

// Senders of 2.1 to 2.3 have room for it in PID-2 and PID-4; without any the name is enough.
TEST(Hl7AdmissionTest, ThePatientsNumberStandsWhereTheSenderHasRoom) {
  const std::string pid = "PID|1||0007^^^H^MR~11010519491231002X^^^^NI||LIN^林若溪|";
  struct Row {
    std::string pid, number;
  };
  for (const auto& [written, number] :
       {Row{"PID|1|0008|||LIN^林若溪|", "0008"}, Row{"PID|1|||0009^3^M11|LIN^林若溪|", "0009"},
        Row{"PID|1||||LIN^林若溪|", ""}}) {
    const absl::StatusOr<Document> read = ReadForTest(Replaced(kAdmission, pid, written));
    ASSERT_TRUE(read.ok()) << written << read.status();
    EXPECT_EQ(std::get<AdmissionDocument>(*read).patient.person_number, number);
  }
  EXPECT_FALSE(ReadForTest(Replaced(kAdmission, pid, "PID|1|||||")).ok()) << "nobody";
}

TEST(Hl7AdmissionTest, WhoPaysForHimselfOrAnotherFundIsNoInsurer) {
  for (const char* payer : {"自费", "上海市医疗保障局", "工伤保险基金", "SELF-PAY", "无"}) {
    const absl::StatusOr<Document> read =
        ReadForTest(Replaced(kAdmission, "PA|平安财产保险", absl::StrCat("PA|", payer)));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_TRUE(std::get<AdmissionDocument>(*read).insurer_hints.empty()) << payer;
  }
}

TEST(Hl7AdmissionTest, RemarksTellTheCourse_UnlessTheyAreOnAnObservation) {
  const std::string remark = "NTE|1||被超市货架砸伤~患者自述\r";
  const auto read = ReadForTest(absl::StrCat(kAdmission, remark));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(std::get<AdmissionDocument>(*read).condition_text,
              ::testing::HasSubstr("被超市货架砸伤，患者自述"));
  const auto observed =
      ReadForTest(absl::StrCat(kAdmission, "OBX|1|TX|PH^既往史||十年前车祸\r", remark));
  ASSERT_TRUE(observed.ok()) << observed.status();
  EXPECT_THAT(std::get<AdmissionDocument>(*observed).condition_text,
              ::testing::Not(::testing::HasSubstr("货架")));
}

TEST(Hl7AdmissionTest, TriggersDecideTheEvent) {
  const std::pair<std::string, AdmissionEvent> rows[] = {
      {"A04", AdmissionEvent::kAdmit},  {"A05", AdmissionEvent::kAdmit},
      {"A08", AdmissionEvent::kUpdate}, {"A03", AdmissionEvent::kDischarge},
      {"A11", AdmissionEvent::kCancel}, {"A13", AdmissionEvent::kUpdate},
      {"A38", AdmissionEvent::kCancel},
  };
  for (const auto& [trigger, event] : rows) {
    const absl::StatusOr<Document> read =
        ReadForTest(Replaced(kAdmission, "ADT^A01", "ADT^" + trigger));
    ASSERT_TRUE(read.ok()) << trigger << read.status();
    EXPECT_EQ(std::get<AdmissionDocument>(*read).event, event) << trigger;
  }
}

TEST(Hl7AdmissionTest, AMergeNamesTheNumberThatGoes) {
  const std::string merge =
      "MSH|^~\\&|HIS||||20260305||ADT^A40|M2|P|2.5\rPID|1||0007||林若溪\rMRG|0006\r";
  const absl::StatusOr<Document> read = ReadForTest(merge);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(std::get<AdmissionDocument>(*read).event, AdmissionEvent::kMerge);
  ASSERT_EQ(std::get<AdmissionDocument>(*read).merges.size(), 1u);
  EXPECT_EQ(std::get<AdmissionDocument>(*read).merges[0].replaced_patient_number, "0006");
  EXPECT_THAT(FaultPaths(ReadForTest(Replaced(merge, "MRG|0006", "MRG|"))), ElementsAre("MRG-1"));
}

TEST(Hl7AdmissionTest, AMergedPatientMayHaveSeveralNumbersANameAndAVisit) {
  const std::string merge =
      "MSH|^~\\&|HIS||||20260305||ADT^A40|M2|P|2.5\rPID|1||0007^^^H^MR||林若溪\r"
      "MRG|0006^^^H^MR~11010519491231002X^^^^NI~T9^^^H^PI~0007^^^H^MR||||V3||无名^氏\r";
  const absl::StatusOr<Document> read = ReadForTest(merge);
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& merges = std::get<AdmissionDocument>(*read).merges;
  // The card is the person's, and the number that stays goes nowhere.
  ASSERT_EQ(merges.size(), 2u);
  EXPECT_EQ(merges[0].replaced_patient_number, "0006");
  EXPECT_EQ(merges[1].replaced_patient_number, "T9");
  EXPECT_EQ(merges[1].patient.name, "林若溪");
  EXPECT_EQ(merges[1].replaced_name, "无名氏");
  EXPECT_EQ(merges[1].replaced_visit, "V3");
  EXPECT_THAT(std::get<AdmissionDocument>(*read).notes.size(), 1u);  // That PID-3 holds no card.
}

TEST(Hl7AdmissionTest, OneMessageMayTellSeveralMerges) {
  const std::string merge =
      "MSH|^~\\&|HIS||||20260305||ADT^A40|M2|P|2.5\rPID|1||0007||林若溪\rMRG|0006\r";
  // In pairs, and several numbers that go into one patient.
  const absl::StatusOr<Document> pairs = ReadForTest(merge + "PID|2||0009||顾砚舟\rMRG|0005\r");
  ASSERT_TRUE(pairs.ok()) << pairs.status();
  const auto& told = std::get<AdmissionDocument>(*pairs);
  ASSERT_EQ(told.merges.size(), 2u);
  EXPECT_EQ(told.merges[0].replaced_patient_number, "0006");
  EXPECT_EQ(told.merges[1].patient.person_number, "0009");
  EXPECT_EQ(told.merges[1].replaced_patient_number, "0005");
  const absl::StatusOr<Document> both = ReadForTest(merge + "MRG|0004\r");
  ASSERT_TRUE(both.ok()) << both.status();
  EXPECT_EQ(std::get<AdmissionDocument>(*both).merges.at(1).patient.person_number, "0007");
  EXPECT_THAT(FaultPaths(ReadForTest(merge + "PID|2||||顾砚舟\rMRG|0005\r")), ElementsAre("PID-3"));
  EXPECT_THAT(FaultPaths(ReadForTest(merge + "PID|2||0009||顾砚舟\r")), ElementsAre("MRG"));
  EXPECT_THAT(FaultPaths(ReadForTest(merge + "MRG|\r")), ElementsAre("MRG-1"));
}

TEST(Hl7AdmissionTest, OccurrenceCodesInTheFieldOfDaysAreReadAndTold) {
  const std::string bill =
      "MSH|^~\\&|REG||||20260305||BAR^P01|B1|P|2.5\rPID|1||0007||林若溪\r"
      "PV1|1|I|||||||||||||||||V7\rUB2|1||||03^20260228~01^20260228\r";
  const absl::StatusOr<Document> read = ReadForTest(bill);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(std::get<AdmissionDocument>(*read).accident->occurrence_codes,
              ElementsAre("03", "01"));
  // Days are days.
  const absl::StatusOr<Document> days = ReadForTest(Replaced(bill, "03^20260228~01^20260228", "3"));
  ASSERT_TRUE(days.ok()) << days.status();
  EXPECT_FALSE(std::get<AdmissionDocument>(*days).accident.has_value());
}

TEST(Hl7AdmissionTest, AnOrderIsReadForItsAccidentOnly) {
  const std::string order =
      "MSH|^~\\&|HIS||||20260305||ORM^O01|M3|P|2.3\rPID|1||0007||林若溪\r"
      "PV1|1|O|||||||||||||||||V7\rACC|20260301|MVA\r";
  const absl::StatusOr<Document> read = ReadForTest(order);
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& admission = std::get<AdmissionDocument>(*read);
  EXPECT_EQ(admission.event, AdmissionEvent::kUpdate);
  EXPECT_FALSE(admission.whole);  // Its silence takes nothing back.
  EXPECT_EQ(admission.accident->code, "MVA");
  EXPECT_TRUE(ReadForTest(Replaced(order, "ORM^O01", "OMG^O19")).ok());
  EXPECT_THAT(FaultPaths(ReadForTest(Replaced(order, "ACC|20260301|MVA", "ACC|||"))),
              ElementsAre("MSH-9[1].1"));
}

TEST(Hl7AdmissionTest, AVisitNumberAmongTheIdentifiersStandsForAnEmptyPv1) {
  const absl::StatusOr<Document> read = ReadForTest(
      "MSH|^~\\&|HIS||||20260305||ADT^A08|M4|P|2.5.1\r"
      "PID|1||0007^^^H^MR~20014997^^^H^VN||林若溪\rPV1|1|I\r");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(std::get<AdmissionDocument>(*read).visit_id, "20014997");
}

TEST(Hl7AdmissionTest, BillingMessagesTellOfTheAccident) {
  const std::string bill =
      "MSH|^~\\&|HIS||||20260305||DFT^P03^DFT_P03|M3|P|2.5\rFT1|1||||||||||||||||||S82.2^胫骨骨折\r"
      "ACC|20260304|AUTO|延安路|||||被小轿车撞\rPID|1||0007||林若溪|||||||||||||A77\r"
      "UB1|1|||||||||||||||01^20260304\rUB2|1||||||03^20260304\r";
  for (const char* type : {"DFT^P03", "BAR^P01", "BAR^P05"}) {
    const absl::StatusOr<Document> read = ReadForTest(Replaced(bill, "DFT^P03^DFT_P03", type));
    ASSERT_TRUE(read.ok()) << read.status();
    const auto& admission = std::get<AdmissionDocument>(*read);
    EXPECT_EQ(admission.event, AdmissionEvent::kUpdate);
    EXPECT_FALSE(admission.whole);
    EXPECT_EQ(admission.visit_id, "A77");
    ASSERT_TRUE(admission.accident.has_value());
    EXPECT_EQ(admission.accident->place, "延安路");
    EXPECT_THAT(admission.accident->occurrence_codes, ElementsAre("01", "03"));
    ASSERT_EQ(admission.diagnoses.size(), 1u);
    EXPECT_EQ(admission.diagnoses[0].code, "S82.2");
  }
  EXPECT_THAT(FaultPaths(ReadForTest(Replaced(bill, "DFT^P03^DFT_P03", "BAR^P02"))),
              ElementsAre("MSH-9[1].2"));
}

TEST(Hl7AdmissionTest, TheTypeAndTheVisitMayStandElsewhere) {
  const std::string old =
      std::string(
          "MSH|^~\\&|HIS||||20260305||ADT|M4|P|2.1\rEVN|A04|202603051020\rPID|1||0007||林若溪\r"
          "PV1|1|E") +
      std::string(48, '|') + "X9\r";
  const absl::StatusOr<Document> read = ReadForTest(old);
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& admission = std::get<AdmissionDocument>(*read);
  EXPECT_EQ(admission.event, AdmissionEvent::kAdmit);
  EXPECT_EQ(admission.visit_id, "X9");
  EXPECT_TRUE(HasNote(admission.notes, NoteKind::kRepaired, "MSH-9[1].2"));
  EXPECT_TRUE(HasNote(admission.notes, NoteKind::kRepaired, "PV1-19"));
  EXPECT_TRUE(ReadForTest(Replaced(old, "|ADT|", "|ADT_A04|")).ok());
  EXPECT_THAT(FaultPaths(ReadForTest(Replaced(old, "|2.1", "|3.0"))), ElementsAre("MSH-12"));
}

TEST(Hl7AdmissionTest, OtherMessagesAreRefusedByName) {
  const std::pair<std::string, std::string> rows[] = {{"OML^O21", "OML 是检验申请消息"},
                                                      {"ORU^R01", "ORU 是检查检验结果消息"},
                                                      {"ADT^A02", "ADT^A02"},
                                                      {"ZZZ^Z01", "ZZZ 是其他消息"}};
  for (const auto& [type, words] : rows) {
    const absl::StatusOr<Document> read =
        ReadForTest(Replaced(kAdmission, "ADT^A01^ADT_A01", type));
    ASSERT_FALSE(read.ok());
    EXPECT_THAT(std::string(read.status().message()), ::testing::HasSubstr(words));
  }
}

TEST(Hl7AdmissionTest, AllFaultsAreToldAtOnce) {
  EXPECT_THAT(
      FaultPaths(ReadForTest("MSH|^~\\&|HIS||||20260305||ADT^A01||P|2.5\rPID|1\rPV1|1|I\r")),
      ElementsAre("MSH-10", "PID-3", "PV1-19"));
  EXPECT_THAT(FaultPaths(ReadForTest("MSH|^~\\&|HIS||||20260305||ADT^A01|1|P|2.5\r")),
              ElementsAre("PID", "PV1"));
}

TEST(Hl7AdmissionTest, TheProfileMapsInsuranceToTheFund) {
  struct Row {
    std::string in1;
    PoolHint pool;
  };
  const Row rows[] = {{"IN1|1|NT-RES", {"320600", "390"}},
                      {"IN1|1|X|01", {"310115", "310"}},
                      {"IN1|1|X^居民医保", {"310115", "390"}},
                      {"IN1|1|X", {"310115", ""}}};
  for (const Row& row : rows) {
    const absl::StatusOr<Document> read =
        ReadForTest(Replaced(kAdmission, "IN1|1|01^职工医保|310115|浦东医保", row.in1));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(std::get<AdmissionDocument>(*read).pool, row.pool) << row.in1;
    EXPECT_EQ(HasNote(std::get<AdmissionDocument>(*read).notes, NoteKind::kIncomplete, "IN1"),
              row.pool.insurance_type.empty());
  }
}

TEST(Hl7AdmissionTest, AWithdrawnDischargeIsNone) {
  const std::string stay = "20260305100000|20260312090000";
  const std::string discharged = Replaced(kAdmission, "20260305100000", stay);
  const absl::StatusOr<Document> a03 = ReadForTest(Replaced(discharged, "A01", "A03"));
  ASSERT_TRUE(a03.ok()) << a03.status();
  EXPECT_EQ(std::get<AdmissionDocument>(*a03).discharged_at, TimeFromText("20260312090000"));
  EXPECT_FALSE(std::get<AdmissionDocument>(*a03).discharge_withdrawn);
  const absl::StatusOr<Document> a13 = ReadForTest(Replaced(discharged, "A01", "A13"));
  ASSERT_TRUE(a13.ok()) << a13.status();
  EXPECT_EQ(std::get<AdmissionDocument>(*a13).discharged_at, std::nullopt);
  EXPECT_TRUE(std::get<AdmissionDocument>(*a13).discharge_withdrawn);
}

TEST(Hl7AdmissionTest, ADayWithoutATimeIsTold) {
  const absl::StatusOr<Document> read =
      ReadForTest(Replaced(kAdmission, "20260305100000", "20260305"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(HasNote(std::get<AdmissionDocument>(*read).notes, NoteKind::kIncomplete, "PV1-44"));
  EXPECT_FALSE(HasNote(std::get<AdmissionDocument>(*ReadForTest(kAdmission)).notes,
                       NoteKind::kIncomplete, "PV1-44"));
}

TEST(Hl7AdmissionTest, APlannedAdmissionIsKnownByItsPreadmissionNumber) {
  const std::string planned =
      "MSH|^~\\&|HIS||||20260305||ADT^A05|M5|P|2.5\rPID|1||0007||林若溪\rPV1|1|P|W1||YY0009\r";
  for (const char* trigger : {"A05", "A38"}) {
    const absl::StatusOr<Document> read = ReadForTest(Replaced(planned, "A05", trigger));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(std::get<AdmissionDocument>(*read).visit_id, "YY0009");
    EXPECT_TRUE(HasNote(std::get<AdmissionDocument>(*read).notes, NoteKind::kRepaired, "PV1-19"));
  }
  // Who is there has a visit of his own.
  EXPECT_THAT(FaultPaths(ReadForTest(Replaced(planned, "A05", "A01"))), ElementsAre("PV1-19"));
}

TEST(Hl7AdmissionTest, AnAccidentIsToldByItsPlaceTooAndNotByDenials) {
  struct Row {
    std::string acc;
    bool told;
    std::string place;
  };
  const Row rows[] = {{"ACC|||人民路口", true, "人民路口"},
                      {"ACC|||||||||||解放路8号^^重庆^重庆市", true, "重庆市解放路8号"},
                      {"ACC|||人民路口||||||||解放路^^重庆", true, "人民路口"},
                      {"ACC|||||Y", true, ""},
                      {"ACC||||||||||Y", true, ""},
                      {"ACC|\"\"|\"\"|||N|||||N", false, ""},
                      {"ACC|", false, ""}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.acc);
    const absl::StatusOr<Document> read = ReadForTest(
        "MSH|^~\\&|HIS||||20260305||ADT^A08|M6|P|2.5\rPID|1||0007||林若溪\r"
        "PV1|1|I|||||||||||||||||V7\r" +
        row.acc + "\r");
    ASSERT_TRUE(read.ok()) << read.status();
    const auto& admission = std::get<AdmissionDocument>(*read);
    EXPECT_EQ(admission.accident.has_value(), row.told);
    if (admission.accident) {
      EXPECT_EQ(admission.accident->place, row.place);
    }
  }
}

TEST(Hl7AdmissionTest, AMessageWithoutItsHeaderIsRefusedByIt) {
  EXPECT_THAT(FaultPaths(ReadForTest("PID|1||0007||林若溪\rPV1|1|I\r")), ElementsAre("MSH"));
  EXPECT_THAT(FaultPaths(ReadForTest("PIDGEON")), ElementsAre());
}

TEST(Hl7AdmissionTest, NamesComeInManyShapes) {
  const std::pair<std::string, std::string> rows[] = {{"张^三", "张三"},
                                                      {"马测试^^^MA CE SHI", "马测试"},
                                                      {"CESHI1^测试", "测试"},
                                                      {"DOE^JANE", "JANE DOE"},
                                                      {"ZHANG^SAN~张三", "张三"},
                                                      {"DOE", "DOE"},
                                                      {"蒋 雯", "蒋雯"},
                                                      {"魏　强", "魏强"},
                                                      // The alias, PID-9.
                                                      {"ZHAO^DAMIN||19491231|F|赵大民", "赵大民"}};
  for (const auto& [sent, name] : rows) {
    const absl::StatusOr<Document> read = ReadForTest(Replaced(kAdmission, "LIN^林若溪", sent));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(std::get<AdmissionDocument>(*read).patient.name, name) << sent;
  }
}

}  // namespace
}  // namespace recoup::hospital
