#include "adapters/court/sources/read_source.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/archive/archive.h"
#include "adapters/court/source.h"
#include "adapters/court/sources/formats.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::court {
namespace {

using adapters::Archive;
using std::string_view_literals::operator""sv;

absl::Status Foreign(std::string_view what) {
  return MakeError(Reason::kInvalidArgument,
                   absl::StrCat("the file is ", std::string(what), ", which cannot be read"));
}

struct Magic {
  std::string_view begins;
  std::string_view what;
};

// Formats that people do send, by name, so that they know what to ask the sender for.
constexpr Magic kForeign[] = {
    {"7z\xBC\xAF\x27\x1C"sv, "a 7z archive; pack it as zip"},
    {"Rar!\x1A\x07"sv, "a RAR archive; pack it as zip"},
    {"\x1F\x8B"sv, "a gzip archive; pack it as zip"},
    {"{\\rtf"sv, "an RTF document; save it as docx"},
    {"\x7F"
     "ELF"sv,
     "a program"},
    {"MZ\x90"sv, "a program"},
    {"SQLite format 3"sv, "a database"},
};

// The container of Word up to 2003, and of Office files that a password protects.
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;

absl::Status RefuseCompoundFile(std::string_view bytes) {
  // ECMA-376 files are encrypted into a stream of this name (MS-OFFCRYPTO 2.3.4), in UTF-16.
  constexpr std::string_view kEncrypted = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
  if (bytes.find(kEncrypted) != std::string_view::npos) {
    return MakeError(Reason::kInvalidArgument, "the document is protected by a password");
  }
  return Foreign("a Word document of the old kind (doc); save it as docx");
}

absl::StatusOr<SourceDocument> ReadZip(std::string_view bytes) {
  RECOUP_ASSIGN_OR_RETURN(Archive archive, Archive::Open(bytes));
  if (IsDocx(archive)) return ReadDocx(archive);
  if (archive.Find("OFD.xml").has_value()) return Foreign("an OFD document; print it to PDF");
  return Foreign("a zip file within which no document was found");
}

// A stub of an image may be valid ASCII ("BM,'~"); a judgment has Chinese characters.
bool HasText(const SourceDocument& document) {
  return std::ranges::any_of(document.text, [](char32_t c) { return c >= 0x3400 && c <= 0x9FFF; });
}

absl::StatusOr<std::vector<SourceDocument>> ReadCharacters(std::string_view bytes) {
  RECOUP_ASSIGN_OR_RETURN(std::u32string text, DecodeText(bytes));
  if (LooksLikeJson(text)) return ReadWenshuJson(EncodeUtf8(text));
  std::vector<SourceDocument> documents;
  if (LooksLikeHtml(text)) {
    TextBuilder builder(SourceFormat::kHtml);
    RECOUP_RETURN_IF_ERROR(AddHtml(EncodeUtf8(text), "", builder));
    documents.push_back(builder.Finish());
  } else {
    TextBuilder builder(SourceFormat::kPlainText);
    builder.Add(text, "");
    documents.push_back(builder.Finish());
  }
  return documents;
}

}  // namespace

SourceReader::SourceReader(std::unique_ptr<adapters::Recogniser> recogniser)
    : pages_(std::move(recogniser)) {}

absl::StatusOr<std::vector<SourceDocument>> SourceReader::Read(std::string_view bytes) {
  if (bytes.empty()) return MakeError(Reason::kInvalidArgument, "the file is empty");
  std::vector<SourceDocument> documents;
  const std::optional<adapters::PagesFormat> paged = adapters::PagesFormatOf(bytes);
  if (paged.has_value()) {
    RECOUP_ASSIGN_OR_RETURN(const adapters::PagedDocument pages, pages_.Read(bytes));
    documents.push_back(FromPages(
        pages, *paged == adapters::PagesFormat::kPdf ? SourceFormat::kPdf : SourceFormat::kImage));
  } else if (adapters::LooksLikeZip(bytes)) {
    RECOUP_ASSIGN_OR_RETURN(SourceDocument document, ReadZip(bytes));
    documents.push_back(std::move(document));
  } else if (bytes.starts_with(kCompoundFile)) {
    return RefuseCompoundFile(bytes);
  } else {
    for (const Magic& foreign : kForeign) {
      if (bytes.starts_with(foreign.begins)) return Foreign(foreign.what);
    }
    RECOUP_ASSIGN_OR_RETURN(documents, ReadCharacters(bytes));
  }
  std::erase_if(documents, [](const SourceDocument& document) { return !HasText(document); });
  if (documents.empty()) {
    return MakeError(Reason::kInvalidArgument, paged.has_value()
                                                   ? "no text can be recognised on its pages"
                                                   : "the file holds no text in Chinese");
  }
  return documents;
}

}  // namespace recoup::court
