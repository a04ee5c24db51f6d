#include "adapters/insurer/bank/camt_balances.h"

#include <array>
#include <optional>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace recoup::insurer::bank {
namespace {

struct Balance {
  std::string path;
  BankAmount amount;
  std::optional<absl::CivilDay> day;
};

std::string CodeOf(pugi::xml_node balance) { return TextAt(balance, {"Tp", "CdOrPrtry", "Cd"}); }

// All balances of one code, in their order.
std::vector<Balance> ReadCode(pugi::xml_node node, std::string_view code, const std::string& path,
                              CamtFields& fields) {
  std::vector<Balance> found;
  int number = 0;
  for (const pugi::xml_node balance : Children(node, "Bal")) {
    ++number;
    if (CodeOf(balance) != code) continue;
    const std::string balance_path = absl::StrCat(path, "/Bal[", number, "]");
    const std::optional<BankAmount> amount = fields.RequiredAmount(balance, balance_path);
    const std::optional<Direction> direction = fields.RequiredDirection(balance, balance_path);
    const auto day = fields.Day(Child(balance, "Dt"), absl::StrCat(balance_path, "/Dt"));
    if (!amount || !direction) continue;
    found.push_back({balance_path, *direction == Direction::kCredit ? *amount : -*amount, day});
  }
  return found;
}

// The one balance of a code; a second of another amount is a contradiction.
std::optional<Balance> ReadOnly(pugi::xml_node node, std::string_view code, const std::string& path,
                                CamtFields& fields) {
  const std::vector<Balance> found = ReadCode(node, code, path, fields);
  for (const Balance& balance : found) {
    if (balance.amount == found.front().amount) continue;
    fields.faults().AddDifference(
        balance.path, absl::StrCat("a second ", std::string(code), " balance of another amount"));
  }
  return found.empty() ? std::nullopt : std::optional(found.front());
}

struct Sums {
  std::int64_t count = 0;
  BankAmount sum;
};

struct Summary {
  const char* element;
  std::optional<Direction> direction;  // Absent: both.
};

constexpr std::array<Summary, 3> kSummaries = {{{"TtlCdtNtries", Direction::kCredit},
                                                {"TtlDbtNtries", Direction::kDebit},
                                                {"TtlNtries", std::nullopt}}};

// The entries as the bank counts them: a batch is one. False when an amount cannot be read, which
// was reported with the entry.
bool SumEntries(pugi::xml_node node, const Summary& summary, bool booked_only, CamtFields& fields,
                Sums& sums) {
  for (const pugi::xml_node ntry : Children(node, "Ntry")) {
    const std::string indicator = TextAt(ntry, {"CdtDbtInd"});
    if (summary.direction && indicator != ToString(*summary.direction)) continue;
    std::string status = TextAt(ntry, {"Sts", "Cd"});
    if (status.empty()) status = TextAt(ntry, {"Sts"});
    if (booked_only && status != "BOOK") continue;
    const auto amount = ParseUnsignedAmount(TextAt(ntry, {"Amt"}), '.', fields.currency());
    const auto next = amount.ok() ? sums.sum.Add(*amount) : amount;
    if (!next.ok()) return false;
    sums.sum = *next;
    ++sums.count;
  }
  return true;
}

void CheckOne(pugi::xml_node node, pugi::xml_node stated, const Summary& summary,
              const std::string& path, CamtFields& fields) {
  const std::string sum_text = TextAt(stated, {"Sum"});
  const std::string count_text = TextAt(stated, {"NbOfNtries"});
  std::optional<BankAmount> sum;
  if (!sum_text.empty()) {
    const auto parsed = ParseUnsignedAmount(sum_text, '.', fields.currency());
    if (!parsed.ok()) {
      fields.faults().Add(absl::StrCat(path, "/Sum"), std::string(parsed.status().message()));
      return;
    }
    sum = *parsed;
  }
  std::int64_t count = -1;
  if (!count_text.empty() && !absl::SimpleAtoi(count_text, &count)) {
    fields.faults().Add(absl::StrCat(path, "/NbOfNtries"), "not a number");
    return;
  }
  Sums all;
  Sums booked;
  if (!SumEntries(node, summary, false, fields, all) ||
      !SumEntries(node, summary, true, fields, booked)) {
    return;
  }
  const auto agrees = [&](const Sums& sums) {
    return (!sum || *sum == sums.sum) && (count < 0 || count == sums.count);
  };
  if (agrees(all) || agrees(booked)) return;
  fields.faults().AddDifference(
      path, absl::StrCat("the summary says ", count_text, " entries of ", sum_text, ", there are ",
                         all.count, " of ", AmountText(all.sum, fields.currency())));
}

}  // namespace

std::string CamtCurrency(pugi::xml_node statement) {
  const std::string currency = TextAt(statement, {"Acct", "Ccy"});
  if (!currency.empty()) return currency;
  for (const pugi::xml_node balance : Children(statement, "Bal")) {
    const std::string code = CodeOf(balance);
    if (code != "OPBD" && code != "PRCD" && code != "CLBD") continue;
    return Child(balance, "Amt").attribute("Ccy").value();
  }
  return Descend(statement, {"Ntry", "Amt"}).attribute("Ccy").value();
}

void ReadCamtBalances(pugi::xml_node node, const std::string& path, CamtFields& fields,
                      BankStatement& statement) {
  std::optional<Balance> opening = ReadOnly(node, "OPBD", path, fields);
  // The closing balance of the day before is what this statement opens with.
  if (!opening) opening = ReadOnly(node, "PRCD", path, fields);
  std::optional<Balance> closing = ReadOnly(node, "CLBD", path, fields);
  if (statement.kind == DocumentKind::kStatement && (!opening || !closing)) {
    const std::vector<Balance> interim = ReadCode(node, "ITBD", path, fields);
    if (!opening && !closing && interim.size() == 2) {
      opening = interim.front();
      closing = interim.back();
    } else if (interim.size() == 1 && opening.has_value() != closing.has_value()) {
      (opening ? closing : opening) = interim.front();
    }
  }
  if (opening) {
    statement.opening_balance = opening->amount;
    statement.opening_on = opening->day;
  }
  if (closing) {
    statement.closing_balance = closing->amount;
    statement.closing_on = closing->day;
  }
}

void CheckCamtSummary(pugi::xml_node node, const std::string& path, CamtFields& fields) {
  const pugi::xml_node summaries = Child(node, "TxsSummry");
  for (const Summary& summary : kSummaries) {
    const pugi::xml_node stated = Child(summaries, summary.element);
    if (!stated) continue;
    CheckOne(node, stated, summary, absl::StrCat(path, "/TxsSummry/", summary.element), fields);
  }
}

}  // namespace recoup::insurer::bank
