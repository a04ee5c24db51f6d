// The ledger as the API shows it.
#ifndef RECOUP_HUB_RPC_CONVERTERS_LEDGER_H_
#define RECOUP_HUB_RPC_CONVERTERS_LEDGER_H_

#include "hub/app/key_check.h"
#include "hub/app/self_check.h"
#include "hub/app/trial_balance.h"
#include "recoup/v1/audit_service.pb.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::rpc {

void TransferToProto(const domain::PoolId& pool, const ledger::Transfer& transfer,
                     recoup::v1::Transfer* out);
void TrialBalanceToProto(const domain::PoolId& pool, const app::TrialBalance& balance,
                         recoup::v1::GetTrialBalanceResponse* out);
// Adds to what is there: one check may cover several pools.
void KeyFindingToProto(const app::KeyFinding& finding, recoup::v1::CheckLedgerResponse* out);
void CheckedLedgerToProto(const app::CheckedLedger& checked, recoup::v1::CheckLedgerResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_LEDGER_H_
