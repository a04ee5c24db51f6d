#include "hub/app/settlement_batches.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hub/app/etag.h"
#include "hub/app/names.h"
#include "hub/app/refusal.h"
#include "hub/app/settlement_netting.h"
#include "hub/app/settlement_receipts.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/creditor_reference.h"

namespace recoup::app {
namespace {

using domain::BatchPart;
using domain::PoolId;
using domain::SettlementBatch;
using domain::SettlementBatchCommand;
using domain::SettlementPart;
using domain::SettlementPartCommand;

absl::StatusOr<SettlementBatch> OwnBatch(UnitOfWork& work, const domain::PartyId& insurer,
                                         domain::SettlementBatchId id, const std::string& etag) {
  if (insurer != work.caller().party) return NotFound("no such settlement batch");
  RECOUP_ASSIGN_OR_RETURN(SettlementBatch batch,
                          work.Get<SettlementBatch>(insurer.value, id.value));
  RECOUP_RETURN_IF_ERROR(CheckEtag(etag, batch.version));
  return batch;
}

// "SB", then the random end of the batch's id; told from references of demands, which begin with
// the digits of a pool.
absl::StatusOr<std::string> BatchReferenceOf(const SettlementBatch& batch) {
  const std::string id = batch.id.ToString();
  RECOUP_ASSIGN_OR_RETURN(const domain::CreditorReference reference,
                          domain::CreditorReference::Make(absl::StrCat(
                              "SB", absl::AsciiStrToUpper(id.substr(id.size() - 16)))));
  return reference.text();
}

absl::Status CheckCutBySecondPerson(const UnitOfWork& work, const SettlementBatch& batch) {
  const bool nameless = work.caller().actor == work.caller().party.value;
  if (!nameless && work.caller().actor != batch.created_by) return absl::OkStatus();
  return MakeError(Reason::kSamePersonMayNotApprove,
                   nameless ? "the certificate names no person, so it cannot be the second one"
                            : "who creates a batch may not close it; another person must");
}

absl::Status CheckSecondCanceller(const UnitOfWork& work, const SettlementBatch& batch) {
  const bool nameless = work.caller().actor == work.caller().party.value;
  if (!nameless && work.caller().actor != batch.cancel_requested_by) return absl::OkStatus();
  return MakeError(Reason::kSamePersonMayNotApprove,
                   nameless ? "the certificate names no person, so it cannot be the second one"
                            : "who asked to cancel a returned batch may not decide on it; another "
                              "person must");
}

bool TakesIn(const SettlementBatch& batch, const SettlementPart& part) {
  const std::vector<PoolId>& pools = batch.pools;
  return part.gross.is_positive() &&
         (pools.empty() || std::find(pools.begin(), pools.end(), part.pool) != pools.end());
}

absl::StatusOr<std::vector<SettlementPart>> CollectingParts(UnitOfWork& work,
                                                            const domain::PartyId& insurer) {
  return work.FindAllBy<SettlementPart>(domain::LookupKind::kSettlementPartOfInsurer,
                                        domain::Key({insurer.value}));
}

BatchPart ShownAs(const SettlementPart& part) {
  BatchPart shown;
  shown.pool = part.pool;
  shown.part = part.id;
  shown.event_cut = part.event_cut;
  shown.lines = part.lines;
  shown.gross = part.gross;
  shown.netted = part.netted;
  return shown;
}

// The part becomes one of the batch.
absl::Status TakeIn(UnitOfWork& work, SettlementPart part, SettlementBatch& batch) {
  RECOUP_ASSIGN_OR_RETURN(part.state, domain::Next(part.state, SettlementPartCommand::kClose));
  RECOUP_ASSIGN_OR_RETURN(const PartitionState* pool, work.StateOf(part.pool.value));
  part.event_cut = pool->events;
  part.batch = batch.id;
  part.reference = batch.reference;
  part.collecting_pool = batch.collecting_pool;
  RECOUP_RETURN_IF_ERROR(SetOffRefunds(work, part));
  batch.parts.push_back(ShownAs(part));
  batch.gross += part.gross;
  batch.netted += part.netted;
  work.Put(part);
  return absl::OkStatus();
}

}  // namespace

void ShowCollecting(const std::vector<SettlementPart>& collecting, SettlementBatch& batch) {
  if (batch.state != domain::SettlementBatchState::kOpen) return;
  for (const SettlementPart& part : collecting) {
    if (!TakesIn(batch, part)) continue;
    batch.parts.push_back(ShownAs(part));
    batch.gross += part.gross;
  }
}

absl::StatusOr<SettlementBatch> CreateSettlementBatchOf(const CreateSettlementBatch& command,
                                                        UnitOfWork& work) {
  std::vector<PoolId> named = command.pools;
  named.push_back(command.collecting_pool);
  for (const PoolId& pool : named) {
    RECOUP_ASSIGN_OR_RETURN(const PartitionState* state, work.StateOf(pool.value));
    if (state->events == 0 && state->transfers == 0)
      return NotFound(absl::StrCat("no such pool: ", pool.value));
  }
  SettlementBatch batch;
  batch.id = work.NewId<domain::SettlementBatchId>();
  batch.insurer = work.caller().party;
  batch.collecting_pool = command.collecting_pool;
  batch.pools = command.pools;
  batch.created_by = work.caller().actor;
  batch.created_time = work.now();
  work.Put(batch);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<SettlementPart> parts,
                          CollectingParts(work, batch.insurer));
  ShowCollecting(parts, batch);
  return batch;
}

