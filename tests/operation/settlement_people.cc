#include "tests/operation/settlement_people.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace recoup::testing {
namespace {

using Books = v1::ReconciliationService::Stub;

constexpr char kMaker[] = "insurer/huaan/zhou-min";
constexpr char kChecker[] = "insurer/huaan/he-qing";

v1::StatementEntry Entry(v1::Direction direction, std::int64_t amount_fen, std::string text) {
  v1::StatementEntry entry;
  entry.set_direction(direction);
  entry.set_status(v1::BOOKING_STATUS_BOOKED);
  entry.set_amount_fen(amount_fen);
  entry.set_remittance_text(std::move(text));
  return entry;
}

std::int64_t Signed(const v1::StatementEntry& entry) {
  return entry.direction() == v1::DIRECTION_CREDIT ? entry.amount_fen() : -entry.amount_fen();
}

}  // namespace

SettlementPeople::SettlementPeople(InterruptedHub& hub, std::vector<PoolDesk> pools,
                                   std::string day)
    : hub_(hub), pools_(std::move(pools)), day_(std::move(day)) {
  for (const PoolDesk& desk : pools_) accounts_[desk.pool];
}
SettlementPeople::~SettlementPeople() = default;

PersistentCaller& SettlementPeople::Somebody(const std::string& party) {
  const std::lock_guard lock(mutex_);
  return people_.emplace_back(hub_, party);
}

const std::string& SettlementPeople::OfficerOf(const std::string& pool) const {
  for (const PoolDesk& desk : pools_) {
    if (desk.pool == pool) return desk.officer;
  }
  return pools_.front().officer;
}

void SettlementPeople::Fault(const std::string& what, const grpc::Status& status) {
  if (status.ok()) return;
  const std::lock_guard lock(mutex_);
  faults_.push_back(absl::StrCat(what, ": ", status.error_code(), " ", status.error_message()));
}

void SettlementPeople::Accept(const std::vector<IssuedDemand>& demands,
                              std::atomic<int>& accepted) {
  PersistentCaller& clerk = Somebody(kMaker);
  const auto accept = [&](const IssuedDemand& demand, bool in_part) {
    v1::AcceptDemandRequest request;
    request.set_name(demand.name);
    if (in_part) request.set_amount_fen(demand.amount_fen / 2);
    request.mutable_accepted_time()->set_seconds(absl::ToUnixSeconds(absl::Now()));
    request.set_text("认可");
    v1::AcceptDemandResponse response;
    Fault("accept", clerk.Call(&v1::InsurerService::Stub::AcceptDemand, request, &response));
  };
  for (std::size_t i = 0; i < demands.size(); ++i) {
    accept(demands[i], i % 5 == 0);
    ++accepted;
  }
  for (std::size_t i = 0; i < demands.size(); i += 5) accept(demands[i], false);
}

v1::SettlementBatch SettlementPeople::Cut(const std::string& collecting_pool) {
  PersistentCaller& maker = Somebody(kMaker);
  PersistentCaller& checker = Somebody(kChecker);
  v1::CreateSettlementBatchRequest create;
  create.set_collecting_pool(collecting_pool);
  v1::CreateSettlementBatchResponse created;
  Fault("create", maker.Call(&Books::CreateSettlementBatch, create, &created));
  v1::CloseSettlementBatchRequest close;
  close.set_name(created.settlement_batch().name());
  v1::CloseSettlementBatchResponse closed;
  if (maker.Call(&Books::CloseSettlementBatch, close, &closed).ok()) {
    Fault("close", {grpc::StatusCode::INTERNAL, "its maker may close it"});
  }
  Fault("close", checker.Call(&Books::CloseSettlementBatch, close, &closed));
  return closed.settlement_batch();
}

void SettlementPeople::Cancel(const v1::SettlementBatch& batch) {
  v1::CancelSettlementBatchRequest request;
  request.set_name(batch.name());
  request.set_reason("并入下一批次支付");
  v1::CancelSettlementBatchResponse response;
  Fault("cancel", Somebody(kMaker).Call(&Books::CancelSettlementBatch, request, &response));
  ReconcileUntil(batch, v1::SETTLEMENT_BATCH_STATE_CANCELLED);
}

