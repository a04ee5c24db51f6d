#include "adapters/common/workbook/workbook.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/display_width.h"
#include "adapters/common/format.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/base/write_file.h"

namespace recoup::adapters {
namespace {

// Numbers of a spreadsheet have 15 significant digits (ECMA-376 Part 1, 18.17.5.2): up to here
// every fen comes back as it was.
constexpr std::int64_t kFenMax = 999'999'999'999'999;
constexpr std::int64_t kSumTooLarge = kFenMax + 1;  // Refused when it is written.
constexpr std::size_t kWidestColumn = 60;
constexpr std::size_t kNarrowestColumn = 8;

bool Fits(const Cell& cell, CellKind kind) {
  if (std::holds_alternative<std::monostate>(cell)) return true;
  switch (kind) {
    case CellKind::kText:
      return std::holds_alternative<std::string>(cell);
    case CellKind::kMoney:
      return std::holds_alternative<Fen>(cell);
    case CellKind::kDate:
      return std::holds_alternative<absl::CivilDay>(cell);
    case CellKind::kCount:
      return std::holds_alternative<std::int64_t>(cell);
  }
  return false;
}

struct ShownWidth {
  std::size_t operator()(std::monostate) const { return 0; }
  std::size_t operator()(const std::string& text) const { return DisplayWidth(text); }
  std::size_t operator()(Fen money) const { return FormatYuan(money.fen).size(); }
  std::size_t operator()(absl::CivilDay) const { return 10; }  // 2026-03-05
  std::size_t operator()(std::int64_t count) const { return absl::StrCat(count).size(); }
};

double ColumnWidth(const Sheet& sheet, std::size_t column) {
  std::size_t width = DisplayWidth(sheet.columns()[column].title) + 3;  // The filter's button.
  for (const auto& row : sheet.rows())
    width = std::max(width, std::visit(ShownWidth(), row[column]));
  return static_cast<double>(std::clamp(width + 2, kNarrowestColumn, kWidestColumn));
}

struct Formats {
  lxw_format* header;
  lxw_format* text;
  lxw_format* money;
  lxw_format* date;
  lxw_format* count;
  lxw_format* sum_label;
  lxw_format* sum;
};

constexpr char kMoneyFormat[] = "#,##0.00;[Red]-#,##0.00";

Formats MakeFormats(lxw_workbook* book) {
  Formats formats{};
  const auto add = [book](const char* number_format) {
    lxw_format* format = workbook_add_format(book);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (number_format != nullptr) format_set_num_format(format, number_format);
    return format;
  };
  formats.header = add(nullptr);
  format_set_bold(formats.header);
  format_set_bg_color(formats.header, 0xE8EDF3);
  format_set_bottom(formats.header, LXW_BORDER_THIN);
  formats.text = add(nullptr);
  format_set_text_wrap(formats.text);
  formats.money = add(kMoneyFormat);
  formats.date = add("yyyy-mm-dd");
  formats.count = add("0");
  formats.sum_label = add(nullptr);
  format_set_bold(formats.sum_label);
  format_set_top(formats.sum_label, LXW_BORDER_THIN);
  formats.sum = add(kMoneyFormat);
  format_set_bold(formats.sum);
  format_set_top(formats.sum, LXW_BORDER_THIN);
  return formats;
}

class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* out, const Formats& formats) : out_(out), formats_(formats) {}

  absl::Status Write(const Sheet& sheet) {
    const auto columns = static_cast<lxw_col_t>(sheet.columns().size());
    for (lxw_col_t column = 0; column < columns; ++column) {
      worksheet_write_string(out_, 0, column, sheet.columns()[column].title.c_str(),
                             formats_.header);
      worksheet_set_column(out_, column, column, ColumnWidth(sheet, column), nullptr);
    }
    for (std::size_t i = 0; i < sheet.rows().size(); ++i) {
      for (lxw_col_t column = 0; column < columns; ++column) {
        RECOUP_RETURN_IF_ERROR(
            WriteCell(static_cast<lxw_row_t>(i + 1), column, sheet.rows()[i][column]));
      }
    }
    if (sheet.has_sum()) RECOUP_RETURN_IF_ERROR(WriteSum(sheet));
    worksheet_freeze_panes(out_, 1, 0);
    if (columns > 0) {
      worksheet_autofilter(out_, 0, 0,
                           static_cast<lxw_row_t>(sheet.rows().size() - (sheet.has_sum() ? 1 : 0)),
                           static_cast<lxw_col_t>(columns - 1));
    }
    worksheet_set_landscape(out_);
    worksheet_set_paper(out_, 9);  // A4.
    worksheet_fit_to_pages(out_, 1, 0);
    worksheet_repeat_rows(out_, 0, 0);
    return absl::OkStatus();
  }

