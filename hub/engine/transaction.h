// One transaction of the engine: runs commands in order, remembers requests, writes events.
#ifndef RECOUP_HUB_ENGINE_TRANSACTION_H_
#define RECOUP_HUB_ENGINE_TRANSACTION_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/audit/merkle.h"
#include "hub/engine/engine.h"

namespace recoup::engine {

class Engine::Transaction {
 public:
  Transaction(const Parts& parts, const EngineOptions& options, IdSource& ids, absl::Time now);

  std::vector<Outcome> Run(const CommandGroup& group);
  // All rows of everything that ran.
  absl::Status FinishInto(app::WriteSet& writes);

  bool parties_changed() const { return batch_->parties_changed(); }
  const std::set<std::string>& notified() const { return notified_; }

 private:
  struct Remembered {
    std::string digest;
    Outcome outcome;
  };

  std::vector<Outcome> RunAtomic(const CommandGroup& group);
  Outcome RunOne(const Command& command);
  // The remembered outcome of this request id; nullopt when it is new.
  absl::StatusOr<std::optional<Outcome>> Replay(const Command& command, const std::string& digest);
  Outcome Decide(const Command& command);
  absl::Status Record(const Command& command, const std::string& digest, const Outcome& outcome);
  absl::StatusOr<audit::Frontier*> FrontierOf(const std::string& partition);

  const Parts& parts_;
  const EngineOptions& options_;
  IdSource& ids_;
  const absl::Time now_;
  std::unique_ptr<app::Batch> batch_;
  app::WriteSet writes_;
  std::map<std::string, audit::Frontier> frontiers_;
  absl::flat_hash_map<std::pair<Id, std::string>, Remembered> remembered_;
  std::set<std::string> notified_;
};

}  // namespace recoup::engine

#endif  // RECOUP_HUB_ENGINE_TRANSACTION_H_
