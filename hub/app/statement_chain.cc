#include "hub/app/statement_chain.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/breaks.h"
#include "hub/app/entry_identity.h"
#include "hub/app/statement_relation.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Money;
using domain::Statement;
using domain::StatementDay;
using domain::StatementEntry;

Money SizeOf(Money amount) { return amount.is_negative() ? -amount : amount; }

domain::Break BreakOf(const Statement& statement, domain::BreakKind kind, std::string_view what) {
  domain::Break finding;
  finding.pool = statement.pool;
  finding.kind = kind;
  finding.finding = absl::StrCat(std::string(what), ":", statement.id.ToString());
  return finding;
}

Money BalanceAfter(const Statement& statement, absl::CivilDay day) {
  return *statement.to_on <= day ? statement.closing : BalanceBefore(statement, day + 1);
}

using Run = std::vector<const Statement*>;

// The statements of a day of which each goes on where another ends. Looked up by balance and kept:
// a day that a bank tells in many parts is asked for by each pair of them.
class Runs {
 public:
  explicit Runs(const std::vector<const Statement*>& statements) {
    for (const Statement* one : statements) {
      if (!HasPeriod(*one)) continue;
      by_opening_[one->opening].push_back(one);
      by_closing_[one->closing].push_back(one);
    }
  }

  // With the statement given; alone it is no part of a run.
  const Run& Of(const Statement& statement, absl::CivilDay day) {
    const auto [kept, is_new] = runs_.try_emplace({statement.id, day});
    if (is_new) kept->second = Find(statement, day);
    return kept->second;
  }

 private:
  Run Find(const Statement& statement, absl::CivilDay day) const {
    Run run = {&statement};
    std::set<domain::StatementId> seen = {statement.id};
    for (std::size_t i = 0; i < run.size(); ++i) {
      const Statement& one = *run[i];
      const auto before = by_closing_.find(one.opening);
      if (*one.from_on == day && before != by_closing_.end()) {
        for (const Statement* other : before->second) {
          if (Continues(one, *other) && seen.insert(other->id).second) run.push_back(other);
        }
      }
      const auto after = by_opening_.find(one.closing);
      if (*one.to_on == day && after != by_opening_.end()) {
        for (const Statement* other : after->second) {
          if (Continues(*other, one) && seen.insert(other->id).second) run.push_back(other);
        }
      }
    }
    return run;
  }

  std::map<Money, Run> by_opening_;
  std::map<Money, Run> by_closing_;
  std::map<std::pair<domain::StatementId, absl::CivilDay>, Run> runs_;
};

// Whether the statement tells the day from where the run, or a part of it, begins to where one
// ends.
bool Covers(const Run& run, const Statement& statement, absl::CivilDay day) {
  if (run.size() == 1) return false;
  const Money begin = BalanceBefore(statement, day);
  const Money end = BalanceAfter(statement, day);
  return std::any_of(run.begin(), run.end(),
                     [&](const Statement* one) { return BalanceBefore(*one, day) == begin; }) &&
         std::any_of(run.begin(), run.end(),
                     [&](const Statement* one) { return BalanceAfter(*one, day) == end; });
}

// Whether the two tell different parts of one day, or one a part and the other more of it, so that
// what they say of it may differ. That others tell the day in parts excuses nobody who stands
// apart.
bool ArePartsOfDay(const Statement& a, const Statement& b, absl::CivilDay day, Runs& runs) {
  const Run& run = runs.Of(a, day);
  const bool together =
      std::any_of(run.begin(), run.end(), [&](const Statement* one) { return one->id == b.id; });
  return together || Covers(run, b, day) || Covers(runs.Of(b, day), a, day);
}

StatementDay DayOf(const Statement& statement, absl::CivilDay day) {
  for (const StatementDay& one : statement.days) {
    if (one.day == day) return one;
  }
  return {.day = day, .net = Money(), .digest = ""};
}

std::string TitleWithPeriod(const Statement& statement) {
  return absl::StrCat(statement.statement_id, "（", absl::FormatCivilTime(*statement.from_on),
                      " 至 ", absl::FormatCivilTime(*statement.to_on), "）");
}

