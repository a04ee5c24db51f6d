#include "hub/rpc/unary_call.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "hub/base/error.h"
#include "hub/rpc/status_mapping.h"
#include "hub/rpc/undecodable_text.h"

namespace recoup::rpc {
namespace {

using google::protobuf::Message;
using MessageBytes = grpc::SerializationTraits<Message>;

bool ParseMarked(const grpc::ByteBuffer& buffer, Message& request) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return false;
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return MarkUndecodableText(*request.GetDescriptor(), bytes) && request.ParseFromString(bytes);
}

}  // namespace

UnaryCall::UnaryCall(const HubContext& hub, const UnaryMethod& method,
                     const grpc::CallbackServerContext& context, const grpc::ByteBuffer& request,
                     grpc::ByteBuffer* response)
    : hub_(hub),
      method_(method),
      context_(context),
      started_(absl::Now()),
      request_(method.request->New()),
      response_(method.response->New()),
      response_bytes_(response) {
  grpc::ByteBuffer bytes(request);  // Another reference to the same bytes: reading them takes it.
  is_request_ =
      MessageBytes::Deserialize(&bytes, request_.get()).ok() || ParseMarked(request, *request_);
}

absl::StatusOr<Admitted> UnaryCall::Admit() const {
  absl::StatusOr<Admitted> admitted = rpc::Admit(hub_, context_, method_.name);
  if (admitted.ok() && !is_request_) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("the bytes are no ", request_->GetTypeName()));
  }
  return admitted;
}

void UnaryCall::Finish(const absl::Status& status) {
  const absl::Duration took = absl::Now() - started_;
  hub_.metrics.Count(method_.name, status.code(), took);
  if (!status.ok()) {
    hub_.log.Info("call refused", {{"method", method_.name}, {"status", status}, {"took", took}});
    return ServerUnaryReactor::Finish(GrpcStatusOf(status));
  }
  bool own_buffer = false;
  ServerUnaryReactor::Finish(MessageBytes::Serialize(*response_, response_bytes_, &own_buffer));
}

}  // namespace recoup::rpc
