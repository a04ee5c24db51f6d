#include "hub/rpc/handlers/settlement_batch_reads.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "hub/app/settlement_batches.h"
#include "hub/rpc/converters/settlement_batch.h"
#include "hub/rpc/merged_list.h"

namespace recoup::rpc {
namespace {

using domain::BatchPart;
using domain::LookupKind;
using domain::SettlementBatch;
using domain::SettlementBatchState;
using domain::SettlementPart;

// Who looks at a batch.
class BatchViewer {
 public:
  BatchViewer(const Admitted& admitted, const SettlementBatch& batch) : admitted_(admitted) {
    whole_ = admitted.caller.party == batch.insurer ||
             (IsOurs(batch.collecting_pool) && batch.state != SettlementBatchState::kOpen);
    visible_ = whole_ || (batch.state != SettlementBatchState::kOpen &&
                          std::any_of(batch.parts.begin(), batch.parts.end(),
                                      [&](const BatchPart& part) { return IsOurs(part.pool); }));
  }
  bool visible() const { return visible_; }
  bool Sees(const domain::PoolId& pool) const { return whole_ || IsOurs(pool); }
  bool SeesLines(const domain::PoolId& pool, const SettlementBatch& batch) const {
    return admitted_.caller.party == batch.insurer || IsOurs(pool);
  }

 private:
  // CheckPool lets insurers, who are bound by what they own, into every pool.
  bool IsOurs(const domain::PoolId& pool) const {
    return admitted_.caller.party.kind() == domain::PartyKind::kFund &&
           CheckPool(admitted_, pool).ok();
  }

  const Admitted& admitted_;
  bool whole_ = false;
  bool visible_ = false;
};

absl::Status AddCollecting(app::RecordReader& reader, SettlementBatch& batch) {
  if (batch.state != SettlementBatchState::kOpen) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const std::vector<SettlementPart> parts,
                          reader.FindAllBy<SettlementPart>(LookupKind::kSettlementPartOfInsurer,
                                                           domain::Key({batch.insurer.value})));
  app::ShowCollecting(parts, batch);
  return absl::OkStatus();
}

absl::StatusOr<SettlementBatch> ReadSettlementBatch(QueryContext& context,
                                                    const domain::PartyId& insurer,
                                                    domain::SettlementBatchId id) {
  RECOUP_ASSIGN_OR_RETURN(SettlementBatch batch,
                          context.reader.Get<SettlementBatch>(insurer.value, id.value));
  if (!BatchViewer(context.admitted, batch).visible()) {
    return app::NotFound("no such settlement batch");
  }
  RECOUP_RETURN_IF_ERROR(AddCollecting(context.reader, batch));
  return batch;
}

void ShowBatchTo(const Admitted& admitted, const SettlementBatch& batch,
                 recoup::v1::SettlementBatch* out) {
  const BatchViewer viewer(admitted, batch);
  SettlementBatchToProto(
      batch, [&](const domain::PoolId& pool) { return viewer.Sees(pool); }, out);
}

// Batches in which the pool has a part, and those whose payment it collects.
absl::StatusOr<std::vector<app::RecordKey>> BatchesOfPool(app::RecordReader& reader,
                                                          const domain::PoolId& pool) {
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<app::RecordKey> keys,
      reader.view().FindAll(LookupKind::kSettlementBatchOf, domain::Key({pool.value})));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<SettlementPart> parts,
                          reader.FindAllBy<SettlementPart>(LookupKind::kSettlementPartOfPool,
                                                           domain::Key({pool.value, "closed"})));
  for (const SettlementPart& part : parts) {
    keys.push_back({part.insurer.value, domain::RecordKind::kSettlementBatch, part.batch->value});
  }
  return keys;
}

// Where the next page of lines starts: "<part>.<page>.<line in it>"; without a part at the first.
struct LinesFrom {
  domain::SettlementPartId part;
  std::int64_t page = 0;
  std::size_t line = 0;
};

std::string LinesToken(const LinesFrom& from) {
  return absl::StrCat(from.part.ToString(), ".", from.page, ".", from.line);
}

