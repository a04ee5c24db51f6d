// Structured creditor references, ISO 11649: "RF", two check digits, at most 21 characters.
//
// Every demand carries one of its own; payers quote it, and a payment is matched on it first. So it
// is read tolerantly (spaces in fours, lower case, full width, in the middle of a sentence) and
// written in one form only. Pure and thread-safe.
#ifndef RECOUP_HUB_DOMAIN_CREDITOR_REFERENCE_H_
#define RECOUP_HUB_DOMAIN_CREDITOR_REFERENCE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace recoup::domain {

class CreditorReference final {
 public:
  static constexpr std::size_t kBodyMax = 21;

  // From the creditor's own reference, 1 to 21 letters and digits; the check digits are computed.
  static absl::StatusOr<CreditorReference> Make(std::string_view body);
  // From a whole reference; spaces, lower case and full width are folded.
  static absl::StatusOr<CreditorReference> Parse(std::string_view text);

  // "RF18539007547034"
  const std::string& text() const { return text_; }
  // "RF18 5390 0754 7034": for letters.
  std::string Spaced() const;
  // "539007547034"
  std::string_view body() const { return std::string_view(text_).substr(4); }
  auto operator<=>(const CreditorReference&) const = default;

 private:
  explicit CreditorReference(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

// Every reference that may stand in `text`, in order of appearance, each once. A run of letters and
// digits may hold several valid readings (a reference followed by further digits): all of them are
// candidates, the longest first, and the caller asks which one it has issued.
std::vector<CreditorReference> FindCreditorReferences(std::string_view text);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_CREDITOR_REFERENCE_H_
