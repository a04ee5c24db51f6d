#include "adapters/insurer/bank/statement.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "hub/base/check.h"

namespace recoup::insurer::bank {
namespace {

// Fields are length-prefixed, so no text of a payer can imitate the border between two fields.
void Append(std::string& key, const std::string& field) {
  absl::StrAppend(&key, "|", field.size(), ":", field);
}

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day ? absl::FormatCivilTime(*day) : std::string();
}

std::string BaseKey(const BankStatement& statement, const StatementEntry& entry) {
  const bool by_reference = !entry.bank_reference.empty() && !entry.bank_reference_is_shared;
  std::string key = by_reference ? "R" : "C";
  Append(key, statement.account);
  Append(key, statement.currency);
  Append(key, std::string(ToString(entry.status)));
  Append(key, DayText(entry.booked_on));
  Append(key, std::string(ToString(entry.direction)));
  Append(key, entry.reversal ? "reversal" : "");
  Append(key, AmountText(entry.amount, statement.currency));
  Append(key, entry.bank_reference);
  if (by_reference) return key;
  Append(key, DayText(entry.valued_on));
  Append(key, entry.balance_after ? AmountText(*entry.balance_after, statement.currency)
                                  : std::string());
  Append(key, entry.end_to_end_id);
  Append(key, entry.creditor_reference);
  Append(key, entry.counterparty_account);
  Append(key, entry.counterparty_name);
  Append(key, entry.remittance_text);
  Append(key, entry.additional_info);
  return key;
}

std::string WithOccurrence(std::string key, std::int64_t occurrence) {
  absl::StrAppend(&key, "#", occurrence);
  return key;
}

}  // namespace

std::string_view ToString(Direction direction) {
  switch (direction) {
    case Direction::kCredit:
      return "CRDT";
    case Direction::kDebit:
      return "DBIT";
  }
  RECOUP_CHECK(false);
}

std::string_view ToString(EntryStatus status) {
  switch (status) {
    case EntryStatus::kBooked:
      return "BOOKED";
    case EntryStatus::kPending:
      return "PENDING";
    case EntryStatus::kInfo:
      return "INFO";
  }
  RECOUP_CHECK(false);
}

std::string_view ToString(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kStatement:
      return "STATEMENT";
    case DocumentKind::kIntradayReport:
      return "INTRADAY_REPORT";
    case DocumentKind::kNotification:
      return "NOTIFICATION";
  }
  RECOUP_CHECK(false);
}

bool IsProven(const BankStatement& statement) {
  return statement.opening_balance.has_value() && statement.closing_balance.has_value();
}

std::string EntryKey(const BankStatement& statement, const StatementEntry& entry,
                     std::int64_t occurrence) {
  return WithOccurrence(BaseKey(statement, entry), occurrence);
}

std::vector<std::string> EntryKeys(const BankStatement& statement) {
  std::map<std::string, std::int64_t> seen;
  std::vector<std::string> keys;
  keys.reserve(statement.entries.size());
  for (const StatementEntry& entry : statement.entries) {
    std::string base = BaseKey(statement, entry);
    const std::int64_t occurrence = ++seen[base];
    keys.push_back(WithOccurrence(std::move(base), occurrence));
  }
  return keys;
}

}  // namespace recoup::insurer::bank
