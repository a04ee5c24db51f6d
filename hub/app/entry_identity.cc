#include "hub/app/entry_identity.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::app {
namespace {

using domain::Direction;
using domain::Money;
using domain::Statement;
using domain::StatementEntry;

Money SignedAmount(const StatementEntry& entry) {
  return entry.direction == Direction::kCredit ? entry.amount : -entry.amount;
}

// The content names people: it goes into the key as a token.
std::string KeyOfContent(Blinder& blinder, const StatementEntry& entry) {
  const std::string movement =
      absl::StrCat(absl::FormatCivilTime(entry.booked_on), "/", entry.amount.fen(), "/",
                   std::string(ToString(entry.direction)), entry.reversal ? "/R" : "");
  if (!entry.bank_reference.empty()) return absl::StrCat(entry.bank_reference, "/", movement);
  return crypto::ToHex(blinder.Name(
      domain::Key({movement, entry.counterparty_name, entry.counterparty_account,
                   entry.end_to_end_id, entry.creditor_reference, entry.remittance_text})));
}

Contents ContentsOf(const std::vector<StatementEntry>& entries) {
  Contents contents;
  for (const StatementEntry& entry : entries) {
    Movements& of = contents[ContentOfKey(entry.entry_key)];
    ++of.count;
    of.amount = SignedAmount(entry);
  }
  return contents;
}

// Whether two records of a movement can be of the same one, in the words of two formats.
bool MayBeOne(const StatementEntry& a, const StatementEntry& b) {
  if (a.booked_on != b.booked_on || SignedAmount(a) != SignedAmount(b)) return false;
  if (!a.bank_reference.empty() && !b.bank_reference.empty()) return false;
  const std::string name = reconcile::NormaliseName(a.counterparty_name);
  const std::string other = reconcile::NormaliseName(b.counterparty_name);
  return name.empty() || other.empty() || name == other;
}

class Identification {
 public:
  Identification(UnitOfWork& work, const Statement& statement,
                 const std::vector<StatementEntry>& entries)
      : work_(work), statement_(statement), given_(entries), contents_(work) {}

  absl::StatusOr<std::vector<IdentifiedEntry>> Run() {
    for (const StatementEntry& entry : given_) {
      keys_.push_back(KeyOfContent(work_.blinder(), entry));
      Movements& of = own_[keys_.back()];
      ++of.count;
      of.amount = SignedAmount(entry);
    }
    out_.resize(given_.size());
    for (std::size_t i = 0; i < given_.size(); ++i) {
      RECOUP_ASSIGN_OR_RETURN(OfContent * of, Known(keys_[i]));
      if (of->taken < of->fitting.size()) Take(i, std::move(of->fitting[of->taken++]));
    }
    RECOUP_RETURN_IF_ERROR(MatchInOtherWords());
    for (std::size_t i = 0; i < given_.size(); ++i) {
      if (out_[i].known) continue;
      out_[i].entry = given_[i];
      out_[i].entry.entry_key = absl::StrCat(keys_[i], "#", ++known_.at(keys_[i]).occurrences);
    }
    return std::move(out_);
  }

 private:
  struct OfContent {
    std::vector<StatementEntry> fitting;  // That can be this statement's, the surest first.
    std::size_t taken = 0;
    std::int64_t occurrences = 0;  // In the store and here.
  };

  void Take(std::size_t at, StatementEntry entry) {
    taken_.insert(entry.id);
    out_[at] = {std::move(entry), true};
  }

  absl::Status LoadStatements() {
    if (!all_.empty()) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(
        all_, work_.FindAllBy<Statement>(domain::LookupKind::kStatementOfAccountAll,
                                         domain::Key({statement_.pool.value, statement_.account})));
    all_.push_back(statement_);
    contents_.Set(statement_.id, own_);
    return absl::OkStatus();
  }

  absl::StatusOr<Relation> To(const domain::StatementId& id) {
    const auto known = relations_.find(id);
    if (known != relations_.end()) return known->second;
    RECOUP_RETURN_IF_ERROR(LoadStatements());
    const auto other =
        std::find_if(all_.begin(), all_.end(), [&](const Statement& one) { return one.id == id; });
    Relation relation = Relation::kSame;
    if (other != all_.end() && ShareDays(statement_, *other)) {
      relation = RelationOf(statement_, *other, all_, [&](const Statement& one) -> const Contents& {
        return contents_.Of(one);
      });
      RECOUP_RETURN_IF_ERROR(contents_.status());
    }
    relations_[id] = relation;
    return relation;
  }

  // A bank that sends a statement again because its balances were wrong repeats its references.
  absl::StatusOr<Relation> For(const StatementEntry& entry, const domain::StatementId& id) {
    RECOUP_ASSIGN_OR_RETURN(const Relation relation, To(id));
    if (relation != Relation::kContradicting) return relation;
    return entry.bank_reference.empty() ? Relation::kApart : Relation::kDoubtful;
  }

  // Of every statement that tells the entry: one from which this one is apart decides.
  absl::StatusOr<Relation> To(const StatementEntry& entry) {
    RECOUP_ASSIGN_OR_RETURN(Relation best, For(entry, entry.statement));
    for (const domain::StatementId& other : entry.also_in) {
      if (best == Relation::kApart) break;
      RECOUP_ASSIGN_OR_RETURN(const Relation relation, For(entry, other));
      if (relation != Relation::kDoubtful) best = relation;
    }
    return best;
  }

