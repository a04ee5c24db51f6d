// What a bank says about one account: a statement with its entries (银行流水), as plain values.
//
// The readers of this folder make them; nothing here does I/O. All types are values and safe to
// read from several threads. Texts that a file does not give are empty.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_STATEMENT_H_
#define RECOUP_ADAPTERS_INSURER_BANK_STATEMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/domain/money.h"

namespace recoup::insurer::bank {

// Which way the money moved on the account of the statement.
enum class Direction { kCredit, kDebit };

// Only BOOKED entries moved money and count in the balance.
enum class EntryStatus { kBooked, kPending, kInfo };

std::string_view ToString(Direction direction);
std::string_view ToString(EntryStatus status);

// The payer's own grouping of payments, by which a batch can be matched where the bank passes on
// no reference of the single payment.
struct PaymentBatch {
  std::string message_id;
  std::string payment_information_id;
  std::optional<std::int64_t> count;
  std::optional<domain::Money> total;
  bool operator==(const PaymentBatch&) const = default;
};

struct StatementEntry {
  // AcctSvcrRef or 流水号: the bank's own name of the movement.
  std::string bank_reference;
  // The reference names the whole batch, not this part of it, so it does not identify the entry.
  bool bank_reference_is_shared = false;
  // Always there when the status is BOOKED.
  std::optional<absl::CivilDay> booked_on;
  std::optional<absl::CivilDay> valued_on;
  // Never negative. Zero only where the bank wrote zero.
  domain::Money amount;
  // The movement itself: a reversed credit is a debit with `reversal` set.
  Direction direction = Direction::kCredit;
  bool reversal = false;
  EntryStatus status = EntryStatus::kBooked;
  std::string counterparty_name;
  std::string counterparty_account;
  std::string end_to_end_id;
  std::string creditor_reference;
  std::string remittance_text;
  std::string additional_info;
  std::string return_reason_code;
  std::optional<PaymentBatch> batch;
  // The account's balance after the entry, where the file gives it (CSV).
  std::optional<domain::Money> balance_after;
  // Where the entry stands in its file: "Document/BkToCstmrStmt/Stmt[1]/Ntry[3]" or "line 7".
  std::string path;

  // The amount as the balance sees it: credits positive, debits negative.
  domain::Money SignedAmount() const { return direction == Direction::kCredit ? amount : -amount; }
  bool operator==(const StatementEntry&) const = default;
};

struct StatementPeriod {
  absl::CivilDay from;
  absl::CivilDay to;
  bool operator==(const StatementPeriod&) const = default;
};

struct BankStatement {
  // "camt.053.001.08", "camt.053" where the file names no version, or the name of the CSV profile.
  std::string format;
  std::string account;
  std::string currency;
  std::string statement_id;
  std::string electronic_sequence;
  std::optional<StatementPeriod> period;
  // Negative when the account is overdrawn. Always there for camt.053; for CSV when the file has a
  // balance column and at least one row.
  std::optional<domain::Money> opening_balance;
  std::optional<domain::Money> closing_balance;
  std::vector<StatementEntry> entries;
  bool operator==(const BankStatement&) const = default;
};

// The identity of an entry, readable and without hashing, so that the same file imported twice adds
// nothing. An entry with a bank reference of its own is known by it, with date, direction and
// amount beside it: banks restart their 流水号 and reuse it for the reversal (冲正) of an entry.
// Any other entry is known by its whole content. `occurrence` counts from 1 the entries of one
// statement that are equal so far: two equal payments on one day are two payments.
std::string EntryKey(const BankStatement& statement, const StatementEntry& entry,
                     std::int64_t occurrence);

// The keys of all entries, in their order, with occurrences counted; no two are equal.
std::vector<std::string> EntryKeys(const BankStatement& statement);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_STATEMENT_H_
