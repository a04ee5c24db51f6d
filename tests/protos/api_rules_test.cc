// Rules of the public API that hold for every message, read from the descriptors, so that a new
// call or field that breaks one fails here.
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "hub/base/reasons.h"
#include "protos/services.h"
#include "recoup/v1/account_service.pb.h"
#include "recoup/v1/agreement_service.pb.h"
#include "recoup/v1/audit_service.pb.h"
#include "recoup/v1/court_service.pb.h"
#include "recoup/v1/errors.pb.h"
#include "recoup/v1/fund_service.pb.h"
#include "recoup/v1/hospital_service.pb.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/mediation_service.pb.h"
#include "recoup/v1/negotiation_service.pb.h"
#include "recoup/v1/options.pb.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

std::vector<const MethodDescriptor*> Methods() {
  std::vector<const MethodDescriptor*> methods;
  for (const ServiceDescriptor* service : v1::Services()) {
    for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
  }
  return methods;
}

void AddFiles(const FileDescriptor* file, std::set<const FileDescriptor*>& files) {
  if (file->package() != "recoup.v1" || !files.insert(file).second) return;
  for (int i = 0; i < file->dependency_count(); ++i) AddFiles(file->dependency(i), files);
}

std::vector<const FieldDescriptor*> Fields() {
  std::set<const FileDescriptor*> files;
  for (const ServiceDescriptor* service : v1::Services()) AddFiles(service->file(), files);
  std::vector<const FieldDescriptor*> fields;
  for (const FileDescriptor* file : files) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      const Descriptor* message = file->message_type(i);
      EXPECT_EQ(message->nested_type_count(), 0) << message->full_name();
      for (int j = 0; j < message->field_count(); ++j) fields.push_back(message->field(j));
    }
  }
  return fields;
}

// Calls that change nothing. Everything else is a mutation and must be idempotent.
bool IsRead(const MethodDescriptor& method) {
  for (const std::string_view prefix : {"Get", "List", "Watch", "Explain", "Export", "Trace"}) {
    if (std::string_view(method.name()).starts_with(prefix)) return true;
  }
  return method.name() == "CheckLedger" || method.name() == "Screen";
}

// Calls whose items are requests with a request_id of their own.
const std::map<std::string, std::string>& ItemCalls() {
  static const auto& calls = *new std::map<std::string, std::string>{
      {"BatchFlagAdmissions", "items"},
      {"BatchReportSettlements", "items"},
      {"PushCourtCases", "item"},
  };
  return calls;
}

void ExpectField(const Descriptor& message, const std::string& name, FieldDescriptor::Type type) {
  const FieldDescriptor* field = message.FindFieldByName(name);
  ASSERT_NE(field, nullptr) << message.full_name() << " has no " << name;
  EXPECT_EQ(field->type(), type) << field->full_name();
}

TEST(ApiRules, TheServicesAreAllThere) {
  std::vector<std::string> names;
  for (const ServiceDescriptor* service : v1::Services()) names.push_back(service->name());
  EXPECT_THAT(names, testing::ElementsAre("AccountService", "AgreementService", "AuditService",
                                          "CourtService", "FundService", "HospitalService",
                                          "InsurerService", "MediationService",
                                          "NegotiationService", "ReconciliationService"));
  EXPECT_EQ(Methods().size(), 127u);  // Change this when you add a call; see that all rules hold.
}

TEST(ApiRules, ReasonsArePublishedInTheOrderOfTheCatalogue) {
  std::vector<std::string> expected = {"ERROR_REASON_UNSPECIFIED"};
#define RECOUP_EXPECT_REASON(name, wire, code) expected.push_back("ERROR_REASON_" wire);
  RECOUP_REASONS(RECOUP_EXPECT_REASON)
#undef RECOUP_EXPECT_REASON
  const google::protobuf::EnumDescriptor* reasons = v1::ErrorReason_descriptor();
  std::vector<std::string> published;
  for (int i = 0; i < reasons->value_count(); ++i) {
    EXPECT_EQ(reasons->value(i)->number(), i);
    published.push_back(reasons->value(i)->name());
  }
  EXPECT_EQ(published, expected);
}

TEST(ApiRules, EveryMutationIsIdempotentAndHasADryRun) {
  for (const MethodDescriptor* method : Methods()) {
    SCOPED_TRACE(method->full_name());
    const Descriptor& request = *method->input_type();
    if (const auto items = ItemCalls().find(method->name()); items != ItemCalls().end()) {
      const FieldDescriptor* item = request.FindFieldByName(items->second);
      ASSERT_NE(item, nullptr);
      ExpectField(*item->message_type(), "request_id", FieldDescriptor::TYPE_STRING);
    } else if (IsRead(*method)) {
      EXPECT_EQ(request.FindFieldByName("request_id"), nullptr);
      EXPECT_EQ(request.FindFieldByName("validate_only"), nullptr);
    } else {
      ExpectField(request, "request_id", FieldDescriptor::TYPE_STRING);
      ExpectField(request, "validate_only", FieldDescriptor::TYPE_BOOL);
      ExpectField(*method->output_type(), "replayed", FieldDescriptor::TYPE_BOOL);
    }
  }
}

