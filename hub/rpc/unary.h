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
#include "hub/app/record_reader.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/guard.h"
#include "hub/rpc/shape.h"
#include "hub/rpc/status_mapping.h"
#include "hub/rpc/unary_call.h"

namespace recoup::rpc {

// What a query sees.
struct QueryContext {
  const Admitted& admitted;
  app::RecordReader& reader;
  const HubContext& hub;
  absl::Time now;
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

// Answers after the commit.
void SubmitCommand(UnaryCall& call, SetReplayedFn set_replayed,
                   absl::StatusOr<engine::Command> command);

// Admits the call, makes its command and submits it.
void SubmitOne(UnaryCall& call, SetReplayedFn set_replayed,
               absl::FunctionRef<absl::StatusOr<engine::Command>(const Admitted&)> make);

template <typename Request, typename Response, typename Convert, typename Execute, typename ToProto>
void Mutate(UnaryCall& call, Convert convert, Execute execute, ToProto to_proto) {
  SubmitOne(call, SetReplayed<Response>, [&](const Admitted& admitted) {
    return MakeCommand<Response>(call.hub(), admitted, call.method(), call.deadline(),
                                 call.request<Request>(), convert, execute, to_proto);
  });
}

// Admits the call and runs `query` on a reading thread, with a snapshot.
void RunQuery(UnaryCall& call, std::function<absl::Status(QueryContext&)> query);

// `query` is absl::Status(const Request&, QueryContext&, Response*).
template <typename Request, typename Response, typename QueryFn>
void Query(UnaryCall& call, QueryFn query) {
  RunQuery(call, [&call, query](QueryContext& seen) {
    return query(call.request<Request>(), seen, call.response<Response>());
  });
}

// A batch: each item a command of its own, answered in order. ATOMIC: all or none.
template <typename Request, typename Response, typename ItemResponse, typename Convert,
          typename Execute, typename ToProto>
void MutateBatch(UnaryCall& call, std::string_view item_method, int items_max, Convert convert,
                 Execute execute, ToProto to_proto) {
  const absl::StatusOr<Admitted> admitted = call.Admit();
  if (!admitted.ok()) return call.Finish(admitted.status());
  const auto& request = call.request<Request>();
  if (request.items_size() > items_max) {
    return call.Finish(MakeError(
        Reason::kTooLarge,
        absl::StrCat("items: ", request.items_size(), ", a batch has at most ", items_max)));
  }
  Faults faults;
  if (request.items_size() == 0) faults.Add("items", "missing");
  if (request.mode() != recoup::v1::BATCH_MODE_ATOMIC &&
      request.mode() != recoup::v1::BATCH_MODE_CONTINUE) {
    faults.Add("mode", "missing: ATOMIC or CONTINUE");
  }
  if (!faults.empty()) return call.Finish(faults.ToStatus());

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
        MakeCommand<ItemResponse>(call.hub(), *admitted, item_method, call.deadline(),
                                  request.items(i), convert, execute, to_proto);
    if (command.ok()) {
      group.commands.push_back(*std::move(command));
    } else {
      (*refused)[static_cast<std::size_t>(i)] = command.status();
      any_refused = true;
    }
  }
  const auto answer = [&call, refused](std::vector<engine::Outcome> outcomes) {
    auto* response = call.response<Response>();
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
    call.Finish(absl::OkStatus());
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
  if (group.commands.empty()) return answer({});
  group.done = answer;
  call.hub().engine.Submit(std::move(group));
}

// For what a later version will do.
void NotImplemented(UnaryCall& call);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_UNARY_H_
