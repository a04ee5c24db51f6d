// What the balances of two statements of one account say about each other: whether they can tell of
// the same movements, or cannot.
//
// A movement lies between two balances of its account. A statement that goes on where another ends
// tells of other movements, however equal they look; one that begins with the balance with which
// another begins the same day tells of the same ones again. Pure; statements come from the store.
#ifndef RECOUP_HUB_APP_STATEMENT_RELATION_H_
#define RECOUP_HUB_APP_STATEMENT_RELATION_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

bool HasPeriod(const domain::Statement& statement);

// Whether there is a day of which both speak.
bool ShareDays(const domain::Statement& a, const domain::Statement& b);

// On the day on which `earlier` ends, or on which it has its last entry, `later` goes on with its
// closing balance.
bool Continues(const domain::Statement& later, const domain::Statement& earlier);

// The balance at the start of the day.
domain::Money BalanceBefore(const domain::Statement& statement, absl::CivilDay day);

// The movements of a statement: by content (what tells entries apart but for their occurrence), how
// often and how much, credits positive.
struct Movements {
  std::int64_t count = 0;
  domain::Money amount;  // Of one.
};
using Contents = std::map<std::string, Movements>;

enum class Relation {
  kSame,           // They tell of the same movements as far as they speak of the same days.
  kApart,          // No movement of one can be one of the other.
  kContradicting,  // As their balances stand nothing can be in both, but no chain proves it: one
                   // may be misprinted. Equal entries are two, unless the bank's reference names
                   // them.
  kDoubtful,  // Balances allow both readings, or neither: equal entries are taken for the same, and
              // a break says so.
};

// Of two statements that share days. `all` are the account's statements with both; what follows on
// each other by way of others is apart too. `contents` is asked for only where balances at the
// start of the days and chains decide nothing.
Relation RelationOf(const domain::Statement& a, const domain::Statement& b,
                    const std::vector<domain::Statement>& all,
                    const std::function<const Contents&(const domain::Statement&)>& contents);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_STATEMENT_RELATION_H_
