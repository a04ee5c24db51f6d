// The state of one reconciliation run: what is left of each entry and what is open on each demand.
// Internal to hub/reconcile. Not thread-safe; the facts and the policy must outlive it.
#ifndef RECOUP_HUB_RECONCILE_RUN_H_
#define RECOUP_HUB_RECONCILE_RUN_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/domain/money.h"
#include "hub/reconcile/both.h"
#include "hub/reconcile/demand_index.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/index_set.h"
#include "hub/reconcile/packed_facts.h"
#include "hub/reconcile/result.h"

namespace recoup::reconcile {

struct EntryState {
  const EntryFact* fact = nullptr;
  domain::Money remaining;  // Not applied and not given back.
  domain::Money explained;  // Part of `remaining` that a break already explains.
  IndexSet paid;            // Demands that this run applied it to.
  std::vector<std::pair<Index, domain::Money>> applied;  // The same, with the amounts.
  IndexSet named;                                        // Demands that reference rungs settled on.
  IndexSet unsolved;  // Candidates where evidence was there but not certain.
  Mentions mentions;
  std::optional<Index> structured;  // The demand that the structured reference names.
  bool says_final = false;          // The payer says that this is the last payment.
  std::string conflict;             // Why the evidence is not certain; empty when it is.
  std::optional<Index> advice;      // Bound by end-to-end id or by payer and total.
  DemandIndex::Payer of;
  Index payer = 0;  // Position in Run::payers.

  domain::Money rest() const { return remaining - explained; }
};

struct DemandState {
  const DemandFact* fact = nullptr;
  domain::Money open;
  std::vector<Instalment> instalments;  // By due date; `open` moves.
  std::optional<Index> last_entry;      // The entry of this run that paid last.
  bool said_final = false;
};

// One payer and what he owes.
struct PayerState {
  DemandIndex::Payer payer;
  std::optional<std::vector<Index>> merged;  // When name and account both find demands.
};

class Run {
 public:
  // Keeps `both`, too.
  Run(const PackedFacts& facts, const ReconcilePolicy& policy, const Both& both);

  // Applies up to `limit`, never more than is left or open. Notes a late payment.
  void Apply(Index entry, Index demand, domain::Money limit, Certificate certificate);
  void Reopen(Index demand, domain::Money amount);
  void AddBreak(Break entry_break) { result.breaks.push_back(std::move(entry_break)); }

  bool PayerIs(const EntryState& entry, Index demand) const {
    return index.Owes(payers[entry.payer].payer, demand);
  }
  // Every demand of the entry's payer, paid ones too, ascending.
  std::span<const Index> DemandsOfPayer(const EntryState& entry);
  std::vector<std::string> KeysOf(const IndexSet& indexes) const;
  // The entry that paid the demand first; earlier runs before this one. Empty when unknown.
  std::string FirstPayerEntry(Index demand) const;
  // What this run applied of the entry to the demand.
  domain::Money Applied(Index entry, Index demand) const;

  const PackedFacts& facts;
  const ReconcilePolicy& policy;
  const Both& both;
  const DemandIndex index;
  std::vector<EntryState> entries;     // Credits by booking date and key.
  std::vector<DemandState> demands;    // By key.
  std::vector<const Advice*> advices;  // By key.
  std::vector<PayerState> payers;
  std::map<Index, Index> advice_entries;  // Which entry an advice came with.
  // Why an advice that seems to belong to an entry cannot be used.
  absl::flat_hash_map<Index, std::string> advice_doubts;
  Result result;

 private:
  void AddDemands();
  void AddEntries();
  // What depends on the entry and the demands alone.
  void Look(EntryState& state) const;
  void NoteLateness(const EntryState& entry, DemandState& demand, domain::Money amount);
  bool SaysFinal(std::string_view folded) const;

  absl::flat_hash_map<std::string, std::string> first_earlier_;  // Demand to its first entry.
  std::vector<Index> first_applied_;  // By demand: its first application, or kNotApplied.
};

inline bool HasEndToEndId(std::string_view id) { return !id.empty() && id != "NOTPROVIDED"; }

// Whether the rungs may still work on the entry.
inline bool MayBeMatched(const EntryState& entry) {
  return !entry.fact->reversal && entry.conflict.empty() && entry.rest().is_positive();
}

// The money due next on a demand with instalments: what is open of the earliest open one.
std::optional<domain::Money> NextInstalment(const DemandState& demand);

// The steps, in this order; each is in its own file.
void WorkOffReturns(Run& run);
void BindAdvices(Run& run);
void ApplyReferences(Run& run);         // Rungs 1 to 3.
void ApplyAdvices(Run& run);            // Rung 4.
void ApplySeveralReferences(Run& run);  // Rung 5.
// Rungs 6 to 10 are in payer_group.h.
void ExplainTheRest(Run& run);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_RUN_H_
