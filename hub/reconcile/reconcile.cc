#include "hub/reconcile/reconcile.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/reconcile/reference_scan.h"
#include "hub/reconcile/run.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

void CheckKey(const std::string& key, const std::string& path, std::set<std::string>& seen,
              Faults& faults) {
  if (key.empty()) {
    faults.Add(path + ".key", "must not be empty");
  } else if (!seen.insert(key).second) {
    faults.Add(path + ".key", "appears twice");
  }
}

void CheckEntries(const Facts& facts, Faults& faults) {
  std::map<std::string, Money> applied;
  for (std::size_t i = 0; i < facts.earlier_applications.size(); ++i) {
    const EarlierApplication& earlier = facts.earlier_applications[i];
    if (!earlier.amount.is_positive()) {
      faults.Add(absl::StrCat("earlier_applications[", i, "].amount"), "must be positive");
    }
    applied[earlier.entry_key] += earlier.amount;
  }
  std::set<std::string> seen;
  const auto check = [&](const BankEntry& entry, const std::string& path) {
    CheckKey(entry.key, path, seen, faults);
    if (!entry.amount.is_positive()) faults.Add(path + ".amount", "must be positive");
    if (entry.returned_before.is_negative()) {
      faults.Add(path + ".returned_before", "must not be negative");
    }
    if (applied[entry.key] + entry.returned_before > entry.amount) {
      faults.Add(path + ".amount", "is less than what was applied and returned before");
    }
  };
  for (std::size_t i = 0; i < facts.entries.size(); ++i) {
    check(facts.entries[i], absl::StrCat("entries[", i, "]"));
  }
  for (std::size_t i = 0; i < facts.earlier_entries.size(); ++i) {
    const std::string path = absl::StrCat("earlier_entries[", i, "]");
    check(facts.earlier_entries[i], path);
    if (facts.earlier_entries[i].direction != Direction::kCredit) {
      faults.Add(path + ".direction", "must be a credit");
    }
  }
}

void CheckDemands(const Facts& facts, Faults& faults) {
  std::set<std::string> seen;
  std::set<std::string> references;
  std::map<std::string, Money> applied;
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    applied[earlier.demand_key] += earlier.amount;
  }
  for (std::size_t i = 0; i < facts.demands.size(); ++i) {
    const OpenDemand& demand = facts.demands[i];
    const std::string path = absl::StrCat("demands[", i, "]");
    CheckKey(demand.key, path, seen, faults);
    if (demand.open.is_negative()) faults.Add(path + ".open", "must not be negative");
    if (demand.open + applied[demand.key] > demand.amount) {
      faults.Add(path + ".open", "with what was applied before is more than the amount");
    }
    if (!demand.reference.empty()) {
      const std::string reference = NormaliseReference(demand.reference);
      if (reference.empty()) {
        faults.Add(path + ".reference", "is no ISO 11649 reference");
      } else if (!references.insert(reference).second) {
        faults.Add(path + ".reference", "belongs to another demand");
      }
    }
    for (std::size_t j = 0; j < demand.instalments.size(); ++j) {
      const Instalment& instalment = demand.instalments[j];
      if (instalment.open.is_negative() || instalment.open > instalment.amount) {
        faults.Add(absl::StrCat(path, ".instalments[", j, "].open"),
                   "must lie between 0 and the amount");
      }
    }
  }
}

void CheckAdvices(const Facts& facts, Faults& faults) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < facts.advices.size(); ++i) {
    const Advice& advice = facts.advices[i];
    const std::string path = absl::StrCat("advices[", i, "]");
    CheckKey(advice.key, path, seen, faults);
    if (!advice.total.is_positive()) faults.Add(path + ".total", "must be positive");
    absl::StatusOr<Money> sum = Money();
    for (std::size_t j = 0; j < advice.lines.size(); ++j) {
      if (!advice.lines[j].amount.is_positive()) {
        faults.Add(absl::StrCat(path, ".lines[", j, "].amount"), "must be positive");
      }
    }
  }
}

}  // namespace

absl::StatusOr<Result> Reconcile(const Facts& facts, const ReconcilePolicy& policy) {
  Faults faults;
  CheckEntries(facts, faults);
  CheckDemands(facts, faults);
  CheckAdvices(facts, faults);
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());

  Run run(facts, policy);
  WorkOffReturns(run);
  BindAdvices(run);
  ApplyReferences(run);
  ApplyAdvices(run);
  ApplySeveralReferences(run);
  ApplyAmounts(run);
  ExplainTheRest(run);

  const auto order = [](const Break& b) {
    return std::tie(b.kind, b.entry_key, b.demand_key, b.advice_key, b.amount);
  };
  std::stable_sort(run.result.breaks.begin(), run.result.breaks.end(),
                   [&](const Break& a, const Break& b) { return order(a) < order(b); });
  return std::move(run.result);
}

std::string_view RuleName(Rule rule) {
  switch (rule) {
    case Rule::kStructuredReference:
      return "STRUCTURED_REFERENCE";
    case Rule::kReferenceInText:
      return "REFERENCE_IN_TEXT";
    case Rule::kAdvice:
      return "ADVICE";
    case Rule::kSeveralReferences:
      return "SEVERAL_REFERENCES";
    case Rule::kPayerAndAmount:
      return "PAYER_AND_AMOUNT";
    case Rule::kPayerAndSum:
      return "PAYER_AND_SUM";
  }
  RECOUP_CHECK(false);
}

std::string_view BreakKindName(BreakKind kind) {
  switch (kind) {
    case BreakKind::kOverpaid:
      return "OVERPAID";
    case BreakKind::kUnderpaid:
      return "UNDERPAID";
    case BreakKind::kDuplicatePayment:
      return "DUPLICATE_PAYMENT";
    case BreakKind::kUnknownPayment:
      return "UNKNOWN_PAYMENT";
    case BreakKind::kReturnedPayment:
      return "RETURNED_PAYMENT";
    case BreakKind::kLatePayment:
      return "LATE_PAYMENT";
    case BreakKind::kAmbiguousPayment:
      return "AMBIGUOUS_PAYMENT";
    case BreakKind::kAdviceWithoutMoney:
      return "ADVICE_WITHOUT_MONEY";
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::reconcile
