#include "adapters/insurer/mapping/remittance.h"

#include <algorithm>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "adapters/insurer/bank/csv_table.h"
#include "adapters/insurer/bank/text.h"
#include "adapters/insurer/mapping/names.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/creditor_reference.h"

namespace recoup::insurer::mapping {
namespace {

using domain::Money;

constexpr std::size_t kRowsMax = 10'000;
constexpr std::size_t kBytesMax = 8u << 20;
constexpr std::string_view kDemandHeadings[] = {"demand", "reference", "追偿函", "付款参考号",
                                                "付款编号"};
constexpr std::string_view kAmountHeadings[] = {"amount", "金额", "金额（元）", "金额(元)"};

std::optional<std::size_t> ColumnOf(const bank::CsvRow& heading,
                                    std::span<const std::string_view> names) {
  for (std::size_t i = 0; i < heading.cells.size(); ++i) {
    if (std::ranges::find(names, heading.cells[i]) != names.end()) return i;
  }
  return std::nullopt;
}

// Amounts as spreadsheets write them: full-width digits and grouping allowed.
std::optional<Money> AmountFrom(std::string_view text, bool may_be_zero = false) {
  const absl::StatusOr<Money> amount = Money::FromYuan(bank::ToHalfWidth(text));
  if (!amount.ok() || amount->is_negative() || (amount->is_zero() && !may_be_zero)) {
    return std::nullopt;
  }
  return *amount;
}

// A payment that quotes a reference with a typing error would find no demand.
bool IsDemand(const std::string& text) {
  return PoolOfDemand(text).has_value() || domain::CreditorReference::Parse(text).ok();
}

// The delimiter under which both columns are found: spreadsheets write tabs and semicolons too.
struct ScheduleTable {
  std::vector<bank::CsvRow> rows;
  std::size_t demand = 0;
  std::size_t amount = 0;
};

absl::StatusOr<ScheduleTable> TableOf(const std::string& text) {
  for (const char delimiter : {',', '\t', ';'}) {
    const std::vector<bank::CsvRow> heading = bank::CsvBeginning(text, delimiter, 1, 1);
    if (heading.empty()) return MakeError(Reason::kInvalidArgument, "the schedule is empty");
    const auto demand = ColumnOf(heading[0], kDemandHeadings);
    const auto amount = ColumnOf(heading[0], kAmountHeadings);
    if (!demand || !amount) continue;
    RECOUP_ASSIGN_OR_RETURN(std::vector<bank::CsvRow> rows,
                            bank::ParseCsv(text, delimiter, 1, kRowsMax + 1));
    return ScheduleTable{std::move(rows), *demand, *amount};
  }
  const std::vector<bank::CsvRow> heading = bank::CsvBeginning(text, ',', 1, 1);
  Faults faults;
  if (!ColumnOf(heading[0], kDemandHeadings)) {
    faults.Add("line 1", "no column demand, reference, 追偿函 or 付款参考号");
  }
  if (!ColumnOf(heading[0], kAmountHeadings)) faults.Add("line 1", "no column amount or 金额");
  return faults.ToStatus();
}

// The pool that all demands named in full share, or the given one.
std::string PoolOf(const PaymentFacts& facts, const std::vector<ScheduleLine>& schedule,
                   Faults& faults) {
  std::string pool = facts.pool;
  for (std::size_t i = 0; i < schedule.size(); ++i) {
    const std::optional<std::string> of_line = PoolOfDemand(schedule[i].demand);
    if (!of_line.has_value()) continue;
    if (pool.empty()) pool = *of_line;
    if (pool != *of_line) {
      faults.Add(PathOf(schedule[i]),
                 "belongs to another pool; one payment, "
                 "one pool");
    }
  }
  if (pool.empty()) faults.Add("pool", "must be given when demands are named by reference only");
  return pool;
}

void AddRepeated(const std::vector<ScheduleLine>& schedule, Faults& faults) {
  std::set<std::string> demands;
  for (const ScheduleLine& line : schedule) {
    if (!line.demand.empty() && !demands.insert(line.demand).second) {
      faults.Add(PathOf(line), "this demand stands twice");
    }
  }
}

// What can be read; `faults` gets what cannot.
absl::StatusOr<std::vector<ScheduleLine>> LinesFromCsv(std::string_view bytes, bool may_be_zero,
                                                       Faults& faults) {
  if (bytes.size() > kBytesMax) return MakeError(Reason::kTooLarge, "the schedule is too large");
  RECOUP_ASSIGN_OR_RETURN(const std::string text, bank::DecodeByContent(bytes));
  RECOUP_ASSIGN_OR_RETURN(const ScheduleTable table, TableOf(text));
  std::vector<ScheduleLine> schedule;
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const bank::CsvRow& row = table.rows[i];
    const std::string path = absl::StrCat("line ", row.line);
    if (row.cells.size() <= std::max(table.demand, table.amount)) {
      faults.Add(path, "has too few cells");
      continue;
    }
    ScheduleLine line;
    line.row = row.line;
    line.demand = row.cells[table.demand];
    line.amount = AmountFrom(row.cells[table.amount], may_be_zero);
    if (line.demand.empty()) {
      faults.Add(path, "names no demand");
    } else if (!IsDemand(line.demand)) {
      faults.Add(path, "is neither the name of a demand nor a payment reference (ISO 11649)");
    }
    if (!line.amount.has_value())
      faults.Add(path, may_be_zero ? "the amount must not be negative, in yuan"
                                   : "the amount must be positive, in yuan");
    schedule.push_back(std::move(line));
  }
  return schedule;
}

}  // namespace

