// The way of every unary call, so that a handler is three lines: convert, call, convert back.
//
//   grpc::ServerUnaryReactor* ReportSettlement(Context* context, const ReportSettlementRequest*
//   request,
//                                              ReportSettlementResponse* response) override {
//     return Mutate(hub_, "HospitalService/ReportSettlement", context, *request, response,
//                   ReportSettlementFromProto, app::ReportSettlement, ReportSettlementToProto);
//   }
//
// Mutate: admit → convert (all faults at once) → queue on the engine → answer after the commit. The
// conversion runs on the gRPC thread, the use case on the engine's. Conversion faults of a known
// party with a valid request id are recorded in the log like any other refusal. Query: admit → on a
// reading thread, with a snapshot, call the query → answer.
#ifndef RECOUP_HUB_RPC_UNARY_H_
#define RECOUP_HUB_RPC_UNARY_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "grpcpp/support/server_callback.h"
#include "hub/app/record_reader.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/guard.h"
#include "hub/rpc/shape.h"
#include "hub/rpc/status_mapping.h"

namespace recoup::rpc {

// What a query sees.
struct QueryContext {
  const Admitted& admitted;
  app::RecordReader& reader;
  const HubContext& hub;
  absl::Time now;
};

// The same message always gives the same bytes: it is compared on replay and committed to in the
// log.
template <typename Message>
std::string DeterministicBytes(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

// The reactor of one call. Not the context's DefaultReactor: with gRPC 1.51 a call that another
// thread finishes while the handler is still returning can stay open for ever there, and the server
// then never shuts down.
class CallReactor final : public grpc::ServerUnaryReactor {
 public:
  void OnDone() override { delete this; }
};

// Ends the call, counts and logs it.
class CallEnd {
 public:
  CallEnd(const HubContext& hub, std::string_view method)
      : hub_(&hub), method_(method), reactor_(new CallReactor), started_(absl::Now()) {}
  // Owned by gRPC, which calls OnDone; valid until Finish.
  grpc::ServerUnaryReactor* reactor() const { return reactor_; }
  void Finish(const absl::Status& status) const {
    const absl::Duration took = absl::Now() - started_;
    hub_->metrics.Count(method_, status.code(), took);
    if (!status.ok()) {
      hub_->log.Info("call refused", {{"method", method_}, {"status", status}, {"took", took}});
    }
    reactor_->Finish(GrpcStatusOf(status));
  }

 private:
  const HubContext* hub_;
  std::string_view method_;
  grpc::ServerUnaryReactor* reactor_;
  absl::Time started_;
};

// Whose log a command goes to: its pool's, or the caller's own.
template <typename Command>
std::string PartitionOf(const Command& command, const app::Caller& caller) {
  if constexpr (requires { command.pool.value; }) {
    if (!command.pool.value.empty()) return command.pool.value;
  }
  return caller.party.value;
}

// One request as a command for the engine; also used for each item of a batch. `convert` gets the
// request and the latest time a fact may have; `execute` the command and the unit of work.
template <typename Response, typename Request, typename Convert, typename Execute, typename ToProto>
absl::StatusOr<engine::Command> MakeCommand(const HubContext& hub, const Admitted& admitted,
                                            std::string_view method, absl::Time deadline,
                                            const Request& request, Convert convert,
                                            Execute execute, ToProto to_proto) {
  const auto request_id = Id::FromUuid(request.request_id());
  auto command = convert(request, hub.clock.Now());
  if (absl::Status form = WithShapeFaults(request, command.status()); form != command.status())
    command = std::move(form);
  if (!request_id || !request_id->is_version7()) {
    // Without an id nothing can be remembered; say so together with whatever else is wrong.
    Faults faults;
    FieldReader(faults).RequestId(request.request_id());
    for (const FieldFault& fault : DetailOf(command.status()).faults)
      faults.Add(fault.field, fault.description);
    return faults.ToStatus();
  }
  engine::Command out;
  out.caller = admitted.caller;
  out.method = std::string(method);
  out.request_id = *request_id;
  out.content = DeterministicBytes(request);
  out.validate_only = request.validate_only();
  out.deadline = deadline;
  if (command.ok()) {
    if constexpr (requires { command->pool.value; }) {
      if (!command->pool.value.empty()) {
        if (absl::Status pool = CheckPool(admitted, command->pool); !pool.ok()) return pool;
      }
    }
    out.partition = PartitionOf(*command, admitted.caller);
    auto shared =
        std::make_shared<const typename decltype(command)::value_type>(*std::move(command));
    out.run = [shared, execute, to_proto](app::UnitOfWork& work) -> absl::StatusOr<std::string> {
      auto answer = execute(*shared, work);
      if (!answer.ok()) return answer.status();
      Response response;
      to_proto(*answer, &response);
      return response.SerializeAsString();
    };
  } else {
    out.partition = admitted.caller.party.value;
    out.run = [status = command.status()](app::UnitOfWork&) -> absl::StatusOr<std::string> {
      return status;
    };
  }
  return out;
}

template <typename Request, typename Response, typename Convert, typename Execute, typename ToProto>
grpc::ServerUnaryReactor* Mutate(const HubContext& hub, std::string_view method,
                                 grpc::CallbackServerContext* context, const Request& request,
                                 Response* response, Convert convert, Execute execute,
                                 ToProto to_proto) {
  const CallEnd end(hub, method);
  const absl::StatusOr<Admitted> admitted = Admit(hub, *context, method);
  if (!admitted.ok()) {
    end.Finish(admitted.status());
    return end.reactor();
  }
  absl::StatusOr<engine::Command> command = MakeCommand<Response>(
      hub, *admitted, method, DeadlineOf(*context), request, convert, execute, to_proto);
  if (!command.ok()) {
    end.Finish(command.status());
    return end.reactor();
  }
  engine::CommandGroup group;
  group.commands.push_back(*std::move(command));
  group.done = [end, response](std::vector<engine::Outcome> outcomes) {
    engine::Outcome& outcome = outcomes.front();
    if (outcome.status.ok()) {
      if (!response->ParseFromString(outcome.answer))
        outcome.status = absl::DataLossError("an answer is malformed");
      response->set_replayed(outcome.replayed);
    }
    end.Finish(outcome.status);
  };
  hub.engine.Submit(std::move(group));
  return end.reactor();
}

// `query` is absl::Status(const Request&, QueryContext&, Response*).
template <typename Request, typename Response, typename QueryFn>
grpc::ServerUnaryReactor* Query(const HubContext& hub, std::string_view method,
                                grpc::CallbackServerContext* context, const Request& request,
                                Response* response, QueryFn query) {
  const CallEnd end(hub, method);
  absl::StatusOr<Admitted> admitted = Admit(hub, *context, method);
  if (!admitted.ok()) {
    end.Finish(admitted.status());
    return end.reactor();
  }
  hub.reads.Run([&hub, &request, response, query, end, admitted = *std::move(admitted)] {
    if (const absl::Status form = WithShapeFaults(request, absl::OkStatus()); !form.ok()) {
      return end.Finish(form);
    }
    absl::StatusOr<std::unique_ptr<app::ReadView>> view = hub.store.Snapshot();
    if (!view.ok()) return end.Finish(view.status());
    app::RecordReader reader(**view, hub.seal);
    QueryContext query_context{admitted, reader, hub, hub.clock.Now()};
    end.Finish(query(request, query_context, response));
  });
  return end.reactor();
}

// A batch: each item a command of its own, answered in order. ATOMIC: all or none.
template <typename Request, typename Response, typename ItemResponse, typename Convert,
          typename Execute, typename ToProto>
grpc::ServerUnaryReactor* MutateBatch(const HubContext& hub, std::string_view method,
                                      std::string_view item_method,
                                      grpc::CallbackServerContext* context, const Request& request,
                                      Response* response, int items_max, Convert convert,
                                      Execute execute, ToProto to_proto) {
  const CallEnd end(hub, method);
  const auto fail = [&](const absl::Status& status) {
    end.Finish(status);
    return end.reactor();
  };
  const absl::StatusOr<Admitted> admitted = Admit(hub, *context, method);
  if (!admitted.ok()) return fail(admitted.status());
  Faults faults;
  if (request.items_size() == 0) faults.Add("items", "missing");
  if (request.items_size() > items_max) faults.Add("items", absl::StrCat("more than ", items_max));
  if (request.mode() != recoup::v1::BATCH_MODE_ATOMIC &&
      request.mode() != recoup::v1::BATCH_MODE_CONTINUE) {
    faults.Add("mode", "missing: ATOMIC or CONTINUE");
  }
  if (!faults.empty()) return fail(faults.ToStatus());

  // Items without a usable request id get their refusal here; the others go to the engine as one
  // group.
  auto refused =
      std::make_shared<std::vector<absl::Status>>(static_cast<std::size_t>(request.items_size()));
  engine::CommandGroup group;
  group.mode = request.mode() == recoup::v1::BATCH_MODE_ATOMIC ? engine::GroupMode::kAtomic
                                                               : engine::GroupMode::kContinue;
  bool any_refused = false;
  for (int i = 0; i < request.items_size(); ++i) {
    absl::StatusOr<engine::Command> command =
        MakeCommand<ItemResponse>(hub, *admitted, item_method, DeadlineOf(*context),
                                  request.items(i), convert, execute, to_proto);
    if (command.ok()) {
      group.commands.push_back(*std::move(command));
    } else {
      (*refused)[static_cast<std::size_t>(i)] = command.status();
      any_refused = true;
    }
  }
  const auto answer = [end, response, refused](std::vector<engine::Outcome> outcomes) {
    std::size_t next = 0;
    for (const absl::Status& early : *refused) {
      auto* result = response->add_results();
      if (!early.ok()) {
        *result->mutable_error() = RpcStatusOf(early);
        continue;
      }
      engine::Outcome& outcome = outcomes[next++];
      if (!outcome.status.ok()) {
        *result->mutable_error() = RpcStatusOf(outcome.status);
      } else {
        result->mutable_response()->ParseFromString(outcome.answer);
        result->mutable_response()->set_replayed(outcome.replayed);
      }
    }
    end.Finish(absl::OkStatus());
  };
  if (group.mode == engine::GroupMode::kAtomic && any_refused) {
    // All or none, and one cannot even be tried.
    for (absl::Status& status : *refused) {
      if (status.ok())
        status = MakeError(Reason::kAtomicBatchRefused,
                           "another item was refused, so none was accepted");
    }
    group.commands.clear();
  }
  if (group.commands.empty()) {
    answer({});
    return end.reactor();
  }
  group.done = answer;
  hub.engine.Submit(std::move(group));
  return end.reactor();
}

// For what a later version will do.
inline grpc::ServerUnaryReactor* NotImplemented(const HubContext& hub, std::string_view method,
                                                grpc::CallbackServerContext* context) {
  const CallEnd end(hub, method);
  const absl::StatusOr<Admitted> admitted = Admit(hub, *context, method);
  end.Finish(admitted.ok() ? MakeError(Reason::kNotImplemented,
                                       absl::StrCat(std::string(method),
                                                    " is not implemented in this version"))
                           : admitted.status());
  return end.reactor();
}

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_UNARY_H_
