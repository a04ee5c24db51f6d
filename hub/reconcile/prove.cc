// Proofs of single applications: what was named, what an advice says, payer and amount.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "hub/base/status.h"
#include "hub/reconcile/checker.h"
#include "hub/reconcile/for_lookup.h"
#include "hub/reconcile/plain.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

// One character wrong, missing or too much, or two neighbours exchanged.
bool OneSlipApart(const std::string& a, const std::string& b) {
  const std::string& longer = a.size() >= b.size() ? a : b;
  const std::string& shorter = a.size() >= b.size() ? b : a;
  if (longer.size() - shorter.size() > 1) return false;
  std::size_t at = 0;
  while (at < shorter.size() && longer[at] == shorter[at]) ++at;
  if (longer.size() != shorter.size()) return longer.substr(at + 1) == shorter.substr(at);
  if (at == longer.size()) return false;
  if (longer.substr(at + 1) == shorter.substr(at + 1)) return true;
  return at + 1 < longer.size() && longer[at] == shorter[at + 1] && longer[at + 1] == shorter[at] &&
         longer.substr(at + 2) == shorter.substr(at + 2);
}

}  // namespace

const BankEntry& Checker::EntryOf(const Application& application) const {
  return *credits_.at(ForLookup(application.entry_key));
}
std::size_t Checker::DemandOf(const Application& application) const {
  return demand_of_key_.at(ForLookup(application.demand_key));
}

bool Checker::IsCalled(std::size_t demand, std::string_view token) const {
  const auto it = called_.find(ForLookup(token));
  return it != called_.end() && std::binary_search(it->second.begin(), it->second.end(), demand);
}

bool Checker::IsPayer(std::size_t demand, const BankEntry& entry) const {
  const auto holds = [&](const auto& index, const std::string& key) {
    const auto it = index.find(key);
    return it != index.end() && std::binary_search(it->second.begin(), it->second.end(), demand);
  };
  return holds(of_account_, entry.counterparty_account) ||
         holds(of_name_, Plain(entry.counterparty_name));
}

Checker::Positions Checker::OpenOf(const BankEntry& entry, const Standings& standings) const {
  std::set<std::size_t> found;
  const auto add = [&](const auto& index, const std::string& key) {
    const auto it = index.find(key);
    if (it == index.end()) return;
    for (const std::size_t i : it->second) {
      const bool early = facts_.demands[i].issued_on - entry.booked_on > policy_.early_days_max;
      if (standings[i].open.is_positive() && !early) found.insert(i);
    }
  };
  add(of_account_, entry.counterparty_account);
  add(of_name_, Plain(entry.counterparty_name));
  return {found.begin(), found.end()};
}

bool Checker::Fits(const Standing& standing, Money amount) {
  if (!standing.open.is_positive() || amount > standing.open) return false;
  return standing.open == amount ||
         std::any_of(standing.instalments.begin(), standing.instalments.end(),
                     [&](const Instalment& instalment) { return instalment.open == amount; });
}

absl::Status Checker::Prove(const Application& application) const {
  const BankEntry& entry = EntryOf(application);
  const std::size_t demand = DemandOf(application);
  const auto is_payer = [&] {
    return IsPayer(demand, entry) ? absl::OkStatus()
                                  : Broken(application.demand_key, "is not of this payer");
  };
  switch (application.certificate.rule) {
    case Rule::kStructuredReference:
      if (facts_.demands[demand].reference.empty() ||
          Plain(entry.creditor_reference) != Plain(facts_.demands[demand].reference)) {
        return Broken(entry.key, "the creditor reference is not the demand's");
      }
      return absl::OkStatus();
    case Rule::kReferenceInText:
    case Rule::kSeveralReferences:
      return ProveText(application);
    case Rule::kDamagedReference:
      return ProveDamaged(application);
    case Rule::kAdvice:
      return ProveAdvice(application);
    case Rule::kPayerAndAmount:
      return ProveAmount(application);
    case Rule::kPayerAndDates:
    case Rule::kPayerAndSum:
    case Rule::kPayerAndParts:
    case Rule::kPayerAndTotals:
      return is_payer();
  }
  return Broken(entry.key, "the rule is unknown");
}

absl::Status Checker::ProveText(const Application& application) const {
  const BankEntry& entry = EntryOf(application);
  const std::string_view token = application.certificate.token;
  const std::string text = Plain(entry.end_to_end_id + "|" + entry.free_text);
  if (token.empty() || text.find(token) == std::string::npos) {
    return Broken(token, "does not stand in the text");
  }
  const std::size_t demand = DemandOf(application);
  if (!IsCalled(demand, token)) return Broken(token, "does not name the demand");
  const Money before = application.certificate.entry_before;
  const Positions& called = called_.at(ForLookup(token));
  int paying = 0;
  int exact = 0;
  for (const std::size_t other : called) {
    if (IsPayer(other, entry)) ++paying;
    if (now_[other].open == before) ++exact;
  }
  const bool payer_tells = paying == 1 && IsPayer(demand, entry);
  const bool amount_tells = now_[demand].open == before && (exact == 1 || IsPayer(demand, entry));
  if (called.size() == 1 || payer_tells || amount_tells) return absl::OkStatus();
  return Broken(token, "names several demands and nothing singles one out");
}

