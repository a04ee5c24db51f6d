// Bad input for every RPC of every service, found by enumeration over the descriptors and sent over
// the wire: each field of each request in turn gets a value it must not have. Whatever is sent, the
// hub answers with exactly one ErrorInfo of the published catalogue, names the field, and has
// written nothing but the refusal.
#include <google/protobuf/message.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "hub/base/error.h"
#include "hub/rpc/access.h"
#include "hub/storage/sqlite/sqlite_store.h"
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
#include "tests/support/real_hub.h"

namespace recoup {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

// One call of any kind with one request; keeps the first response.
class Exchange final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  Exchange(grpc::GenericStub& stub, const std::string& method, const std::string& request) {
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    stub.PrepareBidiStreamingCall(&context_, method, grpc::StubOptions(), this);
    const grpc::Slice slice(request);
    request_ = grpc::ByteBuffer(&slice, 1);
    StartRead(&response_);
    StartWriteLast(&request_, grpc::WriteOptions());
    StartCall();
  }
  void OnReadDone(bool ok) override {
    if (!ok) return;
    std::vector<grpc::Slice> slices;
    if (first_.empty() && response_.Dump(&slices).ok()) {
      for (const grpc::Slice& slice : slices)
        first_.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    response_.Clear();
    StartRead(&response_);
  }
  void OnDone(const grpc::Status& status) override { done_.set_value(status); }
  grpc::Status Wait() { return done_.get_future().get(); }
  const std::string& first() const { return first_; }

 private:
  grpc::ClientContext context_;
  grpc::ByteBuffer request_, response_;
  std::string first_;
  std::promise<grpc::Status> done_;
};

struct Answer {
  google::rpc::Status status;
  bool whole_call_ok = false;
  std::string response;  // Of a call that was OK as a whole.
  std::vector<std::string> reasons;
  std::vector<std::string> fields;
};

Answer Read(google::rpc::Status status) {
  Answer answer;
  for (const auto& detail : status.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    if (detail.UnpackTo(&info)) answer.reasons.push_back(info.reason());
    if (detail.UnpackTo(&bad)) {
      for (const auto& violation : bad.field_violations())
        answer.fields.push_back(violation.field());
    }
  }
  answer.status = std::move(status);
  return answer;
}

// The refusal of the first item of a batch or stream; nullptr when the response holds none.
const google::rpc::Status* ItemError(const Message& response) {
  const auto* reflection = response.GetReflection();
  const auto* descriptor = response.GetDescriptor();
  if (const auto* error = descriptor->FindFieldByName("error");
      error != nullptr && error->message_type() == google::rpc::Status::descriptor() &&
      reflection->HasField(response, error)) {
    return static_cast<const google::rpc::Status*>(&reflection->GetMessage(response, error));
  }
  const auto* results = descriptor->FindFieldByName("results");
  if (results == nullptr || reflection->FieldSize(response, results) == 0) return nullptr;
  return ItemError(reflection->GetRepeatedMessage(response, results, 0));
}

std::vector<const MethodDescriptor*> Methods() {
  std::vector<const MethodDescriptor*> methods;
  for (const auto* file :
       {v1::GetTreeHeadRequest::descriptor()->file(), v1::GetCourtCaseRequest::descriptor()->file(),
        v1::GetAdvanceRequest::descriptor()->file(), v1::GetFlagRequest::descriptor()->file(),
        v1::GetDemandRequest::descriptor()->file(), v1::GetMediationRequest::descriptor()->file(),
        v1::ReconcileRequest::descriptor()->file(), v1::SignAccountRequest::descriptor()->file(),
        v1::CreateAgreementRequest::descriptor()->file(),
        v1::OfferSettlementRequest::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m)
        methods.push_back(file->service(s)->method(m));
    }
  }
  return methods;
}

std::string NameOf(const MethodDescriptor& method) {
  return absl::StrCat(method.service()->name(), "/", method.name());
}

// A value the field must not have, and what is wrong with it.
struct BadValue {
  std::string what;
  std::function<void(Message&)> set;
};

bool IsMoney(const FieldDescriptor& field) { return absl::EndsWith(field.name(), "_fen"); }

