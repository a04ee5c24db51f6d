#include <string>
#include <variant>

#include "adapters/hospital/field_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A visit as a hospital's server sends it: every way of referring is used once.
constexpr char kBundle[] = R"({
  "resourceType": "Bundle", "type": "transaction", "timestamp": "2026-03-05T10:20:30+08:00",
  "entry": [
    {"fullUrl": "urn:uuid:0b5e2c0e-7d1c-4a53-9d2b-6f0a3d6c1e01", "resource": {
      "resourceType": "Encounter", "status": "in-progress",
      "identifier": [{"value": "OLD1", "use": "old"},
        {"type": {"coding": [{"code": "VN"}]}, "value": "V001"}],
      "class": {"code": "IMP"},
      "type": [{"coding": [{"system": "urn:recoup:med_type", "code": "22"}]}],
      "subject": {"reference": "urn:uuid:0b5e2c0e-7d1c-4a53-9d2b-6f0a3d6c1e02"},
      "period": {"start": "2026-03-05T10:00:00+08:00"},
      "reasonCode": [{"text": "被沪A12345货车撞伤"}],
      "diagnosis": [{"condition": {"reference": "Condition/c1"}, "rank": 1},
        {"condition": {"display": "多处擦伤"}}],
      "serviceProvider": {"reference": "#org"},
      "contained": [{"resourceType": "Organization", "id": "org", "name": "东岸第一医院",
        "identifier": [{"value": "H31011500001"}]}]}},
    {"fullUrl": "urn:uuid:0b5e2c0e-7d1c-4a53-9d2b-6f0a3d6c1e02", "resource": {
      "resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1949-12-31",
      "identifier": [{"type": {"coding": [{"code": "MR"}]}, "value": "0007"},
        {"value": "11010519491231002x"}],
      "name": [{"family": "LIN", "given": ["Ruoxi"]}, {"family": "林", "given": ["若溪"]}],
      "telecom": [{"system": "email", "value": "x@example.org"},
        {"system": "phone", "value": "13900000001"}]}},
    {"fullUrl": "http://his.example.org/fhir/Condition/c1", "resource": {
      "resourceType": "Condition", "id": "c1",
      "code": {"coding": [{"system": "http://snomed.info/sct", "code": "263102004"},
        {"system": "http://hl7.org/fhir/sid/icd-10", "code": "s72.000", "display": "股骨颈骨折"}]},
      "subject": {"reference": "Patient/p1"}}},
    {"resource": {"resourceType": "Condition", "id": "c2",
      "verificationStatus": {"coding": [{"code": "refuted"}]},
      "code": {"coding": [{"code": "I10", "display": "高血压"}]},
      "subject": {"reference": "Patient/p1"}}},
    {"resource": {"resourceType": "Claim", "id": "k1", "status": "active", "use": "claim",
      "patient": {"reference": "Patient/p1"},
      "accident": {"date": "2026-03-05", "type": {"coding": [{"code": "MVA"}]},
        "locationAddress": {"city": "上海市", "line": ["人民路口"]}}}},
    {"resource": {"resourceType": "Coverage", "id": "g1", "status": "active",
      "type": {"coding": [{"code": "01"}]}, "subscriberId": "31000001",
      "beneficiary": {"reference": "Patient/p1"}, "payor": [{"display": "浦东医保"}]}},
    {"resource": {"resourceType": "Coverage", "id": "g2", "status": "active", "subrogation": true,
      "beneficiary": {"reference": "Patient/p1"}, "payor": [{"display": "东海财产保险"}]}}]})";

const AdmissionDocument& Admission(const absl::StatusOr<Document>& read) {
  return std::get<AdmissionDocument>(*read);
}