void SettlementPeople::PayOut(const v1::SettlementBatch& batch, bool comes_back) {
  const std::string& pool = batch.collecting_pool();
  PersistentCaller& officer = Somebody(OfficerOf(pool));
  const v1::StatementEntry payment =
      Entry(v1::DIRECTION_CREDIT, batch.net_fen(), "结算 " + batch.reference());
  Import(officer, pool, {payment});
  if (comes_back) {
    // Some lines here and there are paid by then, others are not.
    for (const PoolDesk& desk : pools_) Reconcile(Somebody(desk.officer), desk.pool);
    v1::StatementEntry back =
        Entry(v1::DIRECTION_DEBIT, batch.net_fen(), "退汇 " + batch.reference());
    back.set_reversal(true);
    Import(officer, pool, {back});
    ReconcileUntil(batch, v1::SETTLEMENT_BATCH_STATE_RETURNED);
    Import(officer, pool, {payment});
  }
  ReconcileUntil(batch, v1::SETTLEMENT_BATCH_STATE_PAID);
  v1::PassOnRequest request;
  request.set_pool(pool);
  request.set_passed_on_on(day_);
  v1::PassOnResponse response;
  Fault("pass on", officer.Call(&Books::PassOn, request, &response));
  HandOn(batch, response.amount_fen());
}

void SettlementPeople::HandOn(const v1::SettlementBatch& batch, std::int64_t passed_on_fen) {
  const std::string& pool = batch.collecting_pool();
  PersistentCaller& officer = Somebody(OfficerOf(pool));
  std::vector<v1::StatementEntry> paid;
  const v1::SettlementBatch before = Show(officer, batch.name());
  for (const v1::SettlementBatchPart& part : before.parts()) {
    if (part.forward_fen() == 0) continue;
    paid.push_back(Entry(v1::DIRECTION_DEBIT, part.forward_fen(), "划转 " + batch.reference()));
  }
  if (passed_on_fen > 0) {
    paid.push_back(Entry(v1::DIRECTION_DEBIT, passed_on_fen, "上解统筹基金"));
  }
  Import(officer, pool, paid);
  Reconcile(officer, pool);
  if (passed_on_fen > 0) Explain(officer, pool, passed_on_fen);
  const v1::SettlementBatch after = Show(officer, batch.name());
  for (const v1::SettlementBatchPart& part : after.parts()) {
    if (part.forward_fen() == 0 || part.forwarded()) continue;
    Fault("hand on", {grpc::StatusCode::INTERNAL, "not handed on: " + part.ShortDebugString()});
  }
}

// What was passed on is in the books already; the bank's debit waits for a person's word.
void SettlementPeople::Explain(PersistentCaller& officer, const std::string& pool,
                               std::int64_t passed_on_fen) {
  v1::ListBreaksRequest request;
  request.set_pool(pool);
  request.set_state(v1::BREAK_STATE_OPEN);
  v1::ListBreaksResponse open;
  Fault("breaks", officer.Call(&Books::ListBreaks, request, &open));
  for (const v1::Break& found : open.breaks()) {
    if (found.amount_fen() != passed_on_fen) continue;
    v1::ResolveBreakRequest resolve;
    resolve.set_name(found.name());
    resolve.set_kind(v1::RESOLUTION_KIND_EXPLAINED);
    resolve.set_reason("上解统筹基金");
    v1::ResolveBreakResponse response;
    Fault("explain", officer.Call(&Books::ResolveBreak, resolve, &response));
  }
}