// Amounts that only the hub computes are ignored in a request (AIP-203), and an account may be
// overdrawn: below zero is no fault there.
bool MayBeNegative(const FieldDescriptor& field) {
  static const std::set<std::string> kFields = {"recoup.v1.Application.amount_fen",
                                                "recoup.v1.Certificate.runner_up_margin",
                                                "recoup.v1.Instalment.paid_fen",
                                                "recoup.v1.PolicyUsage.medical_demanded_fen",
                                                "recoup.v1.PolicyUsage.medical_received_fen",
                                                "recoup.v1.PolicyUsage.medical_remaining_fen",
                                                "recoup.v1.PolicyUsage.medical_unclaimed_fen",
                                                "recoup.v1.PolicyUsage.total_remaining_fen",
                                                "recoup.v1.RemittanceAdvice.received_fen",
                                                "recoup.v1.Statement.closing_balance_fen",
                                                "recoup.v1.Statement.opening_balance_fen",
                                                "recoup.v1.StatementEntry.unapplied_fen",
                                                "recoup.v1.StatementEntry.batched_fen"};
  return kFields.contains(field.full_name());
}

void SetNumber(Message& message, const FieldDescriptor* field, std::int64_t number) {
  const auto* reflection = message.GetReflection();
  if (field->is_repeated()) {
    reflection->AddInt64(&message, field, number);
  } else {
    reflection->SetInt64(&message, field, number);
  }
}

std::vector<BadValue> BadValuesOf(const FieldDescriptor& field) {
  const FieldDescriptor* f = &field;
  std::vector<BadValue> values;
  const auto text = [&](std::string what, std::string value) {
    values.push_back({std::move(what), [f, value](Message& message) {
                        const auto* reflection = message.GetReflection();
                        if (f->is_repeated()) {
                          reflection->AddString(&message, f, value);
                        } else {
                          reflection->SetString(&message, f, value);
                        }
                      }});
  };
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        text("1 MiB of bytes", std::string(1 << 20, '\x7f'));
        break;
      }
      text("70,000 characters", std::string(70'000, 'x'));
      text("a control character", "a\x01z");
      if (absl::EndsWith(field.name(), "_on")) text("a day that does not exist", "2025-02-30");
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      if (!MayBeNegative(field)) {
        values.push_back({"-1", [f](Message& m) { SetNumber(m, f, -1); }});
      }
      if (IsMoney(field)) {
        values.push_back({"more than all money", [f](Message& m) {
                            SetNumber(m, f, std::numeric_limits<std::int64_t>::max());
                          }});
      }
      break;
    case FieldDescriptor::CPPTYPE_INT32:
      if (!MayBeNegative(field)) {
        values.push_back({"-1", [f](Message& m) { m.GetReflection()->SetInt32(&m, f, -1); }});
      }
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      values.push_back({"999", [f](Message& m) {
                          if (f->is_repeated()) {
                            m.GetReflection()->AddEnumValue(&m, f, 999);
                          } else {
                            m.GetReflection()->SetEnumValue(&m, f, 999);
                          }
                        }});
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type() == google::protobuf::Timestamp::descriptor()) {
        values.push_back({"the year 60,000", [f](Message& m) {
                            static_cast<google::protobuf::Timestamp*>(
                                m.GetReflection()->MutableMessage(&m, f))
                                ->set_seconds(1'830'000'000'000);
                          }});
      }
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      break;
  }
  return values;
}

struct Case {
  std::string path;
  std::string what;
  std::string request;  // Serialised.
};

// Every field of the message below `at` in turn. `root` is the whole request, whose rest stays as
// it is.
void Collect(Message& root, Message& at, const std::string& prefix, std::vector<Case>& cases) {
  const auto* reflection = at.GetReflection();
  for (int i = 0; i < at.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = at.GetDescriptor()->field(i);
    const std::string path = absl::StrCat(prefix, field->name(), field->is_repeated() ? "[0]" : "");
    for (const BadValue& value : BadValuesOf(*field)) {
      const std::unique_ptr<Message> before(at.New());
      before->CopyFrom(at);
      value.set(at);
      cases.push_back({path, value.what, root.SerializeAsString()});
      at.CopyFrom(*before);
    }
    const bool nested = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
                        field->message_type()->full_name().rfind("recoup.", 0) == 0 &&
                        !field->is_map();
    if (!nested) continue;
    Message* child = field->is_repeated() ? reflection->AddMessage(&at, field)
                                          : reflection->MutableMessage(&at, field);
    Collect(root, *child, path + ".", cases);
    reflection->ClearField(&at, field);
  }
}

class BadInputTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto hub = testing::RealHub::Prepare(
        folder_.path(),
        {testing::MakeParty("hospital/renji"), testing::MakeParty("court/pudong"),
         testing::MakeParty("insurer/pingan"), testing::MakeParty("mediator/pudong"),
         testing::MakeParty("operator/shanghai"),
         testing::MakeParty("fund/pudong", {{"310115-310"}})});
    ASSERT_TRUE(hub.ok()) << hub.status();
    hub_ = *std::move(hub);
    ASSERT_TRUE(hub_->Start().ok());
    for (const char* party : {"hospital/renji", "court/pudong", "insurer/pingan", "mediator/pudong",
                              "operator/shanghai", "fund/pudong"}) {
      stubs_.emplace(domain::PartyId::Parse(party)->kind().value(),
                     std::make_unique<grpc::GenericStub>(hub_->ConnectAs(party)));
    }
  }
  // A kind of party that may call the method.
  domain::PartyKind CallerOf(const MethodDescriptor& method) const {
    const rpc::AccessRow* row = rpc::FindAccess(NameOf(method));
    for (const auto& [kind, stub] : stubs_) {
      if ((row->allowed & rpc::Bit(kind)) != 0) return kind;
    }
    RECOUP_CHECK(false);
  }
  Answer Send(const MethodDescriptor& method, const std::string& request) {
    return Send(method, request, CallerOf(method));
  }
  Answer Send(const MethodDescriptor& method, const std::string& request,
              domain::PartyKind caller) {
    Exchange exchange(*stubs_.at(caller),
                      absl::StrCat("/", method.service()->full_name(), "/", method.name()),
                      request);
    const grpc::Status status = exchange.Wait();
    if (status.ok()) {
      const std::unique_ptr<Message> response(
          MessageFactory::generated_factory()->GetPrototype(method.output_type())->New());
      EXPECT_TRUE(response->ParseFromString(exchange.first()));
      if (const google::rpc::Status* error = ItemError(*response)) return Read(*error);
      Answer answer;
      answer.whole_call_ok = true;
      answer.response = exchange.first();
      return answer;
    }
    google::rpc::Status details;
    details.ParseFromString(status.error_details());
    details.set_code(status.error_code());
    details.set_message(status.error_message());
    return Read(std::move(details));
  }
  // Records in the store besides the parties; stops the hub.
  std::size_t Written() {
    hub_->Stop();
    const auto view = storage::OpenSqliteReadOnly(hub_->config().data_file);
    EXPECT_TRUE(view.ok()) << view.status();
    std::size_t records = 0;
    const auto partitions = (*view)->Partitions();
    EXPECT_TRUE(partitions.ok());
    for (const std::string& partition : *partitions) {
      for (const domain::RecordKind kind : domain::AllOf<domain::RecordKind>()) {
        if (kind != domain::RecordKind::kParty)
          records += (*view)->Scan(partition, kind, Id{}, 10)->size();
      }
    }
    return records;
  }
  // A request with nothing in it but the mode of a batch, so that its items are looked at.
  std::unique_ptr<Message> Empty(const MethodDescriptor& method) {
    std::unique_ptr<Message> request(
        MessageFactory::generated_factory()->GetPrototype(method.input_type())->New());
    if (const auto* mode = method.input_type()->FindFieldByName("mode"); mode != nullptr)
      request->GetReflection()->SetEnumValue(request.get(), mode, v1::BATCH_MODE_CONTINUE);
    return request;
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<testing::RealHub> hub_;
  std::map<domain::PartyKind, std::unique_ptr<grpc::GenericStub>> stubs_;
};

