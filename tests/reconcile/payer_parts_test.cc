// Payers are decided on in two parts, at once where there are two threads. Which part a payer is
// in, and which of the parts comes first, must decide nothing.
#include <gmock/gmock.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "hub/base/ids.h"
#include "hub/reconcile/payer_group.h"
#include "tests/reconcile/world.h"

namespace recoup::reconcile {
namespace {

constexpr std::uint64_t kPartsSeed = 20261122;

void SecondThenFirst(const std::function<void()>& first, const std::function<void()>& second) {
  second();
  first();
}

void InTwoThreads(const std::function<void()>& first, const std::function<void()>& second) {
  std::thread other(second);
  first();
  other.join();
}

// Many payers, known by name, by account or by both, so that some share demands with others. Few
// amounts, so that equal amounts, sums and doubts are common.
class ManyPayers {
 public:
  explicit ManyPayers(std::uint64_t seed) : random_(seed) {}

  Facts Next() {
    Facts facts;
    facts.as_of = kToday;
    const std::size_t payers = 2 + Below(10);
    for (std::size_t i = 0; i < 40; ++i) {
      OpenDemand demand =
          Demand(absl::StrCat("d", 100 + i), static_cast<std::int64_t>(1 + Below(9)) * 100);
      const std::size_t payer = Below(payers);
      demand.debtor_key = absl::StrCat("debtor", payer);
      demand.debtor_names = {Name(payer)};
      if (OneIn(4)) demand.debtor_accounts = {Account(OneIn(4) ? Below(payers) : payer)};
      if (OneIn(12)) demand.debtor_names.push_back(Name(Below(payers)));
      demand.issued_on = absl::CivilDay(2026, 2, 1) + static_cast<int>(Below(30));
      facts.demands.push_back(std::move(demand));
    }
    for (std::size_t i = 0; i < 40; ++i) {
      BankEntry entry =
          Credit(absl::StrCat("e", 100 + i), static_cast<std::int64_t>(1 + Below(15)) * 100);
      const std::size_t payer = Below(payers);
      entry.counterparty_name = Name(payer);
      if (OneIn(3)) entry.counterparty_account = Account(OneIn(4) ? Below(payers) : payer);
      entry.booked_on = absl::CivilDay(2026, 3, 1) + static_cast<int>(Below(20));
      facts.entries.push_back(std::move(entry));
    }
    return facts;
  }

  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[Below(i)]);
  }

 private:
  std::size_t Below(std::size_t n) { return static_cast<std::size_t>(random_.Next() % n); }
  bool OneIn(std::size_t n) { return Below(n) == 0; }
  static std::string Name(std::size_t payer) { return absl::StrCat("虚构", payer, "号公司"); }
  static std::string Account(std::size_t payer) { return absl::StrCat("620000", payer); }

  SeededRandom random_;
};

TEST(PayerPartsTest, ThreadsAndOrdersDecideNothing) {
  ManyPayers worlds(kPartsSeed);
  const ReconcilePolicy policy;
  std::map<std::string, int> seen;
  for (int round = 0; round < 500; ++round) {
    SCOPED_TRACE(absl::StrCat("seed ", kPartsSeed, " round ", round));
    Facts facts = worlds.Next();
    const Result in_turn = Decide(facts);  // The checker proves it.
    for (const auto& both : {Both(SecondThenFirst), Both(InTwoThreads)}) {
      worlds.Shuffle(facts.entries);
      worlds.Shuffle(facts.demands);
      const absl::StatusOr<Result> other = Reconcile(Pack(facts), policy, both);
      ASSERT_TRUE(other.ok()) << other.status();
      ASSERT_TRUE(in_turn == *other);
    }
    for (const Application& a : in_turn.applications) {
      ++seen[std::string(RuleName(a.certificate.rule))];
    }
  }
  for (const char* rule : {"PAYER_AND_AMOUNT", "PAYER_AND_SUM", "PAYER_AND_PARTS"}) {
    EXPECT_GT(seen[rule], 20) << rule;
  }
}

TEST(PayerPartsTest, DecisionsStandInTheOrderOfThePayersWhateverTheirPart) {
  Facts facts;
  facts.as_of = kToday;
  Lines wanted;
  for (int i = 0; i < 9; ++i) {
    OpenDemand demand = Demand(absl::StrCat("d", 9 - i), 1000 + i);
    demand.debtor_key = demand.debtor_names[0] = absl::StrCat("虚构", i, "号公司");
    BankEntry entry = Credit(absl::StrCat("e", i), 1000 + i);
    entry.counterparty_name = demand.debtor_key;
    wanted.push_back(absl::StrCat("e", i, ">d", 9 - i, " ", 1000 + i, " PAYER_AND_AMOUNT"));
    facts.demands.push_back(std::move(demand));
    facts.entries.push_back(std::move(entry));
  }
  EXPECT_EQ(Applied(Decide(facts)), wanted);
}

