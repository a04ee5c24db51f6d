// recoup-insurer demands watch: every change of the insurer's demands, once.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <system_error>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "adapters/common/backoff.h"
#include "adapters/common/format.h"
#include "adapters/common/proto_json.h"
#include "adapters/insurer/mapping/demand_changes.h"
#include "adapters/insurer/mapping/names.h"
#include "adapters/insurer/program/commands.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/base/write_file.h"

namespace recoup::insurer {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
namespace fs = std::filesystem;

struct WatchOptions {
  std::string pool;
  std::int64_t count = 0;
  bool from_start = false;
};

void DeclareWatch(CLI::App& app, WatchOptions& options) {
  app.add_option("--pool", options.pool, "只看此基金 / Only of this pool");
  app.add_option("--count", options.count, "收到这么多条后结束 / End after so many changes")
      ->check(CLI::Range(std::int64_t{1}, std::numeric_limits<std::int64_t>::max()));
  app.add_flag("--from-start", options.from_start,
               "从头开始，不从上次的位置继续 / From the beginning, not from where it stopped");
}

// The sequence that was handed out last, in a file of one line.
class Bookmark {
 public:
  explicit Bookmark(fs::path file) : file_(std::move(file)) {}

  absl::StatusOr<std::int64_t> Read() const {
    std::error_code error;
    if (!fs::exists(file_, error)) return 0;
    std::ifstream in(file_);
    std::string line;
    std::getline(in, line);
    std::int64_t sequence = 0;
    if (!absl::SimpleAtoi(line, &sequence) || sequence < 0) {
      return adapters::AsUsageError(MakeError(
          Reason::kInvalidArgument, absl::StrCat(file_.string(), ": holds no sequence number")));
    }
    return sequence;
  }

  // Whole or not at all.
  absl::Status Write(std::int64_t sequence) const {
    fs::path part = file_;
    part += ".part";
    errno = 0;
    std::ofstream out(part, std::ios::trunc);
    out << sequence << '\n';
    out.close();
    if (!out) return adapters::AsUsageError(CannotWrite(file_.string(), LastError()));
    std::error_code error;
    fs::rename(part, file_, error);
    return error ? adapters::AsUsageError(CannotWrite(file_.string(), error)) : absl::OkStatus();
  }

 private:
  const fs::path file_;
};

// Each pool has its own place, since a watch of one says nothing of the others.
fs::path BookmarkFile(const std::string& pool, CommandContext& context) {
  constexpr char kSetting[] = "insurer.watch_file";
  fs::path file = context.config().Has(kSetting)
                      ? context.config().Path(kSetting)
                      : fs::path(context.config().Path("spool.file").string() + ".watch");
  if (!pool.empty()) file += absl::StrCat(".", absl::StripPrefix(pool, "pools/"));
  return file;
}

void Print(const v1::WatchDemandsResponse& change, CommandContext& context) {
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(change);
  } else {
    const v1::Demand& demand = change.demand();
    context.out() << change.sequence() << "  " << mapping::ChangeInChinese(change.kind()) << "  "
                  << demand.name() << "  " << mapping::InChinese(demand.state()) << "  未付 "
                  << adapters::FormatYuan(demand.open_fen()) << " 元\n";
  }
  context.out().flush();
}

CommandResult RunWatch(const WatchOptions& options, CommandContext& context) {
  if (options.pool.find('/', 6) != std::string::npos) {
    return adapters::AsUsageError(
        MakeError(Reason::kInvalidArgument, "--pool must be pools/<pool>"));
  }
  const Bookmark bookmark(BookmarkFile(options.pool, context));
  std::int64_t sequence = 0;
  if (!options.from_start) {
    RECOUP_ASSIGN_OR_RETURN(sequence, bookmark.Read());
  }
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  std::int64_t received = 0;
  while (true) {
    const std::int64_t received_before = received;
    // Printed first, remembered then: after a crash a change may be shown twice, never lost.
    const absl::Status ended =
        hub.Watch(options.pool, sequence, [&](const auto& change) -> absl::StatusOr<bool> {
          Print(change, context);
          RECOUP_RETURN_IF_ERROR(bookmark.Write(change.sequence()));
          return ++received != options.count;
        });
    if (ended.ok()) return ExitCode::kOk;
    // A hub that restarts ends streams; one that stays away ends the command.
    if (!adapters::IsTransient(ended) || received == received_before) return ended;
  }
}

}  // namespace

void AddWatchCommand(adapters::Program& program, CLI::App& demands) {
  program.AddCommand<WatchOptions>(
      demands,
      {.name = "watch",
       .zh = "持续接收追偿函的变化，从上次的位置继续",
       .en = "Follow changes of demands, from where it stopped",
       .examples = {{.command = "recoup-insurer demands watch --format json",
                     .says = "每个变化一行 JSON，供理赔系统读取"}}},
      DeclareWatch, RunWatch);
}

}  // namespace recoup::insurer
