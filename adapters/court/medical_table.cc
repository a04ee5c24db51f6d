// Tables of bills: a column for the total and one for each who paid.
#include <algorithm>
#include <string>
#include <vector>

#include "adapters/court/medical_sums.h"

namespace recoup::court {
namespace {

using domain::Money;

constexpr std::size_t kColumnsMax = 16;
constexpr std::string_view kTableRule = "medical.table";

using Row = std::vector<Span>;

// The cells of a line between "|" or "│"; a line with less than two borders is no row.
Row CellsOf(std::string_view text, Span line) {
  constexpr std::string_view kBorders[] = {"|", "│"};
  Row cells;
  std::size_t borders = 0;
  std::size_t begin = line.begin;
  for (std::size_t at = line.begin; at < line.end;) {
    std::size_t size = 0;
    for (const std::string_view border : kBorders) {
      if (text.substr(at, border.size()) == border) size = border.size();
    }
    if (size == 0) {
      ++at;
      continue;
    }
    if (at > begin) cells.push_back({begin, at});
    at += size;
    begin = at;
    ++borders;
  }
  if (line.end > begin) cells.push_back({begin, line.end});
  return borders < 2 || cells.size() > kColumnsMax ? Row() : cells;
}

// The cells of a line whose columns are parted by tabs or by two and more spaces, which only the
// original has. Fewer than four are no row.
Row CellsBetweenGaps(const NormalisedText& text, Span line) {
  constexpr std::size_t kCellsMin = 4;
  constexpr std::string_view kBorder = "│";  // Put in where a gap parts two numbers.
  Row cells;
  std::size_t begin = line.begin;
  for (std::size_t at = line.begin + 1; at < line.end; ++at) {
    const std::uint32_t skipped = text.origin[at] - std::min(text.origin[at], text.origin[at - 1]);
    const bool border = std::string_view(text.text).substr(at).starts_with(kBorder);
    const bool gap = skipped > 2 || (skipped == 2 && text.original[text.origin[at] - 1] == U'\t');
    if (!gap && !border) continue;
    if (at > begin) cells.push_back({begin, at});
    begin = border ? at + kBorder.size() : at;
    if (border) at = begin - 1;
  }
  if (line.end > begin) cells.push_back({begin, line.end});
  return cells.size() < kCellsMin || cells.size() > kColumnsMax ? Row() : cells;
}

// "18230.55", "92,615.40元"
std::optional<Amount> AmountOfCell(std::string_view text, Span cell) {
  const std::string_view digits = text.substr(cell.begin, cell.size());
  if (digits.find_first_not_of("0123456789.,") != std::string_view::npos) {
    const auto amounts = FindAmounts(text, cell);
    const bool whole = amounts.size() == 1 && amounts.front().span == cell;
    return whole ? std::optional(amounts.front()) : std::nullopt;
  }
  const std::string yuan = std::string(digits) + "元";
  const auto amounts = FindAmounts(yuan, {0, yuan.size()});
  if (amounts.size() != 1) return std::nullopt;
  return Amount{cell, amounts.front().money};
}

// What others than a fund paid (工伤保险基金, 商业保险) is of the part that no fund has borne.
Payer PayerOf(const Reading& reading, Span heading) {
  if (reading.Has("table.self", heading)) return Payer::kSelf;
  if (reading.Has("sums.not_fund", heading)) return Payer::kSelf;
  if (reading.Has("table.fund", heading)) return Payer::kFund;
  return reading.Has("table.total", heading) ? Payer::kTotal : Payer::kNone;
}

class TableReader {
 public:
  explicit TableReader(const Reading& reading) : reading_(reading) {}

  std::optional<Visit> Read(Span part) {
    for (std::size_t begin = part.begin; begin < part.end;) {
      const std::size_t end = std::min(reading_.text().find('\n', begin), part.end);
      ReadLine({begin, end});
      begin = end + 1;
    }
    if (rows_ == 0 || !AddsUp(visit_)) return std::nullopt;
    return visit_;
  }

 private:
  void ReadLine(Span line) {
    Row cells = gaps_ ? Row() : CellsOf(reading_.text(), line);
    const bool between_gaps = cells.empty();
    if (between_gaps) cells = CellsBetweenGaps(reading_.document.normalised, line);
    if (cells.empty() || summed_) return;
    const bool figures = std::ranges::any_of(
        cells, [&](Span cell) { return AmountOfCell(reading_.text(), cell).has_value(); });
    if (figures) {
      ReadRow(cells);
    } else if (rows_ == 0) {
      ReadHeading(cells);
      gaps_ = between_gaps;
    }
  }

  void ReadHeading(const Row& cells) {
    columns_.clear();
    for (const Span cell : cells) columns_.push_back(PayerOf(reading_, cell));
  }

