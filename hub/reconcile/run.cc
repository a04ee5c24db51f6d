#include "hub/reconcile/run.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {

using domain::Money;

namespace {

// What comes from a store is in order already, and a million keys are costly to compare.
template <typename T>
void SortByKey(std::vector<const T*>& items) {
  const auto by_key = [](const T* a, const T* b) { return a->key < b->key; };
  if (!std::is_sorted(items.begin(), items.end(), by_key)) {
    std::sort(items.begin(), items.end(), by_key);
  }
}

std::vector<const OpenDemand*> ByKey(const Facts& facts) {
  std::vector<const OpenDemand*> demands;
  demands.reserve(facts.demands.size());
  for (const OpenDemand& fact : facts.demands) demands.push_back(&fact);
  SortByKey(demands);
  return demands;
}

}  // namespace

Run::Run(const Facts& facts_in, const ReconcilePolicy& policy_in)
    : facts(facts_in), policy(policy_in), index(ByKey(facts_in)) {
  demands.reserve(index.size());
  for (Index i = 0; i < index.size(); ++i) {
    DemandState& state = demands.emplace_back();
    state.fact = &index[i];
    state.open = state.fact->open;
    state.instalments = state.fact->instalments;
    std::stable_sort(state.instalments.begin(), state.instalments.end(),
                     [](const Instalment& a, const Instalment& b) { return a.due_on < b.due_on; });
  }
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    std::string& first = first_earlier_[earlier.demand_key];
    if (first.empty() || earlier.entry_key < first) first = earlier.entry_key;
  }
  AddEntries();
  for (const Advice& advice : facts.advices) advices.push_back(&advice);
  std::sort(advices.begin(), advices.end(),
            [](const Advice* a, const Advice* b) { return a->key < b->key; });
}

void Run::AddEntries() {
  absl::flat_hash_map<std::string, Money> applied_before;
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    applied_before[earlier.entry_key] += earlier.amount;
  }
  std::vector<const BankEntry*> credits;
  credits.reserve(facts.entries.size());
  for (const BankEntry& fact : facts.entries) {
    if (fact.direction == Direction::kCredit) credits.push_back(&fact);
  }
  SortByKey(credits);
  std::stable_sort(credits.begin(), credits.end(), [](const BankEntry* a, const BankEntry* b) {
    return a->booked_on < b->booked_on;
  });
  absl::flat_hash_map<std::pair<std::string, std::string>, Index> known;
  result.applications.reserve(credits.size());
  entries.reserve(credits.size());
  for (const BankEntry* fact : credits) {
    EntryState& state = entries.emplace_back();
    state.fact = fact;
    state.remaining = fact->amount - fact->returned_before;
    if (const auto it = applied_before.find(fact->key); it != applied_before.end()) {
      state.remaining -= it->second;
    }
    state.mentions = index.Scan(*fact);
    state.says_final = SaysFinal(fact->free_text);
    DemandIndex::Payer payer = index.PayerOf(*fact);
    const auto [it, added] =
        known.try_emplace(std::pair(payer.name, payer.account), static_cast<Index>(payers.size()));
    if (added) payers.push_back({std::move(payer), std::nullopt});
    state.payer = it->second;
  }
}

bool Run::SaysFinal(std::string_view text) const {
  const std::string compact = Compact(text);
  for (const std::string& phrase : policy.final_phrases) {
    if (phrase.empty()) continue;
    for (std::size_t at = compact.find(phrase); at != std::string::npos;
         at = compact.find(phrase, at + 1)) {
      const std::string before = at >= 3 ? compact.substr(at - 3, 3) : std::string();
      if (before != "未" && before != "非" && before != "不" && before != "没") return true;
    }
  }
  return false;
}

void Run::Apply(Index entry_index, Index demand_index, Money limit, Certificate certificate) {
  EntryState& entry = entries[entry_index];
  DemandState& demand = demands[demand_index];
  const Money amount = std::min({limit, entry.rest(), demand.open});
  if (!amount.is_positive()) return;
  certificate.rule_version = policy.rule_version;
  certificate.entry_before = entry.remaining;
  certificate.open_before = demand.open;
  NoteLateness(entry, demand, amount);
  entry.remaining -= amount;
  entry.paid.Insert(demand_index);
  entry.applied.emplace_back(demand_index, amount);
  demand.open -= amount;
  demand.last_entry = entry_index;
  demand.said_final = demand.said_final || entry.says_final;
  first_applied_.try_emplace(demand_index, result.applications.size());
  result.applications.push_back(
      Application{entry.fact->key, demand.fact->key, amount, std::move(certificate)});
}

void Run::NoteLateness(const EntryState& entry, DemandState& demand, Money amount) {
  const absl::CivilDay paid_on = entry.fact->valued_on.value_or(entry.fact->booked_on);
  Money left = amount;
  Money late;
  std::int64_t days = 0;
  const auto note = [&](absl::CivilDay due_on, Money part) {
    if (paid_on <= due_on) return;
    late += part;
    days = std::max<std::int64_t>(days, paid_on - due_on);
  };
  for (Instalment& instalment : demand.instalments) {  // Money goes to the oldest instalment first.
    const Money part = std::min(left, instalment.open);
    if (!part.is_positive()) continue;
    instalment.open -= part;
    left -= part;
    note(instalment.due_on, part);
  }
  if (left.is_positive() && demand.fact->due_on.has_value()) note(*demand.fact->due_on, left);
  if (!late.is_positive()) return;
  AddBreak(Break{.kind = BreakKind::kLatePayment,
                 .entry_key = entry.fact->key,
                 .demand_key = demand.fact->key,
                 .advice_key = "",
                 .duplicate_of = "",
                 .amount = late,
                 .days = days,
                 .explanation = absl::StrCat("款项逾期", days, "天到账，涉及", late.ToYuanGrouped(),
                                             "元；已照常核销。"),
                 .suggestion = "核对是否主张迟延履行利息。",
                 .candidates = {}});
}

void Run::Reopen(Index demand_index, Money amount) {
  DemandState& demand = demands[demand_index];
  demand.open += amount;
  // The youngest instalment was paid last, so it opens first.
  for (auto it = demand.instalments.rbegin(); it != demand.instalments.rend(); ++it) {
    const Money part = std::min(amount, it->amount - it->open);
    it->open += part;
    amount -= part;
  }
}

const std::vector<Index>& Run::DemandsOfPayer(const EntryState& entry) {
  PayerState& payer = payers[entry.payer];
  if (!payer.demands) payer.demands = index.DemandsOf(payer.payer);
  return *payer.demands;
}

std::vector<std::string> Run::KeysOf(const IndexSet& indexes) const {
  std::vector<std::string> keys;
  for (const Index i : indexes) keys.push_back(demands[i].fact->key);
  return keys;
}

std::string Run::FirstPayerEntry(Index demand) const {
  const auto earlier = first_earlier_.find(demands[demand].fact->key);
  if (earlier != first_earlier_.end()) return earlier->second;
  const auto applied = first_applied_.find(demand);
  if (applied == first_applied_.end()) return "";
  return result.applications[applied->second].entry_key;
}

Money Run::Applied(Index entry, Index demand) const {
  Money sum;
  for (const auto& [paid, amount] : entries[entry].applied) {
    if (paid == demand) sum += amount;
  }
  return sum;
}

std::optional<Money> NextInstalment(const DemandState& demand) {
  for (const Instalment& instalment : demand.instalments) {
    if (instalment.open.is_positive()) return std::min(instalment.open, demand.open);
  }
  return std::nullopt;
}

}  // namespace recoup::reconcile
