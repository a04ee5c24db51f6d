#include "adapters/insurer/bank/profile_maker.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/csv_preamble.h"
#include "adapters/insurer/bank/csv_table.h"
#include "adapters/insurer/bank/date_format.h"
#include "adapters/insurer/bank/profile_words.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

constexpr std::size_t kHeadingRowMax = 50;
constexpr std::size_t kSampleRowMax = 2000;
constexpr std::string_view kDelimiters = ",\t;|";

constexpr std::array<const char*, 17> kDateFormats = {"YYYY-MM-DD",
                                                      "YYYYMMDD",
                                                      "YYYY/M/D",
                                                      "YYYY-M-D",
                                                      "YYYY年M月D日",
                                                      "YYYY.MM.DD",
                                                      "YYYY-MM-DD hh:mm:ss",
                                                      "YYYY-MM-DD hh:mm",
                                                      "YYYYMMDD hh:mm:ss",
                                                      "YYYYMMDDhhmmss",
                                                      "YYYY/M/D h:mm:ss",
                                                      "YYYY/M/D h:mm",
                                                      "YYYY-MM-DDThh:mm:ss",
                                                      "YYYY年M月D日 h:mm",
                                                      "YYYY年M月D日 hh:mm:ss",
                                                      "YYYY-MM-DD-hh.mm.ss",
                                                      "YYYY-MM-DD hh.mm.ss"};

constexpr std::array<const char*, 15> kFooters = {
    "合计",   "总计",   "小计",   "借方合计", "贷方合计", "收入合计", "支出合计", "本页合计",
    "总笔数", "总收入", "总支出", "总借方",   "总贷方",   "共计",     "累计"};

// The column of each meaning in a row; remittance may have several.
struct Heading {
  std::map<ColumnMeaning, std::size_t> columns;
  std::vector<std::size_t> remittance;

  bool Has(ColumnMeaning meaning) const { return columns.contains(meaning); }
  bool IsUsable() const {
    const bool two = Has(ColumnMeaning::kDebit) && Has(ColumnMeaning::kCredit);
    return Has(ColumnMeaning::kBookedOn) && (two || Has(ColumnMeaning::kAmount));
  }
  std::size_t size() const { return columns.size() + remittance.size(); }
};

Heading HeadingIn(const CsvRow& row) {
  Heading heading;
  std::map<ColumnMeaning, int> ranks;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::optional<HeadingMeaning> found = MeaningOf(row.cells[i]);
    if (!found) continue;
    // Two columns of one name cannot be told apart by a profile.
    if (std::count(row.cells.begin(), row.cells.end(), row.cells[i]) > 1) continue;
    if (found->meaning == ColumnMeaning::kRemittance) {
      heading.remittance.push_back(i);
      continue;
    }
    const auto known = ranks.find(found->meaning);
    if (known != ranks.end() && known->second <= found->rank) continue;
    ranks[found->meaning] = found->rank;
    heading.columns[found->meaning] = i;
  }
  return heading;
}

struct Table {
  std::vector<CsvRow> rows;
  std::size_t heading_row = 0;
  Heading heading;
};

std::optional<Table> FindTable(std::string_view text) {
  std::optional<Table> best;
  for (const char delimiter : kDelimiters) {
    std::vector<CsvRow> rows = CsvBeginning(text, delimiter, 1, kSampleRowMax);
    for (std::size_t i = 0; i < std::min(rows.size(), kHeadingRowMax); ++i) {
      Heading heading = HeadingIn(rows[i]);
      if (!heading.IsUsable() || (best && heading.size() <= best->heading.size())) continue;
      best = Table{rows, i, std::move(heading)};
    }
  }
  return best;
}

class ProfileMaker {
 public:
  ProfileMaker(Table table, const std::string& name) : table_(std::move(table)) {
    profile().name = name;
    profile().thousands = true;
    profile().currency_names = {"人民币", "人民币元", "RMB"};
    profile().footer_prefixes = {kFooters.begin(), kFooters.end()};
  }

  absl::StatusOr<MadeProfile> Make() {
    NameColumns();
    RECOUP_RETURN_IF_ERROR(FindDateFormats());
    RECOUP_RETURN_IF_ERROR(FindDirectionWords());
    FindLabels();
    NoteUnknownHeadings();
    return std::move(made_);
  }

 private:
  CsvProfile& profile() { return made_.profile; }
  const CsvRow& heading_row() const { return table_.rows[table_.heading_row]; }

  std::string HeadingOf(ColumnMeaning meaning) const {
    const auto column = table_.heading.columns.find(meaning);
    return column == table_.heading.columns.end() ? std::string()
                                                  : heading_row().cells[column->second];
  }

