#include "hub/domain/creditor_reference.h"

#include <algorithm>
#include <compare>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hub/base/ascii.h"
#include "hub/base/error.h"
#include "hub/domain/text_width.h"

namespace recoup::domain {
namespace {

constexpr std::size_t kPrefix = 4;  // "RF" and two check digits.

bool IsAlphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

std::string FoldCase(std::string_view text) {
  std::string folded = FoldWidth(text);
  for (char& c : folded) c = absl::ascii_toupper(static_cast<unsigned char>(c));
  return folded;
}

// ISO 7064 MOD 97-10 with A = 10 … Z = 35.
int Mod97(std::string_view text, int remainder) {
  for (const char c : text) {
    remainder =
        IsDigit(c) ? (remainder * 10 + (c - '0')) % 97 : (remainder * 100 + (c - 'A' + 10)) % 97;
  }
  return remainder;
}

// `text` is narrow, in capitals and without spaces.
bool IsValid(std::string_view text) {
  if (text.size() <= kPrefix || text.size() > kPrefix + CreditorReference::kBodyMax) return false;
  if (text.substr(0, 2) != "RF" || !IsDigit(text[2]) || !IsDigit(text[3])) return false;
  if (!std::all_of(text.begin(), text.end(), IsAlphanumeric)) return false;
  // 00, 01 and 99 can pass the division but are never computed: 98 - r lies in 02…98.
  const int check = (text[2] - '0') * 10 + (text[3] - '0');
  if (check < 2 || check > 98) return false;
  return Mod97(text.substr(0, kPrefix), Mod97(text.substr(kPrefix), 0)) == 1;
}

bool IsSeparator(char c) { return c == ' ' || c == '\t' || c == '-'; }

// The characters of a reference from `at` on, separators left out, at most as many as it can have.
// People write a reference in groups, so one separator between two characters belongs to it.
std::string ReadRun(std::string_view text, std::size_t at) {
  std::string run;
  bool after_separator = false;
  for (; at < text.size() && run.size() < kPrefix + CreditorReference::kBodyMax; ++at) {
    if (IsAlphanumeric(text[at])) {
      run.push_back(text[at]);
      after_separator = false;
    } else if (IsSeparator(text[at]) && !after_separator) {
      after_separator = true;
    } else {
      break;
    }
  }
  return run;
}

}  // namespace

absl::StatusOr<CreditorReference> CreditorReference::Make(std::string_view body) {
  std::string folded = FoldCase(body);
  if (folded.empty() || folded.size() > kBodyMax ||
      !std::all_of(folded.begin(), folded.end(), IsAlphanumeric)) {
    return MakeError(Reason::kInvalidArgument,
                     "a creditor reference is made from 1 to 21 letters and digits");
  }
  const int check = 98 - Mod97("RF00", Mod97(folded, 0));
  return CreditorReference(absl::StrCat("RF", check < 10 ? "0" : "", check, folded));
}

absl::StatusOr<CreditorReference> CreditorReference::Parse(std::string_view text) {
  std::string folded = FoldCase(text);
  folded.erase(std::remove_if(folded.begin(), folded.end(), IsSeparator), folded.end());
  if (!IsValid(folded)) {
    return MakeError(Reason::kInvalidArgument,
                     "not a creditor reference: RF, two check digits, 1 to 21 letters and digits");
  }
  return CreditorReference(std::move(folded));
}

std::string CreditorReference::Spaced() const {
  std::string spaced;
  for (std::size_t i = 0; i < text_.size(); i += 4) {
    absl::StrAppend(&spaced, i == 0 ? "" : " ", text_.substr(i, 4));
  }
  return spaced;
}

std::vector<CreditorReference> FindCreditorReferences(std::string_view text) {
  const std::string folded = FoldCase(text);
  std::vector<CreditorReference> found;
  for (std::size_t at = folded.find("RF"); at != std::string::npos;
       at = folded.find("RF", at + 1)) {
    const std::string run = ReadRun(folded, at);
    for (std::size_t length = run.size(); length > kPrefix; --length) {
      const std::string candidate = run.substr(0, length);
      if (!IsValid(candidate)) continue;
      const absl::StatusOr<CreditorReference> reference = CreditorReference::Parse(candidate);
      if (std::find(found.begin(), found.end(), *reference) == found.end()) {
        found.push_back(*reference);
      }
    }
  }
  return found;
}

}  // namespace recoup::domain
