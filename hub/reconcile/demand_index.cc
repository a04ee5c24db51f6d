#include "hub/reconcile/demand_index.h"

#include <algorithm>

#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {
namespace {

void SortOnce(Mentions::Demands& found) {
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end(),
                          [](const auto& a, const auto& b) { return a.first == b.first; }),
              found.end());
}

}  // namespace

const std::string_view* Mentions::TokenOf(Index demand) const {
  for (const auto& [index, token] : demands) {
    if (index == demand) return &token;
  }
  return nullptr;
}

DemandIndex::DemandIndex(const DemandBook& book, const Both& both) : book_(book) {
  demands_.reserve(book.all().size());
  for (const DemandFact& fact : book.all()) demands_.push_back(&fact);
  const auto by_key = [](const auto* a, const auto* b) { return a->key < b->key; };
  // What comes from a store is in order already.
  if (!std::is_sorted(demands_.begin(), demands_.end(), by_key)) {
    std::sort(demands_.begin(), demands_.end(), by_key);
    of_position_.resize(demands_.size());
    for (Index i = 0; i < demands_.size(); ++i) {
      of_position_[static_cast<std::size_t>(demands_[i] - book.all().data())] = i;
    }
  }
  const auto post = [this](const DemandBook::Numbers& numbers, auto numbers_of) {
    return Postings::Make(numbers.size(), [&](auto add) {
      for (Index i = 0; i < demands_.size(); ++i) {
        for (const std::uint32_t number : numbers_of(*demands_[i])) add(number, i);
      }
    });
  };
  both(
      [&] {
        by_case_ = post(book.case_numbers(), [&](const auto& f) { return book.CaseNumbersOf(f); });
        by_number_ = post(book.numbers(), [&](const auto& f) { return book.NumbersOf(f); });
      },
      [&] {
        by_name_ = post(book.names(), [&](const auto& f) { return book.NamesOf(f); });
        by_account_ = post(book.accounts(), [&](const auto& f) { return book.AccountsOf(f); });
      });
  for (const auto& [number, position] : book.numbers()) number_lengths_.insert(number.text.size());
}

std::span<const Index> DemandIndex::Find(const DemandBook::Numbers& numbers,
                                         const Postings& postings, const HashedText& text) {
  const auto number = DemandBook::Find(numbers, text);
  return number ? postings.Of(*number) : std::span<const Index>();
}

std::optional<Index> DemandIndex::ByKey(std::string_view key) const {
  const auto it = std::lower_bound(
      demands_.begin(), demands_.end(), key,
      [](const DemandFact* demand, std::string_view k) { return demand->key < k; });
  if (it == demands_.end() || (*it)->key != key) return std::nullopt;
  return static_cast<Index>(it - demands_.begin());
}

std::optional<Index> DemandIndex::ByReference(const HashedText& reference) const {
  const auto position = DemandBook::Find(book_.references(), reference);
  if (!position || of_position_.empty()) return position;
  return of_position_[*position];
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
    add(ByReference(HashedText::Of(reference)));
    return meant;
  }
  IndexSet found;
  for (const std::string& number : FindCaseNumbers(line.reference)) {
    found.InsertAll(Find(book_.case_numbers(), by_case_, HashedText::Of(number)));
  }
  found.InsertAll(Find(book_.numbers(), by_number_, HashedText::Of(Compact(line.reference))));
  return {found.begin(), found.end()};
}

void DemandIndex::Fetch(const EntryBook& entries, const EntryFact& entry) const {
  __builtin_prefetch(entry.text.data());
  for (const Said& what : entries.SaidBy(entry)) {
    if (what.kind == Said::Kind::kReference) book_.references().prefetch(what.token);
    if (what.kind == Said::Kind::kCaseNumber) book_.case_numbers().prefetch(what.token);
  }
  if (!entry.reference.empty()) book_.references().prefetch(entry.hashed_reference());
  book_.names().prefetch(entry.hashed_payer_name());
}

Mentions DemandIndex::Scan(const EntryBook& entries, const EntryFact& entry) const {
  Mentions mentions;
  const std::span<const Said> said = entries.SaidBy(entry);
  bool references = false;
  for (const Said& what : said) {
    if (what.kind != Said::Kind::kReference) continue;
    references = true;
    if (const auto demand = ByReference(what.token)) {
      mentions.demands.emplace_back(*demand, what.token.text);
    }
  }
  mentions.unknown = references && mentions.demands.empty();
  AddNumbers(entry.text, mentions);
  SortOnce(mentions.demands);
  for (const Said& what : said) {
    if (what.kind != Said::Kind::kCaseNumber) continue;
    const std::span<const Index> demands = Find(book_.case_numbers(), by_case_, what.token);
    if (demands.empty()) {
      mentions.unknown = true;
    } else {
      mentions.cases.push_back({what.token.text, demands});
    }
  }
  if (mentions.none() && !book_.references().empty()) {
    if (!references) {
      for (const Said& what : said) {
        if (what.kind == Said::Kind::kDamagedReference) AddDamaged(what.token.text, mentions);
      }
      SortOnce(mentions.damaged);
    }
    // Banks pass on what was typed; a slip in it is read like one in the text.
    for (const Said& what : said) {
      if (what.kind == Said::Kind::kDamagedCreditorReference) {
        AddDamaged(what.token.text, mentions);
      }
    }
  }
  return mentions;
}

std::optional<Index> DemandIndex::Structured(const EntryFact& entry) const {
  return entry.reference.empty() ? std::nullopt : ByReference(entry.hashed_reference());
}

// Every place of the text is looked up once per length that numbers have.
void DemandIndex::AddNumbers(std::string_view folded, Mentions& mentions) const {
  for (const std::size_t length : number_lengths_) {
    for (std::size_t at = 0; at + length <= folded.size(); ++at) {
      const std::string_view word = folded.substr(at, length);
      const std::span<const Index> demands =
          Find(book_.numbers(), by_number_, HashedText::Of(word));
      if (demands.empty() || !StandsAlone(folded, at, length)) continue;
      for (const Index demand : demands) mentions.demands.emplace_back(demand, word);
    }
  }
}

// Two references that are both valid differ in more than one character, so a damaged one is rarely
// near two of them; where it is, both are listed.
void DemandIndex::AddDamaged(std::string_view token, Mentions& mentions) const {
  const std::vector<std::string> readings = ReadingsOfDamaged(token);
  std::vector<HashedText> hashed;
  hashed.reserve(readings.size());
  for (const std::string& reading : readings) {
    book_.references().prefetch(hashed.emplace_back(HashedText::Of(reading)));
  }
  for (const HashedText& reading : hashed) {
    if (const auto demand = ByReference(reading)) mentions.damaged.emplace_back(*demand, token);
  }
}

DemandIndex::Payer DemandIndex::PayerOf(const EntryFact& entry) const {
  Payer payer;
  payer.name = DemandBook::Find(book_.names(), entry.hashed_payer_name()).value_or(Payer::kNone);
  if (!entry.payer_account.empty()) {
    payer.account = DemandBook::Find(book_.accounts(), HashedText::Of(entry.payer_account))
                        .value_or(Payer::kNone);
  }
  return payer;
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
