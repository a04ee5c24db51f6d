#include "adapters/common/paper/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "adapters/common/paper/qr_code.h"
#include "adapters/common/paper/typeset.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::adapters {
namespace {

constexpr double kMillimetre = 72.0 / 25.4;
// A4, and the margins of official letters a little narrowed: GB/T 9704-2012, 5.2, has 37 mm above
// and 28 mm at the left.
constexpr double kPageWidth = 210 * kMillimetre;
constexpr double kPageHeight = 297 * kMillimetre;
constexpr double kTop = 22 * kMillimetre;
constexpr double kBottom = kPageHeight - 24 * kMillimetre;
constexpr double kLeft = 26 * kMillimetre;
constexpr double kWidth = kPageWidth - 2 * kLeft;
constexpr double kFooterTop = kPageHeight - 18 * kMillimetre;

constexpr double kCellPadding = 4;
constexpr double kThin = 0.5;

const TextStyle kIssuer{22, true, true, TextAlign::kCentre, 1.4, 0};
const TextStyle kTitle{20, true, false, TextAlign::kCentre, 1.5, 0};
const TextStyle kSubtitle{11, false, false, TextAlign::kCentre, 1.6, 0};
const TextStyle kHeading{12, true, false, TextAlign::kLeft, 1.7, 0};
const TextStyle kBody{12, false, false, TextAlign::kJustified, 1.55, 2};
const TextStyle kPlain{12, false, false, TextAlign::kLeft, 1.55, 0};
const TextStyle kRight{12, false, false, TextAlign::kRight, 1.55, 0};
const TextStyle kSmall{9, false, false, TextAlign::kLeft, 1.5, 0};
const TextStyle kFieldLabel{11, true, false, TextAlign::kLeft, 1.6, 0};
const TextStyle kFieldValue{11, false, false, TextAlign::kLeft, 1.6, 0};
const TextStyle kCell{10, false, false, TextAlign::kLeft, 1.4, 0};
const TextStyle kHeaderCell{10, true, false, TextAlign::kLeft, 1.4, 0};
const TextStyle kFooter{9, false, false, TextAlign::kLeft, 1.4, 0};

struct DrawnLine {
  PangoLayoutLine* line;
  double x, baseline;
  bool red;
};
struct Rule {
  double left, right, y, thickness;
  bool red;
};
struct Shade {
  double left, top, width, height;
};
struct DrawnCode {
  QrCode code;
  double left, top, module;
};
using Mark = std::variant<DrawnLine, Rule, Shade, DrawnCode>;
using Sheet = std::vector<Mark>;

struct Draw {
  cairo_t* out;

  void Colour(bool red) const {
    red ? cairo_set_source_rgb(out, 0.78, 0.06, 0.08) : cairo_set_source_rgb(out, 0, 0, 0);
  }
  void operator()(const DrawnLine& line) const {
    Colour(line.red);
    cairo_move_to(out, line.x, line.baseline);
    pango_cairo_show_layout_line(out, line.line);
  }
  void operator()(const Rule& rule) const {
    Colour(rule.red);
    cairo_set_line_width(out, rule.thickness);
    cairo_move_to(out, rule.left, rule.y);
    cairo_line_to(out, rule.right, rule.y);
    cairo_stroke(out);
  }
  void operator()(const Shade& shade) const {
    cairo_set_source_rgb(out, 0.94, 0.95, 0.96);
    cairo_rectangle(out, shade.left, shade.top, shade.width, shade.height);
    cairo_fill(out);
  }
  void operator()(const DrawnCode& drawn) const {
    Colour(false);
    for (int row = 0; row < drawn.code.side; ++row) {
      for (int column = 0; column < drawn.code.side; ++column) {
        if (!drawn.code.at(row, column)) continue;
        cairo_rectangle(out, drawn.left + column * drawn.module, drawn.top + row * drawn.module,
                        drawn.module, drawn.module);
      }
    }
    cairo_fill(out);  // At once, so that no seams show between the modules.
  }
};

cairo_status_t AppendTo(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

std::string PdfDate(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", time, ChinaTimeZone());
}

}  // namespace

class Paper::Layout {
 public:
  explicit Layout(PaperProperties properties) : properties_(std::move(properties)) {
    sheets_.emplace_back();
  }

