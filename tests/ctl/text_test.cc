// Requests and answers as texts: every field and enumerator has its word, every table its columns,
// and what people type becomes the request they mean or a fault that says why not.
#include <fstream>
#include <set>

#include "adapters/common/format.h"
#include "ctl/account_label.h"
#include "ctl/cells.h"
#include "ctl/columns.h"
#include "ctl/fields.h"
#include "ctl/labels.h"
#include "ctl/render.h"
#include "ctl/statement_request.h"
#include "gmock/gmock.h"
#include "hub/ledger/accounts.h"
#include "recoup/v1/account_service.pb.h"
#include "recoup/v1/agreement_service.pb.h"
#include "recoup/v1/audit_service.pb.h"
#include "recoup/v1/court_service.pb.h"
#include "recoup/v1/fund_service.pb.h"
#include "recoup/v1/hospital_service.pb.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/mediation_service.pb.h"
#include "recoup/v1/negotiation_service.pb.h"
#include "recoup/v1/reconciliation_service.pb.h"
#include "tests/crypto/temporary_directory.h"

namespace recoup::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const absl::Time kNow = absl::FromUnixSeconds(1'772'700'000);  // 2026-03-05 16:40 in China.

// Everything that a response of the services recoupctl calls can hold.
void Collect(const Descriptor& type, std::set<const Descriptor*>& types) {
  if (type.file()->package() != "recoup.v1" || !types.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->message_type() != nullptr) Collect(*type.field(i)->message_type(), types);
  }
}

std::set<const Descriptor*> ShownTypes() {
  std::set<const Descriptor*> types;
  for (const Message* message :
       std::initializer_list<const Message*>{&v1::Advance::default_instance(),
                                             &v1::Agreement::default_instance(),
                                             &v1::SignedAccount::default_instance(),
                                             &v1::Approval::default_instance(),
                                             &v1::Break::default_instance(),
                                             &v1::CourtCase::default_instance(),
                                             &v1::Deadline::default_instance(),
                                             &v1::Demand::default_instance(),
                                             &v1::Event::default_instance(),
                                             &v1::Flag::default_instance(),
                                             &v1::Lead::default_instance(),
                                             &v1::Letter::default_instance(),
                                             &v1::Mediation::default_instance(),
                                             &v1::Party::default_instance(),
                                             &v1::Policy::default_instance(),
                                             &v1::PolicyDatum::default_instance(),
                                             &v1::Recovery::default_instance(),
                                             &v1::StatementEntry::default_instance(),
                                             &v1::TimelineEntry::default_instance(),
                                             &v1::TraceAdvanceResponse::default_instance(),
                                             &v1::GetTrialBalanceResponse::default_instance(),
                                             &v1::ReconcileResponse::default_instance(),
                                             &v1::PassOnResponse::default_instance(),
                                             &v1::SettlementBatch::default_instance(),
                                             &v1::SettlementBatchLine::default_instance(),
                                             &v1::RelinquishResponse::default_instance(),
                                             &v1::TreeHead::default_instance(),
                                             &v1::CheckLedgerResponse::default_instance(),
                                             &v1::ImportStatementResponse::default_instance(),
                                             &v1::GetDebtorStatementResponse::default_instance(),
                                             &v1::GetAgeingResponse::default_instance(),
                                             &v1::GetFunnelResponse::default_instance(),
                                             &v1::GetLimitationClocksResponse::default_instance(),
                                             &v1::GetApprovalResponse::default_instance(),
                                             &v1::GetWorklistResponse::default_instance()}) {
    Collect(*message->GetDescriptor(), types);
  }
  return types;
}

TEST(LabelsTest, EveryFieldThatIsShownHasAChineseWord) {
  for (const Descriptor* type : ShownTypes()) {
    for (int i = 0; i < type->field_count(); ++i) {
      const std::string& name = type->field(i)->name();
      if (name == "replayed") continue;  // Said in a sentence.
      EXPECT_NE(FieldLabel(name), name) << type->full_name();
    }
  }
}

TEST(LabelsTest, EveryEnumeratorThatIsShownHasAChineseWord) {
  for (const Descriptor* type : ShownTypes()) {
    for (int i = 0; i < type->field_count(); ++i) {
      const EnumDescriptor* values = type->field(i)->enum_type();
      if (values == nullptr || values->name() == "ErrorReason") continue;  // A stable code.
      for (int j = 0; j < values->value_count(); ++j) {
        const auto& value = *values->value(j);
        if (value.number() == 0) {
          EXPECT_EQ(EnumLabel(value), "");
        } else {
          EXPECT_NE(EnumLabel(value), EnumShortName(value)) << value.full_name();
        }
      }
    }
  }
}

