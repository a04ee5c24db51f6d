#include "hub/reconcile/demand_index.h"

#include <algorithm>

#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {
namespace {

absl::string_view ForLookup(std::string_view text) { return {text.data(), text.size()}; }

void SortOnce(Mentions::Demands& found) {
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end(),
                          [](const auto& a, const auto& b) { return a.first == b.first; }),
              found.end());
}

// Numbers texts in the order in which they are met, and lists the positions of each. `each(add)`
// calls add(text, position), positions ascending, and does the same whenever it is called.
template <typename Each>
Postings PostingsOf(absl::flat_hash_map<absl::string_view, std::uint32_t>& numbers, Each each) {
  std::vector<std::uint32_t> met;
  each([&](std::string_view text, Index) {
    const auto next = static_cast<std::uint32_t>(numbers.size());
    met.push_back(numbers.try_emplace(ForLookup(text), next).first->second);
  });
  return Postings::Make(numbers.size(), [&](auto add) {
    auto number = met.begin();
    each([&](std::string_view, Index position) { add(*number++, position); });
  });
}

}  // namespace

const std::string_view* Mentions::TokenOf(Index demand) const {
  for (const auto& [index, token] : demands) {
    if (index == demand) return &token;
  }
  return nullptr;
}

DemandIndex::DemandIndex(const DemandBook& book) : book_(book) {
  demands_.reserve(book.all().size());
  for (const DemandFact& fact : book.all()) demands_.push_back(&fact);
  const auto by_key = [](const auto* a, const auto* b) { return a->key < b->key; };
  // What comes from a store is in order already.
  if (!std::is_sorted(demands_.begin(), demands_.end(), by_key)) {
    std::sort(demands_.begin(), demands_.end(), by_key);
  }
  const auto for_each = [this](auto visit) {
    for (Index i = 0; i < demands_.size(); ++i) visit(*demands_[i], i);
  };
  by_reference_.reserve(demands_.size());
  for_each([&](const DemandFact& fact, Index i) {
    if (!fact.reference.empty()) by_reference_.emplace(ForLookup(fact.reference), i);
  });
  case_numbers_.reserve(demands_.size());
  by_case_ = PostingsOf(case_numbers_, [&](auto add) {
    for_each([&](const DemandFact& fact, Index i) {
      for (const std::string_view number : book_.CaseNumbersOf(fact)) add(number, i);
    });
  });
  by_number_ = PostingsOf(numbers_, [&](auto add) {
    for_each([&](const DemandFact& fact, Index i) {
      for (const std::string_view number : book_.NumbersOf(fact)) add(number, i);
    });
  });
  for (const auto& [text, number] : numbers_) number_lengths_.insert(text.size());
  by_name_ = Postings::Make(book_.names(), [&](auto add) {
    for_each([&](const DemandFact& fact, Index i) {
      for (const std::uint32_t name : book_.NamesOf(fact)) add(name, i);
    });
  });
  by_account_ = Postings::Make(book_.accounts(), [&](auto add) {
    for_each([&](const DemandFact& fact, Index i) {
      for (const std::uint32_t account : book_.AccountsOf(fact)) add(account, i);
    });
  });
}

std::span<const Index> DemandIndex::Find(const ByText& numbers, const Postings& postings,
                                         std::string_view text) {
  const auto it = numbers.find(ForLookup(text));
  return it == numbers.end() ? std::span<const Index>() : postings.Of(it->second);
}

std::optional<Index> DemandIndex::ByKey(std::string_view key) const {
  const auto it = std::lower_bound(
      demands_.begin(), demands_.end(), key,
      [](const DemandFact* demand, std::string_view k) { return demand->key < k; });
  if (it == demands_.end() || (*it)->key != key) return std::nullopt;
  return static_cast<Index>(it - demands_.begin());
}

std::optional<Index> DemandIndex::ByReference(std::string_view reference) const {
  const auto it = by_reference_.find(ForLookup(reference));
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
    found.InsertAll(Find(case_numbers_, by_case_, number));
  }
  found.InsertAll(Find(numbers_, by_number_, Compact(line.reference)));
  return {found.begin(), found.end()};
}

Mentions DemandIndex::Scan(const EntryBook& entries, const EntryFact& entry) const {
  Mentions mentions;
  const std::span<const Said> said = entries.SaidBy(entry);
  bool references = false;
  for (const Said& what : said) {
    if (what.kind != Said::Kind::kReference) continue;
    references = true;
    if (const auto demand = ByReference(what.token)) {
      mentions.demands.emplace_back(*demand, what.token);
    }
  }
  mentions.unknown = references && mentions.demands.empty();
  AddNumbers(entry.text, mentions);
  SortOnce(mentions.demands);
  for (const Said& what : said) {
    if (what.kind != Said::Kind::kCaseNumber) continue;
    const std::span<const Index> demands = Find(case_numbers_, by_case_, what.token);
    if (demands.empty()) {
      mentions.unknown = true;
    } else {
      mentions.cases.push_back({what.token, demands});
    }
  }
  if (mentions.none() && !references && !by_reference_.empty()) {
    for (const Said& what : said) {
      if (what.kind == Said::Kind::kDamagedReference) AddDamaged(what.token, mentions);
    }
    SortOnce(mentions.damaged);
  }
  return mentions;
}

// Every place of the text is looked up once per length that numbers have.
void DemandIndex::AddNumbers(std::string_view folded, Mentions& mentions) const {
  for (const std::size_t length : number_lengths_) {
    for (std::size_t at = 0; at + length <= folded.size(); ++at) {
      const std::string_view word = folded.substr(at, length);
      const std::span<const Index> demands = Find(numbers_, by_number_, word);
      if (demands.empty() || !StandsAlone(folded, at, length)) continue;
      for (const Index demand : demands) mentions.demands.emplace_back(demand, word);
    }
  }
}

// Two references that are both valid differ in more than one character, so a damaged one is rarely
// near two of them; where it is, both are listed.
void DemandIndex::AddDamaged(std::string_view token, Mentions& mentions) const {
  for (const std::string& reading : ReadingsOfDamaged(token)) {
    if (const auto demand = ByReference(reading)) mentions.damaged.emplace_back(*demand, token);
  }
}

DemandIndex::Payer DemandIndex::PayerOf(const EntryFact& entry) const {
  return {book_.NumberOfName(entry.payer_name).value_or(Payer::kNone),
          book_.NumberOfAccount(entry.payer_account).value_or(Payer::kNone)};
}

std::span<const Index> DemandIndex::DemandsOfName(const Payer& payer) const {
  return payer.name == Payer::kNone ? std::span<const Index>() : by_name_.Of(payer.name);
}

std::span<const Index> DemandIndex::DemandsOfAccount(const Payer& payer) const {
  return payer.account == Payer::kNone ? std::span<const Index>() : by_account_.Of(payer.account);
}

bool DemandIndex::Owes(const Payer& payer, Index demand) const {
  const auto holds = [&](std::span<const Index> demands) {
    return std::binary_search(demands.begin(), demands.end(), demand);
  };
  return holds(DemandsOfName(payer)) || holds(DemandsOfAccount(payer));
}

}  // namespace recoup::reconcile