std::vector<std::string> Checker::NearReferences(const std::string& word) const {
  std::set<std::string> near;
  if (word.size() < kEndLength) return {};
  for (const std::string& end :
       {"<" + word.substr(0, kEndLength), ">" + word.substr(word.size() - kEndLength)}) {
    const auto it = by_end_.find(end);
    if (it == by_end_.end()) continue;
    for (const std::string& reference : it->second) {
      if (OneSlipApart(word, reference)) near.insert(reference);
    }
  }
  return {near.begin(), near.end()};
}

absl::Status Checker::ProveDamaged(const Application& application) const {
  const BankEntry& entry = EntryOf(application);
  const std::string_view token = application.certificate.token;
  const std::string text =
      Compact(entry.end_to_end_id + "|" + entry.free_text + "|" + entry.creditor_reference);
  if (token.empty() || text.find(token) == std::string::npos) {
    return Broken(token, "does not stand in the text");
  }
  const std::size_t demand = DemandOf(application);
  if (NearReferences(std::string(token)) !=
      std::vector{Compact(facts_.demands[demand].reference)}) {
    return Broken(token, "is not one slip away from this reference alone");
  }
  if (IsPayer(demand, entry) || Fits(now_[demand], application.certificate.entry_before)) {
    return absl::OkStatus();
  }
  return Broken(token, "neither payer nor amount agrees");
}

absl::Status Checker::ProveAdvice(const Application& application) const {
  const BankEntry& entry = EntryOf(application);
  const auto advice =
      std::find_if(facts_.advices.begin(), facts_.advices.end(),
                   [&](const Advice& a) { return a.key == application.certificate.advice_key; });
  if (advice == facts_.advices.end()) return Broken(application.entry_key, "no such advice");
  const bool by_id = !entry.end_to_end_id.empty() && entry.end_to_end_id == advice->end_to_end_id;
  const bool by_payer =
      (!advice->payer_account.empty() && advice->payer_account == entry.counterparty_account) ||
      Plain(advice->payer_name) == Plain(entry.counterparty_name);
  if (!by_id && !by_payer) return Broken(advice->key, "is not of this payment");
  Money total;
  Money lines;
  const std::size_t demand = DemandOf(application);
  for (const AdviceLine& line : advice->lines) {
    total += line.amount;
    const bool names = line.demand_key.empty() ? IsCalled(demand, Plain(line.reference))
                                               : line.demand_key == application.demand_key;
    if (names) lines += line.amount;
  }
  if (total != advice->total || total != entry.amount) {
    return Broken(advice->key, "does not add up");
  }
  if (application.amount > lines) return Broken(advice->key, "gives the demand less");
  return absl::OkStatus();
}

absl::Status Checker::ProveTaken(const Certificate& certificate, const BankEntry& entry,
                                 Money amount) const {
  std::vector<TakenDemand> taken;
  for (const std::size_t other : OpenOf(entry, start_)) {
    if (start_[other].open == amount && !taken_by_[other].empty()) {
      taken.push_back({facts_.demands[other].key, taken_by_[other]});
    }
  }
  std::sort(taken.begin(), taken.end(),
            [](const TakenDemand& a, const TakenDemand& b) { return a.demand_key < b.demand_key; });
  if (taken == certificate.taken) return absl::OkStatus();
  return Broken(entry.key, "other demands of its amount were taken than the certificate says");
}

// All payments whose amounts decide alone are decided together, so this is about the facts as they
// stood before the first of them.
absl::Status Checker::ProveAmount(const Application& application) const {
  const BankEntry& entry = EntryOf(application);
  const std::size_t demand = DemandOf(application);
  if (!IsPayer(demand, entry)) return Broken(application.demand_key, "is not of this payer");
  if (application.amount != left_.at(entry.key)) return Broken(entry.key, "is not used up");
  std::set<std::string> debtors;
  int fitting = 0;
  std::optional<std::int64_t> nearest;
  const auto near = [&](Money amount) {
    const std::int64_t away = std::abs(amount.fen() - application.amount.fen());
    if (amount.is_positive() && away > 0 && (!nearest || away < *nearest)) nearest = away;
  };
  for (const std::size_t other : OpenOf(entry, *before_amounts_)) {
    const Standing& standing = (*before_amounts_)[other];
    debtors.insert(facts_.demands[other].debtor_key);
    if (Fits(standing, application.amount)) ++fitting;
    near(standing.open);
    for (const Instalment& instalment : standing.instalments) {
      if (instalment.open < standing.open) near(instalment.open);
    }
  }
  if (debtors.size() != 1) return Broken(entry.key, "several debtors have this name");
  if (fitting != 1 || !Fits((*before_amounts_)[demand], application.amount)) {
    return Broken(entry.key, "the amount does not fit exactly one demand");
  }
  const std::optional<std::int64_t>& margin = application.certificate.margin;
  if (nearest && (!margin || *margin > *nearest)) {
    return Broken(entry.key, "another amount is nearer than the certificate says");
  }
  return ProveTaken(application.certificate, entry, application.amount);
}

}  // namespace recoup::reconcile
