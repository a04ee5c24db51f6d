#include "adapters/hospital/invoice/values.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "adapters/common/format.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "re2/re2.h"

namespace recoup::hospital::invoice {
namespace {

using domain::Money;

constexpr std::size_t kTextMax = 500;

void Drop(std::string& text, std::string_view what) {
  for (std::size_t at; (at = text.find(what)) != std::string::npos;) text.erase(at, what.size());
}

}  // namespace

std::optional<Money> AmountFrom(std::string_view text) {
  std::string folded = FoldedText(text);
  for (const char* sign : {"¥", "元", "rmb", "cny", "圆"}) Drop(folded, sign);
  if (folded.starts_with(':')) folded.erase(0, 1);
  if (folded.empty()) return std::nullopt;
  const absl::StatusOr<Money> amount = AmountFromText(folded);
  if (!amount.ok()) return std::nullopt;
  return *amount;
}

std::optional<absl::CivilDay> DayFrom(std::string_view text) {
  // Full-width digits, and the Chinese names of the parts.
  std::string folded = FoldedText(text);
  int year = 0, month = 0, day = 0;
  static const RE2 kParts("^:?(\\d{4})(?:年|-|/|\\.)(\\d{1,2})(?:月|-|/|\\.)(\\d{1,2})(?:日)?");
  if (!RE2::PartialMatch(folded, kParts, &year, &month, &day)) {
    static const RE2 kDigits("^:?(\\d{4})(\\d{2})(\\d{2})");
    if (!RE2::PartialMatch(folded, kDigits, &year, &month, &day)) return std::nullopt;
  }
  const absl::CivilDay civil(year, month, day);
  if (year < 1950 || year > 2100 || civil.month() != month || civil.day() != day) {
    return std::nullopt;
  }
  return civil;
}

std::optional<Answer> AnswerFrom(const FieldSpec& spec, std::string_view text) {
  Answer answer;
  answer.field = spec.field;
  switch (spec.type) {
    case FieldType::kAmount: {
      answer.amount = AmountFrom(text);
      if (!answer.amount) return std::nullopt;
      answer.text = answer.amount->ToYuan();
      return answer;
    }
    case FieldType::kWords: {
      answer.amount = AmountFromWords(FoldedText(text));
      if (!answer.amount) return std::nullopt;
      answer.text = std::string(Trimmed(text));
      return answer;
    }
    case FieldType::kDate: {
      const std::optional<absl::CivilDay> day = DayFrom(text);
      if (!day) return std::nullopt;
      answer.text = adapters::FormatDate(*day);
      return answer;
    }
    case FieldType::kDigits:
    case FieldType::kText: {
      const std::string_view trimmed = Trimmed(text);
      if (trimmed.empty() || CharacterCount(trimmed) > kTextMax) return std::nullopt;
      answer.text = std::string(trimmed);
      return answer;
    }
  }
  return std::nullopt;
}

std::vector<LabelledAmount> AmountsIn(std::string_view text) {
  const std::string folded = FoldedText(text);
  static const RE2 kPair(
      "([\\p{Han}()]{2,20})[:=]?¥?(-?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d{1,2})?)");
  std::vector<LabelledAmount> found;
  re2::StringPiece rest(folded);
  re2::StringPiece label, digits;
  while (RE2::FindAndConsume(&rest, kPair, &label, &digits)) {
    const absl::StatusOr<Money> amount =
        AmountFromText(std::string_view(digits.data(), digits.size()));
    if (amount.ok()) found.push_back({std::string(label), *amount});
  }
  return found;
}

}  // namespace recoup::hospital::invoice