absl::StatusOr<LinesFrom> ReadLinesToken(const std::string& token) {
  const std::vector<std::string> parts = absl::StrSplit(token, '.');
  LinesFrom from;
  const auto id = parts.size() == 3 ? Id::FromBase32(parts[0]) : std::nullopt;
  std::int64_t line = 0;
  if (!id || id->is_nil() || !absl::SimpleAtoi(parts[1], &from.page) ||
      !absl::SimpleAtoi(parts[2], &line) || from.page < 0 || line < 0) {
    return MakeError(Reason::kPageTokenInvalid, "not a page token of this list");
  }
  from.part = {*id};
  from.line = static_cast<std::size_t>(line);
  return from;
}

class LinePage {
 public:
  LinePage(app::RecordReader& reader, std::size_t size,
           recoup::v1::ListSettlementBatchLinesResponse* response)
      : reader_(reader), size_(size), response_(response) {}

  // False when the page is full; then the response has the token of the next one.
  absl::StatusOr<bool> Add(const BatchPart& of_batch, LinesFrom from) {
    RECOUP_ASSIGN_OR_RETURN(const SettlementPart part,
                            reader_.Get<SettlementPart>(of_batch.pool.value, of_batch.part.value));
    for (; from.page < part.pages(); ++from.page, from.line = 0) {
      RECOUP_ASSIGN_OR_RETURN(
          const std::vector<app::RecordKey> keys,
          reader_.view().FindAll(LookupKind::kSettlementLine,
                                 domain::Key({part.id.value.ToBytes(), absl::StrCat(from.page)})));
      for (; from.line < keys.size(); ++from.line) {
        if (listed_ == size_) {
          response_->set_next_page_token(LinesToken(from));
          return false;
        }
        RECOUP_RETURN_IF_ERROR(AddLine(keys[from.line], part));
      }
    }
    return true;
  }

 private:
  absl::Status AddLine(const app::RecordKey& key, const SettlementPart& part) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Demand demand,
                            reader_.Get<domain::Demand>(key.partition, key.id));
    for (const domain::SettlementLine& line : demand.settlement_lines) {
      if (line.part != part.id) continue;
      SettlementLineToProto(demand, line, response_->add_settlement_batch_lines());
      ++listed_;
    }
    return absl::OkStatus();
  }

  app::RecordReader& reader_;
  const std::size_t size_;
  recoup::v1::ListSettlementBatchLinesResponse* response_;
  std::size_t listed_ = 0;
};

}  // namespace

absl::Status GetSettlementBatch(const recoup::v1::GetSettlementBatchRequest& request,
                                QueryContext& context,
                                recoup::v1::GetSettlementBatchResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const auto [insurer, id] = ReadSettlementBatchName(in, "name", request.name());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const SettlementBatch batch, ReadSettlementBatch(context, insurer, id));
  ShowBatchTo(context.admitted, batch, response->mutable_settlement_batch());
  return absl::OkStatus();
}

absl::Status ListSettlementBatches(const recoup::v1::ListSettlementBatchesRequest& request,
                                   QueryContext& context,
                                   recoup::v1::ListSettlementBatchesResponse* response) {
  const domain::PartyId& caller = context.admitted.caller.party;
  const bool fund = caller.kind() == domain::PartyKind::kFund;
  Faults faults;
  FieldReader in(faults);
  domain::PoolId pool;
  if (fund || !request.pool().empty()) pool = in.Pool("pool", request.pool());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  std::vector<app::RecordKey> keys;
  if (fund) {
    RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
    RECOUP_ASSIGN_OR_RETURN(keys, BatchesOfPool(context.reader, pool));
  } else {
    RECOUP_ASSIGN_OR_RETURN(keys, context.reader.view().FindAll(LookupKind::kSettlementBatchOf,
                                                                domain::Key({caller.value})));
  }
  const auto wanted = [&](const SettlementBatch& batch) {
    return (request.state() == recoup::v1::SETTLEMENT_BATCH_STATE_UNSPECIFIED ||
            static_cast<int>(batch.state) == static_cast<int>(request.state())) &&
           (fund || pool.value.empty() || batch.collecting_pool == pool ||
            std::any_of(batch.parts.begin(), batch.parts.end(),
                        [&](const BatchPart& part) { return part.pool == pool; }));
  };
  std::vector<SettlementBatch> found;
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListKeys<SettlementBatch>(context.reader, std::move(keys), page, wanted,
                                [&](const SettlementBatch& batch) { found.push_back(batch); }));
  for (SettlementBatch& batch : found) {
    RECOUP_RETURN_IF_ERROR(AddCollecting(context.reader, batch));
    ShowBatchTo(context.admitted, batch, response->add_settlement_batches());
  }
  return absl::OkStatus();
}

