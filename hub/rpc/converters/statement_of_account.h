// What a debtor is told about its account: statements with the hub's receipt, and its clocks.
#ifndef RECOUP_HUB_RPC_CONVERTERS_STATEMENT_OF_ACCOUNT_H_
#define RECOUP_HUB_RPC_CONVERTERS_STATEMENT_OF_ACCOUNT_H_

#include <map>

#include "absl/time/civil_time.h"
#include "hub/app/insurer_clocks.h"
#include "hub/app/statement_of_account.h"
#include "hub/crypto/signing.h"
#include "hub/domain/records/demand.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::rpc {

// Whose account, and of which days.
struct AccountHeading {
  domain::PoolId pool;
  domain::PartyId insurer;
  absl::CivilDay from;
  absl::CivilDay until;
};

// `demands` holds every demand of the account. Ed25519 is deterministic: the same account gives the
// same bytes.
void StatementOfAccountToProto(const AccountHeading& heading,
                               const app::StatementOfAccount& account,
                               const std::map<domain::DemandId, domain::Demand>& demands,
                               const crypto::SigningKey& key,
                               v1::GetStatementOfAccountResponse* out);

void InsurerClockToProto(const app::InsurerClock& clock, const domain::Demand& demand,
                         absl::CivilDay today, v1::InsurerClock* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_STATEMENT_OF_ACCOUNT_H_
