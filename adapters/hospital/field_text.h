// The single values that all formats share, out of text: times, flags, genders, amounts, cards.
//
// Pure functions; nullopt (or kUnknown) where the text is not such a value.
#ifndef RECOUP_ADAPTERS_HOSPITAL_FIELD_TEXT_H_
#define RECOUP_ADAPTERS_HOSPITAL_FIELD_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/hospital/documents.h"
#include "hub/domain/money.h"

namespace recoup::hospital {

// Without ASCII white space and full-width spaces at both ends.
std::string_view Trimmed(std::string_view text);

// "2026-03-05 10:20:30", with T, fraction or zone, or the date alone; and HL7's
// YYYY[MM[DD[HH[MM[SS[.f]]]]]][+ZZZZ]. Without zone: China's time.
std::optional<absl::Time> TimeFromText(std::string_view text);
std::optional<absl::CivilDay> DateFromText(std::string_view text);
// Whether a time of day is said too: a day alone is read as its midnight, which nobody has stated.
bool HasTimeOfDay(std::string_view text);

// A Chinese name without the blanks that pad or part it ("蒋 雯", "魏　强"): forms align two
// characters with three. Names with Latin letters stay, apart from the ends.
std::string PersonNameFromText(std::string_view text);

// 1/0, Y/N, yes/no and true/false in any case, 是/否, 有/无, 涉及/不涉及.
TriState TriStateFromText(std::string_view text);
// 1/2, M/F, 男/女 (GB/T 2261.1).
Gender GenderFromText(std::string_view text);

// Exact. Understands exponents ("1E+2", "0E-8"), which Java's BigDecimal writes.
absl::StatusOr<domain::Money> AmountFromText(std::string_view text);

// 18 characters with a right check character (GB 11643, ISO 7064 MOD 11-2).
bool IsResidentCardNumber(std::string_view text);

// Six digits.
bool IsAreaCode(std::string_view text);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_FIELD_TEXT_H_
