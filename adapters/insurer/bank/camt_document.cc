#include "adapters/insurer/bank/camt_document.h"

#include <array>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/camt_fields.h"
#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

constexpr std::string_view kMessage = "BkToCstmrStmt";
constexpr std::string_view kIsoNamespace = "urn:iso:std:iso:20022:tech:xsd:";
constexpr std::string_view kFamily = "camt.053.001.";

// Envelopes of the field: Document; BizMsgEnvlp or a bank's root around it; SOAP adds two.
constexpr int kEnvelopeDepthMax = 6;

struct OtherMessage {
  std::string_view element;
  std::string_view name;
};

constexpr std::array<OtherMessage, 5> kOtherMessages = {{
    {"BkToCstmrAcctRpt", "camt.052 (account report within the day)"},
    {"BkToCstmrDbtCdtNtfctn", "camt.054 (debit/credit notification, without balances)"},
    {"CstmrCdtTrfInitn", "pain.001 (payment order)"},
    {"CstmrPmtStsRpt", "pain.002 (payment status report)"},
    {"FIToFICstmrCdtTrf", "pacs.008 (payment between banks)"},
}};

absl::Status Refuse(std::string path, std::string description) {
  ReadFaults faults;
  faults.Add(std::move(path), std::move(description));
  return faults.ToStatus();
}

absl::Status CheckProlog(const pugi::xml_document& xml) {
  int roots = 0;
  for (const pugi::xml_node node : xml.children()) {
    if (node.type() == pugi::node_doctype) {
      return Refuse("DOCTYPE", "documents with a DOCTYPE are refused");
    }
    if (node.type() == pugi::node_element && ++roots > 1) {
      return Refuse(std::string(LocalName(node)), "a second root element");
    }
    if (node.type() != pugi::node_declaration) continue;
    const std::string encoding = absl::AsciiStrToUpper(node.attribute("encoding").value());
    if (!encoding.empty() && encoding != "UTF-8" && encoding != "UTF8" && encoding != "US-ASCII") {
      return Refuse("?xml/@encoding",
                    absl::StrCat("the encoding is ", QuoteCode(encoding), ", expected UTF-8"));
    }
  }
  return absl::OkStatus();
}

// Every element of that name that is not deeper than an envelope goes, outermost first.
std::vector<pugi::xml_node> FindElements(const pugi::xml_document& xml, std::string_view name) {
  std::vector<pugi::xml_node> found;
  std::vector<pugi::xml_node> level = {xml.document_element()};
  for (int depth = 0; depth < kEnvelopeDepthMax && !level.empty(); ++depth) {
    std::vector<pugi::xml_node> next;
    for (const pugi::xml_node node : level) {
      if (LocalName(node) == name) {
        found.push_back(node);
        continue;
      }
      for (const pugi::xml_node child : node.children()) {
        if (child.type() == pugi::node_element) next.push_back(child);
      }
    }
    level = std::move(next);
  }
  return found;
}

std::string PathOf(pugi::xml_node node) {
  std::string path(LocalName(node));
  for (node = node.parent(); node && node.type() == pugi::node_element; node = node.parent()) {
    path = absl::StrCat(std::string(LocalName(node)), "/", path);
  }
  return path;
}

// The namespace in force for the element: the nearest declaration of its prefix.
std::string NamespaceOf(pugi::xml_node element) {
  const std::string_view name = element.name();
  const std::size_t colon = name.find(':');
  const std::string attribute = colon == std::string_view::npos
                                    ? "xmlns"
                                    : absl::StrCat("xmlns:", std::string(name.substr(0, colon)));
  for (pugi::xml_node node = element; node; node = node.parent()) {
    if (const auto declared = node.attribute(attribute.c_str())) return declared.value();
  }
  return {};
}

absl::StatusOr<std::string> FormatOf(pugi::xml_node message, const std::string& path) {
  const std::string name_space = NamespaceOf(message);
  if (!std::string_view(name_space).starts_with(kIsoNamespace)) return "camt.053";
  const std::string format = name_space.substr(kIsoNamespace.size());
  if (std::string_view(format).starts_with(kFamily)) {
    const std::string version = format.substr(kFamily.size());
    if (version.size() == 2 && version >= "02" && version <= "13") return format;
  }
  return Refuse(absl::StrCat(path, "/@xmlns"),
                absl::StrCat("the namespace says ", QuoteCode(format),
                             ", expected camt.053.001.02 to camt.053.001.13"));
}

absl::Status RefuseOther(const pugi::xml_document& xml) {
  for (const OtherMessage& other : kOtherMessages) {
    const std::vector<pugi::xml_node> found = FindElements(xml, other.element);
    if (!found.empty()) {
      return Refuse(PathOf(found.front()), absl::StrCat("the document is ", std::string(other.name),
                                                        ", expected a camt.053 statement"));
    }
  }
  const std::string root(LocalName(xml.document_element()));
  return Refuse("/", absl::StrCat("the root element is ", QuoteCode(root),
                                  " without a camt.053 statement (BkToCstmrStmt) in it"));
}

}  // namespace

absl::StatusOr<CamtDocument> OpenCamt053(std::string_view bytes) {
  if (const auto offset = FindNotUtf8(bytes)) {
    return Refuse(absl::StrCat("byte ", *offset), "not UTF-8");
  }
  CamtDocument document;
  document.xml = std::make_unique<pugi::xml_document>();
  const pugi::xml_parse_result parsed = document.xml->load_buffer(
      bytes.data(), bytes.size(),
      pugi::parse_default | pugi::parse_declaration | pugi::parse_doctype, pugi::encoding_utf8);
  if (!parsed) {
    return Refuse(absl::StrCat("byte ", parsed.offset),
                  absl::StrCat("not well-formed XML: ", parsed.description()));
  }
  RECOUP_RETURN_IF_ERROR(CheckProlog(*document.xml));
  const std::vector<pugi::xml_node> messages = FindElements(*document.xml, kMessage);
  if (messages.empty()) return RefuseOther(*document.xml);
  document.message = messages.front();
  document.path = PathOf(document.message);
  // Reading only the first would lose money without a word.
  if (messages.size() > 1) return Refuse(document.path, "more than one message in the file");
  RECOUP_ASSIGN_OR_RETURN(document.format, FormatOf(document.message, document.path));
  return document;
}

}  // namespace recoup::insurer::bank
