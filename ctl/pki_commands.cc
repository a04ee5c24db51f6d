#include "adapters/common/table.h"
#include "ctl/offline_commands.h"
#include "ctl/pki_files.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"

namespace recoup::ctl {
namespace {

using adapters::AsUsageError;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

struct InitOptions {
  std::string dir;
  std::vector<std::string> dns_names;
  std::vector<std::string> ip_addresses;
  int days = 3650;
};

void DeclareInit(CLI::App& app, InitOptions& options) {
  app.add_option("--dir", options.dir, "文件夹 / Folder to put everything in")->required();
  app.add_option("--dns", options.dns_names, "中心的其他域名 / Further host names of the hub");
  app.add_option("--ip", options.ip_addresses, "中心的其他地址 / Further addresses of the hub");
  app.add_option("--days", options.days, "有效天数 / Days of validity")
      ->check(CLI::Range(1, 36500))
      ->capture_default_str();
}

CommandResult RunInit(const InitOptions& options, CommandContext& context) {
  const auto written = InitPki({.dir = options.dir,
                                .dns_names = options.dns_names,
                                .ip_addresses = options.ip_addresses,
                                .now = context.clock().Now(),
                                .days = options.days},
                               context.random());
  if (!written.ok()) return AsUsageError(written.status());
  if (context.json()) {
    nlohmann::ordered_json json = {{"files", nlohmann::ordered_json::array()}};
    for (const auto& path : *written) json["files"].push_back(path.string());
    context.out() << json.dump() << '\n';
    return ExitCode::kOk;
  }
  context.out() << "已生成：\n";
  for (const auto& path : *written) context.out() << "  " << path.string() << '\n';
  context.out() << "此证书机构仅供开发、测试与小型部署；ca.key 请离线保管。\n"
                   "下一步：recoupctl pki issue --dir "
                << options.dir << " --party insurer/huaan\n";
  return ExitCode::kOk;
}

struct IssueOptions {
  std::string dir;
  std::string party;
  std::string actor;
  int days = 825;
};

void DeclareIssue(CLI::App& app, IssueOptions& options) {
  app.add_option("--dir", options.dir, "pki init 的文件夹 / The folder of pki init")->required();
  app.add_option("--party", options.party, "机构，如 insurer/huaan / The party")->required();
  app.add_option("--actor", options.actor, "经办人或系统 / Person or system within the party");
  app.add_option("--days", options.days, "有效天数 / Days of validity")->capture_default_str();
}

CommandResult RunIssue(const IssueOptions& options, CommandContext& context) {
  const auto issued = IssueParty({.dir = options.dir,
                                  .party = options.party,
                                  .actor = options.actor,
                                  .now = context.clock().Now(),
                                  .days = options.days},
                                 context.random());
  if (!issued.ok()) return AsUsageError(issued.status());
  if (context.json()) {
    context.out() << nlohmann::ordered_json(
                         {{"uri", issued->uri},
                          {"certificate_file", issued->certificate_file.string()},
                          {"key_file", issued->key_file.string()},
                          {"signing_key_file", issued->signing_key_file.string()},
                          {"signing_public_file", issued->signing_public_file.string()},
                          {"signing_key_id", issued->signing_key_id},
                          {"signing_key_is_new", issued->signing_key_is_new}})
                         .dump()
                  << '\n';
    return ExitCode::kOk;
  }
  adapters::Table table({{"项目"}, {"内容"}});
  table.AddRow({"身份", issued->uri});
  table.AddRow({"证书", issued->certificate_file.string()});
  table.AddRow({"私钥", issued->key_file.string()});
  table.AddRow({issued->signing_key_is_new ? "签名密钥（新）" : "签名密钥（沿用）",
                issued->signing_key_file.string()});
  table.AddRow({"签名公钥", issued->signing_public_file.string()});
  table.AddRow({"签名密钥号", issued->signing_key_id});
  context.out() << table.Render();
  return ExitCode::kOk;
}

}  // namespace

void AddPkiCommands(adapters::Program& program) {
  CLI::App& pki = program.AddGroup(program.root(), "pki", "开发用证书与密钥（离线）",
                                   "Development certificates and keys, offline");
  program.AddCommand<InitOptions>(
      pki,
      {.name = "init",
       .zh = "建立证书机构、中心证书、密钥环与树头密钥",
       .en = "Make an authority, the hub's certificate, a keyring and the tree head key",
       .examples = {{"recoupctl pki init --dir pki", "在 pki/ 下生成；已有的文件绝不覆盖"}},
       .settings = adapters::Settings::kNone},
      DeclareInit, RunInit);
  program.AddCommand<IssueOptions>(
      pki,
      {.name = "issue",
       .zh = "为机构（及其经办人）签发证书与签名密钥",
       .en = "Issue a client certificate and a signing key to a party",
       .examples = {{"recoupctl pki issue --dir pki --party insurer/huaan", "机构本身"},
                    {"recoupctl pki issue --dir pki --party fund/pudong --actor wang-min",
                     "基金经办人；审批须由两名经办人完成"}},
       .settings = adapters::Settings::kNone},
      DeclareIssue, RunIssue);
}

}  // namespace recoup::ctl
