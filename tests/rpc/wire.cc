#include "tests/rpc/wire.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/rpc/error_details.pb.h"
#include "hub/base/check.h"
#include "protos/services.h"
#include "recoup/v1/common.pb.h"

namespace recoup::testing {
namespace {

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

Answer Read(google::rpc::Status status) {
  Answer answer;
  for (const auto& detail : status.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    if (detail.UnpackTo(&info)) answer.reasons.push_back(info.reason());
    if (detail.UnpackTo(&bad)) {
      for (const auto& violation : bad.field_violations()) {
        answer.fields.push_back(violation.field());
        answer.faults.emplace(violation.field(), violation.description());
      }
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

}  // namespace

std::vector<const MethodDescriptor*> Methods() {
  std::vector<const MethodDescriptor*> methods;
  for (const auto* service : v1::Services()) {
    for (int m = 0; m < service->method_count(); ++m) methods.push_back(service->method(m));
  }
  return methods;
}

std::string NameOf(const MethodDescriptor& method) {
  return absl::StrCat(method.service()->name(), "/", method.name());
}

const MethodDescriptor& MethodOf(const std::string& name) {
  for (const MethodDescriptor* method : Methods()) {
    if (NameOf(*method) == name) return *method;
  }
  RECOUP_CHECK(false);
}

std::unique_ptr<Message> EmptyRequest(const MethodDescriptor& method) {
  std::unique_ptr<Message> request(
      MessageFactory::generated_factory()->GetPrototype(method.input_type())->New());
  if (const auto* mode = method.input_type()->FindFieldByName("mode"); mode != nullptr)
    request->GetReflection()->SetEnumValue(request.get(), mode, v1::BATCH_MODE_CONTINUE);
  return request;
}

std::string Answer::Outcome() const {
  if (whole_call_ok) return "OK";
  return reasons.size() == 1 ? reasons[0]
                             : absl::StrCat("reasons [", absl::StrJoin(reasons, ","), "]");
}

Answer Wire::Send(const std::string& party, const MethodDescriptor& method,
                  const std::string& request) {
  std::unique_ptr<grpc::GenericStub>& stub = stubs_[party];
  if (stub == nullptr) stub = std::make_unique<grpc::GenericStub>(hub_.ConnectAs(party));
  Exchange exchange(*stub, absl::StrCat("/", method.service()->full_name(), "/", method.name()),
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

}  // namespace recoup::testing
