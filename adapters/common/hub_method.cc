#include "adapters/common/hub_method.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "adapters/common/grpc_status.h"
#include "grpcpp/impl/codegen/client_unary_call.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/impl/codegen/rpc_method.h"
#include "grpcpp/support/sync_stream.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "protos/services.h"

namespace recoup::adapters {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MessageLite;
using google::protobuf::MethodDescriptor;
using grpc::internal::RpcMethod;

// "/recoup.v1.FundService/GetAdvance", as it goes over the wire.
absl::StatusOr<std::string> PathOf(std::string_view method, const Message& request,
                                   const Message& response) {
  const MethodDescriptor* found = FindHubMethod(method);
  if (found == nullptr || found->input_type() != request.GetDescriptor() ||
      found->output_type() != response.GetDescriptor()) {
    return MakeError(Reason::kInternal,
                     absl::StrCat(std::string(method), " does not take ", request.GetTypeName(),
                                  " for ", response.GetTypeName()));
  }
  return absl::StrCat("/", found->service()->full_name(), "/", found->name());
}

}  // namespace

const MethodDescriptor* FindHubMethod(std::string_view method) {
  const std::size_t dot = method.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string service(method.substr(0, dot));
  for (const google::protobuf::ServiceDescriptor* known : v1::Services()) {
    if (known->name() == service) {
      return known->FindMethodByName(std::string(method.substr(dot + 1)));
    }
  }
  return nullptr;
}

void SetRequestId(Message& request, const Id& request_id) {
  if (const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("request_id")) {
    request.GetReflection()->SetString(&request, field, request_id.ToUuid());
  }
}

void SetValidateOnly(Message& request, bool validate_only) {
  if (const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("validate_only")) {
    request.GetReflection()->SetBool(&request, field, validate_only);
  }
}

absl::StatusOr<SpooledCall> ReadSpooled(std::string_view method, std::string_view payload,
                                        const Id& request_id) {
  const MethodDescriptor* found = FindHubMethod(method);
  if (found == nullptr) {
    return MakeError(Reason::kInternal, absl::StrCat("the spool holds an unknown kind of item: ",
                                                     std::string(method)));
  }
  MessageFactory& factory = *MessageFactory::generated_factory();
  SpooledCall call{
      .request = std::unique_ptr<Message>(factory.GetPrototype(found->input_type())->New()),
      .response = std::unique_ptr<Message>(factory.GetPrototype(found->output_type())->New())};
  if (!call.request->ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return MakeError(Reason::kInternal, "a payload of the spool cannot be read");
  }
  SetRequestId(*call.request, request_id);
  return call;
}

absl::Status CallMethod(grpc::Channel& channel, std::string_view method,
                        grpc::ClientContext& context, const Message& request, Message* response) {
  RECOUP_ASSIGN_OR_RETURN(const std::string path, PathOf(method, request, *response));
  response->Clear();  // An attempt before this one may have left something.
  return StatusFromGrpc(grpc::internal::BlockingUnaryCall<MessageLite, MessageLite>(
      &channel, RpcMethod(path.c_str(), RpcMethod::NORMAL_RPC), &context, request, response));
}

absl::Status ReadStream(grpc::Channel& channel, std::string_view method,
                        grpc::ClientContext& context, const Message& request, Message* response,
                        absl::FunctionRef<absl::Status()> take) {
  RECOUP_ASSIGN_OR_RETURN(const std::string path, PathOf(method, request, *response));
  const std::unique_ptr<grpc::ClientReader<MessageLite>> stream(
      grpc::internal::ClientReaderFactory<MessageLite>::Create<MessageLite>(
          &channel, RpcMethod(path.c_str(), RpcMethod::SERVER_STREAMING), &context, request));
  while (stream->Read(response)) {
    if (absl::Status taken = take(); !taken.ok()) {
      context.TryCancel();
      stream->Finish();
      return absl::IsCancelled(taken) ? absl::OkStatus() : taken;
    }
  }
  return StatusFromGrpc(stream->Finish());
}

}  // namespace recoup::adapters
