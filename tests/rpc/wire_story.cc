#include "tests/rpc/wire_story.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/crypto/sha256.h"
#include "recoup/v1/court_case.pb.h"

namespace recoup::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

constexpr char kFund[] = "fund/pudong/wang-min";

// A message of the request that carries a request id: itself, or the first item.
Message* Identified(Message& request) {
  const auto* reflection = request.GetReflection();
  if (request.GetDescriptor()->FindFieldByName("request_id") != nullptr) return &request;
  if (const auto* items = request.GetDescriptor()->FindFieldByName("items")) {
    return reflection->FieldSize(request, items) == 0
               ? nullptr
               : reflection->MutableRepeatedMessage(&request, items, 0);
  }
  const auto* item = request.GetDescriptor()->FindFieldByName("item");
  return item == nullptr ? nullptr : reflection->MutableMessage(&request, item);
}

}  // namespace

WireStory::WireStory() : court_key_(crypto::SigningKey::Generate(random_)) {
  const absl::CivilDay today = ChinaDate(absl::Now());
  const auto day = [&](int days_ago) { return absl::FormatCivilTime(today - days_ago); };
  const auto seconds = [](int days_ago) {
    return absl::StrCat(absl::ToUnixSeconds(absl::Now()) - 86'400 * days_ago);
  };
  const crypto::Digest digest = crypto::Sha256("%PDF-");
  names_ = {{"pool", "pools/310115-310"},
            {"accident", day(31)},
            {"admitted", day(30)},
            {"discharged", day(20)},
            {"today", day(0)},
            {"yesterday", day(1)},
            {"tomorrow", day(-1)},
            {"next_month", day(-30)},
            {"last_year", day(300)},
            {"admission_s", seconds(30)},
            {"settled_s", seconds(20)},
            {"sha", std::string(32, 's')},
            {"pdf_sha", absl::CHexEscape(std::string(digest.begin(), digest.end()))}};
}

void WireStory::Tell() {
  domain::Party court = MakeParty("court/pudong");
  court.keys = {
      {court_key_.key_id(),
       std::string(court_key_.verify_key().bytes().begin(), court_key_.verify_key().bytes().end()),
       false}};
  auto hub = RealHub::Prepare(
      folder_.path(),
      {court, MakeParty("court/xuhui"), MakeParty("hospital/renji"), MakeParty("hospital/huashan"),
       MakeParty("insurer/huaan"), MakeParty("insurer/taiping"), MakeParty("mediator/pudong"),
       MakeParty("mediator/minhang"), MakeParty("operator/shanghai"),
       MakeParty("fund/pudong", {{"310115-310"}}), MakeParty("fund/xuhui", {{"310104-310"}})});
  ASSERT_TRUE(hub.ok()) << hub.status();
  hub_ = *std::move(hub);
  ASSERT_TRUE(hub_->Start().ok());
  wire_ = std::make_unique<Wire>(*hub_);
  TellHospital();
  if (::testing::Test::HasFatalFailure()) return;
  TellInsurer();
  if (::testing::Test::HasFatalFailure()) return;
  TellFund();
  if (::testing::Test::HasFatalFailure()) return;
  TellCourt();
  if (::testing::Test::HasFatalFailure()) return;
  TellBank();
}

// Three injured persons: of an open recovery, of a court's lead, of a split before discharge.
void WireStory::TellHospital() {
  for (const auto& [visit, patient] :
       {std::pair("V1", "测试甲"), std::pair("V2", "测试乙"), std::pair("V3", "测试丙")}) {
    names_["visit"] = visit;
    names_["patient"] = patient;
    Must("hospital/renji", "HospitalService/FlagAdmission",
         R"(state: FLAG_STATE_CONFIRMED
            flag { pool: '$pool' visit_id: '$visit' patient { name: '$patient' }
                   admitted_time { seconds: $admission_s } accident_on: '$accident'
                   plate: '沪AD1234' third_party_kind: THIRD_PARTY_KIND_TRAFFIC })");
    Keep("flag", "flag.name");
    if (names_["visit"] == "V3") continue;
    Must("hospital/renji", "HospitalService/ReportSettlement",
         R"(settlement { pool: '$pool' visit_id: '$visit' settlement_id: 'S$visit'
                         patient { name: '$patient' } admitted_on: '$admitted'
                         discharged_on: '$discharged' settled_time { seconds: $settled_s }
                         total_fen: 1000000 fund_paid_fen: 900000 self_paid_fen: 100000
                         fund_lines { fund_pay_type: '310100' amount_fen: 900000 is_fund: true } })");
    if (names_["visit"] == "V1") Keep("advance", "advance");
  }
}