TEST(FhirAdmissionTest, AnExternalCauseBesideTheInjuryIsADiagnosisOfItsOwn) {
  const absl::StatusOr<Document> read = ReadForTest(
      R"({"resourceType":"Bundle","type":"collection","entry":[
          {"resource":{"resourceType":"Patient","id":"p","name":[{"text":"林若溪"}]}},
          {"resource":{"resourceType":"Encounter","id":"e","status":"in-progress",
           "class":{"code":"IMP"},"identifier":[{"value":"V9"}],"subject":{"reference":"Patient/p"},
           "period":{"start":"2026-03-05T10:00:00+08:00"}}},
          {"resource":{"resourceType":"Condition","subject":{"reference":"Patient/p"},
           "encounter":{"reference":"Encounter/e"},"code":{"text":"左小腿咬伤","coding":[
            {"system":"http://hl7.org/fhir/sid/icd-10","code":"S81.9"},
            {"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"S81.852A"},
            {"system":"http://snomed.info/sct","code":"W12"},
            {"system":"http://hl7.org/fhir/sid/icd-10","code":"w54","display":"被狗咬伤"}]}}}]})");
  ASSERT_TRUE(read.ok()) << read.status();
  const std::vector<Diagnosis>& diagnoses = std::get<AdmissionDocument>(*read).diagnoses;
  ASSERT_EQ(diagnoses.size(), 2u);
  EXPECT_EQ(diagnoses[0].code, "S81.9");
  EXPECT_EQ(diagnoses[0].name, "左小腿咬伤");
  EXPECT_EQ(diagnoses[1].code, "W54");
  EXPECT_EQ(diagnoses[1].name, "被狗咬伤");
}

TEST(FhirAdmissionTest, ReadsAVisitOutOfABundle) {
  const absl::StatusOr<Document> read = ReadForTest(kBundle);
  ASSERT_TRUE(read.ok()) << read.status();
  const AdmissionDocument& document = Admission(read);
  EXPECT_EQ(document.source, SourceKind::kFhir);
  EXPECT_EQ(document.event, AdmissionEvent::kAdmit);
  EXPECT_EQ(document.visit_id, "V001");
  EXPECT_EQ(document.sender, "H31011500001");
  EXPECT_EQ(document.hospital, (Hospital{"H31011500001", "东岸第一医院"}));
  EXPECT_EQ(document.pool, (PoolHint{"310115", "310"}));
  EXPECT_EQ(document.med_type, "22");
  EXPECT_EQ(document.patient.name, "林若溪");
  EXPECT_EQ(document.patient.id_number, "11010519491231002X");
  EXPECT_EQ(document.patient.id_type, "01");
  EXPECT_EQ(document.patient.person_number, "0007");
  EXPECT_EQ(document.patient.phone, "13900000001");
  EXPECT_EQ(document.patient.birth_date, absl::CivilDay(1949, 12, 31));
  EXPECT_EQ(document.patient.gender, Gender::kFemale);
  EXPECT_EQ(document.admitted_at, TimeFromText("20260305100000"));
  EXPECT_EQ(document.sent_at, TimeFromText("20260305102030"));
  ASSERT_EQ(document.diagnoses.size(), 2u);
  EXPECT_EQ(document.diagnoses[0].code, "S72.000");
  EXPECT_EQ(document.diagnoses[0].name, "股骨颈骨折");
  EXPECT_TRUE(document.diagnoses[0].main);
  EXPECT_EQ(document.diagnoses[1].name, "多处擦伤");
  EXPECT_EQ(document.condition_text, "被沪A12345货车撞伤");
  ASSERT_TRUE(document.accident.has_value());
  EXPECT_EQ(document.accident->code, "MVA");
  EXPECT_EQ(document.accident->place, "上海市人民路口");
  EXPECT_EQ(document.accident->time, TimeFromText("20260305"));
  EXPECT_EQ(document.third_party_flag, TriState::kYes);
  EXPECT_THAT(document.insurer_hints, ElementsAre("东海财产保险"));
  EXPECT_THAT(document.plate_hints, ElementsAre("沪A12345"));
  EXPECT_TRUE(document.whole);
  EXPECT_TRUE(HasNote(document.notes, NoteKind::kUnusual, "/entry/6/resource/subrogation"));
  EXPECT_TRUE(HasNote(document.notes, NoteKind::kUnusual, "/entry/3/resource/verificationStatus"));
}

