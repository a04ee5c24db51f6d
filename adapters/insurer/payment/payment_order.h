// What an insurer asks its bank to pay: one order from one account, one payment per demand.
//
// Each payment carries the creditor reference (ISO 11649) of its demand as its structured reference
// and as its EndToEndId, so that the fund's bank passes on what the hub matches first. Values;
// pure.
#ifndef RECOUP_ADAPTERS_INSURER_PAYMENT_PAYMENT_ORDER_H_
#define RECOUP_ADAPTERS_INSURER_PAYMENT_PAYMENT_ORDER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/money.h"

namespace recoup::insurer::payment {

// An account and whose it is.
struct AccountHolder {
  std::string name;
  std::string account;
  // BIC (8 or 11 characters) or the bank's number in CNAPS (12 digits, 联行号).
  std::string bank;
  bool operator==(const AccountHolder&) const = default;
};

struct Payment {
  std::string reference;  // ISO 11649.
  domain::Money amount;
  AccountHolder payee;
  bool operator==(const Payment&) const = default;
};

struct PaymentOrder {
  std::string number;  // The insurer's own, 1 to 35 characters: MsgId and PmtInfId.
  absl::Time created;
  absl::CivilDay execute_on;
  AccountHolder payer;
  std::vector<Payment> payments;
  bool operator==(const PaymentOrder&) const = default;
};

// Everything a bank would send the order back for, with paths: identifiers of more than 35
// characters or beyond the SWIFT characters, names of more than 140, accounts of more than 34,
// banks that are neither BIC nor CNAPS number, references that are not ISO 11649 or stand twice,
// amounts that are not positive, no payment at all.
absl::Status CheckOrder(const PaymentOrder& order);

// Beyond the range of Money: INVALID_ARGUMENT.
absl::StatusOr<domain::Money> ControlSum(const PaymentOrder& order);

bool IsBic(const std::string& bank);
bool IsCnapsNumber(const std::string& bank);

}  // namespace recoup::insurer::payment

#endif  // RECOUP_ADAPTERS_INSURER_PAYMENT_PAYMENT_ORDER_H_
