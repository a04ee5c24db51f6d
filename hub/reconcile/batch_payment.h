// Payments of settlement batches: a rung of its own, before all others.
//
// All credits that name the batch's reference (structured, in the text, or as end-to-end id) and no
// other reference are taken together: an insurer's bank may cut one order in pieces. They pay the
// batch when their sum is its net amount to the fen; otherwise nothing is applied at all, and each
// of them is a break. A batch is never paid in part: which of its lines the debtor meant to pay,
// and which pool should wait, is nowhere said, and any order of lines would be a guess that takes
// money from a pool for good.
//
// Pure and deterministic: the order of the entries decides nothing. Safe from any thread.
#ifndef RECOUP_HUB_RECONCILE_BATCH_PAYMENT_H_
#define RECOUP_HUB_RECONCILE_BATCH_PAYMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "hub/reconcile/facts.h"

namespace recoup::reconcile {

inline constexpr std::string_view kBatchRule = "SETTLEMENT_BATCH";
inline constexpr std::string_view kBatchRuleVersion = "batch-1";

struct BatchFact {
  std::string key;
  std::string reference;  // ISO 11649, compact.
  domain::Money net;
  bool awaits_payment = false;  // Cut, and neither paid nor given up.
  bool collects_here = false;   // This pool's account is where it is to be paid.
};

// References in what the bank says of an entry, ascending, each once.
std::vector<std::string> ReferencesOf(const BankEntry& entry);

enum class BatchVerdict {
  kPaid,
  kTooLittle,
  kTooMuch,
  kPaidBefore,  // The batch does not wait for a payment: paid already, or given up.
  kMixed,       // An entry names other references beside that of the batch.
  kElsewhere,   // It is to be paid to another pool's account.
};

struct BatchDecision {
  std::string batch_key;
  BatchVerdict verdict = BatchVerdict::kPaid;
  // Ascending by booking day and key: the entries that name the batch.
  std::vector<std::string> entry_keys;
  domain::Money sum;
  domain::Money net;
  std::string reference;
  bool operator==(const BatchDecision&) const = default;
};

// `entries`: unapplied credits of which each names the batch.
BatchDecision DecideBatch(const BatchFact& batch, std::vector<BankEntry> entries);

// The facts used, in Chinese, for people: the certificate of a payment.
std::string BatchCertificate(const BatchDecision& decision);
// What is wrong and what a person can do; for every verdict but kPaid.
std::string BatchExplanation(const BatchDecision& decision);
std::string BatchSuggestion(const BatchDecision& decision);

// Proves a payment again from the facts; shares nothing with DecideBatch but Compact
// (reference_scan.h). kInternal with the law that is broken.
absl::Status VerifyBatchDecision(const BatchFact& batch, const std::vector<BankEntry>& entries,
                                 const BatchDecision& decision);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_BATCH_PAYMENT_H_
