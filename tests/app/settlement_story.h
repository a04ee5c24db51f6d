// Two pools that one insurer owes money, and the settlement batches it pays by: what tests of
// settlement batches start from. Every step is a command of the party that would send it.
#ifndef RECOUP_TESTS_APP_SETTLEMENT_STORY_H_
#define RECOUP_TESTS_APP_SETTLEMENT_STORY_H_

#include <map>
#include <string>
#include <vector>

#include "hub/app/reconcile.h"
#include "hub/app/settlement_batches.h"
#include "hub/domain/records/demand.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {

struct SettlementStory {
  SettlementStory();

  // Issued to the insurer and accepted in full, or in part where `accepted` is given.
  domain::Demand Accepted(const domain::PoolId& pool, domain::Money amount,
                          std::optional<domain::Money> accepted = std::nullopt);
  absl::StatusOr<domain::Demand> Accept(const domain::Demand& demand,
                                        std::optional<domain::Money> amount = std::nullopt);
  domain::Demand Issued(const domain::PoolId& pool, domain::Money amount);

  absl::StatusOr<domain::SettlementBatch> Create(std::vector<domain::PoolId> pools = {});
  absl::StatusOr<domain::SettlementBatch> Close(const domain::SettlementBatch& batch);
  absl::StatusOr<domain::SettlementBatch> Cancel(const domain::SettlementBatch& batch);
  // Created by the maker and closed by the checker.
  domain::SettlementBatch Cut(std::vector<domain::PoolId> pools = {});

  // The next statement of the pool's account, of the world's present day.
  void Import(const domain::PoolId& pool, std::vector<domain::StatementEntry> entries);
  domain::StatementEntry FromInsurer(domain::Money amount, const std::string& text);
  app::ReconcileAnswer Reconcile(const domain::PoolId& pool);
  // Until no line is left.
  void ReconcileAll(const domain::PoolId& pool);

  domain::Demand Get(const domain::Demand& demand);
  domain::SettlementBatch Get(const domain::SettlementBatch& batch);
  std::vector<domain::Break> OpenBreaks(const domain::PoolId& pool);
  const app::Caller& FundOf(const domain::PoolId& pool) const;

  HubWorld world;
  const domain::PoolId here;  // Collects the payment.
  const domain::PoolId there{"310112-310"};
  const app::Caller other_fund{{"fund/minhang"}, "fund/minhang/zhao-lei"};
  const app::Caller maker{{"insurer/huaan"}, "insurer/huaan/zhou-min"};
  const app::Caller checker{{"insurer/huaan"}, "insurer/huaan/he-qing"};

 private:
  int numbers_ = 0;
  std::map<std::string, int> statements_;
  std::map<std::string, domain::Money> balances_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_APP_SETTLEMENT_STORY_H_
