#include "hub/app/import_statement.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/entry_identity.h"
#include "hub/app/event_of_pool.h"
#include "hub/app/statement_chain.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"

namespace recoup::app {
namespace {

using domain::Direction;
using domain::Money;
using domain::Statement;
using domain::StatementDay;
using domain::StatementEntry;

absl::Status CheckSum(const ImportStatement& command) {
  absl::StatusOr<Money> balance = command.statement.opening;
  for (const StatementEntry& entry : command.entries) {
    balance = balance->Add(entry.direction == Direction::kCredit ? entry.amount : -entry.amount);
    RECOUP_RETURN_IF_ERROR(balance.status());
  }
  if (*balance == command.statement.closing) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const Money difference, command.statement.closing.Add(-*balance));
  ErrorDetail detail;
  detail.reason = Reason::kStatementDoesNotAddUp;
  detail.metadata = {{"difference", difference.ToYuan()}};
  return MakeError(
      absl::StrCat("opening ", command.statement.opening.ToYuan(),
                   " + credits - debits = ", balance->ToYuan(), ", the closing balance is ",
                   command.statement.closing.ToYuan(), ": difference ", difference.ToYuan()),
      std::move(detail));
}

// What the statement says, as one digest: figures and entries as they came.
std::string DigestOf(const ImportStatement& command) {
  crypto::Sha256Hasher hasher;
  const auto add = [&](std::string_view bytes) {
    hasher.Update(absl::StrCat(bytes.size(), ":")).Update(bytes);
  };
  add(domain::Encode(command.statement));
  for (const StatementEntry& entry : command.entries) add(domain::Encode(entry));
  return crypto::ToHex(hasher.Finish());
}

// What the statement says day by day, in few bytes, so that it can be compared with others.
void AddNet(const std::vector<StatementEntry>& entries, Statement& statement) {
  std::map<absl::CivilDay, Money> days;
  for (const StatementEntry& entry : entries) {
    days[entry.booked_on] += entry.direction == Direction::kCredit ? entry.amount : -entry.amount;
  }
  for (const auto& [day, net] : days) statement.days.push_back({day, net, ""});
}

void AddDigests(const std::vector<IdentifiedEntry>& entries, Statement& statement) {
  std::map<absl::CivilDay, std::set<std::string>> keys;
  for (const IdentifiedEntry& one : entries) {
    keys[one.entry.booked_on].insert(one.entry.entry_key);
  }
  for (StatementDay& day : statement.days) {
    crypto::Sha256Hasher hasher;
    for (const std::string& key : keys[day.day]) {
      hasher.Update(absl::StrCat(key.size(), ":")).Update(key);
    }
    day.digest = crypto::ToHex(hasher.Finish()).substr(0, 32);
  }
}

}  // namespace

absl::StatusOr<ImportAnswer> ImportStatementOf(const ImportStatement& command, UnitOfWork& work) {
  RECOUP_RETURN_IF_ERROR(CheckSum(command));
  const std::string digest = DigestOf(command);
  Statement statement = command.statement;
  statement.pool = command.pool;
  // Banks number their statements anew each year.
  if (statement.from_on) {
    statement.statement_id = absl::StrCat(statement.from_on->year(), "/", statement.statement_id);
  }
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<Statement> known,
      work.FindBy<Statement>(
          domain::UniqueKeyKind::kStatementOfAccount,
          domain::Key({statement.pool.value, statement.account, statement.statement_id})));
  if (known) {
    if (known->file_sha256 == digest) {
      return ImportAnswer{*known, 0, known->entries};
    }
    return MakeError(Reason::kAlreadyExistsWithOtherContent,
                     "a statement of this account with this number says something else");
  }
  statement.id = work.NewId<domain::StatementId>();
  AddNet(command.entries, statement);
  RECOUP_ASSIGN_OR_RETURN(std::vector<IdentifiedEntry> identified,
                          IdentifyEntries(work, statement, command.entries));
  AddDigests(identified, statement);
  const auto added = std::count_if(identified.begin(), identified.end(),
                                   [](const IdentifiedEntry& one) { return !one.known; });
  statement.file_sha256 = digest;
  statement.entries = static_cast<std::int32_t>(command.entries.size());
  statement.entries_new = static_cast<std::int32_t>(added);
  statement.recorded_time = work.now();
  statement.imported_by = work.caller().actor;
  RECOUP_ASSIGN_OR_RETURN(statement.event_sequence, EventOfPool(work, statement.pool));
  work.Put(statement);

  ledger::Postings postings;
  for (IdentifiedEntry& one : identified) {
    StatementEntry& entry = one.entry;
    if (one.known) {
      entry.also_in.push_back(statement.id);
      work.Put(entry);
      continue;
    }
    entry.id = work.NewId<domain::StatementEntryId>();
    entry.pool = statement.pool;
    entry.statement = statement.id;
    entry.account = statement.account;
    entry.recorded_time = work.now();
    entry.event_sequence = statement.event_sequence;
    if (entry.direction == Direction::kCredit) {
      entry.unapplied = entry.amount;
      ledger::Receive(entry.id, entry.amount, postings);
    }
    work.Put(entry);
  }
  if (!postings.empty()) {
    RECOUP_RETURN_IF_ERROR(PostMovement(work, statement.pool, postings, {}, {}));
  }
  RECOUP_RETURN_IF_ERROR(CheckChain(work, statement));
  return ImportAnswer{statement, statement.entries_new, statement.entries - statement.entries_new};
}

}  // namespace recoup::app