  absl::StatusOr<OfContent*> Known(const std::string& content) {
    const auto [at, added] = known_.try_emplace(content);
    OfContent& of = at->second;
    if (!added) return &of;
    std::vector<StatementEntry> doubtful;
    while (true) {
      RECOUP_ASSIGN_OR_RETURN(std::optional<StatementEntry> entry,
                              work_.FindBy<StatementEntry>(
                                  domain::UniqueKeyKind::kEntryOfStatement,
                                  domain::Key({statement_.pool.value, statement_.account,
                                               absl::StrCat(content, "#", of.occurrences + 1)})));
      if (!entry) break;
      ++of.occurrences;
      RECOUP_ASSIGN_OR_RETURN(const Relation relation, To(*entry));
      if (relation == Relation::kSame) of.fitting.push_back(*std::move(entry));
      if (relation == Relation::kDoubtful) doubtful.push_back(*std::move(entry));
    }
    std::move(doubtful.begin(), doubtful.end(), std::back_inserter(of.fitting));
    return &of;
  }

  // The rest, day by day, against statements that begin the day with the same balance.
  absl::Status MatchInOtherWords() {
    std::map<absl::CivilDay, std::vector<std::size_t>> rest;
    for (std::size_t i = 0; i < given_.size(); ++i) {
      if (!out_[i].known) rest[given_[i].booked_on].push_back(i);
    }
    if (rest.empty() || !HasPeriod(statement_)) return absl::OkStatus();
    RECOUP_RETURN_IF_ERROR(LoadStatements());
    for (const Statement& other : all_) {
      if (!ShareDays(statement_, other)) continue;
      for (auto& [day, left] : rest) {
        const bool speaks = *other.from_on <= day && day <= *other.to_on;
        if (left.empty() || !speaks ||
            BalanceBefore(statement_, day) != BalanceBefore(other, day)) {
          continue;
        }
        RECOUP_ASSIGN_OR_RETURN(const Relation relation, To(other.id));
        if (relation == Relation::kSame) RECOUP_RETURN_IF_ERROR(MatchDay(other, day, left));
      }
    }
    return absl::OkStatus();
  }

  absl::Status MatchDay(const Statement& other, absl::CivilDay day,
                        std::vector<std::size_t>& left) {
    std::vector<const StatementEntry*> theirs;
    for (const StatementEntry& entry : contents_.EntriesOf(other)) {
      if (entry.booked_on == day && !taken_.contains(entry.id)) theirs.push_back(&entry);
    }
    RECOUP_RETURN_IF_ERROR(contents_.status());
    std::vector<std::pair<std::size_t, const StatementEntry*>> pairs;
    for (const std::size_t i : left) {
      const auto one = std::find_if(theirs.begin(), theirs.end(), [&](const auto* entry) {
        return entry != nullptr && MayBeOne(given_[i], *entry);
      });
      if (one == theirs.end()) continue;
      pairs.emplace_back(i, *one);
      *one = nullptr;
    }
    // The shorter of the two must be found whole in the other.
    if (pairs.size() != std::min(left.size(), theirs.size())) return absl::OkStatus();
    for (const auto& [i, entry] : pairs) {
      Take(i, *entry);
      std::erase(left, i);
    }
    return absl::OkStatus();
  }

  UnitOfWork& work_;
  const Statement& statement_;
  const std::vector<StatementEntry>& given_;
  std::vector<std::string> keys_;
  Contents own_;
  std::vector<Statement> all_;  // Of the account, this one last.
  StoredContents contents_;
  std::map<domain::StatementId, Relation> relations_;
  std::map<std::string, OfContent> known_;
  std::set<domain::StatementEntryId> taken_;
  std::vector<IdentifiedEntry> out_;
};

}  // namespace

std::string ContentOfKey(const std::string& entry_key) {
  return entry_key.substr(0, entry_key.rfind('#'));
}

const std::vector<StatementEntry>& StoredContents::EntriesOf(const Statement& statement) {
  const auto [at, added] = entries_.try_emplace(statement.id);
  if (!added) return at->second;
  auto entries = work_.FindAllBy<StatementEntry>(domain::LookupKind::kEntryOfStatementId,
                                                 domain::Key({statement.id.value.ToBytes()}));
  if (entries.ok()) {
    at->second = *std::move(entries);
  } else {
    status_.Update(entries.status());
  }
  return at->second;
}

const Contents& StoredContents::Of(const Statement& statement) {
  const auto known = contents_.find(statement.id);
  if (known != contents_.end()) return known->second;
  return contents_[statement.id] = ContentsOf(EntriesOf(statement));
}

void StoredContents::Set(const domain::StatementId& statement, Contents contents) {
  contents_[statement] = std::move(contents);
}

absl::StatusOr<std::vector<IdentifiedEntry>> IdentifyEntries(
    UnitOfWork& work, const Statement& statement, const std::vector<StatementEntry>& entries) {
  return Identification(work, statement, entries).Run();
}

}  // namespace recoup::app
