#include "hub/rpc/handlers/reconciliation_handlers.h"

#include <algorithm>

#include "hub/base/clock.h"
#include "hub/rpc/converters/break.h"
#include "hub/rpc/converters/day_close.h"
#include "hub/rpc/converters/demand.h"
#include "hub/rpc/converters/ledger.h"
#include "hub/rpc/converters/settlement_batch.h"
#include "hub/rpc/converters/statement.h"
#include "hub/rpc/handlers/settlement_batch_reads.h"
#include "hub/rpc/journal_export.h"
#include "hub/rpc/paging.h"
#include "hub/rpc/prepared.h"
#include "hub/rpc/service.h"
#include "hub/rpc/unary.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::rpc {
namespace {

using grpc::CallbackServerContext;

absl::Status GetStatementEntry(const v1::GetStatementEntryRequest& request, QueryContext& context,
                               v1::GetStatementEntryResponse* response) {
  Faults faults;
  const auto name = FieldReader(faults).Name<domain::StatementEntryId>("name", request.name());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, name.pool));
  RECOUP_ASSIGN_OR_RETURN(
      const domain::StatementEntry entry,
      context.reader.Get<domain::StatementEntry>(name.pool.value, name.id.value));
  StatementEntryToProto(entry, response->mutable_statement_entry());
  return absl::OkStatus();
}

absl::Status ListStatementEntries(const v1::ListStatementEntriesRequest& request,
                                  QueryContext& context,
                                  v1::ListStatementEntriesResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool = in.Pool("pool", request.pool());
  std::optional<domain::DemandId> demand;
  if (!request.demand().empty()) {
    demand = in.Name<domain::DemandId>("demand", request.demand()).id;
  }
  const auto from = in.OptionalDay("booked_from_on", request.booked_from_on());
  const auto until = in.OptionalDay("booked_until_on", request.booked_until_on());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const domain::StatementEntry& entry) {
    const auto& applied = entry.applications;
    return (request.state() == v1::STATEMENT_ENTRY_STATE_UNSPECIFIED ||
            static_cast<int>(entry.state) == static_cast<int>(request.state())) &&
           (!from || entry.booked_on >= *from) && (!until || entry.booked_on <= *until) &&
           (!demand || std::any_of(applied.begin(), applied.end(),
                                   [&](const domain::Application& application) {
                                     return application.demand == *demand;
                                   }));
  };
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListRecords<domain::StatementEntry>(
          context.reader, pool.value, page, wanted, [&](const domain::StatementEntry& entry) {
            StatementEntryToProto(entry, response->add_statement_entries());
          }));
  return absl::OkStatus();
}

absl::Status ListBreaks(const v1::ListBreaksRequest& request, QueryContext& context,
                        v1::ListBreaksResponse* response) {
  Faults faults;
  const domain::PoolId pool = FieldReader(faults).Pool("pool", request.pool());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Approval> pending,
                          context.reader.FindAllBy<domain::Approval>(
                              domain::LookupKind::kApprovalPending, domain::Key({pool.value})));
  const auto wanted = [&](const domain::Break& finding) {
    return (request.state() == v1::BREAK_STATE_UNSPECIFIED ||
            static_cast<int>(finding.state) == static_cast<int>(request.state())) &&
           (request.kind() == v1::BREAK_KIND_UNSPECIFIED ||
            static_cast<int>(finding.kind) == static_cast<int>(request.kind())) &&
           (request.owner().empty() || finding.owner == request.owner());
  };
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListRecords<domain::Break>(context.reader, pool.value, page, wanted,
                                 [&](const domain::Break& finding) {
                                   v1::Break* out = response->add_breaks();
                                   BreakToProto(finding, context.now, out);
                                   for (const domain::Approval& approval : pending) {
                                     if (approval.finding != finding.id) continue;
                                     out->set_approval(app::NameOf(pool, approval.id));
                                   }
                                 }));
  return absl::OkStatus();
}

