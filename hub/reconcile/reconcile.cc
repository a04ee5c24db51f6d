#include "hub/reconcile/reconcile.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/reconcile/payer_group.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {
namespace {

using domain::Money;
using Keys = absl::flat_hash_set<std::string>;

std::string PathOf(const char* list, std::size_t at, const char* field) {
  return absl::StrCat(list, "[", at, "].", field);
}

void CheckKey(const std::string& key, const char* list, std::size_t at, Keys& seen,
              Faults& faults) {
  if (key.empty()) {
    faults.Add(PathOf(list, at, "key"), "must not be empty");
  } else if (!seen.insert(key).second) {
    faults.Add(PathOf(list, at, "key"), "appears twice");
  }
}

void CheckEntries(const Facts& facts, Faults& faults) {
  absl::flat_hash_map<std::string, Money> applied;
  for (std::size_t i = 0; i < facts.earlier_applications.size(); ++i) {
    const EarlierApplication& earlier = facts.earlier_applications[i];
    if (!earlier.amount.is_positive()) {
      faults.Add(absl::StrCat("earlier_applications[", i, "].amount"), "must be positive");
    }
    applied[earlier.entry_key] += earlier.amount;
  }
  Keys seen;
  seen.reserve(facts.entries.size() + facts.earlier_entries.size());
  const auto check = [&](const BankEntry& entry, const char* list, std::size_t at) {
    CheckKey(entry.key, list, at, seen, faults);
    if (!entry.amount.is_positive()) faults.Add(PathOf(list, at, "amount"), "must be positive");
    if (entry.returned_before.is_negative()) {
      faults.Add(PathOf(list, at, "returned_before"), "must not be negative");
    }
    const auto before = applied.find(entry.key);
    if ((before == applied.end() ? Money() : before->second) + entry.returned_before >
        entry.amount) {
      faults.Add(PathOf(list, at, "amount"), "is less than what was applied and returned before");
    }
  };
  for (std::size_t i = 0; i < facts.entries.size(); ++i) {
    check(facts.entries[i], "entries", i);
  }
  for (std::size_t i = 0; i < facts.earlier_entries.size(); ++i) {
    check(facts.earlier_entries[i], "earlier_entries", i);
    if (facts.earlier_entries[i].direction != Direction::kCredit) {
      faults.Add(absl::StrCat("earlier_entries[", i, "].direction"), "must be a credit");
    }
  }
}

void CheckDemands(const Facts& facts, Faults& faults) {
  Keys seen;
  Keys references;
  seen.reserve(facts.demands.size());
  references.reserve(facts.demands.size());
  absl::flat_hash_map<std::string, Money> applied;
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    applied[earlier.demand_key] += earlier.amount;
  }
  for (std::size_t i = 0; i < facts.demands.size(); ++i) {
    const OpenDemand& demand = facts.demands[i];
    CheckKey(demand.key, "demands", i, seen, faults);
    if (demand.open.is_negative()) faults.Add(PathOf("demands", i, "open"), "must not be negative");
    const auto before = applied.find(demand.key);
    if (demand.open + (before == applied.end() ? Money() : before->second) > demand.amount) {
      faults.Add(PathOf("demands", i, "open"),
                 "with what was applied before is more than the amount");
    }
    if (!demand.reference.empty()) {
      const std::string reference = NormaliseReference(demand.reference);
      if (reference.empty()) {
        faults.Add(PathOf("demands", i, "reference"), "is no ISO 11649 reference");
      } else if (!references.insert(reference).second) {
        faults.Add(PathOf("demands", i, "reference"), "belongs to another demand");
      }
    }
    for (std::size_t j = 0; j < demand.instalments.size(); ++j) {
      const Instalment& instalment = demand.instalments[j];
      if (instalment.open.is_negative() || instalment.open > instalment.amount) {
        faults.Add(absl::StrCat("demands[", i, "].instalments[", j, "].open"),
                   "must lie between 0 and the amount");
      }
    }
  }
}

void CheckAdvices(const Facts& facts, Faults& faults) {
  Keys seen;
  for (std::size_t i = 0; i < facts.advices.size(); ++i) {
    const Advice& advice = facts.advices[i];
    CheckKey(advice.key, "advices", i, seen, faults);
    if (!advice.total.is_positive()) faults.Add(PathOf("advices", i, "total"), "must be positive");
    for (std::size_t j = 0; j < advice.lines.size(); ++j) {
      if (!advice.lines[j].amount.is_positive()) {
        faults.Add(absl::StrCat("advices[", i, "].lines[", j, "].amount"), "must be positive");
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
  const std::vector<PayerGroup> groups = GroupByPayer(run);
  ApplyAmounts(run, groups);
  ApplySums(run, groups);
  ExplainTheRest(run);

  const auto order = [](const Break& b) {
    return std::tie(b.kind, b.entry_key, b.demand_key, b.advice_key, b.amount);
  };
  std::stable_sort(run.result.breaks.begin(), run.result.breaks.end(),
                   [&](const Break& a, const Break& b) { return order(a) < order(b); });
  return std::move(run.result);
}

}  // namespace recoup::reconcile
