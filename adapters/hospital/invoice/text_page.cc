#include "adapters/hospital/invoice/text_page.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "hub/base/error.h"

namespace recoup::hospital::invoice {
namespace {

// No bill has more, and every page is searched for every label.
constexpr std::size_t kBytesMax = 1u << 20;
constexpr std::size_t kLineBytesMax = 4096;

constexpr double kColumn = 5.5;  // Points; a Latin character of ten-point print.
constexpr double kHeight = 10;
constexpr double kPitch = 12;  // From line to line.
// What a word gives up at its right so that even one space parts it from the next.
constexpr double kParting = 4;

constexpr char kNoBillFile[] = "既不是 XML、JSON、OFD、PDF、图片，也不是文本";

absl::Status RefuseText(Reason reason, std::string why) {
  ErrorDetail detail;
  detail.reason = reason;
  detail.faults.push_back({"", why});
  return MakeError(why, std::move(detail));
}

bool HasControlCharacters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && (byte < '\t' || byte > '\r'));
  });
}

bool HasColon(std::string_view text) {
  return text.find(':') != std::string_view::npos || text.find("：") != std::string_view::npos;
}

std::size_t ColumnsOf(std::string_view text, HanWidth width) {
  std::size_t columns = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0u) == 0x80u) continue;
    columns += byte >= 0xE0 && width == HanWidth::kTwo ? 2 : 1;
  }
  return columns;
}

std::string_view FirstWordOf(std::string_view line) {
  return line.substr(0, line.find_first_of(" \t"));
}

struct SourceLine {
  std::string text;
  std::size_t number = 0;
};

// Lines that say something. What stands alone below a label and its colon is its value: portals
// break the line there.
std::vector<SourceLine> LinesThatSay(std::string_view text, std::size_t first_number) {
  std::vector<SourceLine> lines;
  std::size_t number = first_number;
  for (const absl::string_view piece :
       absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    const std::string_view line(piece.data(), piece.size());
    const std::size_t at = number++;
    if (Trimmed(line).empty()) continue;
    const bool continues =
        !lines.empty() && !HasColon(FirstWordOf(Trimmed(line))) &&
        (Trimmed(lines.back().text).ends_with(':') || Trimmed(lines.back().text).ends_with("：")) &&
        lines.back().number + 1 == at;
    if (continues) {
      lines.back().text =
          absl::StrCat(std::string(Trimmed(lines.back().text)), std::string(Trimmed(line)));
      continue;
    }
    // Spaces before the text are the page's margin; they count, other white space does not.
    std::string kept(line.substr(0, kLineBytesMax));
    while (!kept.empty() && (kept.back() == '\r' || kept.back() == ' ')) kept.pop_back();
    lines.push_back({std::move(kept), at});
  }
  return lines;
}

// Cells of a table that was copied from a screen stand under one another by their count.
std::size_t TabStop(const std::vector<SourceLine>& lines, HanWidth width) {
  std::size_t widest = 0;
  for (const SourceLine& line : lines) {
    if (line.text.find('\t') == std::string::npos) continue;
    for (const absl::string_view cell : absl::StrSplit(line.text, '\t')) {
      widest = std::max(widest, ColumnsOf(std::string_view(cell.data(), cell.size()), width));
    }
  }
  return widest + 2;
}

class PageBuilder {
 public:
  PageBuilder(std::vector<SourceLine> lines, HanWidth width)
      : lines_(std::move(lines)), width_(width), tab_(TabStop(lines_, width)) {}

  TextPage Build() {
    TextPage page;
    double right = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      AddWords(lines_[i].text, i, page.page.words);
      page.lines.push_back(lines_[i].number);
    }
    for (const adapters::Word& word : page.page.words) right = std::max(right, word.box.right);
    page.page.width = right;
    page.page.height = static_cast<double>(lines_.size()) * kPitch;
    return page;
  }

 private:
  void AddWords(std::string_view text, std::size_t line, std::vector<adapters::Word>& words) const {
    const double top = static_cast<double>(line) * kPitch;
    std::size_t column = 0;
    std::size_t before = words.size();
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == '\t') {
        column = (column / tab_ + 1) * tab_;
        ++at;
        continue;
      }
      if (text[at] == ' ' || text[at] == '\r' || text[at] == '\v') {
        ++column;
        ++at;
        continue;
      }
      if (text.substr(at).starts_with("\u3000")) {  // The full-width space.
        column += 2;
        at += 3;
        continue;
      }
      std::size_t end = at;
      while (end < text.size() && text[end] != ' ' && text[end] != '\t' && text[end] != '\r' &&
             text[end] != '\v' && !text.substr(end).starts_with("\u3000")) {
        ++end;
      }
      const std::string_view word = text.substr(at, end - at);
      const double left = static_cast<double>(column) * kColumn;
      column += ColumnsOf(word, width_);
      // "林若溪 打印日期：…": a label that nobody asks for ends a value, too.
      if (words.size() > before && HasColon(word)) words.back().box.right -= kParting;
      words.push_back({std::string(word),
                       {left, top, static_cast<double>(column) * kColumn, top + kHeight},
                       100,
                       line});
      at = end;
    }
  }

  const std::vector<SourceLine> lines_;
  const HanWidth width_;
  const std::size_t tab_;
};

}  // namespace

absl::StatusOr<std::string> TextFromBytes(std::string_view bytes, std::vector<QualityNote>& notes) {
  if (bytes.size() > kBytesMax) {
    return RefuseText(Reason::kTooLarge, absl::StrCat("文本超过 ", kBytesMax, " 字节，不是票据"));
  }
  std::string text = Utf8FromMarkedUtf16(WithoutByteOrderMark(bytes));
  if (!IsValidUtf8(text)) {
    if (std::optional<std::string> read = Utf8FromGb18030(text)) {
      text = *std::move(read);
      notes.push_back({NoteKind::kRepaired, "", "文字是 GB18030，不是 UTF-8"});
    } else if (std::optional<std::string> mended = MendedText(text, false)) {
      text = *std::move(mended);
      notes.push_back({NoteKind::kRepaired, "", "有的字符已损坏"});
    } else {
      return RefuseText(Reason::kInvalidArgument, kNoBillFile);
    }
  }
  if (HasControlCharacters(text)) return RefuseText(Reason::kInvalidArgument, kNoBillFile);
  if (std::optional<std::string> meant = UnscrambledText(text)) {
    text = *std::move(meant);
    notes.push_back({NoteKind::kRepaired, "", "文字此前被按错误的字符集读过，已还原"});
  }
  return text;
}

std::size_t TextPage::LineAt(const adapters::Box& box) const {
  const auto line = static_cast<std::size_t>(std::max(0.0, box.middle()) / kPitch);
  return line < lines.size() ? lines[line] : 0;
}

std::vector<TextPage> PagesOfText(std::string_view utf8, HanWidth width) {
  std::vector<TextPage> pages;
  std::size_t number = 1;
  for (std::size_t from = 0; from <= utf8.size();) {
    const std::size_t to = std::min(utf8.find('\f', from), utf8.size());
    const std::string_view part = utf8.substr(from, to - from);
    std::vector<SourceLine> lines = LinesThatSay(part, number);
    number += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
    if (!lines.empty()) pages.push_back(PageBuilder(std::move(lines), width).Build());
    from = to + 1;
  }
  return pages;
}

}  // namespace recoup::hospital::invoice
