// send and deliver: the spool to the hub, once.
#include <map>

#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/delivering.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/settings.h"
#include "adapters/hospital/program/take_files.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Delivery;
using adapters::DeliveryPass;
using adapters::ExitCode;

ExitCode ExitCodeOfPass(const DeliveryPass& pass) {
  if (!pass.transient.ok()) return ExitCode::kHubUnavailable;
  if (pass.refused == 0) return ExitCode::kOk;
  return pass.delivered == 0 ? ExitCode::kRefused : ExitCode::kPartlyRefused;
}

// Needs the lock. Every call is already tried hub.attempts_max times, so one pass that fails ends
// the command.
absl::StatusOr<DeliveryPass> DrainSpool(CommandContext& context, Desk& desk) {
  RECOUP_ASSIGN_OR_RETURN(const auto hub, OpenHub(context, context.random()));
  Delivery delivery(*desk.spool, SendTo(*hub), DeliveryOptionsFrom(context), context.clock(),
                    context.sleeper(), context.random(), context.log());
  return delivery.Drain(/*attempts_max=*/1);
}

void ReportPass(CommandContext& context, const DeliveryPass& pass,
                const adapters::SpoolCounts& counts) {
  if (context.json()) {
    Json json = {
        {"delivered", pass.delivered}, {"refused", pass.refused}, {"waiting", counts.waiting}};
    if (!pass.transient.ok()) {
      json.update(Json::parse(adapters::ErrorAsJson(pass.transient)));
    }
    context.out() << JsonLine(json);
    return;
  }
  context.out() << "已上报 " << pass.delivered << " 条，被拒绝 " << pass.refused << " 条，待发 "
                << counts.waiting << " 条。\n";
  if (!pass.transient.ok()) {
    context.err() << "系统未应答，待发的内容已保存，稍后用 deliver 或 run 继续上报。\n"
                  << adapters::ErrorForPeople(pass.transient, adapters::Colour::kOff);
  }
}

// What the hub said of each message: delivered ones by its answer, refused ones by its faults.
absl::Status ReportAnswers(CommandContext& context, Desk& desk, const std::vector<Taken>& taken) {
  std::map<std::string, absl::Status> refused;
  RECOUP_ASSIGN_OR_RETURN(const auto all_refused, desk.spool->ListRefused(1'000'000));
  for (const adapters::RefusedItem& item : all_refused) {
    refused.emplace(item.spooled.item.source_key, item.error);
  }
  for (const Taken& one : taken) {
    if (one.as != TakenAs::kSent) continue;
    const auto error = refused.find(one.source_key);
    const absl::StatusOr<std::string> answer = desk.spool->AnswerOf(one.source_key);
    if (context.json()) {
      Json json = {{"message", one.source_key}};
      if (error != refused.end()) json.update(Json::parse(adapters::ErrorAsJson(error->second)));
      if (answer.ok()) json["answer"] = AnswerForPeople(one.kind, *answer);
      context.out() << JsonLine(json);
    } else if (error != refused.end()) {
      context.out() << one.source_key << "：被拒绝\n"
                    << adapters::ErrorForPeople(error->second, context.out_colour());
    } else if (answer.ok() && taken.size() <= kMessagesTold) {
      // Of many, the numbers at the end say that they were accepted.
      context.out() << one.source_key << "：" << AnswerForPeople(one.kind, *answer) << "\n";
    }
  }
  return absl::OkStatus();
}

struct SendOptions {
  std::vector<std::string> files;
};

void DeclareSend(CLI::App& app, SendOptions& options) {
  app.add_option("FILE", options.files, "消息文件，- 为标准输入 / Message files, - for stdin")
      ->required();
}

// What the hub says of one message that is only checked.
class DryRunReport {
 public:
  explicit DryRunReport(CommandContext& context) : context_(context) {}

  void Add(const std::string& name, const absl::StatusOr<std::string>& says) {
    ++(says.ok() ? fine_ : refused_);
    if (context_.json()) {
      Json json = {{"file", name}, {"dry_run", true}};
      if (says.ok()) {
        json["outcome"] = *says;
      } else {
        json.update(Json::parse(adapters::ErrorAsJson(says.status())));
      }
      context_.out() << JsonLine(json);
      return;
    }
    context_.out() << name << "：[试运行] "
                   << (says.ok() ? *says + "\n"
                                 : "不能上报\n" + adapters::ErrorForPeople(says.status(),
                                                                           context_.out_colour()));
  }
  ExitCode exit_code() const {
    if (refused_ == 0) return ExitCode::kOk;
    return fine_ == 0 ? ExitCode::kRefused : ExitCode::kPartlyRefused;
  }

