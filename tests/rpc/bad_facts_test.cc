// Requests that are well formed and yet cannot be: facts of tomorrow, a request id used twice for
// different things, nothing said at all. Found by enumeration over the descriptors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/field_mask.pb.h"
#include "hub/base/clock.h"
#include "hub/rpc/access.h"
#include "recoup/v1/court_service.grpc.pb.h"
#include "recoup/v1/hospital_service.pb.h"
#include "tests/rpc/wire_story.h"

namespace recoup {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using testing::Answer;
using ::testing::Contains;
using testing::EmptyRequest;
using ::testing::HasSubstr;
using testing::Methods;
using testing::NameOf;

class BadFactsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    story_ = new testing::WireStory();
    story_->Tell();
  }
  static void TearDownTestSuite() { delete story_; }
  static std::string CallerOf(const std::string& method) {
    for (const char* party : {"hospital/renji", "court/pudong", "insurer/huaan", "mediator/pudong",
                              "operator/shanghai", "fund/pudong"}) {
      const domain::PartyKind kind = *domain::PartyId::Parse(party)->kind();
      if ((rpc::FindAccess(method)->allowed & rpc::Bit(kind)) != 0) return party;
    }
    return "";
  }
  static Answer Send(const MethodDescriptor& method, const Message& request) {
    return story_->Send(CallerOf(NameOf(method)), NameOf(method), request);
  }

  static testing::WireStory* story_;
};
testing::WireStory* BadFactsTest::story_ = nullptr;

// Days that may lie ahead, or only narrow a list. Each with its reason.
const std::map<std::string, std::string>& NoFacts() {
  static const auto& days = *new std::map<std::string, std::string>{
      {"AgreementTerms.effective_from_on", "an agreement begins when it says"},
      {"AgreementTerms.effective_until_on", "an agreement ends when it says"},
      {"EndAgreementRequest.last_day_on", "notice is given ahead"},
      {"Instalment.due_on", "instalments are paid later"},
      {"IssueDemandRequest.due_on", "a demand is paid later"},
      {"IssueInquiriesRequest.due_on", "an inquiry is answered later"},
      {"MakeOfferRequest.valid_until_on", "an offer is open for some time"},
      {"OfferSettlementRequest.valid_until_on", "an offer is open for some time"},
      {"Policy.valid_from_on", "a policy may be sold before it begins"},
      {"Policy.valid_until_on", "a policy runs on"},
      {"PolicyDatum.effective_from_on", "rules are made ahead"},
      {"StatementEntry.valued_on", "banks value some bookings on a later day"},
      {"TraceInjuryRequest.until_on", "narrows which visits count"},
      {"GetStatementOfAccountRequest.from_on", "narrows what is read"},
      {"GetStatementOfAccountRequest.until_on", "narrows what is read"},
      {"ExportJournalRequest.from_on", "narrows what is read"},
      {"ExportJournalRequest.until_on", "narrows what is read"},
  };
  return days;
}

bool IsQuery(const MethodDescriptor& method) {
  return absl::StartsWith(method.name(), "List") || absl::StartsWith(method.name(), "Get");
}

// Every fact's day below `at`, in turn, set to `day`; the rest of `root` stays as it is.
void ForEachFact(Message& root, Message& at, const std::string& prefix, const std::string& day,
                 const std::function<void(const std::string& path)>& visit) {
  const auto* reflection = at.GetReflection();
  for (int i = 0; i < at.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = at.GetDescriptor()->field(i);
    const std::string path = absl::StrCat(prefix, field->name(), field->is_repeated() ? "[0]" : "");
    const std::string known_as = absl::StrCat(at.GetDescriptor()->name(), ".", field->name());
    if (absl::EndsWith(field->name(), "_on") && !NoFacts().contains(known_as)) {
      reflection->SetString(&at, field, day);
      visit(path);
      reflection->ClearField(&at, field);
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE ||
        field->message_type()->full_name().rfind("recoup.", 0) != 0) {
      continue;
    }
    Message* child = field->is_repeated() ? reflection->AddMessage(&at, field)
                                          : reflection->MutableMessage(&at, field);
    ForEachFact(root, *child, path + ".", day, visit);
    reflection->ClearField(&at, field);
  }
}

