#include "hub/reconcile/run.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {

using domain::Money;

Run::Run(const Facts& facts_in, const ReconcilePolicy& policy_in)
    : facts(facts_in), policy(policy_in) {
  for (const OpenDemand& fact : facts.demands) {
    DemandState state;
    state.fact = &fact;
    state.open = fact.open;
    state.instalments = fact.instalments;
    std::stable_sort(state.instalments.begin(), state.instalments.end(),
                     [](const Instalment& a, const Instalment& b) { return a.due_on < b.due_on; });
    state.reference = NormaliseReference(fact.reference);
    for (const std::string& text : fact.case_numbers) {
      for (std::string& number : FindCaseNumbers(text)) state.cases.insert(std::move(number));
    }
    for (const std::string& name : fact.debtor_names) state.names.insert(NormaliseName(name));
    state.names.erase("");
    demands.push_back(std::move(state));
  }
  std::sort(demands.begin(), demands.end(),
            [](const DemandState& a, const DemandState& b) { return a.fact->key < b.fact->key; });

  std::map<std::string, Money> applied_before;
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    applied_before[earlier.entry_key] += earlier.amount;
  }
  for (const BankEntry& fact : facts.entries) {
    if (fact.direction != Direction::kCredit) continue;
    EntryState state;
    state.fact = &fact;
    state.remaining = fact.amount - fact.returned_before;
    if (const auto it = applied_before.find(fact.key); it != applied_before.end()) {
      state.remaining -= it->second;
    }
    state.mentions = Scan(fact);
    state.says_final = SaysFinal(fact.free_text);
    entries.push_back(std::move(state));
  }
  std::sort(entries.begin(), entries.end(), [](const EntryState& a, const EntryState& b) {
    return std::tie(a.fact->booked_on, a.fact->key) < std::tie(b.fact->booked_on, b.fact->key);
  });

  for (const Advice& advice : facts.advices) advices.push_back(&advice);
  std::sort(advices.begin(), advices.end(),
            [](const Advice* a, const Advice* b) { return a->key < b->key; });
}

Mentions Run::Scan(const BankEntry& entry) const {
  Mentions mentions;
  // A bar between the two, so that no number is read across them.
  const std::string text = absl::StrCat(entry.end_to_end_id, " | ", entry.free_text);
  const std::vector<std::string> references = FindReferences(text);
  bool known = false;
  for (std::size_t i = 0; i < demands.size(); ++i) {
    const DemandState& demand = demands[i];
    if (!demand.reference.empty() &&
        std::binary_search(references.begin(), references.end(), demand.reference)) {
      mentions.demands.emplace(i, demand.reference);
      known = true;
    }
    for (const std::string& number : demand.fact->recovery_numbers) {
      const std::string word = Compact(number);
      if (ContainsWord(text, word)) mentions.demands.emplace(i, word);
    }
  }
  if (!known) mentions.unknown = references;
  for (std::string& number : FindCaseNumbers(text)) {
    std::set<std::size_t> group;
    for (std::size_t i = 0; i < demands.size(); ++i) {
      if (demands[i].cases.contains(number)) group.insert(i);
    }
    if (group.empty()) {
      mentions.unknown.push_back(std::move(number));
    } else {
      mentions.cases.emplace(std::move(number), std::move(group));
    }
  }
  return mentions;
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

void Run::Apply(std::size_t entry_index, std::size_t demand_index, Money limit,
                Certificate certificate) {
  EntryState& entry = entries[entry_index];
  DemandState& demand = demands[demand_index];
  const Money amount = std::min({limit, entry.rest(), demand.open});
  if (!amount.is_positive()) return;
  certificate.rule_version = policy.rule_version;
  certificate.entry_before = entry.remaining;
  certificate.open_before = demand.open;
  NoteLateness(entry, demand, amount);
  entry.remaining -= amount;
  entry.paid.insert(demand_index);
  demand.open -= amount;
  demand.last_entry_key = entry.fact->key;
  demand.said_final = demand.said_final || entry.says_final;
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

void Run::Reopen(std::size_t demand_index, Money amount) {
  DemandState& demand = demands[demand_index];
  demand.open += amount;
  // The youngest instalment was paid last, so it opens first.
  for (auto it = demand.instalments.rbegin(); it != demand.instalments.rend(); ++it) {
    const Money part = std::min(amount, it->amount - it->open);
    it->open += part;
    amount -= part;
  }
}

bool Run::PayerIs(const BankEntry& entry, const DemandState& demand) const {
  const std::vector<std::string>& accounts = demand.fact->debtor_accounts;
  if (!entry.counterparty_account.empty() &&
      std::find(accounts.begin(), accounts.end(), entry.counterparty_account) != accounts.end()) {
    return true;
  }
  return demand.names.contains(NormaliseName(entry.counterparty_name));
}

std::vector<std::size_t> Run::DemandsOfPayer(const BankEntry& entry) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < demands.size(); ++i) {
    if (PayerIs(entry, demands[i])) found.push_back(i);
  }
  return found;
}

std::vector<std::string> Run::KeysOf(const std::set<std::size_t>& indexes) const {
  std::vector<std::string> keys;
  for (const std::size_t i : indexes) keys.push_back(demands[i].fact->key);
  return keys;
}

std::optional<std::size_t> Run::DemandByKey(const std::string& key) const {
  const auto it = std::lower_bound(
      demands.begin(), demands.end(), key,
      [](const DemandState& demand, const std::string& k) { return demand.fact->key < k; });
  if (it == demands.end() || it->fact->key != key) return std::nullopt;
  return static_cast<std::size_t>(it - demands.begin());
}

std::string Run::FirstPayerEntry(std::size_t demand) const {
  const std::string& key = demands[demand].fact->key;
  std::string first;
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    if (earlier.demand_key == key && (first.empty() || earlier.entry_key < first)) {
      first = earlier.entry_key;
    }
  }
  if (!first.empty()) return first;
  for (const Application& application : result.applications) {
    if (application.demand_key == key) return application.entry_key;
  }
  return first;
}

std::optional<Money> NextInstalment(const DemandState& demand) {
  for (const Instalment& instalment : demand.instalments) {
    if (instalment.open.is_positive()) return std::min(instalment.open, demand.open);
  }
  return std::nullopt;
}

}  // namespace recoup::reconcile
