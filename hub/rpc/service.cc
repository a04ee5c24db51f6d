#include "hub/rpc/service.h"

#include "absl/strings/str_replace.h"
#include "google/protobuf/descriptor.h"
#include "hub/base/check.h"

namespace recoup::rpc {

void Service::AddUnary(UnaryMethod method) {
  const auto* described = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrReplaceAll("recoup.v1." + std::string(method.name), {{"/", "."}}));
  RECOUP_CHECK(described != nullptr);
  RECOUP_CHECK(described->input_type() == method.request->GetDescriptor());
  RECOUP_CHECK(described->output_type() == method.response->GetDescriptor());
  const UnaryMethod& kept = unary_methods_.emplace_back(std::move(method));
  Add(kept.name, grpc::internal::RpcMethod::NORMAL_RPC,
      new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
          [this, &kept](grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                        grpc::ByteBuffer* response) -> grpc::ServerUnaryReactor* {
            auto* call = new UnaryCall(hub_, kept, *context, *request, response);
            kept.run(*call);
            return call;
          }));
}

void Service::Add(std::string_view method, grpc::internal::RpcMethod::RpcType type,
                  grpc::internal::MethodHandler* handler) {
  const auto index = static_cast<int>(paths_.size());
  const std::string& path = paths_.emplace_back("/recoup.v1.").append(method);
  AddMethod(new grpc::internal::RpcServiceMethod(path.c_str(), type, nullptr));
  MarkMethodCallback(index, handler);
}

}  // namespace recoup::rpc
