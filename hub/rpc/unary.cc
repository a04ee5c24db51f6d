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

void CallEnd::Finish(const absl::Status& status) const {
  const absl::Duration took = absl::Now() - started_;
  hub_->metrics.Count(method_, status.code(), took);
  if (!status.ok()) {
    hub_->log.Info("call refused", {{"method", method_}, {"status", status}, {"took", took}});
  }
  reactor_->Finish(GrpcStatusOf(status));
}

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

void SubmitCommand(const HubContext& hub, const CallEnd& end, google::protobuf::Message* response,
                   SetReplayedFn set_replayed, absl::StatusOr<engine::Command> command) {
  if (!command.ok()) return end.Finish(command.status());
  engine::CommandGroup group;
  group.commands.push_back(*std::move(command));
  group.done = [end, response, set_replayed](std::vector<engine::Outcome> outcomes) {
    engine::Outcome& outcome = outcomes.front();
    if (outcome.status.ok()) {
      if (!response->ParseFromString(outcome.answer))
        outcome.status = absl::DataLossError("an answer is malformed");
      set_replayed(response, outcome.replayed);
    }
    end.Finish(outcome.status);
  };
  hub.engine.Submit(std::move(group));
}

grpc::ServerUnaryReactor* SubmitOne(
    const HubContext& hub, std::string_view method, grpc::CallbackServerContext* context,
    google::protobuf::Message* response, SetReplayedFn set_replayed,
    absl::FunctionRef<absl::StatusOr<engine::Command>(const Admitted&, absl::Time deadline)> make) {
  const CallEnd end(hub, method);
  const absl::StatusOr<Admitted> admitted = Admit(hub, *context, method);
  if (!admitted.ok()) {
    end.Finish(admitted.status());
    return end.reactor();
  }
  SubmitCommand(hub, end, response, set_replayed, make(*admitted, DeadlineOf(*context)));
  return end.reactor();
}

grpc::ServerUnaryReactor* RunQuery(const HubContext& hub, std::string_view method,
                                   grpc::CallbackServerContext* context,
                                   const google::protobuf::Message& request,
                                   std::function<absl::Status(QueryContext&)> query) {
  const CallEnd end(hub, method);
  absl::StatusOr<Admitted> admitted = Admit(hub, *context, method);
  if (!admitted.ok()) {
    end.Finish(admitted.status());
    return end.reactor();
  }
  hub.reads.Run([&hub, &request, query = std::move(query), end, admitted = *std::move(admitted)] {
    if (const absl::Status form = WithShapeFaults(request, absl::OkStatus()); !form.ok()) {
      return end.Finish(form);
    }
    absl::StatusOr<std::unique_ptr<app::ReadView>> view = hub.store.Snapshot();
    if (!view.ok()) return end.Finish(view.status());
    app::RecordReader reader(**view, hub.seal);
    QueryContext query_context{admitted, reader, hub, hub.clock.Now()};
    end.Finish(query(query_context));
  });
  return end.reactor();
}

grpc::ServerUnaryReactor* NotImplemented(const HubContext& hub, std::string_view method,
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
