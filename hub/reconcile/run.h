// The state of one reconciliation run: what is left of each entry and what is open on each demand.
// Internal to hub/reconcile. Not thread-safe; the facts and the policy must outlive it.
#ifndef RECOUP_HUB_RECONCILE_RUN_H_
#define RECOUP_HUB_RECONCILE_RUN_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/money.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/result.h"

namespace recoup::reconcile {

// What the text of an entry names.
struct Mentions {
  std::map<std::size_t, std::string> demands;  // Named by RF or recovery number, with the token.
  std::map<std::string, std::set<std::size_t>> cases;
  std::vector<std::string> unknown;
};

struct EntryState {
  const BankEntry* fact = nullptr;
  domain::Money remaining;            // Not applied and not given back.
  domain::Money explained;            // Part of `remaining` that a break already explains.
  std::set<std::size_t> paid;         // Demands that this run applied it to.
  std::set<std::size_t> named;        // Demands that reference rungs settled on.
  std::set<std::size_t> unsolved;     // Candidates where evidence was there but not certain.
  std::string conflict;               // Why the evidence is not certain; empty when it is.
  std::optional<std::size_t> advice;  // Bound by end-to-end id or by payer and total.
  std::string advice_doubt;           // Why an advice that seems to belong here cannot be used.
  Mentions mentions;
  bool says_final = false;

  domain::Money rest() const { return remaining - explained; }
};

struct DemandState {
  const OpenDemand* fact = nullptr;
  domain::Money open;
  std::vector<Instalment> instalments;  // By due date; `open` moves.
  std::string reference;
  std::set<std::string> cases;
  std::set<std::string> names;
  std::string last_entry_key;  // The entry of this run that paid last.
  bool said_final = false;
};

class Run {
 public:
  Run(const Facts& facts, const ReconcilePolicy& policy);

  // Applies up to `limit`, never more than is left or open. Notes a late payment.
  void Apply(std::size_t entry, std::size_t demand, domain::Money limit, Certificate certificate);
  void Reopen(std::size_t demand, domain::Money amount);
  void AddBreak(Break entry_break) { result.breaks.push_back(std::move(entry_break)); }

  bool PayerIs(const BankEntry& entry, const DemandState& demand) const;
  std::vector<std::size_t> DemandsOfPayer(const BankEntry& entry) const;
  std::vector<std::string> KeysOf(const std::set<std::size_t>& demands) const;
  std::optional<std::size_t> DemandByKey(const std::string& key) const;
  // The entry that paid the demand first; earlier runs before this one. Empty when unknown.
  std::string FirstPayerEntry(std::size_t demand) const;

  const Facts& facts;
  const ReconcilePolicy& policy;
  std::vector<EntryState> entries;                    // Credits by booking date and key.
  std::vector<DemandState> demands;                   // By key.
  std::vector<const Advice*> advices;                 // By key.
  std::map<std::size_t, std::size_t> advice_entries;  // Which entry an advice came with.
  Result result;

 private:
  void NoteLateness(const EntryState& entry, DemandState& demand, domain::Money amount);
  Mentions Scan(const BankEntry& entry) const;
  bool SaysFinal(std::string_view text) const;
};

inline bool HasEndToEndId(std::string_view id) { return !id.empty() && id != "NOTPROVIDED"; }

// Whether a line of an advice means this demand.
bool LineNames(const AdviceLine& line, const DemandState& demand);

// Whether the rungs may still work on the entry.
inline bool MayBeMatched(const EntryState& entry) {
  return !entry.fact->reversal && entry.conflict.empty() && entry.rest().is_positive();
}

// The money due next on a demand with instalments: what is open of the earliest open one.
std::optional<domain::Money> NextInstalment(const DemandState& demand);

// The steps, in this order; each is in its own file.
void WorkOffReturns(Run& run);
void BindAdvices(Run& run);
void ApplyReferences(Run& run);         // Rungs 1 and 2.
void ApplyAdvices(Run& run);            // Rung 3.
void ApplySeveralReferences(Run& run);  // Rung 4.
void ApplyAmounts(Run& run);            // Rungs 5 and 6.
void ExplainTheRest(Run& run);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_RUN_H_
