#include "adapters/hospital/mapping/requests.h"

#include <functional>

#include "adapters/hospital/field_text.h"
#include "adapters/hospital/mapping/fields.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"

namespace recoup::hospital::mapping {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

AdmissionDocument Admission() {
  AdmissionDocument admission;
  admission.message_id = "M1";
  admission.sender = "H31011500001";
  admission.visit_id = "V1";
  admission.pool = {"310115", "310"};
  admission.patient = {"林若溪",       "01",      "11010519491231002X",
                       "31000001",     "1390000", absl::CivilDay(1949, 12, 31),
                       Gender::kFemale};
  admission.admitted_at = TimeFromText("20260305100000");
  admission.sent_at = TimeFromText("20260305102030");
  admission.diagnoses = {{"S72.000", "股骨颈骨折", true, TriState::kUnknown},
                         {"", "车祸伤", false, TriState::kUnknown},
                         {"V03.100", "行人交通伤", false, TriState::kUnknown}};
  admission.accident = Accident{};
  // Seven in the morning in China is the day before in UTC.
  admission.accident->time = TimeFromText("20260305070000");
  admission.accident->place = "人民路口";
  admission.plate_hints = {"沪A12345", "沪B12345"};
  admission.insurer_hints = {"平安财产保险"};
  return admission;
}

triage::TriageResult Triage() {
  triage::TriageResult triage;
  triage.proposal = triage::Proposal::kFlag;
  triage.kind = triage::ThirdPartyKind::kTraffic;
  triage.reasons = {{"icd.transport", triage::Answer::kFlag, "交通事故编码", "V03.100"},
                    {"icd.pregnancy-and-factors", triage::Answer::kNothing, "无", "Z47"},
                    {"flag.third-party", triage::Answer::kFlag, "已勾选", ""}};
  return triage;
}

v1::Flag Flag() { return FlagFrom(Admission(), Triage(), {}).value(); }

std::vector<std::string> Paths(const absl::Status& status) {
  std::vector<std::string> paths;
  for (const FieldFault& fault : DetailOf(status).faults) paths.push_back(fault.field);
  return paths;
}

TEST(FlagRequestTest, CarriesWhatTheAdmissionSays) {
  const v1::FlagAdmissionRequest request =
      ToFlagAdmission(Flag(), FlagStateFrom(Admission()), TimeOf(Admission()));
  const v1::Flag& flag = request.flag();
  EXPECT_EQ(flag.pool(), "pools/310115-310");
  EXPECT_EQ(flag.visit_id(), "V1");
  EXPECT_EQ(flag.patient().name(), "林若溪");
  EXPECT_EQ(flag.patient().id_kind(), v1::ID_KIND_RESIDENT_ID);
  EXPECT_EQ(flag.patient().id_number(), "11010519491231002X");
  EXPECT_EQ(flag.patient().insured_number(), "31000001");
  EXPECT_EQ(flag.patient().birth_on(), "1949-12-31");
  EXPECT_EQ(flag.admitted_time().seconds(), absl::ToUnixSeconds(*Admission().admitted_at));
  EXPECT_EQ(flag.third_party_kind(), v1::THIRD_PARTY_KIND_TRAFFIC);
  EXPECT_EQ(flag.accident_on(), "2026-03-05");
  EXPECT_EQ(flag.accident_place(), "人民路口");
  EXPECT_THAT(flag.diagnosis_codes(), ElementsAre("S72.000", "V03.100"));
  ASSERT_EQ(flag.evidence_size(), 2) << "what means nothing is no evidence";
  EXPECT_EQ(flag.evidence(0).rule(), "icd.transport");
  EXPECT_EQ(flag.evidence(0).text(), "交通事故编码（V03.100）");
  EXPECT_EQ(flag.evidence(1).text(), "已勾选");
  EXPECT_EQ(flag.plate(), "沪A12345");
  EXPECT_EQ(flag.insurer_name(), "平安财产保险");
  EXPECT_EQ(request.state(), v1::FLAG_STATE_SUSPECTED);
  EXPECT_EQ(request.flagged_time().seconds(), absl::ToUnixSeconds(*Admission().sent_at));
}

TEST(FlagRequestTest, TheHospitalsOwnWordConfirms) {
  AdmissionDocument admission = Admission();
  for (const TriState said : {TriState::kUnknown, TriState::kNo}) {
    admission.third_party_flag = said;
    EXPECT_EQ(FlagStateFrom(admission), v1::FLAG_STATE_SUSPECTED);
  }
  admission.third_party_flag = TriState::kYes;
  EXPECT_EQ(FlagStateFrom(admission), v1::FLAG_STATE_CONFIRMED);
}

TEST(FlagRequestTest, AHospitalsOwnNumberIsNotTheInsurances) {
  AdmissionDocument admission = Admission();
  admission.source = SourceKind::kHl7v2;
  EXPECT_EQ(FlagFrom(admission, Triage(), {})->patient().insured_number(), "");
}

TEST(FlagRequestTest, EveryThirdPartyKindIsMapped) {
  using Kind = triage::ThirdPartyKind;
  const std::pair<Kind, v1::ThirdPartyKind> rows[] = {
      {Kind::kUnknown, v1::THIRD_PARTY_KIND_UNSPECIFIED},
      {Kind::kTraffic, v1::THIRD_PARTY_KIND_TRAFFIC},
      {Kind::kAssault, v1::THIRD_PARTY_KIND_ASSAULT},
      {Kind::kAnimal, v1::THIRD_PARTY_KIND_ANIMAL},
      {Kind::kWork, v1::THIRD_PARTY_KIND_LABOUR},
      {Kind::kPremises, v1::THIRD_PARTY_KIND_PREMISES},
      {Kind::kSchool, v1::THIRD_PARTY_KIND_SCHOOL},
      {Kind::kObject, v1::THIRD_PARTY_KIND_FALLING_OBJECT},
      {Kind::kProduct, v1::THIRD_PARTY_KIND_PRODUCT},
      {Kind::kMedical, v1::THIRD_PARTY_KIND_MEDICAL},
  };
  for (const auto& [kind, expected] : rows) {
    triage::TriageResult triage = Triage();
    triage.kind = kind;
    EXPECT_EQ(FlagFrom(Admission(), triage, {})->third_party_kind(), expected);
  }
}

TEST(FlagRequestTest, KindsOfPapersAreMapped) {
  const std::pair<std::string, v1::IdKind> rows[] = {
      {"01", v1::ID_KIND_RESIDENT_ID},
      {"02", v1::ID_KIND_MILITARY_ID},
      {"04", v1::ID_KIND_HONG_KONG_MACAO_PERMIT},
      {"06", v1::ID_KIND_TAIWAN_PERMIT},
      {"07", v1::ID_KIND_FOREIGNER_ID},
      {"08", v1::ID_KIND_PASSPORT},
      {"90", v1::ID_KIND_OTHER},
      {"", v1::ID_KIND_OTHER},
  };
  for (const auto& [code, kind] : rows) EXPECT_EQ(IdKindFrom(code), kind) << code;
}

TEST(FlagRequestTest, ThePoolComesFromTheVisitWhereTheMessageIsSilent) {
  AdmissionDocument admission = Admission();
  admission.pool = {"310115", ""};
  EXPECT_EQ(FlagFrom(admission, Triage(), {{"320600", "390"}, "", ""})->pool(), "pools/310115-390");
}

TEST(FlagRequestTest, WithoutAVisitThereIsNoFlag) {
  AdmissionDocument admission = Admission();
  admission.visit_id = "";
  EXPECT_THAT(Paths(FlagFrom(admission, Triage(), {}).status()), ElementsAre("mdtrt_id"));
}

TEST(FlagRequestTest, WhatTheHubNeedsAndAFlagLacksIsTold) {
  AdmissionDocument admission = Admission();
  admission.pool = {"310115", ""};
  admission.patient = {};
  admission.admitted_at = std::nullopt;
  const v1::Flag bare = FlagFrom(admission, Triage(), {}).value();
  EXPECT_EQ(bare.pool(), "");
  EXPECT_THAT(MissingFrom(bare),
              ElementsAre(Missing::kPool, Missing::kPatient, Missing::kAdmitted));
  EXPECT_THAT(MissingFrom(Flag()), IsEmpty());
  // A number alone names the patient.
  for (const auto set : {+[](v1::Person& person) { person.set_name("林若溪"); },
                         +[](v1::Person& person) { person.set_id_number("11010519491231002X"); },
                         +[](v1::Person& person) { person.set_insured_number("1"); }}) {
    v1::Flag flag = bare;
    set(*flag.mutable_patient());
    EXPECT_THAT(MissingFrom(flag), ElementsAre(Missing::kPool, Missing::kAdmitted));
  }
}

TEST(AmendTest, OnlyWhatDiffersIsInTheMask) {
  struct Row {
    std::function<void(v1::Flag&)> change;
    std::vector<std::string> paths;
  };
  const Row rows[] = {
      {[](v1::Flag&) {}, {}},
      {[](v1::Flag& flag) { flag.mutable_patient()->set_phone("2"); }, {"patient"}},
      {[](v1::Flag& flag) { flag.mutable_patient()->clear_phone(); }, {}},
      // The hub does not amend the time of the admission.
      {[](v1::Flag& flag) { flag.mutable_admitted_time()->set_seconds(5); }, {}},
      {[](v1::Flag& flag) { flag.clear_admitted_time(); }, {}},
      {[](v1::Flag& flag) { flag.set_third_party_kind(v1::THIRD_PARTY_KIND_ASSAULT); },
       {"third_party_kind"}},
      {[](v1::Flag& flag) { flag.set_third_party_kind(v1::THIRD_PARTY_KIND_UNSPECIFIED); }, {}},
      {[](v1::Flag& flag) { flag.set_accident_on("2026-03-04"); }, {"accident_on"}},
      {[](v1::Flag& flag) { flag.set_accident_place("x"); }, {"accident_place"}},
      {[](v1::Flag& flag) { flag.clear_accident_place(); }, {}},
      {[](v1::Flag& flag) { flag.add_diagnosis_codes("S00"); }, {"diagnosis_codes"}},
      {[](v1::Flag& flag) { flag.clear_diagnosis_codes(); }, {}},
      {[](v1::Flag& flag) { flag.mutable_evidence(0)->set_text("x"); }, {"evidence"}},
      {[](v1::Flag& flag) {
         flag.set_plate("沪B");
         flag.set_insurer_name("x");
       },
       {"plate", "insurer_name"}},
  };
  for (const Row& row : rows) {
    v1::Flag flag = Flag();
    row.change(flag);
    const v1::AmendFlagRequest request =
        ToAmendFlag(flag, Flag(), v1::FLAG_STATE_UNSPECIFIED, absl::UnixEpoch(), "理由");
    EXPECT_THAT(std::vector<std::string>(request.update_mask().paths().begin(),
                                         request.update_mask().paths().end()),
                testing::ElementsAreArray(row.paths));
    EXPECT_EQ(request.flag().pool(), "pools/310115-310");
    EXPECT_EQ(request.flag().visit_id(), "V1");
    EXPECT_EQ(request.reason(), "理由");
    // The next comparison starts from what is now known, so the same message asks for nothing.
    const v1::Flag known = Amended(Flag(), request);
    EXPECT_THAT(ToAmendFlag(flag, known, v1::FLAG_STATE_UNSPECIFIED, absl::UnixEpoch(), "")
                    .update_mask()
                    .paths(),
                IsEmpty());
    EXPECT_EQ(known.visit_id(), "V1");
  }
}

TEST(AmendTest, ASingleFactAddsToWhatIsKnown) {
  v1::Flag known;
  known.add_diagnosis_codes("S72.000");
  known.add_evidence()->set_rule("text.hit");
  v1::Flag said;
  said.add_diagnosis_codes("I10");
  said.add_diagnosis_codes("S72.000");
  said.add_evidence()->set_rule("text.hit");
  said.add_evidence()->set_rule("accident.traffic");
  said.set_accident_place("人民路口");
  const v1::Flag both = WithKnown(said, known);
  EXPECT_THAT(both.diagnosis_codes(), ElementsAre("S72.000", "I10"));
  ASSERT_EQ(both.evidence_size(), 2);
  EXPECT_EQ(both.evidence(1).rule(), "accident.traffic");
  EXPECT_EQ(both.accident_place(), "人民路口");
  // A fact that is known already leaves nothing to amend.
  v1::Flag again;
  again.add_diagnosis_codes("S72.000");
  EXPECT_THAT(
      ToAmendFlag(WithKnown(again, known), known, v1::FLAG_STATE_UNSPECIFIED, absl::UnixEpoch(), "")
          .update_mask()
          .paths(),
      IsEmpty());
}

TEST(ClearTest, NamesTheVisitAndTheReason) {
  const v1::ClearFlagRequest request = ToClearFlag(Flag(), absl::FromUnixSeconds(7), "撤销");
  EXPECT_EQ(request.pool(), "pools/310115-310");
  EXPECT_EQ(request.visit_id(), "V1");
  EXPECT_EQ(request.cleared_time().seconds(), 7);
  EXPECT_EQ(request.reason(), "撤销");
}

SettlementDocument Settlement() {
  SettlementDocument settlement;
  settlement.message_id = "M2";
  settlement.sender = "H31011500001";
  settlement.visit_id = "V1";
  settlement.settlement_id = "S1";
  settlement.pool = {"310115", "310"};
  settlement.patient = Admission().patient;
  settlement.settled_at = TimeFromText("20260312102031");
  settlement.fund_lines = {{"310100", "统筹", domain::Money::Fen(1010392), true},
                           {"330101", "大额", domain::Money::Fen(89608), true},
                           {"620100", "商业保险", domain::Money::Fen(84462), false},
                           {"310201", "账户", domain::Money::Fen(100010), false},
                           {"999996", "医院", domain::Money::Fen(10000), false}};
  settlement.total = domain::Money::Fen(1510000);
  settlement.fund_paid = domain::Money::Fen(1100000);
  settlement.personal_part = domain::Money::Fen(400000);
  settlement.account_paid = domain::Money::Fen(100010);
  settlement.cash_paid = domain::Money::Fen(299990);
  settlement.hospital_part = domain::Money::Fen(10000);
  settlement.invoice_numbers = {"F1"};
  return settlement;
}

TEST(SettlementRequestTest, CarriesEveryRowAndCountsTheFundsOnly) {
  const VisitFacts visit{{"", ""}, "2026-03-05", "2026-03-12"};
  const auto request = ToReportSettlement(Settlement(), visit);
  ASSERT_TRUE(request.ok()) << request.status();
  const v1::SettlementReport& report = request->settlement();
  EXPECT_EQ(report.pool(), "pools/310115-310");
  EXPECT_EQ(report.visit_id(), "V1");
  EXPECT_EQ(report.settlement_id(), "S1");
  EXPECT_EQ(report.sender_message_id(), "M2");
  EXPECT_EQ(report.patient().id_number(), "11010519491231002X");
  EXPECT_EQ(report.admitted_on(), "2026-03-05");
  EXPECT_EQ(report.discharged_on(), "2026-03-12");
  EXPECT_EQ(report.settled_time().seconds(), absl::ToUnixSeconds(*Settlement().settled_at));
  EXPECT_EQ(report.total_fen(), 1510000);
  EXPECT_EQ(report.fund_paid_fen(), 1100000);
  EXPECT_EQ(report.self_paid_fen(), 400000);
  EXPECT_EQ(report.account_paid_fen(), 100010);
  EXPECT_EQ(report.cash_paid_fen(), 299990);
  EXPECT_EQ(report.hospital_paid_fen(), 10000);
  ASSERT_EQ(report.fund_lines_size(), 5);
  EXPECT_EQ(report.fund_lines(2).fund_pay_type(), "620100");
  EXPECT_EQ(report.fund_lines(2).amount_fen(), 84462);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(report.fund_lines(i).is_fund(), i < 2) << i;
  EXPECT_THAT(report.invoice_numbers(), ElementsAre("F1"));
  EXPECT_THAT(report.quality_notes(), IsEmpty());
}

TEST(SettlementRequestTest, WhereRowsAndSumDiffer_TheBillDecides) {
  struct Row {
    std::int64_t told, total;
    std::int64_t paid;
    std::vector<std::int64_t> fund_rows;
    std::size_t notes;
  };
  for (const Row& row : {
           // The rows make the bill add up.
           Row{1100001, 1510000, 1100000, {1010392, 89608}, 1},
           // fund_pay_sumamt does: what the rows leave out has its own, what they have too much
           // goes.
           Row{1500000, 1910000, 1500000, {1010392, 89608, 400000}, 1},
           Row{1099999, 1509999, 1099999, {1010391, 89608}, 1},
           // Neither does.
           Row{1200000, 1700000, 1200000, {1010392, 89608, 100000}, 1},
           // Commercial insurance stands in it.
           Row{1184462, 1594462, 1100000, {1010392, 89608}, 2},
       }) {
    SCOPED_TRACE(row.told);
    SettlementDocument settlement = Settlement();
    settlement.fund_paid = domain::Money::Fen(row.told);
    settlement.total = domain::Money::Fen(row.total);
    const auto request = ToReportSettlement(settlement, {});
    ASSERT_TRUE(request.ok()) << request.status();
    const v1::SettlementReport& report = request->settlement();
    EXPECT_EQ(report.fund_paid_fen(), row.paid);
    std::vector<std::int64_t> fund_rows;
    for (const v1::FundLine& line : report.fund_lines()) {
      if (line.is_fund()) fund_rows.push_back(line.amount_fen());
    }
    EXPECT_EQ(fund_rows, row.fund_rows);
    EXPECT_EQ(static_cast<std::size_t>(report.quality_notes_size()), row.notes);
  }
}

TEST(SettlementRequestTest, WithoutRowsTheSumCounts) {
  SettlementDocument settlement = Settlement();
  settlement.fund_lines.clear();
  EXPECT_EQ(ToReportSettlement(settlement, {})->settlement().fund_paid_fen(), 1100000);
}

// The hub's identity is psn_part_amt = acct_pay + psn_cash_pay; regions state the family's account
// beside the person's or within it.
TEST(SettlementRequestTest, TheFamilysAccountIsWithinTheAccountsPart) {
  SettlementDocument settlement = Settlement();
  settlement.account_mutual_aid = domain::Money::Fen(10000);
  EXPECT_EQ(ToReportSettlement(settlement, {})->settlement().account_paid_fen(), 100010);
  settlement.cash_paid = domain::Money::Fen(289990);
  EXPECT_EQ(ToReportSettlement(settlement, {})->settlement().account_paid_fen(), 110010);
  settlement.cash_paid = domain::Money::Fen(289989);
  EXPECT_EQ(ToReportSettlement(settlement, {})->settlement().account_paid_fen(), 100010)
      << "what adds up in no way stays as it was said";
}

TEST(SettlementRequestTest, NotesAreCarriedWithTheirPlace) {
  SettlementDocument settlement = Settlement();
  settlement.notes = {{NoteKind::kRepaired, "/response/x", "was text"}};
  EXPECT_THAT(ToReportSettlement(settlement, {})->settlement().quality_notes(),
              ElementsAre("/response/x: was text"));
}

TEST(SettlementRequestTest, ASumOutOfRangeIsAFault) {
  SettlementDocument settlement = Settlement();
  settlement.fund_lines = {{"310100", "", domain::Money::Fen(domain::Money::kFenMax), true},
                           {"310100", "", domain::Money::Fen(1), true}};
  EXPECT_THAT(Paths(ToReportSettlement(settlement, {}).status()), ElementsAre("setldetail"));
}

TEST(ReversalRequestTest, NamesTheSettlementAndTakesThePoolFromTheVisit) {
  ReversalDocument reversal;
  reversal.message_id = "M3";
  reversal.visit_id = "V1";
  reversal.settlement_id = "S1";
  reversal.pool = {"310115", ""};
  reversal.reversed_at = absl::FromUnixSeconds(9);
  EXPECT_THAT(Paths(ToReverseSettlement(reversal, {}).status()), ElementsAre("insutype"));
  const auto request = ToReverseSettlement(reversal, {{"310115", "310"}, "", ""});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->reversal().pool(), "pools/310115-310");
  EXPECT_EQ(request->reversal().settlement_id(), "S1");
  EXPECT_EQ(request->reversal().sender_message_id(), "M3");
  EXPECT_EQ(request->reversal().reversed_time().seconds(), 9);
}

