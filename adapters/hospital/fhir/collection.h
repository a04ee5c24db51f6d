// The resources of one bundle, one bulk file or one file of a single resource, and how they refer
// to one another. Borrows the parsed documents; immutable once filled; then thread-safe.
#ifndef RECOUP_ADAPTERS_HOSPITAL_FHIR_COLLECTION_H_
#define RECOUP_ADAPTERS_HOSPITAL_FHIR_COLLECTION_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/hospital/fhir/element.h"
#include "hub/base/error.h"

namespace recoup::hospital::fhir {

// Also of bundles inside bundles (a bulk file of bundles).
struct Resource {
  std::string type;
  std::string id;
  std::string full_url;
  std::string sent;  // The bundle's timestamp, else the resource's meta.lastUpdated.
  Element element;
  Element container = {};  // Of a contained resource: where its "#" references are looked up.
};

class Collection {
 public:
  // Adds a resource, or all entries of a Bundle. What is no R4 resource is a fault, and then
  // nothing is added.
  void Add(const Element& root, Faults& faults);

  const std::vector<Resource>& resources() const { return resources_; }
  std::vector<const Resource*> OfType(std::string_view type) const;

  // What a Reference stands for: "#contained", an absolute URL or urn:uuid that is an entry's
  // fullUrl, "Type/id" with or without a base or a version, or the identifier. An absent element
  // where the resource is not here.
  Element Resolve(const Element& reference, const Resource& from) const;
  // The same among the resources of their own; null for a contained one and for what is not here.
  const Resource* Find(const Element& reference) const;
  // The key of what a Reference names, whether or not it is here: "Encounter/e1". Empty when it
  // names nothing.
  static std::string KeyOf(const Element& reference);
  static std::string KeyOf(const Resource& resource);
  // KeyOf the resource itself where it is here under another name, else KeyOf the reference.
  std::string CanonicalKeyOf(const Element& reference, const Resource& from) const;

 private:
  void Keep(Resource resource);

  std::vector<Resource> resources_;
  std::map<std::string, std::size_t, std::less<>> by_key_;  // "Type/id" and full URLs.
  std::map<std::string, std::size_t, std::less<>> by_identifier_;
};

}  // namespace recoup::hospital::fhir

#endif  // RECOUP_ADAPTERS_HOSPITAL_FHIR_COLLECTION_H_