TEST_F(BadFactsTest, WhatHappensTomorrowIsNoFact) {
  std::size_t sent = 0;
  for (const MethodDescriptor* method : Methods()) {
    if (IsQuery(*method)) continue;
    const std::unique_ptr<Message> request = EmptyRequest(*method);
    if (method->name() == "AmendFlag") {  // Reads only what its mask names.
      static_cast<v1::AmendFlagRequest*>(request.get())
          ->mutable_update_mask()
          ->add_paths("patient");
    }
    const std::string tomorrow = absl::FormatCivilTime(ChinaDate(absl::Now()) + 1);
    ForEachFact(*request, *request, "", tomorrow, [&](const std::string& path) {
      const Answer answer = Send(*method, *request);
      ++sent;
      // The fields of an item of a batch are named from the item on.
      const std::string in_item =
          absl::StartsWith(path, "items[0].") ? path.substr(std::string("items[0].").size()) : path;
      const auto fault = answer.faults.find(in_item);
      ASSERT_NE(fault, answer.faults.end()) << NameOf(*method) << " " << path << "\n"
                                            << answer.status.DebugString();
      EXPECT_THAT(fault->second, HasSubstr("in the future")) << NameOf(*method) << " " << path;
    });
  }
  EXPECT_GT(sent, 20u);
}

// The elements of a case are signed bytes, which the enumeration cannot see into.
TEST_F(BadFactsTest, ACaseIsOfThePastAndItsAccidentBeforeIt) {
  struct Row {
    const char* closed_on;
    const char* accident_on;
    const char* birth_on;
    const char* field;
    const char* says;
  };
  for (const Row& row :
       {Row{"$tomorrow", "$accident", "", "elements.closed_on", "in the future"},
        {"$yesterday", "$tomorrow", "", "elements.accident_on", "in the future"},
        {"$admitted", "$discharged", "", "elements.accident_on", "after the judgment"},
        {"$yesterday", "$accident", "$tomorrow", "elements.injured_persons[0].person.birth_on",
         "in the future"}}) {
    const std::string signed_case = story_->SignedCase(absl::StrCat(
        "case_number: '（2026）沪0115民初2号' document_type: DOCUMENT_TYPE_JUDGMENT ",
        "instance: INSTANCE_FIRST document_sha256: '$sha' closed_on: '", row.closed_on,
        "' accident_on: '", row.accident_on,
        "' injured_persons { person { name: '测试丁' birth_on: '", row.birth_on, "' } }"));
    const Answer answer = story_->Send("court/pudong", "CourtService/PushCourtCase", signed_case);
    EXPECT_EQ(answer.Outcome(), "INVALID_ARGUMENT") << row.field;
    ASSERT_TRUE(answer.faults.contains(row.field)) << answer.status.DebugString();
    EXPECT_THAT(answer.faults.at(row.field), HasSubstr(row.says));
  }
}

// Another value in a field of the request beside its id, so that its content is another.
void SayOtherwise(Message& message) {
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (field->name() == "request_id" || field->name() == "validate_only") continue;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      if (field->is_repeated()) {
        reflection->AddString(&message, field, "x");
      } else {
        reflection->SetString(&message, field, "x");
      }
      return;
    }
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_repeated()) {
      SayOtherwise(*reflection->MutableMessage(&message, field));
      return;
    }
  }
  ADD_FAILURE() << message.GetDescriptor()->name() << " has nothing to say";
}