void WireStory::TellInsurer() {
  Must("insurer/huaan", "InsurerService/RegisterPolicy",
       R"(policy { policy_number: 'CTP-1' kind: POLICY_KIND_CTP plate: '沪AD1234'
                   valid_from_on: '$last_year' valid_until_on: '$next_month' })");
  Keep("policy", "policy.name");
  Must("hospital/renji", "HospitalService/QuoteSplit",
       R"(pool: '$pool' visit_id: 'V3' total_fen: 2000000 fund_paid_fen: 1200000
          self_paid_fen: 800000)");
  Keep("split", "quote");
}

void WireStory::TellFund() {
  Must(kFund, "FundService/OpenRecovery",
       R"(pool: '$pool' advances: '$advance' accident_on: '$accident' reason: '书面认可'
          third_party_kind: THIRD_PARTY_KIND_TRAFFIC
          debtor_shares { share_bp: 6000 debtor { kind: DEBTOR_KIND_INSURER display_name: '华安'
                                                  party: 'parties/insurer/huaan' } }
          debtor_shares { share_bp: 2000 debtor { kind: DEBTOR_KIND_PERSON
                                                  display_name: '鲁大川' } })");
  Keep("recovery", "recovery.name");
  Keep("demand", "demands[0]");
  Keep("person_demand", "demands[1]");
  for (const char* demand : {"$person_demand", "$demand"}) {
    Must(kFund, "FundService/IssueDemand", absl::StrCat("name: '", demand, "'"));
    Keep("letter", "letter");
  }
  Must(kFund, "MediationService/OpenMediation",
       "demands: '$person_demand' mediator: 'parties/mediator/pudong'");
  Keep("mediation", "mediation.name");
  Must("insurer/huaan", "NegotiationService/OfferSettlement",
       "name: '$demand' amount_fen: 500000 valid_until_on: '$next_month' text: '责任比例'");
  Keep("offer", "demand.offers[0].offer_id");
  Must("insurer/huaan", "NegotiationService/AttachEvidence",
       R"(name: '$demand' advance: '$advance' file_name: '病历.pdf' media_type: 'application/pdf'
          byte_count: 5 sha256: '$pdf_sha')");
  Keep("evidence", "evidence.evidence_id");
  Must("insurer/huaan", "NegotiationService/PutEvidenceChunk",
       "name: '$demand' evidence_id: '$evidence' content: '%PDF-'");
  Must("insurer/huaan", "InsurerService/SendRemittanceAdvice",
       R"(remittance_advice { pool: '$pool' paid_on: '$yesterday' amount_fen: 100
                              lines { demand: '$demand' amount_fen: 100 } })");
  Keep("advice", "remittance_advice.name");
  Must(kFund, "AgreementService/CreateAgreement",
       R"(pool: '$pool' insurer: 'parties/insurer/huaan' text: '定额'
          terms { third_party_kind: THIRD_PARTY_KIND_TRAFFIC policy_kind: POLICY_KIND_CTP
                  quota_bp: 5000 cap_fen: 100000 effective_from_on: '$tomorrow'
                  notice_day_count: 30 })");
  Keep("agreement", "agreement.name");
  Must("insurer/huaan", "ReconciliationService/CreateSettlementBatch",
       "collecting_pool: '$pool' pools: '$pool'");
  Keep("settlement_batch", "settlement_batch.name");
  Must(kFund, "FundService/Relinquish",
       R"(name: '$advance' amount_fen: 150000 reason: '执行终结'
          reason_kind: RELINQUISH_REASON_NOT_RECOVERABLE)");
  Keep("approval", "approval");
}

std::string WireStory::SignedCase(const std::string& text) {
  v1::CourtCaseElements elements;
  RECOUP_CHECK(google::protobuf::TextFormat::ParseFromString(Filled(text), &elements));
  const std::string bytes = elements.SerializeAsString();
  const crypto::Signature signature = court_key_.Sign("recoup court case v1\n" + bytes);
  return absl::StrCat("elements: '", absl::CHexEscape(bytes), "' signature: '",
                      absl::CHexEscape(std::string(signature.begin(), signature.end())),
                      "' signing_key_id: '", court_key_.key_id(), "'");
}

