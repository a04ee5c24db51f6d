#include "adapters/insurer/bank/camt_document.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/camt_fields.h"
#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

constexpr std::string_view kIsoNamespace = "urn:iso:std:iso:20022:tech:xsd:";
constexpr std::string_view kVersionMin = "02";
constexpr std::string_view kVersionMax = "13";

// Envelopes of the field: Document; BizMsgEnvlp or a bank's root around it; SOAP adds two.
constexpr int kEnvelopeDepthMax = 6;

struct ReadMessage {
  std::string_view element;
  std::string_view family;
  std::string_view statement;
  DocumentKind kind;
};

constexpr std::array<ReadMessage, 3> kReadMessages = {{
    {"BkToCstmrStmt", "camt.053", "Stmt", DocumentKind::kStatement},
    {"BkToCstmrAcctRpt", "camt.052", "Rpt", DocumentKind::kIntradayReport},
    {"BkToCstmrDbtCdtNtfctn", "camt.054", "Ntfctn", DocumentKind::kNotification},
}};

struct OtherMessage {
  std::string_view element;
  std::string_view name;
};

constexpr std::array<OtherMessage, 7> kOtherMessages = {{
    {"CstmrCdtTrfInitn", "pain.001 (payment order)"},
    {"CstmrPmtStsRpt", "pain.002 (payment status report)"},
    {"FIToFICstmrCdtTrf", "pacs.008 (payment between banks)"},
    // Version 01 named the element by its version and laid out accounts and batches differently.
    {"BkToCstmrStmtV01", "camt.053.001.01; versions 02 to 13 are read"},
    {"BkToCstmrAcctRptV01", "camt.052.001.01; versions 02 to 13 are read"},
    {"BkToCstmrDbtCdtNtfctnV01", "camt.054.001.01; versions 02 to 13 are read"},
    {"html", "an HTML page; export the statement as CSV or camt.053"},
}};

absl::Status Refuse(std::string path, std::string description) {
  ReadFaults faults;
  faults.Add(std::move(path), std::move(description));
  return faults.ToStatus();
}

// The value of encoding="…" in the XML declaration, before anything is decoded.
std::string DeclaredEncoding(std::string_view bytes) {
  const std::string_view begin = Trim(WithoutBom(bytes));
  if (!begin.starts_with("<?xml")) return {};
  const std::string_view declaration = begin.substr(0, begin.find("?>"));
  const std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  const std::size_t open = declaration.find_first_of("\"'", at);
  if (open == std::string_view::npos) return {};
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return std::string(declaration.substr(open + 1, close - open - 1));
}

absl::StatusOr<std::string> DecodeXml(std::string_view bytes) {
  if (IsUtf16(bytes)) return Utf16ToUtf8(bytes);
  const std::string encoding = DeclaredEncoding(bytes);
  if (encoding.empty() || absl::EqualsIgnoreCase(encoding, "UTF-8") ||
      absl::EqualsIgnoreCase(encoding, "UTF8") || absl::EqualsIgnoreCase(encoding, "US-ASCII")) {
    if (const auto offset = FindNotUtf8(bytes)) {
      return Refuse(absl::StrCat("byte ", *offset), "not UTF-8");
    }
    return std::string(bytes);
  }
  absl::StatusOr<std::string> text = DecodeNamed(bytes, encoding);
  if (text.ok()) return text;
  return Refuse("?xml/@encoding", absl::StrCat("the encoding is ", QuoteCode(encoding), ": ",
                                               std::string(text.status().message())));
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
  }
  return absl::OkStatus();
}