// An insurer is known by its own name and by the one it had before.
TEST(PayerPartsTest, PaymentsUnderTwoNamesOfOneDebtorAreReadBeforeAnyIsApplied) {
  const auto known_by_both = [](OpenDemand demand) {
    demand.debtor_names = {"安行财产保险", "安行保险"};
    return demand;
  };
  BankEntry other = Credit("e2", 3000);
  other.counterparty_name = "安行保险";
  const std::vector<OpenDemand> demands = {known_by_both(Demand("d1", 1000)),
                                           known_by_both(Demand("d2", 3000))};
  const Result result = Decide(World({Credit("e1", 1000), other}, demands));
  EXPECT_EQ(Applied(result), (Lines{"e1>d1 1000 PAYER_AND_AMOUNT", "e2>d2 3000 PAYER_AND_AMOUNT"}));
  // What the payment under the other name paid counts as another reading all the same.
  EXPECT_EQ(result.applications[1].certificate.margin, 2000);

  // Both mean the same demand: neither of them came first.
  other.amount = Money::Fen(1000);
  const Result twice = Decide(World({Credit("e1", 1000), other}, demands));
  EXPECT_EQ(Applied(twice), Lines{});
  EXPECT_EQ(Breaks(twice), (Lines{"AMBIGUOUS_PAYMENT e1 1000", "AMBIGUOUS_PAYMENT e2 1000"}));
}

TEST(PayerPartsTest, APairingByDatesStandsOrFallsAsAWhole) {
  const auto due = [](OpenDemand demand, absl::CivilDay day) {
    demand.due_on = day;
    return demand;
  };
  const auto booked = [](BankEntry entry, absl::CivilDay day) {
    entry.booked_on = day;
    return entry;
  };
  OpenDemand first = due(Demand("d1", 1000), absl::CivilDay(2026, 3, 1));
  const OpenDemand second = due(Demand("d2", 1000), absl::CivilDay(2026, 3, 25));
  std::vector<BankEntry> entries = {booked(Credit("e1", 1000), absl::CivilDay(2026, 3, 1)),
                                    booked(Credit("e2", 1000), absl::CivilDay(2026, 3, 25))};
  EXPECT_EQ(Applied(Decide(World(entries, {first, second}))),
            (Lines{"e1>d1 1000 PAYER_AND_DATES", "e2>d2 1000 PAYER_AND_DATES"}));
  // A third payment has the amount of an instalment of the first.
  first.instalments = {{absl::CivilDay(2026, 3, 1), Money::Fen(400), Money::Fen(400)},
                       {absl::CivilDay(2026, 4, 1), Money::Fen(600), Money::Fen(600)}};
  entries.push_back(booked(Credit("e3", 400), absl::CivilDay(2026, 3, 26)));
  const Result result = Decide(World(entries, {first, second}));
  EXPECT_EQ(Applied(result), Lines{});
  EXPECT_EQ(result.breaks.size(), 3u);
}

std::vector<bool> PartsOf(std::vector<PayerGroup> groups) {
  PartGroups(groups, 100);
  std::vector<bool> parts;
  for (const PayerGroup& group : groups) parts.push_back(group.beside);
  return parts;
}

PayerGroup GroupOf(std::vector<Index> entries, std::vector<Index> demands) {
  return {std::move(entries), std::move(demands), false};
}

TEST(PayerPartsTest, GroupsThatShareADemandAreInOnePart) {
  using testing::ElementsAre;
  EXPECT_THAT(PartsOf({}), ElementsAre());
  EXPECT_THAT(PartsOf({GroupOf({0}, {0}), GroupOf({1}, {1})}), ElementsAre(false, true));
  EXPECT_THAT(PartsOf({GroupOf({0}, {0}), GroupOf({1}, {0})}), ElementsAre(false, false));
  // By way of a third, whichever comes first.
  EXPECT_THAT(PartsOf({GroupOf({0}, {0}), GroupOf({1}, {1}), GroupOf({2}, {0, 1})}),
              ElementsAre(false, false, false));
  EXPECT_THAT(
      PartsOf({GroupOf({2}, {7}), GroupOf({0}, {0}), GroupOf({1}, {1}), GroupOf({3}, {1, 0})}),
      ElementsAre(false, true, true, true));
  // One that has much to do is weighed against many that have little.
  EXPECT_THAT(PartsOf({GroupOf({0}, {0, 1, 2, 3}), GroupOf({1}, {4}), GroupOf({2}, {5}),
                       GroupOf({3}, {6})}),
              ElementsAre(false, true, true, true));
}

}  // namespace
}  // namespace recoup::reconcile
