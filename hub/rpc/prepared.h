// A change that is prepared on a reading thread, with a snapshot, and only then queued: for what
// would keep the writer busy for long. Preparing decides nothing; the use case must check that what
// was prepared still holds.
#ifndef RECOUP_HUB_RPC_PREPARED_H_
#define RECOUP_HUB_RPC_PREPARED_H_

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/rpc/unary.h"

namespace recoup::rpc {

// `prepare` is StatusOr<Prepared>(app::RecordReader&, const Command&); what it refuses is the
// command's refusal, unless the request is a replay. `execute` is Answer(const Command&, const
// Prepared&, app::UnitOfWork&).
template <typename Request, typename Response, typename Convert, typename Prepare, typename Execute,
          typename ToProto>
void MutatePrepared(UnaryCall& call, Convert convert, Prepare prepare, Execute execute,
                    ToProto to_proto) {
  absl::StatusOr<Admitted> admitted = call.Admit();
  if (!admitted.ok()) return call.Finish(admitted.status());
  call.hub().reads.Run([&call, convert, prepare, execute, to_proto,
                        admitted = *std::move(admitted)] {
    const HubContext& hub = call.hub();
    const auto& request = call.request<Request>();
    using Command = typename decltype(convert(request, absl::Time()))::value_type;
    using Prepared = decltype(prepare(std::declval<app::RecordReader&>(), std::declval<Command>()));
    auto prepared = std::make_shared<Prepared>(absl::InternalError("not prepared"));
    const auto command = convert(request, hub.clock.Now());
    if (command.ok() && CheckPool(admitted, command->pool).ok()) {
      absl::StatusOr<std::unique_ptr<app::ReadView>> view = hub.store.Snapshot();
      if (!view.ok()) return call.Finish(view.status());
      app::RecordReader reader(**view, hub.seal);
      *prepared = prepare(reader, *command);
    }
    using Answer = decltype(execute(*command, **prepared, std::declval<app::UnitOfWork&>()));
    const auto run = [prepared, execute](const Command& ready, app::UnitOfWork& work) -> Answer {
      if (!prepared->ok()) return prepared->status();
      return execute(ready, **prepared, work);
    };
    SubmitCommand(call, SetReplayed<Response>,
                  MakeCommand<Response>(hub, admitted, call.method(), call.deadline(), request,
                                        convert, run, to_proto));
  });
}

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_PREPARED_H_
