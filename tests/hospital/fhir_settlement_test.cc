#include <string>
#include <variant>
#include <vector>

#include "adapters/hospital/field_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

constexpr char kExplanation[] = R"({
  "resourceType": "ExplanationOfBenefit", "id": "x1", "status": "active", "use": "claim",
  "outcome": "complete", "created": "2026-03-12T10:20:30+08:00",
  "identifier": [{"value": "S1"}],
  "patient": {"reference": "#p"},
  "contained": [
    {"resourceType": "Patient", "id": "p", "name": [{"text": "林若溪"}],
     "identifier": [{"value": "11010519491231002X"}]},
    {"resourceType": "Coverage", "id": "c", "type": {"coding": [{"code": "01"}]},
     "subscriberId": "31000001", "beneficiary": {"reference": "#p"}}],
  "insurance": [{"focal": true, "coverage": {"reference": "#c"}}],
  "item": [{"sequence": 1, "encounter": [{"reference": "Encounter/V001"}]}],
  "supportingInfo": [{"sequence": 1, "category": {"text": "票据号码"}, "valueString": "F0001"}],
  "total": [
    {"category": {"coding": [{"code": "submitted"}]},
     "amount": {"value": 15100.00, "currency": "CNY"}},
    {"category": {"coding": [{"code": "benefit"}]},
     "amount": {"value": 11000.00, "currency": "CNY"}},
    {"category": {"coding": [{"code": "310100", "display": "统筹"}]},
     "amount": {"value": 10103.92, "currency": "CNY"}},
    {"category": {"coding": [{"code": "330101"}]},
     "amount": {"value": 896.08, "currency": "CNY"}},
    {"category": {"coding": [{"code": "310201"}]},
     "amount": {"value": 1000.10, "currency": "CNY"}},
    {"category": {"coding": [{"code": "psn_part_amt"}]}, "amount": {"value": 4000}},
    {"category": {"coding": [{"code": "hosp_part_amt"}]}, "amount": {"value": 100.0}}],
  "payment": {"date": "2026-03-13", "amount": {"value": 11000.00, "currency": "CNY"}}})";

const SettlementDocument& Settlement(const absl::StatusOr<Document>& read) {
  return std::get<SettlementDocument>(*read);
}

TEST(FhirSettlementTest, ReadsToTheFen) {
  const absl::StatusOr<Document> read = ReadForTest(kExplanation);
  ASSERT_TRUE(read.ok()) << read.status();
  const SettlementDocument& document = Settlement(read);
  EXPECT_EQ(document.settlement_id, "S1");
  EXPECT_EQ(document.visit_id, "V001");
  EXPECT_EQ(document.pool, (PoolHint{"310115", "310"}));
  EXPECT_EQ(document.patient.name, "林若溪");
  EXPECT_EQ(document.patient.person_number, "31000001");
  EXPECT_EQ(document.total.fen(), 1510000);
  EXPECT_EQ(document.fund_paid.fen(), 1100000);
  EXPECT_EQ(document.personal_part.fen(), 400000);
  EXPECT_EQ(document.hospital_part.fen(), 10000);
  EXPECT_EQ(document.settled_at, TimeFromText("20260313"));
  EXPECT_THAT(document.invoice_numbers, ElementsAre("F0001"));
  ASSERT_EQ(document.fund_lines.size(), 3u);
  EXPECT_EQ(document.fund_lines[0],
            (FundLine{"310100", "统筹", domain::Money::Fen(1010392), true}));
  EXPECT_FALSE(document.fund_lines[2].is_fund);
  for (const QualityNote& note : document.notes) {
    EXPECT_NE(note.kind, NoteKind::kDoesNotAddUp) << note.path << note.text;
  }
}

TEST(FhirSettlementTest, SumsThatDoNotAgreeAreTold) {
  struct Row {
    std::string from, to, path;
  };
  const Row rows[] = {
      {"896.08", "896.09", "/total/1"},
      {R"("value": 4000})", R"("value": 4000.01})", "/total"},
      {"15100.00", "15100.01", "/total"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.to);
    const absl::StatusOr<Document> read = ReadForTest(Replaced(kExplanation, row.from, row.to));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_TRUE(HasNote(Settlement(read).notes, NoteKind::kDoesNotAddUp, row.path));
  }
}

