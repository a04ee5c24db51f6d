#include "hub/ledger/plain_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "hub/base/clock.h"

namespace recoup::ledger {
namespace {

using domain::Money;

constexpr std::string_view kCurrency = "CNY";

std::string Amount(Money amount) {
  return absl::StrCat(amount.ToYuan(), " ", std::string(kCurrency));
}

std::string Date(absl::CivilDay day) { return absl::FormatCivilTime(day); }

}  // namespace

std::string AccountName(std::string_view pool, Account account, Dialect dialect) {
  const std::string_view name = ToString(account);
  const std::size_t colon = name.find(':');
  std::string ledger(name.substr(0, colon));
  std::string own(name.substr(colon + 1));
  if (dialect != Dialect::kBeancount) return absl::StrCat(ledger, ":", std::string(pool), ":", own);
  // Every part of a name begins with a capital.
  ledger.front() = absl::ascii_toupper(static_cast<unsigned char>(ledger.front()));
  own.front() = absl::ascii_toupper(static_cast<unsigned char>(own.front()));
  return absl::StrCat("Assets:", ledger, ":P", std::string(pool), ":", own);
}

Money SignedBalance(const Balances& balances, Account account) {
  return IsDebitNormal(account) ? balances.at(account) : -balances.at(account);
}

std::string JournalHead(std::string_view pool, Dialect dialect) {
  const std::string currency(kCurrency);
  std::string out =
      absl::StrCat("; Journal of pool ", std::string(pool), ". Debits are positive.\n");
  switch (dialect) {
    case Dialect::kHledger:
      absl::StrAppend(&out, "commodity 1000.00 ", currency, "\n");
      break;
    case Dialect::kLedger:
      absl::StrAppend(&out, "commodity ", currency, "\n    format 1000.00 ", currency, "\n");
      break;
    case Dialect::kBeancount:
      absl::StrAppend(&out, "option \"operating_currency\" \"", currency, "\"\n");
      break;
  }
  for (const Account account : domain::AllOf<Account>()) {
    const std::string name = AccountName(pool, account, dialect);
    absl::StrAppend(&out,
                    dialect == Dialect::kBeancount
                        ? absl::StrCat("1970-01-01 open ", name, " ", currency)
                        : absl::StrCat("account ", name),
                    "\n");
  }
  return out;
}

std::string JournalOpening(std::string_view pool, absl::CivilDay on, const Balances& balances,
                           Dialect dialect) {
  std::string out;
  for (const Account account : domain::AllOf<Account>()) {
    const Money balance = SignedBalance(balances, account);
    if (balance.is_zero()) continue;
    absl::StrAppend(&out, "    ", AccountName(pool, account, dialect), "  ", Amount(balance), "\n");
  }
  if (out.empty()) return out;
  const char* what =
      dialect == Dialect::kBeancount ? " * \"opening balances\"\n" : " * opening balances\n";
  return absl::StrCat("\n", Date(on), what, out);
}

std::string JournalEntry(std::string_view pool, const Transfer& transfer, std::string_view method,
                         Dialect dialect) {
  const Posting& posting = transfer.posting;
  const absl::CivilDay on = ChinaDate(absl::FromUnixMicros(transfer.recorded_us));
  std::string out = absl::StrCat("\n", Date(on), " * ");
  if (dialect == Dialect::kBeancount) {
    absl::StrAppend(&out, "\"", transfer.sequence, "\" \"", std::string(method), "\"");
  } else {
    absl::StrAppend(&out, "(", transfer.sequence, ") ", std::string(method));
  }
  absl::StrAppend(&out, "  ; event: ", transfer.event_partition, "#", transfer.event_sequence);
  if (!posting.advance.is_nil()) absl::StrAppend(&out, ", advance: ", posting.advance.ToString());
  if (!posting.demand.is_nil()) absl::StrAppend(&out, ", demand: ", posting.demand.ToString());
  if (!posting.entry.is_nil()) absl::StrAppend(&out, ", entry: ", posting.entry.ToString());
  absl::StrAppend(&out, "\n    ", AccountName(pool, posting.debit, dialect), "  ",
                  Amount(posting.amount), "\n    ", AccountName(pool, posting.credit, dialect),
                  "  ", Amount(-posting.amount), "\n");
  return out;
}

std::string JournalTail(std::string_view pool, absl::CivilDay on, const Balances& balances,
                        Dialect dialect) {
  std::string out;
  if (dialect == Dialect::kBeancount) {
    // A balance directive speaks of the beginning of its day.
    for (const Account account : domain::AllOf<Account>()) {
      absl::StrAppend(&out, "\n", Date(on + 1), " balance ", AccountName(pool, account, dialect),
                      "  ", Amount(SignedBalance(balances, account)));
    }
    return out + "\n";
  }
  out = absl::StrCat("\n", Date(on), " * balances as the hub holds them\n");
  for (const Account account : domain::AllOf<Account>()) {
    absl::StrAppend(&out, "    ", AccountName(pool, account, dialect), "  ", Amount(Money()), " = ",
                    Amount(SignedBalance(balances, account)), "\n");
  }
  return out;
}

}  // namespace recoup::ledger
