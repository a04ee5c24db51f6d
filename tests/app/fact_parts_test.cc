// A part of a record says what the whole record says, whatever else is stored beside it.
#include "hub/app/fact_parts.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hub/app/packed_parts.h"
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
  entry.delivery_event = 40;
  entry.further_delivery_events = {38, 39};
  return entry;
}

// Texts of a number, for instance of the names of a demand.
std::vector<std::string> TextsOf(const reconcile::DemandBook::Numbers& in,
                                 std::span<const std::uint32_t> numbers) {
  std::vector<std::string> texts;
  for (const std::uint32_t number : numbers) {
    for (const auto& [text, of] : in) {
      if (of == number) texts.emplace_back(text.text);
    }
  }
  return texts;
}

void ExpectSameDemand(const domain::Demand& whole) {
  const std::string bytes = domain::Encode(whole);
  DemandPart part;
  ASSERT_TRUE(domain::Decode(bytes, part).ok());
  reconcile::DemandBook of_part;
  Pack(part, of_part);
  reconcile::DemandBook of_whole;
  of_whole.Add(OpenDemandOf(whole, {whole.debtor_name}));
  of_part.MakeTables(reconcile::InTurn);
  of_whole.MakeTables(reconcile::InTurn);
  const reconcile::DemandFact& fact = of_part.all().front();
  const reconcile::DemandFact& expected = of_whole.all().front();
  EXPECT_EQ(fact.key, whole.id.ToString());
  EXPECT_EQ(fact.key, expected.key);
  EXPECT_EQ(fact.debtor, expected.debtor);
  EXPECT_EQ(fact.reference, expected.reference);
  EXPECT_EQ(TextsOf(of_part.case_numbers(), of_part.CaseNumbersOf(fact)),
            std::vector<std::string>{whole.case_number});
  EXPECT_EQ(TextsOf(of_whole.case_numbers(), of_whole.CaseNumbersOf(expected)),
            std::vector<std::string>{whole.case_number});
  EXPECT_EQ(TextsOf(of_part.names(), of_part.NamesOf(fact)),
            std::vector<std::string>{whole.debtor_name});
  EXPECT_EQ(fact.amount, expected.amount);
  EXPECT_EQ(fact.open, Money::Fen(40'000)) << "claimed and agreed";
  EXPECT_EQ(fact.open, expected.open);
  EXPECT_EQ(fact.issued_on, expected.issued_on);
  EXPECT_EQ(fact.due_on, expected.due_on);
  const auto instalments = of_part.InstalmentsOf(fact);
  const auto expected_instalments = of_whole.InstalmentsOf(expected);
  ASSERT_EQ(instalments.size(), whole.instalments.size());
  for (std::size_t i = 0; i < instalments.size(); ++i) {
    EXPECT_EQ(instalments[i].due_on, expected_instalments[i].due_on);
    EXPECT_EQ(instalments[i].amount, expected_instalments[i].amount);
    EXPECT_EQ(instalments[i].open, expected_instalments[i].open);
  }
}

TEST(FactPartsTest, PartOfADemandIsTheSameFact) { ExpectSameDemand(SomeDemand()); }

TEST(FactPartsTest, ADemandMayNotBeIssuedNorDue) {
  domain::Demand whole = SomeDemand();
  whole.issued_on.reset();
  whole.due_on.reset();
  whole.instalments.clear();
  ExpectSameDemand(whole);
}

TEST(FactPartsTest, ADebtorIsKnownByPartyElseByName) {
  domain::Demand whole = SomeDemand();
  for (const std::string& expected : {std::string("insurer/huaan"), whole.debtor_name}) {
    const std::string bytes = domain::Encode(whole);
    DemandPart part;
    ASSERT_TRUE(domain::Decode(bytes, part).ok());
    reconcile::DemandBook book;
    Pack(part, book);
    EXPECT_EQ(book.all().front().debtor, expected);
    whole.debtor_party = {};
    ExpectSameDemand(whole);
  }
}

void ExpectSameEntry(const domain::StatementEntry& whole) {
  const std::string bytes = domain::Encode(whole);
  EntryPart part;
  ASSERT_TRUE(domain::Decode(bytes, part).ok());
  reconcile::EntryBook of_part;
  Pack(part, of_part);
  reconcile::EntryBook of_whole;
  of_whole.Add(BankEntryOf(whole));
  const reconcile::EntryFact& fact = of_part.all().front();
  const reconcile::EntryFact& expected = of_whole.all().front();
  EXPECT_EQ(fact.key, whole.id.ToString());
  EXPECT_EQ(fact.key, expected.key);
  EXPECT_EQ(fact.amount, expected.amount);
  EXPECT_EQ(fact.direction, expected.direction);
  EXPECT_EQ(fact.reversal, expected.reversal);
  EXPECT_EQ(fact.booked_on, expected.booked_on);
  EXPECT_EQ(fact.paid_on, expected.paid_on);
  EXPECT_EQ(fact.bank_reference, expected.bank_reference);
  EXPECT_EQ(fact.end_to_end_id, expected.end_to_end_id);
  EXPECT_EQ(fact.reference, expected.reference);
  EXPECT_EQ(fact.text, expected.text);
  EXPECT_EQ(fact.payer_name, expected.payer_name);
  EXPECT_EQ(fact.payer_account, expected.payer_account);
  EXPECT_EQ(fact.is_return, expected.is_return);
  EXPECT_EQ(fact.reason_code, expected.reason_code);
  EXPECT_EQ(fact.returned_before, expected.returned_before);
  EXPECT_EQ(of_part.SaidBy(fact).size(), of_whole.SaidBy(expected).size());
}

TEST(FactPartsTest, PartOfAnEntryIsTheSameFact) {
  ExpectSameEntry(SomeEntry());
  const std::string bytes = domain::Encode(SomeEntry());
  EntryPart part;
  ASSERT_TRUE(domain::Decode(bytes, part).ok());
  reconcile::EntryBook book;
  Pack(part, book);
  EXPECT_TRUE(book.all().front().is_return);
  EXPECT_EQ(book.all().front().returned_before, Money::Fen(35'000))
      << "70,000 - 18,000 - 7,000 - 10,000";
}

TEST(FactPartsTest, OfADebitNothingWasReturned) {
  domain::StatementEntry whole = SomeEntry();
  whole.direction = domain::Direction::kDebit;
  ExpectSameEntry(whole);
}

TEST(FactPartsTest, BookedPartHoldsWhatTheCloseAsks) {
  const domain::StatementEntry whole = SomeEntry();
  const std::string bytes = domain::Encode(whole);
  BookedPart part;
  ASSERT_TRUE(domain::Decode(bytes, part).ok());
  EXPECT_EQ(part.id, whole.id);
  EXPECT_EQ(part.account, whole.account);
  EXPECT_EQ(part.booked_on, reconcile::DayOf(whole.booked_on));
  EXPECT_EQ(part.amount, whole.amount);
  EXPECT_EQ(part.direction, whole.direction);
  EXPECT_EQ(part.state, whole.state);
  EXPECT_EQ(part.returns, whole.returns);
  EXPECT_EQ(part.event_sequence, whole.event_sequence);
  EXPECT_EQ(part.settled_event, whole.settled_event);
  EXPECT_EQ(part.delivery_event, whole.delivery_event);
  EXPECT_EQ(part.further_delivery_events, whole.further_delivery_events);
}

}  // namespace
}  // namespace recoup::app