struct Disagreement {
  std::string words;
  Money amount;
};

bool Tells(const StatementEntry& entry, const Statement& statement) {
  return entry.statement == statement.id ||
         std::find(entry.also_in.begin(), entry.also_in.end(), statement.id) != entry.also_in.end();
}

// On the last day of which it speaks a statement may tell a part only, as one of the morning does.
absl::StatusOr<bool> IsBeginningOfDay(const Statement& part, const Statement& whole,
                                      const StatementDay& day, StoredContents& contents) {
  if (*part.to_on != day.day) return false;
  Money net;
  for (const StatementEntry& entry : contents.EntriesOf(part)) {
    if (entry.booked_on != day.day) continue;
    if (!Tells(entry, whole)) return false;
    net += entry.direction == domain::Direction::kCredit ? entry.amount : -entry.amount;
  }
  RECOUP_RETURN_IF_ERROR(contents.status());
  return net == day.net;
}

// Whether it tells the beginning of the day as one statement of the run tells it.
bool BeginsOneOf(const Statement& part, const Run& run, absl::CivilDay day,
                 StoredContents& contents) {
  return std::any_of(run.begin(), run.end(), [&](const Statement* one) {
    if (one->id == part.id || BalanceBefore(part, day) != BalanceBefore(*one, day)) return false;
    return IsBeginningOfDay(part, *one, DayOf(part, day), contents).value_or(false);
  });
}

// Adds what two statements say differently about the days they share.
absl::Status Compare(const Statement& statement, const Statement& other, Runs& runs,
                     StoredContents& contents, Disagreement& out) {
  // One from before days were noted says nothing that could be compared.
  if (statement.days.empty() && statement.entries > 0) return absl::OkStatus();
  if (other.days.empty() && other.entries > 0) return absl::OkStatus();
  if (Continues(statement, other) || Continues(other, statement)) return absl::OkStatus();
  const absl::CivilDay first = std::max(*statement.from_on, *other.from_on);
  const absl::CivilDay last = std::min(*statement.to_on, *other.to_on);
  const auto is_part = [&](absl::CivilDay day) {
    return ArePartsOfDay(statement, other, day, runs) ||
           BeginsOneOf(statement, runs.Of(other, day), day, contents) ||
           BeginsOneOf(other, runs.Of(statement, day), day, contents);
  };
  std::string words;
  Money amount;
  const Money own = BalanceBefore(statement, first);
  const Money others = BalanceBefore(other, first);
  if (own != others && !is_part(first)) {
    absl::StrAppend(&words, absl::FormatCivilTime(first), " 日初余额一称 ", own.ToYuanGrouped(),
                    " 元，一称 ", others.ToYuanGrouped(), " 元；");
    amount = SizeOf(own - others);
  }
  std::set<absl::CivilDay> days;
  for (const Statement* one : {&statement, &other}) {
    for (const StatementDay& day : one->days) {
      if (day.day >= first && day.day <= last) days.insert(day.day);
    }
  }
  Money moved;
  for (const absl::CivilDay day : days) {
    const StatementDay a = DayOf(statement, day);
    const StatementDay b = DayOf(other, day);
    if (a.digest == b.digest || is_part(day)) continue;
    if (own == others) {
      RECOUP_ASSIGN_OR_RETURN(const bool a_begins, IsBeginningOfDay(statement, other, a, contents));
      RECOUP_ASSIGN_OR_RETURN(const bool b_begins, IsBeginningOfDay(other, statement, b, contents));
      if (a_begins || b_begins) continue;
    }
    absl::StrAppend(&words, absl::FormatCivilTime(day), " 的流水不同（净额 ", a.net.ToYuanGrouped(),
                    " 元与 ", b.net.ToYuanGrouped(), " 元）；");
    moved += SizeOf(a.net - b.net);
  }
  RECOUP_RETURN_IF_ERROR(contents.status());
  if (words.empty()) return absl::OkStatus();
  absl::StrAppend(&out.words, "对账单 ", TitleWithPeriod(statement), " 与 ", TitleWithPeriod(other),
                  " 所述日期重叠而不一致：", words);
  out.amount = std::max({out.amount, amount, moved});
  return absl::OkStatus();
}