TEST(FhirAdmissionTest, TheSameContentIsTheSameMessage) {
  const auto id = [](const std::string& text) { return Admission(ReadForTest(text)).message_id; };
  const std::string bundle = kBundle;
  EXPECT_EQ(id(bundle), id(Replaced(bundle, "\n    {", "{")));
  EXPECT_EQ(id(bundle), id(Replaced(bundle, "transaction", "collection")));
  EXPECT_NE(id(bundle), id(Replaced(bundle, "撞伤", "碾伤")));
  EXPECT_NE(id(bundle), id(Replaced(bundle, "13900000001", "13900000002")));
  EXPECT_NE(id(bundle), id(Replaced(bundle, "I10", "I11")));
  EXPECT_NE(id(bundle), id(Replaced(bundle, "10:20:30", "10:20:31")));
}

TEST(FhirAdmissionTest, TheStatusDecidesTheEvent) {
  struct Row {
    std::string status;
    AdmissionEvent event;
  };
  const Row rows[] = {
      {"planned", AdmissionEvent::kAdmit},           {"arrived", AdmissionEvent::kAdmit},
      {"triaged", AdmissionEvent::kAdmit},           {"onleave", AdmissionEvent::kUpdate},
      {"finished", AdmissionEvent::kDischarge},      {"cancelled", AdmissionEvent::kCancel},
      {"unknown", AdmissionEvent::kUpdate},          {"discharged", AdmissionEvent::kUpdate},
      {"entered-in-error", AdmissionEvent::kCancel},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.status);
    const absl::StatusOr<Document> read = ReadForTest(Replaced(kBundle, "in-progress", row.status));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(Admission(read).event, row.event);
  }
}

TEST(FhirAdmissionTest, WhatIsNotInTheFileIsToldAndHarmsNothing) {
  const absl::StatusOr<Document> read = ReadForTest(
      R"({"resourceType":"Encounter","id":"e1","status":"finished",
          "subject":{"reference":"Patient/p9","display":"林若溪"},
          "diagnosis":[{"condition":{"reference":"Condition/c9"}}],
          "period":{"start":"soon","end":"2026-03-09"}})");
  ASSERT_TRUE(read.ok()) << read.status();
  const AdmissionDocument& document = Admission(read);
  EXPECT_EQ(document.visit_id, "e1");
  EXPECT_EQ(document.patient.name, "林若溪");
  EXPECT_EQ(document.patient.person_number, "p9");
  EXPECT_EQ(document.admitted_at, std::nullopt);
  EXPECT_EQ(document.discharged_at, TimeFromText("20260309"));
  EXPECT_TRUE(HasNote(document.notes, NoteKind::kIncomplete, "/subject"));
  EXPECT_TRUE(HasNote(document.notes, NoteKind::kIncomplete, "/diagnosis/0/condition"));
  EXPECT_TRUE(HasNote(document.notes, NoteKind::kUnusual, "/period/start"));
  EXPECT_EQ(document.pool, (PoolHint{"310115", ""}));
}

TEST(FhirAdmissionTest, OfficialFlagsComeAsExtensions) {
  const absl::StatusOr<Document> read = ReadForTest(
      R"({"resourceType":"Encounter","id":"e1","status":"arrived","extension":[
          {"url":"http://nhsa.example.cn/trum-flag","valueCode":"1"},
          {"url":"http://nhsa.example.cn/rel_ttp_flag","valueBoolean":false}]})");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(Admission(read).trauma_flag, TriState::kYes);
  EXPECT_EQ(Admission(read).third_party_flag, TriState::kNo);
}