  double y() const { return y_; }
  void Space(double points) {
    if (y_ > kTop) y_ = std::min(y_ + points, kBottom);  // Nothing to part at the top of a page.
  }

  // Begins a new page unless this much room is left; a block taller than a page begins where it is.
  void Need(double height) {
    if (y_ + height > kBottom && y_ > kTop && height <= kBottom - kTop) NewPage();
  }
  void NewPage() {
    sheets_.emplace_back();
    y_ = kTop;
  }

  // Text in the running column, breaking between lines; `keep` is what must follow on this page.
  void Flow(const std::string& text, const TextStyle& style, double keep = 0) {
    const SetText& set = Keep(typesetter_.Set(text, style, kWidth));
    Need(std::min<double>(2, static_cast<double>(set.lines.size())) * set.line_height + keep);
    for (std::size_t i = 0; i < set.lines.size(); ++i) {
      if (y_ + set.line_height > kBottom) NewPage();
      Place(set, i, kLeft, y_);
      y_ += set.line_height;
    }
  }

  void Line(double thickness, bool red) {
    sheets_.back().push_back(Rule{kLeft, kLeft + kWidth, y_, thickness, red});
  }

  void Fields(const std::vector<std::pair<std::string, std::string>>& fields) {
    constexpr double kGap = 14;
    double label_width = 0;
    for (const auto& [label, value] : fields) {
      label_width = std::max(label_width, typesetter_.WidthOf(label, kFieldLabel));
    }
    label_width = std::min(label_width + kGap, kWidth / 2);
    for (const auto& [label, value] : fields) {
      const SetText& left = Keep(typesetter_.Set(label, kFieldLabel, label_width));
      const SetText& right = Keep(typesetter_.Set(value, kFieldValue, kWidth - label_width));
      const double height = std::max(left.height(), right.height());
      Need(height);
      PlaceAll(left, kLeft, y_);
      PlaceAll(right, kLeft + label_width, y_);
      y_ += height;
    }
  }

  void Table(const std::vector<PaperColumn>& columns,
             const std::vector<std::vector<std::string>>& rows,
             const std::vector<std::string>& sum) {
    std::vector<std::string> titles;
    for (const PaperColumn& column : columns) titles.push_back(column.title);
    const std::vector<TableColumn> set = ColumnsFor(columns, rows);
    Row(set, titles, RowKind::kHeader, nullptr);
    for (const auto& row : rows) Row(set, row, RowKind::kBody, &titles);
    if (!sum.empty()) Row(set, sum, RowKind::kSum, &titles);
  }

  void QrCode(const std::string& payload, const std::vector<std::string>& beside) {
    absl::StatusOr<adapters::QrCode> code = MakeQrCode(payload);
    if (!code.ok()) {
      if (error_.ok()) error_ = code.status();
      return;
    }
    constexpr double kSide = 30 * kMillimetre;
    constexpr int kQuietModules = 4;  // ISO/IEC 18004, 5.3.8.
    const double module = kSide / (code->side + 2 * kQuietModules);
    const double text_left = kSide + 10;
    std::vector<const SetText*> texts;
    double height = 0;
    for (const std::string& line : beside) {
      texts.push_back(&Keep(typesetter_.Set(line, kFieldValue, kWidth - text_left)));
      height += texts.back()->height();
    }
    const double all = std::max(kSide, height);
    Need(all);
    sheets_.back().push_back(DrawnCode{*std::move(code), kLeft + kQuietModules * module,
                                       y_ + (all - kSide) / 2 + kQuietModules * module, module});
    double text_top = y_ + (all - height) / 2;
    for (const SetText* text : texts) {
      PlaceAll(*text, kLeft + text_left, text_top);
      text_top += text->height();
    }
    y_ += all;
  }

  absl::StatusOr<std::string> Finish() {
    RECOUP_RETURN_IF_ERROR(error_);
    Number();
    std::string pdf;
    cairo_surface_t* surface =
        cairo_pdf_surface_create_for_stream(&AppendTo, &pdf, kPageWidth, kPageHeight);
    SetMetadata(surface);
    cairo_t* out = cairo_create(surface);
    for (const Sheet& sheet : sheets_) {
      for (const Mark& mark : sheet) std::visit(Draw{out}, mark);
      cairo_show_page(out);
    }
    cairo_surface_finish(surface);
    const cairo_status_t drawn = cairo_status(out);
    const cairo_status_t written = cairo_surface_status(surface);
    cairo_destroy(out);
    cairo_surface_destroy(surface);
    const cairo_status_t failed = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
    if (failed == CAIRO_STATUS_SUCCESS) return pdf;
    return MakeError(Reason::kInternal,
                     absl::StrCat("the PDF cannot be written: ", cairo_status_to_string(failed)));
  }

