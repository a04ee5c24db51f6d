// Elements as JSON and as the signed request.
#include <filesystem>
#include <fstream>
#include <set>

#include "absl/strings/str_replace.h"
#include "adapters/court/extract.h"
#include "adapters/court/mapping/elements_json.h"
#include "adapters/court/mapping/push_request.h"
#include "adapters/court/mapping/receipt.h"
#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "hub/crypto/sha256.h"
#include "nlohmann/json.hpp"

namespace recoup::court::mapping {
namespace {

using Json = nlohmann::ordered_json;
using domain::Money;
using testing::ElementsAre;

const crypto::Digest kTextHash = crypto::Sha256("text");

JudgmentElements Example();
// With what every case has.
JudgmentElements Pushable() {
  JudgmentElements elements = Example();
  elements.instance = Instance::kFirst;
  return elements;
}

JudgmentElements Example() {
  JudgmentElements elements;
  elements.case_number = "（2025）沪0115民初1号";
  elements.court = "上海市浦东新区人民法院";
  elements.document_type = DocumentType::kMediation;
  elements.closed_on = absl::CivilDay(2025, 8, 14);
  elements.injured_persons = {{"王建国", "310115196803151014"}, {"周伟", std::nullopt}};
  elements.liability = {{"甲", Percent{7000}}, {"乙", Percent{3333}}};
  elements.fund_paid = Money::Fen(4'480'000);
  elements.basis = Basis::kNet;
  elements.obligations = {
      {"甲公司", PartyKind::kCompany, "王建国", Money::Fen(140'000), std::nullopt},
      {"乙保险", PartyKind::kInsurer, "王建国", Money::Fen(1), PolicyKind::kCompulsory},
      {"医保", PartyKind::kFund, "王建国", Money::Fen(2), std::nullopt}};
  elements.medical_shares = {
      {0, Money::Fen(90'000), Money::Fen(20'000), MedicalShare::Source::kWorkedOut, "推算"},
      {1, Money::Fen(1), Money(), MedicalShare::Source::kStated, "载明"},
      {2, std::nullopt, std::nullopt, std::nullopt, "不能确定"}};
  elements.policies = {{"乙保险", PolicyKind::kCommercial, std::nullopt, Money::Fen(680'000)}};
  elements.third_party_kind = ThirdPartyKind::kWork;
  elements.hospitals = {"东岸人民医院"};
  elements.evidence = {{"fund_paid", 1, 2, "句子", "medical.fund", 98},
                       {"fund_paid", 3, 4, "句子二", "medical.fund", 70},
                       {"court", 0, 1, "法院", "court.1", 90},
                       {"hospitals[0]", 0, 1, "医院", "hospital.1", 90},
                       {"medical_shares[1].amount", 5, 6, "句子三", "share.stated", 94}};
  return elements;
}

std::vector<std::string> KeysOf(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST(ElementsJson, HasExactlyTheDocumentedKeys) {
  const Json json = Json::parse(ElementsAsJson(Example(), JsonLayout::kOneLine));
  EXPECT_THAT(
      KeysOf(json),
      ElementsAre("case_number", "court", "document_type", "instance", "cause", "closed_on",
                  "accident_on", "injured_persons", "liability", "medical_expense_total_fen",
                  "medical_expense_awarded_fen", "fund_paid_fen", "self_paid_fen", "basis", "grade",
                  "obligations", "policies", "third_party_kind", "medical_shares", "evidence",
                  "confidence", "warnings"));
  EXPECT_THAT(KeysOf(json["injured_persons"][0]), ElementsAre("name", "id_number"));
  EXPECT_THAT(KeysOf(json["liability"][0]), ElementsAre("party", "share_percent"));
  EXPECT_THAT(KeysOf(json["obligations"][0]),
              ElementsAre("debtor", "debtor_kind", "creditor", "amount_fen", "policy_kind"));
  EXPECT_THAT(KeysOf(json["medical_shares"][0]),
              ElementsAre("obligation", "amount_fen", "set_off_fen", "source", "how"));
  EXPECT_THAT(KeysOf(json["policies"][0]),
              ElementsAre("insurer", "kind", "limit_fen", "medical_remaining_fen"));
}

TEST(ElementsJson, SilenceIsNullAndValuesAreTyped) {
  const Json json = Json::parse(ElementsAsJson(Example(), JsonLayout::kIndented));
  EXPECT_TRUE(json["instance"].is_null());
  EXPECT_TRUE(json["accident_on"].is_null());
  EXPECT_TRUE(json["self_paid_fen"].is_null());
  EXPECT_TRUE(json["injured_persons"][1]["id_number"].is_null());
  EXPECT_TRUE(json["policies"][0]["limit_fen"].is_null());
  EXPECT_EQ(json["closed_on"], "2025-08-14");
  EXPECT_EQ(json["fund_paid_fen"], 4'480'000);
  EXPECT_EQ(json["liability"][0]["share_percent"].dump(), "70");
  EXPECT_EQ(json["liability"][1]["share_percent"].dump(), "33.33");
  EXPECT_EQ(json["basis"], "NET");
  EXPECT_EQ(json["obligations"][0]["debtor_kind"], "COMPANY");
  EXPECT_EQ(json["obligations"][1]["debtor_kind"], "INSURER");
  EXPECT_EQ(json["obligations"][1]["policy_kind"], "CTP");
  EXPECT_EQ(json["obligations"][2]["debtor_kind"], "OTHER");
}

TEST(ElementsJson, ConfidenceIsThatOfTheLeastCertainPlace) {
  const Json json = Json::parse(ElementsAsJson(Example(), JsonLayout::kOneLine));
  EXPECT_EQ(json["confidence"].dump(),
            R"({"fund_paid_fen":0.7,"court":0.9,"medical_shares[1].amount_fen":0.94})");
  EXPECT_EQ(json["evidence"].size(), 4u);
  EXPECT_EQ(json["evidence"][0]["element"], "fund_paid_fen");
}

TEST(ElementsJson, MedicalSharesSayWhetherTheyAreStated) {
  const Json json = Json::parse(ElementsAsJson(Example(), JsonLayout::kOneLine));
  EXPECT_EQ(json["medical_shares"].dump(),
            R"([{"obligation":0,"amount_fen":90000,"set_off_fen":20000,"source":"WORKED_OUT",)"
            R"("how":"推算"},{"obligation":1,"amount_fen":1,"set_off_fen":0,"source":"STATED",)"
            R"("how":"载明"},{"obligation":2,"amount_fen":null,"set_off_fen":null,)"
            R"("source":null,"how":"不能确定"}])");
}

TEST(PushRequest, PushesTheMedicalPartOfEachObligation) {
  const v1::CourtCaseElements to = ElementsToProto(Example(), kTextHash);
  EXPECT_EQ(to.obligations(0).medical_fen(), 90'000);
  EXPECT_EQ(to.obligations(0).medical_set_off_fen(), 20'000);
  EXPECT_EQ(to.obligations(1).medical_fen(), 1);
  EXPECT_FALSE(to.obligations(1).has_medical_set_off_fen());
  EXPECT_FALSE(to.obligations(2).has_medical_fen());
  // The rule that read it stands under the name of the interface.
  EXPECT_EQ(to.evidence(4).element(), "obligations[1].medical_fen");
}

TEST(PushRequest, MapsEveryElement) {
  const v1::CourtCaseElements to = ElementsToProto(Example(), kTextHash);
  EXPECT_EQ(to.case_number(), "（2025）沪0115民初1号");
  EXPECT_EQ(to.document_type(), v1::DOCUMENT_TYPE_MEDIATION_DOCUMENT);
  EXPECT_EQ(to.instance(), v1::INSTANCE_UNSPECIFIED);
  EXPECT_EQ(to.closed_on(), "2025-08-14");
  EXPECT_EQ(to.accident_on(), "");
  ASSERT_EQ(to.injured_persons_size(), 2);
  EXPECT_EQ(to.injured_persons(0).person().id_number(), "310115196803151014");
  EXPECT_EQ(to.injured_persons(0).person().birth_on(), "1968-03-15");
  EXPECT_EQ(to.injured_persons(1).person().id_kind(), v1::ID_KIND_UNSPECIFIED);
  EXPECT_EQ(to.liability(1).share_bp(), 3333);
  EXPECT_EQ(to.fund_paid_fen(), 4'480'000);
  EXPECT_FALSE(to.has_self_paid_fen());
  EXPECT_EQ(to.basis(), v1::BASIS_NET);
  EXPECT_EQ(to.obligations(0).debtor_kind(), v1::DEBTOR_KIND_COMPANY);
  EXPECT_EQ(to.obligations(0).policy_kind(), v1::POLICY_KIND_UNSPECIFIED);
  EXPECT_EQ(to.obligations(1).policy_kind(), v1::POLICY_KIND_CTP);
  EXPECT_EQ(to.policies(0).kind(), v1::POLICY_KIND_COMMERCIAL);
  EXPECT_FALSE(to.policies(0).has_limit_fen());
  EXPECT_EQ(to.policies(0).medical_remaining_fen(), 680'000);
  EXPECT_EQ(to.third_party_kind(), v1::THIRD_PARTY_KIND_LABOUR);
  EXPECT_THAT(to.hospitals(), ElementsAre("东岸人民医院"));
  const crypto::Digest digest = crypto::Sha256("text");
  EXPECT_EQ(to.document_sha256(), std::string(digest.begin(), digest.end()));
  EXPECT_EQ(to.evidence(0).element(), "fund_paid_fen");
  EXPECT_EQ(to.evidence(2).element(), "court_name");
}

TEST(PushRequest, TheTextOfTheDocumentStaysUnlessPolicySaysOtherwise) {
  const v1::CourtCaseElements stays = ElementsToProto(Example(), kTextHash);
  EXPECT_EQ(stays.evidence(0).sentence(), "");
  EXPECT_EQ(stays.evidence(0).rule(), "medical.fund");
  const v1::CourtCaseElements goes = ElementsToProto(Example(), kTextHash, Sentences::kGo);
  EXPECT_EQ(goes.evidence(0).sentence(), "句子");
}

TEST(PushRequest, AMaskedIdentityNumberIsNotSent) {
  JudgmentElements elements = Example();
  for (const char* number : {"310115********1014", "310115196803151015"}) {
    elements.injured_persons = {{"王建国", number}};
    const v1::CourtCaseElements to = ElementsToProto(elements, kTextHash);
    EXPECT_EQ(to.injured_persons(0).person().id_number(), "") << number;
  }
}

TEST(PushRequest, TheSignatureIsOverThePrefixAndTheBytesSent) {
  SeededRandom random(7);
  const crypto::SigningKey key = crypto::SigningKey::Generate(random);
  const auto request = ToPushCourtCase(ElementsToProto(Pushable(), kTextHash), true, key);
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_TRUE(request->consent());
  EXPECT_EQ(request->signing_key_id(), key.key_id());
  const std::string message = "recoup court case v1\n" + request->elements();
  EXPECT_TRUE(key.verify_key().Verify(message, request->signature()));
  EXPECT_FALSE(key.verify_key().Verify(request->elements(), request->signature()));
  std::string other = message;
  other.back() = static_cast<char>(other.back() ^ 1);
  EXPECT_FALSE(key.verify_key().Verify(other, request->signature()));
  const auto again = ToPushCourtCase(ElementsToProto(Pushable(), kTextHash), true, key);
  EXPECT_EQ(again->SerializeAsString(), request->SerializeAsString());
}

TEST(PushRequest, WhatCannotBePushedIsRefusedWithAllFaults) {
  JudgmentElements elements = Pushable();
  elements.case_number.reset();
  elements.court.reset();
  elements.closed_on.reset();
  elements.document_type.reset();
  elements.instance.reset();
  const absl::Status refused = SignableBytes(ElementsToProto(elements, kTextHash)).status();
  EXPECT_EQ(DetailOf(refused).faults.size(), 5u);
  elements = Pushable();
  elements.accident_on = *elements.closed_on + 1;
  EXPECT_EQ(DetailOf(SignableBytes(ElementsToProto(elements, kTextHash)).status()).faults.size(),
            1u);
  elements = Pushable();
  elements.evidence[0].sentence = std::string(kElementsBytesMax, 'x');
  EXPECT_EQ(ReasonOf(SignableBytes(ElementsToProto(elements, kTextHash, Sentences::kGo)).status()),
            Reason::kTooLarge);
}

TEST(Receipt, IsCheckedAgainstTheElementsAndTheHubsKey) {
  SeededRandom random(7);
  const crypto::SigningKey hub = crypto::SigningKey::Generate(random);
  const crypto::SigningKey other = crypto::SigningKey::Generate(random);
  v1::CourtCaseReceipt payload;
  const crypto::Digest digest = crypto::Sha256("elements");
  payload.set_elements_sha256(std::string(digest.begin(), digest.end()));
  v1::SignedReceipt receipt;
  receipt.set_payload(payload.SerializeAsString());
  const crypto::Signature signature =
      hub.Sign("recoup court case receipt v1\n" + receipt.payload());
  receipt.set_signature(std::string(signature.begin(), signature.end()));
  EXPECT_TRUE(CheckReceipt(receipt, "elements", hub.verify_key()).ok());
  EXPECT_TRUE(CheckReceipt(receipt, "elements", std::nullopt).ok());
  for (const absl::Status& refused : {CheckReceipt(receipt, "others", hub.verify_key()),
                                      CheckReceipt(receipt, "elements", other.verify_key())}) {
    EXPECT_EQ(ReasonOf(refused), Reason::kSignatureInvalid);
  }
  receipt.set_payload("\xff");
  EXPECT_EQ(ReasonOf(CheckReceipt(receipt, "elements", std::nullopt)), Reason::kSignatureInvalid);
}

// 道交解释 16: the limit goes with the share of the one who did not insure.
TEST(PushRequest, TellsWhoBoughtNoCompulsoryCover) {
  struct Case {
    const char* document;
    const char* party;
    std::int64_t limit_fen;
    const char* instead = "被告勾建国未";  // Of "被告勾建国未依法投保".
  };
  const Case cases[] = {{"016_traffic_uninsured_owner", "勾建国", 1'000'000},
                        {"016_traffic_uninsured_owner", "勾建国", 1'000'000, "被告未"},
                        {"016_traffic_uninsured_owner", "", 0, "原告郗凤英未"},
                        {"337_xinjiang_uninsured_owner", "沙湾市绿野棉业有限责任公司", 1'800'000},
                        {"001_traffic_net_phrase", "", 0}};
  const RuleBook rules = RuleBook::BuiltIn().value();
  for (const Case& c : cases) {
    std::ifstream in(
        absl::StrCat(RECOUP_SOURCE_DIR "/tests/court/data/judgments/", c.document, ".txt"));
    const std::string text = absl::StrReplaceAll(
        std::string(std::istreambuf_iterator<char>(in), {}), {{"被告勾建国未", c.instead}});
    const auto elements = ReadPlainText(text, rules);
    ASSERT_TRUE(elements.ok()) << elements.status();
    int told = 0;
    const v1::CourtCaseElements to = ElementsToProto(*elements, kTextHash);
    for (const v1::LiabilityShare& share : to.liability()) {
      if (!share.has_uninsured_medical_fen()) continue;
      ++told;
      EXPECT_EQ(share.party(), c.party);
      EXPECT_EQ(share.uninsured_medical_fen(), c.limit_fen);
    }
    EXPECT_EQ(told, c.limit_fen > 0 ? 1 : 0) << c.document;
  }
}

}  // namespace
}  // namespace recoup::court::mapping