  // A row "合计" stands for the rows before it.
  void ReadRow(const Row& cells) {
    // The line of the sum may leave its first columns empty, which gaps do not show.
    if (cells.size() != columns_.size() && !(gaps_ && cells.size() < columns_.size())) return;
    const std::size_t skipped = columns_.size() - cells.size();
    Visit row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto amount = AmountOfCell(reading_.text(), cells[i]);
      if (!amount.has_value()) continue;
      const Payer payer = columns_[i + skipped];
      if (payer == Payer::kTotal && row.total.money.is_zero()) row.total = *amount;
      if (payer == Payer::kFund) row.fund.push_back({Payer::kFund, *amount, kTableRule});
      if (payer == Payer::kSelf) row.self.push_back({Payer::kSelf, *amount, kTableRule});
    }
    if (!HasPayerColumn()) ReadRemarks(cells, row);
    const bool paid_alone = row.fund.empty() && row.total.money.is_positive() &&
                            SumOfFigures(row.self) == row.total.money;
    if (!AddsUp(row) && !paid_alone) return;
    summed_ = reading_.Has("ruling.sum", cells.front()) && rows_ > 0;
    if (summed_ || rows_ == 0) {
      visit_ = row;
    } else {
      visit_.total.money += row.total.money;
      visit_.fund.insert(visit_.fund.end(), row.fund.begin(), row.fund.end());
      visit_.self.insert(visit_.self.end(), row.self.begin(), row.self.end());
    }
    visit_.rule = kTableRule;
    ++rows_;
  }

  bool HasPayerColumn() const {
    return std::ranges::any_of(
        columns_, [](Payer payer) { return payer == Payer::kFund || payer == Payer::kSelf; });
  }

  // "│61284.37│居民医保统筹支付29870.15，其余现金│", "│1846.50│现金│": the remarks of a row tell
  // what the fund paid of it, or that it was paid in cash.
  void ReadRemarks(const Row& cells, Visit& row) const {
    const bool bill =
        std::ranges::any_of(cells, [&](Span cell) { return reading_.Has("table.bill", cell); });
    if (!bill) return;
    Money rest = row.total.money;
    bool told = false;
    for (const Span cell : cells) {
      told = told || reading_.Has("table.self", cell);
      const auto remark = reading_.First("table.fund_remark", cell);
      if (!remark.has_value()) continue;
      const auto paid = AmountOfCell(reading_.text(), remark->groups[1]);
      if (!paid.has_value()) continue;
      row.fund.push_back({Payer::kFund, *paid, kTableRule});
      rest -= paid->money;
      told = true;
    }
    if (told) row.self.push_back({Payer::kSelf, {row.total.span, rest}, kTableRule});
  }

  const Reading& reading_;
  std::vector<Payer> columns_;
  Visit visit_;
  std::size_t rows_ = 0;
  bool summed_ = false;
  bool gaps_ = false;  // The columns of the heading are parted by spaces.
};

// "费用总额 141800.00" / "统筹支付 87000.00" / "个人现金 54800.00", each in a line of its own, the
// total first, last, or by any name: it is what the parts add up to. Several bills are one.
class ColumnReader {
 public:
  explicit ColumnReader(const Reading& reading) : reading_(reading) {}

  std::optional<Visit> Read(Span part) {
    for (std::size_t begin = part.begin; begin < part.end;) {
      const std::size_t end = std::min(reading_.text().find('\n', begin), part.end);
      ReadLine({begin, end});
      begin = end + 1;
    }
    Close();
    if (!AddsUp(visit_)) return std::nullopt;
    visit_.rule = kTableRule;
    return visit_;
  }

 private:
  void ReadLine(Span line) {
    const auto row = reading_.First("table.row", line);
    if (!row.has_value()) {
      // "B之支付构成：" heads the lines below it.
      if (!reading_.Has("table.subheading", line)) Close();
      return;
    }
    const auto amount = AmountOfCell(reading_.text(), row->groups[2]);
    if (!amount.has_value()) return;
    const Payer payer = PayerOf(reading_, row->groups[1]);
    if (payer == Payer::kFund) bill_.fund.push_back({Payer::kFund, *amount, kTableRule});
    if (payer == Payer::kSelf) bill_.self.push_back({Payer::kSelf, *amount, kTableRule});
    if (payer == Payer::kFund || payer == Payer::kSelf) return;
    if (payer == Payer::kTotal && IsWhole()) Close();
    wholes_.push_back(*amount);
    if (payer == Payer::kTotal && IsWhole()) Close();
  }

  // Takes of the lines that name no payer the one that the parts add up to.
  bool IsWhole() {
    for (const Amount& whole : wholes_) {
      bill_.total = whole;
      if (AddsUp(bill_)) return true;
    }
    return false;
  }

  void Close() {
    if (IsWhole()) {
      visit_.total = {bill_.total.span, visit_.total.money + bill_.total.money};
      visit_.fund.insert(visit_.fund.end(), bill_.fund.begin(), bill_.fund.end());
      visit_.self.insert(visit_.self.end(), bill_.self.begin(), bill_.self.end());
    }
    bill_ = {};
    wholes_.clear();
  }

  const Reading& reading_;
  Visit visit_;
  Visit bill_;
  std::vector<Amount> wholes_;
};

}  // namespace

std::optional<Visit> VisitOfTable(const Reading& reading) {
  const Outline& outline = reading.document.outline;
  const Span part{outline.facts.begin, outline.reasons.end};
  if (reading.Has("table.heading", part)) {
    if (auto visit = TableReader(reading).Read(part)) return visit;
  }
  if (!reading.Has("table.fund_row", part)) return std::nullopt;
  return ColumnReader(reading).Read(part);
}

}  // namespace recoup::court