TEST(ApiRules, EveryListIsPaged) {
  for (const MethodDescriptor* method : Methods()) {
    if (!std::string_view(method->name()).starts_with("List") || method->server_streaming()) {
      continue;
    }
    SCOPED_TRACE(method->full_name());
    ExpectField(*method->input_type(), "page_size", FieldDescriptor::TYPE_INT32);
    ExpectField(*method->input_type(), "page_token", FieldDescriptor::TYPE_STRING);
    ExpectField(*method->output_type(), "next_page_token", FieldDescriptor::TYPE_STRING);
  }
}

TEST(ApiRules, TheNameOfAFieldTellsItsTypeAndUnit) {
  for (const FieldDescriptor* field : Fields()) {
    SCOPED_TRACE(field->full_name());
    const std::string_view name = field->name();
    EXPECT_NE(field->cpp_type(), FieldDescriptor::CPPTYPE_DOUBLE);
    EXPECT_NE(field->cpp_type(), FieldDescriptor::CPPTYPE_FLOAT);
    const bool is_instant = field->type() == FieldDescriptor::TYPE_MESSAGE &&
                            field->message_type()->full_name() == "google.protobuf.Timestamp";
    EXPECT_EQ(is_instant, name.ends_with("_time"));
    if (name.ends_with("_fen")) {
      EXPECT_EQ(field->type(), FieldDescriptor::TYPE_INT64);
    }
    if (name.ends_with("_bp")) {
      EXPECT_EQ(field->type(), FieldDescriptor::TYPE_INT32);
    }
    if (name.ends_with("_on")) {
      EXPECT_EQ(field->type(), FieldDescriptor::TYPE_STRING);
    }
    if (field->type() == FieldDescriptor::TYPE_INT64) {
      EXPECT_TRUE(name.ends_with("_fen") || name.ends_with("_count") ||
                  name.ends_with("sequence") ||
                  (field->is_repeated() && name.ends_with("sequences")) ||
                  name.ends_with("tree_size") || name == "leaf_index");
    }
  }
}

TEST(ApiRules, PersonalDataIsMarkedSensitive) {
  const std::set<std::string_view> personal = {"id_number",       "insured_number",
                                               "birth_on",        "phone",
                                               "plate",           "counterparty_name",
                                               "remittance_text", "counterparty_account",
                                               "sentence",        "payer_account",
                                               "insured_name",    "payer",
                                               "payee",           "note",
                                               "reason",          "decision_reason",
                                               "contact",         "addressee_name",
                                               "debtor_name",     "failure_reason",
                                               "accounts",        "accident_place",
                                               "suggestion"};
  // A party's resource name, not a person's.
  const std::set<std::string_view> exceptions = {"recoup.v1.RemittanceAdvice.payer"};
  std::set<std::string_view> seen;
  for (const FieldDescriptor* field : Fields()) {
    if (field->type() != FieldDescriptor::TYPE_STRING || !personal.contains(field->name()) ||
        exceptions.contains(field->full_name())) {
      continue;
    }
    seen.insert(field->name());
    EXPECT_TRUE(field->options().GetExtension(v1::sensitive)) << field->full_name();
  }
  EXPECT_EQ(seen, personal);
  EXPECT_TRUE(
      v1::Person::descriptor()->FindFieldByName("name")->options().GetExtension(v1::sensitive));
  EXPECT_FALSE(
      v1::Person::descriptor()->FindFieldByName("id_kind")->options().GetExtension(v1::sensitive));
}

// Debian's gRPC carries google.rpc.Status inside; a second registration of the same file would
// abort the program before main.
TEST(ApiRules, OurErrorDetailsLiveBesideGrpcAndReflection) {
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  ASSERT_NE(server, nullptr);

  google::rpc::ErrorInfo info;
  info.set_reason("NOT_FOUND");
  google::rpc::Status status;
  status.add_details()->PackFrom(info);
  google::rpc::ErrorInfo unpacked;
  ASSERT_TRUE(status.details(0).UnpackTo(&unpacked));
  EXPECT_EQ(unpacked.reason(), "NOT_FOUND");
  EXPECT_NE(
      google::protobuf::DescriptorPool::generated_pool()->FindFileByName("google/rpc/status.proto"),
      nullptr);
  server->Shutdown();
}

}  // namespace
}  // namespace recoup
