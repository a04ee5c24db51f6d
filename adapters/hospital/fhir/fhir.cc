#include "adapters/hospital/fhir/fhir.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/fhir/collection.h"
#include "adapters/hospital/fhir/parts.h"
#include "adapters/hospital/field_text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital::fhir {
namespace {

// The parsed roots; the collection borrows them, so their addresses stay.
struct File {
  std::vector<std::unique_ptr<JsonValue>> roots;
  Collection collection;
  std::vector<QualityNote> notes;
};

absl::Status AddJson(std::string_view bytes, const std::string& path, File& file) {
  RECOUP_ASSIGN_OR_RETURN(JsonValue json, national::ParseJson(bytes, path, file.notes));
  file.roots.push_back(std::make_unique<JsonValue>(std::move(json)));
  Faults faults;
  file.collection.Add(Element(file.roots.back().get(), path), faults);
  return faults.ToStatus();
}

std::vector<std::string_view> LinesOf(std::string_view bytes) {
  std::vector<std::string_view> lines;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    lines.push_back(Trimmed(bytes.substr(0, end)));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return lines;
}

// Whether the brackets that open in the text close in it, the first with its last character.
bool ClosesAtItsEnd(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '{' || c == '[')) {
      ++depth;
    } else if (!in_string && (c == '}' || c == ']')) {
      if (depth == 0) return false;
      if (--depth == 0) return i + 1 == text.size();
    }
  }
  return false;
}

bool IsWholeResource(std::string_view line) {
  return line.starts_with('{') && line.find("\"resourceType\"") != std::string_view::npos &&
         ClosesAtItsEnd(line);
}

// One JSON text on each line. A JSON text over several lines has no line that is a whole resource
// at its beginning or its end.
bool IsLineDelimited(const std::vector<std::string_view>& lines) {
  std::string_view first, last;
  std::size_t count = 0;
  for (const std::string_view line : lines) {
    if (line.empty()) continue;
    if (count++ == 0) first = WithoutByteOrderMark(line);
    last = line;
  }
  return count > 1 && (IsWholeResource(first) || IsWholeResource(last));
}

bool TellsAccident(const Resource& resource) { return resource.element["accident"].present(); }

// Notes of the parser that concern the root this resource came from.
void AddFileNotes(const std::vector<QualityNote>& notes, const Resource& resource,
                  Document& document) {
  std::visit(
      [&](auto& kind) {
        for (const QualityNote& note : notes) {
          const std::string& path = resource.element.path();
          const bool within = path == note.path || path.starts_with(note.path + "/");
          if (within || note.path.empty()) kind.notes.push_back(note);
        }
      },
      document);
}

class PartList {
 public:
  PartList(const File& file, const ReaderContext& context, bool by_line)
      : file_(file), links_(file.collection), context_(context), by_line_(by_line) {}

  void AddAll(std::vector<DocumentPart>& parts) {
    const bool has_encounter = !file_.collection.OfType("Encounter").empty();
    for (const Resource& resource : file_.collection.resources()) {
      if (resource.type == "Encounter") {
        Add(resource, AdmissionFromEncounter(resource, links_, context_), parts);
      } else if (resource.type == "Condition") {
        // Beside an encounter, a condition of another visit is history.
        const bool names_visit = Links::EncounterReferenceOf(resource).present();
        if (has_encounter || !names_visit) continue;
        Add(resource, AdmissionFromCondition(resource, links_, context_), parts);
      } else if (resource.type == "Claim" || resource.type == "ExplanationOfBenefit") {
        AddClaim(resource, parts);
      }
    }
  }

 private:
  void AddClaim(const Resource& resource, std::vector<DocumentPart>& parts) {
    const bool explanation = resource.type == "ExplanationOfBenefit";
    if (TellsAccident(resource) && links_.EncounterOf(resource) == nullptr) {
      Add(resource, AdmissionFromClaim(resource, links_, context_), parts);
    }
    if (explanation) Add(resource, SettlementFromExplanation(resource, links_, context_), parts);
  }

  void Add(const Resource& resource, absl::StatusOr<Document> document,
           std::vector<DocumentPart>& parts) {
    DocumentPart part{PlaceOf(resource), std::move(document)};
    if (part.document.ok()) {
      part.content_id =
          std::visit([](const auto& kind) { return kind.message_id; }, *part.document);
      AddFileNotes(file_.notes, resource, *part.document);
    }
    parts.push_back(std::move(part));
  }

  std::string PlaceOf(const Resource& resource) const {
    const std::string& path = resource.element.path();
    if (by_line_) return path.substr(0, path.find('/'));
    const std::string key = Collection::KeyOf(resource);
    return key.empty() ? resource.type : key;
  }

  const File& file_;
  const Links links_;
  const ReaderContext& context_;
  const bool by_line_;
};

struct WhyNot {
  std::string_view type;
  std::string_view reason;
};

