#include "hub/app/deadlines.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "hub/app/limitation_clocks.h"
#include "hub/app/mediation.h"
#include "hub/app/names.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"
#include "hub/domain/records/approval.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/mediation.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {
namespace {

using domain::Demand;

class Collector {
 public:
  explicit Collector(absl::CivilDay until) : until_(until) {}
  void Add(DeadlineKind kind, std::string subject, absl::CivilDay due_on, domain::Money amount,
           std::string debtor) {
    if (due_on <= until_) {
      all_.push_back({kind, std::move(subject), due_on, amount, std::move(debtor), std::nullopt});
    }
  }
  // One that stands still stays on the list whatever day is asked for: nobody knows its end.
  void AddLimitation(std::string recovery, const LimitationClock& clock) {
    if (clock.expires_on && *clock.expires_on > until_) return;
    all_.push_back({DeadlineKind::kLimitation, std::move(recovery), clock.expires_on, clock.open,
                    clock.debtor_name, clock.state});
  }
  std::vector<Deadline> Sorted() && {
    const auto key = [](const Deadline& deadline) {
      return std::tuple(deadline.due_on.value_or(absl::CivilDay::max()),
                        std::string_view(deadline.subject));
    };
    std::sort(all_.begin(), all_.end(),
              [&](const Deadline& a, const Deadline& b) { return key(a) < key(b); });
    return std::move(all_);
  }

 private:
  absl::CivilDay until_;
  std::vector<Deadline> all_;
};

// A demand with instalments is due instalment by instalment.
void AddDemand(const Demand& demand, Collector& out) {
  const std::string name = NameOf(demand.pool, demand.id);
  bool any = false;
  for (const domain::Instalment& instalment : demand.instalments) {
    any = true;
    if (instalment.paid < instalment.amount) {
      out.Add(DeadlineKind::kInstalment, name, instalment.due_on,
              instalment.amount - instalment.paid, demand.debtor_name);
    }
  }
  if (!any && demand.due_on && demand.open().is_positive()) {
    out.Add(DeadlineKind::kDemand, name, *demand.due_on, demand.open(), demand.debtor_name);
  }
}

// An offer that has lapsed by its date is over, not overdue.
void AddOffer(const Demand& demand, absl::CivilDay today, Collector& out) {
  if (demand.offers.empty()) return;
  const domain::SettlementOffer& offer = demand.offers.back();
  const domain::OfferState state =
      offer.StateOn(today, demand.open(), demand.Sum(domain::Stage::kAgreed));
  if (state != domain::OfferState::kOpen && state != domain::OfferState::kPendingApproval) return;
  out.Add(DeadlineKind::kOffer, NameOf(demand.pool, demand.id), offer.valid_until, offer.amount,
          demand.debtor_name);
}

// Of debtors of whom something is open, and that amount.
absl::Status AddLimitations(RecordReader& reader, const domain::Recovery& recovery,
                            const OpenDemands& open, absl::CivilDay today,
                            const domain::PolicyData& policy_data, Collector& out) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Demand> drafts, DraftsOf(reader, recovery, open));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<LimitationClock> clocks,
                          ClocksOfRecovery(recovery, open, drafts, today, policy_data));
  for (const LimitationClock& clock : clocks) {
    out.AddLimitation(NameOf(recovery.pool, recovery.id), clock);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Deadline>> DeadlinesOf(RecordReader& reader, const domain::PoolId& pool,
                                                  absl::CivilDay today, absl::CivilDay until,
                                                  const domain::PolicyData& policy_data) {
  Collector out(until);
  const std::string key = domain::Key({pool.value});
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Demand> demands,
                          reader.FindAllBy<Demand>(domain::LookupKind::kDemandOpen, key));
  OpenDemands open;
  for (const Demand& demand : demands) {
    AddDemand(demand, out);
    AddOffer(demand, today, out);
    AddOpenDemand(demand, open);
  }

  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<domain::Recovery> recoveries,
      reader.FindAllBy<domain::Recovery>(domain::LookupKind::kRecoveryOpen, key));
  for (const domain::Recovery& recovery : recoveries) {
    RECOUP_RETURN_IF_ERROR(AddLimitations(reader, recovery, open, today, policy_data, out));
  }
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<domain::Approval> approvals,
      reader.FindAllBy<domain::Approval>(domain::LookupKind::kApprovalPending, key));
  for (const domain::Approval& approval : approvals) {
    // An approval is due the day it is asked for: it holds up somebody else.
    out.Add(DeadlineKind::kApproval, NameOf(pool, approval.id), ChinaDate(approval.requested_time),
            approval.amount, "");
  }
  Id after;
  for (;;) {
    constexpr std::size_t kPage = 256;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Mediation> mediations,
                            reader.Scan<domain::Mediation>(pool.value, after, kPage));
    for (const domain::Mediation& mediation : mediations) {
      after = mediation.id.value;
      const bool waits = mediation.state == domain::MediationState::kEffective &&
                         !mediation.ruling.has_value() && mediation.confirmation_due_on;
      if (!waits) continue;
      RECOUP_ASSIGN_OR_RETURN(const bool superseded, IsSuperseded(reader, mediation));
      if (!superseded) {
        out.Add(DeadlineKind::kJudicialConfirmation, NameOf(pool, mediation.id),
                *mediation.confirmation_due_on, mediation.agreed(), "");
      }
    }
    if (mediations.size() < kPage) break;
  }
  return std::move(out).Sorted();
}

}  // namespace recoup::app
