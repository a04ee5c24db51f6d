// A gRPC service of the hub: its methods, one registration each, under their names in the table of
// who may do what (access.h).
//
//   service->Mutation("HospitalService/ReportSettlement", ReportSettlementFromProto,
//                     app::ReportSettlement, ReportSettlementToProto);
//   service->Query("HospitalService/GetFlag", GetFlag);
//
// Not derived from the generated CallbackService: that is a chain of one class per method, whose
// tables grow with the square of the methods and cost more to compile than all handlers. A unary
// method reaches gRPC as bytes (unary_call.h); a name that the API has not, or other messages than
// its own, end the hub at its start.
#ifndef RECOUP_HUB_RPC_SERVICE_H_
#define RECOUP_HUB_RPC_SERVICE_H_

#include <deque>
#include <functional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/impl/codegen/server_callback_handlers.h"
#include "grpcpp/impl/service_type.h"
#include "grpcpp/support/server_callback.h"
#include "hub/rpc/hub_context.h"
#include "hub/rpc/stream.h"
#include "hub/rpc/unary.h"

namespace recoup::rpc {

class Service final : public grpc::Service {
 public:
  explicit Service(const HubContext& hub) : hub_(hub) {}

  // See Mutate in unary.h.
  template <typename Command, typename Request, typename Execute, typename Answer,
            typename Response>
  void Mutation(const char* method, absl::StatusOr<Command> (*convert)(const Request&, absl::Time),
                Execute execute, void (*to_proto)(const Answer&, Response*)) {
    Unary<Request, Response>(method, [convert, execute, to_proto](UnaryCall& call) {
      Mutate<Request, Response>(call, convert, execute, to_proto);
    });
  }
  // See Query in unary.h.
  template <typename Request, typename Response>
  void Query(const char* method, absl::Status (*query)(const Request&, QueryContext&, Response*)) {
    Unary<Request, Response>(
        method, [query](UnaryCall& call) { rpc::Query<Request, Response>(call, query); });
  }
  // See Stream and Watch in stream.h.
  template <typename Request, typename Response>
  void Stream(const char* method, absl::StatusOr<Fetch<Response>> (*fetch)(const Request&)) {
    ServerStream<Request, Response>(
        method,
        [this, method, fetch](grpc::CallbackServerContext* context, const Request* request) {
          return rpc::Stream<Response>(hub_, method, context, Formed(*request, fetch(*request)));
        });
  }
  template <typename Request, typename Response>
  void Watch(const char* method, absl::StatusOr<Fetch<Response>> (*fetch)(const Request&)) {
    ServerStream<Request, Response>(
        method,
        [this, method, fetch](grpc::CallbackServerContext* context, const Request* request) {
          return rpc::Watch<Response>(hub_, method, context, Formed(*request, fetch(*request)));
        });
  }

  // A method with a way of its own.
  template <typename Request, typename Response>
  void Unary(const char* method, std::function<void(UnaryCall&)> run) {
    AddUnary({.name = method,
              .request = &Request::default_instance(),
              .response = &Response::default_instance(),
              .run = std::move(run)});
  }
  template <typename Request, typename Response>
  void BidiStream(
      const char* method,
      std::function<grpc::ServerBidiReactor<Request, Response>*(grpc::CallbackServerContext*)>
          call) {
    Add(method, grpc::internal::RpcMethod::BIDI_STREAMING,
        new grpc::internal::CallbackBidiHandler<Request, Response>(std::move(call)));
  }

 private:
  template <typename Request, typename Response>
  void ServerStream(const char* method,
                    std::function<grpc::ServerWriteReactor<Response>*(grpc::CallbackServerContext*,
                                                                      const Request*)>
                        call) {
    Add(method, grpc::internal::RpcMethod::SERVER_STREAMING,
        new grpc::internal::CallbackServerStreamingHandler<Request, Response>(std::move(call)));
  }
  void AddUnary(UnaryMethod method);
  // Takes ownership of `handler`.
  void Add(std::string_view method, grpc::internal::RpcMethod::RpcType type,
           grpc::internal::MethodHandler* handler);

  const HubContext& hub_;
  // What is registered keeps pointers to them.
  std::deque<UnaryMethod> unary_methods_;
  std::deque<std::string> paths_;
};

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_SERVICE_H_
