// The words that Chinese banks head their columns with, and what they mean.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_PROFILE_WORDS_H_
#define RECOUP_ADAPTERS_INSURER_BANK_PROFILE_WORDS_H_

#include <optional>
#include <string>
#include <string_view>

#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

enum class ColumnMeaning {
  kBookedOn,
  kValuedOn,
  kDebit,
  kCredit,
  kAmount,
  kDirection,
  kBalance,
  kCounterpartyName,
  kCounterpartyAccount,
  kBankReference,
  kCurrency,
  kOwnAccount,
  kRemittance,
  kPayerName,
  kPayerAccount,
  kPayeeName,
  kPayeeAccount,
};

// What a heading means, however the bank writes it: "贷方发生额（元）", "对方帐号", "Balance". Of
// two headings with one meaning that with the smaller `rank` is the usual one.
struct HeadingMeaning {
  ColumnMeaning meaning;
  int rank = 0;
};
std::optional<HeadingMeaning> MeaningOf(std::string_view heading);

// "贷", "收入", "C" and the like; nothing for a word that is none of them.
std::optional<Direction> DirectionOfWord(std::string_view word);

// Labels above the table.
enum class LabelMeaning { kAccount, kCurrency, kFrom, kTo, kPeriod };
std::optional<LabelMeaning> LabelMeaningOf(std::string_view label);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_PROFILE_WORDS_H_