void SettlementPeople::Import(PersistentCaller& officer, const std::string& pool,
                              std::vector<v1::StatementEntry> entries) {
  Account& account = accounts_.at(pool);
  // One statement after another: each opens with what the one before closed with.
  const std::lock_guard one_at_a_time(account.mutex);
  v1::ImportStatementRequest request;
  request.set_pool(pool);
  v1::Statement& statement = *request.mutable_statement();
  statement.set_account("3100100001");
  statement.set_statement_id(absl::StrCat(++account.statements));
  statement.set_from_on(day_);
  statement.set_until_on(day_);
  statement.set_opening_balance_fen(account.balance_fen);
  for (v1::StatementEntry& entry : entries) {
    {
      const std::lock_guard lock(mutex_);
      entry.set_bank_reference(absl::StrCat("BK", ++entries_));
    }
    entry.set_booked_on(day_);
    entry.set_counterparty_name("华安财产保险");
    account.balance_fen += Signed(entry);
    *request.add_entries() = entry;
  }
  statement.set_closing_balance_fen(account.balance_fen);
  v1::ImportStatementResponse response;
  Fault("import", officer.Call(&Books::ImportStatement, request, &response));
}

v1::ReconcileResponse SettlementPeople::Reconcile(PersistentCaller& officer,
                                                  const std::string& pool) {
  v1::ReconcileRequest request;
  request.set_pool(pool);
  v1::ReconcileResponse response;
  Fault("reconcile", officer.Call(&Books::Reconcile, request, &response));
  return response;
}

void SettlementPeople::ReconcileUntil(const v1::SettlementBatch& batch,
                                      v1::SettlementBatchState state) {
  PersistentCaller& reader = Somebody(kChecker);
  std::map<std::string, PersistentCaller*> officers;
  for (const PoolDesk& desk : pools_) officers[desk.pool] = &Somebody(desk.officer);
  constexpr int kRunsMax = 100;
  for (int run = 0; run < kRunsMax; ++run) {
    Reconcile(*officers.at(batch.collecting_pool()), batch.collecting_pool());
    for (const PoolDesk& desk : pools_) {
      if (desk.pool != batch.collecting_pool()) Reconcile(*officers.at(desk.pool), desk.pool);
    }
    if (Show(reader, batch.name()).state() == state) return;
  }
  Fault(v1::SettlementBatchState_Name(state),
        {grpc::StatusCode::INTERNAL, "not reached: " + Show(reader, batch.name()).DebugString()});
}

v1::SettlementBatch SettlementPeople::Show(PersistentCaller& who, const std::string& batch) {
  v1::GetSettlementBatchRequest request;
  request.set_name(batch);
  v1::GetSettlementBatchResponse response;
  Fault("show", who.Call(&Books::GetSettlementBatch, request, &response));
  return response.settlement_batch();
}

std::vector<v1::SettlementBatch> SettlementPeople::Batches() {
  v1::ListSettlementBatchesResponse response;
  Fault("list", Somebody(kChecker).Call(&Books::ListSettlementBatches,
                                        v1::ListSettlementBatchesRequest(), &response));
  return {response.settlement_batches().begin(), response.settlement_batches().end()};
}

std::vector<v1::SettlementBatchLine> SettlementPeople::Lines(const std::string& batch) {
  PersistentCaller& reader = Somebody(kChecker);
  v1::ListSettlementBatchLinesRequest request;
  request.set_settlement_batch(batch);
  request.set_page_size(1000);
  std::vector<v1::SettlementBatchLine> lines;
  do {
    v1::ListSettlementBatchLinesResponse page;
    Fault("lines", reader.Call(&Books::ListSettlementBatchLines, request, &page));
    lines.insert(lines.end(), page.settlement_batch_lines().begin(),
                 page.settlement_batch_lines().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return lines;
}

void SettlementPeople::AskAllAgain() {
  for (PersistentCaller& person : people_) person.AskAllAgain();
}

std::vector<std::string> SettlementPeople::Faults() {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> all = faults_;
  for (const PersistentCaller& person : people_) {
    all.insert(all.end(), person.faults().begin(), person.faults().end());
  }
  return all;
}

int SettlementPeople::found_done() const {
  int sum = 0;
  for (const PersistentCaller& person : people_) sum += person.found_done();
  return sum;
}

int SettlementPeople::asked() const {
  int sum = 0;
  for (const PersistentCaller& person : people_) sum += person.asked();
  return sum;
}

}  // namespace recoup::testing
