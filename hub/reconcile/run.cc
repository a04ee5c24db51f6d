#include "hub/reconcile/run.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/reconcile/for_lookup.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {

using domain::Money;

namespace {

// Credits by booking date and key.
std::vector<const EntryFact*> CreditsOf(const EntryBook& book) {
  std::vector<const EntryFact*> credits;
  credits.reserve(book.all().size());
  for (const EntryFact& fact : book.all()) {
    if (fact.direction == Direction::kCredit) credits.push_back(&fact);
  }
  // What comes from a store is in order of its key already, and a million keys are costly to
  // compare.
  const auto by_key = [](const EntryFact* a, const EntryFact* b) { return a->key < b->key; };
  if (!std::is_sorted(credits.begin(), credits.end(), by_key)) {
    std::sort(credits.begin(), credits.end(), by_key);
  }
  std::vector<std::pair<Day, Index>> by_day;  // With the place in order of key.
  by_day.reserve(credits.size());
  for (Index i = 0; i < credits.size(); ++i) by_day.emplace_back(credits[i]->booked_on, i);
  std::sort(by_day.begin(), by_day.end());
  std::vector<const EntryFact*> ordered;
  ordered.reserve(credits.size());
  for (const auto& [day, place] : by_day) ordered.push_back(credits[place]);
  return ordered;
}

// The first character of a text; what no text holds need not be searched in it.
std::string_view FirstCharacter(std::string_view text) {
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return text.substr(0, size);
}

}  // namespace

Run::Run(const PackedFacts& facts_in, const ReconcilePolicy& policy_in, const Both& both_in)
    : facts(facts_in), policy(policy_in), both(both_in), index(facts_in.demands, both_in) {
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    std::string_view& first = first_earlier_[earlier.demand_key];
    if (first.empty() || earlier.entry_key < first) first = earlier.entry_key;
  }
  both([this] { AddDemands(); }, [this] { AddEntries(); });
  // The texts are read in two halves; who pays is numbered in order.
  const std::size_t middle = entries.size() / 2;
  both([&] { Look(std::span(entries).first(middle)); },
       [&] { Look(std::span(entries).subspan(middle)); });
  NumberPayers();
  for (const Advice& advice : facts.advices) advices.push_back(&advice);
  std::sort(advices.begin(), advices.end(),
            [](const Advice* a, const Advice* b) { return a->key < b->key; });
}

void Run::NumberPayers() {
  // Most payers are known by their name alone.
  std::vector<Index> of_name(facts.demands.names().size() + 1, kNowhere);
  absl::flat_hash_map<std::pair<std::uint32_t, std::uint32_t>, Index> with_account;
  for (EntryState& state : entries) {
    const auto next = static_cast<Index>(payers.size());
    Index* known = nullptr;
    if (state.of.account == DemandIndex::Payer::kNone) {
      known = &of_name[std::min<std::size_t>(state.of.name, of_name.size() - 1)];
    } else {
      known = &with_account.try_emplace(std::pair(state.of.name, state.of.account), kNowhere)
                   .first->second;
    }
    if (*known == kNowhere) {
      *known = next;
      payers.push_back(state.of);
    }
    state.payer = *known;
  }
}

void Run::AddDemands() {
  demands.reserve(index.size());
  instalments_.reserve(facts.demands.instalments_size());  // What a span views must not move.
  for (Index i = 0; i < index.size(); ++i) {
    DemandState& state = demands.emplace_back();
    state.fact = &index[i];
    state.open = state.fact->open;
    state.due_on = state.fact->due_on;
    const std::span<const Instalment> given = facts.demands.InstalmentsOf(*state.fact);
    if (given.empty()) continue;
    const std::size_t from = instalments_.size();
    instalments_.insert(instalments_.end(), given.begin(), given.end());
    state.instalments = std::span(instalments_).subspan(from);
    std::stable_sort(state.instalments.begin(), state.instalments.end(),
                     [](const Instalment& a, const Instalment& b) { return a.due_on < b.due_on; });
  }
  first_paid_by_.assign(index.size(), kNowhere);
}

void Run::AddEntries() {
  absl::flat_hash_map<std::string, Money> applied_before;
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    applied_before[earlier.entry_key] += earlier.amount;
  }
  const std::vector<const EntryFact*> credits = CreditsOf(facts.entries);
  entries.reserve(credits.size());
  of_fact_.assign(facts.entries.all().size(), kNowhere);
  for (const EntryFact* fact : credits) {
    of_fact_[static_cast<std::size_t>(fact - facts.entries.all().data())] =
        static_cast<Index>(entries.size());
    EntryState& state = entries.emplace_back();
    state.fact = fact;
    state.reversal = fact->reversal;
    state.has_reference = !fact->reference.empty();
    state.remaining = fact->amount - fact->returned_before;
    if (!applied_before.empty()) {
      const auto it = applied_before.find(ForLookup(fact->key));
      if (it != applied_before.end()) state.remaining -= it->second;
    }
  }
}

