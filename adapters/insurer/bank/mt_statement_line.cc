#include "adapters/insurer/bank/mt_statement_line.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/ascii.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

absl::Status Refuse(std::string_view why) {
  return MakeError(Reason::kInvalidArgument, std::string(why));
}

// The digits of `text`, or nothing when one is none.
std::optional<int> Number(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return text.empty() ? std::nullopt : std::optional(value);
}

std::optional<absl::CivilDay> Valid(int year, int month, int day) {
  const absl::CivilDay result(year, month, day);
  // CivilDay carries 31 February over into March.
  if (result.month() != month || result.day() != day) return std::nullopt;
  return result;
}

std::string_view TakeAmount(std::string_view& text) {
  const auto end =
      std::find_if_not(text.begin(), text.end(), [](char c) { return IsDigit(c) || c == ','; });
  const auto size = static_cast<std::size_t>(end - text.begin());
  const std::string_view amount = text.substr(0, size);
  text.remove_prefix(size);
  return amount;
}

// "NONREF" says that there is none; the others that it stands in :86:, under this mark.
std::string Reference(std::string_view text) {
  constexpr std::array<std::string_view, 8> kNone = {"NONREF", "KREF+", "EREF+", "EREF",
                                                     "PREF",   "MARF",  "MREF+", "KREF"};
  text = Trim(text);
  const bool none = std::find(kNone.begin(), kNone.end(), text) != kNone.end();
  return none ? std::string() : std::string(text);
}

absl::Status TakeDates(std::string_view& text, StatementEntry& entry) {
  entry.valued_on = ParseMtDay(text.substr(0, 6), true);
  if (!entry.valued_on) return Refuse("begins with no date of value (YYMMDD)");
  text.remove_prefix(6);
  const std::string_view entry_day = text.substr(0, std::min<std::size_t>(4, text.size()));
  if (!entry_day.empty() && (IsDigit(entry_day.front()) || entry_day.front() == ' ')) {
    if (Trim(entry_day).empty()) {
      text.remove_prefix(entry_day.size());
    } else {
      entry.booked_on = ParseMtEntryDay(entry_day, *entry.valued_on);
      if (!entry.booked_on) return Refuse("the entry date is no date (MMDD)");
      text.remove_prefix(4);
    }
  }
  if (!entry.booked_on) entry.booked_on = entry.valued_on;
  return absl::OkStatus();
}

// A reversed credit is a debit.
absl::Status TakeMark(std::string_view& text, StatementEntry& entry) {
  if (!text.empty() && text.front() == 'R') entry.reversal = true;
  if (!text.empty() && text.front() == 'E') entry.status = EntryStatus::kPending;
  if (entry.reversal || entry.status == EntryStatus::kPending) text.remove_prefix(1);
  if (text.empty() || (text.front() != 'C' && text.front() != 'D')) {
    return Refuse("the mark is none of C, D, RC, RD, EC, ED");
  }
  const bool credit = (text.front() == 'C') != entry.reversal;
  entry.direction = credit ? Direction::kCredit : Direction::kDebit;
  text.remove_prefix(1);
  // Funds code: the third letter of the currency.
  if (!text.empty() && IsCapital(text.front())) text.remove_prefix(1);
  return absl::OkStatus();
}

}  // namespace

std::optional<absl::CivilDay> ParseMtDay(std::string_view text, bool thirty_day_months) {
  if (text.size() != 6) return std::nullopt;
  const std::optional<int> year = Number(text.substr(0, 2));
  const std::optional<int> month = Number(text.substr(2, 2));
  const std::optional<int> day = Number(text.substr(4, 2));
  if (!year || !month || !day) return std::nullopt;
  const int full_year = *year + (*year >= 80 ? 1900 : 2000);
  if (thirty_day_months && *month == 2 && (*day == 29 || *day == 30)) {
    return absl::CivilDay(full_year, 3, 1) - 1;
  }
  return Valid(full_year, *month, *day);
}

std::optional<absl::CivilDay> ParseMtEntryDay(std::string_view text, absl::CivilDay near) {
  if (text.size() != 4) return std::nullopt;
  const std::optional<int> month = Number(text.substr(0, 2));
  const std::optional<int> day = Number(text.substr(2, 2));
  if (!month || !day) return std::nullopt;
  std::optional<absl::CivilDay> nearest;
  for (int shift = -1; shift <= 1; ++shift) {
    const auto candidate = Valid(static_cast<int>(near.year()) + shift, *month, *day);
    if (!candidate) continue;
    if (!nearest || std::abs(*candidate - near) < std::abs(*nearest - near)) nearest = candidate;
  }
  return nearest;
}

absl::StatusOr<MtBalance> ParseMtBalance(std::string_view text) {
  text = Trim(text);
  if (text.size() < 7 || (text.front() != 'C' && text.front() != 'D')) {
    return Refuse("is no balance: mark, date, currency, amount");
  }
  const bool credit = text.front() == 'C';
  const auto day = ParseMtDay(text.substr(1, 6), true);
  if (!day) return Refuse("has no date (YYMMDD)");
  text.remove_prefix(7);
  MtBalance balance{*day, std::string(text.substr(0, 3)), {}};
  if (!IsCurrencyCode(balance.currency)) return Refuse("names no currency");
  RECOUP_ASSIGN_OR_RETURN(balance.amount,
                          ParseUnsignedAmount(text.substr(3), ',', balance.currency));
  if (!credit) balance.amount = -balance.amount;
  return balance;
}

absl::StatusOr<MtSum> ParseMtSum(std::string_view text) {
  text = Trim(text);
  const auto letter = std::find_if_not(text.begin(), text.end(), IsDigit);
  const auto digits = static_cast<std::size_t>(letter - text.begin());
  MtSum sum;
  if (digits == 0 || digits > 9 ||
      !absl::SimpleAtoi(std::string(text.substr(0, digits)), &sum.count)) {
    return Refuse("has no number of entries");
  }
  text.remove_prefix(digits);
  sum.currency = std::string(text.substr(0, 3));
  if (!IsCurrencyCode(sum.currency)) return Refuse("names no currency");
  RECOUP_ASSIGN_OR_RETURN(sum.amount, ParseUnsignedAmount(text.substr(3), ',', sum.currency));
  return sum;
}

absl::StatusOr<StatementEntry> ParseMtStatementLine(const MtField& field,
                                                    const std::string& currency) {
  StatementEntry entry;
  entry.path = absl::StrCat("line ", field.line);
  std::string_view text = field.lines.front();
  RECOUP_RETURN_IF_ERROR(TakeDates(text, entry));
  RECOUP_RETURN_IF_ERROR(TakeMark(text, entry));
  RECOUP_ASSIGN_OR_RETURN(entry.amount, ParseUnsignedAmount(TakeAmount(text), ',', currency));
  // The type is N, F or S and three characters; a few banks leave it out.
  if (!text.empty() && IsCapital(text.front())) {
    entry.transaction_code = std::string(Trim(text.substr(0, 4)));
    text.remove_prefix(std::min<std::size_t>(4, text.size()));
  }
  const std::size_t slashes = text.find("//");
  entry.references.instruction_id = Reference(text.substr(0, slashes));
  if (slashes != std::string_view::npos) {
    entry.bank_reference = Reference(text.substr(slashes + 2));
  }
  for (std::size_t i = 1; i < field.lines.size(); ++i) {
    const std::string_view line = Trim(field.lines[i]);
    if (line.empty()) continue;
    if (!entry.additional_info.empty()) entry.additional_info += ' ';
    entry.additional_info += line;
  }
  return entry;
}

}  // namespace recoup::insurer::bank
