#include <filesystem>

#include "ctl/offline_commands.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/storage/sqlite/sqlite_store.h"
#include "nlohmann/json.hpp"

namespace recoup::ctl {
namespace {

using adapters::AsUsageError;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

struct CopyOptions {
  std::string from;
  std::string to;
};

void DeclareBackup(CLI::App& app, CopyOptions& options) {
  app.add_option("--data", options.from, "数据库 / Database, also of a running hub")->required();
  app.add_option("--out", options.to, "备份文件，不得已存在 / New file for the backup")->required();
}

void DeclareRestore(CLI::App& app, CopyOptions& options) {
  app.add_option("--from", options.from, "备份文件 / Backup")->required();
  app.add_option("--to", options.to, "数据库，不得已存在 / New database file")->required();
}

// Reads what a hub would read first, so that a file of something else is not taken for a database.
absl::Status CheckReadable(const std::string& path) {
  RECOUP_ASSIGN_OR_RETURN(const auto view, storage::OpenSqliteReadOnly(path));
  RECOUP_ASSIGN_OR_RETURN(const auto partitions, view->Partitions());
  for (const std::string& partition : partitions) {
    RECOUP_RETURN_IF_ERROR(view->LatestTreeHead(partition).status());
  }
  return absl::OkStatus();
}

absl::Status CopyChecked(const CopyOptions& options) {
  RECOUP_RETURN_IF_ERROR(CheckReadable(options.from));
  RECOUP_RETURN_IF_ERROR(storage::BackupSqlite(options.from, options.to));
  std::error_code error;
  std::filesystem::permissions(
      options.to, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
      std::filesystem::perm_options::replace, error);
  if (error) return MakeError(Reason::kInvalidArgument, "the mode of the copy cannot be set");
  return CheckReadable(options.to);
}

CommandResult RunCopy(const CopyOptions& options, CommandContext& context) {
  const absl::Status copied = CopyChecked(options);
  if (!copied.ok()) return AsUsageError(copied);
  std::error_code error;
  const auto size = std::filesystem::file_size(options.to, error);
  if (context.json()) {
    context.out() << nlohmann::ordered_json({{"file", options.to}, {"bytes", size}}).dump() << '\n';
  } else {
    context.out() << "已写入并检查：" << options.to << "（" << size << " 字节）\n";
  }
  return ExitCode::kOk;
}

}  // namespace

void AddBackupCommands(adapters::Program& program) {
  program.AddCommand<CopyOptions>(
      program.root(),
      {.name = "backup",
       .zh = "备份数据库（离线，中心可同时运行）",
       .en = "Back up a database; the hub may go on running",
       .examples = {{"recoupctl backup --data recoup.db --out recoup-2026-03-05.db",
                     "生成一致的副本并检查；密钥环须另行备份"}},
       .settings = adapters::Settings::kNone},
      DeclareBackup, RunCopy);
  program.AddCommand<CopyOptions>(
      program.root(),
      {.name = "restore",
       .zh = "由备份恢复数据库（离线，不覆盖已有文件）",
       .en = "Restore a database from a backup; never overwrites",
       .examples = {{"recoupctl restore --from recoup-2026-03-05.db --to recoup.db",
                     "恢复后请运行 audit verify"}},
       .settings = adapters::Settings::kNone},
      DeclareRestore, RunCopy);
}

}  // namespace recoup::ctl
