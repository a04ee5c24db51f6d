// recoup-insurer bank read, bank profile make: bank files on this machine, without the hub.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/named_file.h"
#include "adapters/insurer/bank/built_in_profiles.h"
#include "adapters/insurer/bank/profile_maker.h"
#include "adapters/insurer/bank/profile_toml.h"
#include "adapters/insurer/bank/read_bank_file.h"
#include "adapters/insurer/program/bank_report.h"
#include "adapters/insurer/program/commands.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using adapters::Settings;
using Json = nlohmann::ordered_json;

void Print(const Json& json, CommandContext& context) {
  // Texts of old banks may hold bytes that are no character.
  context.out() << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

struct ReadFileOptions {
  std::vector<std::string> files;
  std::string profiles;
  std::string account;
  std::string currency = "CNY";
};

void DeclareRead(CLI::App& app, ReadFileOptions& options) {
  app.add_option("FILE", options.files,
                 "camt.052/053/054、MT940/MT942 或 CSV，由内容判断 / Which one is seen from the "
                 "content")
      ->required();
  app.add_option("--profiles", options.profiles,
                 "另加此文件夹中的 CSV 格式 / Folder of further CSV profiles");
  app.add_option("--account", options.account,
                 "预期账号；文件为他户则拒绝 / Expected account; others are refused");
  app.add_option("--currency", options.currency,
                 "CSV 未载币种时的币种 / Currency of a CSV file that names none")
      ->capture_default_str();
}

CommandResult RunRead(const ReadFileOptions& options, CommandContext& context) {
  const auto profiles = bank::ProfilesWith(options.profiles);
  if (!profiles.ok()) return adapters::AsUsageError(profiles.status());
  bank::ReadOptions read_options;
  read_options.account = options.account;
  read_options.currency = options.currency;
  Json all = {{"files", Json::array()}};
  std::size_t refused = 0;
  for (const std::string& file : options.files) {
    const absl::StatusOr<std::string> bytes = adapters::ReadNamedFile(file);
    if (!bytes.ok()) return adapters::AsUsageError(bytes.status());
    read_options.file_name = file;
    const auto statements = bank::ReadBankFile(*bytes, *profiles, read_options);
    Json row = {{"file", file}};
    if (!context.json()) context.out() << "== " << file << '\n';
    if (!statements.ok()) {
      ++refused;
      row["error"] = RefusalAsJson(statements.status());
      if (!context.json()) context.out() << RefusalForPeople(statements.status()) << '\n';
    } else {
      row["statements"] = Json::array();
      for (const bank::BankStatement& statement : *statements) {
        row["statements"].push_back(StatementAsJson(statement));
        if (!context.json()) context.out() << StatementForPeople(statement) << '\n';
      }
    }
    all["files"].push_back(std::move(row));
  }
  if (context.json()) Print(all, context);
  if (refused == 0) return ExitCode::kOk;
  return refused == options.files.size() ? ExitCode::kUsage : ExitCode::kPartlyRefused;
}

struct MakeOptions {
  std::string file;
  std::string name;
  std::string account;
};

void DeclareMake(CLI::App& app, MakeOptions& options) {
  app.add_option("FILE", options.file, "银行导出的 CSV 样本 / A CSV file of the bank")->required();
  app.add_option("--name", options.name, "格式名称 / Name of the profile")->required();
  app.add_option("--account", options.account,
                 "样本未载账号时用于试读 / Account for the trial, if the sample names none");
}

// The profile goes to stdout, to be kept; what must be said about it to stderr.
CommandResult RunMake(const MakeOptions& options, CommandContext& context) {
  const absl::StatusOr<std::string> bytes = adapters::ReadNamedFile(options.file);
  if (!bytes.ok()) return adapters::AsUsageError(bytes.status());
  const auto made = bank::MakeCsvProfile(*bytes, options.name);
  if (!made.ok()) return adapters::AsUsageError(made.status());
  const std::string toml = bank::ProfileAsToml(made->profile);
  bank::ReadOptions read_options;
  // The sample shows that the profile reads it, whosever account it is.
  read_options.account = options.account.empty() && made->profile.preamble.account.empty() &&
                                 made->profile.columns.own_account.empty()
                             ? "-"
                             : options.account;
  const auto trial = bank::ReadBankFile(*bytes, std::vector{made->profile}, read_options);
  if (context.json()) {
    Json json = {{"profile", toml}, {"notes", made->notes}};
    if (trial.ok()) {
      json["trial"] = StatementAsJson(trial->front());
    } else {
      json["error"] = RefusalAsJson(trial.status());
    }
    Print(json, context);
  } else {
    context.out() << toml;
    for (const std::string& note : made->notes) context.err() << "注意：" << note << '\n';
    if (trial.ok()) {
      const bank::BankStatement& statement = trial->front();
      context.err() << "试读成功：" << statement.entries.size() << " 笔流水"
                    << (bank::IsProven(statement) ? "，逐行余额相符\n" : "\n");
    } else {
      context.err() << "试读失败，请修改后再用：\n" << RefusalForPeople(trial.status());
    }
  }
  return trial.ok() ? ExitCode::kOk : ExitCode::kUsage;
}

}  // namespace

void AddBankCommands(adapters::Program& program) {
  CLI::App& group = program.AddGroup(program.root(), "bank", "银行文件", "Bank files");
  program.AddCommand<ReadFileOptions>(
      group,
      {.name = "read",
       .zh = "读取银行文件并显示全部内容；有错即整份拒绝",
       .en = "Read bank files and show all they say; a wrong one is refused whole",
       .examples = {{.command = "recoup-insurer bank read camt053.xml mt940.sta 流水.csv",
                     .says = "格式由内容判断"},
                    {.command = "recoup-insurer bank read 流水.csv --profiles ./profiles "
                                "--account 6222000011112222 --format json",
                     .says = "用自己的 CSV 格式，输出 JSON"}},
       .settings = Settings::kNone},
      DeclareRead, RunRead);
  CLI::App& profile = program.AddGroup(group, "profile", "CSV 格式", "CSV profiles");
  program.AddCommand<MakeOptions>(
      profile,
      {.name = "make",
       .zh = "由样本文件生成 CSV 格式并试读",
       .en = "Make a CSV profile from a sample file, and try it on the file",
       .examples = {{.command = "recoup-insurer bank profile make 样本.csv --name my-bank > "
                                "profiles/my-bank.toml",
                     .says = "检查后即可使用"}},
       .settings = Settings::kNone},
      DeclareMake, RunMake);
}

}  // namespace recoup::insurer
