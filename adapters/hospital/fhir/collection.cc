#include "adapters/hospital/fhir/collection.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/fhir/version.h"

namespace recoup::hospital::fhir {
namespace {

// A bundle in a bundle in a bundle is a mistake, not a message.
constexpr int kBundleDepthMax = 3;

bool IsTypeName(std::string_view text) {
  if (text.empty() || text.front() < 'A' || text.front() > 'Z') return false;
  for (const char c : text) {
    if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) return false;
  }
  return true;
}

// "http://base/Encounter/e1/_history/2" → "Encounter/e1". The whole text where it is no such URL.
std::string LocalPart(std::string_view reference) {
  const std::size_t history = reference.find("/_history/");
  if (history != std::string_view::npos) reference = reference.substr(0, history);
  const std::size_t slash = reference.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return std::string(reference);
  const std::size_t before = reference.rfind('/', slash - 1);
  const std::size_t type_at = before == std::string_view::npos ? 0 : before + 1;
  if (!IsTypeName(reference.substr(type_at, slash - type_at))) return std::string(reference);
  return std::string(reference.substr(type_at));
}

std::string IdentifierKey(const Element& identifier) {
  const std::string value = identifier.Text("value");
  return value.empty() ? "" : absl::StrCat(identifier.Text("system"), "|", value);
}

// The resources that `element` is or holds; faults end nothing, so that all of them are told.
void Gather(const Element& element, std::string full_url, const std::string& sent, int depth,
            Faults& faults, std::vector<Resource>& gathered) {
  const std::string type = element.Text("resourceType");
  if (!IsTypeName(type)) {
    faults.Add(element.PathOf("resourceType"), "缺少 FHIR 资源的名称");
    return;
  }
  if (const std::optional<OtherVersion> other = OtherVersionOf(element)) {
    faults.Add(other->place, absl::StrCat("为 FHIR ", other->name, "，只读 R4（4.0）"));
    return;
  }
  if (type != "Bundle") {
    Resource resource{type, element.Text("id"), std::move(full_url),
                      element["meta"].Text("lastUpdated"), element};
    if (resource.sent.empty()) resource.sent = sent;
    gathered.push_back(std::move(resource));
    return;
  }
  if (depth >= kBundleDepthMax) {
    faults.Add(element.path(), "Bundle 嵌套过深");
    return;
  }
  const std::string timestamp = element.Text("timestamp");
  for (const Element& entry : element.Items("entry")) {
    const Element resource = entry["resource"];
    // An entry may hold a request or a response alone.
    if (!resource.present()) continue;
    Gather(resource, entry.Text("fullUrl"), timestamp.empty() ? sent : timestamp, depth + 1, faults,
           gathered);
  }
}

}  // namespace

void Collection::Add(const Element& root, Faults& faults) {
  std::vector<Resource> gathered;
  Faults found;
  Gather(root, "", "", 0, found, gathered);
  for (const FieldFault& fault : found.all()) faults.Add(fault.field, fault.description);
  if (!found.empty()) return;
  for (Resource& resource : gathered) Keep(std::move(resource));
}

void Collection::Keep(Resource resource) {
  const std::size_t at = resources_.size();
  // The first of its name counts: a bundle may carry older versions after the newest.
  if (!resource.id.empty()) by_key_.emplace(absl::StrCat(resource.type, "/", resource.id), at);
  if (!resource.full_url.empty()) {
    by_key_.emplace(resource.full_url, at);
    by_key_.emplace(LocalPart(resource.full_url), at);
  }
  for (const Element& identifier : resource.element.Items("identifier")) {
    const std::string key = IdentifierKey(identifier);
    if (!key.empty()) by_identifier_.emplace(absl::StrCat(resource.type, "|", key), at);
  }
  resources_.push_back(std::move(resource));
}

std::vector<const Resource*> Collection::OfType(std::string_view type) const {
  std::vector<const Resource*> found;
  for (const Resource& resource : resources_) {
    if (resource.type == type) found.push_back(&resource);
  }
  return found;
}

const Resource* Collection::Find(const Element& reference) const {
  const std::string text = reference.Text("reference");
  if (!text.empty()) {
    auto it = by_key_.find(text);
    if (it == by_key_.end()) it = by_key_.find(LocalPart(text));
    if (it != by_key_.end()) return &resources_[it->second];
  }
  const std::string identifier = IdentifierKey(reference["identifier"]);
  if (identifier.empty()) return nullptr;
  std::string type = reference.Text("type");
  if (type.empty()) type = text.substr(0, text.find('/'));
  const auto it = by_identifier_.find(absl::StrCat(type, "|", identifier));
  return it == by_identifier_.end() ? nullptr : &resources_[it->second];
}

Element Collection::Resolve(const Element& reference, const Resource& from) const {
  const std::string text = reference.Text("reference");
  if (text.starts_with('#')) {
    for (const Element& holder : {from.element, from.container}) {
      for (const Element& contained : holder.Items("contained")) {
        if (contained.Text("id") == text.substr(1)) return contained;
      }
    }
    return Element();
  }
  const Resource* found = Find(reference);
  return found == nullptr ? Element() : found->element;
}

std::string Collection::KeyOf(const Element& reference) {
  return LocalPart(reference.Text("reference"));
}

std::string Collection::KeyOf(const Resource& resource) {
  if (resource.id.empty()) return LocalPart(resource.full_url);
  return absl::StrCat(resource.type, "/", resource.id);
}

std::string Collection::CanonicalKeyOf(const Element& reference, const Resource& from) const {
  const std::string key = KeyOf(reference);
  // A contained resource has no name outside its container.
  if (key.starts_with('#')) return absl::StrCat(KeyOf(from), key);
  const Resource* found = Find(reference);
  return found == nullptr ? key : KeyOf(*found);
}

}  // namespace recoup::hospital::fhir
