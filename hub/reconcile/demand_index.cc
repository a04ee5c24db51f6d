#include "hub/reconcile/demand_index.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {
namespace {

void AddOnce(std::vector<Index>& to, Index index) {
  if (to.empty() || to.back() != index) to.push_back(index);  // Demands are added in order.
}

void SortOnce(std::vector<std::pair<Index, std::string>>& found) {
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end(),
                          [](const auto& a, const auto& b) { return a.first == b.first; }),
              found.end());
}

}  // namespace

const std::string* Mentions::TokenOf(Index demand) const {
  for (const auto& [index, token] : demands) {
    if (index == demand) return &token;
  }
  return nullptr;
}

DemandIndex::DemandIndex(std::vector<const OpenDemand*> demands) : demands_(std::move(demands)) {
  by_reference_.reserve(demands_.size());
  by_case_.reserve(demands_.size());
  for (Index i = 0; i < demands_.size(); ++i) {
    const OpenDemand& demand = *demands_[i];
    if (std::string reference = NormaliseReference(demand.reference); !reference.empty()) {
      by_reference_.emplace(std::move(reference), i);
    }
    for (const std::string& text : demand.case_numbers) {
      for (const std::string& number : FindCaseNumbers(text)) AddOnce(by_case_[number], i);
    }
    for (const std::string& text : demand.recovery_numbers) {
      const std::string word = Compact(text);
      if (word.empty()) continue;
      AddOnce(by_number_[word], i);
      number_lengths_.insert(word.size());
    }
    for (const std::string& text : demand.debtor_names) {
      if (const std::string name = NormaliseName(text); !name.empty()) AddOnce(by_name_[name], i);
    }
    for (const std::string& account : demand.debtor_accounts) {
      if (!account.empty()) AddOnce(by_account_[account], i);
    }
  }
}

const std::vector<Index>* DemandIndex::Find(const Found& in, const std::string& key) {
  const auto it = in.find(key);
  return it == in.end() ? nullptr : &it->second;
}

std::optional<Index> DemandIndex::ByKey(const std::string& key) const {
  const auto it = std::lower_bound(
      demands_.begin(), demands_.end(), key,
      [](const OpenDemand* demand, const std::string& k) { return demand->key < k; });
  if (it == demands_.end() || (*it)->key != key) return std::nullopt;
  return static_cast<Index>(it - demands_.begin());
}

std::optional<Index> DemandIndex::ByReference(const std::string& reference) const {
  const auto it = by_reference_.find(reference);
  if (it == by_reference_.end()) return std::nullopt;
  return it->second;
}

std::vector<Index> DemandIndex::ByLine(const AdviceLine& line) const {
  std::vector<Index> meant;
  const auto add = [&](std::optional<Index> one) {
    if (one) meant.push_back(*one);
  };
  if (!line.demand_key.empty()) {
    add(ByKey(line.demand_key));
    return meant;
  }
  if (const std::string reference = NormaliseReference(line.reference); !reference.empty()) {
    add(ByReference(reference));
    return meant;
  }
  IndexSet found;
  for (const std::string& number : FindCaseNumbers(line.reference)) {
    if (const auto* demands = Find(by_case_, number)) found.InsertAll(*demands);
  }
  if (const auto* demands = Find(by_number_, Compact(line.reference))) found.InsertAll(*demands);
  return {found.begin(), found.end()};
}

Mentions DemandIndex::Scan(const BankEntry& entry) const {
  Mentions mentions;
  // A bar between the two, so that no number is read across them.
  const std::string text = absl::StrCat(entry.end_to_end_id, " | ", entry.free_text);
  std::vector<std::string> references = FindReferences(text);
  for (const std::string& reference : references) {
    if (const auto demand = ByReference(reference)) {
      mentions.demands.emplace_back(*demand, reference);
    }
  }
  if (mentions.demands.empty()) mentions.unknown = references;
  AddNumbers(text, mentions);
  SortOnce(mentions.demands);
  for (std::string& number : FindCaseNumbers(text)) {
    if (const auto* demands = Find(by_case_, number)) {
      mentions.cases.push_back({std::move(number), demands});
    } else {
      mentions.unknown.push_back(std::move(number));
    }
  }
  if (mentions.none() && references.empty()) AddDamaged(text, mentions);
  return mentions;
}

// Every place of the text is looked up once per length that numbers have.
void DemandIndex::AddNumbers(std::string_view text, Mentions& mentions) const {
  if (by_number_.empty()) return;
  const std::string folded = Fold(text);
  for (const std::size_t length : number_lengths_) {
    for (std::size_t at = 0; at + length <= folded.size(); ++at) {
      const std::string word = folded.substr(at, length);
      const auto* demands = Find(by_number_, word);
      if (demands == nullptr || !StandsAlone(folded, at, length)) continue;
      for (const Index demand : *demands) mentions.demands.emplace_back(demand, word);
    }
  }
}

// Two references that are both valid differ in more than one character, so a damaged one is rarely
// near two of them; where it is, both are listed.
void DemandIndex::AddDamaged(std::string_view text, Mentions& mentions) const {
  if (by_reference_.empty()) return;
  for (const std::string& token : FindDamagedReferences(text)) {
    for (const std::string& reading : ReadingsOfDamaged(token)) {
      if (const auto demand = ByReference(reading)) mentions.damaged.emplace_back(*demand, token);
    }
  }
  SortOnce(mentions.damaged);
}

DemandIndex::Payer DemandIndex::PayerOf(const BankEntry& entry) const {
  Payer payer{NormaliseName(entry.counterparty_name), entry.counterparty_account};
  if (!by_name_.contains(payer.name)) payer.name.clear();
  if (!by_account_.contains(payer.account)) payer.account.clear();
  return payer;
}

std::vector<Index> DemandIndex::DemandsOf(const Payer& payer) const {
  static const std::vector<Index>* const kNone = new std::vector<Index>;
  const auto* by_name = Find(by_name_, payer.name);
  const auto* by_account = Find(by_account_, payer.account);
  const std::vector<Index>& a = by_name == nullptr ? *kNone : *by_name;
  const std::vector<Index>& b = by_account == nullptr ? *kNone : *by_account;
  std::vector<Index> all;
  all.reserve(a.size() + b.size());
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

bool DemandIndex::Owes(const Payer& payer, Index demand) const {
  const auto holds = [&](const std::vector<Index>* demands) {
    return demands != nullptr && std::binary_search(demands->begin(), demands->end(), demand);
  };
  return holds(Find(by_name_, payer.name)) || holds(Find(by_account_, payer.account));
}

}  // namespace recoup::reconcile