TEST_F(BadInputTest, EveryFieldIsCheckedAndNamed) {
  std::size_t sent = 0, methods = 0;
  std::vector<std::string> unnamed;
  for (const MethodDescriptor* method : Methods()) {
    const std::unique_ptr<Message> request = Empty(*method);
    std::vector<Case> cases;
    Collect(*request, *request, "", cases);
    bool implemented = true;
    for (const Case& bad : cases) {
      const Answer answer = Send(*method, bad.request);
      ++sent;
      const std::string where = absl::StrCat(NameOf(*method), " ", bad.path, " = ", bad.what, ": ",
                                             answer.whole_call_ok ? "OK" : answer.status.message());
      if (answer.reasons == std::vector<std::string>{"NOT_IMPLEMENTED"}) {
        implemented = false;
        break;
      }
      if (!answer.whole_call_ok) {
        EXPECT_EQ(answer.reasons.size(), 1u) << where;
        EXPECT_NE(answer.status.code(), grpc::StatusCode::INTERNAL) << where;
        EXPECT_NE(answer.status.code(), grpc::StatusCode::UNKNOWN) << where;
        EXPECT_NE(answer.status.code(), grpc::StatusCode::DEADLINE_EXCEEDED) << where;
      }
      if (answer.reasons == std::vector<std::string>{"PAGE_TOKEN_INVALID"} &&
          bad.path == "page_token") {
        continue;
      }
      const bool named =
          std::any_of(answer.fields.begin(), answer.fields.end(), [&](const std::string& field) {
            return bad.path == field || absl::EndsWith(bad.path, "." + field);
          });
      if (!named)
        unnamed.push_back(absl::StrCat(where, " [", absl::StrJoin(answer.fields, ","), "]"));
    }
    if (implemented) ++methods;
  }
  EXPECT_GT(sent, 1000u);
  EXPECT_GT(methods, 70u);
  EXPECT_TRUE(unnamed.empty()) << unnamed.size() << " of " << sent << ":\n"
                               << absl::StrJoin(unnamed, "\n");
  EXPECT_EQ(Written(), 0u);
}

TEST_F(BadInputTest, BytesThatAreNoMessageAndTextThatIsNoUnicode) {
  for (const MethodDescriptor* method : Methods()) {
    // gRPC ends a stream of requests at what it cannot read, without an answer to that item.
    if (method->client_streaming()) continue;
    EXPECT_FALSE(Send(*method, "\x0f\xff\xff\xff\xff").whole_call_ok) << NameOf(*method);
    const FieldDescriptor* text = nullptr;
    for (int i = 0; i < method->input_type()->field_count() && text == nullptr; ++i) {
      if (method->input_type()->field(i)->type() == FieldDescriptor::TYPE_STRING)
        text = method->input_type()->field(i);
    }
    if (text == nullptr) continue;
    // Field number and wire type 2, two bytes of GB18030: a sender that forgot to convert.
    const std::string gb18030 = {static_cast<char>(text->number() << 3 | 2), 2, '\xd6', '\xdc'};
    EXPECT_FALSE(Send(*method, gb18030).whole_call_ok) << NameOf(*method);
  }
  EXPECT_EQ(Written(), 0u);
}

TEST_F(BadInputTest, APoolOfOthersIsNotFound) {
  std::size_t asked = 0;
  for (const MethodDescriptor* method : Methods()) {
    const rpc::AccessRow* row = rpc::FindAccess(NameOf(*method));
    const auto* pool = method->input_type()->FindFieldByName("pool");
    if (pool == nullptr || (row->allowed & rpc::Bit(domain::PartyKind::kFund)) == 0) continue;
    // Everybody may know the rules in force.
    if (method->name() == "ListPolicyData") continue;
    const std::unique_ptr<Message> request = Empty(*method);
    request->GetReflection()->SetString(request.get(), pool, "pools/310104-310");
    const Answer answer = Send(*method, request->SerializeAsString(), domain::PartyKind::kFund);
    // Where the pool only narrows a list of what is one's own, nothing is listed.
    if (answer.whole_call_ok) {
      EXPECT_EQ(answer.response, "") << NameOf(*method);
    } else {
      EXPECT_EQ(answer.reasons.size(), 1u) << NameOf(*method);
    }
    ++asked;
  }
  EXPECT_GT(asked, 15u);
}

}  // namespace
}  // namespace recoup
