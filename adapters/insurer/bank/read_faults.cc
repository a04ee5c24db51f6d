#include "adapters/insurer/bank/read_faults.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace recoup::insurer::bank {

void ReadFaults::Keep(std::string path, std::string description) {
  if (kept_.all().size() < kKeptMax) kept_.Add(std::move(path), std::move(description));
}

void ReadFaults::Add(std::string path, std::string description) {
  ++form_count_;
  Keep(std::move(path), std::move(description));
}

void ReadFaults::AddDifference(std::string path, std::string description) {
  ++difference_count_;
  Keep(std::move(path), std::move(description));
}

absl::Status ReadFaults::ToStatus() const {
  if (count() == 0) return absl::OkStatus();
  ErrorDetail detail;
  detail.reason = form_count_ > 0 ? Reason::kInvalidArgument : Reason::kStatementDoesNotAddUp;
  detail.faults = kept_.all();
  const FieldFault& first = detail.faults.front();
  std::string message =
      absl::StrCat(first.field, first.field.empty() ? "" : ": ", first.description);
  if (count() > 1) absl::StrAppend(&message, " (and ", count() - 1, " more faults)");
  return MakeError(message, std::move(detail));
}

std::string QuoteCode(std::string_view code) {
  constexpr std::size_t kCodeMax = 40;
  const bool is_code =
      !code.empty() && code.size() <= kCodeMax && std::all_of(code.begin(), code.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' ||
               c == '-';
      });
  return is_code ? absl::StrCat("\"", std::string(code), "\"") : "(not a code)";
}

std::string WrongAccount(std::string_view read, std::string_view expected) {
  return absl::StrCat("is account ", QuoteCode(read), ", expected ", QuoteCode(expected));
}

}  // namespace recoup::insurer::bank
