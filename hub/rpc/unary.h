// The way of every unary call: a handler says how to convert the request, what to do, and how to
// convert the answer back (service.h registers it).
//
// Mutate: admit → convert (all faults at once) → queue on the engine → answer after the commit. The
// conversion runs on the gRPC thread, the use case on the engine's. Conversion faults of a known
// party with a valid request id are recorded in the log like any other refusal. Query: admit → on a
// reading thread, with a snapshot, call the query → answer.
#ifndef RECOUP_HUB_RPC_UNARY_H_
#define RECOUP_HUB_RPC_UNARY_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "google/protobuf/message.h"
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
  void Finish(const absl::Status& status) const;

 private:
  const HubContext* hub_;
  std::string_view method_;
  grpc::ServerUnaryReactor* reactor_;
  absl::Time started_;
};

// What MakeCommand knows of a command once its type no longer matters.
struct TypelessCommand {
  std::string_view request_id;
  bool validate_only = false;
  absl::Status converted;  // The faults of its request, where it has any; then `run` is empty.
  std::string pool;        // Empty where the command names none.
  std::function<absl::StatusOr<std::string>(app::UnitOfWork&)> run;
};

// With the form of the request checked, and the log it goes to: its pool's, or the caller's own.
absl::StatusOr<engine::Command> FinishCommand(const Admitted& admitted, std::string_view method,
                                              absl::Time deadline,
                                              const google::protobuf::Message& request,
                                              TypelessCommand command);

// One request as a command for the engine; also used for each item of a batch. `convert` gets the
// request and the latest time a fact may have; `execute` the command and the unit of work.
template <typename Response, typename Request, typename Convert, typename Execute, typename ToProto>
absl::StatusOr<engine::Command> MakeCommand(const HubContext& hub, const Admitted& admitted,
                                            std::string_view method, absl::Time deadline,
                                            const Request& request, Convert convert,
                                            Execute execute, ToProto to_proto) {
  auto command = convert(request, hub.clock.Now());
  TypelessCommand typeless;
  typeless.request_id = request.request_id();
  typeless.validate_only = request.validate_only();
  typeless.converted = command.status();
  if (command.ok()) {
    if constexpr (requires { command->pool.value; }) typeless.pool = command->pool.value;
    auto shared =
        std::make_shared<const typename decltype(command)::value_type>(*std::move(command));
    typeless.run = [shared, execute,
                    to_proto](app::UnitOfWork& work) -> absl::StatusOr<std::string> {
      auto answer = execute(*shared, work);
      if (!answer.ok()) return answer.status();
      Response response;
      to_proto(*answer, &response);
      return response.SerializeAsString();
    };
  }
  return FinishCommand(admitted, method, deadline, request, std::move(typeless));
}

using SetReplayedFn = void (*)(google::protobuf::Message*, bool);

template <typename Response>
void SetReplayed(google::protobuf::Message* response, bool replayed) {
  static_cast<Response*>(response)->set_replayed(replayed);
}

// Answers with `response` after the commit.
void SubmitCommand(const HubContext& hub, const CallEnd& end, google::protobuf::Message* response,
                   SetReplayedFn set_replayed, absl::StatusOr<engine::Command> command);

// Admits the call, makes its command and submits it.
grpc::ServerUnaryReactor* SubmitOne(
    const HubContext& hub, std::string_view method, grpc::CallbackServerContext* context,
    google::protobuf::Message* response, SetReplayedFn set_replayed,
    absl::FunctionRef<absl::StatusOr<engine::Command>(const Admitted&, absl::Time deadline)> make);

template <typename Request, typename Response, typename Convert, typename Execute, typename ToProto>
grpc::ServerUnaryReactor* Mutate(const HubContext& hub, std::string_view method,
                                 grpc::CallbackServerContext* context, const Request& request,
                                 Response* response, Convert convert, Execute execute,
                                 ToProto to_proto) {
  return SubmitOne(hub, method, context, response, SetReplayed<Response>,
                   [&](const Admitted& admitted, absl::Time deadline) {
                     return MakeCommand<Response>(hub, admitted, method, deadline, request, convert,
                                                  execute, to_proto);
                   });
}

// Admits the call and runs `query` on a reading thread, with a snapshot.
grpc::ServerUnaryReactor* RunQuery(const HubContext& hub, std::string_view method,
                                   grpc::CallbackServerContext* context,
                                   const google::protobuf::Message& request,
                                   std::function<absl::Status(QueryContext&)> query);

// `query` is absl::Status(const Request&, QueryContext&, Response*).
template <typename Request, typename Response, typename QueryFn>
grpc::ServerUnaryReactor* Query(const HubContext& hub, std::string_view method,
                                grpc::CallbackServerContext* context, const Request& request,
                                Response* response, QueryFn query) {
  return RunQuery(hub, method, context, request, [&request, response, query](QueryContext& seen) {
    return query(request, seen, response);
  });
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
grpc::ServerUnaryReactor* NotImplemented(const HubContext& hub, std::string_view method,
                                         grpc::CallbackServerContext* context);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_UNARY_H_
