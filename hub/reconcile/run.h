// The state of one reconciliation run: what is left of each entry and what is open on each demand.
// Internal to hub/reconcile. Not thread-safe; the facts and the policy must outlive it.
#ifndef RECOUP_HUB_RECONCILE_RUN_H_
#define RECOUP_HUB_RECONCILE_RUN_H_

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "hub/domain/money.h"
#include "hub/reconcile/both.h"
#include "hub/reconcile/demand_index.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/index_set.h"
#include "hub/reconcile/packed_facts.h"
#include "hub/reconcile/result.h"
#include "hub/reconcile/text_arena.h"

namespace recoup::reconcile {

// What the rungs look at comes first, and what they ask of the facts for every entry is kept here:
// facts lie in another order.
struct EntryState {
  domain::Money remaining;          // Not applied and not given back.
  domain::Money explained;          // Part of `remaining` that a break already explains.
  std::string_view conflict;        // Why the evidence is not certain; empty when it is.
  bool reversal = false;            // As the fact has it.
  bool has_reference = false;       // The structured one.
  bool says_final = false;          // The payer says that this is the last payment.
  std::optional<Index> structured;  // The demand that the structured reference names.
  Index payer = 0;                  // Position in Run::payers.
  const EntryFact* fact = nullptr;
  Mentions mentions;
  IndexSet paid;  // Demands that this run applied it to.
  absl::InlinedVector<std::pair<Index, domain::Money>, 1> applied;  // The same, with the amounts.
  IndexSet named;               // Demands that reference rungs settled on.
  IndexSet unsolved;            // Candidates where evidence was there but not certain.
  std::optional<Index> advice;  // Bound by end-to-end id or by payer and total.
  DemandIndex::Payer of;

  domain::Money rest() const { return remaining - explained; }
};

struct DemandState {
  const DemandFact* fact = nullptr;
  domain::Money open;
  std::span<Instalment> instalments;  // By due date; `open` moves. The run's own.
  Index last_entry = kNowhere;        // The entry of this run that paid last.
  domain::Money paid;                 // By this run.
  Day due_on = DemandFact::kNever;    // As the fact has it.
  bool said_final = false;
};

// A demand and the entry that paid of it.
struct Taken {
  Index demand = 0;
  Index entry = 0;
};

// The certificate of an application without texts: those are made once everything is decided
// (applications.cc).
struct Proof {
  Rule rule = Rule::kStructuredReference;
  std::string_view token;
  Index advice = kNowhere;
  const std::vector<Index>* chosen = nullptr;    // Findings::lists, of demands.
  const std::vector<Index>* payments = nullptr;  // Findings::lists, of entries.
  const std::vector<Taken>* taken = nullptr;     // Findings::taken, by demand.
  std::size_t rivals = 0;
  std::int64_t steps = 0;
  std::optional<std::int64_t> margin;
};

struct Decision {
  Index turn = 0;  // Decisions count in the order of their turns, whoever made them.
  Index entry = 0;
  Index demand = 0;
  domain::Money amount;
  domain::Money entry_before;
  domain::Money open_before;
  Proof proof;
};

// What was decided, in its order. Nothing in it moves. Those who decide at the same time have one
// each.
struct Findings {
  Index turn = 0;                        // Of the decisions that are added.
  std::deque<Decision> decisions;        // Turns ascend.
  std::deque<std::vector<Index>> lists;  // What several decisions state in common.
  std::deque<std::vector<Taken>> taken;
  std::deque<Break> breaks;
  TextArena texts;

  const std::vector<Index>* AddList(std::vector<Index> list) {
    return &lists.emplace_back(std::move(list));
  }
};

class Run {
 public:
  // Keeps `both`, too.
  Run(const PackedFacts& facts, const ReconcilePolicy& policy, const Both& both);

  // Applies up to `limit`, never more than is left or open. Notes a late payment. Touches only the
  // two and `into`.
  void Apply(Index entry, Index demand, domain::Money limit, const Proof& proof, Findings& into);
  void Reopen(Index demand, domain::Money amount);
  void AddBreak(Break entry_break) { found.breaks.push_back(std::move(entry_break)); }
  // Lives as long as the result.
  std::string_view Keep(std::string_view text) { return found.texts.Keep(text); }

  bool PayerIs(const EntryState& entry, Index demand) const {
    return index.Owes(payers[entry.payer], demand);
  }
  // Every demand of the entry's payer, paid ones too, ascending; in `merged` when both his name and
  // his account find some.
  std::span<const Index> DemandsOfPayer(const EntryState& entry, std::vector<Index>& merged) const;
  std::vector<std::string_view> KeysOf(const IndexSet& indexes) const;
  // The position of a credit of this run.
  Index EntryOf(const EntryFact& credit) const;
  // The entry that paid the demand first; earlier runs before this one. Empty when unknown.
  std::string_view FirstPayerEntry(Index demand) const;
  // What this run applied of the entry to the demand.
  domain::Money Applied(Index entry, Index demand) const;

  const PackedFacts& facts;
  const ReconcilePolicy& policy;
  const Both& both;
  const DemandIndex index;
  std::vector<EntryState> entries;     // Credits by booking date and key.
  std::vector<DemandState> demands;    // By key.
  std::vector<const Advice*> advices;  // By key.
  std::vector<DemandIndex::Payer> payers;
  std::map<Index, Index> advice_entries;  // Which entry an advice came with.
  // Why an advice that seems to belong to an entry cannot be used.
  absl::flat_hash_map<Index, std::string> advice_doubts;
  std::vector<Undo> undone;
  std::vector<std::string_view> outgoing;
  Findings found;
  Findings found_beside;  // By a second thread.

 private:
  void AddDemands();
  void AddEntries();
  // In the order of each payer's first entry.
  void NumberPayers();
  // What depends on the entry and the demands alone.
  void Look(std::span<EntryState> states) const;
  static void NoteLateness(const EntryState& entry, DemandState& demand, domain::Money amount,
                           Findings& into);
  bool SaysFinal(std::string_view folded) const;

  // Demand to its first entry; views into the facts.
  absl::flat_hash_map<absl::string_view, std::string_view> first_earlier_;
  std::vector<Index> of_fact_;        // By place in the book: the credit's position, or kNowhere.
  std::vector<Index> first_paid_by_;  // By demand: its first entry of this run, or kNowhere.
  std::vector<Instalment> instalments_;
};

inline bool HasEndToEndId(std::string_view id) { return !id.empty() && id != "NOTPROVIDED"; }

// Whether the rungs may still work on the entry.
inline bool MayBeMatched(const EntryState& entry) {
  return !entry.reversal && entry.conflict.empty() && entry.rest().is_positive();
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
// The result of all steps, with texts: those of the facts, of the policy, and of what was found.
// Takes the run apart.
Result ResultOf(Run& run);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_RUN_H_
