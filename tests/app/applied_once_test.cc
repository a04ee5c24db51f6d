// Nothing is matched twice, also when two writers decide on the same view of an entry: the store
// refuses the second.
#include <gtest/gtest.h>

#include "hub/app/import_statement.h"
#include "hub/app/reconcile.h"
#include "hub/domain/wire.h"
#include "tests/app/payment_story.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {
namespace {

using domain::Money;
using domain::StatementEntry;

TEST(AppliedOnceTest, TheStoreRefusesAnApplicationMadeFromAnOutdatedView) {
  HubWorld world;
  const auto demand = world.Run(world.fund, [&](app::UnitOfWork& work) {
    return IssueForTest(work, {.pool = world.pool,
                               .number = "4001",
                               .debtor = "华安联合财产保险股份有限公司",
                               .debtor_party = world.insurer.party,
                               .lines = {Money::Fen(500)},
                               .due_on = world.today() + 30,
                               .case_number = ""});
  });
  ASSERT_TRUE(demand.ok()) << demand.status();
  const auto imported = world.Run(world.fund, [&](app::UnitOfWork& work) {
    return app::ImportStatementOf(
        StatementOf(world.pool, "1", Money(), world.today(), world.today(),
                    {Credit(world.today(), Money::Fen(900), "B1", "付款人", demand->reference)}),
        work);
  });
  ASSERT_TRUE(imported.ok()) << imported.status();
  const StatementEntry before = world.All<StatementEntry>(world.pool.value).front();
  const auto reconciled = world.Run(world.fund, [&](app::UnitOfWork& work) {
    return app::ReconcileOf({.pool = world.pool}, work);
  });
  ASSERT_TRUE(reconciled.ok()) << reconciled.status();
  ASSERT_EQ(reconciled->applied_count, 1);

  // What a second writer would store that still sees the entry as it was.
  StatementEntry outdated = before;
  outdated.applications.push_back({.demand = demand->id,
                                   .amount = Money::Fen(500),
                                   .returned = Money(),
                                   .rule = "PERSON",
                                   .certificate = "",
                                   .recorded_time = world.clock().Now(),
                                   .match = std::nullopt});
  domain::IndexEntries index_before;
  domain::IndexEntries index_after;
  before.Index(index_before);
  outdated.Index(index_after);
  const app::RecordKey key = app::KeyOf(outdated);
  app::WriteSet writes;
  writes.records.push_back({key, domain::Encode(outdated)});
  for (const domain::UniqueEntry& entry : index_after.unique) {
    const auto& known = index_before.unique;
    if (std::find(known.begin(), known.end(), entry) != known.end()) continue;
    writes.unique_added.push_back({entry.kind, entry.key, key});
  }
  ASSERT_EQ(writes.unique_added.size(), 1u);
  ASSERT_TRUE(world.store().Begin().ok());
  EXPECT_FALSE(world.store().Commit(writes).ok());
  EXPECT_EQ(world.All<StatementEntry>(world.pool.value).front().unapplied, Money::Fen(400));
}

}  // namespace
}  // namespace recoup::testing