// Whether what two statements share can be the end of one and the beginning of the other, or all
// of one of them.
bool FitsAsOverlap(const Statement& a, const Statement& b, std::int64_t count, Money net) {
  return count == a.entries || count == b.entries || net == a.closing - b.opening ||
         net == b.closing - a.opening;
}

// Adds which entries two statements were taken to share although their balances do not prove it.
absl::Status AddUnproven(const Statement& statement, const Statement& other,
                         const std::vector<Statement>& all, StoredContents& contents,
                         Disagreement& out) {
  const Relation relation =
      RelationOf(statement, other, all,
                 [&](const Statement& one) -> const Contents& { return contents.Of(one); });
  RECOUP_RETURN_IF_ERROR(contents.status());
  const absl::CivilDay first = std::max(*statement.from_on, *other.from_on);
  if (relation == Relation::kSame &&
      BalanceBefore(statement, first) == BalanceBefore(other, first)) {
    return absl::OkStatus();
  }
  std::int64_t count = 0;
  Money amount;
  Money net;
  for (const StatementEntry& entry : contents.EntriesOf(statement)) {
    if (!Tells(entry, other)) continue;
    ++count;
    amount += entry.amount;
    net += entry.direction == domain::Direction::kCredit ? entry.amount : -entry.amount;
  }
  RECOUP_RETURN_IF_ERROR(contents.status());
  const bool proven = relation == Relation::kSame && FitsAsOverlap(statement, other, count, net);
  if (count == 0 || proven) return absl::OkStatus();
  absl::StrAppend(&out.words, "对账单 ", TitleWithPeriod(statement), " 有 ", count,
                  " 笔流水（合计 ", amount.ToYuanGrouped(), " 元）与 ", TitleWithPeriod(other),
                  " 所载相同，已按同一笔处理，未重复入账；但余额不能证明是同一笔还是另有其笔；");
  out.amount = std::max(out.amount, amount);
  return absl::OkStatus();
}

// Of two statements the one that came later has the break.
absl::Status CheckOverlap(UnitOfWork& work, const Statement& statement,
                          const std::vector<Statement>& all) {
  Disagreement found;
  StoredContents contents(work);
  std::vector<const Statement*> near;  // What tells of a day of the statement, itself included.
  for (const Statement& other : all) {
    if (other.id == statement.id || ShareDays(statement, other)) near.push_back(&other);
  }
  Runs runs(near);
  for (const Statement* other : near) {
    if (!(other->id < statement.id)) continue;
    RECOUP_RETURN_IF_ERROR(Compare(statement, *other, runs, contents, found));
    RECOUP_RETURN_IF_ERROR(AddUnproven(statement, *other, all, contents, found));
  }
  domain::Break finding =
      BreakOf(statement, domain::BreakKind::kStatementOverlap, "statement-overlap");
  if (found.words.empty()) {
    return CloseBreak(work, statement.pool, finding.finding, "重叠的对账单已一致");
  }
  finding.amount = found.amount;
  finding.explanation = std::move(found.words);
  finding.suggestion =
      "向银行核实哪一份对账单为准；多记的款项勿核销。另有其笔的，导入含全日流水的对账单即补记；"
      "核实无误的以 --kind explained 了结";
  return OpenBreak(work, std::move(finding));
}

// The latest day before the statement that another one ends with.
std::optional<absl::CivilDay> LastDayBefore(const Statement& statement,
                                            const std::vector<Statement>& all) {
  std::optional<absl::CivilDay> latest;
  for (const Statement& other : all) {
    if (other.id == statement.id || !other.to_on || *other.to_on >= *statement.from_on) continue;
    latest = latest ? std::max(*latest, *other.to_on) : *other.to_on;
  }
  return latest;
}

