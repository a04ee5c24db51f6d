// The five laws of the ledger, checked from the journal up: nothing that is checked is taken on
// trust.
//
// Feed every transfer in order, then every advance and demand, then ask. Pure; memory grows with
// the number of advances and demands. Used by tests after every command, by the running hub's
// self-check and by the offline verifier.
#ifndef RECOUP_HUB_LEDGER_LAWS_H_
#define RECOUP_HUB_LEDGER_LAWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/ledger/journal.h"

namespace recoup::ledger {

struct Violation {
  int law = 0;  // 1 to 5.
  std::string subject;
  std::string description;
};

class LawCheck {
 public:
  // `stored` are the balances the store holds for the pool.
  explicit LawCheck(Balances stored) : stored_(stored) {}

  void Add(const Transfer& transfer);
  void Add(const domain::Advance& advance);
  void Add(const domain::Demand& demand);
  // Everything found; empty when the laws hold. Call once, at the end.
  std::vector<Violation> Finish();

  const Balances& balances() const { return computed_; }

 private:
  struct DemandSums {
    domain::Money applied_cash;
    domain::Money recovered;
    domain::Money passed_on_cash;
    domain::Money passed_on;
  };

  void Broken(int law, std::string subject, std::string description);

  Balances stored_;
  Balances computed_;
  std::int64_t last_sequence_ = 0;
  std::string last_event_partition_;
  std::int64_t last_event_ = 0;
  absl::flat_hash_map<domain::AdvanceId, std::array<domain::Money, domain::kStageCount>> advances_;
  absl::flat_hash_map<domain::DemandId, DemandSums> demands_;
  std::vector<Violation> violations_;
};

}  // namespace recoup::ledger

#endif  // RECOUP_HUB_LEDGER_LAWS_H_
