// Which debit of the account paid out what was passed on to the pool (上解款).
//
// PASS_ON_REFERENCE: the debit names the reference under which the delivery was passed on, and has
// its amount. PASS_ON_AMOUNT: it has the amount, was booked near the day, and is no return of a
// payment. Where several of one amount meet, they are paired by their days when there are as many
// debits as deliveries: all of them are paid then, whichever is whose, and no books depend on it.
//
// One transfer may pay out several deliveries. PASS_ON_REFERENCES: the debit names two or more, and
// has the sum of all that it names. PASS_ON_SUM: it names none and equals none, and of those of
// near days exactly one set has its sum, which few enough of them make no accident (chance.h), and
// which no other debit could take a part of. Anything else is for a person.
//
// Pure and deterministic: the order of the facts decides nothing. Safe from any thread.
#ifndef RECOUP_HUB_RECONCILE_DELIVERIES_H_
#define RECOUP_HUB_RECONCILE_DELIVERIES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "hub/domain/money.h"

namespace recoup::reconcile {

struct DeliveryPolicy {
  std::string rule_version = "pass-on-1";
  // Who passes money on may write it down some days after the bank has booked it.
  int early_days_max = 5;
  // Holidays stretch a transfer; longer than this after, an equal amount says nothing.
  int late_days_max = 31;
  // Shorter references are not searched for in texts.
  std::size_t reference_in_text_min = 4;
  // Of more deliveries of near days no set is searched for.
  std::size_t sum_items_max = 20;
};

// That the bank has not paid out.
struct DeliveryFact {
  std::string key;
  domain::Money payable;
  absl::CivilDay passed_on;
  std::string bank_reference;  // As the officer wrote it; may be empty.
};

// That nobody has decided on and that the bank does not call a return.
struct OutgoingDebit {
  std::string key;
  domain::Money amount;
  absl::CivilDay booked_on;
  std::string bank_reference;
  std::string end_to_end_id;
  std::string text;
  bool may_be_return = false;  // Of a payment of the same amount.
};

enum class DeliveryRule { kReference, kReferences, kAmount, kSum };
std::string_view RuleName(DeliveryRule rule);

struct PaidOut {
  std::string debit_key;
  std::vector<std::string> delivery_keys;  // By day; several by kReferences and kSum only.
  DeliveryRule rule = DeliveryRule::kReference;
  bool operator==(const PaidOut&) const = default;
};

// A debit that may pay something out, and why that is not certain.
struct DeliveryDoubt {
  enum class Why {
    kOtherAmount,  // It names the reference and has another amount.
    kOtherDay,
    kMayBeReturn,
    kSeveral,
    kSeveralSums,  // More than one set has its sum, or another debit could take a part of the set.
  };
  std::string debit_key;
  Why why = Why::kSeveral;
  std::vector<std::string> delivery_keys;  // By day.
  bool operator==(const DeliveryDoubt&) const = default;
};

struct PaidOutResult {
  std::vector<PaidOut> paid;          // By debit.
  std::vector<DeliveryDoubt> doubts;  // By debit.
};

PaidOutResult FindPaidOut(std::vector<DeliveryFact> deliveries, std::vector<OutgoingDebit> debits,
                          const DeliveryPolicy& policy);

// Proves each of them again from the facts: amounts, words and days, nothing twice, that none of a
// pair could be exchanged for one that was left over, and that a set is the only one. Shares
// nothing with FindPaidOut but the reading of references. kInternal with the law that is broken.
absl::Status VerifyPaidOut(const std::vector<DeliveryFact>& deliveries,
                           const std::vector<OutgoingDebit>& debits, const DeliveryPolicy& policy,
                           const PaidOutResult& result);

// In Chinese, for people: what decided, and what is doubtful of a debit.
std::string CertificateOf(const PaidOut& paid, const std::vector<DeliveryFact>& deliveries,
                          const OutgoingDebit& debit, const DeliveryPolicy& policy);
std::string ExplanationOf(const DeliveryDoubt& doubt, const std::vector<DeliveryFact>& deliveries);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_DELIVERIES_H_
