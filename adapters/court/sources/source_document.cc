#include "adapters/court/sources/source_document.h"

#include <algorithm>

#include "hub/base/check.h"

namespace recoup::court {
namespace {

// The first piece that ends after the position.
std::vector<SourcePiece>::const_iterator PieceAfter(const SourceDocument& document,
                                                    std::size_t position) {
  return std::ranges::upper_bound(document.pieces, position, {},
                                  [](const SourcePiece& piece) { return piece.end; });
}

}  // namespace

std::string_view Name(SourceFormat format) {
  switch (format) {
    case SourceFormat::kPlainText:
      return "PLAIN_TEXT";
    case SourceFormat::kWenshuJson:
      return "WENSHU_JSON";
    case SourceFormat::kHtml:
      return "HTML";
    case SourceFormat::kDocx:
      return "DOCX";
    case SourceFormat::kPdf:
      return "PDF";
    case SourceFormat::kImage:
      return "IMAGE";
  }
  RECOUP_CHECK(false);
}

std::string_view InChinese(SourceFormat format) {
  switch (format) {
    case SourceFormat::kPlainText:
      return "文本";
    case SourceFormat::kWenshuJson:
      return "文书网 JSON";
    case SourceFormat::kHtml:
      return "网页";
    case SourceFormat::kDocx:
      return "Word 文档";
    case SourceFormat::kPdf:
      return "PDF";
    case SourceFormat::kImage:
      return "图像";
  }
  RECOUP_CHECK(false);
}

int ConfidenceWithin(const SourceDocument& document, std::size_t begin, std::size_t end) {
  int least = 100;
  for (auto piece = PieceAfter(document, begin);
       piece != document.pieces.end() && piece->begin < end; ++piece) {
    least = std::min(least, piece->confidence_percent);
  }
  return least;
}

std::string_view PlaceOf(const SourceDocument& document, std::size_t position) {
  const auto piece = PieceAfter(document, position);
  if (piece == document.pieces.end() || piece->begin > position) return {};
  return piece->place;
}

}  // namespace recoup::court
