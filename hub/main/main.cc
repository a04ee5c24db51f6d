// recoup-hub: reads its settings, starts the hub, waits for a signal, stops it.
#include <signal.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "adapters/common/cli.h"
#include "adapters/common/common_config.h"
#include "adapters/common/error_text.h"
#include "adapters/common/settings_json.h"
#include "hub/base/error.h"
#include "hub/base/log.h"
#include "hub/config/hub_config.h"
#include "hub/main/allocator.h"
#include "hub/main/hub_files.h"
#include "hub/main/hub_server.h"

namespace recoup {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

constexpr char kExitCodes[] =
    "退出码 / Exit codes:\n"
    "  0  成功；收到信号后正常停止 / done; stopped in order after a signal\n"
    "  2  命令、配置或其中的文件有误 / command line, settings or a file they name\n"
    "  3  未能启动：端口或数据库被占用，账不平 / could not start: port or database in use, books "
    "that do not hold";

CommandResult Serve(CommandContext& context) {
  // Signals are taken by sigwait below; blocked before any thread starts, so that all threads
  // inherit it.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  KeepMemory();
  SystemClock clock;
  const Log log = Log::ToStderr(adapters::LogOptionsFrom(context.config()), clock);
  auto hub = HubServer::Start(config::HubConfigFrom(context.config()), clock, log);
  if (!hub.ok()) {
    adapters::ReportError(hub.status(), context);
    return ExitCode::kHubUnavailable;
  }
  context.out() << "recoup-hub 已就绪 serving on port " << (*hub)->port() << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  log.Info("signal received, draining", {{"signal", signal}});
  (*hub)->Stop();
  return ExitCode::kOk;
}

CommandResult Check(CommandContext& context) {
  const absl::Status files = CheckFiles(config::HubConfigFrom(context.config()));
  if (!files.ok()) return adapters::AsUsageError(files);
  context.out() << (context.json() ? adapters::SettingsAsJson(context.config(), config::HubSchema())
                                   : context.config().Print(config::HubSchema()));
  if (!context.json())
    context.out() << "\n# 设置和所列文件均可用 / settings and files can be used\n";
  return ExitCode::kOk;
}

}  // namespace
}  // namespace recoup

int main(int argc, char** argv) {
  using recoup::adapters::Program;
  Program program({.name = "recoup-hub",
                   .purpose_zh = "医保基金追偿结算枢纽：受理各方的上报，记账、匹配、对账",
                   .purpose_en = "Settlement and recovery hub for public health-insurance funds",
                   .keys = recoup::config::HubSchema().rows(),
                   .default_command = "serve",
                   .exit_codes = recoup::kExitCodes});
  program.AddCommand(program.root(),
                     {.name = "serve",
                      .zh = "启动中心，SIGTERM 正常结束；不给命令时即此",
                      .en = "Start the hub, until SIGTERM; what runs when no command is given",
                      .examples = {{"recoup-hub serve --config hub.toml", "按配置文件启动"},
                                   {"RECOUP_LOG_FORMAT=json recoup-hub --config hub.toml",
                                    "日志为 JSON，其余同配置文件"}}},
                     recoup::Serve);
  program.AddCommand(
      program.root(),
      {.name = "check",
       .zh = "校验设置与所列的证书、密钥文件，列出生效的值及其来源；不启动",
       .en = "Check the settings and the files they name, show what is in force and why; starts "
             "nothing",
       .examples = {{"recoup-hub check --config hub.toml", "重新启动之前"},
                    {"recoup-hub check --config hub.toml --format json", "供程序读取"}}},
      recoup::Check);
  return recoup::adapters::RunMain(program, argc, argv);
}