constexpr std::array kWhyNot = {
    WhyNot{"Claim", "没有写明事故的申报；结算结果在 ExplanationOfBenefit 中"},
    WhyNot{"Condition", "没有写明就诊的诊断"},
    WhyNot{"Coverage", "没有就诊的参保信息"},
    WhyNot{"Patient", "没有就诊的患者信息"},
};

// What a file without a document holds instead.
absl::Status NothingToRead(const Collection& collection) {
  Faults faults;
  std::map<std::string, std::string> seen;  // Type to path of the first.
  for (const Resource& resource : collection.resources()) {
    seen.emplace(resource.type, resource.element.PathOf("resourceType"));
  }
  for (const auto& [type, path] : seen) {
    std::string reason = absl::StrCat(type, " 既不是入院信息也不是结算");
    for (const WhyNot& row : kWhyNot) {
      if (row.type == type) reason = absl::StrCat(type, "：", std::string(row.reason));
    }
    faults.Add(path, std::move(reason));
  }
  if (seen.empty()) faults.Add("/entry", "没有任何资源");
  return faults.ToStatus();
}

// `before`: what a place is to say before the number of the line.
void AddLines(const std::vector<std::string_view>& lines, const std::string& before, File& file,
              std::vector<DocumentPart>& parts) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const std::string place = absl::StrCat(before, "第 ", i + 1, " 行");
    const absl::Status added = AddJson(lines[i], place, file);
    if (!added.ok()) parts.push_back({place, added});
  }
}

std::vector<DocumentPart> ReadLines(const std::vector<std::string_view>& lines,
                                    const ReaderContext& context) {
  std::vector<DocumentPart> parts;
  File file;
  AddLines(lines, "", file, parts);
  PartList(file, context, true).AddAll(parts);
  if (parts.empty()) parts.push_back({"", NothingToRead(file.collection)});
  return parts;
}

}  // namespace

bool LooksLikeFhir(std::string_view bytes) {
  const std::string_view text = Trimmed(WithoutByteOrderMark(Trimmed(bytes)));
  return text.starts_with('{') && text.find("\"resourceType\"") != std::string_view::npos;
}

bool LooksLikeBulk(std::string_view bytes) {
  return LooksLikeFhir(bytes) && IsLineDelimited(LinesOf(bytes));
}

std::vector<DocumentPart> ReadBulk(const std::vector<BulkFile>& files,
                                   const ReaderContext& context) {
  std::vector<DocumentPart> parts;
  File all;
  for (const BulkFile& file : files) {
    if (file.bytes.size() > kBundleBytesMax) {
      parts.push_back(
          {file.name,
           MakeError(Reason::kTooLarge, absl::StrCat("文件有 ", file.bytes.size(), " 字节，最多读 ",
                                                     kBundleBytesMax, " 字节"))});
      continue;
    }
    AddLines(LinesOf(file.bytes), absl::StrCat(file.name, ", "), all, parts);
  }
  PartList(all, context, true).AddAll(parts);
  if (parts.empty()) parts.push_back({"", NothingToRead(all.collection)});
  return parts;
}

bool LooksLikeFhirXml(std::string_view bytes) {
  const std::string_view text = Trimmed(WithoutByteOrderMark(bytes));
  // The namespace stands on the root element.
  return text.starts_with('<') &&
         text.substr(0, 1024).find("\"http://hl7.org/fhir\"") != std::string_view::npos;
}

std::vector<DocumentPart> ReadFhirParts(std::string_view bytes, const ReaderContext& context) {
  if (bytes.size() > kBundleBytesMax) {
    std::vector<DocumentPart> refused;
    refused.push_back(
        {"", MakeError(Reason::kTooLarge, absl::StrCat("文件有 ", bytes.size(), " 字节，最多读 ",
                                                       kBundleBytesMax, " 字节"))});
    return refused;
  }
  const std::vector<std::string_view> lines = LinesOf(bytes);
  if (IsLineDelimited(lines)) return ReadLines(lines, context);
  std::vector<DocumentPart> parts;
  File file;
  const absl::Status added = AddJson(Trimmed(bytes), "", file);
  if (!added.ok()) {
    parts.push_back({"", added});
    return parts;
  }
  PartList(file, context, false).AddAll(parts);
  if (parts.empty()) parts.push_back({"", NothingToRead(file.collection)});
  return parts;
}

absl::StatusOr<Document> ReadFhir(std::string_view bytes, const ReaderContext& context) {
  std::vector<DocumentPart> parts = ReadFhirParts(bytes, context);
  if (parts.size() == 1) return std::move(parts.front().document);
  Faults faults;
  faults.Add("", absl::StrCat("含 ", parts.size(), " 份单据，此处只应有一份"));
  return faults.ToStatus();
}

absl::StatusOr<Document> RefuseFhirXml(std::string_view, const ReaderContext&) {
  Faults faults;
  faults.Add("", "是 XML 格式的 FHIR，只读 JSON 格式的 FHIR R4");
  return faults.ToStatus();
}

}  // namespace recoup::hospital::fhir
