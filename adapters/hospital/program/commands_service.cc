// run and serve: take and send until told to stop.
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/service.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;

struct RunOptions {
  std::string folder;
};

void DeclareRun(CLI::App& app, RunOptions& options) {
  app.add_option("DIR", options.folder, "消息文件夹 / Folder of messages")->required();
}

CommandResult RunFolder(const RunOptions& options, CommandContext& context) {
  return RunService({options.folder, {}}, context);
}

struct ServeOptions {
  std::string folder;
};

void DeclareServe(CLI::App& app, ServeOptions& options) {
  app.add_option("--folder", options.folder,
                 "同时收取此文件夹中的消息 / Also take messages from this folder");
}

CommandResult RunServe(const ServeOptions& options, CommandContext& context) {
  absl::StatusOr<ListenOptions> listen = ListenOptionsFrom(context.config());
  if (!listen.ok()) return adapters::AsUsageError(listen.status());
  if (listen->http) listen->http->area_code = context.config().String("hospital.area_code");
  if (!listen->mllp && !listen->http && options.folder.empty()) {
    return adapters::AsUsageError(MakeError(
        Reason::kInvalidArgument, "没有可收取的来源：请设置 listen.mllp、listen.http 或 --folder"));
  }
  return RunService({options.folder, *std::move(listen)}, context);
}

}  // namespace

void AddServiceCommands(adapters::Program& program) {
  program.AddCommand<RunOptions>(
      program.root(),
      {.name = "run",
       .zh = "持续收下文件夹中的消息并上报，SIGTERM 正常结束",
       .en = "Take what appears in a folder and send it, until SIGTERM",
       .examples = {{"recoup-hospital run /var/spool/his", "作为服务运行"}}},
      DeclareRun, RunFolder);
  program.AddCommand<ServeOptions>(
      program.root(),
      {.name = "serve",
       .zh = "监听 HL7（MLLP）和国家接口（HTTP），收下消息并上报，SIGTERM 正常结束",
       .en = "Listen for HL7 v2 (MLLP) and the national interface (HTTP), take and send, until "
             "SIGTERM",
       .examples = {{"recoup-hospital serve --listen-mllp 10.0.0.5:2575",
                     "收取医院信息系统或集成平台发来的 HL7 消息"},
                    {"recoup-hospital serve --listen-http 10.0.0.5:8090 "
                     "--listen-http-token-file token",
                     "收取抄送到 POST /infno/2401 的国家接口报文"},
                    {"recoup-hospital serve --listen-mllp 10.0.0.5:2575 --folder /var/spool/his",
                     "同时收取文件夹"}}},
      DeclareServe, RunServe);
}

}  // namespace recoup::hospital
