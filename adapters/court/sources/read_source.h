// The bytes of a file → the court documents in it.
//
// Which reader applies is decided by content, never by the file's name:
//   plain text   UTF-8, UTF-16 and GB18030, with or without byte order mark (../source.h)
//   JSON         as 裁判文书网 publishes it (s1 … s54, qwContent): one object, a list, or one per
//   line HTML         with the anchors WBSB DSRXX SSJL AJJBQK CPYZ PJJG WBWB, or without docx
//   Office Open XML PDF, images  the text, or what is recognised on scanned pages, with confidence
//
// Refused with the reason in words: empty, truncated, password-protected and foreign files, and
// files without text. Zip files of documents are opened by source_queue.h. Nothing is thrown. One
// reader per thread; it loads the engine for scans with the first scan.
#ifndef RECOUP_ADAPTERS_COURT_SOURCES_READ_SOURCE_H_
#define RECOUP_ADAPTERS_COURT_SOURCES_READ_SOURCE_H_

#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/pages/page_reader.h"
#include "adapters/court/sources/source_document.h"

namespace recoup::court {

class SourceReader {
 public:
  explicit SourceReader(
      std::unique_ptr<adapters::Recogniser> recogniser = adapters::MakeTesseract());

  // At least one document, each with text.
  absl::StatusOr<std::vector<SourceDocument>> Read(std::string_view bytes);

 private:
  adapters::PageReader pages_;
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCES_READ_SOURCE_H_
