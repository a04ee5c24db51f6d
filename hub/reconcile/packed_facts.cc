#include "hub/reconcile/packed_facts.h"

#include <algorithm>
#include <array>

#include "absl/hash/hash.h"
#include "hub/base/check.h"
#include "hub/reconcile/for_lookup.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {
namespace {

// Four thousand million words of facts do not fit into memory.
std::uint32_t PlaceOf(std::size_t size) {
  RECOUP_CHECK(size <= std::numeric_limits<std::uint32_t>::max());
  return static_cast<std::uint32_t>(size);
}

// Calls put(i, text_of(i)) for each position. The table is too large for the caches, so the place
// of each text is fetched some texts before it is needed.
template <typename TextOf, typename Put>
void EachAhead(const DemandBook::Numbers& table, std::size_t size, TextOf text_of, Put put) {
  std::array<HashedText, 16> ahead;
  for (std::size_t i = 0; i < size + ahead.size(); ++i) {
    HashedText& text = ahead[i % ahead.size()];
    if (i >= ahead.size()) put(i - ahead.size(), text);
    if (i >= size) continue;
    text = text_of(i);
    table.prefetch(text);
  }
}

}  // namespace

HashedText HashedText::Of(std::string_view text) { return {text, absl::HashOf(ForLookup(text))}; }

Day DayOf(absl::CivilDay day) { return static_cast<Day>(day - absl::CivilDay(1970, 1, 1)); }

void EntryBook::Add(const BankEntry& entry) {
  GivenEntry given;
  given.key = entry.key;
  given.bank_reference = entry.bank_reference;
  given.end_to_end_id = entry.end_to_end_id;
  given.creditor_reference = entry.creditor_reference;
  given.free_text = entry.free_text;
  given.counterparty_name = entry.counterparty_name;
  given.counterparty_account = entry.counterparty_account;
  given.reason_code = entry.return_info.reason_code;
  given.original_reference = entry.return_info.original_reference;
  given.amount = entry.amount;
  given.returned_before = entry.returned_before;
  given.booked_on = DayOf(entry.booked_on);
  given.paid_on = entry.valued_on ? DayOf(*entry.valued_on) : given.booked_on;
  given.direction = entry.direction;
  given.reversal = entry.reversal;
  given.is_return = entry.return_info.is_return;
  Add(given);
}

void EntryBook::Add(const GivenEntry& entry) {
  EntryFact& fact = facts_.emplace_back();
  fact.key = texts_.Keep(entry.key);
  fact.bank_reference = texts_.Keep(entry.bank_reference);
  fact.end_to_end_id = texts_.Keep(entry.end_to_end_id);
  fact.reference = texts_.Keep(NormaliseReference(entry.creditor_reference));
  fact.reference_hash = HashedText::Of(fact.reference).hash;
  folded_.clear();
  AppendCompact(entry.counterparty_name, folded_);
  fact.payer_name = texts_.Keep(folded_);
  fact.payer_name_hash = HashedText::Of(fact.payer_name).hash;
  fact.payer_account = texts_.Keep(entry.counterparty_account);
  fact.reason_code = texts_.Keep(entry.reason_code);
  fact.original_reference = texts_.Keep(entry.original_reference);
  fact.amount = entry.amount;
  fact.returned_before = entry.returned_before;
  fact.booked_on = entry.booked_on;
  fact.paid_on = entry.paid_on;
  fact.direction = entry.direction;
  fact.reversal = entry.reversal;
  fact.is_return = entry.is_return;
  // A bar between the two, so that no number is read across them.
  folded_.clear();
  AppendFolded(entry.end_to_end_id, folded_);
  folded_ += " | ";
  fact.free_text_from = PlaceOf(folded_.size());
  AppendFolded(entry.free_text, folded_);
  fact.text = texts_.Keep(folded_);
  fact.said_from = PlaceOf(said_.size());
  const auto add = [&](Said::Kind kind, const std::vector<std::string>& tokens) {
    for (const std::string& token : tokens) {
      said_.push_back({kind, HashedText::Of(texts_.Keep(token))});
    }
  };
  const std::vector<std::string> references = FindReferencesInFolded(fact.text);
  add(Said::Kind::kReference, references);
  add(Said::Kind::kCaseNumber, FindCaseNumbers(fact.text));
  if (references.empty()) add(Said::Kind::kDamagedReference, FindDamagedInFolded(fact.text));
  if (fact.reference.empty() && !entry.creditor_reference.empty()) {
    add(Said::Kind::kDamagedCreditorReference, FindDamagedReferences(entry.creditor_reference));
  }
  fact.said_count = PlaceOf(said_.size() - fact.said_from);
}

std::optional<std::uint32_t> DemandBook::Find(const Numbers& in, const HashedText& text) {
  if (in.empty()) return std::nullopt;
  const auto it = in.find(text);
  if (it == in.end()) return std::nullopt;
  return it->second;
}

const DemandBook::Numbers::value_type& DemandBook::NumberIn(Numbers& in, const HashedText& text) {
  const std::uint32_t next = PlaceOf(in.size());
  return *in.lazy_emplace(text, [&](const auto& make) {
    make(HashedText{texts_.Keep(text.text), text.hash}, next);
  });
}

