#include "hub/app/import_statement.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
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

// Two bookings with the same bank reference, day, amount and direction (or, where the bank gives no
// reference, the same content) are told apart by their occurrence only, so the first of today's two
// files and the first of tomorrow's are the same one. The content names people: it goes into the
// key as a token.
std::string KeyOfContent(Blinder& blinder, const StatementEntry& entry) {
  const std::string movement =
      absl::StrCat(absl::FormatCivilTime(entry.booked_on), "/", entry.amount.fen(), "/",
                   std::string(ToString(entry.direction)), entry.reversal ? "/R" : "");
  if (!entry.bank_reference.empty()) return absl::StrCat(entry.bank_reference, "/", movement);
  return crypto::ToHex(blinder.Name(
      domain::Key({movement, entry.counterparty_name, entry.counterparty_account,
                   entry.end_to_end_id, entry.creditor_reference, entry.remittance_text})));
}

// Every entry with its key, as the bank gives them.
std::vector<StatementEntry> Keyed(Blinder& blinder, const ImportStatement& command) {
  std::map<std::string, int> occurrences;
  std::vector<StatementEntry> entries = command.entries;
  for (StatementEntry& entry : entries) {
    const std::string content = KeyOfContent(blinder, entry);
    entry.entry_key = absl::StrCat(content, "#", ++occurrences[content]);
  }
  return entries;
}

// What the statement says day by day, in few bytes, so that it can be compared with others.
std::vector<StatementDay> DaysOf(const std::vector<StatementEntry>& entries) {
  std::map<absl::CivilDay, std::pair<Money, std::set<std::string>>> days;
  for (const StatementEntry& entry : entries) {
    auto& [net, keys] = days[entry.booked_on];
    net += entry.direction == Direction::kCredit ? entry.amount : -entry.amount;
    keys.insert(entry.entry_key);
  }
  std::vector<StatementDay> out;
  for (const auto& [day, what] : days) {
    crypto::Sha256Hasher hasher;
    for (const std::string& key : what.second) {
      hasher.Update(absl::StrCat(key.size(), ":")).Update(key);
    }
    out.push_back(
        {.day = day, .net = what.first, .digest = crypto::ToHex(hasher.Finish()).substr(0, 32)});
  }
  return out;
}

// The entries that no earlier statement brought; nothing is written yet.
absl::StatusOr<std::vector<StatementEntry>> NewEntries(UnitOfWork& work,
                                                       const ImportStatement& command,
                                                       std::vector<StatementEntry> entries) {
  std::vector<StatementEntry> added;
  for (StatementEntry& entry : entries) {
    RECOUP_ASSIGN_OR_RETURN(
        const std::optional<RecordKey> known,
        work.FindUnique(
            domain::UniqueKeyKind::kEntryOfStatement,
            domain::Key({command.pool.value, command.statement.account, entry.entry_key})));
    if (!known) added.push_back(std::move(entry));
  }
  return added;
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
  std::vector<StatementEntry> keyed = Keyed(work.blinder(), command);
  statement.days = DaysOf(keyed);
  RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> added,
                          NewEntries(work, command, std::move(keyed)));
  statement.id = work.NewId<domain::StatementId>();
  statement.file_sha256 = digest;
  statement.entries = static_cast<std::int32_t>(command.entries.size());
  statement.entries_new = static_cast<std::int32_t>(added.size());
  statement.recorded_time = work.now();
  statement.imported_by = work.caller().actor;
  RECOUP_ASSIGN_OR_RETURN(statement.event_sequence, EventOfPool(work, statement.pool));
  work.Put(statement);

  ledger::Postings postings;
  for (StatementEntry& entry : added) {
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