absl::StatusOr<std::vector<ScheduleLine>> ScheduleFromTexts(const std::vector<std::string>& texts) {
  Faults faults;
  std::vector<ScheduleLine> schedule;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    ScheduleLine line;
    const std::size_t equals = texts[i].find('=');
    line.demand = texts[i].substr(0, equals);
    if (line.demand.empty()) faults.Add(absl::StrCat("--demands[", i, "]"), "names no demand");
    if (equals != std::string::npos) {
      line.amount = AmountFrom(std::string_view(texts[i]).substr(equals + 1));
      if (!line.amount.has_value()) {
        faults.Add(absl::StrCat("--demands[", i, "]"), "the amount must be positive, in yuan");
      }
    }
    schedule.push_back(std::move(line));
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return schedule;
}

std::string PathOf(const ScheduleLine& line) {
  return line.row > 0 ? absl::StrCat("line ", line.row, ", ", line.demand)
                      : absl::StrCat("--demands ", line.demand);
}

absl::Status AtScheduleLines(const absl::Status& refusal,
                             const std::vector<ScheduleLine>& schedule) {
  const ErrorDetail detail = DetailOf(refusal);
  if (detail.faults.empty()) return refusal;
  Faults faults;
  for (const FieldFault& fault : detail.faults) {
    absl::string_view field = fault.field;
    std::size_t at = schedule.size();
    const bool of_line = absl::ConsumePrefix(&field, "remittance_advice.lines[") &&
                         absl::SimpleAtoi(field.substr(0, field.find(']')), &at) &&
                         at < schedule.size();
    faults.Add(of_line ? PathOf(schedule[at]) : fault.field, fault.description);
  }
  return faults.ToStatus(detail.reason);
}

absl::StatusOr<std::vector<ScheduleLine>> ScheduleFromCsv(std::string_view bytes) {
  Faults faults;
  RECOUP_ASSIGN_OR_RETURN(std::vector<ScheduleLine> schedule, LinesFromCsv(bytes, false, faults));
  AddRepeated(schedule, faults);
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return schedule;
}

absl::StatusOr<std::vector<ScheduleLine>> OpenItemsFromCsv(std::string_view bytes) {
  Faults faults;
  RECOUP_ASSIGN_OR_RETURN(std::vector<ScheduleLine> items, LinesFromCsv(bytes, true, faults));
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return items;
}

absl::StatusOr<v1::RemittanceAdvice> ToRemittanceAdvice(const PaymentFacts& facts,
                                                        const std::vector<ScheduleLine>& schedule) {
  Faults faults;
  v1::RemittanceAdvice advice;
  if (facts.number.empty()) faults.Add("number", "must not be empty");
  if (schedule.empty()) faults.Add("lines", "there must be at least one");
  absl::CivilDay day;
  if (!absl::ParseCivilTime(facts.paid_on, &day)) {
    faults.Add("paid_on", "must be a day, YYYY-MM-DD");
  }
  AddRepeated(schedule, faults);
  Money sum;
  for (const ScheduleLine& line : schedule) {
    const std::string path = PathOf(line);
    if (!line.amount.has_value()) {
      faults.Add(path, "has no amount");
      continue;
    }
    const absl::StatusOr<Money> next = sum.Add(*line.amount);
    if (!next.ok()) {
      faults.Add(path, "the sum is out of range");
      continue;
    }
    sum = *next;
    v1::RemittanceLine& row = *advice.add_lines();
    if (PoolOfDemand(line.demand).has_value()) {
      row.set_demand(line.demand);
    } else {
      row.set_reference(line.demand);
    }
    row.set_amount_fen(line.amount->fen());
  }
  advice.set_pool(PoolOf(facts, schedule, faults));
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  advice.set_bank_reference(facts.number);
  advice.set_end_to_end_id(facts.end_to_end_id);
  advice.set_payer_account(facts.payer_account);
  advice.set_paid_on(absl::FormatCivilTime(day));
  advice.set_amount_fen(sum.fen());
  return advice;
}

}  // namespace recoup::insurer::mapping
