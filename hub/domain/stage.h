// Stages: where the money of one advance is, from the day it was paid to the day it was repaid.
//
// advanced → claimed → (disputed | mediating) → agreed → recovered → passed on; from any stage but
// the last two → relinquished. StageAmounts spreads an amount over the stages; moves keep the sum
// and never go below zero, which is law 1 of the ledger for one advance or one line of a demand.
#ifndef RECOUP_HUB_DOMAIN_STAGE_H_
#define RECOUP_HUB_DOMAIN_STAGE_H_

#include <array>
#include <cstddef>

#include "absl/status/status.h"
#include "hub/domain/enum.h"
#include "hub/domain/money.h"

namespace recoup::domain {

#define RECOUP_STAGES(X)                  \
  X(kAdvanced, 1, "ADVANCED", "已垫付")   \
  X(kClaimed, 2, "CLAIMED", "已追偿")     \
  X(kDisputed, 3, "DISPUTED", "有异议")   \
  X(kMediating, 4, "MEDIATING", "调解中") \
  X(kAgreed, 5, "AGREED", "已认可")       \
  X(kRecovered, 6, "RECOVERED", "已收回") \
  X(kPassedOn, 7, "PASSED_ON", "已上解")  \
  X(kRelinquished, 8, "RELINQUISHED", "已放弃")
RECOUP_ENUM(Stage, RECOUP_STAGES)
inline constexpr std::size_t kStageCount = EnumRows<Stage>::kRows.size();
class StageAmounts {
 public:
  Money at(Stage stage) const { return amounts_[Index(stage)]; }
  Money total() const;
  // What the debtor still owes: claimed, disputed, mediating and agreed.
  Money open() const;
  // Adds to a stage from outside (booking); the result must stay non-negative.
  absl::Status Add(Stage stage, Money amount);
  // Moves a positive amount; AMOUNT_EXCEEDS_OPEN when `from` holds less.
  absl::Status Move(Stage from, Stage to, Money amount);
  bool operator==(const StageAmounts&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "advanced", self.amounts_[0]);
    visit(2, "claimed", self.amounts_[1]);
    visit(3, "disputed", self.amounts_[2]);
    visit(4, "mediating", self.amounts_[3]);
    visit(5, "agreed", self.amounts_[4]);
    visit(6, "recovered", self.amounts_[5]);
    visit(7, "passed_on", self.amounts_[6]);
    visit(8, "relinquished", self.amounts_[7]);
  }

 private:
  static std::size_t Index(Stage stage) { return static_cast<std::size_t>(stage) - 1; }
  std::array<Money, kStageCount> amounts_{};
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_STAGE_H_
