// take and watch: messages in, nothing out to the hub.
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/settings.h"
#include "adapters/hospital/program/stop_signals.h"
#include "adapters/hospital/program/take_files.h"
#include "adapters/hospital/program/watched_folder.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

struct TakeOptions {
  std::vector<std::string> files;
};

void DeclareTake(CLI::App& app, TakeOptions& options) {
  app.add_option("FILE", options.files, "消息文件，- 为标准输入 / Message files, - for stdin")
      ->required();
}

CommandResult RunTake(const TakeOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  RECOUP_ASSIGN_OR_RETURN(const FilesTaken files, TakeFiles(context, *desk->intake, options.files));
  return files.exit_code();
}

struct WatchOptions {
  std::string folder;
  bool once = false;
};

void DeclareWatch(CLI::App& app, WatchOptions& options) {
  app.add_option("DIR", options.folder, "消息文件夹 / Folder of messages")->required();
  app.add_flag("--once", options.once, "处理完现有文件即结束 / End when the folder is empty");
}

CommandResult RunWatch(const WatchOptions& options, CommandContext& context) {
  std::atomic<bool> stopping = false;
  const StopSignals signals([&] {
    stopping = true;
    context.sleeper().Stop();
  });
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  const OnFile report = [&](const std::string& name, const absl::StatusOr<Taken>& taken) {
    ReportFile(context, name, taken);
    context.out().flush();
  };
  do {
    const absl::StatusOr<WatchPass> pass = TakeFolder(
        options.folder, desk->rules,
        [&](const std::vector<Arrival>& arrivals) { return desk->intake->TakeManyNow(arrivals); },
        report);
    if (!pass.ok()) return adapters::AsUsageError(pass.status());
    if (options.once) return pass->refused == 0 ? ExitCode::kOk : ExitCode::kPartlyRefused;
    context.sleeper().Sleep(absl::Seconds(1));
  } while (!stopping);
  return ExitCode::kOk;
}

}  // namespace

void AddIntakeCommands(adapters::Program& program) {
  program.AddCommand<TakeOptions>(
      program.root(),
      {.name = "take",
       .zh = "收下消息文件，写入待发队列",
       .en = "Take message files into the spool; they are sent later",
       .examples = {{"recoup-hospital take 2401.json", "收下一条入院登记"},
                    {"cat 2304.json | recoup-hospital take -", "从标准输入收下一条结算"},
                    {"recoup-hospital take export/",
                     "收下整个文件夹；超过 20 条时显示进度，最后列出未收的"}}},
      DeclareTake, RunTake);
  program.AddCommand<WatchOptions>(
      program.root(),
      {.name = "watch",
       .zh = "持续收下文件夹中的消息，移入 done/ 或 refused/",
       .en = "Take what appears in a folder; files move to done/ or refused/",
       .examples = {{"recoup-hospital watch /var/spool/his", "持续收下；SIGTERM 结束"},
                    {"recoup-hospital watch /var/spool/his --once", "收下现有文件后结束"}}},
      DeclareWatch, RunWatch);
}

}  // namespace recoup::hospital
