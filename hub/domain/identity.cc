#include "hub/domain/identity.h"

#include <array>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hub/base/ascii.h"
#include "hub/base/error.h"
#include "hub/domain/text_width.h"

namespace recoup::domain {
namespace {

constexpr std::size_t kIdLength = 18;
constexpr std::size_t kOldIdLength = 15;

// Upper case, narrow, without the separators people put in.
std::string Compact(std::string_view text) {
  std::string compact;
  for (const char c : FoldWidth(text)) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    compact.push_back(absl::ascii_toupper(static_cast<unsigned char>(c)));
  }
  return compact;
}

// GB 11643: ISO 7064 MOD 11-2 over the first 17 digits.
char CheckCharacter(std::string_view digits17) {
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kCheckCharacters = "10X98765432";
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (digits17[i] - '0') * kWeights[i];
  return kCheckCharacters[static_cast<std::size_t>(sum % 11)];
}

int Number(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

std::optional<absl::CivilDay> BirthDate(std::string_view yyyymmdd) {
  const int year = Number(yyyymmdd.substr(0, 4));
  const int month = Number(yyyymmdd.substr(4, 2));
  const int day = Number(yyyymmdd.substr(6, 2));
  if (year < 1850 || year > 2199) return std::nullopt;
  const absl::CivilDay date(year, month, day);  // Normalises: 30 February becomes 1 or 2 March.
  if (date.month() != month || date.day() != day) return std::nullopt;
  return date;
}

absl::Status Refuse(std::string_view why) { return MakeError(Reason::kInvalidArgument, why); }

// One code point of the text from `at`, or one byte where the text is no UTF-8.
std::string_view NextCodePoint(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  return text.substr(at, length);
}

bool IsNameDot(std::string_view c) {
  return c == "·" || c == "•" || c == "・" || c == "‧" || c == "." || c == "･" || c == "∙";
}

}  // namespace

absl::StatusOr<ResidentId> ResidentId::Parse(std::string_view text) {
  std::string number = Compact(text);
  const bool is_old = number.size() == kOldIdLength;
  if (!is_old && number.size() != kIdLength) {
    return Refuse("an identity number has 18 characters, or 15 in its old form");
  }
  const std::size_t digits = is_old ? kOldIdLength : kIdLength - 1;
  for (std::size_t i = 0; i < digits; ++i) {
    if (!IsDigit(number[i])) return Refuse("an identity number has a character that is no digit");
  }
  if (is_old) {
    number.insert(6, "19");
    number.push_back(CheckCharacter(number));
  }
  const std::optional<absl::CivilDay> birth_date = BirthDate(std::string_view(number).substr(6, 8));
  if (!birth_date.has_value())
    return Refuse("the birth date in the identity number does not exist");
  if (number.back() != CheckCharacter(number)) {
    return Refuse("the check character of the identity number is wrong");
  }
  return ResidentId(std::move(number), *birth_date);
}

std::string ResidentId::Masked() const { return MaskIdentityNumber(number_); }

absl::StatusOr<SocialCreditCode> SocialCreditCode::Parse(std::string_view text) {
  // GB 32100: no I, O, S, V, Z; ISO 7064-like MOD 31 with weights 3^i.
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  std::string code = Compact(text);
  if (code.size() != kIdLength) return Refuse("a unified social credit code has 18 characters");
  std::size_t sum = 0;
  std::size_t weight = 1;
  std::size_t check = 0;
  for (std::size_t i = 0; i < kIdLength; ++i) {
    const std::size_t value = kAlphabet.find(code[i]);
    if (value == std::string_view::npos) {
      return Refuse("a unified social credit code has a character that is not used in it");
    }
    if (i + 1 == kIdLength) {
      check = value;
      break;
    }
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  if (check != (31 - sum % 31) % 31) {
    return Refuse("the check character of the unified social credit code is wrong");
  }
  return SocialCreditCode(std::move(code));
}

std::string MaskIdentityNumber(std::string_view number) {
  if (number.size() <= 8) return std::string(number.size(), '*');
  return absl::StrCat(std::string(number.substr(0, 3)), std::string(number.size() - 7, '*'),
                      std::string(number.substr(number.size() - 4)));
}

std::string NormalisePersonName(std::string_view name) {
  const std::string folded = FoldWidth(name);
  std::string result;
  bool space_pending = false;
  bool after_latin = false;
  for (std::size_t i = 0; i < folded.size();) {
    const std::string_view c = NextCodePoint(folded, i);
    i += c.size();
    // Also the no-break space that office programs put between characters.
    if (c == " " || c == "\t" || c == "\r" || c == "\n" || c == "\u00A0") {
      space_pending = true;
      continue;
    }
    if (IsNameDot(c)) {
      result.append("·");
      space_pending = false;
      after_latin = false;
      continue;
    }
    const bool is_latin = c.size() < 3;
    if (space_pending && after_latin && is_latin) result.push_back(' ');
    space_pending = false;
    after_latin = is_latin;
    if (c.size() == 1) {
      result.push_back(absl::ascii_toupper(static_cast<unsigned char>(c[0])));
    } else {
      result.append(c);
    }
  }
  return result;
}

}  // namespace recoup::domain
