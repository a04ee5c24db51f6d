#include "hub/app/day_bank.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "hub/app/breaks.h"
#include "hub/app/fact_parts.h"
#include "hub/app/record_scan.h"
#include "hub/app/statement_relation.h"
#include "hub/base/status.h"
#include "hub/reconcile/packed_facts.h"

namespace recoup::app {
namespace {

using domain::Direction;
using domain::Money;
using domain::Statement;
using reconcile::BridgeItem;

// Enough for an officer to know which account it is.
std::string Masked(const std::string& account) {
  constexpr std::size_t kShown = 4;
  if (account.size() <= kShown) return account;
  return absl::StrCat("*", account.substr(account.size() - kShown));
}

// The last of those that have no neighbour on the given side; nothing when there are none. Where
// each has one (the account came back to a balance), the last of all.
template <typename HasNeighbour>
const Statement* EndOfChain(const std::vector<const Statement*>& statements,
                            HasNeighbour has_neighbour) {
  const Statement* end = nullptr;
  for (const Statement* one : statements) {
    const bool inner = std::any_of(
        statements.begin(), statements.end(),
        [&](const Statement* other) { return other != one && has_neighbour(*one, *other); });
    if (!inner) end = one;
  }
  return end != nullptr || statements.empty() ? end : statements.back();
}

class Bank {
 public:
  explicit Bank(const BankCut& cut)
      : cut_(cut), day_(cut.day), day_number_(reconcile::DayOf(cut.day)) {
    if (cut.closed_until) closed_until_ = reconcile::DayOf(*cut.closed_until);
  }

  void Add(const Statement& statement) {
    if (statement.event_sequence > cut_.event_cut) return;
    accounts_[statement.account].statements.push_back(statement);
  }
  void Add(const domain::Break& found) {
    if (found.kind == domain::BreakKind::kOpeningUnchecked &&
        found.state != domain::BreakState::kResolved) {
      out_.obstacles.push_back(absl::StrCat(found.explanation, "，待另一人核对"));
    }
    if (!found.entry) return;
    known_.insert(*found.entry);
    const auto then = BreakAsOf(found, cut_.event_cut);
    if (then && then->open) open_[*found.entry] = found.id;
  }
  // After all statements and breaks.
  void Add(const BookedPart& entry) {
    if (entry.event_sequence > cut_.event_cut) return;
    const bool credit = entry.direction == Direction::kCredit;
    const bool settled = IsSettled(entry);
    // A debit is in the books when it took back or refunded a credit.
    const bool posted = credit || (settled && entry.returns.has_value());
    const Money effect = credit ? entry.amount : -entry.amount;
    // What was passed on came back: the credit and the debit it sends back are in no books.
    const bool sent_back = credit && settled && entry.returns.has_value();
    if (entry.booked_on > day_number_) {
      if (posted && !sent_back) Item(BridgeItem::Kind::kLaterEntry, entry.id.ToString(), -effect);
      return;
    }
    // A pool has few accounts, and most entries are of the one before.
    if (of_last_ == nullptr || last_account_ != entry.account) {
      last_account_ = entry.account;
      of_last_ = &accounts_[last_account_];
    }
    of_last_->moved += effect;
    if (closed_until_ && entry.booked_on <= *closed_until_ &&
        entry.event_sequence > cut_.closed_event_cut) {
      out_.late.push_back(
          {entry.id.ToString(), absl::CivilDay(1970, 1, 1) + entry.booked_on, effect});
    }
    if (sent_back) sent_back_.insert(*entry.returns);
    if (!posted) {
      Debit& debit =
          unposted_.emplace_back(Debit{entry.booked_on, entry.id, entry.amount, settled, {}});
      if (settled && entry.delivery_event != 0) {
        debit.delivery_events = entry.further_delivery_events;
        debit.delivery_events.push_back(entry.delivery_event);
      }
    }
    if (credit && entry.state == domain::StatementEntryState::kUnmatched &&
        !known_.contains(entry.id)) {
      ++unreconciled_;
    }
  }

  reconcile::DayBank Take(PassedOnByEvent passed_on) {
    passed_on_ = std::move(passed_on);
    for (const auto& [account, of] : accounts_) AddAccount(account, of);
    PairPassedOn();
    if (unreconciled_ > 0) {
      out_.obstacles.push_back(absl::StrCat("有 ", unreconciled_, " 笔到账尚未对账，请先运行对账"));
    }
    return std::move(out_);
  }

 private:
  struct OfAccount {
    std::vector<Statement> statements;
    Money moved;  // Until the end of the day.
  };

  struct Debit {  // That is in no books.
    std::int32_t booked_on = 0;
    domain::StatementEntryId id;
    Money amount;
    bool settled = false;                       // As of the cut,
    std::vector<std::int64_t> delivery_events;  // and as the payment of what events.
  };

  // As of the cut.
  bool IsSettled(const BookedPart& entry) const {
    return entry.state != domain::StatementEntryState::kUnmatched &&
           entry.settled_event <= cut_.event_cut;
  }

  void Item(BridgeItem::Kind kind, std::string subject, Money amount) {
    out_.items.push_back({kind, std::move(subject), amount});
  }

