#include "adapters/insurer/bank/csv_preamble.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/insurer/bank/csv_row_reader.h"
#include "adapters/insurer/bank/text.h"

namespace recoup::insurer::bank {
namespace {

constexpr std::array<std::string_view, 7> kBetweenDays = {"至", "到", "～", "~", "—", "－", "-"};

std::optional<absl::CivilDay> LabelledDay(const std::vector<CsvRow>& rows, const std::string& label,
                                          const CsvProfile& profile, ReadFaults& faults) {
  const std::optional<std::string> text = LabelledValue(rows, label);
  if (!text || text->empty()) {
    faults.Add(label, "has no value above the heading");
    return std::nullopt;
  }
  const std::optional<absl::CivilDay> day = ParseProfileDay(profile, *text);
  if (!day) faults.Add(label, "not a date in a format of the profile");
  return day;
}

}  // namespace

std::optional<std::string> LabelledValue(const std::vector<CsvRow>& rows,
                                         const std::string& label) {
  constexpr std::string_view kWideColon = "\xEF\xBC\x9A";
  for (const CsvRow& row : rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      std::string_view rest = row.cells[i];
      if (!rest.starts_with(label)) continue;
      rest.remove_prefix(label.size());
      const std::string_view trimmed = Trim(rest);
      std::string_view value = trimmed;
      if (value.starts_with(':')) value.remove_prefix(1);
      if (value.starts_with(kWideColon)) value.remove_prefix(kWideColon.size());
      // The label may be the beginning of a longer one: 账号 and 账号名称.
      if (!trimmed.empty() && value.size() == trimmed.size() && trimmed.size() == rest.size()) {
        continue;
      }
      value = Trim(value);
      if (!value.empty()) return std::string(value);
      if (i + 1 < row.cells.size()) return row.cells[i + 1];
      return std::string();
    }
  }
  return std::nullopt;
}

bool HasLabelsOf(const std::vector<CsvRow>& rows, const CsvProfile& profile) {
  const CsvPreamble& labels = profile.preamble;
  const std::array wanted = {
      &labels.account, &labels.currency,        &labels.from,           &labels.to,
      &labels.period,  &labels.opening_balance, &labels.closing_balance};
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string* label) {
    return label->empty() || !LabelledValue(rows, *label).value_or("").empty();
  });
}

std::optional<StatementPeriod> ParsePeriod(const CsvProfile& profile, const std::string& text) {
  // The dash also stands inside dates, so every place of every separator is tried.
  for (const std::string_view separator : kBetweenDays) {
    for (std::size_t at = text.find(separator); at != std::string::npos;
         at = text.find(separator, at + 1)) {
      const auto from = ParseProfileDay(profile, Trim(std::string_view(text).substr(0, at)));
      const auto to =
          ParseProfileDay(profile, Trim(std::string_view(text).substr(at + separator.size())));
      if (from && to) return StatementPeriod{*from, *to};
    }
  }
  return std::nullopt;
}

PreambleTexts ReadPreamble(const std::vector<CsvRow>& rows, const CsvProfile& profile,
                           ReadFaults& faults) {
  const CsvPreamble& labels = profile.preamble;
  const auto text = [&](const std::string& label) {
    if (label.empty()) return std::string();
    std::optional<std::string> value = LabelledValue(rows, label);
    if (!value || value->empty()) faults.Add(label, "has no value above the heading");
    return value.value_or(std::string());
  };
  PreambleTexts texts;
  texts.account = text(labels.account);
  texts.currency = text(labels.currency);
  texts.opening_balance = text(labels.opening_balance);
  texts.closing_balance = text(labels.closing_balance);
  if (!labels.from.empty() && !labels.to.empty()) {
    const auto from = LabelledDay(rows, labels.from, profile, faults);
    const auto to = LabelledDay(rows, labels.to, profile, faults);
    if (from && to) texts.period = StatementPeriod{*from, *to};
  }
  if (const std::string period = text(labels.period); !period.empty()) {
    texts.period = ParsePeriod(profile, period);
    if (!texts.period) faults.Add(labels.period, "not two dates in a format of the profile");
  }
  if (texts.period && texts.period->from > texts.period->to) {
    faults.Add("period", "ends before it begins");
  }
  return texts;
}

}  // namespace recoup::insurer::bank