// Every element that `wanted` takes and that is not deeper than an envelope goes, outermost first.
template <typename Wanted>
std::vector<pugi::xml_node> FindElements(const pugi::xml_document& xml, const Wanted& wanted) {
  std::vector<pugi::xml_node> found;
  std::vector<pugi::xml_node> level = {xml.document_element()};
  for (int depth = 0; depth < kEnvelopeDepthMax && !level.empty(); ++depth) {
    std::vector<pugi::xml_node> next;
    for (const pugi::xml_node node : level) {
      if (wanted(LocalName(node))) {
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

// "Document[2]" where siblings have the same name, else "Document".
std::string StepOf(pugi::xml_node node) {
  const std::string name(LocalName(node));
  int position = 0;
  int count = 0;
  for (const pugi::xml_node sibling : node.parent().children()) {
    if (LocalName(sibling) == name) ++count;
    if (sibling == node) position = count;
  }
  return count > 1 ? absl::StrCat(name, "[", position, "]") : name;
}

std::string PathOf(pugi::xml_node node) {
  std::string path = StepOf(node);
  for (node = node.parent(); node && node.type() == pugi::node_element; node = node.parent()) {
    path = absl::StrCat(StepOf(node), "/", path);
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

absl::StatusOr<std::string> FormatOf(const ReadMessage& type, pugi::xml_node message,
                                     const std::string& path) {
  const std::string family(type.family);
  const std::string name_space = NamespaceOf(message);
  if (!std::string_view(name_space).starts_with(kIsoNamespace)) return family;
  const std::string format = name_space.substr(kIsoNamespace.size());
  const std::string prefix = absl::StrCat(family, ".001.");
  if (std::string_view(format).starts_with(prefix)) {
    const std::string version = format.substr(prefix.size());
    if (version.size() == 2 && version >= kVersionMin && version <= kVersionMax) return format;
  }
  return Refuse(absl::StrCat(path, "/@xmlns"),
                absl::StrCat("the namespace says ", QuoteCode(format), ", expected ", prefix,
                             std::string(kVersionMin), " to ", prefix, std::string(kVersionMax)));
}

absl::Status RefuseOther(const pugi::xml_document& xml) {
  for (const OtherMessage& other : kOtherMessages) {
    const std::vector<pugi::xml_node> found =
        FindElements(xml, [&](std::string_view name) { return name == other.element; });
    if (!found.empty()) {
      return Refuse(PathOf(found.front()),
                    absl::StrCat("the document is ", std::string(other.name)));
    }
  }
  // Deeper than any envelope of the field.
  const pugi::xml_node deep = xml.find_node([](pugi::xml_node node) {
    return std::any_of(kReadMessages.begin(), kReadMessages.end(), [&](const ReadMessage& message) {
      return LocalName(node) == message.element;
    });
  });
  if (deep) {
    return Refuse(PathOf(deep), absl::StrCat("the message lies deeper than ", kEnvelopeDepthMax,
                                             " elements, in too many envelopes"));
  }
  const std::string root(LocalName(xml.document_element()));
  return Refuse("/", absl::StrCat("the root element is ", QuoteCode(root),
                                  " without a camt.052, camt.053 or camt.054 message in it"));
}

const ReadMessage* TypeOf(std::string_view element) {
  const auto type =
      std::find_if(kReadMessages.begin(), kReadMessages.end(),
                   [&](const ReadMessage& candidate) { return candidate.element == element; });
  return type == kReadMessages.end() ? nullptr : &*type;
}

}  // namespace

absl::StatusOr<CamtDocument> OpenCamt(std::string_view bytes) {
  RECOUP_ASSIGN_OR_RETURN(const std::string text, DecodeXml(bytes));
  CamtDocument document;
  document.xml = std::make_unique<pugi::xml_document>();
  const pugi::xml_parse_result parsed = document.xml->load_buffer(
      text.data(), text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!parsed) {
    return Refuse(absl::StrCat("byte ", parsed.offset),
                  absl::StrCat("not well-formed XML: ", parsed.description()));
  }
  RECOUP_RETURN_IF_ERROR(CheckProlog(*document.xml));
  for (const pugi::xml_node node :
       FindElements(*document.xml, [](std::string_view name) { return TypeOf(name) != nullptr; })) {
    const ReadMessage& type = *TypeOf(LocalName(node));
    CamtMessage message{type.kind, node, type.statement, PathOf(node), ""};
    RECOUP_ASSIGN_OR_RETURN(message.format, FormatOf(type, node, message.path));
    document.messages.push_back(std::move(message));
  }
  if (document.messages.empty()) return RefuseOther(*document.xml);
  return document;
}

}  // namespace recoup::insurer::bank
