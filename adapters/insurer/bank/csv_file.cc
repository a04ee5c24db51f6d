#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/insurer/bank/csv_statement.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

// Above the heading stand account, holder, period, totals: a handful of rows.
constexpr std::size_t kHeadingRowMax = 50;
// The comma first: it is what the name says.
constexpr std::string_view kDelimiters = ",\t;|";

absl::StatusOr<std::string> DecodeUtf8(std::string_view bytes) {
  bytes = WithoutBom(bytes);
  if (const auto offset = FindNotUtf8(bytes)) {
    return MakeError(Reason::kInvalidArgument, absl::StrCat("byte ", *offset, ": not UTF-8"));
  }
  return std::string(bytes);
}

// A byte order mark is the file's own word: spreadsheets write one when they save a bank's export
// again in another charset.
absl::StatusOr<std::string> Decode(std::string_view bytes, CsvCharset charset) {
  if (IsUtf16(bytes)) return Utf16ToUtf8(bytes);
  if (WithoutBom(bytes).size() != bytes.size()) return DecodeUtf8(bytes);
  switch (charset) {
    case CsvCharset::kByContent:
      return DecodeByContent(bytes);
    case CsvCharset::kUtf8:
      return DecodeUtf8(bytes);
    case CsvCharset::kGb18030:
      return Gb18030ToUtf8(bytes);
    case CsvCharset::kUtf16:
      return MakeError(Reason::kInvalidArgument, "no byte order mark of UTF-16");
  }
  RECOUP_CHECK(false);
}

// Lines end with LF, CRLF or CR, as for the parser.
std::string_view WithoutLines(std::string_view text, std::size_t lines) {
  for (; lines > 0; --lines) {
    const std::size_t end = text.find_first_of("\r\n");
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  return text;
}

std::vector<std::string> MissingFrom(const CsvRow& row, const std::vector<std::string>& headings) {
  std::vector<std::string> missing;
  for (const std::string& heading : headings) {
    if (std::find(row.cells.begin(), row.cells.end(), heading) == row.cells.end()) {
      missing.push_back(heading);
    }
  }
  return missing;
}

// Where each heading stands; a wanted heading that stands twice leaves open which one is meant.
absl::StatusOr<CsvHeading> HeadingOf(const CsvRow& row, const std::vector<std::string>& headings) {
  CsvHeading result;
  Faults faults;
  for (const std::string& heading : headings) {
    const auto found = std::find(row.cells.begin(), row.cells.end(), heading);
    if (std::find(std::next(found), row.cells.end(), heading) != row.cells.end()) {
      faults.Add(absl::StrCat("line ", row.line), absl::StrCat("two columns are ", heading));
    }
    result[heading] = static_cast<std::size_t>(found - row.cells.begin());
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return result;
}

// The last cell with text, for tables whose rows all end with a delimiter.
std::size_t CellsOf(const CsvRow& row) {
  std::size_t cells = row.cells.size();
  while (cells > 0 && row.cells[cells - 1].empty()) --cells;
  return cells;
}

// The row in which all headings stand, of those that may be one; else what the most similar lacks.
struct HeadingSearch {
  std::optional<std::size_t> row;
  std::vector<std::string> missing;
};

HeadingSearch FindHeading(const std::vector<CsvRow>& rows,
                          const std::vector<std::string>& headings) {
  HeadingSearch search{std::nullopt, headings};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<std::string> missing = MissingFrom(rows[i], headings);
    if (missing.empty()) return {i, {}};
    if (missing.size() < search.missing.size()) search.missing = std::move(missing);
  }
  return search;
}

// The table itself is read strictly, from the line of its heading on; `beginning` holds what stands
// above it.
absl::StatusOr<CsvFile> ReadTable(std::string_view text, char delimiter, const CsvProfile& profile,
                                  std::vector<CsvRow> beginning, std::size_t heading_row,
                                  const ReadOptions& options) {
  const std::size_t first_line = beginning[heading_row].line;
  RECOUP_ASSIGN_OR_RETURN(std::vector<CsvRow> rows,
                          ParseCsv(WithoutLines(text, first_line - profile.skip_rows - 1),
                                   delimiter, first_line, options.entries_max + kHeadingRowMax));
  // Line ends of two kinds in one cell above the table would count differently.
  if (rows.empty() || !MissingFrom(rows.front(), profile.Headings()).empty()) {
    return MakeError(Reason::kInvalidArgument, "the lines above the heading cannot be counted");
  }
  CsvFile file;
  RECOUP_ASSIGN_OR_RETURN(file.heading, HeadingOf(rows.front(), profile.Headings()));
  file.heading_cells = CellsOf(rows.front());
  file.rows.assign(std::make_move_iterator(rows.begin() + 1), std::make_move_iterator(rows.end()));
  beginning.resize(heading_row);
  file.preamble = std::move(beginning);
  return file;
}

}  // namespace

absl::StatusOr<CsvFile> OpenCsv(std::string_view bytes, const CsvProfile& profile,
                                const ReadOptions& options) {
  if (bytes.size() > options.bytes_max) {
    return MakeError(Reason::kTooLarge, absl::StrCat("the file has ", bytes.size(),
                                                     " bytes, more than ", options.bytes_max));
  }
  RECOUP_ASSIGN_OR_RETURN(const std::string decoded, Decode(bytes, profile.charset));
  const std::string_view text = WithoutLines(decoded, profile.skip_rows);
  const std::vector<std::string> headings = profile.Headings();
  std::vector<std::string> fewest_missing = headings;
  const std::string_view delimiters = profile.delimiter == kDelimiterByContent
                                          ? kDelimiters
                                          : std::string_view(&profile.delimiter, 1);
  for (const char delimiter : delimiters) {
    std::vector<CsvRow> beginning =
        CsvBeginning(text, delimiter, profile.skip_rows + 1, kHeadingRowMax);
    const HeadingSearch search = FindHeading(beginning, headings);
    if (search.row) {
      return ReadTable(text, delimiter, profile, std::move(beginning), *search.row, options);
    }
    if (search.missing.size() < fewest_missing.size()) fewest_missing = search.missing;
  }
  return MakeError(Reason::kInvalidArgument,
                   absl::StrCat("no heading of the CSV profile ", profile.name,
                                ": missing columns ", absl::StrJoin(fewest_missing, ", ")));
}

}  // namespace recoup::insurer::bank
