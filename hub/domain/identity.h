// Identity numbers and names of persons and companies, as values that are known to be well formed.
//
// Refusals say what is wrong and never repeat the number or the name. Pure and thread-safe.
#ifndef RECOUP_HUB_DOMAIN_IDENTITY_H_
#define RECOUP_HUB_DOMAIN_IDENTITY_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace recoup::domain {

// A Chinese resident identity number (公民身份号码) of 18 characters, GB 11643: area, birth date,
// sequence, check character.
class ResidentId final {
 public:
  // Takes full-width characters, spaces, hyphens, a lower-case x, and the old form of 15 digits,
  // which it upgrades, taking the birth year as 19xx. Checked are the form, the birth date and the
  // check character; not whether the area exists, since old areas were dissolved.
  static absl::StatusOr<ResidentId> Parse(std::string_view text);

  const std::string& number() const { return number_; }
  absl::CivilDay birth_date() const { return birth_date_; }
  // "310***********1234": enough for a person to recognise, too little to use.
  std::string Masked() const;
  bool operator==(const ResidentId&) const = default;

 private:
  ResidentId(std::string number, absl::CivilDay birth_date)
      : number_(std::move(number)), birth_date_(birth_date) {}

  std::string number_;
  absl::CivilDay birth_date_;
};

// A unified social credit code (统一社会信用代码) of 18 characters, GB 32100.
class SocialCreditCode final {
 public:
  static absl::StatusOr<SocialCreditCode> Parse(std::string_view text);

  const std::string& code() const { return code_; }
  bool operator==(const SocialCreditCode&) const = default;

 private:
  explicit SocialCreditCode(std::string code) : code_(std::move(code)) {}

  std::string code_;
};

// The first three and the last four characters with stars between; shorter texts are all stars.
// For any identity number, valid or not.
std::string MaskIdentityNumber(std::string_view number);

// The form in which two spellings of one person's name are equal: width folded, the dots of
// transliterated names (· • ・ ‧ .) one middle dot, spaces removed between Chinese characters and
// collapsed elsewhere, Latin letters in capitals.
std::string NormalisePersonName(std::string_view name);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_IDENTITY_H_