 private:
  absl::Status WriteCell(lxw_row_t row, lxw_col_t column, const Cell& cell) {
    lxw_error error = LXW_NO_ERROR;
    if (const auto* text = std::get_if<std::string>(&cell)) {
      error = worksheet_write_string(out_, row, column, text->c_str(), formats_.text);
    } else if (const auto* money = std::get_if<Fen>(&cell)) {
      return WriteMoney(row, column, money->fen, formats_.money);
    } else if (const auto* day = std::get_if<absl::CivilDay>(&cell)) {
      lxw_datetime date{static_cast<int>(day->year()), day->month(), day->day(), 0, 0, 0};
      error = worksheet_write_datetime(out_, row, column, &date, formats_.date);
    } else if (const auto* count = std::get_if<std::int64_t>(&cell)) {
      error =
          worksheet_write_number(out_, row, column, static_cast<double>(*count), formats_.count);
    }
    if (error == LXW_NO_ERROR) return absl::OkStatus();
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("a cell does not fit a spreadsheet: ", lxw_strerror(error)));
  }

  // The format of a spreadsheet knows no other number than this one.
  absl::Status WriteMoney(lxw_row_t row, lxw_col_t column, std::int64_t fen, lxw_format* format) {
    if (fen > kFenMax || fen < -kFenMax) {
      return MakeError(Reason::kInvalidArgument, "an amount is too large for a spreadsheet");
    }
    worksheet_write_number(out_, row, column, static_cast<double>(fen) / 100, format);
    return absl::OkStatus();
  }

  absl::Status WriteSum(const Sheet& sheet) {
    const auto row = static_cast<lxw_row_t>(sheet.rows().size());
    for (std::size_t i = 0; i < sheet.columns().size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      const bool money = sheet.columns()[i].kind == CellKind::kMoney;
      if (!money) {
        const auto* label = std::get_if<std::string>(&sheet.rows().back()[i]);
        worksheet_write_string(out_, row, column, label == nullptr ? "" : label->c_str(),
                               formats_.sum_label);
      } else if (const auto* sum = std::get_if<Fen>(&sheet.rows().back()[i])) {
        RECOUP_RETURN_IF_ERROR(WriteMoney(row, column, sum->fen, formats_.sum));
      }
    }
    return absl::OkStatus();
  }

  lxw_worksheet* const out_;
  const Formats& formats_;
};

// xlsx is a zip of files that carry no date of their own here, so the day is all that could differ.
void SetProperties(lxw_workbook* book, std::string& title, absl::Time created) {
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.created = absl::ToTimeT(created);
  workbook_set_properties(book, &properties);
}

}  // namespace

Sheet::Sheet(std::string name, std::vector<SheetColumn> columns)
    : name_(std::move(name)), columns_(std::move(columns)) {}

void Sheet::AddRow(std::vector<Cell> cells, bool in_sum) {
  RECOUP_CHECK(cells.size() == columns_.size() && !has_sum_);
  for (std::size_t i = 0; i < cells.size(); ++i) RECOUP_CHECK(Fits(cells[i], columns_[i].kind));
  rows_.push_back(std::move(cells));
  in_sum_.push_back(in_sum);
}

void Sheet::SumMoney(std::string label) {
  RECOUP_CHECK(!columns_.empty() && columns_[0].kind == CellKind::kText && !has_sum_);
  std::vector<Cell> sums(columns_.size());
  sums[0] = std::move(label);
  for (std::size_t i = 1; i < columns_.size(); ++i) {
    if (columns_[i].kind != CellKind::kMoney) continue;
    Fen sum;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      const auto* money = in_sum_[r] ? std::get_if<Fen>(&rows_[r][i]) : nullptr;
      if (money != nullptr && __builtin_add_overflow(sum.fen, money->fen, &sum.fen)) {
        sum.fen = kSumTooLarge;
        break;
      }
    }
    sums[i] = sum;
  }
  AddRow(std::move(sums));
  has_sum_ = true;
}

Workbook::Workbook(std::string title, absl::Time created)
    : title_(std::move(title)), created_(created) {}

Sheet& Workbook::AddSheet(std::string name, std::vector<SheetColumn> columns) {
  return sheets_.emplace_back(std::move(name), std::move(columns));
}

absl::Status Workbook::Write(const std::string& file) const {
  const std::string partial = file + ".partial";
  const std::string temporary = std::filesystem::temp_directory_path().string();
  // Asked before, because libxlsxwriter tells of a disk that refuses on stderr.
  errno = 0;
  if (std::filesystem::is_directory(file) || !std::ofstream(partial, std::ios::binary)) {
    return CannotWrite(file, LastError());
  }
  std::string title = title_;
  std::string tmpdir = temporary;
  lxw_workbook_options options{};
  options.tmpdir = tmpdir.data();
  lxw_workbook* book = workbook_new_opt(partial.c_str(), &options);
  if (book == nullptr) return MakeError(Reason::kInternal, "no memory for the spreadsheet");
  SetProperties(book, title, created_);
  const Formats formats = MakeFormats(book);
  absl::Status status = absl::OkStatus();
  for (const Sheet& sheet : sheets_) {
    lxw_worksheet* out = workbook_validate_sheet_name(book, sheet.name().c_str()) == LXW_NO_ERROR
                             ? workbook_add_worksheet(book, sheet.name().c_str())
                             : nullptr;
    if (out == nullptr) {
      status.Update(
          MakeError(Reason::kInvalidArgument, absl::StrCat("no name for a sheet: ", sheet.name())));
      continue;
    }
    status.Update(SheetWriter(out, formats).Write(sheet));
  }
  // Closing frees the workbook, so it happens after every error, too.
  const lxw_error closed = workbook_close(book);
  if (status.ok() && closed != LXW_NO_ERROR) {
    status = MakeError(Reason::kInvalidArgument,
                       absl::StrCat("cannot write ", file, ": ", lxw_strerror(closed)));
  }
  std::error_code error;
  if (!status.ok()) {
    std::filesystem::remove(partial, error);
    return status;
  }
  std::filesystem::rename(partial, file, error);
  return error ? CannotWrite(file, error) : absl::OkStatus();
}

}  // namespace recoup::adapters