absl::StatusOr<SettlementBatch> CloseSettlementBatchOf(const CloseSettlementBatch& command,
                                                       UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(SettlementBatch batch,
                          OwnBatch(work, command.insurer, command.batch, command.etag));
  RECOUP_ASSIGN_OR_RETURN(batch.state, domain::Next(batch.state, SettlementBatchCommand::kClose));
  RECOUP_RETURN_IF_ERROR(CheckCutBySecondPerson(work, batch));
  RECOUP_ASSIGN_OR_RETURN(batch.reference, BatchReferenceOf(batch));
  RECOUP_ASSIGN_OR_RETURN(std::vector<SettlementPart> parts, CollectingParts(work, batch.insurer));
  for (SettlementPart& part : parts) {
    if (!TakesIn(batch, part)) continue;
    RECOUP_RETURN_IF_ERROR(TakeIn(work, std::move(part), batch));
  }
  if (batch.parts.empty()) {
    return Refuse(Reason::kIllegalTransition, "nothing waits for payment", "LINES",
                  SettlementBatchName(batch.insurer, batch.id),
                  "没有已认可而未付的金额；请先认可追偿函");
  }
  batch.closed_by = work.caller().actor;
  batch.closed_time = work.now();
  RECOUP_RETURN_IF_ERROR(work.Notify(batch.insurer, KeyOf(batch), "settlement_batch.closed"));
  // Refunds pay all of it: no money will come that could set the split off.
  if (batch.net().is_zero()) RECOUP_RETURN_IF_ERROR(FundBatch(work, batch, {}));
  work.Put(batch);
  return batch;
}

absl::StatusOr<SettlementBatch> CancelSettlementBatchOf(const CancelSettlementBatch& command,
                                                        UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(SettlementBatch batch,
                          OwnBatch(work, command.insurer, command.batch, command.etag));
  if (batch.state == domain::SettlementBatchState::kReturned && batch.cancel_requested_by.empty()) {
    batch.cancel_requested_by = work.caller().actor;
    batch.cancel_reason = command.reason;
    work.Put(batch);
    return batch;
  }
  if (batch.state == domain::SettlementBatchState::kReturned) {
    RECOUP_RETURN_IF_ERROR(CheckSecondCanceller(work, batch));
  }
  RECOUP_ASSIGN_OR_RETURN(
      batch.state,
      domain::Next(batch.state, batch.parts.empty() ? SettlementBatchCommand::kCancel
                                                    : SettlementBatchCommand::kRelease));
  for (const BatchPart& of_batch : batch.parts) {
    RECOUP_ASSIGN_OR_RETURN(SettlementPart part,
                            work.Get<SettlementPart>(of_batch.pool.value, of_batch.part.value));
    RECOUP_ASSIGN_OR_RETURN(part.state, domain::Next(part.state, SettlementPartCommand::kRelease));
    RECOUP_RETURN_IF_ERROR(GiveRefundsBack(work, part));
    work.Put(part);
  }
  batch.cancelled_by = work.caller().actor;
  batch.cancel_reason = command.reason;
  if (batch.parts.empty()) batch.ended_time = work.now();
  RECOUP_RETURN_IF_ERROR(work.Notify(batch.insurer, KeyOf(batch), "settlement_batch.cancelled"));
  work.Put(batch);
  return batch;
}

}  // namespace recoup::app
