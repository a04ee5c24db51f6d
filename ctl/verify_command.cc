#include <optional>

#include "absl/strings/str_cat.h"
#include "adapters/common/progress.h"
#include "adapters/common/table.h"
#include "ctl/audit_verify.h"
#include "ctl/offline_commands.h"
#include "hub/base/error.h"
#include "hub/base/read_file.h"
#include "hub/base/status.h"
#include "hub/storage/sqlite/sqlite_store.h"
#include "hub/storage/vault.h"
#include "nlohmann/json.hpp"

namespace recoup::ctl {
namespace {

using adapters::AsUsageError;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

struct VerifyOptions {
  std::string data;
  std::vector<std::string> keys;
  std::string keyring;
};

void DeclareVerify(CLI::App& app, VerifyOptions& options) {
  app.add_option("--data", options.data, "数据库或备份 / Database or backup")->required();
  app.add_option("--key", options.keys,
                 "树头公钥 PEM，可多个 / Public keys that may have signed heads")
      ->required();
  app.add_option("--keyring", options.keyring,
                 "密钥环；给出则一并校验密封内容 / Keyring, to check what is sealed, too");
}

absl::StatusOr<std::vector<crypto::VerifyKey>> ReadKeys(const std::vector<std::string>& paths) {
  std::vector<crypto::VerifyKey> keys;
  for (const std::string& path : paths) {
    RECOUP_ASSIGN_OR_RETURN(const std::string pem, ReadFile(path));
    RECOUP_ASSIGN_OR_RETURN(crypto::VerifyKey key, crypto::VerifyKey::FromPem(pem));
    keys.push_back(key);
  }
  return keys;
}

void PrintJson(const VerifyReport& report, std::ostream& out) {
  nlohmann::ordered_json json = {{"partitions", report.partitions},
                                 {"events", report.events},
                                 {"tree_heads", report.tree_heads},
                                 {"transfers", report.transfers},
                                 {"records", report.records},
                                 {"sealed_checked", report.sealed_checked},
                                 {"findings", nlohmann::ordered_json::array()}};
  for (const Finding& finding : report.findings) {
    json["findings"].push_back(
        {{"partition", finding.partition}, {"subject", finding.subject}, {"text", finding.text}});
  }
  out << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

void PrintForPeople(const VerifyReport& report, std::ostream& out) {
  using adapters::Align;
  adapters::Table counts({{"已校验"}, {"数量", Align::kRight}});
  counts.AddRow({"分区", absl::StrCat(report.partitions)});
  counts.AddRow({"事件", absl::StrCat(report.events)});
  counts.AddRow({"签名树头", absl::StrCat(report.tree_heads)});
  counts.AddRow({"记账", absl::StrCat(report.transfers)});
  counts.AddRow({"密封记录", report.sealed_checked ? absl::StrCat(report.records)
                                                   : "未校验（未给 --keyring）"});
  out << counts.Render() << '\n';
  if (report.findings.empty()) {
    out << "通过：事件无缺无改，每分钱都有出处。\n";
    return;
  }
  adapters::Table findings({{"分区"}, {"对象"}, {"问题"}});
  for (const Finding& finding : report.findings) {
    findings.AddRow({finding.partition, finding.subject, finding.text});
  }
  out << findings.Render() << "\n不通过：发现 " << report.findings.size() << " 处问题。\n";
}

CommandResult RunVerify(const VerifyOptions& options, CommandContext& context) {
  const auto keys = ReadKeys(options.keys);
  if (!keys.ok()) return AsUsageError(keys.status());
  const auto view = storage::OpenSqliteReadOnly(options.data);
  if (!view.ok()) return AsUsageError(view.status());
  std::optional<crypto::Sealer> sealer;
  std::optional<storage::SealerSeal> seal;
  if (!options.keyring.empty()) {
    const auto keyring = crypto::Keyring::Load(options.keyring);
    if (!keyring.ok()) return AsUsageError(keyring.status());
    sealer.emplace(*keyring, context.random());
    seal.emplace(*sealer);
  }
  adapters::Progress progress({.what = "校验", .is_terminal = context.err_is_terminal()},
                              context.clock(), context.err());
  const auto report =
      VerifyDatabase({.view = **view,
                      .keys = *keys,
                      .seal = seal.has_value() ? &*seal : nullptr,
                      .now = context.clock().Now(),
                      .progress = [&](std::int64_t items) { progress.Add(items); }});
  progress.Finish();
  // Corrupt files are a usage error rather than a hub that is away.
  if (!report.ok()) return AsUsageError(report.status());
  if (context.json()) {
    PrintJson(*report, context.out());
  } else {
    PrintForPeople(*report, context.out());
  }
  return report->findings.empty() ? ExitCode::kOk : ExitCode::kRefused;
}

}  // namespace

void AddVerifyCommand(adapters::Program& program, CLI::App& audit) {
  program.AddCommand<VerifyOptions>(
      audit,
      {.name = "verify",
       .zh = "离线校验数据库或备份，不依赖中心（有问题时退出码为 1）",
       .en = "Check a database or backup without the hub; exit code 1 when something is wrong",
       .examples = {{"recoupctl audit verify --data backup.db --key pki/hub/tree-head.pem",
                     "重算全部默克尔根，核对每个签名树头与账务规则"},
                    {"recoupctl audit verify --data recoup.db --key tree-head.pem "
                     "--keyring pki/hub/keyring",
                     "另核对密封内容与其承诺、逐笔垫付与追偿函"}},
       .settings = adapters::Settings::kNone},
      DeclareVerify, RunVerify);
}

}  // namespace recoup::ctl