TEST(FhirAdmissionTest, ASingleFactIsNotTheWholeVisit) {
  struct Row {
    std::string name, text, visit;
  };
  const Row rows[] = {
      {"condition",
       R"({"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p1"},
           "encounter":{"reference":"http://h.example.org/fhir/Encounter/e7/_history/3"},
           "code":{"coding":[{"system":"urn:oid:2.16.840.1.113883.6.90","code":"S82.1"}]}})",
       "e7"},
      {"claim",
       R"({"resourceType":"Claim","id":"k","use":"claim","patient":{"reference":"Patient/p1"},
           "accident":{"date":"2026-03-05","type":{"coding":[{"code":"WPA"}]}},
           "diagnosis":[{"diagnosisCodeableConcept":{"coding":[{"code":"S82.1"}]}}],
           "item":[{"encounter":[{"identifier":{"value":"V7"}}]}]})",
       "V7"},
      {"claim without a visit",
       R"({"resourceType":"Claim","id":"k","use":"claim","patient":{"reference":"Patient/p1"},
           "accident":{"date":"2026-03-05"},
           "diagnosis":[{"diagnosisCodeableConcept":{"coding":[{"code":"S82.1"}]}}]})",
       ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const absl::StatusOr<Document> read = ReadForTest(row.text);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_FALSE(Admission(read).whole);
    EXPECT_EQ(Admission(read).event, AdmissionEvent::kUpdate);
    EXPECT_EQ(Admission(read).visit_id, row.visit);
    ASSERT_EQ(Admission(read).diagnoses.size(), 1u);
    EXPECT_EQ(Admission(read).diagnoses[0].code, "S82.1");
  }
}

