#include "hub/app/statement_relation.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>

namespace recoup::app {
namespace {

using domain::Money;
using domain::Statement;

// Whether statements follow on each other from `first` to `last`, at least one step.
bool LeadsTo(const Statement& first, const Statement& last, const std::vector<Statement>& all) {
  std::set<domain::StatementId> seen = {first.id};
  std::deque<const Statement*> next = {&first};
  while (!next.empty()) {
    const Statement& from = *next.front();
    next.pop_front();
    for (const Statement& to : all) {
      if (!HasPeriod(to) || !Continues(to, from)) continue;
      if (to.id == last.id) return true;
      if (seen.insert(to.id).second) next.push_back(&to);
    }
  }
  return false;
}

bool ShareStart(const Statement& a, const Statement& b, absl::CivilDay day) {
  return ShareDays(a, b) && *a.from_on <= day && day <= *a.to_on &&
         BalanceBefore(a, day) == BalanceBefore(b, day);
}

// Pages of one statement of the bank: "00300/001" and "00300/002".
bool ArePages(const Statement& a, const Statement& b) {
  const auto slash = a.statement_id.rfind('/');
  const auto number_from = a.statement_id.find('/');  // After the year.
  return slash != std::string::npos && slash != number_from && a.statement_id != b.statement_id &&
         a.statement_id.size() == b.statement_id.size() &&
         a.statement_id.compare(0, slash + 1, b.statement_id, 0, slash + 1) == 0;
}

// Sums that some of the movements have; nothing when there are too many to tell.
std::optional<std::set<std::int64_t>> SumsOf(const Contents& contents) {
  constexpr std::size_t kSumsMax = 4096;
  std::set<std::int64_t> sums = {0};
  for (const auto& [content, of] : contents) {
    for (std::int64_t n = 0; n < of.count; ++n) {
      std::set<std::int64_t> grown = sums;
      for (const std::int64_t sum : sums) grown.insert(sum + of.amount.fen());
      if (grown.size() > kSumsMax) return std::nullopt;
      sums = std::move(grown);
    }
  }
  return sums;
}

// What is in `a`, as often as it is in `b` too, or as often as it is not.
Contents Common(const Contents& a, const Contents& b, bool in_both) {
  Contents out;
  for (const auto& [content, of] : a) {
    const auto other = b.find(content);
    const std::int64_t both = other == b.end() ? 0 : std::min(of.count, other->second.count);
    const std::int64_t count = in_both ? both : of.count - both;
    if (count > 0) out[content] = {count, of.amount};
  }
  return out;
}

Money NetOfContents(const Contents& contents) {
  Money sum;
  for (const auto& [content, of] : contents) sum += Money::Fen(of.amount.fen() * of.count);
  return sum;
}

bool Reaches(const Contents& contents, Money wanted) {
  const auto sums = SumsOf(contents);
  return !sums || sums->contains(wanted.fen());
}

// Whether some movements can be at once the last of `a` and the first of `b`, the other way round,
// or those of one be in the midst of the other. In whatever order: banks sort a day differently in
// different files.
bool MayOverlap(const Statement& a, const Contents& of_a, const Statement& b,
                const Contents& of_b) {
  // One from before it was noted which known entries a statement repeats tells too little.
  if (NetOfContents(of_a) != a.closing - a.opening || NetOfContents(of_b) != b.closing - b.opening)
    return true;
  const Contents common = Common(of_a, of_b, true);
  if (common.empty()) return false;
  if (Reaches(common, a.closing - b.opening) || Reaches(common, b.closing - a.opening)) return true;
  const Contents only_a = Common(of_a, of_b, false);
  const Contents only_b = Common(of_b, of_a, false);
  return (only_b.empty() && Reaches(only_a, b.opening - a.opening)) ||
         (only_a.empty() && Reaches(only_b, a.opening - b.opening));
}

}  // namespace

bool HasPeriod(const Statement& statement) { return statement.from_on && statement.to_on; }

bool ShareDays(const Statement& a, const Statement& b) {
  return a.id != b.id && HasPeriod(a) && HasPeriod(b) && *a.from_on <= *b.to_on &&
         *b.from_on <= *a.to_on;
}

bool Continues(const Statement& later, const Statement& earlier) {
  if (!ShareDays(later, earlier) || earlier.closing != later.opening) return false;
  return earlier.to_on == later.from_on ||
         (!earlier.days.empty() && earlier.days.back().day == *later.from_on);
}

Money BalanceBefore(const Statement& statement, absl::CivilDay day) {
  Money balance = statement.opening;
  for (const domain::StatementDay& one : statement.days) {
    if (one.day < day) balance += one.net;
  }
  return balance;
}

Relation RelationOf(const Statement& a, const Statement& b, const std::vector<Statement>& all,
                    const std::function<const Contents&(const Statement&)>& contents) {
  const absl::CivilDay first = std::max(*a.from_on, *b.from_on);
  const bool same_start = BalanceBefore(a, first) == BalanceBefore(b, first);
  const bool a_first = LeadsTo(a, b, all);
  const bool b_first = LeadsTo(b, a, all);
  if (a_first || b_first) {
    const bool next_page = ArePages(a, b) && (Continues(a, b) || Continues(b, a));
    // Where the account comes back to a balance each may lead to the other, and neither is proven.
    const bool proven = next_page || (!same_start && a_first != b_first);
    return proven ? Relation::kApart : Relation::kDoubtful;
  }
  if (same_start) return Relation::kSame;
  // What a person typed in does not prove that two balances differ.
  if (!a.opening_by_hand && !b.opening_by_hand && !MayOverlap(a, contents(a), b, contents(b))) {
    return Relation::kContradicting;
  }
  // One that begins with the one leads by others to the other: so it lies within.
  const bool has_place = std::any_of(all.begin(), all.end(), [&](const Statement& by) {
    return (ShareStart(by, a, first) && LeadsTo(by, b, all)) ||
           (ShareStart(by, b, first) && LeadsTo(by, a, all));
  });
  return has_place ? Relation::kSame : Relation::kDoubtful;
}

}  // namespace recoup::app
