#include "hub/rpc/unary.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace recoup::rpc {
namespace {

// The same message always gives the same bytes: it is compared on replay and committed to in the
// log.
std::string DeterministicBytes(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

}  // namespace

absl::StatusOr<engine::Command> FinishCommand(const Admitted& admitted, std::string_view method,
                                              absl::Time deadline,
                                              const google::protobuf::Message& request,
                                              TypelessCommand command) {
  const absl::Status formed = WithShapeFaults(request, command.converted);
  const auto request_id = Id::FromUuid(command.request_id);
  if (!request_id || !request_id->is_version7()) {
    // Without an id nothing can be remembered; say so together with whatever else is wrong.
    Faults faults;
    FieldReader(faults).RequestId(std::string(command.request_id));
    for (const FieldFault& fault : DetailOf(formed).faults)
      faults.Add(fault.field, fault.description);
    return faults.ToStatus();
  }
  engine::Command out;
  out.caller = admitted.caller;
  out.method = std::string(method);
  out.request_id = *request_id;
  out.content = DeterministicBytes(request);
  out.validate_only = command.validate_only;
  out.deadline = deadline;
  out.partition = admitted.caller.party.value;
  if (!formed.ok()) {
    out.run = [formed](app::UnitOfWork&) -> absl::StatusOr<std::string> { return formed; };
    return out;
  }
  if (!command.pool.empty()) {
    RECOUP_RETURN_IF_ERROR(CheckPool(admitted, domain::PoolId{command.pool}));
    out.partition = std::move(command.pool);
  }
  out.run = std::move(command.run);
  return out;
}

void SubmitCommand(UnaryCall& call, SetReplayedFn set_replayed,
                   absl::StatusOr<engine::Command> command) {
  if (!command.ok()) return call.Finish(command.status());
  engine::CommandGroup group;
  group.commands.push_back(*std::move(command));
  group.done = [&call, set_replayed](std::vector<engine::Outcome> outcomes) {
    engine::Outcome& outcome = outcomes.front();
    if (outcome.status.ok()) {
      if (!call.response()->ParseFromString(outcome.answer))
        outcome.status = absl::DataLossError("an answer is malformed");
      set_replayed(call.response(), outcome.replayed);
    }
    call.Finish(outcome.status);
  };
  call.hub().engine.Submit(std::move(group));
}

void SubmitOne(UnaryCall& call, SetReplayedFn set_replayed,
               absl::FunctionRef<absl::StatusOr<engine::Command>(const Admitted&)> make) {
  const absl::StatusOr<Admitted> admitted = call.Admit();
  if (!admitted.ok()) return call.Finish(admitted.status());
  SubmitCommand(call, set_replayed, make(*admitted));
}

void RunQuery(UnaryCall& call, std::function<absl::Status(QueryContext&)> query) {
  absl::StatusOr<Admitted> admitted = call.Admit();
  if (!admitted.ok()) return call.Finish(admitted.status());
  call.hub().reads.Run([&call, query = std::move(query), admitted = *std::move(admitted)] {
    const HubContext& hub = call.hub();
    if (const absl::Status form = WithShapeFaults(call.request(), absl::OkStatus()); !form.ok()) {
      return call.Finish(form);
    }
    absl::StatusOr<std::unique_ptr<app::ReadView>> view = hub.store.Snapshot();
    if (!view.ok()) return call.Finish(view.status());
    app::RecordReader reader(**view, hub.seal);
    QueryContext query_context{admitted, reader, hub, hub.clock.Now()};
    call.Finish(query(query_context));
  });
}

void NotImplemented(UnaryCall& call) {
  const absl::StatusOr<Admitted> admitted = call.Admit();
  call.Finish(admitted.ok() ? MakeError(Reason::kNotImplemented,
                                        absl::StrCat(std::string(call.method()),
                                                     " is not implemented in this version"))
                            : admitted.status());
}

}  // namespace recoup::rpc
