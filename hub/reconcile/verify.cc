#include "hub/reconcile/verify.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/base/status.h"
#include "hub/reconcile/checker.h"
#include "hub/reconcile/for_lookup.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

absl::Status VerifyUndone(const Facts& facts, const Result& result) {
  absl::flat_hash_map<absl::string_view, Money> by_return;
  absl::flat_hash_map<absl::string_view, Money> by_original;
  absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, Money> applied;
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    applied[{earlier.entry_key, earlier.demand_key}] += earlier.amount;
  }
  for (const Undo& undo : result.undone) {
    if (!undo.amount.is_positive()) return Broken(undo.return_entry_key, "undoes nothing");
    by_return[ForLookup(undo.return_entry_key)] += undo.amount;
    by_original[ForLookup(undo.original_entry_key)] += undo.amount;
    if (undo.demand_key.empty()) continue;
    Money& rest = applied[{ForLookup(undo.original_entry_key), ForLookup(undo.demand_key)}];
    rest -= undo.amount;
    if (rest.is_negative()) return Broken(undo.return_entry_key, "undoes more than was applied");
  }
  for (const BankEntry& entry : facts.entries) {
    const auto it = by_return.find(entry.key);
    if (it == by_return.end()) continue;
    if (entry.direction != Direction::kDebit) return Broken(entry.key, "is no debit");
    if (it->second != entry.amount) return Broken(entry.key, "undoes another amount");
  }
  for (const std::vector<BankEntry>* all : {&facts.entries, &facts.earlier_entries}) {
    for (const BankEntry& entry : *all) {
      const auto it = by_original.find(entry.key);
      if (it != by_original.end() && it->second + entry.returned_before > entry.amount) {
        return Broken(entry.key, "goes back more than once");
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status VerifyCertificate(const Facts& facts, const ReconcilePolicy& policy,
                               const Result& result, std::size_t index) {
  Checker checker(facts, policy, result);
  for (std::size_t i = 0; i < index; ++i) RECOUP_RETURN_IF_ERROR(checker.Step(false));
  return checker.Step(true);
}

absl::Status VerifyResult(const Facts& facts, const ReconcilePolicy& policy, const Result& result) {
  RECOUP_RETURN_IF_ERROR(VerifyUndone(facts, result));
  Checker checker(facts, policy, result);
  for (std::size_t i = 0; i < result.applications.size(); ++i) {
    RECOUP_RETURN_IF_ERROR(checker.Step(true));
  }
  return checker.Whole();
}

}  // namespace recoup::reconcile
