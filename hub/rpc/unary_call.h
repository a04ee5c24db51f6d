// One unary call of any method: from the bytes that came to the bytes that go. Methods differ by
// their messages and by what is done; what gRPC needs per type is made once, for bytes.
#ifndef RECOUP_HUB_RPC_UNARY_CALL_H_
#define RECOUP_HUB_RPC_UNARY_CALL_H_

#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "hub/rpc/guard.h"

namespace recoup::rpc {

class UnaryCall;

struct UnaryMethod {
  std::string_view name;                     // "HospitalService/FlagAdmission"; a literal.
  const google::protobuf::Message* request;  // Default instances.
  const google::protobuf::Message* response;
  std::function<void(UnaryCall&)> run;  // Finishes the call, now or later.
};

// Owned by gRPC, which calls OnDone; valid until Finish. Not the context's DefaultReactor: with
// gRPC 1.51 a call that another thread finishes while the handler is still returning can stay open
// for ever there, and the server then never shuts down.
class UnaryCall final : public grpc::ServerUnaryReactor {
 public:
  UnaryCall(const HubContext& hub, const UnaryMethod& method,
            const grpc::CallbackServerContext& context, const grpc::ByteBuffer& request,
            grpc::ByteBuffer* response);

  const HubContext& hub() const { return hub_; }
  std::string_view method() const { return method_.name; }
  absl::Time deadline() const { return DeadlineOf(context_); }
  // `Request` and `Response` are those of the method.
  template <typename Request>
  const Request& request() const {
    return static_cast<const Request&>(*request_);
  }
  template <typename Response>
  Response* response() {
    return static_cast<Response*>(response_.get());
  }
  const google::protobuf::Message& request() const { return *request_; }
  google::protobuf::Message* response() { return response_.get(); }

  // Who calls, where that party may and what came is a request at all: the refusals of Admit in
  // guard.h, and INVALID_ARGUMENT.
  absl::StatusOr<Admitted> Admit() const;
  // Ends the call, counts and logs it. Once.
  void Finish(const absl::Status& status);

  void OnDone() override { delete this; }

 private:
  const HubContext& hub_;
  const UnaryMethod& method_;
  const grpc::CallbackServerContext& context_;
  const absl::Time started_;
  const std::unique_ptr<google::protobuf::Message> request_;
  const std::unique_ptr<google::protobuf::Message> response_;
  grpc::ByteBuffer* const response_bytes_;
  bool is_request_;
};

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_UNARY_CALL_H_
