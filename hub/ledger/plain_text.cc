#include "hub/ledger/plain_text.h"

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

std::string AccountName(std::string_view pool, Account account) {
  const std::string_view name = ToString(account);
  const std::size_t colon = name.find(':');
  return absl::StrCat(std::string(name.substr(0, colon)), ":", std::string(pool),
                      std::string(name.substr(colon)));
}

Money SignedBalance(const Balances& balances, Account account) {
  return IsDebitNormal(account) ? balances.at(account) : -balances.at(account);
}

std::string JournalHead(std::string_view pool) {
  std::string out =
      absl::StrCat("; Journal of pool ", std::string(pool),
                   ". Debits are positive.\ncommodity 1000.00 ", std::string(kCurrency), "\n");
  for (const Account account : domain::AllOf<Account>()) {
    absl::StrAppend(&out, "account ", AccountName(pool, account), "\n");
  }
  return out;
}

std::string JournalOpening(std::string_view pool, absl::CivilDay on, const Balances& balances) {
  std::string out;
  for (const Account account : domain::AllOf<Account>()) {
    const Money balance = SignedBalance(balances, account);
    if (balance.is_zero()) continue;
    absl::StrAppend(&out, "    ", AccountName(pool, account), "  ", Amount(balance), "\n");
  }
  return out.empty() ? out : absl::StrCat("\n", Date(on), " * opening balances\n", out);
}

std::string JournalEntry(std::string_view pool, const Transfer& transfer, std::string_view method) {
  const Posting& posting = transfer.posting;
  const absl::CivilDay on = ChinaDate(absl::FromUnixMicros(transfer.recorded_us));
  std::string out =
      absl::StrCat("\n", Date(on), " * (", transfer.sequence, ") ", std::string(method),
                   "  ; event: ", transfer.event_partition, "#", transfer.event_sequence);
  if (!posting.advance.is_nil()) absl::StrAppend(&out, ", advance: ", posting.advance.ToString());
  if (!posting.demand.is_nil()) absl::StrAppend(&out, ", demand: ", posting.demand.ToString());
  if (!posting.entry.is_nil()) absl::StrAppend(&out, ", entry: ", posting.entry.ToString());
  absl::StrAppend(&out, "\n    ", AccountName(pool, posting.debit), "  ", Amount(posting.amount),
                  "\n    ", AccountName(pool, posting.credit), "  ", Amount(-posting.amount), "\n");
  return out;
}

std::string JournalTail(std::string_view pool, absl::CivilDay on, const Balances& balances) {
  std::string out = absl::StrCat("\n", Date(on), " * balances as the hub holds them\n");
  for (const Account account : domain::AllOf<Account>()) {
    absl::StrAppend(&out, "    ", AccountName(pool, account), "  ", Amount(Money()), " = ",
                    Amount(SignedBalance(balances, account)), "\n");
  }
  return out;
}

}  // namespace recoup::ledger
