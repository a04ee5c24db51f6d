#include "adapters/insurer/payment/payment_order.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/creditor_reference.h"

namespace recoup::insurer::payment {
namespace {

using domain::Money;

// ISO 20022: Max35Text, Max140Text, Max34Text of the fields used.
constexpr std::size_t kIdMax = 35;
constexpr std::size_t kNameMax = 140;
constexpr std::size_t kAccountMax = 34;

std::size_t CodePoints(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

// The characters that every bank takes in an identifier (SWIFT character set X), and no slash at
// either end or twice in a row, which the field's rules forbid.
bool IsIdentifier(const std::string& text) {
  constexpr std::string_view kOther = "/-?:().,'+ ";
  const bool characters = std::all_of(text.begin(), text.end(), [&](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           kOther.find(c) != std::string_view::npos;
  });
  return characters && !text.empty() && text.size() <= kIdMax && text.front() != '/' &&
         text.back() != '/' && text.find("//") == std::string::npos;
}

void CheckHolder(const AccountHolder& holder, const std::string& path, Faults& faults) {
  if (holder.name.empty() || CodePoints(holder.name) > kNameMax) {
    faults.Add(absl::StrCat(path, ".name"), "must have 1 to 140 characters");
  }
  const bool digits = std::all_of(holder.account.begin(), holder.account.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-';
  });
  if (holder.account.empty() || holder.account.size() > kAccountMax || !digits) {
    faults.Add(absl::StrCat(path, ".account"), "must have 1 to 34 letters and digits");
  }
  if (!IsBic(holder.bank) && !IsCnapsNumber(holder.bank)) {
    faults.Add(absl::StrCat(path, ".bank"), "is neither a BIC nor a CNAPS number of 12 digits");
  }
}

}  // namespace

bool IsBic(const std::string& bank) {
  if (bank.size() != 8 && bank.size() != 11) return false;
  for (std::size_t i = 0; i < bank.size(); ++i) {
    const auto c = static_cast<unsigned char>(bank[i]);
    if (i < 6 ? !absl::ascii_isupper(c) : !absl::ascii_isupper(c) && !absl::ascii_isdigit(c)) {
      return false;
    }
  }
  return true;
}

bool IsCnapsNumber(const std::string& bank) {
  return bank.size() == 12 && std::all_of(bank.begin(), bank.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

absl::StatusOr<Money> ControlSum(const PaymentOrder& order) {
  Money sum;
  for (const Payment& payment : order.payments) {
    RECOUP_ASSIGN_OR_RETURN(sum, sum.Add(payment.amount));
  }
  return sum;
}

absl::Status CheckOrder(const PaymentOrder& order) {
  Faults faults;
  if (!IsIdentifier(order.number)) {
    faults.Add("number", "must have 1 to 35 of the characters that banks exchange");
  }
  CheckHolder(order.payer, "payer", faults);
  if (order.payments.empty()) faults.Add("payments", "there must be at least one");
  std::set<std::string> references;
  for (std::size_t i = 0; i < order.payments.size(); ++i) {
    const Payment& payment = order.payments[i];
    const std::string path = absl::StrCat("payments[", i, "]");
    const auto reference = domain::CreditorReference::Parse(payment.reference);
    if (!reference.ok() || reference->text() != payment.reference) {
      faults.Add(absl::StrCat(path, ".reference"), "is no creditor reference (ISO 11649)");
    } else if (!references.insert(payment.reference).second) {
      faults.Add(absl::StrCat(path, ".reference"), "stands twice in the order");
    }
    if (!payment.amount.is_positive()) {
      faults.Add(absl::StrCat(path, ".amount"), "must be more than zero");
    }
    CheckHolder(payment.payee, absl::StrCat(path, ".payee"), faults);
  }
  if (const auto sum = ControlSum(order); !sum.ok()) {
    faults.Add("payments", "the control sum is out of range");
  }
  return faults.ToStatus();
}

}  // namespace recoup::insurer::payment
