#include "adapters/hospital/invoice/ofd.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "adapters/common/archive/archive.h"
#include "adapters/hospital/invoice/ofd_text.h"
#include "adapters/hospital/invoice/xml_name.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital::invoice {
namespace {

constexpr std::size_t kPagesMax = 200;
constexpr double kA4Width = 210, kA4Height = 297;

pugi::xml_node Child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node.children()) {
    if (LocalName(child.name()) == name) return child;
  }
  return {};
}

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

// A location in the package: from the root when it begins with "/", else from the part's folder.
std::string Located(const std::string& folder, std::string_view location) {
  std::vector<std::string> parts;
  if (!location.starts_with('/')) {
    parts = absl::StrSplit(folder, '/', absl::SkipEmpty());
  }
  for (const auto& part :
       std::vector<std::string>(absl::StrSplit(std::string(location), '/', absl::SkipEmpty()))) {
    if (part == ".") continue;
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
      continue;
    }
    parts.push_back(part);
  }
  return absl::StrJoin(parts, "/");
}

class OfdReader {
 public:
  explicit OfdReader(adapters::Archive archive) : archive_(std::move(archive)) {}

  absl::StatusOr<OfdFile> Read() {
    pugi::xml_document root;
    RECOUP_RETURN_IF_ERROR(Load("OFD.xml", root));
    for (const pugi::xml_node& body : root.document_element().children()) {
      const pugi::xml_node doc_root = Child(body, "DocRoot");
      if (doc_root.empty()) continue;
      RECOUP_RETURN_IF_ERROR(ReadDocument(Located("", doc_root.text().get())));
    }
    RECOUP_RETURN_IF_ERROR(CollectAttached());
    return std::move(file_);
  }

 private:
  absl::Status Load(const std::string& name, pugi::xml_document& document) {
    Faults faults;
    const auto entry = archive_.Find(name);
    if (!entry) {
      faults.Add(name, "不在文件中：不是 OFD 或文件已损坏");
      return faults.ToStatus();
    }
    RECOUP_ASSIGN_OR_RETURN(const std::string bytes, archive_.Read(*entry));
    if (!document.load_buffer(bytes.data(), bytes.size())) {
      faults.Add(name, "不是 XML");
      return faults.ToStatus();
    }
    layout_parts_.insert(name);
    return absl::OkStatus();
  }

  absl::Status ReadDocument(const std::string& path) {
    pugi::xml_document document;
    RECOUP_RETURN_IF_ERROR(Load(path, document));
    const std::string folder = FolderOf(path);
    const pugi::xml_node top = document.document_element();
    const pugi::xml_node common = Child(top, "CommonData");
    std::map<std::string, std::string> templates;  // Id to part.
    for (const pugi::xml_node& node : common.children()) {
      if (LocalName(node.name()) != "TemplatePage") continue;
      templates[node.attribute("ID").value()] = Located(folder, node.attribute("BaseLoc").value());
    }
    const std::vector<double> area =
        NumbersOf(Child(Child(common, "PageArea"), "PhysicalBox").text().get());
    for (const pugi::xml_node& node : Child(top, "Pages").children()) {
      if (LocalName(node.name()) != "Page") continue;
      if (file_.document.pages.size() == kPagesMax) break;
      RECOUP_RETURN_IF_ERROR(
          ReadPage(Located(folder, node.attribute("BaseLoc").value()), area, templates));
    }
    const pugi::xml_node attachments = Child(top, "Attachments");
    if (!attachments.empty()) {
      NoteAttachments(Located(folder, attachments.text().get()));
    }
    return absl::OkStatus();
  }

  absl::Status ReadPage(const std::string& path, std::vector<double> area,
                        const std::map<std::string, std::string>& templates) {
    pugi::xml_document document;
    RECOUP_RETURN_IF_ERROR(Load(path, document));
    const pugi::xml_node top = document.document_element();
    const std::vector<double> own =
        NumbersOf(Child(Child(top, "Area"), "PhysicalBox").text().get());
    if (own.size() == 4) area = own;
    adapters::Page page;
    page.width = (area.size() == 4 ? area[2] : kA4Width) * kPointsPerMillimetre;
    page.height = (area.size() == 4 ? area[3] : kA4Height) * kPointsPerMillimetre;
    for (const pugi::xml_node& node : top.children()) {
      if (LocalName(node.name()) != "Template") continue;
      const auto it = templates.find(node.attribute("TemplateID").value());
      if (it == templates.end()) continue;
      pugi::xml_document printed;  // The form itself: its labels stand here.
      RECOUP_RETURN_IF_ERROR(Load(it->second, printed));
      AppendTextObjects(Child(printed.document_element(), "Content"), page.words);
    }
    AppendTextObjects(Child(top, "Content"), page.words);
    adapters::ArrangeInLines(page.words);
    file_.document.pages.push_back(std::move(page));
    return absl::OkStatus();
  }

  // The list of attachments is read leniently: what it fails to name is found by its content.
  void NoteAttachments(const std::string& path) {
    pugi::xml_document document;
    if (!Load(path, document).ok()) return;
    for (const pugi::xml_node& node : document.document_element().children()) {
      const std::string location = Child(node, "FileLoc").text().get();
      if (!location.empty()) named_.push_back(Located(FolderOf(path), location));
    }
  }

  absl::Status CollectAttached() {
    std::set<std::string> taken;
    const auto take = [&](const adapters::ArchiveEntry& entry) -> absl::Status {
      if (!taken.insert(entry.name).second) return absl::OkStatus();
      RECOUP_ASSIGN_OR_RETURN(std::string bytes, archive_.Read(entry));
      file_.attached.push_back({entry.name, std::move(bytes)});
      return absl::OkStatus();
    };
    for (const std::string& name : named_) {
      if (const auto entry = archive_.Find(name)) RECOUP_RETURN_IF_ERROR(take(*entry));
    }
    for (const adapters::ArchiveEntry& entry : archive_.entries()) {
      if (layout_parts_.count(entry.name) > 0) continue;
      if (!absl::EndsWithIgnoreCase(entry.name, ".xml")) continue;
      RECOUP_RETURN_IF_ERROR(take(entry));
    }
    return absl::OkStatus();
  }

  adapters::Archive archive_;
  OfdFile file_;
  std::set<std::string> layout_parts_;
  std::vector<std::string> named_;
};

}  // namespace

absl::StatusOr<OfdFile> ReadOfd(std::string_view bytes) {
  // A bill is small; what unpacks to more is no bill.
  adapters::ArchiveLimits limits;
  limits.entries_max = 5'000;
  limits.entry_bytes_max = 16u << 20;
  limits.total_bytes_max = 64u << 20;
  RECOUP_ASSIGN_OR_RETURN(adapters::Archive archive, adapters::Archive::Open(bytes, limits));
  return OfdReader(std::move(archive)).Read();
}

}  // namespace recoup::hospital::invoice