 private:
  CommandContext& context_;
  std::size_t fine_ = 0;
  std::size_t refused_ = 0;
};

absl::StatusOr<std::string> DryRunOf(const Arrival& arrival, Intake& intake, HospitalHub& hub,
                                     CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const Plan plan, intake.Preview(arrival));
  if (plan.outgoing.empty()) {
    return absl::StrCat(plan.question ? "将列为待核实：" : "无需上报：", plan.outcome);
  }
  for (const Outgoing& outgoing : plan.outgoing) {
    RECOUP_RETURN_IF_ERROR(
        hub.Send(outgoing.kind, outgoing.payload, context.NextRequestId(), true).status());
  }
  return absl::StrCat("可以上报：", plan.outcome);
}

// Reads, examines, and lets the hub check; nothing is kept here or there. A message that builds on
// an earlier one of the same list is checked as if the earlier one had not come.
CommandResult DryRun(const SendOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  RECOUP_ASSIGN_OR_RETURN(const auto hub, OpenHub(context, context.random()));
  DryRunReport report(context);
  RECOUP_RETURN_IF_ERROR(ForEachFile(
      options.files, desk->rules,
      [&](const std::string& name, const absl::Status& why) { report.Add(name, why); },
      [&](const std::vector<NamedArrival>& arrivals) -> absl::Status {
        for (const NamedArrival& named : arrivals) {
          const absl::StatusOr<std::string> says =
              DryRunOf(named.arrival, *desk->intake, *hub, context);
          if (adapters::IsTransient(says.status())) return says.status();
          report.Add(named.name, says);
        }
        return absl::OkStatus();
      }));
  return report.exit_code();
}

CommandResult RunSend(const SendOptions& options, CommandContext& context) {
  if (context.validate_only()) return DryRun(options, context);
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  RECOUP_ASSIGN_OR_RETURN(const FilesTaken files, TakeFiles(context, *desk->intake, options.files));
  const absl::StatusOr<DeliveryLock> lock = LockDelivery(context);
  if (ReasonOf(lock.status()) == Reason::kIllegalTransition) {
    context.err() << "已写入待发队列，由正在运行的进程上报。\n";
    return files.exit_code();
  }
  RECOUP_RETURN_IF_ERROR(lock.status());
  RECOUP_ASSIGN_OR_RETURN(const DeliveryPass pass, DrainSpool(context, *desk));
  RECOUP_RETURN_IF_ERROR(ReportAnswers(context, *desk, files.taken));
  RECOUP_ASSIGN_OR_RETURN(const adapters::SpoolCounts counts, desk->spool->Counts());
  ReportPass(context, pass, counts);
  const ExitCode delivered = ExitCodeOfPass(pass);
  return delivered == ExitCode::kOk ? files.exit_code() : delivered;
}

CommandResult RunDeliver(CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const DeliveryLock lock, LockDelivery(context));
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  RECOUP_ASSIGN_OR_RETURN(const DeliveryPass pass, DrainSpool(context, *desk));
  RECOUP_ASSIGN_OR_RETURN(const adapters::SpoolCounts counts, desk->spool->Counts());
  ReportPass(context, pass, counts);
  return ExitCodeOfPass(pass);
}

}  // namespace

void AddDeliveryCommands(adapters::Program& program) {
  program.AddCommand<SendOptions>(
      program.root(),
      {.name = "send",
       .zh = "收下消息文件并立即上报",
       .en = "Take message files and send them to the hub at once",
       .examples = {{"recoup-hospital send 01-2401-traffic.json", "标记一次入院"},
                    {"recoup-hospital send --dry-run 2304.json", "只校验，不保存、不登记"}},
       .effect = adapters::Effect::kManyRequests},
      DeclareSend, RunSend);
  program.AddCommand(program.root(),
                     {.name = "deliver",
                      .zh = "把待发队列上报完",
                      .en = "Send the spool to the hub until it is empty",
                      .examples = {{"recoup-hospital deliver", "系统恢复后补报"}}},
                     RunDeliver);
}

}  // namespace recoup::hospital