 private:
  enum class RowKind { kHeader, kBody, kSum };

  // Lines on pages point into the text they belong to.
  const SetText& Keep(SetText set) { return texts_.emplace_back(std::move(set)); }

  void Place(const SetText& set, std::size_t line, double left, double top) {
    PlaceOn(sheets_.back(), set, line, left, top);
  }
  static void PlaceOn(Sheet& sheet, const SetText& set, std::size_t line, double left, double top) {
    const SetLine& at = set.lines[line];
    sheet.push_back(DrawnLine{at.line, left + at.x, top + at.ascent, set.red});
  }
  void PlaceAll(const SetText& set, double left, double top) {
    for (std::size_t i = 0; i < set.lines.size(); ++i) {
      Place(set, i, left, top + static_cast<double>(i) * set.line_height);
    }
  }

  // `header` is repeated when the row begins a new page.
  struct TableColumn {
    Align align;
    double width;
  };

  // By weight, but wide enough for the longest word of each, as far as the others can spare it: a
  // payment reference on two lines is copied wrongly.
  std::vector<TableColumn> ColumnsFor(const std::vector<PaperColumn>& columns,
                                      const std::vector<std::vector<std::string>>& rows) const {
    double weights = 0;
    for (const PaperColumn& column : columns) weights += column.weight;
    std::vector<TableColumn> set;
    double missing = 0;
    double spare = 0;
    std::vector<double> beyond;  // What is left beside the longest word; negative: what is missing.
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const double width = kWidth * columns[i].weight / weights;
      set.push_back({columns[i].align, width});
      beyond.push_back(width - LongestWord(rows, i) - 2 * kCellPadding);
      (beyond[i] < 0 ? missing : spare) += std::abs(beyond[i]);
    }
    const double given = std::min(missing, spare);
    for (std::size_t i = 0; i < set.size() && given > 0; ++i) {
      set[i].width -= beyond[i] < 0 ? beyond[i] * given / missing : beyond[i] * given / spare;
    }
    return set;
  }

  // The width of what may not be broken in a column: figures, letters and signs without a blank.
  double LongestWord(const std::vector<std::vector<std::string>>& rows, std::size_t column) const {
    std::set<std::string> words;
    std::size_t longest = 0;
    for (const auto& row : rows) {
      std::string word;
      for (const char c : row[column] + " ") {
        if (c > ' ' && c < '\x7f') {
          word += c;
        } else if (!word.empty()) {
          longest = std::max(longest, word.size());
          words.insert(std::exchange(word, ""));
        }
      }
    }
    double width = 0;
    for (const std::string& word : words) {
      // A word that is much shorter is no wider, whatever its letters.
      if (5 * word.size() >= 3 * longest) width = std::max(width, typesetter_.WidthOf(word, kCell));
    }
    return width;
  }