  // The cells below the heading of that meaning that have text, footers left out.
  std::vector<std::string> CellsOf(ColumnMeaning meaning) const {
    std::vector<std::string> cells;
    const auto column = table_.heading.columns.find(meaning);
    if (column == table_.heading.columns.end()) return cells;
    for (std::size_t i = table_.heading_row + 1; i < table_.rows.size(); ++i) {
      const CsvRow& row = table_.rows[i];
      const auto first = std::find_if(row.cells.begin(), row.cells.end(),
                                      [](const std::string& cell) { return !cell.empty(); });
      const bool footer = std::any_of(kFooters.begin(), kFooters.end(), [&](const char* prefix) {
        return first->starts_with(prefix);
      });
      if (footer || column->second >= row.cells.size()) continue;
      const std::string& cell = row.cells[column->second];
      if (!cell.empty() && cell != "-") cells.push_back(cell);
    }
    return cells;
  }

  void NameColumns() {
    CsvColumns& columns = profile().columns;
    columns.booked_on = HeadingOf(ColumnMeaning::kBookedOn);
    columns.valued_on = HeadingOf(ColumnMeaning::kValuedOn);
    const bool two =
        table_.heading.Has(ColumnMeaning::kDebit) && table_.heading.Has(ColumnMeaning::kCredit);
    if (two) {
      columns.debit = HeadingOf(ColumnMeaning::kDebit);
      columns.credit = HeadingOf(ColumnMeaning::kCredit);
    } else {
      columns.amount = HeadingOf(ColumnMeaning::kAmount);
      columns.direction = HeadingOf(ColumnMeaning::kDirection);
    }
    columns.balance = HeadingOf(ColumnMeaning::kBalance);
    columns.counterparty_name = HeadingOf(ColumnMeaning::kCounterpartyName);
    columns.counterparty_account = HeadingOf(ColumnMeaning::kCounterpartyAccount);
    NameSides(ColumnMeaning::kPayerName, ColumnMeaning::kPayeeName, columns.counterparty_name,
              columns.payer_name, columns.payee_name);
    NameSides(ColumnMeaning::kPayerAccount, ColumnMeaning::kPayeeAccount,
              columns.counterparty_account, columns.payer_account, columns.payee_account);
    columns.bank_reference = HeadingOf(ColumnMeaning::kBankReference);
    columns.currency = HeadingOf(ColumnMeaning::kCurrency);
    columns.own_account = HeadingOf(ColumnMeaning::kOwnAccount);
    for (const std::size_t column : table_.heading.remittance) {
      columns.remittance.push_back(heading_row().cells[column]);
    }
    if (columns.balance.empty()) {
      Note("没有余额列：不能逐行核对，导入时须给出期初余额（--opening）");
    }
  }

  // Both sides of the transfer, where the layout does not name the counterparty.
  void NameSides(ColumnMeaning payer, ColumnMeaning payee, const std::string& counterparty,
                 std::string& payer_heading, std::string& payee_heading) {
    const bool both = table_.heading.Has(payer) && table_.heading.Has(payee);
    if (both && counterparty.empty()) {
      payer_heading = HeadingOf(payer);
      payee_heading = HeadingOf(payee);
    } else {
      table_.heading.columns.erase(payer);
      table_.heading.columns.erase(payee);
    }
  }

  // The formats in which every cell can be read, each where the ones before it do not fit.
  absl::Status FindDateFormats() {
    std::set<std::string> unknown;
    for (const ColumnMeaning meaning : {ColumnMeaning::kBookedOn, ColumnMeaning::kValuedOn}) {
      for (const std::string& cell : CellsOf(meaning)) TakeDateFormat(ToHalfWidth(cell), unknown);
    }
    if (unknown.empty() && profile().date_formats.empty()) {
      // A file without rows still shows the layout.
      profile().date_formats.assign(kDateFormats.begin(), kDateFormats.end());
      Note("没有流水行：日期格式未能判断，列出了全部已知格式");
    }
    if (unknown.empty()) return absl::OkStatus();
    Faults faults;
    for (const std::string& cell : unknown) {
      faults.Add(profile().columns.booked_on,
                 absl::StrCat("the date has the form ", cell, ", which is not known"));
    }
    return faults.ToStatus();
  }

  void TakeDateFormat(const std::string& cell, std::set<std::string>& unknown) {
    std::vector<std::string>& formats = profile().date_formats;
    const auto fits = [&](const std::string& format) { return ParseDay(format, cell).has_value(); };
    if (std::any_of(formats.begin(), formats.end(), fits)) return;
    const auto known = std::find_if(kDateFormats.begin(), kDateFormats.end(), fits);
    if (known != kDateFormats.end()) {
      formats.emplace_back(*known);
      return;
    }
    // Only the form is told: digits as 9.
    std::string form = cell.substr(0, 30);
    for (char& c : form) {
      if (c >= '0' && c <= '9') c = '9';
    }
    constexpr std::size_t kFormsMax = 5;
    if (unknown.size() < kFormsMax) unknown.insert(form);
  }

