// A command on its way through the engine, and what came of it.
#ifndef RECOUP_HUB_ENGINE_COMMAND_H_
#define RECOUP_HUB_ENGINE_COMMAND_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/app/unit_of_work.h"
#include "hub/base/ids.h"

namespace recoup::engine {

struct Command {
  app::Caller caller;
  std::string method;     // "ReportSettlement"
  Id request_id;          // UUID version 7.
  std::string partition;  // Whose event log it goes to: a pool, or the caller's own partition.
  std::string content;  // The request, serialised deterministically; stored and compared on replay.
  bool validate_only = false;
  absl::Time deadline = absl::InfiniteFuture();
  // Decides. May run more than once, so it captures nothing that it changes. Returns the answer as
  // bytes.
  std::function<absl::StatusOr<std::string>(app::UnitOfWork&)> run;
};

struct Outcome {
  absl::Status status;
  std::string answer;
  bool replayed = false;  // This is the first answer again.
};

enum class GroupMode {
  kContinue,  // Each command stands alone.
  kAtomic,    // All or none.
};

// Commands of one call, answered together. `done` runs once, after the commit, on a thread of the
// engine's.
struct CommandGroup {
  std::vector<Command> commands;
  GroupMode mode = GroupMode::kContinue;
  std::function<void(std::vector<Outcome>)> done;
};

}  // namespace recoup::engine

#endif  // RECOUP_HUB_ENGINE_COMMAND_H_
