#include "hub/app/insurer_clocks.h"

#include <optional>
#include <string_view>

#include "absl/time/time.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::DemandState;
using domain::Money;
using domain::Stage;

class ClockBuilder {
 public:
  ClockBuilder(const Demand& demand, const domain::PolicyData& policy_data)
      : demand_(demand), policy_data_(policy_data) {}

  void Add(InsurerClockKind kind, absl::CivilDay started_on, absl::CivilDay due_on, Money amount,
           std::string source = {}) {
    if (!amount.is_positive()) return;
    clocks_.push_back(
        {kind, demand_.pool, demand_.id, started_on, due_on, amount, std::move(source)});
  }

  // A clock of so many days as the rule in force on the day it starts says.
  absl::Status AddByLaw(InsurerClockKind kind, std::string_view key, absl::CivilDay started_on,
                        Money amount) {
    if (!amount.is_positive()) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(const std::int64_t days,
                            policy_data_.Integer(key, demand_.pool.value, started_on));
    RECOUP_ASSIGN_OR_RETURN(const domain::PolicyRule* const rule,
                            policy_data_.Find(key, demand_.pool.value, started_on));
    Add(kind, started_on, started_on + days, amount, rule->source);
    return absl::OkStatus();
  }

  std::vector<InsurerClock> Take() { return std::move(clocks_); }

 private:
  const Demand& demand_;
  const domain::PolicyData& policy_data_;
  std::vector<InsurerClock> clocks_;
};

// Accepting moves what was asked. What a payment that was taken back or returned leaves open again
// was accepted when it was.
bool IsAcceptance(const ledger::Posting& posting) {
  return posting.debit == ledger::Account::kAgreed &&
         (posting.credit == ledger::Account::kClaimed ||
          posting.credit == ledger::Account::kDisputed ||
          posting.credit == ledger::Account::kMediating);
}

// The day on which money of the demand last became accepted, from its transfers.
absl::StatusOr<std::optional<absl::CivilDay>> AcceptedOn(ReadView& view, const Demand& demand) {
  for (auto sequence = demand.transfers.rbegin(); sequence != demand.transfers.rend(); ++sequence) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<ledger::Transfer> transfer,
                            view.FindTransfer(demand.pool.value, *sequence));
    if (transfer && IsAcceptance(transfer->posting)) {
      return ChinaDate(absl::FromUnixMicros(transfer->recorded_us));
    }
  }
  return std::nullopt;
}

void AddInstalments(const Demand& demand, absl::CivilDay agreed_on, ClockBuilder& clocks) {
  for (const domain::Instalment& instalment : demand.instalments) {
    clocks.Add(InsurerClockKind::kInstalment, agreed_on, instalment.due_on,
               instalment.amount - instalment.paid);
  }
}

}  // namespace

std::string_view PayDaysRule(const Demand& demand) {
  if (demand.debtor_kind != domain::DebtorKind::kInsurer) return "demand.due_days";
  return demand.policy_kind == domain::PolicyKind::kCtp ? "insurer.ctp_pay_days"
                                                        : "insurer.pay_days";
}

absl::StatusOr<std::vector<InsurerClock>> ClocksOf(ReadView& view, const Demand& demand,
                                                   const domain::PolicyData& policy_data) {
  ClockBuilder clocks(demand, policy_data);
  if (!demand.is_issued() || !demand.issued_on) return clocks.Take();
  const absl::CivilDay received_on =
      demand.acknowledged_time ? ChinaDate(*demand.acknowledged_time) : *demand.issued_on;
  const bool ctp = demand.policy_kind == domain::PolicyKind::kCtp;
  RECOUP_RETURN_IF_ERROR(clocks.AddByLaw(InsurerClockKind::kDecide,
                                         ctp ? "insurer.ctp_decide_days" : "insurer.decide_days",
                                         received_on, demand.Sum(Stage::kClaimed)));
  RECOUP_ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> accepted_on,
                          AcceptedOn(view, demand));
  if (demand.instalments.empty() && accepted_on) {
    RECOUP_RETURN_IF_ERROR(clocks.AddByLaw(InsurerClockKind::kPay, PayDaysRule(demand),
                                           *accepted_on, demand.Sum(Stage::kAgreed)));
  }
  // What is accepted has its own clock; what is disputed or in mediation cannot be determined.
  RECOUP_RETURN_IF_ERROR(clocks.AddByLaw(InsurerClockKind::kUndisputedPart,
                                         "insurer.undisputed_part_days", received_on,
                                         demand.Sum(Stage::kClaimed)));
  AddInstalments(demand, accepted_on.value_or(received_on), clocks);
  if (demand.instalments.empty() && demand.due_on) {
    clocks.Add(InsurerClockKind::kDue, *demand.issued_on, *demand.due_on, demand.open());
  }
  return clocks.Take();
}

}  // namespace recoup::app
