// Statements and their entries: requests to commands, records to the API.
#ifndef RECOUP_HUB_RPC_CONVERTERS_STATEMENT_H_
#define RECOUP_HUB_RPC_CONVERTERS_STATEMENT_H_

#include "absl/status/statusor.h"
#include "hub/app/import_statement.h"
#include "hub/app/pass_on.h"
#include "hub/app/reconcile.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::rpc {

// Pending entries are checked like the others and left out: they are not money yet.
absl::StatusOr<app::ImportStatement> ImportStatementFromProto(
    const recoup::v1::ImportStatementRequest& request, absl::Time now);
void ImportStatementToProto(const app::ImportAnswer& answer,
                            recoup::v1::ImportStatementResponse* out);

absl::StatusOr<app::Reconcile> ReconcileFromProto(const recoup::v1::ReconcileRequest& request,
                                                  absl::Time now);
void ReconcileToProto(const app::ReconcileAnswer& answer, recoup::v1::ReconcileResponse* out);

absl::StatusOr<app::PassOn> PassOnFromProto(const recoup::v1::PassOnRequest& request,
                                            absl::Time now);
void PassOnToProto(const app::PassOnAnswer& answer, recoup::v1::PassOnResponse* out);

void StatementEntryToProto(const domain::StatementEntry& entry, recoup::v1::StatementEntry* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_STATEMENT_H_