TEST_F(BadFactsTest, ARequestIdIsForOneThing) {
  std::size_t commands = 0;
  for (const MethodDescriptor* method : Methods()) {
    if (method->input_type()->FindFieldByName("request_id") == nullptr) continue;
    const std::unique_ptr<Message> first = story_->Request(NameOf(*method), "");
    const Answer refused = Send(*method, *first);
    EXPECT_EQ(refused.Outcome(), "INVALID_ARGUMENT") << NameOf(*method);
    EXPECT_EQ(Send(*method, *first).Outcome(), "INVALID_ARGUMENT") << NameOf(*method);
    const std::unique_ptr<Message> second(first->New());
    second->CopyFrom(*first);
    SayOtherwise(*second);
    EXPECT_EQ(Send(*method, *second).Outcome(), "REQUEST_ID_REUSED") << NameOf(*method);
    ++commands;
  }
  EXPECT_GT(commands, 50u);
}

// The items of batches and streams carry the ids.
TEST_F(BadFactsTest, ARequestIdOfAnItemIsForOneThing) {
  for (const char* name :
       {"HospitalService/BatchFlagAdmissions", "HospitalService/BatchReportSettlements",
        "CourtService/PushCourtCases"}) {
    const MethodDescriptor& method = testing::MethodOf(name);
    const std::string item = absl::EndsWith(name, "PushCourtCases") ? "item" : "items";
    const std::unique_ptr<Message> first = story_->Request(name, item + " {}");
    EXPECT_EQ(Send(method, *first).Outcome(), "INVALID_ARGUMENT") << name;
    const std::unique_ptr<Message> second(first->New());
    second->CopyFrom(*first);
    const FieldDescriptor* field = method.input_type()->FindFieldByName(item);
    const auto* reflection = second->GetReflection();
    SayOtherwise(field->is_repeated() ? *reflection->MutableRepeatedMessage(second.get(), field, 0)
                                      : *reflection->MutableMessage(second.get(), field));
    EXPECT_EQ(Send(method, *second).Outcome(), "REQUEST_ID_REUSED") << name;
  }
}

TEST_F(BadFactsTest, WhoSaysNothingIsToldWhatIsMissing) {
  for (const MethodDescriptor* method : Methods()) {
    // Whoever watches asks for whatever comes, and waits.
    if (absl::StartsWith(method->name(), "Watch")) continue;
    const Answer answer = Send(*method, *EmptyRequest(*method));
    if (answer.Outcome() == "NOT_IMPLEMENTED") continue;
    if (method->input_type()->FindFieldByName("request_id") != nullptr) {
      EXPECT_THAT(answer.fields, Contains("request_id")) << NameOf(*method);
      EXPECT_GT(answer.fields.size(), 1u) << NameOf(*method) << " needs more than an id";
    }
    if (answer.whole_call_ok) {
      EXPECT_TRUE(IsQuery(*method) || method->client_streaming() || method->server_streaming() ||
                  method->name() == "CheckLedger")
          << NameOf(*method);
    } else if (method->name() == "GetInclusionProof") {
      EXPECT_EQ(answer.Outcome(), "NOT_FOUND") << "no event has the sequence 0";
    } else {
      EXPECT_EQ(answer.Outcome(), "INVALID_ARGUMENT") << NameOf(*method);
      EXPECT_FALSE(answer.fields.empty()) << NameOf(*method);
    }
  }
}

// National admissions name nobody; the number is enough to find the settlement and its name.
TEST_F(BadFactsTest, AFlagIsOfSomebodyKnownByNameOrNumber) {
  struct Row {
    std::string patient;
    std::string outcome;
  };
  int visit = 0;
  for (const Row& row :
       {Row{"insured_number: '31011500000077'", "OK"},
        Row{"id_kind: ID_KIND_RESIDENT_ID id_number: '11010519491231002X'", "OK"},
        Row{"name: '测试己'", "OK"}, Row{"phone: '13900000001'", "INVALID_ARGUMENT"},
        Row{"", "INVALID_ARGUMENT"}}) {
    const std::unique_ptr<Message> request =
        story_->Request("HospitalService/FlagAdmission",
                        absl::StrCat("flag { pool: '$pool' visit_id: 'W", ++visit, "' patient { ",
                                     row.patient, " } admitted_time { seconds: $settled_s } }"));
    const Answer answer = Send(testing::MethodOf("HospitalService/FlagAdmission"), *request);
    EXPECT_EQ(answer.Outcome(), row.outcome) << row.patient;
    if (row.outcome == "OK") continue;
    EXPECT_THAT(answer.fields, Contains("flag.patient.name")) << row.patient;
  }
}