TEST(FhirSettlementTest, WithoutTotalsTheItemsAndThePaymentTell) {
  const absl::StatusOr<Document> read = ReadForTest(R"({
    "resourceType": "ExplanationOfBenefit", "id": "x1", "status": "active", "outcome": "complete",
    "patient": {"display": "林若溪"},
    "item": [{"net": {"value": 100.5}, "encounter": [{"reference": "Encounter/V001"}],
        "adjudication": [{"category": {"coding": [{"code": "copay"}]}, "amount": {"value": 20}}]},
      {"net": {"value": 50}}],
    "payment": {"amount": {"value": "120.50"}}})");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(Settlement(read).total.fen(), 15050);
  EXPECT_EQ(Settlement(read).fund_paid.fen(), 12050);
  EXPECT_EQ(Settlement(read).personal_part.fen(), 3000);
  EXPECT_TRUE(HasNote(Settlement(read).notes, NoteKind::kRepaired, "/total"));
  // The share that is told is not the rest.
  EXPECT_TRUE(HasNote(Settlement(read).notes, NoteKind::kDoesNotAddUp, "/total"));
  EXPECT_TRUE(HasNote(Settlement(read).notes, NoteKind::kIncomplete, "/insurance"));
}

TEST(FhirSettlementTest, RefusalsNameEveryPlace) {
  struct Row {
    std::string name, from, to;
    std::vector<std::string> paths;
  };
  const Row rows[] = {
      {"foreign money",
       R"("currency": "CNY")",
       R"("currency": "USD")",
       {"/total/0/amount/currency"}},
      {"in error", R"("outcome": "complete")", R"("outcome": "error")", {"/outcome"}},
      {"queued", R"("outcome": "complete")", R"("outcome": "queued")", {"/outcome"}},
      {"not a claim", R"("use": "claim")", R"("use": "predetermination")", {"/use"}},
      {"draft", R"("status": "active")", R"("status": "draft")", {"/status"}},
      {"a commercial insurer", R"("code": "01")", R"("code": "77")", {"/insurance"}},
      {"negative", R"("value": 4000})", R"("value": -4000})", {"/total/5/amount/value"}},
      {"a third decimal", "10103.92", "10103.921", {"/total/2/amount/value"}},
      {"less than its parts", "15100.00", "10999.99", {"/total"}},
      {"several",
       R"("outcome": "complete", "created": "2026-03-12T10:20:30+08:00",
  "identifier": [{"value": "S1"}],)",
       R"("outcome": "error", "use": "preauthorization",)",
       {"/outcome", "/use"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_THAT(FaultPaths(ReadForTest(Replaced(kExplanation, row.from, row.to))),
                IsSupersetOf(row.paths));
  }
}

TEST(FhirSettlementTest, AnExplanationWithoutAVisitIsReadAndTold) {
  const absl::StatusOr<Document> read =
      ReadForTest(Replaced(kExplanation, "encounter", "procedure"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(std::get<SettlementDocument>(*read).visit_id, "");
  EXPECT_TRUE(HasNote(std::get<SettlementDocument>(*read).notes, NoteKind::kIncomplete,
                      "/item/0/encounter"));
}

TEST(FhirSettlementTest, ACancelledExplanationTakesTheSettlementBack) {
  const absl::StatusOr<Document> read = ReadForTest(
      Replaced(kExplanation, R"("status": "active", "use")",
               R"("status": "cancelled", "meta": {"lastUpdated": "2026-03-14T09:00:00Z"}, "use")"));
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& reversal = std::get<ReversalDocument>(*read);
  EXPECT_EQ(reversal.settlement_id, "S1");
  EXPECT_EQ(reversal.visit_id, "V001");
  EXPECT_EQ(reversal.pool, (PoolHint{"310115", "310"}));
  EXPECT_EQ(reversal.reversed_at, TimeFromText("2026-03-14T09:00:00Z"));
  EXPECT_EQ(reversal.returned.total, domain::Money::Fen(1510000));
  EXPECT_EQ(reversal.returned.fund, domain::Money::Fen(1100000));
  EXPECT_EQ(reversal.returned.cash, std::nullopt) << "not said";
}

TEST(FhirSettlementTest, ATakingBackStandsWithoutAmountsAndWithNegatedOnes) {
  const std::string cancelled =
      R"({"resourceType":"ExplanationOfBenefit","status":"entered-in-error","use":"claim",
          "outcome":"complete","identifier":[{"value":"S1"}],"patient":{"display":"林若溪"},
          "item":[{"sequence":1,"encounter":[{"reference":"Encounter/V001"}]}],%
          "insurance":[{"focal":true,"coverage":{"display":"01"}}]})";
  const auto returned = [&](const std::string& amounts) {
    const absl::StatusOr<Document> read = ReadForTest(Replaced(cancelled, "%", amounts));
    if (!read.ok()) {
      ADD_FAILURE() << read.status();
      return Returned();
    }
    return std::get<ReversalDocument>(*read).returned;
  };
  EXPECT_EQ(returned(""), Returned());
  EXPECT_EQ(returned(R"("payment":{"amount":{"value":-70.5}},)").fund, domain::Money::Fen(7050));
  EXPECT_EQ(returned(R"("payment":{"amount":{"value":70,"currency":"USD"}},)"), Returned());
}

TEST(FhirLinesTest, AFaultyLineIsNamedAndHarmsNoOther) {
  const std::vector<DocumentPart> parts = ReadPartsForTest(
      "\xEF\xBB\xBF"
      R"({"resourceType":"Patient","id":"p1","name":[{"text":"林若溪"}]})"
      "\r\n"
      R"({"resourceType":"Encounter","id":"e1","status":"arrived","subject":{"reference":"Patient/p1"}})"
      "\n\n"
      R"({"resourceType":"Encounter","id":"e2","status":)"
      "\n"
      R"({"resourceType":"Encounter","id":"e3","class":"inpatient"})"
      "\n"
      R"({"resourceType":"Encounter","id":"e4","status":"finished","subject":{"reference":"Patient/p1"}})"
      "\n"
      R"({"resourceType":"Condition","id":"c","encounter":{"reference":"Encounter/e4"},"code":{"text":"骨折"}})"
      "\n");
  ASSERT_EQ(parts.size(), 4u);
  EXPECT_EQ(parts[0].place, "第 4 行");
  EXPECT_EQ(parts[1].place, "第 5 行");
  EXPECT_THAT(FaultPaths(parts[1].document), ElementsAre("第 5 行/class"));
  EXPECT_EQ(parts[2].place, "第 2 行");
  ASSERT_TRUE(parts[2].document.ok()) << parts[2].document.status();
  EXPECT_EQ(std::get<AdmissionDocument>(*parts[2].document).patient.name, "林若溪");
  EXPECT_THAT(std::get<AdmissionDocument>(*parts[2].document).diagnoses, IsEmpty());
  EXPECT_EQ(parts[3].place, "第 6 行");
  ASSERT_TRUE(parts[3].document.ok()) << parts[3].document.status();
  const auto& discharge = std::get<AdmissionDocument>(*parts[3].document);
  EXPECT_EQ(discharge.event, AdmissionEvent::kDischarge);
  ASSERT_EQ(discharge.diagnoses.size(), 1u);
  EXPECT_EQ(discharge.diagnoses[0].name, "骨折");
}

TEST(FhirLinesTest, ABundleOfSeveralVisitsHasAPartForEach) {
  const std::string bundle = R"({"resourceType":"Bundle","type":"searchset","entry":[
    {"resource":{"resourceType":"Encounter","id":"e1","status":"arrived"}},
    {"resource":{"resourceType":"Encounter","id":"e2","status":"arrived"}},
    {"resource":{"resourceType":"Condition","id":"c1","code":{"text":"无主"}}},
    {"resource":{"resourceType":"Condition","id":"c2","code":{"text":"骨折"},
      "encounter":{"reference":"Encounter/e2"}}}]})";
  const std::vector<DocumentPart> parts = ReadPartsForTest(bundle);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].place, "Encounter/e1");
  EXPECT_THAT(std::get<AdmissionDocument>(*parts[0].document).diagnoses, IsEmpty());
  EXPECT_EQ(std::get<AdmissionDocument>(*parts[1].document).diagnoses.size(), 1u);
  // One message at a time is what this caller asked for.
  EXPECT_THAT(FaultPaths(ReadForTest(bundle)), ElementsAre(""));
}

TEST(FhirLinesTest, BundlesInBundlesEnd) {
  std::string text = R"({"resourceType":"Encounter","id":"e","status":"arrived"})";
  for (int depth = 0; depth < 3; ++depth) {
    text = R"({"resourceType":"Bundle","entry":[{"resource":)" + text + "}]}";
  }
  EXPECT_TRUE(ReadForTest(text).ok());
  text = R"({"resourceType":"Bundle","entry":[{"resource":)" + text + "}]}";
  EXPECT_FALSE(ReadForTest(text).ok());
}

}  // namespace
}  // namespace recoup::hospital
