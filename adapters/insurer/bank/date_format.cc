#include "adapters/insurer/bank/date_format.h"

#include <array>
#include <cstddef>

namespace recoup::insurer::bank {
namespace {

struct Token {
  std::string_view mark;
  std::size_t digits_min;
  std::size_t digits_max;
  int value_min;
  int value_max;
  char part;  // y, o (month), d; anything else is only checked.
};

// Longer marks first: MM before M.
constexpr std::array<Token, 9> kTokens = {{
    {"YYYY", 4, 4, 1900, 2999, 'y'},
    {"MM", 2, 2, 1, 12, 'o'},
    {"DD", 2, 2, 1, 31, 'd'},
    {"hh", 2, 2, 0, 24, 't'},
    {"mm", 2, 2, 0, 59, 't'},
    {"ss", 2, 2, 0, 60, 't'},
    {"M", 1, 2, 1, 12, 'o'},
    {"D", 1, 2, 1, 31, 'd'},
    {"h", 1, 2, 0, 24, 't'},
}};

const Token* TokenAt(std::string_view pattern) {
  for (const Token& token : kTokens) {
    if (pattern.starts_with(token.mark)) return &token;
  }
  return nullptr;
}

// Takes the digits of `token` from the front of `text`.
std::optional<int> TakeNumber(const Token& token, std::string_view& text) {
  int value = 0;
  std::size_t digits = 0;
  while (digits < token.digits_max && digits < text.size() && text[digits] >= '0' &&
         text[digits] <= '9') {
    value = value * 10 + (text[digits++] - '0');
  }
  if (digits < token.digits_min || value < token.value_min || value > token.value_max) {
    return std::nullopt;
  }
  text.remove_prefix(digits);
  return value;
}

}  // namespace

std::optional<absl::CivilDay> ParseDay(std::string_view pattern, std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  while (!pattern.empty()) {
    const Token* const token = TokenAt(pattern);
    if (token == nullptr) {
      if (text.empty() || text.front() != pattern.front()) return std::nullopt;
      pattern.remove_prefix(1);
      text.remove_prefix(1);
      continue;
    }
    const std::optional<int> value = TakeNumber(*token, text);
    if (!value) return std::nullopt;
    if (token->part == 'y') year = *value;
    if (token->part == 'o') month = *value;
    if (token->part == 'd') day = *value;
    pattern.remove_prefix(token->mark.size());
  }
  if (!text.empty() || year == 0 || month == 0 || day == 0) return std::nullopt;
  const absl::CivilDay result(year, month, day);
  // CivilDay carries 31 February over into March; a bank that writes it is wrong.
  if (result.month() != month || result.day() != day) return std::nullopt;
  return result;
}

bool IsDayPattern(std::string_view pattern) {
  int years = 0;
  int months = 0;
  int days = 0;
  while (!pattern.empty()) {
    const Token* const token = TokenAt(pattern);
    if (token == nullptr) {
      pattern.remove_prefix(1);
      continue;
    }
    if (token->part == 'y') ++years;
    if (token->part == 'o') ++months;
    if (token->part == 'd') ++days;
    pattern.remove_prefix(token->mark.size());
  }
  return years == 1 && months == 1 && days == 1;
}

}  // namespace recoup::insurer::bank