TEST(ColumnsTest, EveryColumnIsAFieldOfItsMessage) {
  for (const TableShape& shape : AllShapes()) {
    const Descriptor* type =
        google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
            "recoup.v1." + std::string(shape.type));
    ASSERT_NE(type, nullptr) << shape.type;
    for (const std::string_view path : shape.paths) {
      const Descriptor* at = type;
      std::string rest(path);
      while (!rest.empty()) {
        const std::size_t dot = rest.find('.');
        ASSERT_NE(at, nullptr) << shape.type << " " << path;
        const FieldDescriptor* field = at->FindFieldByName(rest.substr(0, dot));
        ASSERT_NE(field, nullptr) << shape.type << " " << path;
        at = field->message_type();
        rest = dot == std::string::npos ? "" : rest.substr(dot + 1);
      }
      EXPECT_TRUE(at == nullptr || at->name() == "Timestamp") << shape.type << " " << path;
    }
  }
}

struct FieldRow {
  const Message* type;
  const char* field;
  std::string text;
  std::string expected;  // ShortDebugString; empty: refused.
};

TEST(FieldsTest, WhatPeopleTypeBecomesTheFieldOrAFault) {
  TemporaryDirectory directory;
  const std::string file = directory.path() + "/abc";
  std::ofstream(file) << "abc";
  const Message* relinquish = &v1::RelinquishRequest::default_instance();
  const Message* open = &v1::OpenRecoveryRequest::default_instance();
  const Message* list = &v1::ListDemandsRequest::default_instance();
  const Message* agree = &v1::AgreeMediationRequest::default_instance();
  const Message* party = &v1::RegisterPartyRequest::default_instance();
  const Message* offer = &v1::MakeOfferRequest::default_instance();
  const Message* share = &v1::DebtorShare::default_instance();
  const Message* confirmation = &v1::JudicialConfirmation::default_instance();
  const std::vector<FieldRow> table = {
      {relinquish, "amount_fen", "1,234.50", "amount_fen: 123450"},
      {relinquish, "amount_fen", "0.01", "amount_fen: 1"},
      {relinquish, "amount_fen", "1.005", ""},
      {relinquish, "amount_fen", "many", ""},
      {relinquish, "amount_fen", "", ""},
      {relinquish, "reason_kind", "not-owed", "reason_kind: RELINQUISH_REASON_NOT_OWED"},
      {relinquish, "reason_kind", "NOT_OWED", "reason_kind: RELINQUISH_REASON_NOT_OWED"},
      {relinquish, "reason_kind", "不应追偿", "reason_kind: RELINQUISH_REASON_NOT_OWED"},
      {relinquish, "reason_kind", "unspecified", ""},
      {relinquish, "reason_kind", "owed", ""},
      {list, "states", "issued", "states: DEMAND_STATE_ISSUED"},
      {list, "due_until_on", "2026-02-28", "due_until_on: \"2026-02-28\""},
      {list, "due_until_on", "today", "due_until_on: \"2026-03-05\""},
      {list, "due_until_on", "2026-02-29", ""},
      {list, "due_until_on", "2026-3-5", ""},
      {list, "page_size", "7", "page_size: 7"},
      {list, "page_size", "3000000000", ""},
      {share, "share_bp", "70%", "share_bp: 7000"},
      {share, "share_bp", "33.33%", "share_bp: 3333"},
      {share, "share_bp", "7000", "share_bp: 7000"},
      {share, "share_bp", "33.333%", ""},
      {confirmation, "confirmed", "true", "confirmed: true"},
      {confirmation, "confirmed", "yes", ""},
      {offer, "offered_time", "now", "offered_time { seconds: 1772700000 }"},
      {offer, "offered_time", "2026-03-05 16:40", "offered_time { seconds: 1772700000 }"},
      {offer, "offered_time", "2026-03-05T08:40:00Z", "offered_time { seconds: 1772700000 }"},
      {offer, "offered_time", "2026-03-05", "offered_time { seconds: 1772640000 }"},
      {offer, "offered_time", "yesterday", ""},
      {agree, "terms", "demand=d1,amount=10.00,relinquished=2",
       "terms { demand: \"d1\" amount_fen: 1000 relinquished_fen: 200 }"},
      {agree, "terms", R"({"demand":"d1","amount_fen":"1000"})",
       "terms { demand: \"d1\" amount_fen: 1000 }"},
      {agree, "terms", "demand=d1,amuont=10.00", ""},
      {agree, "terms", "{", ""},
      {open, "debtor_shares", "debtor.kind=insurer,debtor.party=parties/insurer/huaan,share=70%",
       "debtor_shares { debtor { kind: DEBTOR_KIND_INSURER party: \"parties/insurer/huaan\" } "
       "share_bp: 7000 }"},
      {open, "debtor_shares", "debtor.kind.x=1", ""},
      {open, "document_sha256", "00ff", R"(document_sha256: "\000\377")"},
      {open, "document_sha256", "0", ""},
      {open, "document_sha256", "zz", ""},
      {open, "document_sha256", "@/nowhere", ""},
      {party, "update_mask", "aliases,contact",
       "update_mask { paths: \"aliases\" paths: \"contact\" }"},
  };
  for (const FieldRow& row : table) {
    SCOPED_TRACE(std::string(row.field) + " " + row.text);
    const std::unique_ptr<Message> message(row.type->New());
    const FieldDescriptor* field = message->GetDescriptor()->FindFieldByName(row.field);
    ASSERT_NE(field, nullptr);
    Faults faults;
    SetField(*field, row.text, kNow, "--x", *message, faults);
    EXPECT_EQ(!faults.empty(), row.expected.empty());
    if (!row.expected.empty()) {
      EXPECT_EQ(message->ShortDebugString(), row.expected);
    }
  }
  v1::OpenRecoveryRequest request;
  Faults faults;
  SetField(*request.GetDescriptor()->FindFieldByName("document_sha256"), "@" + file, kNow, "--x",
           request, faults);
  // FIPS 180-4, the example "abc".
  EXPECT_EQ(FormatValue(request, *request.GetDescriptor()->FindFieldByName("document_sha256"), -1),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(FieldsTest, FlagsAreFieldNamesWithoutTheirUnit) {
  const Descriptor& type = *v1::PassOnRequest::descriptor();
  EXPECT_EQ(FlagOf(*type.FindFieldByName("passed_on_on")), "passed-on");
  EXPECT_EQ(FlagOf(*type.FindFieldByName("bank_reference")), "bank-reference");
  EXPECT_EQ(FlagOf(*v1::RelinquishRequest::descriptor()->FindFieldByName("amount_fen")), "amount");
}

TEST(RenderTest, AListIsATableWithTotals) {
  v1::ListDemandsResponse response;
  for (int i = 1; i <= 2; ++i) {
    v1::Demand& demand = *response.add_demands();
    demand.set_name("pools/310115-310/demands/d" + std::to_string(i));
    demand.mutable_debtor()->set_display_name("华安保险");
    demand.set_state(v1::DEMAND_STATE_ISSUED);
    demand.set_amount_fen(123'456'78 * i);
    demand.set_open_fen(1);
  }
  const std::string text = Render(response);
  for (const char* part : {"pools/310115-310/demands/d1", "华安保险", "已发出", "123,456.78",
                           "246,913.56", "合计", "370,370.34", "0.02", "共 2 条"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(RenderTest, TotalsLeaveOutWhatWasWithdrawnOrReversed) {
  v1::ListDemandsResponse demands;
  v1::ListAdvancesResponse advances;
  for (const bool gone : {false, false, true}) {
    v1::Demand& demand = *demands.add_demands();
    demand.set_state(gone ? v1::DEMAND_STATE_WITHDRAWN : v1::DEMAND_STATE_ISSUED);
    demand.set_amount_fen(10'000'00);
    v1::Advance& advance = *advances.add_advances();
    advance.set_state(gone ? v1::ADVANCE_STATE_REVERSED : v1::ADVANCE_STATE_OPEN);
    advance.set_amount_fen(10'000'00);
  }
  EXPECT_THAT(Render(demands), HasSubstr("合计（不含已撤回）"));
  EXPECT_THAT(Render(advances), HasSubstr("合计（不含已撤销）"));
  for (const std::string& text : {Render(demands), Render(advances)}) {
    EXPECT_THAT(text, HasSubstr("20,000.00"));
    EXPECT_THAT(text, Not(HasSubstr("30,000.00")));
  }
}

TEST(RenderTest, TotalsLeaveOutWhatOnlyWaitsForItsConfirmation) {
  v1::ListAdvancesResponse advances;
  for (const v1::AdvanceState state : {v1::ADVANCE_STATE_OPEN, v1::ADVANCE_STATE_SETTLED,
                                       v1::ADVANCE_STATE_CANDIDATE, v1::ADVANCE_STATE_REVERSED}) {
    v1::Advance& advance = *advances.add_advances();
    advance.set_state(state);
    advance.set_amount_fen(10'000'00);
  }
  const std::string text = Render(advances);
  EXPECT_THAT(text, HasSubstr("不含已撤销、待确认"));
  EXPECT_THAT(text, HasSubstr("20,000.00"));
  EXPECT_THAT(text, Not(HasSubstr("30,000.00")));
}

TEST(RenderTest, AccountsOfTheLedgersHaveChineseNames) {
  v1::GetTrialBalanceResponse balances;
  for (const char* account : {"tracking:310115-310:passed-on", "cash:310115-310:bank"}) {
    balances.add_rows()->set_account(account);
  }
  const std::string text = Render(balances);
  EXPECT_THAT(text, HasSubstr("追踪:310115-310:已上解"));
  EXPECT_THAT(text, HasSubstr("现金:310115-310:银行存款"));
  EXPECT_THAT(text, Not(HasSubstr("tracking")));
}

TEST(AccountLabelTest, EveryAccountHasOneAndWhatIsNoneStaysAsItIs) {
  for (const domain::Account account : domain::AllOf<domain::Account>()) {
    const std::string name(domain::ToString(account));
    const std::size_t colon = name.find(':');
    const std::string in_pool = name.substr(0, colon) + ":310115-310" + name.substr(colon);
    EXPECT_THAT(AccountLabel(in_pool),
                testing::AllOf(Not(HasSubstr("advanced")), HasSubstr(":310115-310:")));
    EXPECT_NE(AccountLabel(in_pool), in_pool);
  }
  for (const char* text : {"", "6222000011112222", "tracking:advanced", "tracking:310115-310:moon",
                           "a:b:c", ":", "::"}) {
    EXPECT_EQ(AccountLabel(text), text);
  }
}

TEST(RenderTest, OneThingIsLinesWithItsPartsBelow) {
  v1::GetAdvanceResponse response;
  v1::Advance& advance = *response.mutable_advance();
  advance.set_name("pools/310115-310/advances/a");
  advance.mutable_patient()->set_name("王敏");
  advance.set_amount_fen(100);
  advance.mutable_settled_time()->set_seconds(1'772'700'000);
  v1::StageAmount& stage = *advance.add_stage_amounts();
  stage.set_stage(v1::STAGE_ADVANCED);
  stage.set_amount_fen(100);
  const std::string text = Render(response);
  for (const char* part : {"王敏", "金额", "1.00", "2026-03-05 16:40:00", "各阶段金额", "已垫付"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, Not(HasSubstr("票据号码")));  // Empty, so not shown.
}

TEST(RenderTest, TermsInInstalmentsShowEveryDueDay) {
  v1::Mediation mediation;
  mediation.set_name("pools/310115-310/mediations/m1");
  v1::MediationTerm& term = *mediation.add_offers()->add_terms();
  term.set_demand("pools/310115-310/demands/d1");
  term.set_amount_fen(600'000);
  term.set_relinquished_fen(200'000);
  for (const char* day : {"2026-11-23", "2026-12-31"}) {
    v1::Instalment& instalment = *term.add_instalments();
    instalment.set_due_on(day);
    instalment.set_amount_fen(300'000);
  }
  const std::string text = Render(mediation);
  EXPECT_THAT(text, HasSubstr("分期（pools/310115-310/demands/d1）"));
  for (const char* day : {"2026-11-23", "2026-12-31"}) {
    EXPECT_THAT(text, ::testing::ContainsRegex(std::string(day) + " +3,000.00"));
  }
  mediation.mutable_offers(0)->mutable_terms(0)->clear_instalments();
  EXPECT_THAT(Render(mediation), Not(HasSubstr("分期")));
}

TEST(RenderTest, NothingAndReplaysSaySo) {
  EXPECT_EQ(Render(v1::ListDemandsResponse()), "（无）\n");
  v1::IssueDemandResponse replay;
  replay.set_replayed(true);
  EXPECT_THAT(Render(replay), HasSubstr("先前已执行"));
}

class StatementRequestTest : public testing::Test {
 protected:
  StatementRequestTest() {
    statement_.account = "6222000011112222";
    statement_.statement_id = "S1";
    statement_.currency = std::string("CNY");
    statement_.opening_balance = insurer::bank::BankAmount::Minor(1'000);
    statement_.closing_balance = insurer::bank::BankAmount::Minor(6'000);
    insurer::bank::StatementEntry entry;
    entry.bank_reference = "B1";
    entry.booked_on = absl::CivilDay(2026, 3, 5);
    entry.amount = insurer::bank::BankAmount::Minor(5'000);
    statement_.entries.push_back(entry);
  }
  const StatementSource source_ = {"pools/310115-310", "a.xml", std::string(64, 'a'), 1, {}};
  insurer::bank::BankStatement statement_;
};

TEST_F(StatementRequestTest, TakesOverWhatTheBankSays) {
  const auto request = ToImportRequest(statement_, source_);
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->statement().from_on(), "2026-03-05");
  EXPECT_EQ(request->statement().opening_balance_fen(), 1'000);
  EXPECT_EQ(request->statement().closing_balance_fen(), 6'000);
  EXPECT_EQ(request->entries(0).bank_reference(), "B1");
  EXPECT_EQ(request->entries(0).direction(), v1::DIRECTION_CREDIT);
}

TEST_F(StatementRequestTest, AClosingBalanceOfTheBankIsNotCorrected) {
  statement_.closing_balance = insurer::bank::BankAmount::Minor(5'999);
  EXPECT_EQ(ToImportRequest(statement_, source_)->statement().closing_balance_fen(), 5'999);
}

TEST_F(StatementRequestTest, AReferenceOfABatchDoesNotNameItsParts) {
  statement_.entries[0].bank_reference_is_shared = true;
  const auto request = ToImportRequest(statement_, source_);
  EXPECT_EQ(request->entries(0).bank_reference(), "");
  EXPECT_EQ(request->entries(0).batch_reference(), "B1");
}

TEST_F(StatementRequestTest, InformationThatMovedNoMoneyIsLeftOut) {
  statement_.entries[0].status = insurer::bank::EntryStatus::kInfo;
  statement_.period = {absl::CivilDay(2026, 3, 1), absl::CivilDay(2026, 3, 5)};
  EXPECT_EQ(ToImportRequest(statement_, source_)->entries_size(), 0);
}

TEST_F(StatementRequestTest, AFileWithoutNumberAndBalanceTakesThemFromHashAndOfficer) {
  statement_.statement_id.clear();
  statement_.opening_balance.reset();
  statement_.closing_balance.reset();
  StatementSource source = source_;
  source.opening_balance = domain::Money::Fen(2'000);
  const auto request = ToImportRequest(statement_, source);
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->statement().statement_id(), "sha256-aaaaaaaaaaaaaaaa");
  EXPECT_EQ(request->statement().closing_balance_fen(), 7'000);
}

TEST_F(StatementRequestTest, StatementsOfOneFileWithoutNumbersAreToldApart) {
  statement_.statement_id.clear();
  StatementSource second = source_;
  second.position = 2;
  EXPECT_EQ(ToImportRequest(statement_, second)->statement().statement_id(),
            "sha256-aaaaaaaaaaaaaaaa-2");
}

TEST_F(StatementRequestTest, OneBalanceAloneProvesNothing) {
  statement_.closing_balance.reset();
  const auto request = ToImportRequest(statement_, source_);
  ASSERT_FALSE(request.ok());
  EXPECT_THAT(DetailOf(request.status()).faults.at(0).description, HasSubstr("--opening"));
}

TEST_F(StatementRequestTest, AnAccountInAnotherCurrencyIsRefusedByName) {
  statement_.currency = std::string("EUR");
  const auto request = ToImportRequest(statement_, source_);
  ASSERT_FALSE(request.ok());
  EXPECT_THAT(DetailOf(request.status()).faults.at(0).description, HasSubstr("EUR"));
}

TEST_F(StatementRequestTest, ABookedEntryNeedsItsBookingDate) {
  statement_.period = {absl::CivilDay(2026, 3, 1), absl::CivilDay(2026, 3, 5)};
  statement_.entries[0].booked_on.reset();
  EXPECT_EQ(DetailOf(ToImportRequest(statement_, source_).status()).faults.size(), 1u);
  statement_.entries[0].status = insurer::bank::EntryStatus::kPending;
  EXPECT_TRUE(ToImportRequest(statement_, source_).ok());
}

TEST_F(StatementRequestTest, AReturnWithoutReasonIsStillAReturn) {
  statement_.entries[0].returned = true;
  EXPECT_EQ(ToImportRequest(statement_, source_)->entries(0).return_reason(), "NARR");
}

TEST_F(StatementRequestTest, EverythingThatIsMissingIsNamedAtOnce) {
  insurer::bank::BankStatement empty;
  StatementSource nowhere = source_;
  nowhere.pool.clear();
  EXPECT_EQ(DetailOf(ToImportRequest(empty, nowhere).status()).faults.size(), 4u);
}

}  // namespace
}  // namespace recoup::ctl