absl::Time At(const char* text) { return TimeFromText(text).value(); }

TEST(VisitFactsTest, LaterMessagesAddAndNeverBlank) {
  const VisitFacts first = FactsAfter(Admission(), {}, At("20260305102030"));
  EXPECT_EQ(first.admitted_on, "2026-03-05");
  AdmissionDocument discharge;
  discharge.discharged_at = TimeFromText("20260312080000");
  const VisitFacts then = FactsAfter(discharge, first, At("20260312080000"));
  EXPECT_EQ(then.pool, (PoolHint{"310115", "310"}));
  EXPECT_EQ(then.admitted_on, "2026-03-05");
  EXPECT_EQ(then.discharged_on, "2026-03-12");
  EXPECT_EQ(then.patient.name(), Admission().patient.name);
}

TEST(VisitFactsTest, EachFactIsTheNewestMessages_WhateverTheOrder) {
  AdmissionDocument name, number, corrected;
  name.patient.name = "林若";
  number.patient.id_type = "01";
  number.patient.id_number = "11010519491231002X";
  corrected.patient.name = "林若溪";
  struct Told {
    const AdmissionDocument* message;
    absl::Time own;
  };
  std::vector<Told> all = {{&name, At("20260305100000")},
                           {&number, At("20260305110000")},
                           {&corrected, At("20260305120000")}};
  for (const std::vector<std::size_t>& order :
       {std::vector<std::size_t>{0, 1, 2}, {2, 1, 0}, {2, 0, 1}, {1, 2, 0}}) {
    VisitFacts facts;
    for (const std::size_t i : order) facts = FactsAfter(*all[i].message, facts, all[i].own);
    EXPECT_EQ(facts.patient.name(), "林若溪");
    EXPECT_EQ(facts.patient.id_number(), "11010519491231002X");
    EXPECT_EQ(facts.patient.id_kind(), v1::ID_KIND_RESIDENT_ID);
  }
}

