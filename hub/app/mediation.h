// Mediation (调解) of demands: opened, offered, agreed or failed.
//
// While it lasts, the open money of its demands is in stage mediating. An agreement says for each
// demand what is paid, what is given up and when; together they are exactly what is open. Both
// sides must have consented (mediation_consent.h), and what is given up waits for the officers of
// the fund that have not: until then nothing moves. When it becomes effective, the agreed part
// waits for payment by instalments, the rest is relinquished, and both parties may ask a court to
// confirm it (民事诉讼法 205).
#ifndef RECOUP_HUB_APP_MEDIATION_H_
#define RECOUP_HUB_APP_MEDIATION_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/base/status.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/mediation.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

struct OpenMediation {
  domain::PoolId pool;
  std::vector<domain::DemandId> demands;  // Of one debtor, or of one recovery.
  domain::PartyId mediator;               // Empty: the caller.
  absl::Time opened_time;
  std::vector<domain::PanelMember> panel;
};

struct MakeOffer {
  domain::PoolId pool;
  domain::MediationId mediation;
  domain::Offer offer;  // The party that makes it is the caller.
};

struct AgreeMediation {
  domain::PoolId pool;
  domain::MediationId mediation;
  std::vector<domain::AgreedDemand> terms;  // One for every demand.
  std::string reason;                       // Needed when something is given up.
  absl::CivilDay agreed_on;
  std::optional<domain::MediationProtocol> protocol;
};

struct FailMediation {
  domain::PoolId pool;
  domain::MediationId mediation;
  std::string reason;
  absl::Time failed_time;
};

struct RecordJudicialConfirmation {
  domain::PoolId pool;
  domain::MediationId mediation;
  domain::JudicialRuling ruling;
};

absl::StatusOr<domain::Mediation> OpenMediationOf(const OpenMediation& command, UnitOfWork& work);
absl::StatusOr<domain::Mediation> MakeOfferOf(const MakeOffer& command, UnitOfWork& work);
// EFFECTIVE, or PENDING_APPROVAL with an approval.
absl::StatusOr<domain::Mediation> AgreeMediationOf(const AgreeMediation& command, UnitOfWork& work);
absl::StatusOr<domain::Mediation> FailMediationOf(const FailMediation& command, UnitOfWork& work);
absl::StatusOr<domain::Mediation> RecordJudicialConfirmationOf(
    const RecordJudicialConfirmation& command, UnitOfWork& work);

// The second person's decision about an agreement that waits for it; both put the mediation and
// what they changed. Money that was received meanwhile counts as paid on the agreed part.
// AMOUNT_EXCEEDS_OPEN when what is open no longer fits the agreement: then it can only be rejected.
absl::Status CompleteAgreement(UnitOfWork& work, domain::Mediation& mediation);
absl::Status RejectAgreement(UnitOfWork& work, domain::Mediation& mediation, std::string reason);

// For the use cases of this header.

// The caller's mediation; NOT_FOUND for one it takes no part in.
absl::StatusOr<domain::Mediation> LoadMediation(UnitOfWork& work, const domain::PoolId& pool,
                                                domain::MediationId id);
// The agreement takes effect: the mediation is in state EFFECTIVE already.
absl::Status PutIntoEffect(UnitOfWork& work, domain::Mediation& mediation);
// Tells the mediation body, unless it is the caller.
absl::Status NotifyMediator(UnitOfWork& work, const domain::Mediation& mediation,
                            std::string_view what);

// Who takes part: the fund of the pool (the gate has checked that), the mediation body, the debtors
// of the demands, and the court of a recovery. `Records` is a UnitOfWork or a RecordReader.
template <typename Records>
absl::StatusOr<bool> TakesPart(Records& records, const domain::PartyId& party,
                               const domain::Mediation& mediation) {
  const auto kind = party.kind();
  if (kind == domain::PartyKind::kFund) return true;
  if (kind == domain::PartyKind::kMediator) return mediation.mediator == party;
  for (const domain::DemandId id : mediation.demands) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Demand demand,
                            records.template Get<domain::Demand>(mediation.pool.value, id.value));
    if (demand.debtor_party == party) return true;
    RECOUP_ASSIGN_OR_RETURN(
        const domain::Recovery recovery,
        records.template Get<domain::Recovery>(mediation.pool.value, demand.recovery.value));
    if (recovery.court == party) return true;
  }
  return false;
}

// Whether every demand of it has gone into another mediation since: then nothing of its agreement
// is left to be confirmed. `Records` as above.
template <typename Records>
absl::StatusOr<bool> IsSuperseded(Records& records, const domain::Mediation& mediation) {
  for (const domain::DemandId id : mediation.demands) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Demand demand,
                            records.template Get<domain::Demand>(mediation.pool.value, id.value));
    if (demand.mediation == mediation.id) return false;
  }
  return true;
}

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_MEDIATION_H_
