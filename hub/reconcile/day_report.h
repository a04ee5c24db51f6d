// The report of a closed day (日结单): facts in, canonical text and what keeps the day open out.
//
// The text has two halves. The first (accounts and what is open) follows from the journal up to the
// cut alone; the second says what the bank's statements and the breaks were at the cut. Both can be
// computed again at any time. Layout: docs/formats/day-close.md. Pure; the same
// facts give the same bytes. Holds ids and amounts, no names of debtors or payers.
#ifndef RECOUP_HUB_RECONCILE_DAY_REPORT_H_
#define RECOUP_HUB_RECONCILE_DAY_REPORT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/domain/money.h"
#include "hub/ledger/accounts.h"
#include "hub/reconcile/day_words.h"

namespace recoup::reconcile {

// What the journal says.
struct DayBooks {
  struct Line {
    domain::Money opening;  // Where the close before ended, with the sign of a debit.
    domain::Money debits;
    domain::Money credits;
    domain::Money closing() const { return opening + debits - credits; }
  };
  struct Open {
    absl::CivilDay since;  // First claimed.
    domain::Money amount;
  };
  DayLayout layout = DayLayout::kSecond;
  std::string pool;
  absl::CivilDay day;
  std::int64_t cut = 0;
  std::int64_t event_cut = 0;
  std::string previous_sha256;
  std::map<ledger::Account, Line> accounts;
  std::vector<Open> open;  // Per demand, in any order.
  // Flow of demands since the close before.
  domain::Money claimed;
  domain::Money applied;
  domain::Money returned;
  domain::Money relinquished;
  domain::Money passed_on;
};

// One thing that explains why bank and books differ.
struct BridgeItem {
  enum class Kind {
    kOpening,         // In the account before the books began.
    kLaterEntry,      // Booked by the bank after the day, in the books already.
    kPassedOn,        // Passed on in the books, not yet paid out by the bank.
    kOwedByPool,      // Taken from the pool again; less is paid out to it next time.
    kExplainedDebit,  // Paid out by the bank; a person has said why the books need no posting.
    kBreak,           // Paid out by the bank; a break is open about it.
  };
  Kind kind = Kind::kOpening;
  std::string subject;   // Account, entry, event or break.
  domain::Money amount;  // What it adds to bank − books.
  bool operator==(const BridgeItem&) const = default;
};

struct DayBank {
  struct Account {
    std::string account;  // Masked.
    std::string statement;
    domain::Money balance;  // What the bank says at the end of the day.
  };
  // An entry for a day that was closed before it came.
  struct Late {
    std::string entry;
    absl::CivilDay booked_on;
    domain::Money amount;  // Negative for a debit.
  };
  std::vector<Account> accounts;
  std::vector<BridgeItem> items;
  std::vector<Late> late;
  std::vector<std::string> obstacles;  // Why the day cannot be closed yet, in words.
};

struct DayBreak {
  enum class Age { kNew, kPersisting, kResolved };
  Age age = Age::kNew;
  std::string id;
  domain::BreakKind kind = domain::BreakKind::kUnknownPayment;
  absl::CivilDay opened_on;
  domain::Money amount;
  std::string owner;
  std::string grace_until;
};

struct DayReport {
  std::string text;
  domain::Money bank;
  domain::Money books;
  domain::Money explained;
  domain::Money unexplained;
  std::vector<std::string> obstacles;  // Empty: the day can be closed.
};

// The half of the text that the journal alone gives.
std::string BooksText(const DayBooks& books);

DayReport MakeDayReport(const DayBooks& books, DayBank bank, std::vector<DayBreak> breaks);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_DAY_REPORT_H_