TEST(VisitFactsTest, AWithdrawnDischargeDoesNotComeBackWithAnOlderMessage) {
  AdmissionDocument discharged, withdrawn;
  discharged.discharged_at = At("20260312080000");
  withdrawn.discharge_withdrawn = true;
  VisitFacts facts = FactsAfter(withdrawn, {}, At("20260312100000"));
  facts = FactsAfter(discharged, facts, At("20260312090000"));
  EXPECT_EQ(facts.discharged_on, "");
  EXPECT_EQ(FactsAfter(discharged, facts, At("20260312110000")).discharged_on, "2026-03-12");
}

TEST(VisitFactsTest, ADayWithoutATimeIsAsNewAsItsDay) {
  EXPECT_TRUE(IsOlder(At("20260305100000"), At("20260305100001")));
  EXPECT_FALSE(IsOlder(At("20260305100000"), At("20260305100000")));
  EXPECT_FALSE(IsOlder(At("20260305"), At("20260305235959")));
  EXPECT_TRUE(IsOlder(At("20260305"), At("20260306000000")));
  EXPECT_FALSE(IsOlder(At("20260306"), At("20260305235959")));
}

TEST(VisitFactsTest, AClockThatIsAheadDoesNotSilenceLaterMessages) {
  AdmissionDocument admission;
  const absl::Time now = At("20260305100000");
  EXPECT_EQ(OwnTime(admission, now), now);
  admission.sent_at = At("20990101000000");
  EXPECT_EQ(OwnTime(admission, now), now);
  admission.sent_at = At("20260304");
  EXPECT_EQ(OwnTime(admission, now), At("20260304"));
}

