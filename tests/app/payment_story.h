// Demands that wait for money, and the bank statements that bring it: what tests of reconciliation
// start from. Records are built directly, through the ledger's own movements.
#ifndef RECOUP_TESTS_APP_PAYMENT_STORY_H_
#define RECOUP_TESTS_APP_PAYMENT_STORY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/import_statement.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/creditor_reference.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/receipts.h"

namespace recoup::testing {

struct DemandOrder {
  domain::PoolId pool;
  std::string number;  // Makes reference, visit and settlement unique.
  std::string debtor;
  domain::PartyId debtor_party;
  std::vector<domain::Money> lines;  // Each of an advance of its own, claimed in full.
  absl::CivilDay due_on;
  std::string case_number;
};

inline domain::Money Yuan(std::int64_t yuan) { return domain::Money::Fen(yuan * 100); }

// The ISO 11649 reference of a number.
std::string ReferenceOf(const std::string& number);

// Books the advances, opens a recovery with one debtor and issues the demand.
absl::StatusOr<domain::Demand> IssueForTest(app::UnitOfWork& work, const DemandOrder& order);

domain::StatementEntry Credit(absl::CivilDay on, domain::Money amount, std::string bank_reference,
                              std::string payer, std::string text);
domain::StatementEntry Debit(absl::CivilDay on, domain::Money amount, std::string bank_reference,
                             std::string payee, std::string text);

// A statement that adds up, from the opening balance and the entries.
app::ImportStatement StatementOf(const domain::PoolId& pool, const std::string& number,
                                 domain::Money opening, absl::CivilDay from, absl::CivilDay to,
                                 std::vector<domain::StatementEntry> entries);

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_APP_PAYMENT_STORY_H_
