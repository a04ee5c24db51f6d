#include "tests/app/payment_story.h"

#include "hub/base/check.h"
#include "hub/base/status.h"
#include "hub/ledger/movements.h"

namespace recoup::testing {

using domain::Money;

std::string ReferenceOf(const std::string& number) {
  const auto reference = domain::CreditorReference::Make(number);
  RECOUP_CHECK(reference.ok());
  return reference->text();
}

absl::StatusOr<domain::Demand> IssueForTest(app::UnitOfWork& work, const DemandOrder& order) {
  domain::Recovery recovery;
  recovery.id = work.NewId<domain::RecoveryId>();
  recovery.pool = order.pool;
  recovery.state = domain::RecoveryState::kDemanded;
  recovery.opened_time = work.now();
  recovery.known_on = work.today();

  domain::Demand demand;
  demand.id = work.NewId<domain::DemandId>();
  demand.pool = order.pool;
  demand.recovery = recovery.id;
  demand.state = domain::DemandState::kIssued;
  demand.debtor_name = order.debtor;
  demand.debtor_party = order.debtor_party;
  demand.case_number = order.case_number;
  demand.reference = ReferenceOf(order.number);
  demand.issued_on = work.today();
  demand.due_on = order.due_on;

  std::vector<domain::Advance> advances;
  for (const Money amount : order.lines) {
    domain::Advance advance;
    advance.id = work.NewId<domain::AdvanceId>();
    advance.pool = order.pool;
    advance.hospital = {"hospital/renji"};
    advance.visit_id = absl::StrCat("V", order.number);
    advance.settlement_id = absl::StrCat("S", order.number, "-", advances.size());
    advance.amount = amount;
    advance.total = amount;
    advance.recovery = recovery.id;
    RECOUP_RETURN_IF_ERROR(app::PutOnBooks(work, advance));
    recovery.advances.push_back(advance.id);
    domain::DemandLine& line = demand.lines.emplace_back();
    line.advance = advance.id;
    line.amount = amount;
    demand.amount += amount;
    advances.push_back(std::move(advance));
  }
  ledger::Postings postings;
  std::vector<domain::Advance*> pointers;
  for (std::size_t i = 0; i < advances.size(); ++i) {
    RECOUP_RETURN_IF_ERROR(ledger::Claim(advances[i], demand.lines[i], demand.id, postings));
    pointers.push_back(&advances[i]);
  }
  RECOUP_RETURN_IF_ERROR(app::PostMovement(work, order.pool, postings, pointers, {&demand}));
  domain::Debtor debtor;
  debtor.name = order.debtor;
  debtor.party = order.debtor_party;
  debtor.amount = demand.amount;
  recovery.debtors.push_back(debtor);
  recovery.demands.push_back(demand.id);
  for (domain::Advance& advance : advances) work.Put(advance);
  work.Put(recovery);
  work.Put(demand);
  return demand;
}

domain::StatementEntry Credit(absl::CivilDay on, Money amount, std::string bank_reference,
                              std::string payer, std::string text) {
  domain::StatementEntry entry;
  entry.booked_on = on;
  entry.valued_on = on;
  entry.amount = amount;
  entry.bank_reference = std::move(bank_reference);
  entry.counterparty_name = std::move(payer);
  entry.remittance_text = std::move(text);
  return entry;
}

domain::StatementEntry Debit(absl::CivilDay on, Money amount, std::string bank_reference,
                             std::string payee, std::string text) {
  domain::StatementEntry entry =
      Credit(on, amount, std::move(bank_reference), std::move(payee), std::move(text));
  entry.direction = domain::Direction::kDebit;
  return entry;
}

app::ImportStatement StatementOf(const domain::PoolId& pool, const std::string& number,
                                 Money opening, absl::CivilDay from, absl::CivilDay to,
                                 std::vector<domain::StatementEntry> entries) {
  app::ImportStatement command;
  command.pool = pool;
  command.statement.account = "31001000000000001";
  command.statement.statement_id = number;
  command.statement.from_on = from;
  command.statement.to_on = to;
  command.statement.opening = opening;
  command.statement.closing = opening;
  for (const domain::StatementEntry& entry : entries) {
    command.statement.closing +=
        entry.direction == domain::Direction::kCredit ? entry.amount : -entry.amount;
  }
  command.entries = std::move(entries);
  return command;
}

}  // namespace recoup::testing