TEST(VisitFactsTest, TimesSurviveAsText_AndOlderTextHasFewer) {
  ToldTimes times;
  times[FactKind::kName] = At("20260305100000");
  times[FactKind::kWord] = absl::UnixEpoch();
  const ToldTimes read = ToldTimes::FromText(times.ToText());
  EXPECT_EQ(read.of, times.of);
  EXPECT_EQ(ToldTimes::FromText("").of, ToldTimes().of);
  EXPECT_EQ(ToldTimes::FromText("- 5")[FactKind::kInsurance], absl::FromUnixMillis(5));
  EXPECT_EQ(ToldTimes::FromText("x").of, ToldTimes().of);
}

TEST(VisitFactsTest, AnOutpatientIsThereWhenSettled_UntilAnAdmissionSaysBetter) {
  SettlementDocument settlement;
  settlement.settled_at = At("20260307090000");
  settlement.patient.name = "林若溪";
  settlement.med_type = "22";
  EXPECT_FALSE(FactsAfter(settlement, {}, At("20260307090000")).admitted_at.has_value());
  settlement.med_type = "19";
  const VisitFacts facts = FactsAfter(settlement, {}, At("20260307090000"));
  EXPECT_EQ(facts.admitted_at, At("20260307090000"));
  EXPECT_EQ(facts.patient.name(), "林若溪");
  AdmissionDocument older;
  older.admitted_at = At("20260305090000");
  EXPECT_EQ(FactsAfter(older, facts, At("20260305090000")).admitted_at, older.admitted_at);
}

}  // namespace
}  // namespace recoup::hospital::mapping
