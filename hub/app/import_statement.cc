#include "hub/app/import_statement.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/breaks.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"

namespace recoup::app {
namespace {

using domain::Direction;
using domain::Money;
using domain::Statement;
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

std::string GapOf(const Statement& statement) {
  return absl::StrCat("statement-gap:", statement.id.ToString());
}

// Opens or closes the gap before `statement`: it must open with what a statement directly before it
// closed with. Of several on the same day any may be the one before.
absl::Status CheckGap(UnitOfWork& work, const Statement& statement,
                      const std::vector<Statement>& all) {
  if (!statement.from_on) return absl::OkStatus();
  std::optional<absl::CivilDay> latest;
  for (const Statement& other : all) {
    if (other.id == statement.id || !other.to_on || *other.to_on >= *statement.from_on) continue;
    latest = latest ? std::max(*latest, *other.to_on) : *other.to_on;
  }
  bool any = false;
  Money closing;
  for (const Statement& other : all) {
    if (other.id == statement.id || !other.to_on) continue;
    const bool before = *other.to_on == *statement.from_on || (latest && *other.to_on == *latest);
    if (!before) continue;
    if (other.closing == statement.opening) {
      return CloseBreak(work, statement.pool, GapOf(statement), "前后对账单余额已衔接");
    }
    if (latest && *other.to_on == *latest) {
      any = true;
      closing = other.closing;
    }
  }
  if (!any) return absl::OkStatus();
  domain::Break finding;
  finding.pool = statement.pool;
  finding.kind = domain::BreakKind::kStatementGap;
  finding.finding = GapOf(statement);
  const Money difference = statement.opening - closing;
  finding.amount = difference.is_negative() ? -difference : difference;
  finding.explanation = absl::StrCat("对账单 ", statement.statement_id, " 期初余额 ",
                                     statement.opening.ToYuanGrouped(), " 元，与上一份期末余额 ",
                                     closing.ToYuanGrouped(), " 元不一致，其间可能缺少对账单");
  finding.suggestion = "向银行补取缺少的对账单后导入";
  return OpenBreak(work, std::move(finding));
}

absl::Status CheckGaps(UnitOfWork& work, const Statement& imported) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<Statement> all,
      work.FindAllBy<Statement>(domain::LookupKind::kStatementOfAccountAll,
                                domain::Key({imported.pool.value, imported.account})));
  RECOUP_RETURN_IF_ERROR(CheckGap(work, imported, all));
  if (!imported.to_on) return absl::OkStatus();
  // The statements that follow directly may have waited for this one.
  std::optional<absl::CivilDay> next;
  for (const Statement& other : all) {
    if (other.id == imported.id || !other.from_on || *other.from_on < *imported.to_on) continue;
    next = next ? std::min(*next, *other.from_on) : *other.from_on;
  }
  for (const Statement& other : all) {
    if (other.id == imported.id || !next || other.from_on != next) continue;
    RECOUP_RETURN_IF_ERROR(CheckGap(work, other, all));
  }
  return absl::OkStatus();
}

// The entries that no earlier statement brought, with their keys; nothing is written yet.
absl::StatusOr<std::vector<StatementEntry>> NewEntries(UnitOfWork& work,
                                                       const ImportStatement& command) {
  std::map<std::string, int> occurrences;
  std::vector<StatementEntry> added;
  for (const StatementEntry& given : command.entries) {
    StatementEntry entry = given;
    const std::string content = KeyOfContent(work.blinder(), entry);
    entry.entry_key = absl::StrCat(content, "#", ++occurrences[content]);
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
  RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> added, NewEntries(work, command));
  statement.id = work.NewId<domain::StatementId>();
  statement.file_sha256 = digest;
  statement.entries = static_cast<std::int32_t>(command.entries.size());
  statement.entries_new = static_cast<std::int32_t>(added.size());
  statement.recorded_time = work.now();
  work.Put(statement);

  ledger::Postings postings;
  for (StatementEntry& entry : added) {
    entry.id = work.NewId<domain::StatementEntryId>();
    entry.pool = statement.pool;
    entry.statement = statement.id;
    entry.account = statement.account;
    entry.recorded_time = work.now();
    if (entry.direction == Direction::kCredit) {
      entry.unapplied = entry.amount;
      ledger::Receive(entry.id, entry.amount, postings);
    }
    work.Put(entry);
  }
  if (!postings.empty()) {
    RECOUP_RETURN_IF_ERROR(PostMovement(work, statement.pool, postings, {}, {}));
  }
  RECOUP_RETURN_IF_ERROR(CheckGaps(work, statement));
  return ImportAnswer{statement, statement.entries_new, statement.entries - statement.entries_new};
}

}  // namespace recoup::app
