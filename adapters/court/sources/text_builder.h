// Puts the text of a document together and remembers where each piece came from; internal to this
// folder.
#ifndef RECOUP_ADAPTERS_COURT_SOURCES_TEXT_BUILDER_H_
#define RECOUP_ADAPTERS_COURT_SOURCES_TEXT_BUILDER_H_

#include <string>
#include <string_view>
#include <utility>

#include "adapters/court/source.h"
#include "adapters/court/sources/source_document.h"

namespace recoup::court {

class TextBuilder {
 public:
  explicit TextBuilder(SourceFormat format) { document_.format = format; }

  // Neighbours from one place, read equally well, become one piece.
  void Add(std::u32string_view text, std::string_view place, int confidence_percent = 100) {
    if (text.empty()) return;
    const std::size_t begin = document_.text.size();
    document_.text += text;
    auto& pieces = document_.pieces;
    if (!pieces.empty() && pieces.back().end == begin && pieces.back().place == place &&
        pieces.back().confidence_percent == confidence_percent) {
      pieces.back().end = document_.text.size();
      return;
    }
    pieces.push_back({begin, document_.text.size(), std::string(place), confidence_percent});
  }
  void AddUtf8(std::string_view text, std::string_view place, int confidence_percent = 100) {
    Add(DecodeUtf8(text), place, confidence_percent);
  }
  // Ends the line, unless it is empty.
  void EndLine() {
    if (!document_.text.empty() && document_.text.back() != U'\n') document_.text += U'\n';
  }

  SourceDocument& document() { return document_; }
  SourceDocument Finish() { return std::move(document_); }

 private:
  SourceDocument document_;
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCES_TEXT_BUILDER_H_