// Facts and tables are too large for the caches, so each fact is fetched some steps before what it
// says is, and that some steps before it is looked up.
void Run::Look(std::span<EntryState> states) const {
  constexpr std::size_t kToFact = 12;
  constexpr std::size_t kToTables = 6;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (i + kToFact < states.size()) facts.entries.Fetch(*states[i + kToFact].fact);
    if (i + kToTables < states.size()) index.Fetch(facts.entries, *states[i + kToTables].fact);
    EntryState& state = states[i];
    const EntryFact& fact = *state.fact;
    state.mentions = index.Scan(facts.entries, fact);
    state.structured = index.Structured(fact);
    state.of = index.PayerOf(fact);
    state.says_final = SaysFinal(fact.free_text());
  }
}

bool Run::SaysFinal(std::string_view folded) const {
  const bool possible = std::any_of(
      policy.final_phrases.begin(), policy.final_phrases.end(), [&](const std::string& phrase) {
        return folded.find(FirstCharacter(phrase)) != std::string_view::npos;
      });
  if (!possible) return false;
  const std::string compact = Compact(folded);
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

void Run::Apply(Index entry_index, Index demand_index, Money limit, const Proof& proof,
                Findings& into) {
  EntryState& entry = entries[entry_index];
  DemandState& demand = demands[demand_index];
  const Money amount = std::min({limit, entry.rest(), demand.open});
  if (!amount.is_positive()) return;
  into.decisions.push_back(
      {into.turn, entry_index, demand_index, amount, entry.remaining, demand.open, proof});
  NoteLateness(entry, demand, amount, into);
  entry.remaining -= amount;
  entry.paid.Insert(demand_index);
  entry.applied.emplace_back(demand_index, amount);
  demand.open -= amount;
  demand.last_entry = entry_index;
  demand.paid += amount;
  demand.said_final = demand.said_final || entry.says_final;
  if (first_paid_by_[demand_index] == kNowhere) first_paid_by_[demand_index] = entry_index;
}

void Run::NoteLateness(const EntryState& entry, DemandState& demand, Money amount, Findings& into) {
  const Day paid_on = entry.fact->paid_on;
  Money left = amount;
  Money late;
  std::int64_t days = 0;
  const auto note = [&](Day due_on, Money part) {
    if (paid_on <= due_on) return;
    late += part;
    days = std::max<std::int64_t>(days, paid_on - due_on);
  };
  for (Instalment& instalment : demand.instalments) {  // Money goes to the oldest instalment first.
    const Money part = std::min(left, instalment.open);
    if (!part.is_positive()) continue;
    instalment.open -= part;
    left -= part;
    note(DayOf(instalment.due_on), part);
  }
  if (left.is_positive() && demand.due_on != DemandFact::kNever) note(demand.due_on, left);
  if (!late.is_positive()) return;
  Break& paid_late = into.breaks.emplace_back();
  paid_late.kind = BreakKind::kLatePayment;
  paid_late.entry_key = entry.fact->key;
  paid_late.demand_key = demand.fact->key;
  paid_late.amount = late;
  paid_late.days = days;
  paid_late.explanation = into.texts.Keep(
      absl::StrCat("款项逾期", days, "天到账，涉及", late.ToYuanGrouped(), "元；已照常核销。"));
  paid_late.suggestion = "核对是否主张迟延履行利息。";
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

std::span<const Index> Run::DemandsOfPayer(const EntryState& entry,
                                           std::vector<Index>& merged) const {
  const DemandIndex::Payer& payer = payers[entry.payer];
  const std::span<const Index> by_name = index.DemandsOfName(payer);
  const std::span<const Index> by_account = index.DemandsOfAccount(payer);
  if (by_account.empty()) return by_name;
  if (by_name.empty()) return by_account;
  merged.clear();
  std::set_union(by_name.begin(), by_name.end(), by_account.begin(), by_account.end(),
                 std::back_inserter(merged));
  return merged;
}

Index Run::EntryOf(const EntryFact& credit) const {
  return of_fact_[static_cast<std::size_t>(&credit - facts.entries.all().data())];
}

std::vector<std::string_view> Run::KeysOf(const IndexSet& indexes) const {
  std::vector<std::string_view> keys;
  keys.reserve(indexes.size());
  for (const Index i : indexes) keys.push_back(demands[i].fact->key);
  return keys;
}

std::string_view Run::FirstPayerEntry(Index demand) const {
  if (!first_earlier_.empty()) {
    const auto earlier = first_earlier_.find(ForLookup(demands[demand].fact->key));
    if (earlier != first_earlier_.end()) return earlier->second;
  }
  const Index first = first_paid_by_[demand];
  return first == kNowhere ? std::string_view() : entries[first].fact->key;
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
