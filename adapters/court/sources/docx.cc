// Office Open XML: paragraphs of word/document.xml in order, deleted text left out.
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/court/sources/formats.h"
#include "adapters/court/sources/word_numbering.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "pugixml.hpp"

namespace recoup::court {
namespace {

constexpr std::string_view kBody = "word/document.xml";
constexpr std::string_view kNumbering = "word/numbering.xml";

// Writers choose their own prefixes, so elements are known by their local names.
std::string_view LocalName(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Text moved away, properties of before a change, and what is there only for programs that do not
// know a newer element.
bool IsSkipped(std::string_view name) {
  return name == "del" || name == "moveFrom" || name == "Fallback" || name == "instrText" ||
         name == "pPrChange" || name == "rPrChange";
}

class BodyReader {
 public:
  BodyReader(const WordNumbering& numbering, TextBuilder& out) : numbering_(numbering), out_(out) {}

  // In document order without recursion, since the nesting is the sender's.
  void Read(const pugi::xml_node& root) {
    pugi::xml_node node = root;
    for (;;) {
      pugi::xml_node next = Enter(node) ? node.first_child() : pugi::xml_node();
      while (!next) {
        Leave(node);
        if (node == root) return;
        next = node.next_sibling();
        if (!next) node = node.parent();
      }
      node = next;
    }
  }

 private:
  bool Enter(const pugi::xml_node& node) {
    const std::string_view name = LocalName(node);
    if (IsSkipped(name)) return false;
    if (name == "p") {
      out_.EndLine();
      place_ = absl::StrCat("第 ", ++paragraphs_, " 段");
    } else if (name == "numPr") {
      out_.AddUtf8(numbering_.Next(node, counters_), place_);
    } else if (name == "t") {
      out_.AddUtf8(node.text().get(), place_);
    } else if (name == "tab") {
      out_.Add(U"\t", place_);
    } else if (name == "br" || name == "cr") {
      out_.EndLine();
    }
    return name != "t";
  }
  void Leave(const pugi::xml_node& node) {
    const std::string_view name = LocalName(node);
    if (name == "p" || name == "tr") out_.EndLine();
  }

  const WordNumbering& numbering_;
  TextBuilder& out_;
  WordNumbering::Counters counters_;
  std::size_t paragraphs_ = 0;
  std::string place_;
};

absl::StatusOr<std::string> ReadPart(adapters::Archive& archive, std::string_view name) {
  const auto entry = archive.Find(name);
  if (!entry.has_value()) return std::string();
  return archive.Read(*entry);
}

}  // namespace

bool IsDocx(const adapters::Archive& archive) { return archive.Find(kBody).has_value(); }

absl::StatusOr<SourceDocument> ReadDocx(adapters::Archive& archive) {
  RECOUP_ASSIGN_OR_RETURN(const std::string body, ReadPart(archive, kBody));
  RECOUP_ASSIGN_OR_RETURN(const std::string numbering_xml, ReadPart(archive, kNumbering));
  pugi::xml_document xml;
  constexpr unsigned kKeepSpaces = pugi::parse_default | pugi::parse_ws_pcdata;
  if (!xml.load_buffer(body.data(), body.size(), kKeepSpaces)) {
    return MakeError(Reason::kInvalidArgument, "the Word document is damaged");
  }
  const WordNumbering numbering = WordNumbering::Read(numbering_xml);
  TextBuilder builder(SourceFormat::kDocx);
  BodyReader(numbering, builder).Read(xml.document_element());
  return builder.Finish();
}

}  // namespace recoup::court
