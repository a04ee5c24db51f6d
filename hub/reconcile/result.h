// What the reconciliation engine decides: applications with their proof, undone applications, and
// breaks. Everything is sorted, so equal facts give equal results whatever their order was.
//
// A million decisions hold some four million texts, so they hold views: a result keeps what its
// texts lie in (Result::texts), and what is taken out of a result lives as long as that.
#ifndef RECOUP_HUB_RECONCILE_RESULT_H_
#define RECOUP_HUB_RECONCILE_RESULT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/money.h"

namespace recoup::reconcile {

// The rungs, in the order in which they are tried.
enum class Rule {
  kStructuredReference,  // The creditor reference names the demand.
  kReferenceInText,      // RF, recovery or case number in the text or the end-to-end id.
  kDamagedReference,   // One character away from exactly one reference, and payer or amount agree.
  kAdvice,             // A remittance advice splits the sum.
  kSeveralReferences,  // Several demands are named and the sum fits them exactly.
  kPayerAndAmount,     // Only one demand of this payer is open with this amount (or instalment).
  kPayerAndDates,      // As many equal payments as equal demands, paired by their dates.
  kPayerAndSum,        // Only one set of this payer's open demands has this sum.
  kPayerAndParts,      // Only one set of this payer's payments has the sum of one demand.
  kPayerAndTotals,     // Only one set of payments and one set of demands have the same sum.
};
std::string_view RuleName(Rule rule);

// A demand of the payer that had the amount of the payment, or the sum of the payments, until
// another payment of the run paid of it by a rung that names demands.
struct TakenDemand {
  std::string_view demand_key;
  std::string_view entry_key;  // The last that did.
  bool operator==(const TakenDemand&) const = default;
};

// Everything needed to prove one application again without the engine.
struct Certificate {
  Rule rule = Rule::kStructuredReference;
  std::string_view rule_version;
  std::string_view token;                // The reference or case number that was found.
  std::string_view advice_key;           // For kAdvice.
  std::vector<std::string_view> chosen;  // Demand keys decided on together, ascending, if several.
  std::vector<std::string_view> payments;  // Entry keys decided on together, ascending, if several.
  // For kPayerAndAmount to kPayerAndParts, ascending by demand: those that had the whole sum.
  std::vector<TakenDemand> taken;
  std::size_t rivals = 0;  // Demands that were looked at and ruled out.
  std::int64_t steps = 0;  // Work of the search for sums.
  // By how much the runner-up fails: fen between the payment and the nearest other reading of the
  // amount, days for kPayerAndDates; empty when there is no other reading.
  std::optional<std::int64_t> margin;
  domain::Money entry_before;  // Unapplied money of the entry before the decision.
  domain::Money open_before;   // Open amount of this demand before the decision.
  bool operator==(const Certificate&) const = default;
};

// The facts used, in Chinese, for people.
std::vector<std::string> FactsOf(const Certificate& certificate);

struct Application {
  std::string_view entry_key;
  std::string_view demand_key;
  domain::Money amount;
  Certificate certificate;
  bool operator==(const Application&) const = default;
};

// A return took money back. An empty demand key means money that was not applied to any demand.
struct Undo {
  std::string_view return_entry_key;
  std::string_view original_entry_key;
  std::string_view demand_key;
  domain::Money amount;
  std::string_view evidence;
  bool operator==(const Undo&) const = default;
};

enum class BreakKind {
  kOverpaid,
  kUnderpaid,
  kDuplicatePayment,
  kUnknownPayment,
  kReturnedPayment,
  kLatePayment,
  kAmbiguousPayment,
  kAdviceWithoutMoney,
};
std::string_view BreakKindName(BreakKind kind);

struct Break {
  BreakKind kind = BreakKind::kUnknownPayment;
  std::string_view entry_key;
  std::string_view demand_key;
  std::string_view advice_key;
  std::string_view duplicate_of;  // The entry that paid the demand before.
  domain::Money amount;
  std::int64_t days = 0;                     // Late by; only for kLatePayment.
  std::string_view explanation;              // Chinese; holds keys and amounts, never names.
  std::string_view suggestion;               // Chinese.
  std::vector<std::string_view> candidates;  // Demand keys (entry keys for a return), ascending.
  bool operator==(const Break&) const = default;
};

struct Result {
  std::vector<Application> applications;  // In the order decided.
  std::vector<Undo> undone;               // Decided before every application.
  std::vector<Break> breaks;
  std::vector<std::string_view> outgoing;  // Debits that are no returns: payments of our own.
  // Facts and texts that all of this views; copies of a result share them.
  std::shared_ptr<const void> texts;

  // Whether the same was decided, wherever the texts of the two lie.
  bool operator==(const Result& other) const {
    return applications == other.applications && undone == other.undone && breaks == other.breaks &&
           outgoing == other.outgoing;
  }
};

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_RESULT_H_