absl::Status GetTrialBalance(const v1::GetTrialBalanceRequest& request, QueryContext& context,
                             v1::GetTrialBalanceResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool = in.Pool("pool", request.pool());
  absl::Time until = absl::InfiniteFuture();
  if (request.has_recorded_until_time()) {
    until =
        in.Time("recorded_until_time", true, request.recorded_until_time(), absl::InfiniteFuture());
  }
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
  RECOUP_ASSIGN_OR_RETURN(const app::TrialBalance balance,
                          app::TrialBalanceOf(context.reader.view(), pool, until));
  TrialBalanceToProto(pool, balance, response);
  return absl::OkStatus();
}

absl::Status TraceAdvance(const v1::TraceAdvanceRequest& request, QueryContext& context,
                          v1::TraceAdvanceResponse* response) {
  Faults faults;
  const auto name = FieldReader(faults).Name<domain::AdvanceId>("name", request.name());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, name.pool));
  RECOUP_ASSIGN_OR_RETURN(const domain::Advance advance,
                          context.reader.Get<domain::Advance>(name.pool.value, name.id.value));
  StagesToProto(advance.stages, response->mutable_stage_amounts());
  for (const std::int64_t sequence : advance.transfers) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<ledger::Transfer> transfer,
                            context.reader.view().FindTransfer(name.pool.value, sequence));
    if (!transfer) return absl::DataLossError("a transfer of an advance is gone");
    TransferToProto(name.pool, *transfer, response->add_transfers());
  }
  return absl::OkStatus();
}

absl::Status GetDayClose(const v1::GetDayCloseRequest& request, QueryContext& context,
                         v1::GetDayCloseResponse* response) {
  Faults faults;
  const auto name = FieldReader(faults).Name<domain::DayCloseId>("name", request.name());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, name.pool));
  RECOUP_ASSIGN_OR_RETURN(const domain::DayClose close,
                          context.reader.Get<domain::DayClose>(name.pool.value, name.id.value));
  RECOUP_ASSIGN_OR_RETURN(
      const bool verified,
      app::VerifyClose(context.reader, close, context.hub.engine.signing_key().verify_key()));
  DayCloseToProto(close, response->mutable_day_close());
  response->set_verified(verified);
  return absl::OkStatus();
}

absl::Status ListDayCloses(const v1::ListDayClosesRequest& request, QueryContext& context,
                           v1::ListDayClosesResponse* response) {
  Faults faults;
  const domain::PoolId pool = FieldReader(faults).Pool("pool", request.pool());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListRecords<domain::DayClose>(
          context.reader, pool.value, page, [](const domain::DayClose&) { return true; },
          [&](const domain::DayClose& close) {
            DayCloseToProto(close, response->add_day_closes());
          }));
  return absl::OkStatus();
}

// hledger, also for what a newer client may ask.
ledger::Dialect DialectOf(v1::JournalDialect dialect) {
  if (dialect == v1::JOURNAL_DIALECT_LEDGER) return ledger::Dialect::kLedger;
  if (dialect == v1::JOURNAL_DIALECT_BEANCOUNT) return ledger::Dialect::kBeancount;
  return ledger::Dialect::kHledger;
}

absl::StatusOr<Fetch<v1::ExportJournalResponse>> ExportOf(const v1::ExportJournalRequest& request) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool = in.Pool("pool", request.pool());
  const auto from = in.OptionalDay("from_on", request.from_on());
  const auto until = in.OptionalDay("until_on", request.until_on());
  if (from && until && *until < *from) in.Add("until_on", "before from_on");
  if (!faults.empty()) return faults.ToStatus();
  auto journal = std::make_shared<JournalExport>(pool, from, until, DialectOf(request.dialect()));
  return [pool, journal](QueryContext& context,
                         std::vector<v1::ExportJournalResponse>& out) -> absl::StatusOr<Stored> {
    RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
    RECOUP_ASSIGN_OR_RETURN(std::string text, journal->Next(context.reader.view(), context.now));
    if (!text.empty()) out.emplace_back().set_chunk(std::move(text));
    return journal->done() ? Stored::kNoMore : Stored::kMore;
  };
}

}  // namespace