absl::Status ListSettlementBatchLines(const recoup::v1::ListSettlementBatchLinesRequest& request,
                                      QueryContext& context,
                                      recoup::v1::ListSettlementBatchLinesResponse* response) {
  const bool fund = context.admitted.caller.party.kind() == domain::PartyKind::kFund;
  Faults faults;
  FieldReader in(faults);
  const auto [insurer, id] =
      ReadSettlementBatchName(in, "settlement_batch", request.settlement_batch());
  domain::PoolId pool;
  if (fund || !request.pool().empty()) pool = in.Pool("pool", request.pool());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), ""));
  LinesFrom from;
  if (!request.page_token().empty()) {
    RECOUP_ASSIGN_OR_RETURN(from, ReadLinesToken(request.page_token()));
  }
  RECOUP_ASSIGN_OR_RETURN(const SettlementBatch batch, ReadSettlementBatch(context, insurer, id));
  const BatchViewer viewer(context.admitted, batch);
  LinePage lines(context.reader, page.size, response);
  for (const BatchPart& part : batch.parts) {
    if (!viewer.SeesLines(part.pool, batch)) continue;
    if (!pool.value.empty() && part.pool != pool) continue;
    if (!from.part.is_nil() && part.part != from.part) continue;
    from.part = part.part;
    RECOUP_ASSIGN_OR_RETURN(const bool more, lines.Add(part, from));
    if (!more) return absl::OkStatus();
    from = {};
  }
  // A token that names no part of this list.
  if (!from.part.is_nil())
    return MakeError(Reason::kPageTokenInvalid, "not a page token of this list");
  return absl::OkStatus();
}

absl::StatusOr<Fetch<recoup::v1::WatchSettlementBatchesResponse>> WatchSettlementBatchesFetch(
    const recoup::v1::WatchSettlementBatchesRequest& request) {
  constexpr std::size_t kChunk = 100;
  Faults faults;
  if (request.after_sequence() < 0) faults.Add("after_sequence", "negative");
  if (!faults.empty()) return faults.ToStatus();
  return Fetch<recoup::v1::WatchSettlementBatchesResponse>(
      [after = request.after_sequence()](
          QueryContext& context,
          std::vector<recoup::v1::WatchSettlementBatchesResponse>& out) mutable
      -> absl::StatusOr<Stored> {
        RECOUP_ASSIGN_OR_RETURN(
            const std::vector<app::StoredNotice> notices,
            context.reader.view().Notices(context.admitted.caller.party.value, after, kChunk));
        for (const app::StoredNotice& notice : notices) {
          after = notice.sequence;
          if (notice.subject.kind != domain::RecordKind::kSettlementBatch) continue;
          RECOUP_ASSIGN_OR_RETURN(
              const SettlementBatch batch,
              context.reader.Get<SettlementBatch>(notice.subject.partition, notice.subject.id));
          recoup::v1::WatchSettlementBatchesResponse& change = out.emplace_back();
          change.set_sequence(notice.sequence);
          change.set_kind(notice.what);
          ShowBatchTo(context.admitted, batch, change.mutable_settlement_batch());
        }
        return notices.size() < kChunk ? Stored::kNoMore : Stored::kMore;
      });
}

}  // namespace recoup::rpc
