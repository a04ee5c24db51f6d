// The check digits of an ISO 11649 reference (ISO 7064 MOD 97-10). Internal to hub/reconcile.
#ifndef RECOUP_HUB_RECONCILE_CHECK_DIGITS_H_
#define RECOUP_HUB_RECONCILE_CHECK_DIGITS_H_

#include <cstddef>
#include <string_view>

namespace recoup::reconcile {

inline constexpr std::size_t kReferenceLengthMax = 25;
inline constexpr std::size_t kReferenceLengthMin = 5;

inline bool IsWordByte(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

// What one more character makes of the remainder: a letter counts as two digits, A = 10.
inline int Extend(int remainder, char c) {
  const int value = c <= '9' ? c - '0' : c - 'A' + 10;
  return (remainder * (value < 10 ? 10 : 100) + value) % 97;
}

inline bool BeginsLikeReference(std::string_view text) {
  return text.size() >= 4 && text[0] == 'R' && text[1] == 'F' && text[2] >= '0' && text[2] <= '9' &&
         text[3] >= '0' && text[3] <= '9';
}

// Upper case without blanks.
inline bool HasValidCheckDigits(std::string_view reference) {
  if (reference.size() < kReferenceLengthMin || reference.size() > kReferenceLengthMax ||
      !BeginsLikeReference(reference)) {
    return false;
  }
  int remainder = 0;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const char c = reference[(i + 4) % reference.size()];
    if (!IsWordByte(c)) return false;
    remainder = Extend(remainder, c);
  }
  return remainder == 1;
}

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_CHECK_DIGITS_H_
