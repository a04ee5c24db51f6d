// The facts of a run as the engine works on them: texts folded once and kept in one place, what
// many demands share kept once, dates as numbers, what a text names found when it is added. A
// million entries and demands take a third of the memory that Facts need.
//
// Entries and demands are filled apart, so that two threads can load them; neither book is
// thread-safe by itself. Positions are those of adding. Facts that contradict themselves are found
// by Check, not refused when added.
#ifndef RECOUP_HUB_RECONCILE_PACKED_FACTS_H_
#define RECOUP_HUB_RECONCILE_PACKED_FACTS_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "hub/domain/money.h"
#include "hub/reconcile/both.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/index_set.h"
#include "hub/reconcile/text_arena.h"

namespace recoup::reconcile {

// A text to look up with its hash, so that a table of a million texts grows without reading them
// again.
struct HashedText {
  std::string_view text;
  std::size_t hash = 0;

  static HashedText Of(std::string_view text);
  bool operator==(const HashedText& other) const {
    return hash == other.hash && text == other.text;
  }
  template <typename H>
  friend H AbslHashValue(H h, const HashedText& of) {
    return H::combine(std::move(h), of.hash);
  }
};

// Days since 1970-01-01.
using Day = std::int32_t;
Day DayOf(absl::CivilDay day);

// An entry as a book is told of it (see BankEntry). Views need to live only until it is added.
struct GivenEntry {
  std::string_view key;
  std::string_view bank_reference;
  std::string_view end_to_end_id;
  std::string_view creditor_reference;
  std::string_view free_text;
  std::string_view counterparty_name;
  std::string_view counterparty_account;
  std::string_view reason_code;
  std::string_view original_reference;
  domain::Money amount;
  domain::Money returned_before;
  Day booked_on = 0;
  Day paid_on = 0;  // The value date, or the booking date without one.
  Direction direction = Direction::kCredit;
  bool reversal = false;
  bool is_return = false;
};

// What a text says, in the form in which demands are called.
struct Said {
  enum class Kind : std::uint8_t {
    kReference,
    kCaseNumber,
    kDamagedReference,
    kDamagedCreditorReference,  // Not in the text but in the structured field.
  };
  Kind kind = Kind::kReference;
  HashedText token;
};

// See BankEntry. Views live as long as the book.
struct EntryFact {
  std::string_view key;
  std::string_view bank_reference;
  std::string_view end_to_end_id;
  std::string_view reference;   // The creditor reference, normalised; empty when not valid.
  std::string_view text;        // End-to-end id, " | " and free text, folded.
  std::string_view payer_name;  // Normalised.
  std::string_view payer_account;
  std::size_t reference_hash = 0;  // See HashedText; of what every entry is looked up by.
  std::size_t payer_name_hash = 0;
  std::string_view reason_code;
  std::string_view original_reference;
  domain::Money amount;
  domain::Money returned_before;
  Day booked_on = 0;
  Day paid_on = 0;                   // The value date, or the booking date without one.
  std::uint32_t said_from = 0;       // In the book's list.
  std::uint32_t free_text_from = 0;  // In `text`.
  std::uint32_t said_count = 0;
  Direction direction = Direction::kCredit;
  bool reversal = false;
  bool is_return = false;

  std::string_view free_text() const { return text.substr(free_text_from); }
  HashedText hashed_reference() const { return {reference, reference_hash}; }
  HashedText hashed_payer_name() const { return {payer_name, payer_name_hash}; }
};

class EntryBook {
 public:
  void Reserve(std::size_t entries) { facts_.reserve(entries); }
  void Add(const BankEntry& entry);
  void Add(const GivenEntry& entry);

  const std::vector<EntryFact>& all() const { return facts_; }
  // By kind, each ascending; words of the text that look like a damaged reference only where there
  // is no whole one.
  std::span<const Said> SaidBy(const EntryFact& fact) const {
    return std::span(said_).subspan(fact.said_from, fact.said_count);
  }
  // Fetches the fact into the cache.
  void Fetch(const EntryFact& fact) const {
    constexpr std::size_t kLine = 64;
    const char* const at = reinterpret_cast<const char*>(&fact);
    for (std::size_t i = 0; i < sizeof(fact); i += kLine) __builtin_prefetch(at + i);
  }

 private:
  std::vector<EntryFact> facts_;
  std::vector<Said> said_;
  TextArena texts_;
  std::string folded_;  // Of the entry being added.
};

// See OpenDemand.
struct DemandFact {
  static constexpr Day kNever = std::numeric_limits<Day>::min();

