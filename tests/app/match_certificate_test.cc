// What is stored of a match is enough to prove it again, long after the run.
#include "hub/app/match_certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hub/app/import_statement.h"
#include "hub/app/reconcile.h"
#include "hub/app/reconcile_facts.h"
#include "hub/reconcile/verify.h"
#include "tests/app/payment_story.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {
namespace {

using domain::Money;
using domain::StatementEntry;

constexpr char kDebtor[] = "华安联合财产保险股份有限公司";
constexpr absl::CivilDay kMatchDay(2026, 3, 18);

class MatchCertificateTest : public ::testing::Test {
 protected:
  domain::Demand Issue(const std::string& number, Money amount) {
    const auto demand = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return IssueForTest(work, {.pool = world_.pool,
                                 .number = number,
                                 .debtor = kDebtor,
                                 .debtor_party = world_.insurer.party,
                                 .lines = {amount},
                                 .due_on = kMatchDay + 40,
                                 .case_number = ""});
    });
    EXPECT_TRUE(demand.ok()) << demand.status();
    return demand.value_or(domain::Demand());
  }
  // What the engine is told, before it decides.
  reconcile::Facts Facts() {
    reconcile::Facts facts;
    const absl::Status loaded = world_.Run(world_.fund, [&](app::UnitOfWork& work) -> absl::Status {
      const auto answer = app::LoadReconcileFacts(work, world_.pool, {});
      if (!answer.ok()) return answer.status();
      facts = answer->facts;
      return absl::OkStatus();
    });
    EXPECT_TRUE(loaded.ok()) << loaded;
    return facts;
  }
  // The decisions of the run, read back from the entries alone.
  std::vector<reconcile::Application> Decisions() {
    std::vector<std::pair<std::int64_t, reconcile::Application>> ordered;
    for (const StatementEntry& entry : world_.All<StatementEntry>(world_.pool.value)) {
      for (const domain::Application& application : entry.applications) {
        const auto decision = app::DecisionOf(entry, application, texts_);
        EXPECT_TRUE(decision.ok()) << decision.status();
        ordered.emplace_back(application.match->order, *decision);
      }
    }
    std::sort(ordered.begin(), ordered.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<reconcile::Application> decisions;
    for (auto& [order, decision] : ordered) decisions.push_back(std::move(decision));
    return decisions;
  }

  // Pays 300 yuan by the demand's reference and a sum that names nothing; the facts before the run.
  reconcile::Facts PayAndReconcile(const domain::Demand& named, Money unnamed) {
    StatementEntry by_reference = Credit(kMatchDay, Yuan(300), "B1", kDebtor, "");
    by_reference.creditor_reference = named.reference;
    const auto imported = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::ImportStatementOf(
          StatementOf(world_.pool, "1", Money(), kMatchDay, kMatchDay,
                      {by_reference, Credit(kMatchDay, unnamed, "B2", kDebtor, "赔款")}),
          work);
    });
    EXPECT_TRUE(imported.ok()) << imported.status();
    reconcile::Facts facts = Facts();
    const auto run = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::ReconcileOf({.pool = world_.pool, .verify = true}, work);
    });
    EXPECT_TRUE(run.ok()) << run.status();
    applied_count_ = run.ok() ? run->applied_count : 0;
    return facts;
  }

  HubWorld world_;
  reconcile::TextArena texts_;
  std::int64_t applied_count_ = 0;  // Of the run.
};

TEST_F(MatchCertificateTest, TheCheckerProvesStoredDecisionsAndFindsForgedOnes) {
  const domain::Demand named = Issue("5001", Yuan(300));
  Issue("5002", Yuan(111));
  Issue("5003", Yuan(222));
  Issue("5004", Yuan(4000));
  const reconcile::Facts facts = PayAndReconcile(named, Yuan(333));
  ASSERT_EQ(applied_count_, 3);

  reconcile::Result result;
  result.applications = Decisions();
  ASSERT_EQ(result.applications.size(), 3u);
  const reconcile::ReconcilePolicy policy;
  for (std::size_t i = 0; i < result.applications.size(); ++i) {
    EXPECT_TRUE(reconcile::VerifyCertificate(facts, policy, result, i).ok());
  }
  // The subset of the sum is on record.
  const auto of_sum = std::find_if(
      result.applications.begin(), result.applications.end(), [](const auto& application) {
        return application.certificate.rule == reconcile::Rule::kPayerAndSum;
      });
  ASSERT_NE(of_sum, result.applications.end());
  EXPECT_EQ(of_sum->certificate.chosen.size(), 2u);

  for (std::size_t i = 0; i < result.applications.size(); ++i) {
    reconcile::Result forged = result;
    forged.applications[i].certificate.open_before += Money::Fen(1);
    EXPECT_FALSE(reconcile::VerifyCertificate(facts, policy, forged, i).ok()) << i;
  }
}

// Two demands of one amount: the second payment is for the other one because the first has taken
// its own, and the certificate says so.
TEST_F(MatchCertificateTest, ARivalThatAnotherPaymentTookIsNamedWithIt) {
  const domain::Demand named = Issue("5001", Yuan(300));
  const domain::Demand other = Issue("5002", Yuan(300));
  const reconcile::Facts facts = PayAndReconcile(named, Yuan(300));
  ASSERT_EQ(applied_count_, 2);

  reconcile::Result result;
  result.applications = Decisions();
  const reconcile::Application& by_amount = result.applications.at(1);
  ASSERT_EQ(by_amount.certificate.rule, reconcile::Rule::kPayerAndAmount);
  EXPECT_EQ(by_amount.demand_key, other.id.ToString());
  const reconcile::Application& first = result.applications.front();
  ASSERT_EQ(by_amount.certificate.taken.size(), 1u);
  EXPECT_EQ(by_amount.certificate.taken[0].demand_key, named.id.ToString());
  EXPECT_EQ(by_amount.certificate.taken[0].entry_key, first.entry_key);
  EXPECT_TRUE(first.certificate.taken.empty());
  for (const StatementEntry& entry : world_.All<StatementEntry>(world_.pool.value)) {
    if (entry.bank_reference != "B2") continue;
    EXPECT_NE(entry.applications.front().certificate.find("已先由到账"), std::string::npos);
  }

  const reconcile::ReconcilePolicy policy;
  EXPECT_TRUE(reconcile::VerifyCertificate(facts, policy, result, 1).ok());
  using Taken = std::vector<reconcile::TakenDemand>;
  for (const Taken& forged_taken :
       {Taken{}, Taken{{by_amount.demand_key, first.entry_key}},
        Taken{{first.demand_key, by_amount.entry_key}},
        Taken{{first.demand_key, first.entry_key}, {by_amount.demand_key, first.entry_key}}}) {
    reconcile::Result forged = result;
    forged.applications[1].certificate.taken = forged_taken;
    EXPECT_FALSE(reconcile::VerifyCertificate(facts, policy, forged, 1).ok());
  }
  reconcile::Result forged = result;
  forged.applications[0].certificate.taken = {{by_amount.demand_key, by_amount.entry_key}};
  EXPECT_FALSE(reconcile::VerifyCertificate(facts, policy, forged, 0).ok())
      << "a reference excludes nobody's payment";
}

TEST_F(MatchCertificateTest, WhatAPersonDecidedHasNone) {
  domain::Application application;
  application.rule = "PERSON";
  EXPECT_FALSE(app::DecisionOf(StatementEntry(), application, texts_).ok());
  application.match = domain::MatchCertificate();
  EXPECT_FALSE(app::DecisionOf(StatementEntry(), application, texts_).ok());
}

}  // namespace
}  // namespace recoup::testing
