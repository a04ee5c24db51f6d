// Letters on paper: a PDF of A4 pages, set in a Chinese serif face.
//
//   Paper paper({.title = "医保基金退回核查函", .author = …, .created = …});
//   paper.Title("医保基金退回核查函");
//   paper.Paragraph("……");
//   paper.Table({{"项目"}, {"金额（元）", Align::kRight}}, rows);
//   RECOUP_ASSIGN_OR_RETURN(const std::string pdf, paper.Finish());
//
// Blocks follow each other from the top; a page that is full is followed by another one, a heading
// stays with what it heads, a table repeats its header row. Every page carries its number and how
// many there are. The text can be searched and copied. The same content gives the same bytes: the
// date in the file is the one given. Invalid UTF-8 is shown as replacement characters. Not
// thread-safe; papers in several threads do not disturb one another.
#ifndef RECOUP_ADAPTERS_COMMON_PAPER_PAPER_H_
#define RECOUP_ADAPTERS_COMMON_PAPER_PAPER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/common/display_width.h"

namespace recoup::adapters {

struct PaperProperties {
  std::string title;
  std::string author;
  absl::Time created;
  std::string footer = {};  // Beside the page number, for instance the number of the letter.
};

struct PaperColumn {
  std::string title;
  Align align = Align::kLeft;  // Amounts go right, so that their points stand below each other.
  double weight = 1;           // Of the width.
};

enum class ParagraphStyle {
  kIndented,  // Two characters on its first line, as Chinese letters have it.
  kPlain,
  kRight,  // Who signs, and the date.
  kSmall,  // Remarks.
};

class Paper {
 public:
  explicit Paper(PaperProperties properties);
  Paper(Paper&&) noexcept;
  Paper& operator=(Paper&&) noexcept;
  ~Paper();

  void Issuer(std::string text);  // Who writes: red, above everything, with a rule below.
  void Title(std::string text);
  void Subtitle(std::string text);  // The number of the letter.
  void Heading(std::string text);
  void Paragraph(std::string text, ParagraphStyle style = ParagraphStyle::kIndented);
  // Label and value, the values below each other.
  void Fields(std::vector<std::pair<std::string, std::string>> fields);
  // Rows have as many cells as there are columns, else a programmer error. A row given as the sum
  // is set off.
  void Table(std::vector<PaperColumn> columns, std::vector<std::vector<std::string>> rows,
             std::vector<std::string> sum = {});
  // The code, and lines of text beside it.
  void QrCode(std::string payload, std::vector<std::string> beside);
  void Space(double lines);

  // The bytes of the PDF. Call once.
  absl::StatusOr<std::string> Finish();

 private:
  class Layout;
  std::unique_ptr<Layout> layout_;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PAPER_PAPER_H_
