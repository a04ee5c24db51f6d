// AuditService: events, signed heads, the five laws.
#include <chrono>

#include "absl/strings/str_cat.h"
#include "adapters/common/display_width.h"
#include "adapters/common/format.h"
#include "adapters/common/proto_json.h"
#include "ctl/labels.h"
#include "ctl/offline_commands.h"
#include "ctl/online_commands.h"
#include "hub/base/status.h"
#include "recoup/v1/audit_service.pb.h"

namespace recoup::ctl {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using adapters::HubSession;

constexpr char kListEvents[] = "AuditService.ListEvents";

struct EventsOptions {
  std::string pool;
  std::int64_t after = 0;
  std::int64_t limit = 0;
  bool follow = false;
  bool hub_log = false;
};

void DeclareEvents(CLI::App& app, EventsOptions& options) {
  app.add_option("--pool", options.pool, "统筹区 / The pool; else ctl.pool");
  app.add_flag("--hub-log", options.hub_log,
               "不属于任何统筹区的日志 / The log of what belongs to no pool");
  app.add_option("--after-sequence", options.after, "此序号之后 / Only after this sequence");
  app.add_option("--limit", options.limit, "至多条数，0 为全部 / At most so many; 0: all");
  app.add_flag("--follow", options.follow, "持续等待新事件 / Wait for further events");
}

// One line each, since they come as a stream that may never end.
void PrintEvent(const v1::Event& event, const CommandContext& context) {
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(event) << std::flush;
    return;
  }
  const absl::Time recorded = absl::FromUnixSeconds(event.recorded_time().seconds());
  const auto* reason = v1::ErrorReason_descriptor()->FindValueByNumber(event.refused_reason());
  const bool refused = event.refused_reason() != v1::ERROR_REASON_UNSPECIFIED && reason != nullptr;
  std::string subjects;
  for (const std::string& subject : event.subjects()) absl::StrAppend(&subjects, " ", subject);
  context.out() << adapters::PadTo(absl::StrCat(event.sequence()), 8, adapters::Align::kRight)
                << "  " << adapters::FormatChinaTime(recorded) << "  " << event.actor() << "  "
                << event.method() << "  "
                << (refused ? absl::StrCat("已拒绝 ", EnumShortName(*reason)) : "已接受")
                << subjects << std::endl;
}

CommandResult RunEvents(const EventsOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::ListEventsRequest request;
  if (!options.hub_log) {
    request.set_pool(options.pool.empty() ? DefaultPool(context) : PoolName(options.pool));
  }
  request.set_after_sequence(options.after);
  request.set_follow(options.follow);
  std::int64_t printed = 0;
  v1::ListEventsResponse response;
  const auto print = [&] {
    PrintEvent(response.event(), context);
    // A call that is tried again goes on where this one broke off.
    request.set_after_sequence(response.event().sequence());
    return ++printed == options.limit ? absl::CancelledError("enough") : absl::OkStatus();
  };
  RECOUP_RETURN_IF_ERROR(
      hub.Call(kListEvents, context.NextRequestId(), [&](grpc::ClientContext& call) {
        call.set_deadline(std::chrono::system_clock::time_point::max());  // A log is long.
        return adapters::ReadStream(*hub.channel(), kListEvents, call, request, &response, print);
      }));
  return ExitCode::kOk;
}

ExitCode LawsHold(const Message& message) {
  const auto& response = static_cast<const v1::CheckLedgerResponse&>(message);
  return response.violations().empty() ? ExitCode::kOk : ExitCode::kRefused;
}

}  // namespace

void AddAuditCommands(adapters::Program& program) {
  CLI::App& events = Group(program, "events", "事件日志", "The event log");
  program.AddCommand<EventsOptions>(
      events,
      {.name = "list",
       .zh = "列出事件，含被拒绝的命令",
       .en = "List the events of a log, refused commands included",
       .examples = {{"recoupctl events list --pool 310115-310 --after-sequence 120", "第 121 号起"},
                    {"recoupctl events list --follow --format json", "持续输出，每行一个 JSON"}}},
      DeclareEvents, RunEvents);
  CLI::App& audit = Group(program, "audit", "审计", "Audit");
  AddRpcCommand(
      program, audit,
      {.name = "head",
       .zh = "日志的签名树头",
       .en = "The signed head of a log",
       .examples = {{"recoupctl audit head --pool 310115-310", "请另行保存，以便日后核对"}}},
      RpcOf("AuditService.GetTreeHead"));
  AddRpcCommand(program, audit,
                {.name = "check-ledger",
                 .zh = "立即核对五条账务规则（有违反时退出码为 1）",
                 .en = "Check the five laws now; exit code 1 when one does not hold",
                 .examples = {{"recoupctl audit check-ledger", "ctl.pool 或可见的全部统筹区"}}},
                RpcOf("AuditService.CheckLedger"), {.verdict = LawsHold});
  AddVerifyCommand(program, audit);
}

}  // namespace recoup::ctl
