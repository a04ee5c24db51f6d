// The statement of account (追偿款对账单) that a fund sends to one debtor: what was owed before a
// period, every movement in it, and what is open after it, with how to pay it.
//
// A party's account holds all its demands in the pool. A debtor that is no party is known by its
// name only, and names repeat: its account is what it owes in one recovery, so that nobody reads
// the account of somebody else of the same name.
#ifndef RECOUP_HUB_APP_DEBTOR_ACCOUNT_H_
#define RECOUP_HUB_APP_DEBTOR_ACCOUNT_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/app/record_reader.h"
#include "hub/app/statement_of_account.h"
#include "hub/domain/records/demand.h"

namespace recoup::app {

struct DebtorAccountOrder {
  domain::PoolId pool;
  domain::PartyId debtor;                  // Either this
  std::optional<domain::DemandId> demand;  // or a demand to the debtor.
  std::optional<absl::CivilDay> from;      // Absent: from the first movement on.
  absl::CivilDay until;
  absl::CivilDay today;
  std::string sender;  // The fund's name.
};

// What is open of one demand, or of one of its instalments, after the period.
struct OpenItem {
  domain::DemandId demand;
  AccountLine line;  // Of an instalment its own figures.
  std::optional<absl::CivilDay> due_on;
  domain::Money overdue{};        // All of line.open or nothing.
  std::int64_t overdue_days = 0;  // 0: not overdue.
  // All of line.open or nothing: what is due by the last day is to be paid now, of a demand of
  // which nothing is due what is due first.
  domain::Money payable{};
};

struct DebtorAccount {
  std::string number;  // The same account at the same cut has the same number.
  domain::PartyId debtor;
  std::string debtor_name;
  absl::CivilDay from;
  StatementOfAccount account;
  domain::Money demanded;       // In the period, less what was withdrawn.
  domain::Money received;       // Less what was taken back.
  domain::Money relinquished;   // Less what was asked again.
  domain::Money overdue;        // Of the closing, on the last day.
  domain::Money payable;        // Of the closing, what the payment code asks for.
  std::vector<OpenItem> items;  // By due date.
  // Of `account.lines` those in instalments, whole: the items leave out what is paid or given up.
  std::vector<AccountLine> in_instalments;
  std::map<domain::DemandId, domain::Demand> demands;
  std::map<domain::StatementEntryId, std::string> bank_references;  // Of payments.
  std::string payment_code;                                         // Empty when nothing is owed.
};

// NOT_FOUND when there is no such demand or the party owes the pool nothing and never did;
// LEDGER_LAW_BROKEN when opening, movements, closing and open demands do not agree.
absl::StatusOr<DebtorAccount> DebtorAccountOf(RecordReader& reader,
                                              const DebtorAccountOrder& order);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DEBTOR_ACCOUNT_H_
