// Which entries of a statement the hub knows already: what makes an entry "the same".
//
// By itself an entry is known by the bank's reference with day, direction and amount, or where the
// bank gives none by its whole content. Two equal ones are told apart by where their statements lie
// on the account: an entry of a statement that follows on another cannot be the other's, one of a
// statement that begins where the other does is the same (statement_relation.h). So a file read
// again adds nothing, nor does the day's statement what an intraday report brought, and equal
// payments in statements that follow on each other are as many as there are.
//
// Two statements that begin a day with the same balance tell of the same movements whatever words
// their formats have for them: there an entry without reference is also known by amount and
// direction alone, if all of the shorter one's day are found so and no name or reference
// contradicts.
#ifndef RECOUP_HUB_APP_ENTRY_IDENTITY_H_
#define RECOUP_HUB_APP_ENTRY_IDENTITY_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/statement_relation.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

struct IdentifiedEntry {
  domain::StatementEntry entry;  // The stored one where it is known; else as given, with its key.
  bool known = false;
};

// In the order given. `statement` has its id, balances, period and the net of its days. Writes
// nothing.
absl::StatusOr<std::vector<IdentifiedEntry>> IdentifyEntries(
    UnitOfWork& work, const domain::Statement& statement,
    const std::vector<domain::StatementEntry>& entries);

// What tells entries apart but for their occurrence. Names people only as a token.
std::string ContentOfKey(const std::string& entry_key);

// The movements of stored statements, read when first asked for.
class StoredContents {
 public:
  explicit StoredContents(UnitOfWork& work) : work_(work) {}

  // Remembers a failure to read for `status`, and gives nothing then.
  const std::vector<domain::StatementEntry>& EntriesOf(const domain::Statement& statement);
  const Contents& Of(const domain::Statement& statement);
  void Set(const domain::StatementId& statement, Contents contents);
  const absl::Status& status() const { return status_; }

 private:
  UnitOfWork& work_;
  std::map<domain::StatementId, std::vector<domain::StatementEntry>> entries_;
  std::map<domain::StatementId, Contents> contents_;
  absl::Status status_;
};

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_ENTRY_IDENTITY_H_