  std::string_view key;
  std::string_view reference;  // Normalised; empty when there is none or it is not valid.
  domain::Money amount;
  domain::Money open;
  Day issued_on = 0;
  std::string_view debtor;  // Equal for demands of one debtor.
  Day due_on = kNever;
  std::uint32_t cases_from = 0;
  std::uint32_t numbers_from = 0;
  std::uint32_t payers_from = 0;
  std::uint32_t instalments_from = 0;
  std::uint32_t case_numbers = 0;
  std::uint32_t numbers = 0;
  std::uint32_t names = 0;
  std::uint32_t accounts = 0;
  std::uint32_t instalments = 0;
  bool reference_is_wrong = false;
  bool reference_is_taken = false;  // By a demand that was added before.

  Day due_or_issued_on() const { return due_on == kNever ? issued_on : due_on; }
};

// A demand as a book is told of it (see OpenDemand). Views need to live only until it is added.
struct GivenDemand {
  std::string_view key;
  std::string_view debtor_key;
  std::string_view reference;
  std::span<const std::string_view> case_numbers;
  std::span<const std::string_view> recovery_numbers;
  std::span<const std::string_view> debtor_names;
  std::span<const std::string_view> debtor_accounts;
  domain::Money amount;
  domain::Money open;
  Day issued_on = 0;
  Day due_on = DemandFact::kNever;
  std::span<const Instalment> instalments;
};

class DemandBook {
 public:
  void Reserve(std::size_t demands) { facts_.reserve(demands); }
  void Add(const OpenDemand& demand);
  void Add(const GivenDemand& demand);
  // References and case numbers can be looked up from now on; once, when all demands are added. The
  // tables are as large as the book, so they are made apart from reading it, and at once.
  void MakeTables(const Both& both);

  const std::vector<DemandFact>& all() const { return facts_; }
  // Case numbers, other numbers, names and accounts are numbered in the order in which they were
  // met.
  std::span<const std::uint32_t> CaseNumbersOf(const DemandFact& fact) const {
    return std::span(cases_).subspan(fact.cases_from, fact.case_numbers);
  }
  std::span<const std::uint32_t> NumbersOf(const DemandFact& fact) const {
    return std::span(numbers_of_demands_).subspan(fact.numbers_from, fact.numbers);
  }
  std::span<const std::uint32_t> NamesOf(const DemandFact& fact) const {
    return std::span(payers_).subspan(fact.payers_from, fact.names);
  }
  std::span<const std::uint32_t> AccountsOf(const DemandFact& fact) const {
    return std::span(payers_).subspan(fact.payers_from + fact.names, fact.accounts);
  }
  // As given.
  std::span<const Instalment> InstalmentsOf(const DemandFact& fact) const {
    return std::span(instalments_).subspan(fact.instalments_from, fact.instalments);
  }
  std::size_t instalments_size() const { return instalments_.size(); }  // Of all demands.
  // A text that some demands share, to its number.
  using Numbers = absl::flat_hash_map<HashedText, std::uint32_t>;
  const Numbers& case_numbers() const { return case_numbers_; }
  const Numbers& numbers() const { return numbers_; }
  const Numbers& names() const { return names_; }
  const Numbers& accounts() const { return accounts_; }
  // To the position of the first demand that has it.
  const Numbers& references() const { return references_; }
  static std::optional<std::uint32_t> Find(const Numbers& in, const HashedText& text);

 private:
  // A text of a demand, and the table of its kind.
  struct Word {
    Numbers* in = nullptr;
    std::string text;
    HashedText hashed;
  };

  // The text as it is kept, and its number.
  const Numbers::value_type& NumberIn(Numbers& in, const HashedText& text);
  void TakeReference(const HashedText& reference, std::size_t position);
  void AddWords(const GivenDemand& demand, DemandFact& fact);

  std::vector<DemandFact> facts_;
  std::vector<std::uint32_t> cases_;
  std::vector<std::uint32_t> numbers_of_demands_;
  std::vector<std::uint32_t> payers_;
  std::vector<Instalment> instalments_;
  TextArena texts_;
  Numbers references_;
  Numbers case_numbers_;
  Numbers numbers_;
  Numbers names_;
  Numbers accounts_;
  std::vector<HashedText> case_texts_;  // Until their table is made.
  std::vector<Word> adding_;            // Of the demand being added.
};

struct PackedFacts {
  EntryBook entries;
  DemandBook demands;
  EntryBook earlier_entries;
  std::vector<Advice> advices;
  std::vector<EarlierApplication> earlier_applications;
  absl::CivilDay as_of;
};

PackedFacts Pack(const Facts& facts);

// INVALID_ARGUMENT with every contradiction: empty or repeated keys, amounts not positive, more
// applied than came in.
absl::Status Check(const PackedFacts& facts);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_PACKED_FACTS_H_