void WireStory::TellCourt() {
  Must("court/pudong", "CourtService/PushCourtCase", absl::StrCat("consent: true ", SignedCase(R"(
            case_number: '（2026）沪0115民初1号' court_name: '测试法院'
            document_type: DOCUMENT_TYPE_JUDGMENT instance: INSTANCE_FIRST
            closed_on: '$yesterday' accident_on: '$accident' basis: BASIS_NET
            third_party_kind: THIRD_PARTY_KIND_TRAFFIC document_sha256: '$sha'
            injured_persons { person { name: '测试乙' } })")));
  Keep("court_case", "court_case");
  Must(kFund, "FundService/ListLeads", "pool: '$pool'");
  Keep("lead", "leads[0].name");
}

void WireStory::TellBank() {
  Must(kFund, "ReconciliationService/ImportStatement",
       R"(pool: '$pool' statement { account: '3100100001' statement_id: '1' from_on: '$yesterday'
                                    until_on: '$yesterday' closing_balance_fen: 1050 }
          entries { bank_reference: 'B1' booked_on: '$yesterday' amount_fen: 1050
                    direction: DIRECTION_CREDIT status: BOOKING_STATUS_BOOKED
                    counterparty_name: '不明单位' })");
  Must(kFund, "ReconciliationService/Reconcile", "pool: '$pool'");
  Keep("break", "opened_breaks[0].name");
  Must(kFund, "ReconciliationService/ListStatementEntries", "pool: '$pool'");
  Keep("entry", "statement_entries[0].name");
  Must(kFund, "ReconciliationService/CloseDay", "pool: '$pool' day_on: '$yesterday'");
  Keep("day_close", "day_close.name");
}

void WireStory::Must(const std::string& party, const std::string& method, const std::string& text) {
  const Answer answer = Send(party, method, text);
  ASSERT_EQ(answer.Outcome(), "OK") << method << ": " << answer.status.DebugString();
}

std::string WireStory::Filled(std::string text) const {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& [name, value] : names_) all.emplace_back("$" + name, value);
  return absl::StrReplaceAll(text, all);
}

std::string WireStory::NewRequestId() { return ids_.Next(absl::Now()).ToUuid(); }

std::unique_ptr<Message> WireStory::Request(const std::string& method, const std::string& text) {
  std::unique_ptr<Message> request = EmptyRequest(MethodOf(method));
  EXPECT_TRUE(google::protobuf::TextFormat::MergeFromString(Filled(text), request.get()))
      << method << ": " << text;
  Message* identified = Identified(*request);
  if (identified != nullptr) {
    const FieldDescriptor* id = identified->GetDescriptor()->FindFieldByName("request_id");
    identified->GetReflection()->SetString(identified, id, NewRequestId());
  }
  return request;
}

Answer WireStory::Send(const std::string& party, const std::string& method,
                       const std::string& text) {
  return Send(party, method, *Request(method, text));
}

Answer WireStory::Send(const std::string& party, const std::string& method,
                       const Message& request) {
  const Answer answer = wire_->Send(party, MethodOf(method), request.SerializeAsString());
  if (answer.whole_call_ok) {
    last_.reset(
        MessageFactory::generated_factory()->GetPrototype(MethodOf(method).output_type())->New());
    EXPECT_TRUE(last_->ParseFromString(answer.response));
  }
  return answer;
}

std::string WireStory::Last(const std::string& path) const {
  const Message* at = last_.get();
  for (const absl::string_view step : absl::StrSplit(path, '.')) {
    const std::vector<std::string> parts = absl::StrSplit(step, absl::ByAnyChar("[]"));
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts[0]);
    EXPECT_NE(field, nullptr) << path;
    if (field == nullptr) return "";
    int index = 0;
    if (parts.size() > 1) {
      EXPECT_TRUE(absl::SimpleAtoi(parts[1], &index)) << path;
    }
    const auto* reflection = at->GetReflection();
    if (field->is_repeated() && index >= reflection->FieldSize(*at, field)) {
      ADD_FAILURE() << "no " << path << " in " << at->DebugString();
      return "";
    }
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      at = field->is_repeated() ? &reflection->GetRepeatedMessage(*at, field, index)
                                : &reflection->GetMessage(*at, field);
      continue;
    }
    const std::string value = field->is_repeated()
                                  ? reflection->GetRepeatedString(*at, field, index)
                                  : reflection->GetString(*at, field);
    EXPECT_NE(value, "") << "no " << path << " in " << last_->DebugString();
    return value;
  }
  return "";
}

}  // namespace recoup::testing
