// The five laws, watched commit by commit: looks only at what a commit has written, so it is cheap
// enough to follow every command of a long simulation. Independent of the hub's own postings: it
// adds up the transfers itself and compares them with balances and records.
#ifndef RECOUP_TESTS_SIMULATION_LAW_WATCH_H_
#define RECOUP_TESTS_SIMULATION_LAW_WATCH_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/app/ports.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/ledger/journal.h"

namespace recoup::testing {

// Records must be stored unsealed. Not thread-safe: commits come one after another.
class LawWatch {
 public:
  void OnCommit(const app::WriteSet& writes);

  // What was found since the last call.
  std::vector<std::string> TakeBroken();
  std::int64_t transfers() const { return transfers_; }

 private:
  struct Pool {
    std::map<ledger::Account, std::int64_t> debits_less_credits;
    std::int64_t last_transfer = 0;
  };
  using Stages = std::array<std::int64_t, domain::kStageCount>;
  struct OfDemand {
    Stages stages{};  // Moved with this demand.
    std::int64_t cash_applied = 0;
    std::int64_t cash_passed_on = 0;
  };

  void Add(const std::string& pool, const ledger::Transfer& transfer);
  void Check(const std::string& pool, const ledger::Balances& stored);
  void Check(const domain::Advance& advance);
  void Check(const domain::Demand& demand);
  void Broken(int law, std::string what);

  std::map<std::string, Pool> pools_;
  std::map<std::string, std::int64_t> last_event_;
  absl::flat_hash_map<domain::AdvanceId, Stages> advances_;
  absl::flat_hash_map<domain::DemandId, OfDemand> demands_;
  std::vector<std::string> broken_;
  std::int64_t transfers_ = 0;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_SIMULATION_LAW_WATCH_H_