  // What the bank says: the closing balance of the statement that ends with the day. Where the only
  // statement about it goes on beyond the day, its entries tell.
  void AddAccount(const std::string& account, const OfAccount& of) {
    std::vector<const Statement*> firsts;  // Of the earliest day.
    std::vector<const Statement*> lasts;   // That end with the day.
    bool beyond = false;
    for (const Statement& statement : of.statements) {
      if (!statement.from_on || !statement.to_on) continue;
      if (!firsts.empty() && *statement.from_on < *firsts.front()->from_on) firsts.clear();
      if (firsts.empty() || *statement.from_on == *firsts.front()->from_on) {
        firsts.push_back(&statement);
      }
      if (*statement.to_on > day_) beyond = beyond || *statement.from_on <= day_;
      if (*statement.to_on == day_) lasts.push_back(&statement);
    }
    std::reverse(firsts.begin(), firsts.end());
    // Several of one day go on where another ends, in whatever order they were imported.
    const Statement* first = EndOfChain(
        firsts, [](const Statement& one, const Statement& other) { return Continues(one, other); });
    const Statement* last = EndOfChain(
        lasts, [](const Statement& one, const Statement& other) { return Continues(other, one); });
    if (first == nullptr || *first->from_on > day_) return;  // Not yet in the pool's books.
    const Money computed = first->opening + of.moved;
    if (last == nullptr && !beyond) {
      out_.obstacles.push_back(absl::StrCat("账户 ", Masked(account), " 没有截至 ",
                                            absl::FormatCivilTime(day_), " 的对账单"));
    }
    out_.accounts.push_back({Masked(account), last == nullptr ? "-" : last->statement_id,
                             last == nullptr ? computed : last->closing});
    Item(BridgeItem::Kind::kOpening, Masked(account), first->opening);
  }

  // Debits that a run or a person has found to pay out an event, and those that were sent back.
  void TakeOutDecided() {
    std::erase_if(unposted_, [&](const Debit& debit) {
      if (sent_back_.contains(debit.id)) return true;
      Money passed;
      for (const std::int64_t event : debit.delivery_events) {
        const auto pass = passed_on_.find(event);
        if (pass != passed_on_.end()) passed += pass->second;
      }
      if (debit.delivery_events.empty() || passed != debit.amount) return false;
      for (const std::int64_t event : debit.delivery_events) passed_on_.erase(event);
      return true;
    });
  }

  // Of the others, a debit of exactly what one event passed on is that event's, the oldest first.
  void PairPassedOn() {
    TakeOutDecided();
    std::stable_sort(unposted_.begin(), unposted_.end(), [](const Debit& a, const Debit& b) {
      return std::tie(a.booked_on, a.id) < std::tie(b.booked_on, b.id);
    });
    for (const Debit& debit : unposted_) {
      const auto pass = std::find_if(passed_on_.begin(), passed_on_.end(), [&](const auto& passed) {
        return passed.second == debit.amount;
      });
      if (pass != passed_on_.end()) {
        passed_on_.erase(pass);
        continue;
      }
      const auto open = open_.find(debit.id);
      if (open != open_.end()) {
        Item(BridgeItem::Kind::kBreak, open->second.ToString(), -debit.amount);
      } else if (debit.settled) {
        Item(BridgeItem::Kind::kExplainedDebit, debit.id.ToString(), -debit.amount);
      } else {
        out_.obstacles.push_back(absl::StrCat("支出 ", debit.id.ToString(), " 共 ",
                                              debit.amount.ToYuanGrouped(),
                                              " 元没有说明，请先运行对账"));
      }
    }
    for (const auto& [event, amount] : passed_on_) {
      Item(amount.is_negative() ? BridgeItem::Kind::kOwedByPool : BridgeItem::Kind::kPassedOn,
           absl::StrCat("事件", event), amount);
    }
  }

  const BankCut cut_;
  const absl::CivilDay day_;
  const std::int32_t day_number_;
  std::optional<std::int32_t> closed_until_;
  PassedOnByEvent passed_on_;
  std::map<std::string, OfAccount> accounts_;
  std::string last_account_;
  OfAccount* of_last_ = nullptr;
  absl::flat_hash_set<domain::StatementEntryId> known_;  // Entries some break is or was about.
  absl::flat_hash_map<domain::StatementEntryId, domain::BreakId> open_;
  std::vector<Debit> unposted_;
  absl::flat_hash_set<domain::StatementEntryId> sent_back_;  // Debits.
  std::int64_t unreconciled_ = 0;
  reconcile::DayBank out_;
};

}  // namespace

absl::StatusOr<BankDay> ReadBankDay(
    RecordReader& reader, const domain::PoolId& pool, const BankCut& cut,
    const std::function<absl::StatusOr<PassedOnByEvent>()>& passed_on) {
  BankDay out;
  Bank bank(cut);
  RECOUP_RETURN_IF_ERROR(ForEach<Statement>(reader, pool.value, [&](const Statement& statement) {
    bank.Add(statement);
    return absl::OkStatus();
  }));
  RECOUP_RETURN_IF_ERROR(
      ForEach<domain::Break>(reader, pool.value, [&](const domain::Break& found) {
        bank.Add(found);
        out.breaks.push_back(found);
        return absl::OkStatus();
      }));
  RECOUP_RETURN_IF_ERROR(ForEach<BookedPart>(reader, pool.value, [&](const BookedPart& entry) {
    bank.Add(entry);
    return absl::OkStatus();
  }));
  RECOUP_ASSIGN_OR_RETURN(PassedOnByEvent passed, passed_on());
  out.bank = bank.Take(std::move(passed));
  return out;
}

}  // namespace recoup::app