void DemandBook::Add(const OpenDemand& demand) {
  using Views = std::vector<std::string_view>;
  const auto views = [](const std::vector<std::string>& texts) {
    return Views(texts.begin(), texts.end());
  };
  const Views case_numbers = views(demand.case_numbers);
  const Views recovery_numbers = views(demand.recovery_numbers);
  const Views debtor_names = views(demand.debtor_names);
  const Views debtor_accounts = views(demand.debtor_accounts);
  GivenDemand given;
  given.key = demand.key;
  given.debtor_key = demand.debtor_key;
  given.reference = demand.reference;
  given.case_numbers = case_numbers;
  given.recovery_numbers = recovery_numbers;
  given.debtor_names = debtor_names;
  given.debtor_accounts = debtor_accounts;
  given.amount = demand.amount;
  given.open = demand.open;
  given.issued_on = DayOf(demand.issued_on);
  if (demand.due_on) given.due_on = DayOf(*demand.due_on);
  given.instalments = demand.instalments;
  Add(given);
}

void DemandBook::Add(const GivenDemand& demand) {
  DemandFact& fact = facts_.emplace_back();
  fact.key = texts_.Keep(demand.key);
  fact.amount = demand.amount;
  fact.open = demand.open;
  fact.issued_on = demand.issued_on;
  fact.due_on = demand.due_on;
  fact.instalments_from = PlaceOf(instalments_.size());
  instalments_.insert(instalments_.end(), demand.instalments.begin(), demand.instalments.end());
  fact.instalments = PlaceOf(demand.instalments.size());
  AddWords(demand, fact);
}

// Each text goes into the table of its kind. The tables are large, so their places are all fetched
// before the first of them is needed.
void DemandBook::AddWords(const GivenDemand& demand, DemandFact& fact) {
  fact.reference = texts_.Keep(NormaliseReference(demand.reference));
  fact.reference_is_wrong = fact.reference.empty() && !demand.reference.empty();
  fact.cases_from = PlaceOf(case_texts_.size());
  for (const std::string_view text : demand.case_numbers) {
    for (const std::string& number : FindCaseNumbers(text)) {
      case_texts_.push_back(HashedText::Of(texts_.Keep(number)));
    }
  }
  fact.case_numbers = PlaceOf(case_texts_.size()) - fact.cases_from;
  adding_.clear();
  const auto add = [&](Numbers& in, std::string text) {
    if (!text.empty()) adding_.push_back({&in, std::move(text), {}});
  };
  for (const std::string_view text : demand.recovery_numbers) add(numbers_, Compact(text));
  fact.numbers = PlaceOf(adding_.size());
  for (const std::string_view name : demand.debtor_names) add(names_, NormaliseName(name));
  fact.names = PlaceOf(adding_.size()) - fact.numbers;
  for (const std::string_view account : demand.debtor_accounts)
    add(accounts_, std::string(account));
  fact.accounts = PlaceOf(adding_.size()) - fact.numbers - fact.names;
  for (Word& word : adding_) {
    word.hashed = HashedText::Of(word.text);
    word.in->prefetch(word.hashed);
  }
  fact.numbers_from = PlaceOf(numbers_of_demands_.size());
  fact.payers_from = PlaceOf(payers_.size());
  for (std::size_t i = 0; i < adding_.size(); ++i) {
    const auto& [kept, number] = NumberIn(*adding_[i].in, adding_[i].hashed);
    (i < fact.numbers ? numbers_of_demands_ : payers_).push_back(number);
    // A debtor that no party stands for goes by his name.
    if (i == fact.numbers && fact.names > 0 && kept.text == demand.debtor_key) {
      fact.debtor = kept.text;
    }
  }
  if (fact.debtor.empty()) fact.debtor = texts_.Keep(demand.debtor_key);
}

void DemandBook::TakeReference(const HashedText& reference, std::size_t position) {
  if (reference.text.empty()) return;
  facts_[position].reference_is_taken = !references_.emplace(reference, PlaceOf(position)).second;
}

void DemandBook::MakeTables(const Both& both) {
  both(
      [this] {
        references_.reserve(facts_.size());
        EachAhead(
            references_, facts_.size(),
            [&](std::size_t i) { return HashedText::Of(facts_[i].reference); },
            [&](std::size_t i, const HashedText& text) { TakeReference(text, i); });
      },
      [this] {
        case_numbers_.reserve(case_texts_.size());
        cases_.reserve(case_texts_.size());
        EachAhead(
            case_numbers_, case_texts_.size(), [&](std::size_t i) { return case_texts_[i]; },
            [&](std::size_t, const HashedText& text) {
              const std::uint32_t next = PlaceOf(case_numbers_.size());
              cases_.push_back(case_numbers_.try_emplace(text, next).first->second);
            });
      });
  case_texts_ = std::vector<HashedText>();
}

PackedFacts Pack(const Facts& facts) {
  PackedFacts packed;
  packed.entries.Reserve(facts.entries.size());
  for (const BankEntry& entry : facts.entries) packed.entries.Add(entry);
  packed.earlier_entries.Reserve(facts.earlier_entries.size());
  for (const BankEntry& entry : facts.earlier_entries) packed.earlier_entries.Add(entry);
  packed.demands.Reserve(facts.demands.size());
  for (const OpenDemand& demand : facts.demands) packed.demands.Add(demand);
  packed.advices = facts.advices;
  packed.earlier_applications = facts.earlier_applications;
  packed.as_of = facts.as_of;
  return packed;
}

}  // namespace recoup::reconcile
