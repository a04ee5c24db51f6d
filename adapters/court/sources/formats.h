// The readers of the single formats; internal to this folder, the interface is read_source.h.
#ifndef RECOUP_ADAPTERS_COURT_SOURCES_FORMATS_H_
#define RECOUP_ADAPTERS_COURT_SOURCES_FORMATS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/archive/archive.h"
#include "adapters/common/pages/page.h"
#include "adapters/court/sources/source_document.h"
#include "adapters/court/sources/text_builder.h"

namespace recoup::court {

// What a file is, as far as its first bytes and, of text, its first characters tell.
bool LooksLikeJson(std::u32string_view text);
bool LooksLikeHtml(std::u32string_view text);

// The text is UTF-8.
absl::StatusOr<std::vector<SourceDocument>> ReadWenshuJson(std::string_view text);

// Adds the text of an HTML page or fragment. With anchors, what stands before the first of them (a
// site's navigation) is left out, and places are the anchors' names; else the given place.
// TOO_LARGE when it is nested beyond all reason.
absl::Status AddHtml(std::string_view html, std::string_view place, TextBuilder& out);

bool IsDocx(const adapters::Archive& archive);
absl::StatusOr<SourceDocument> ReadDocx(adapters::Archive& archive);

// Pages of a PDF or of an image, without their page numbers.
SourceDocument FromPages(const adapters::PagedDocument& pages, SourceFormat format);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCES_FORMATS_H_