// A statement of which another one closes with its opening balance: on its first day, or on the
// last day before that any statement speaks of. Of several on one day any may be the one before.
bool IsConnected(const Statement& statement, const std::vector<Statement>& all) {
  const auto latest = LastDayBefore(statement, all);
  return std::any_of(all.begin(), all.end(), [&](const Statement& other) {
    return other.id != statement.id && other.to_on &&
           (other.to_on == statement.from_on || (latest && other.to_on == latest)) &&
           other.closing == statement.opening;
  });
}

absl::Status CheckGap(UnitOfWork& work, const Statement& statement,
                      const std::vector<Statement>& all) {
  if (!statement.from_on) return absl::OkStatus();
  domain::Break finding = BreakOf(statement, domain::BreakKind::kStatementGap, "statement-gap");
  const bool begins_within = std::any_of(all.begin(), all.end(), [&](const Statement& other) {
    return ShareDays(statement, other) && *other.from_on < *statement.from_on;
  });
  if (begins_within || IsConnected(statement, all)) {
    return CloseBreak(work, statement.pool, finding.finding, "前后对账单余额已衔接");
  }
  const auto latest = LastDayBefore(statement, all);
  if (!latest) return absl::OkStatus();
  Money closing;
  for (const Statement& other : all) {
    if (other.id != statement.id && other.to_on == latest) closing = other.closing;
  }
  finding.amount = SizeOf(statement.opening - closing);
  finding.explanation = absl::StrCat("对账单 ", statement.statement_id, " 期初余额 ",
                                     statement.opening.ToYuanGrouped(), " 元，与上一份期末余额 ",
                                     closing.ToYuanGrouped(), " 元不一致，其间可能缺少对账单");
  finding.suggestion = "向银行补取缺少的对账单后导入";
  return OpenBreak(work, std::move(finding));
}

absl::Status CheckOpening(UnitOfWork& work, const Statement& statement,
                          const std::vector<Statement>& all) {
  if (!statement.opening_by_hand || !statement.from_on) return absl::OkStatus();
  domain::Break finding =
      BreakOf(statement, domain::BreakKind::kOpeningUnchecked, "opening-unchecked");
  if (IsConnected(statement, all)) {
    return CloseBreak(work, statement.pool, finding.finding, "与上一份期末余额一致");
  }
  finding.amount = SizeOf(statement.opening);
  finding.explanation =
      absl::StrCat("对账单 ", statement.statement_id, " 未载余额，期初 ",
                   statement.opening.ToYuanGrouped(), " 元由 ", statement.imported_by, " 填写");
  finding.suggestion = "由另一名经办人员向银行核对后，以 --kind explained 了结";
  return OpenBreak(work, std::move(finding));
}

// Statements whose place in the chain the new one may have changed: itself, those it shares days
// with, and those that follow directly.
std::vector<const Statement*> Neighbours(const Statement& imported,
                                         const std::vector<Statement>& all) {
  std::optional<absl::CivilDay> next;
  for (const Statement& other : all) {
    if (other.id == imported.id || !imported.to_on || !other.from_on) continue;
    if (*other.from_on < *imported.to_on) continue;
    next = next ? std::min(*next, *other.from_on) : *other.from_on;
  }
  std::vector<const Statement*> neighbours;
  for (const Statement& other : all) {
    if (other.id == imported.id || ShareDays(other, imported) || (next && other.from_on == next)) {
      neighbours.push_back(&other);
    }
  }
  return neighbours;
}

}  // namespace

absl::Status CheckChain(UnitOfWork& work, const Statement& imported) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<Statement> all,
      work.FindAllBy<Statement>(domain::LookupKind::kStatementOfAccountAll,
                                domain::Key({imported.pool.value, imported.account})));
  for (const Statement* statement : Neighbours(imported, all)) {
    RECOUP_RETURN_IF_ERROR(CheckGap(work, *statement, all));
    if (HasPeriod(*statement)) RECOUP_RETURN_IF_ERROR(CheckOverlap(work, *statement, all));
    RECOUP_RETURN_IF_ERROR(CheckOpening(work, *statement, all));
  }
  return absl::OkStatus();
}

}  // namespace recoup::app
