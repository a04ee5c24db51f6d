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
#include "adapters/insurer/bank/amount.h"

namespace recoup::insurer::bank {

// Which way the money moved on the account of the statement.
enum class Direction { kCredit, kDebit };

// Only BOOKED entries moved money and count in the balance.
enum class EntryStatus { kBooked, kPending, kInfo };

// What the bank sent: a statement is complete for its period; a report within the day (camt.052,
// MT942) and a notification (camt.054) hold some entries and prove nothing about the rest.
enum class DocumentKind { kStatement, kIntradayReport, kNotification };

std::string_view ToString(Direction direction);
std::string_view ToString(EntryStatus status);
std::string_view ToString(DocumentKind kind);

// The payer's own grouping of payments, by which a batch can be matched where the bank passes on
// no reference of the single payment.
struct PaymentBatch {
  std::string message_id;
  std::string payment_information_id;
  std::optional<std::int64_t> count;
  std::optional<BankAmount> total;
  // The bank's own name of the booking of the whole batch.
  std::string bank_reference;
  bool operator==(const PaymentBatch&) const = default;
};

// The names that payer and banks gave the payment on its way; empty where none was given.
struct PaymentReferences {
  std::string entry_reference;         // NtryRef: the bank's name of the entry in this document.
  std::string message_id;              // MsgId
  std::string payment_information_id;  // PmtInfId, KREF
  std::string instruction_id;          // InstrId, the payer's reference in MT940
  std::string transaction_id;          // TxId
  std::string uetr;
  std::string mandate_id;  // MndtId, MREF
  std::string clearing_reference;
  bool operator==(const PaymentReferences&) const = default;
};

struct StatementEntry {
  // AcctSvcrRef or 流水号: the bank's own name of the movement.
  std::string bank_reference;
  // The reference names the whole batch, not this part of it, so it does not identify the entry.
  bool bank_reference_is_shared = false;
  // Absent where the bank gave none; such an entry can be read but not imported.
  std::optional<absl::CivilDay> booked_on;
  std::optional<absl::CivilDay> valued_on;
  // Never negative. Zero only where the bank wrote zero.
  BankAmount amount;
  // The movement itself: a reversed credit is a debit with `reversal` set.
  Direction direction = Direction::kCredit;
  bool reversal = false;
  EntryStatus status = EntryStatus::kBooked;
  std::string counterparty_name;
  std::string counterparty_account;
  // On whose behalf the counterparty paid or was paid (UltmtDbtr, UltmtCdtr, ABWA).
  std::string ultimate_party_name;
  std::string end_to_end_id;
  PaymentReferences references;
  std::string creditor_reference;
  std::string remittance_text;
  std::string additional_info;
  // The bank's kind of transaction: "PMNT/RCDT/DMCT", a bank's own code, "NTRF".
  std::string transaction_code;
  std::string purpose_code;
  // The payment came back; the reason where the bank says it.
  bool returned = false;
  std::string return_reason_code;
  std::optional<PaymentBatch> batch;
  // The account's balance after the entry, where the file gives it (CSV).
  std::optional<BankAmount> balance_after;
  // Where the entry stands in its file: "Document/BkToCstmrStmt/Stmt[1]/Ntry[3]" or "line 7".
  std::string path;

  // The amount as the balance sees it: credits positive, debits negative.
  BankAmount SignedAmount() const { return direction == Direction::kCredit ? amount : -amount; }
  bool operator==(const StatementEntry&) const = default;
};

struct StatementPeriod {
  absl::CivilDay from;
  absl::CivilDay to;
  bool operator==(const StatementPeriod&) const = default;
};

struct BankStatement {
  DocumentKind kind = DocumentKind::kStatement;
  // "camt.053.001.08", "camt.053" where the file names no version, "MT940", or the name of the CSV
  // profile.
  std::string format;
  std::string account;
  // Name of its holder, where the file says it.
  std::string account_owner;
  // ISO 4217; every amount of the statement is in it.
  std::string currency;
  std::string statement_id;
  std::string electronic_sequence;
  std::optional<StatementPeriod> period;
  // Booked balances; negative when the account is overdrawn. Absent where the file does not state
  // them. Where both are there, opening plus booked entries is closing, else the file was refused.
  std::optional<BankAmount> opening_balance;
  std::optional<absl::CivilDay> opening_on;
  std::optional<BankAmount> closing_balance;
  std::optional<absl::CivilDay> closing_on;
  // What the bank says about the statement as a whole.
  std::string information;
  std::vector<StatementEntry> entries;
  bool operator==(const BankStatement&) const = default;
};

// Whether opening plus booked entries was held against closing.
bool IsProven(const BankStatement& statement);

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
