// A court document as its reader found it: the text, where in the file each part of it stands, and
// how surely it was read. What everything after the readers works on, whatever the format was.
//
// Positions count code points of `text`; they are what evidence refers to. Plain values.
#ifndef RECOUP_ADAPTERS_COURT_SOURCES_SOURCE_DOCUMENT_H_
#define RECOUP_ADAPTERS_COURT_SOURCES_SOURCE_DOCUMENT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace recoup::court {

enum class SourceFormat { kPlainText, kWenshuJson, kHtml, kDocx, kPdf, kImage };
std::string_view Name(SourceFormat format);       // "PLAIN_TEXT"
std::string_view InChinese(SourceFormat format);  // "文本"

// A stretch of the text and where it comes from; line ends that a reader adds belong to none.
struct SourcePiece {
  std::size_t begin = 0;  // Code points of the text, half open.
  std::size_t end = 0;
  std::string place;  // "s27", "PJJG", "第 2 页", "第 14 段"; empty in plain text.
  int confidence_percent = 100;
};

struct SourceDocument {
  SourceFormat format = SourceFormat::kPlainText;
  std::u32string text;
  std::vector<SourcePiece> pieces;  // In the order of the text.
  // Of what was recognised in images, the mean over its characters; 100 when nothing was.
  int confidence_percent = 100;
  // What is hashed when a file holds several documents; empty when the file is the document.
  std::string own_bytes = {};
};

// The least confidence with which any character between begin and end was read.
int ConfidenceWithin(const SourceDocument& document, std::size_t begin, std::size_t end);
// Where the text at this position comes from; empty for plain text.
std::string_view PlaceOf(const SourceDocument& document, std::size_t position);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCES_SOURCE_DOCUMENT_H_
