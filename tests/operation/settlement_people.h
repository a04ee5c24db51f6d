// The people who settle an insurer's demands by batches, each a PersistentCaller: clerks accept,
// a maker opens and a checker closes, funds import what their bank says, reconcile, pass on and
// hand on. They work at the same time and notice nothing of a hub that is killed but the waiting.
#ifndef RECOUP_TESTS_OPERATION_SETTLEMENT_PEOPLE_H_
#define RECOUP_TESTS_OPERATION_SETTLEMENT_PEOPLE_H_

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "recoup/v1/insurer_service.grpc.pb.h"
#include "recoup/v1/reconciliation_service.grpc.pb.h"
#include "tests/operation/interrupted_hub.h"
#include "tests/operation/issued_demands.h"

namespace recoup::testing {

// A pool and who keeps its books: "pools/310115-310", "fund/pudong/wang-min".
struct PoolDesk {
  std::string pool;
  std::string officer;
};

class SettlementPeople {
 public:
  // All of the insurer "huaan"; banks book on this day.
  SettlementPeople(InterruptedHub& hub, std::vector<PoolDesk> pools, std::string day);
  ~SettlementPeople();

  // Accepts the demands one after another, every fifth of them in part; then the rest of these.
  // `accepted` counts those that were accepted at first, of all clerks.
  void Accept(const std::vector<IssuedDemand>& demands, std::atomic<int>& accepted);

  // Opened by the maker, who may not close it, and closed by the checker.
  v1::SettlementBatch Cut(const std::string& collecting_pool);
  // Given up before it is paid; ends when all lines are free again.
  void Cancel(const v1::SettlementBatch& batch);
  // The bank of the collecting pool gets the sum, everybody reconciles until the batch is paid; the
  // parts of other pools are handed on and the own one is passed on, in the bank's books too.
  // `comes_back`: first the bank takes the payment back in the middle of the distribution.
  void PayOut(const v1::SettlementBatch& batch, bool comes_back);

  std::vector<v1::SettlementBatch> Batches();
  std::vector<v1::SettlementBatchLine> Lines(const std::string& batch);
  // Everything that changed something, once more.
  void AskAllAgain();
  // What went wrong, of all of them.
  std::vector<std::string> Faults();
  int found_done() const;
  int asked() const;

 private:
  struct Account {
    std::mutex mutex;
    int statements = 0;  // Guarded by mutex, as what follows.
    std::int64_t balance_fen = 0;
  };

  PersistentCaller& Somebody(const std::string& party);
  const std::string& OfficerOf(const std::string& pool) const;
  void Fault(const std::string& what, const grpc::Status& status);
  void Import(PersistentCaller& officer, const std::string& pool,
              std::vector<v1::StatementEntry> entries);
  v1::ReconcileResponse Reconcile(PersistentCaller& officer, const std::string& pool);
  // All pools, the collecting one first, until the batch has come to this state.
  void ReconcileUntil(const v1::SettlementBatch& batch, v1::SettlementBatchState state);
  v1::SettlementBatch Show(PersistentCaller& who, const std::string& batch);
  void HandOn(const v1::SettlementBatch& batch, std::int64_t passed_on_fen);
  void Explain(PersistentCaller& officer, const std::string& pool, std::int64_t passed_on_fen);

  InterruptedHub& hub_;
  const std::vector<PoolDesk> pools_;
  const std::string day_;
  std::map<std::string, Account> accounts_;  // By pool; the map itself does not change.
  std::mutex mutex_;
  std::deque<PersistentCaller> people_;  // Guarded by mutex_, but each is used by its own thread.
  std::vector<std::string> faults_;      // Guarded by mutex_.
  int entries_ = 0;                      // Guarded by mutex_.
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_OPERATION_SETTLEMENT_PEOPLE_H_
