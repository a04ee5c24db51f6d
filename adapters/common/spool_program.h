// What every program with a spool shares: opening the spool, sending what waits, and the commands
// status, retry, drop and deliver.
//
//   RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<Spool> spool, OpenSpool(context));
//   RECOUP_ASSIGN_OR_RETURN(const Submitted submitted, Submit(*spool, item, OpenSender, context));
//
// Not thread-safe, like the command frame.
#ifndef RECOUP_ADAPTERS_COMMON_SPOOL_PROGRAM_H_
#define RECOUP_ADAPTERS_COMMON_SPOOL_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/common/cli.h"
#include "adapters/common/delivery.h"
#include "adapters/common/spool.h"

namespace recoup::adapters {

// Makes the function that sends items; what it holds must not outlive the context.
using OpenSender = absl::StatusOr<Send> (*)(CommandContext& context);

// From the settings of SpoolKeys. A file that cannot be used is a usage error.
absl::StatusOr<std::unique_ptr<Spool>> OpenSpool(CommandContext& context);

// Sends everything that may be sent now. The calls themselves are retried as the settings say, so a
// hub that is away ends this at once.
absl::StatusOr<DeliveryPass> DeliverNow(Spool& spool, const Send& send, CommandContext& context);

struct Submitted {
  bool already_there = false;
  SpoolEntry entry;  // What has become of it.
};

// Keeps the item, then sends what waits. Settings that do not let us reach the hub are an error,
// and the item is in the spool all the same.
absl::StatusOr<Submitted> Submit(Spool& spool, const SpoolItem& item, OpenSender open_sender,
                                 CommandContext& context);

ExitCode ExitCodeOf(const SpoolEntry& entry);
// Of a waiting one: why, and what to do.
std::string WhyItWaitsInChinese(const SpoolEntry& waiting);
// "已送达", "待发送", "被拒绝".
std::string_view SpoolStateInChinese(SpoolState state);

struct RetryCommandOptions {
  std::vector<std::int64_t> sequences;
  bool all = false;
};
struct DropCommandOptions {
  std::int64_t sequence = 0;
  std::string reason;
};

void DeclareRetry(CLI::App& app, RetryCommandOptions& options);
void DeclareDrop(CLI::App& app, DropCommandOptions& options);
CommandResult RunSpoolStatus(CommandContext& context);
CommandResult RunRetry(const RetryCommandOptions& options, CommandContext& context,
                       OpenSender open_sender);
CommandResult RunDrop(const DropCommandOptions& options, CommandContext& context);
CommandResult RunDeliver(CommandContext& context, OpenSender open_sender);

// Adds status, retry, drop and deliver to the program.
template <OpenSender open_sender>
void AddSpoolCommands(Program& program) {
  program.AddCommand(program.root(),
                     {.name = "status",
                      .zh = "查看待发队列：待发送、已送达、被拒绝及原因",
                      .en = "Show the spool: what waits, was delivered, was refused and why"},
                     RunSpoolStatus);
  program.AddCommand(
      program.root(),
      {.name = "deliver",
       .zh = "立即发送待发队列中待发送的内容",
       .en = "Send what waits in the spool"},
      +[](CommandContext& context) { return RunDeliver(context, open_sender); });
  program.AddCommand<RetryCommandOptions>(
      program.root(),
      {.name = "retry",
       .zh = "重发被拒绝的内容（序号见 status）",
       .en = "Send refused items again, under a new request id"},
      DeclareRetry, +[](const RetryCommandOptions& options, CommandContext& context) {
        return RunRetry(options, context, open_sender);
      });
  program.AddCommand<DropCommandOptions>(program.root(),
                                         {.name = "drop",
                                          .zh = "放弃一条被拒绝的内容，须说明原因",
                                          .en = "Give up a refused item, with a reason"},
                                         DeclareDrop, RunDrop);
}

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_SPOOL_PROGRAM_H_