  absl::Status FindDirectionWords() {
    if (profile().columns.direction.empty()) return absl::OkStatus();
    const std::vector<std::string> cells = CellsOf(ColumnMeaning::kDirection);
    Faults faults;
    for (const std::string& word : std::set<std::string>(cells.begin(), cells.end())) {
      const std::optional<Direction> direction = DirectionOfWord(word);
      if (direction == Direction::kCredit) {
        profile().credit_words.push_back(word);
      } else if (direction == Direction::kDebit) {
        profile().debit_words.push_back(word);
      } else {
        faults.Add(profile().columns.direction, "holds a word that means neither credit nor debit");
      }
    }
    // A sample with movements of one direction only.
    if (profile().credit_words.empty()) profile().credit_words = {"贷", "收入", "C"};
    if (profile().debit_words.empty()) profile().debit_words = {"借", "支出", "D"};
    return faults.ToStatus();
  }

  void FindLabels() {
    const std::vector<CsvRow> above(
        table_.rows.begin(), table_.rows.begin() + static_cast<std::ptrdiff_t>(table_.heading_row));
    for (const CsvRow& row : above) {
      for (const std::string& cell : row.cells) FindLabel(cell, above);
    }
    CsvPreamble& preamble = profile().preamble;
    // One day alone is no period.
    if (preamble.from.empty() != preamble.to.empty()) preamble.from = preamble.to = "";
    if (preamble.account.empty() && profile().columns.own_account.empty()) {
      Note("文件未载本方账号：读取时须给出 --account");
    }
  }

  void FindLabel(const std::string& cell, const std::vector<CsvRow>& above) {
    const std::size_t end = std::min(cell.find(':'), cell.find("："));
    const std::string label(Trim(std::string_view(cell).substr(0, end)));
    const std::optional<LabelMeaning> meaning = LabelMeaningOf(label);
    if (!meaning) return;
    const std::optional<std::string> value = LabelledValue(above, label);
    if (!value || value->empty()) return;
    CsvPreamble& preamble = profile().preamble;
    switch (*meaning) {
      case LabelMeaning::kAccount:
        if (preamble.account.empty()) preamble.account = label;
        return;
      case LabelMeaning::kCurrency:
        if (preamble.currency.empty()) preamble.currency = label;
        return;
      case LabelMeaning::kFrom:
        if (IsDay(*value)) preamble.from = label;
        return;
      case LabelMeaning::kTo:
        if (IsDay(*value)) preamble.to = label;
        return;
      case LabelMeaning::kPeriod:
        TakePeriodFormat(label, *value);
        return;
    }
  }

  bool IsDay(const std::string& text) {
    std::set<std::string> unknown;
    TakeDateFormat(ToHalfWidth(text), unknown);
    return unknown.empty();
  }

  void TakePeriodFormat(const std::string& label, const std::string& value) {
    CsvProfile all;
    all.date_formats.assign(kDateFormats.begin(), kDateFormats.end());
    if (!ParsePeriod(all, value)) return;
    for (const char* const format : kDateFormats) {
      CsvProfile one;
      one.date_formats = {format};
      if (!ParsePeriod(one, value)) continue;
      std::vector<std::string>& formats = profile().date_formats;
      if (std::find(formats.begin(), formats.end(), format) == formats.end()) {
        formats.emplace_back(format);
      }
      profile().preamble.period = label;
      return;
    }
  }

  void NoteUnknownHeadings() {
    std::string unknown;
    for (std::size_t i = 0; i < heading_row().cells.size(); ++i) {
      const std::string& cell = heading_row().cells[i];
      const auto& columns = table_.heading.columns;
      const bool used =
          std::any_of(columns.begin(), columns.end(),
                      [&](const auto& column) { return column.second == i; }) ||
          std::count(table_.heading.remittance.begin(), table_.heading.remittance.end(), i) > 0;
      if (!cell.empty() && !used) absl::StrAppend(&unknown, unknown.empty() ? "" : "、", cell);
    }
    if (!unknown.empty()) Note(absl::StrCat("未使用的列：", unknown));
  }

  void Note(std::string note) { made_.notes.push_back(std::move(note)); }

  Table table_;
  MadeProfile made_;
};

}  // namespace

absl::StatusOr<MadeProfile> MakeCsvProfile(std::string_view bytes, const std::string& name) {
  RECOUP_ASSIGN_OR_RETURN(const std::string text, DecodeByContent(bytes));
  std::optional<Table> table = FindTable(text);
  if (!table) {
    return MakeError(Reason::kInvalidArgument,
                     "no row of the first 50 names a date and amounts in words that are known");
  }
  return ProfileMaker(*std::move(table), name).Make();
}

}  // namespace recoup::insurer::bank
