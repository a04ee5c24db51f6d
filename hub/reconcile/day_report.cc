#include "hub/reconcile/day_report.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

std::string DayText(absl::CivilDay day) { return absl::FormatCivilTime(day); }

struct AgeBand {
  std::int64_t days_max;
  std::string_view name;
};
constexpr std::array kAgeBands = {
    AgeBand{30, "0-30"},     AgeBand{60, "31-60"},
    AgeBand{90, "61-90"},    AgeBand{180, "91-180"},
    AgeBand{365, "181-365"}, AgeBand{std::numeric_limits<std::int64_t>::max(), "366+"}};

std::string_view ItemName(BridgeItem::Kind kind) {
  switch (kind) {
    case BridgeItem::Kind::kOpening:
      return "建账前余额";
    case BridgeItem::Kind::kLaterEntry:
      return "次日以后流水已入账";
    case BridgeItem::Kind::kPassedOn:
      return "已上解银行未付";
    case BridgeItem::Kind::kOwedByPool:
      return "基金应退回未抵扣";
    case BridgeItem::Kind::kExplainedDebit:
      return "支出经人工说明";
    case BridgeItem::Kind::kBreak:
      return "支出差异在办";
  }
  return "";
}

std::string_view AgeName(DayBreak::Age age) {
  switch (age) {
    case DayBreak::Age::kNew:
      return "新增";
    case DayBreak::Age::kPersisting:
      return "持续";
    case DayBreak::Age::kResolved:
      return "已解决";
  }
  return "";
}

}  // namespace

std::string BooksText(const DayBooks& books) {
  std::string out =
      absl::StrCat(std::string(TitleOf(books.layout)), "统筹区 ", books.pool, "\n日期 ",
                   DayText(books.day), "\n截止 分录 ", books.cut, " 事件 ", books.event_cut,
                   "\n上一日结 ", books.previous_sha256.empty() ? "无" : books.previous_sha256,
                   "\n\n[科目] 期初 借方 贷方 期末\n");
  for (const auto& [account, line] : books.accounts) {
    absl::StrAppend(&out, std::string(WordOf(books.layout, account)), " ", line.opening.ToYuan(),
                    " ", line.debits.ToYuan(), " ", line.credits.ToYuan(), " ",
                    line.closing().ToYuan(), "\n");
  }
  absl::StrAppend(&out, "\n[发生额]\n追偿 ", books.claimed.ToYuan(), "\n核销 ",
                  books.applied.ToYuan(), "\n退回 ", books.returned.ToYuan(), "\n放弃 ",
                  books.relinquished.ToYuan(), "\n上解 ", books.passed_on.ToYuan(),
                  "\n\n[未付] 账龄天数 笔数 金额\n");
  std::array<std::pair<std::int64_t, Money>, kAgeBands.size()> bands{};
  for (const DayBooks::Open& open : books.open) {
    const std::int64_t days = books.day - open.since;
    std::size_t band = 0;
    while (days > kAgeBands[band].days_max) ++band;
    ++bands[band].first;
    bands[band].second += open.amount;
  }
  for (std::size_t i = 0; i < bands.size(); ++i) {
    absl::StrAppend(&out, std::string(kAgeBands[i].name), " ", bands[i].first, " ",
                    bands[i].second.ToYuan(), "\n");
  }
  return out;
}

DayReport MakeDayReport(const DayBooks& books, DayBank bank, std::vector<DayBreak> breaks) {
  DayReport report;
  report.obstacles = std::move(bank.obstacles);
  report.text = absl::StrCat(BooksText(books), "\n[银行] 账户 对账单 余额\n");
  std::sort(bank.accounts.begin(), bank.accounts.end(), [](const auto& a, const auto& b) {
    return std::tie(a.account, a.statement) < std::tie(b.account, b.statement);
  });
  for (const DayBank::Account& account : bank.accounts) {
    absl::StrAppend(&report.text, account.account, " ", account.statement, " ",
                    account.balance.ToYuan(), "\n");
    report.bank += account.balance;
  }
  const auto held = books.accounts.find(ledger::Account::kBank);
  if (held != books.accounts.end()) report.books = held->second.closing();
  std::sort(bank.items.begin(), bank.items.end(), [](const BridgeItem& a, const BridgeItem& b) {
    return std::tie(a.kind, a.subject, a.amount) < std::tie(b.kind, b.subject, b.amount);
  });
  absl::StrAppend(&report.text, "\n[调节] 银行减账面\n");
  for (const BridgeItem& item : bank.items) {
    absl::StrAppend(&report.text, std::string(ItemName(item.kind)), " ", item.subject, " ",
                    item.amount.ToYuan(), "\n");
    report.explained += item.amount;
  }
  report.unexplained = report.bank - report.books - report.explained;
  absl::StrAppend(&report.text, "银行余额 ", report.bank.ToYuan(), "\n账面余额 ",
                  report.books.ToYuan(), "\n已解释 ", report.explained.ToYuan(), "\n未解释 ",
                  report.unexplained.ToYuan(), "\n\n[差异] 编号 类型 起始 金额 责任人 宽限至\n");
  std::sort(breaks.begin(), breaks.end(), [](const DayBreak& a, const DayBreak& b) {
    return std::tie(a.age, a.id) < std::tie(b.age, b.id);
  });
  for (const DayBreak& b : breaks) {
    absl::StrAppend(&report.text, std::string(AgeName(b.age)), " ", b.id, " ",
                    std::string(WordOf(books.layout, b.kind)), " ", DayText(b.opened_on), " ",
                    b.amount.ToYuan(), " ", b.owner.empty() ? "-" : b.owner, " ",
                    b.grace_until.empty() ? "-" : b.grace_until, "\n");
  }
  if (!bank.late.empty()) {
    std::sort(bank.late.begin(), bank.late.end(), [](const auto& a, const auto& b) {
      return std::tie(a.booked_on, a.entry) < std::tie(b.booked_on, b.entry);
    });
    absl::StrAppend(&report.text, "\n[补记] 日结后到达的已结日流水：流水 记账日 金额\n");
    for (const DayBank::Late& late : bank.late) {
      absl::StrAppend(&report.text, late.entry, " ", DayText(late.booked_on), " ",
                      late.amount.ToYuan(), "\n");
    }
  }
  if (!report.unexplained.is_zero()) {
    report.obstacles.push_back(
        absl::StrCat("银行与账面之间有 ", report.unexplained.ToYuanGrouped(), " 元未解释"));
  }
  return report;
}

}  // namespace recoup::reconcile
