// A part of a record says what the whole record says, whatever else is stored beside it.
#include "hub/app/fact_parts.h"

#include "gtest/gtest.h"
#include "hub/app/reconcile_facts.h"
#include "hub/domain/wire.h"

namespace recoup::app {
namespace {

using domain::Money;

domain::Demand SomeDemand() {
  domain::Demand demand;
  demand.id = {Id{7, 11}};
  demand.version = 4;
  demand.pool = {"310115-310"};
  demand.state = domain::DemandState::kAgreed;
  demand.debtor_name = "华安联合财产保险股份有限公司";
  demand.debtor_party = {"insurer/huaan"};
  demand.case_number = "(2026)沪0115民初12号";
  demand.reference = "RF18539007547034";
  demand.amount = Money::Fen(90'000);
  for (const domain::Stage stage : {domain::Stage::kClaimed, domain::Stage::kRecovered,
                                    domain::Stage::kAgreed, domain::Stage::kRelinquished}) {
    domain::DemandLine& line = demand.lines.emplace_back();
    line.amount = Money::Fen(20'000);
    line.dispute_reason = "与事故无关";
    EXPECT_TRUE(line.stages.Add(stage, line.amount).ok());
  }
  demand.issued_on = absl::CivilDay(2026, 3, 2);
  demand.due_on = absl::CivilDay(2026, 4, 1);
  demand.instalments = {{absl::CivilDay(2026, 4, 1), Money::Fen(50'000), Money::Fen(20'000)},
                        {absl::CivilDay(2026, 5, 1), Money::Fen(40'000), Money()}};
  demand.dispute_reason = "责任比例不符";
  demand.transfers = {3, 9};
  demand.claim_number = "P2026-1";
  return demand;
}

domain::StatementEntry SomeEntry() {
  domain::StatementEntry entry;
  entry.id = {Id{5, 6}};
  entry.version = 2;
  entry.pool = {"310115-310"};
  entry.account = "31001000000000001";
  entry.entry_key = "B1#1";
  entry.bank_reference = "B1";
  entry.booked_on = absl::CivilDay(2026, 3, 3);
  entry.valued_on = absl::CivilDay(2026, 3, 4);
  entry.amount = Money::Fen(70'000);
  entry.reversal = true;
  entry.counterparty_name = "远山客运公司";
  entry.counterparty_account = "6222000000000001";
  entry.end_to_end_id = "E2E-1";
  entry.creditor_reference = "RF18539007547034";
  entry.remittance_text = "医疗费";
  entry.return_reason = "AC04";
  entry.state = domain::StatementEntryState::kPartiallyApplied;
  entry.unapplied = Money::Fen(10'000);
  entry.refundable = Money::Fen(5'000);
  entry.applications = {{.demand = {Id{7, 11}},
                         .amount = Money::Fen(30'000),
                         .returned = Money::Fen(12'000),
                         .rule = "PERSON",
                         .certificate = "经办",
                         .recorded_time = absl::UnixEpoch(),
                         .match = std::nullopt}};
  entry.returns = domain::StatementEntryId{Id{1, 2}};
  entry.batched = Money::Fen(7'000);
  entry.event_sequence = 41;
  entry.settled_event = 42;
  return entry;
}

TEST(FactPartsTest, PartOfADemandIsTheSameFact) {
  const domain::Demand whole = SomeDemand();
  DemandPart part;
  ASSERT_TRUE(domain::Decode(domain::Encode(whole), part).ok());
  const reconcile::OpenDemand expected = OpenDemandOf(whole, {"华安联合", "华安"});
  const reconcile::OpenDemand fact = OpenDemandOf(std::move(part), {"华安联合", "华安"});
  EXPECT_EQ(fact.key, expected.key);
  EXPECT_EQ(fact.debtor_key, "insurer/huaan");
  EXPECT_EQ(fact.debtor_key, expected.debtor_key);
  EXPECT_EQ(fact.reference, expected.reference);
  EXPECT_EQ(fact.case_numbers, expected.case_numbers);
  EXPECT_EQ(fact.debtor_names, expected.debtor_names);
  EXPECT_EQ(fact.amount, expected.amount);
  EXPECT_EQ(fact.open, Money::Fen(40'000)) << "claimed and agreed";
  EXPECT_EQ(fact.open, expected.open);
  EXPECT_EQ(fact.issued_on, expected.issued_on);
  EXPECT_EQ(fact.due_on, expected.due_on);
  ASSERT_EQ(fact.instalments.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(fact.instalments[i].due_on, expected.instalments[i].due_on);
    EXPECT_EQ(fact.instalments[i].amount, expected.instalments[i].amount);
    EXPECT_EQ(fact.instalments[i].open, expected.instalments[i].open);
  }
}

TEST(FactPartsTest, ADebtorWithoutAPartyIsKnownByName) {
  domain::Demand whole = SomeDemand();
  whole.debtor_party = {};
  DemandPart part;
  ASSERT_TRUE(domain::Decode(domain::Encode(whole), part).ok());
  EXPECT_EQ(OpenDemandOf(std::move(part), {}).debtor_key, whole.debtor_name);
}

TEST(FactPartsTest, PartOfAnEntryIsTheSameFact) {
  const domain::StatementEntry whole = SomeEntry();
  EntryPart part;
  ASSERT_TRUE(domain::Decode(domain::Encode(whole), part).ok());
  const reconcile::BankEntry expected = BankEntryOf(whole);
  const reconcile::BankEntry fact = BankEntryOf(std::move(part));
  EXPECT_EQ(fact.key, expected.key);
  EXPECT_EQ(fact.amount, expected.amount);
  EXPECT_EQ(fact.direction, expected.direction);
  EXPECT_EQ(fact.reversal, expected.reversal);
  EXPECT_EQ(fact.booked_on, expected.booked_on);
  EXPECT_EQ(fact.valued_on, expected.valued_on);
  EXPECT_EQ(fact.bank_reference, expected.bank_reference);
  EXPECT_EQ(fact.end_to_end_id, expected.end_to_end_id);
  EXPECT_EQ(fact.creditor_reference, expected.creditor_reference);
  EXPECT_EQ(fact.free_text, expected.free_text);
  EXPECT_EQ(fact.counterparty_name, expected.counterparty_name);
  EXPECT_EQ(fact.counterparty_account, expected.counterparty_account);
  EXPECT_TRUE(fact.return_info.is_return);
  EXPECT_EQ(fact.return_info.reason_code, expected.return_info.reason_code);
  EXPECT_EQ(fact.returned_before, Money::Fen(35'000)) << "70,000 - 18,000 - 7,000 - 10,000";
  EXPECT_EQ(fact.returned_before, expected.returned_before);
}

TEST(FactPartsTest, BookedPartHoldsWhatTheCloseAsks) {
  const domain::StatementEntry whole = SomeEntry();
  BookedPart part;
  ASSERT_TRUE(domain::Decode(domain::Encode(whole), part).ok());
  EXPECT_EQ(part.id, whole.id);
  EXPECT_EQ(part.account, whole.account);
  EXPECT_EQ(part.booked_on, whole.booked_on);
  EXPECT_EQ(part.amount, whole.amount);
  EXPECT_EQ(part.direction, whole.direction);
  EXPECT_EQ(part.state, whole.state);
  EXPECT_EQ(part.returns, whole.returns);
  EXPECT_EQ(part.event_sequence, whole.event_sequence);
  EXPECT_EQ(part.settled_event, whole.settled_event);
}

}  // namespace
}  // namespace recoup::app