std::unique_ptr<grpc::Service> MakeReconciliationService(const HubContext& hub) {
  auto service = std::make_unique<Service>(hub);
  service->Mutation("ReconciliationService/ImportStatement", ImportStatementFromProto,
                    app::ImportStatementOf, ImportStatementToProto);
  service->Mutation("ReconciliationService/Reconcile", ReconcileFromProto, app::ReconcileOf,
                    ReconcileToProto);
  service->Query("ReconciliationService/GetStatementEntry", GetStatementEntry);
  service->Query("ReconciliationService/ListStatementEntries", ListStatementEntries);
  service->Query("ReconciliationService/ListBreaks", ListBreaks);
  service->Mutation("ReconciliationService/AssignBreak", AssignBreakFromProto, app::AssignBreakOf,
                    AssignBreakToProto);
  service->Mutation("ReconciliationService/ResolveBreak", ResolveBreakFromProto,
                    app::ResolveBreakOf, ResolveBreakToProto);
  service->Mutation("ReconciliationService/PassOn", PassOnFromProto, app::PassOnOf, PassOnToProto);
  service->Query("ReconciliationService/GetTrialBalance", GetTrialBalance);
  service->Stream("ReconciliationService/ExportJournal", ExportOf);
  service->Query("ReconciliationService/TraceAdvance", TraceAdvance);
  service->Mutation("ReconciliationService/UnmatchEntry", UnmatchEntryFromProto,
                    app::UnmatchEntryOf, UnmatchEntryToProto);
  const auto prepare = [&hub](app::RecordReader& reader,
                              const app::CloseDay& command) -> absl::StatusOr<app::PreparedClose> {
    RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> journal, hub.store.Snapshot());
    return app::PrepareClose(reader, command, ChinaDate(hub.clock.Now()), journal.get());
  };
  const auto close = [&hub](const app::CloseDay& command, const app::PreparedClose& prepared,
                            app::UnitOfWork& work) {
    return app::CloseDayOf(command, prepared, hub.engine.signing_key(), work);
  };
  service->Unary<v1::CloseDayRequest, v1::CloseDayResponse>(
      "ReconciliationService/CloseDay", [prepare, close](UnaryCall& call) {
        MutatePrepared<v1::CloseDayRequest, v1::CloseDayResponse>(call, CloseDayFromProto, prepare,
                                                                  close, CloseDayToProto);
      });
  service->Query("ReconciliationService/GetDayClose", GetDayClose);
  service->Query("ReconciliationService/ListDayCloses", ListDayCloses);
  service->Mutation("ReconciliationService/CreateSettlementBatch", CreateSettlementBatchFromProto,
                    app::CreateSettlementBatchOf, CreateSettlementBatchToProto);
  service->Mutation("ReconciliationService/CloseSettlementBatch", CloseSettlementBatchFromProto,
                    app::CloseSettlementBatchOf, CloseSettlementBatchToProto);
  service->Mutation("ReconciliationService/CancelSettlementBatch", CancelSettlementBatchFromProto,
                    app::CancelSettlementBatchOf, CancelSettlementBatchToProto);
  service->Query("ReconciliationService/GetSettlementBatch", GetSettlementBatch);
  service->Query("ReconciliationService/ListSettlementBatches", ListSettlementBatches);
  service->Query("ReconciliationService/ListSettlementBatchLines", ListSettlementBatchLines);
  service->Watch("ReconciliationService/WatchSettlementBatches", WatchSettlementBatchesFetch);
  return service;
}

}  // namespace recoup::rpc