  void Row(const std::vector<TableColumn>& columns, const std::vector<std::string>& cells,
           RowKind kind, const std::vector<std::string>* header) {
    RECOUP_CHECK(cells.size() == columns.size());
    std::vector<const SetText*> texts;
    double height = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      TextStyle style = kind == RowKind::kBody ? kCell : kHeaderCell;
      if (columns[i].align == Align::kRight) style.align = TextAlign::kRight;
      const double width = columns[i].width - 2 * kCellPadding;
      texts.push_back(&Keep(typesetter_.Set(cells[i], style, width)));
      height = std::max(height, texts.back()->height());
    }
    height += kCellPadding;
    // A header alone at the foot of a page heads nothing.
    const double room = kind == RowKind::kHeader ? 2 * height : height;
    if (y_ + room > kBottom && y_ > kTop) {
      NewPage();
      if (header != nullptr) Row(columns, *header, RowKind::kHeader, nullptr);
    }
    if (kind != RowKind::kBody) {
      sheets_.back().push_back(Shade{kLeft, y_, kWidth, height});
      sheets_.back().push_back(Rule{kLeft, kLeft + kWidth, y_, 2 * kThin, false});
    }
    double left = kLeft;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      PlaceAll(*texts[i], left + kCellPadding, y_ + kCellPadding / 2);
      left += columns[i].width;
    }
    y_ += height;
    const double thickness = kind == RowKind::kBody ? kThin : 2 * kThin;
    sheets_.back().push_back(Rule{kLeft, kLeft + kWidth, y_, thickness, false});
  }

  void Number() {
    for (std::size_t i = 0; i < sheets_.size(); ++i) {
      TextStyle right = kFooter;
      right.align = TextAlign::kRight;
      const SetText& number = Keep(typesetter_.Set(
          absl::StrCat("第 ", i + 1, " 页，共 ", sheets_.size(), " 页"), right, kWidth));
      PlaceOn(sheets_[i], number, 0, kLeft, kFooterTop);
      if (properties_.footer.empty()) continue;
      const SetText& left = Keep(typesetter_.Set(properties_.footer, kFooter, kWidth * 2 / 3));
      PlaceOn(sheets_[i], left, 0, kLeft, kFooterTop);
    }
  }

  void SetMetadata(cairo_surface_t* surface) const {
    const auto set = [surface](cairo_pdf_metadata_t key, const std::string& value) {
      cairo_pdf_surface_set_metadata(surface, key, ValidUtf8(value).c_str());
    };
    set(CAIRO_PDF_METADATA_TITLE, properties_.title);
    set(CAIRO_PDF_METADATA_AUTHOR, properties_.author);
    set(CAIRO_PDF_METADATA_CREATOR, "Recoup");
    set(CAIRO_PDF_METADATA_CREATE_DATE, PdfDate(properties_.created));
    set(CAIRO_PDF_METADATA_MOD_DATE, PdfDate(properties_.created));
  }

  const PaperProperties properties_;
  const Typesetter typesetter_;
  std::deque<SetText> texts_;  // A deque, so that references stay valid.
  std::vector<Sheet> sheets_;
  double y_ = kTop;
  absl::Status error_;
};

Paper::Paper(PaperProperties properties)
    : layout_(std::make_unique<Layout>(std::move(properties))) {}
Paper::Paper(Paper&&) noexcept = default;
Paper& Paper::operator=(Paper&&) noexcept = default;
Paper::~Paper() = default;

void Paper::Issuer(std::string text) {
  layout_->Flow(text, kIssuer);
  layout_->Space(4);
  layout_->Line(1.5, true);
  layout_->Space(14);
}

void Paper::Title(std::string text) { layout_->Flow(text, kTitle); }
void Paper::Subtitle(std::string text) {
  layout_->Flow(text, kSubtitle);
  layout_->Space(6);
}

void Paper::Heading(std::string text) {
  constexpr double kFollowing = 3 * 12 * 1.55;
  layout_->Space(6);
  layout_->Flow(text, kHeading, kFollowing);
}

void Paper::Paragraph(std::string text, ParagraphStyle style) {
  switch (style) {
    case ParagraphStyle::kIndented:
      return layout_->Flow(text, kBody);
    case ParagraphStyle::kPlain:
      return layout_->Flow(text, kPlain);
    case ParagraphStyle::kRight:
      return layout_->Flow(text, kRight);
    case ParagraphStyle::kSmall:
      return layout_->Flow(text, kSmall);
  }
}

void Paper::Fields(std::vector<std::pair<std::string, std::string>> fields) {
  layout_->Fields(fields);
}

void Paper::Table(std::vector<PaperColumn> columns, std::vector<std::vector<std::string>> rows,
                  std::vector<std::string> sum) {
  layout_->Space(4);
  layout_->Table(columns, rows, sum);
  layout_->Space(8);
}

void Paper::QrCode(std::string payload, std::vector<std::string> beside) {
  layout_->Space(6);
  layout_->QrCode(payload, beside);
  layout_->Space(6);
}

void Paper::Space(double lines) { layout_->Space(lines * kBody.size * kBody.line_height); }

absl::StatusOr<std::string> Paper::Finish() { return layout_->Finish(); }

}  // namespace recoup::adapters
