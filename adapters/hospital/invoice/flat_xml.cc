#include <array>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/invoice/flat.h"
#include "adapters/hospital/invoice/xml_name.h"
#include "hub/base/error.h"
#include "pugixml.hpp"

namespace recoup::hospital::invoice {
namespace {

constexpr int kDepthMax = 64;
constexpr std::size_t kLeavesMax = 200'000;

// Names of elements that hold the rows of an invoice; "auxdetails" are their breakdown.
bool IsRowList(const std::string& folded) { return folded == "details"; }
bool IsRowName(const std::string& folded) { return folded == "item" || folded == "detail"; }
bool IsBreakdownElement(const std::string& folded) { return folded.starts_with("aux"); }
// Signatures repeat certificates and digests; nothing of the bill is in them.
bool IsSignature(const std::string& folded) { return folded == "signature"; }

bool IsNil(const pugi::xml_node& element) {
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    if (LocalName(attribute.name()) == "nil") return attribute.as_bool();
  }
  return false;
}

class Flattener {
 public:
  explicit Flattener(FlatInvoice& flat) : flat_(flat) {}

  void Walk(const pugi::xml_node& element, const std::string& path, std::vector<Leaf>& into,
            int depth) {
    if (depth > kDepthMax || count_ > kLeavesMax) return;
    for (const pugi::xml_attribute& attribute : element.attributes()) {
      const std::string_view name = attribute.name();
      if (name.starts_with("xmlns") || absl::StartsWith(attribute.name(), "xsi:")) continue;
      AddLeaf(FoldedName(LocalName(attribute.name())), absl::StrCat(path, "/@", attribute.name()),
              attribute.value(), into);
    }
    bool has_children = false;
    std::size_t row = 0;
    for (const pugi::xml_node& child : element.children()) {
      if (child.type() != pugi::node_element) continue;
      has_children = true;
      const std::string folded = FoldedName(LocalName(child.name()));
      if (IsBreakdownElement(folded) || IsSignature(folded)) continue;
      std::string child_path = absl::StrCat(path, "/", std::string(LocalName(child.name())));
      const bool in_rows = IsRowList(FoldedName(LocalName(element.name())));
      if (in_rows && IsRowName(folded)) {
        absl::StrAppend(&child_path, "[", ++row, "]");
        std::vector<Leaf> leaves;
        Walk(child, child_path, leaves, depth + 1);
        flat_.rows.push_back(std::move(leaves));
      } else {
        Walk(child, child_path, into, depth + 1);
      }
    }
    if (has_children) AddPairIn(element, path, into);
    if (has_children || IsNil(element)) return;
    AddLeaf(FoldedName(LocalName(element.name())), path, element.text().get(), into);
  }

 private:
  // An extension of the standard's MainExt: the name of the value is itself a value.
  void AddPairIn(const pugi::xml_node& element, const std::string& path, std::vector<Leaf>& into) {
    std::string key;
    pugi::xml_node value;
    for (const pugi::xml_node& child : element.children()) {
      if (child.type() != pugi::node_element) continue;
      const std::string folded = FoldedName(LocalName(child.name()));
      if (key.empty() && IsPairKey(folded)) key = FoldedName(Trimmed(child.text().get()));
      if (IsPairValue(folded)) value = child;
    }
    if (key.empty() || !value || IsNil(value)) return;
    AddLeaf(std::move(key), absl::StrCat(path, "/", std::string(LocalName(value.name()))),
            value.text().get(), into);
  }

  void AddLeaf(std::string name, std::string path, std::string_view text, std::vector<Leaf>& into) {
    const std::string_view trimmed = Trimmed(text);
    if (trimmed.empty()) return;
    ++count_;
    into.push_back({std::move(name), std::move(path), std::string(trimmed)});
  }

  FlatInvoice& flat_;
  std::size_t count_ = 0;
};

// Every element called EInvoice; else the root alone.
void FindInvoices(const pugi::xml_node& element, const std::string& path, int depth,
                  std::vector<std::pair<pugi::xml_node, std::string>>& found) {
  if (depth > kDepthMax) return;
  std::size_t number = 0;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const std::string_view name = LocalName(child.name());
    std::string child_path = absl::StrCat(path, "/", std::string(name));
    if (FoldedName(name) == "einvoice") {
      if (++number > 1) absl::StrAppend(&child_path, "[", number, "]");
      found.emplace_back(child, std::move(child_path));
    } else {
      FindInvoices(child, child_path, depth + 1, found);
    }
  }
}

// A document type with entities of its own lets a value come from elsewhere (OWASP, XML external
// entity); pugixml resolves none of them and would leave "&x;" where a name belongs. Of UTF-16 the
// letters stand apart.
bool DeclaresEntities(const std::string& text) {
  std::string plain;
  for (const char c : text.substr(0, text.find("<EInvoice"))) {
    if (c != '\0') plain.push_back(c);
  }
  return absl::StrContains(plain, "<!ENTITY");
}

// UTF-16 is pugixml's to decode; of the others the declaration is often wrong, so the bytes decide.
std::string DecodedXml(std::string_view bytes, std::vector<QualityNote>& notes) {
  const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (utf16 || IsValidUtf8(bytes)) return std::string(bytes);
  std::optional<std::string> decoded = Utf8FromGb18030(bytes);
  if (!decoded) return std::string(bytes);
  notes.push_back({NoteKind::kRepaired, "", "文字是 GB18030，不是 UTF-8"});
  return *std::move(decoded);
}

}  // namespace

absl::StatusOr<std::vector<FlatInvoice>> FlatFromXml(std::string_view bytes) {
  std::vector<QualityNote> notes;
  const std::string text = DecodedXml(bytes, notes);
  Faults faults;
  if (!text.starts_with("\xFF\xFE") && !text.starts_with("\xFE\xFF") && !IsValidUtf8(text)) {
    faults.Add("", "既不是 UTF-8、UTF-16 也不是 GB18030");
    return faults.ToStatus();
  }
  if (DeclaresEntities(text)) {
    faults.Add("", "声明了外部实体：票据只是数据，实体所指的内容一律不取");
    return faults.ToStatus();
  }
  pugi::xml_document document;
  const bool utf16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
  const pugi::xml_parse_result parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_trim_pcdata,
                           utf16 ? pugi::encoding_auto : pugi::encoding_utf8);
  if (!parsed) {
    faults.Add("", absl::StrCat("从第 ", parsed.offset, " 字节起不是 XML"));
    return faults.ToStatus();
  }
  std::vector<std::pair<pugi::xml_node, std::string>> found;
  FindInvoices(document, "", 0, found);
  if (found.empty()) {
    const pugi::xml_node root = document.document_element();
    found.emplace_back(root, absl::StrCat("/", std::string(LocalName(root.name()))));
  }
  std::vector<FlatInvoice> invoices;
  for (const auto& [element, path] : found) {
    FlatInvoice flat;
    flat.path = path;
    flat.notes = notes;
    Flattener(flat).Walk(element, path, flat.leaves, 0);
    invoices.push_back(std::move(flat));
  }
  return invoices;
}

}  // namespace recoup::hospital::invoice