TEST_F(BadFactsTest, ASettlementThatCannotBeDoesNotHarmItsNeighbours) {
  const auto settlement = [](const std::string& id, const std::string& more) {
    return absl::StrCat("settlement { pool: '$pool' visit_id: 'N", id, "' settlement_id: 'N", id,
                        "' patient { name: '测试戊' } settled_time { seconds: $settled_s } ", more,
                        " }");
  };
  const std::unique_ptr<Message> built =
      story_->Request("HospitalService/BatchReportSettlements",
                      absl::StrCat("items { ", settlement("1", "total_fen: 1"), " } items { ",
                                   settlement("2", "discharged_on: '$tomorrow'"), " } items { ",
                                   settlement("3", "total_fen: -1"), " } items { ",
                                   settlement("4", "total_fen: 1"), " }"));
  auto& request = static_cast<v1::BatchReportSettlementsRequest&>(*built);
  for (auto& item : *request.mutable_items()) item.set_request_id(story_->NewRequestId());
  const Answer answer =
      story_->Send("hospital/renji", "HospitalService/BatchReportSettlements", request);
  ASSERT_TRUE(answer.whole_call_ok) << answer.status.DebugString();
  v1::BatchReportSettlementsResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.response));
  ASSERT_EQ(response.results_size(), 4);
  EXPECT_TRUE(response.results(0).has_response());
  EXPECT_EQ(response.results(1).error().code(), 3);
  EXPECT_EQ(response.results(2).error().code(), 3);
  EXPECT_TRUE(response.results(3).has_response());
}

TEST_F(BadFactsTest, ACaseThatCannotBeDoesNotHarmItsNeighboursInTheStream) {
  const auto item = [&](const std::string& number, const std::string& closed_on) {
    const std::unique_ptr<Message> built = story_->Request(
        "CourtService/PushCourtCases",
        absl::StrCat(
            "item { ",
            story_->SignedCase(absl::StrCat(
                "case_number: '（2026）沪0115民初", number,
                "号' court_name: '测试法院' document_type: DOCUMENT_TYPE_JUDGMENT ",
                "instance: INSTANCE_FIRST basis: BASIS_NONE document_sha256: '$sha' ",
                "closed_on: '", closed_on, "' injured_persons { person { name: '测试丁' } }")),
            " }"));
    auto request = static_cast<v1::PushCourtCasesRequest&>(*built);
    request.mutable_item()->set_request_id(story_->NewRequestId());
    return request;
  };
  std::vector<v1::PushCourtCasesRequest> items = {
      item("31", "$yesterday"), item("32", "$tomorrow"), item("33", "$yesterday"),
      item("34", "$yesterday"), item("35", "$yesterday")};
  items[2].mutable_item()->set_signature("not a signature");
  items[3].mutable_item()->set_request_id(items[0].item().request_id());
  items.push_back(items[0]);

  const auto stub = v1::CourtService::NewStub(story_->hub().ConnectAs("court/pudong"));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  const auto stream = stub->PushCourtCases(&context);
  std::vector<v1::PushCourtCasesResponse> answers(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    ASSERT_TRUE(stream->Write(items[i])) << i;
    ASSERT_TRUE(stream->Read(&answers[i])) << i;
    EXPECT_EQ(answers[i].request_id(), items[i].item().request_id()) << i;
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());

  EXPECT_TRUE(answers[0].has_response());
  EXPECT_EQ(answers[1].error().code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(answers[2].has_error());
  EXPECT_EQ(answers[3].error().code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_TRUE(answers[4].has_response());
  EXPECT_NE(answers[4].response().court_case(), answers[0].response().court_case());
  EXPECT_TRUE(answers[5].response().replayed());
  EXPECT_EQ(answers[5].response().court_case(), answers[0].response().court_case());
}

}  // namespace
}  // namespace recoup