TEST(FhirAdmissionTest, RefusalsNamePlaceAndReason) {
  struct Row {
    std::string name, text, path, reason;
  };
  const std::string patient = R"({"resourceType":"Patient","id":"p"})";
  const Row rows[] = {
      {"nothing useful", patient, "/resourceType", "没有就诊的患者信息"},
      {"claim", R"({"resourceType":"Claim","id":"k","status":"active"})", "/resourceType",
       "没有写明事故的申报"},
      {"coverage", R"({"resourceType":"Coverage","id":"k","subrogation":true})", "/resourceType",
       "没有就诊的参保信息"},
      {"other", R"({"resourceType":"Observation","id":"k"})", "/resourceType",
       "Observation 既不是入院信息"},
      {"empty bundle", R"({"resourceType":"Bundle","type":"searchset"})", "/entry", "没有任何资源"},
      {"no status", R"({"resourceType":"Encounter","id":"e"})", "/status", "缺少就诊状态"},
      {"no name", R"({"resourceType":"Encounter","status":"arrived"})", "/identifier",
       "无法确定是哪次就诊"},
      {"no type", R"({"resourceType":"Bundle","entry":[{"resource":{"id":"1"}}]})",
       "/entry/0/resource/resourceType", "缺少 FHIR 资源的名称"},
      {"type is no name", R"({"resourceType":7})", "/resourceType", "缺少 FHIR 资源的名称"},
      {"no JSON", R"({"resourceType":"Encounter",)", "", "不是 JSON"},
      {"XML", R"(<Encounter xmlns="http://hl7.org/fhir"><id value="1"/></Encounter>)", "",
       "XML 格式的 FHIR"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const absl::StatusOr<Document> read = ReadForTest(row.text);
    ASSERT_FALSE(read.ok());
    EXPECT_THAT(FaultPaths(read), ElementsAre(row.path));
    EXPECT_THAT(std::string(read.status().message()), HasSubstr(row.reason));
  }
}

TEST(FhirVersionTest, OtherVersionsAreRefusedByName) {
  struct Row {
    std::string version, text, path;
  };
  const Row rows[] = {
      {"DSTU2", R"({"resourceType":"Encounter","status":"arrived","class":"inpatient"})", "/class"},
      {"DSTU2", R"({"resourceType":"Encounter","patient":{"reference":"Patient/1"}})", "/patient"},
      {"DSTU2", R"({"resourceType":"Condition","patient":{"reference":"Patient/1"}})", "/patient"},
      {"DSTU2", R"({"resourceType":"Coverage","issuer":{"reference":"Organization/1"}})",
       "/issuer"},
      {"STU3", R"({"resourceType":"Encounter","class":{"code":"IMP"},"reason":[{"text":"fall"}]})",
       "/reason"},
      {"STU3", R"({"resourceType":"Encounter","diagnosis":[{"role":{"text":"AD"}}]})",
       "/diagnosis/0/role"},
      {"STU3", R"({"resourceType":"Condition","clinicalStatus":"active"})", "/clinicalStatus"},
      {"STU3", R"({"resourceType":"Condition","context":{"reference":"Encounter/1"}})", "/context"},
      {"STU3", R"({"resourceType":"Claim","item":[{"service":{"text":"x"}}]})", "/item/0/service"},
      {"STU3", R"({"resourceType":"ExplanationOfBenefit","totalCost":{"value":1}})", "/totalCost"},
      {"STU3", R"({"resourceType":"Coverage","grouping":{"group":"1"}})", "/grouping"},
      {"R5", R"({"resourceType":"Encounter","class":[{"text":"IMP"}]})", "/class"},
      {"R5", R"({"resourceType":"Encounter","actualPeriod":{"start":"2026"}})", "/actualPeriod"},
      {"R5", R"({"resourceType":"Encounter","reason":[{"value":[{"concept":{"text":"x"}}]}]})",
       "/reason/0/value"},
      {"R5", R"({"resourceType":"Claim","encounter":[{"reference":"Encounter/1"}]})", "/encounter"},
      {"R5", R"({"resourceType":"Coverage","insurer":{"display":"x"}})", "/insurer"},
      {"R5",
       R"({"resourceType":"Encounter","meta":{"profile":
           ["http://hl7.org/fhir/StructureDefinition/Encounter|5.0.0"]}})",
       "/meta/profile/0"},
      {"STU3",
       R"({"resourceType":"Patient","meta":{"profile":
           ["http://hl7.org/fhir/STU3/StructureDefinition/Patient"]}})",
       "/meta/profile/0"},
      {"STU3",
       R"({"resourceType":"Patient","meta":{"profile":
           ["http://hl7.org/fhir/3.0/StructureDefinition/Patient"]}})",
       "/meta/profile/0"},
      {"DSTU2", R"({"resourceType":"Bundle","fhirVersion":"1.0.2"})", "/fhirVersion"},
      {"R4B", R"({"resourceType":"Bundle","fhirVersion":"4.3.0"})", "/fhirVersion"},
      {"R5", R"({"resourceType":"Bundle","entry":[{"resource":
                 {"resourceType":"Encounter","admission":{}, "plannedStartDate":"2026"}}]})",
       "/entry/0/resource/plannedStartDate"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const absl::StatusOr<Document> read = ReadForTest(row.text);
    EXPECT_THAT(FaultPaths(read), ElementsAre(row.path));
    EXPECT_THAT(std::string(read.status().message()), HasSubstr("FHIR " + row.version));
  }
}

TEST(FhirVersionTest, R4IsNotMistaken) {
  for (const char* text :
       {R"({"resourceType":"Encounter","id":"1","status":"arrived","class":{"code":"IMP"},
            "reasonCode":[{"text":"x"}],"diagnosis":[{"condition":{"display":"y"},
            "use":{"text":"AD"}}],"meta":{"profile":
            ["http://hl7.org/fhir/StructureDefinition/Encounter|4.0.1"]}})",
        R"({"resourceType":"Encounter","id":"1","status":"arrived","fhirVersion":"4.0.1"})",
        R"({"resourceType":"Encounter","id":"1","status":"arrived","meta":{"profile":
            ["http://hl7.org.cn/fhir/StructureDefinition/encounter|1.0.0"]}})"}) {
    EXPECT_THAT(FaultPaths(ReadForTest(text)), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace recoup::hospital
