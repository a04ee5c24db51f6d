#include "tests/app/settlement_story.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/demand_answers.h"
#include "hub/app/import_statement.h"
#include "tests/app/payment_story.h"

namespace recoup::testing {
namespace {

constexpr char kInsurer[] = "华安联合财产保险股份有限公司";

}  // namespace

using domain::Demand;
using domain::Money;
using domain::PoolId;
using domain::SettlementBatch;

SettlementStory::SettlementStory() : here(world.pool) {
  domain::Party fund;
  fund.party = other_fund.party;
  fund.display_name = "闵行区医疗保障基金";
  fund.pools = {there};
  world.Register(std::move(fund));
}

const app::Caller& SettlementStory::FundOf(const PoolId& pool) const {
  return pool == here ? world.fund : other_fund;
}

Demand SettlementStory::Issued(const PoolId& pool, Money amount) {
  const auto demand = world.Run(FundOf(pool), [&](app::UnitOfWork& work) {
    return IssueForTest(work, {.pool = pool,
                               .number = absl::StrCat("N", ++numbers_),
                               .debtor = kInsurer,
                               .debtor_party = world.insurer.party,
                               .lines = {amount},
                               .due_on = world.today() + 30,
                               .case_number = ""});
  });
  EXPECT_TRUE(demand.ok()) << demand.status();
  return demand.value_or(Demand());
}

absl::StatusOr<Demand> SettlementStory::Accept(const Demand& demand, std::optional<Money> amount) {
  return world.Run(maker, [&](app::UnitOfWork& work) {
    return app::AcceptDemandOf({.pool = demand.pool,
                                .demand = demand.id,
                                .etag = "",
                                .happened = world.clock().Now(),
                                .amount = amount,
                                .text = "部分认可"},
                               work);
  });
}

Demand SettlementStory::Accepted(const PoolId& pool, Money amount, std::optional<Money> accepted) {
  const auto demand = Accept(Issued(pool, amount), accepted);
  EXPECT_TRUE(demand.ok()) << demand.status();
  return demand.value_or(Demand());
}

absl::StatusOr<SettlementBatch> SettlementStory::Create(std::vector<PoolId> pools) {
  return world.Run(maker, [&](app::UnitOfWork& work) {
    return app::CreateSettlementBatchOf({.collecting_pool = here, .pools = pools}, work);
  });
}

absl::StatusOr<SettlementBatch> SettlementStory::Close(const SettlementBatch& batch) {
  return world.Run(checker, [&](app::UnitOfWork& work) {
    return app::CloseSettlementBatchOf({.insurer = batch.insurer, .batch = batch.id, .etag = ""},
                                       work);
  });
}

absl::StatusOr<SettlementBatch> SettlementStory::Cancel(const SettlementBatch& batch) {
  return world.Run(maker, [&](app::UnitOfWork& work) {
    return app::CancelSettlementBatchOf(
        {.insurer = batch.insurer, .batch = batch.id, .etag = "", .reason = "改为逐笔支付"}, work);
  });
}

SettlementBatch SettlementStory::Cut(std::vector<PoolId> pools) {
  const auto batch = Create(std::move(pools));
  EXPECT_TRUE(batch.ok()) << batch.status();
  const auto closed = Close(batch.value_or(SettlementBatch()));
  EXPECT_TRUE(closed.ok()) << closed.status();
  return closed.value_or(SettlementBatch());
}

void SettlementStory::Import(const PoolId& pool, std::vector<domain::StatementEntry> entries) {
  Money& balance = balances_[pool.value];
  const auto command = StatementOf(pool, absl::StrCat(++statements_[pool.value]), balance,
                                   world.today(), world.today(), std::move(entries));
  balance = command.statement.closing;
  const auto answer = world.Run(
      FundOf(pool), [&](app::UnitOfWork& work) { return app::ImportStatementOf(command, work); });
  ASSERT_TRUE(answer.ok()) << answer.status();
}

domain::StatementEntry SettlementStory::FromInsurer(Money amount, const std::string& text) {
  return Credit(world.today(), amount, absl::StrCat("BK", ++numbers_), kInsurer, text);
}

app::ReconcileAnswer SettlementStory::Reconcile(const PoolId& pool) {
  const auto answer = world.Run(FundOf(pool), [&](app::UnitOfWork& work) {
    return app::ReconcileOf({.pool = pool, .verify = true}, work);
  });
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.value_or(app::ReconcileAnswer());
}

void SettlementStory::ReconcileAll(const PoolId& pool) {
  for (int runs = 0; runs < 1'000; ++runs) {
    if (Reconcile(pool).settlement.lines_left == 0) return;
  }
  ADD_FAILURE() << "lines are left after a thousand runs";
}

Demand SettlementStory::Get(const Demand& demand) {
  return world.Get<Demand>(demand.pool.value, demand.id.value);
}

SettlementBatch SettlementStory::Get(const SettlementBatch& batch) {
  return world.Get<SettlementBatch>(batch.insurer.value, batch.id.value);
}

std::vector<domain::Break> SettlementStory::OpenBreaks(const PoolId& pool) {
  std::vector<domain::Break> open;
  for (domain::Break& one : world.All<domain::Break>(pool.value)) {
    if (one.state != domain::BreakState::kResolved) open.push_back(std::move(one));
  }
  return open;
}

}  // namespace recoup::testing
