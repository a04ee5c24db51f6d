#include "hub/reconcile/packed_facts.h"

#include <algorithm>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "hub/base/check.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {
namespace {

// Four thousand million words of facts do not fit into memory.
std::uint32_t PlaceOf(std::size_t size) {
  RECOUP_CHECK(size <= std::numeric_limits<std::uint32_t>::max());
  return static_cast<std::uint32_t>(size);
}

}  // namespace

HashedText HashedText::Of(std::string_view text) {
  return {text, absl::HashOf(absl::string_view(text.data(), text.size()))};
}

Day DayOf(absl::CivilDay day) { return static_cast<Day>(day - absl::CivilDay(1970, 1, 1)); }

void EntryBook::Add(const BankEntry& entry) {
  EntryFact& fact = facts_.emplace_back();
  fact.key = texts_.Keep(entry.key);
  fact.bank_reference = texts_.Keep(entry.bank_reference);
  fact.end_to_end_id = texts_.Keep(entry.end_to_end_id);
  fact.reference = texts_.Keep(NormaliseReference(entry.creditor_reference));
  fact.payer_name = KeepName(entry.counterparty_name);
  fact.payer_account = texts_.Keep(entry.counterparty_account);
  fact.reason_code = texts_.Keep(entry.return_info.reason_code);
  fact.original_reference = texts_.Keep(entry.return_info.original_reference);
  fact.amount = entry.amount;
  fact.returned_before = entry.returned_before;
  fact.booked_on = DayOf(entry.booked_on);
  fact.paid_on = entry.valued_on ? DayOf(*entry.valued_on) : fact.booked_on;
  fact.direction = entry.direction;
  fact.reversal = entry.reversal;
  fact.is_return = entry.return_info.is_return;
  // A bar between the two, so that no number is read across them.
  std::string text = Fold(entry.end_to_end_id);
  text += " | ";
  fact.free_text_from = PlaceOf(text.size());
  text += Fold(entry.free_text);
  fact.text = texts_.Keep(text);
  fact.said_from = PlaceOf(said_.size());
  const auto add = [&](Said::Kind kind, const std::vector<std::string>& tokens) {
    for (const std::string& token : tokens) said_.push_back({kind, texts_.Keep(token)});
  };
  const std::vector<std::string> references = FindReferencesInFolded(text);
  add(Said::Kind::kReference, references);
  add(Said::Kind::kCaseNumber, FindCaseNumbers(text));
  if (references.empty()) add(Said::Kind::kDamagedReference, FindDamagedInFolded(text));
  if (fact.reference.empty() && !entry.creditor_reference.empty()) {
    add(Said::Kind::kDamagedCreditorReference, FindDamagedReferences(entry.creditor_reference));
  }
  fact.said_count = PlaceOf(said_.size() - fact.said_from);
}

// Few payers send most payments; their names are normalised and kept once.
std::string_view EntryBook::KeepName(const std::string& name) {
  if (name.empty()) return {};
  const HashedText given = HashedText::Of(name);
  const auto it = names_.lazy_emplace(given, [&](const auto& make) {
    make(HashedText{texts_.Keep(name), given.hash}, texts_.Keep(NormaliseName(name)));
  });
  return it->second;
}

std::optional<std::uint32_t> DemandBook::Find(const Numbers& in, std::string_view text) {
  if (in.empty()) return std::nullopt;
  const auto it = in.find(HashedText::Of(text));
  if (it == in.end()) return std::nullopt;
  return it->second;
}

std::uint32_t DemandBook::NumberIn(Numbers& in, std::string_view text) {
  const HashedText wanted = HashedText::Of(text);
  const std::uint32_t next = PlaceOf(in.size());
  return in
      .lazy_emplace(wanted,
                    [&](const auto& make) {
                      make(HashedText{texts_.Keep(text), wanted.hash}, next);
                    })
      ->second;
}

void DemandBook::Add(const OpenDemand& demand) {
  DemandFact& fact = facts_.emplace_back();
  fact.key = texts_.Keep(demand.key);
  if (!demand.reference.empty()) {
    fact.reference = texts_.Keep(NormaliseReference(demand.reference));
    fact.reference_is_wrong = fact.reference.empty();
    if (!fact.reference.empty()) {
      fact.reference_is_taken =
          !references_.emplace(HashedText::Of(fact.reference), PlaceOf(facts_.size() - 1)).second;
    }
  }
  fact.amount = demand.amount;
  fact.open = demand.open;
  fact.issued_on = DayOf(demand.issued_on);
  if (demand.due_on) fact.due_on = DayOf(*demand.due_on);
  fact.debtor = NumberIn(debtors_, demand.debtor_key);
  fact.words_from = PlaceOf(words_.size());
  for (const std::string& text : demand.case_numbers) {
    for (const std::string& number : FindCaseNumbers(text)) {
      words_.push_back(NumberIn(case_numbers_, number));
    }
  }
  fact.case_numbers = PlaceOf(words_.size() - fact.words_from);
  for (const std::string& text : demand.recovery_numbers) {
    if (const std::string word = Compact(text); !word.empty()) {
      words_.push_back(NumberIn(numbers_, word));
    }
  }
  fact.numbers = PlaceOf(words_.size() - fact.words_from - fact.case_numbers);
  fact.payers_from = PlaceOf(payers_.size());
  for (const std::string& text : demand.debtor_names) {
    if (const std::string name = NormaliseName(text); !name.empty()) {
      payers_.push_back(NumberIn(names_, name));
    }
  }
  fact.names = PlaceOf(payers_.size() - fact.payers_from);
  for (const std::string& account : demand.debtor_accounts) {
    if (!account.empty()) payers_.push_back(NumberIn(accounts_, account));
  }
  fact.accounts = PlaceOf(payers_.size() - fact.payers_from - fact.names);
  fact.instalments_from = PlaceOf(instalments_.size());
  instalments_.insert(instalments_.end(), demand.instalments.begin(), demand.instalments.end());
  fact.instalments = PlaceOf(demand.instalments.size());
}

PackedFacts Pack(const Facts& facts) {
  PackedFacts packed;
  packed.entries.Reserve(facts.entries.size());
  for (const BankEntry& entry : facts.entries) packed.entries.Add(entry);
  packed.earlier_entries.Reserve(facts.earlier_entries.size());
  for (const BankEntry& entry : facts.earlier_entries) packed.earlier_entries.Add(entry);
  packed.demands.Reserve(facts.demands.size());
  for (const OpenDemand& demand : facts.demands) packed.demands.Add(demand);
  packed.demands.DoneAdding();
  packed.advices = facts.advices;
  packed.earlier_applications = facts.earlier_applications;
  packed.as_of = facts.as_of;
  return packed;
}

}  // namespace recoup::reconcile
