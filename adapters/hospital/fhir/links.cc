#include "adapters/hospital/fhir/links.h"

#include <algorithm>

#include "adapters/hospital/fhir/person.h"

namespace recoup::hospital::fhir {
namespace {

bool BelongsToVisits(const Resource& resource) {
  return resource.type == "Condition" || resource.type == "Claim" ||
         resource.type == "ExplanationOfBenefit";
}

bool IsOnProblemList(const Resource& resource) {
  for (const Element& category : resource.element.Items("category")) {
    if (HasCode(category, "problem-list-item")) return true;
  }
  return false;
}

}  // namespace

Element PatientReferenceOf(const Resource& resource) {
  if (resource.type == "Coverage") return resource.element["beneficiary"];
  const Element subject = resource.element["subject"];
  return subject.present() ? subject : resource.element["patient"];
}

Element Links::EncounterReferenceOf(const Resource& resource) {
  if (resource.type == "Condition") return resource.element["encounter"];
  for (const Element& item : resource.element.Items("item")) {
    const Element encounter = item.First("encounter");
    if (encounter.present()) return encounter;
  }
  return Element();
}

Links::Links(const Collection& collection) : collection_(&collection) {
  const Resource* only = nullptr;
  for (const Resource* encounter : collection.OfType("Encounter")) {
    only = encounters_.empty() ? encounter : nullptr;
    encounters_.emplace(Collection::KeyOf(*encounter), encounter);
  }
  for (const Resource& resource : collection.resources()) {
    if (resource.type == "Coverage") {
      coverages_by_patient_[collection.CanonicalKeyOf(PatientReferenceOf(resource), resource)]
          .push_back(&resource);
    }
    if (!BelongsToVisits(resource)) continue;
    const Element encounter = EncounterReferenceOf(resource);
    if (encounter.present()) {
      by_encounter_[collection.CanonicalKeyOf(encounter, resource)].push_back(&resource);
    } else if (only != nullptr && !IsOnProblemList(resource) &&
               collection.CanonicalKeyOf(PatientReferenceOf(resource), resource) ==
                   collection.CanonicalKeyOf(PatientReferenceOf(*only), *only)) {
      by_encounter_[Collection::KeyOf(*only)].push_back(&resource);
    }
  }
}

std::vector<const Resource*> Links::OfVisit(const Resource& encounter,
                                            std::string_view type) const {
  std::vector<const Resource*> found;
  const auto it = by_encounter_.find(Collection::KeyOf(encounter));
  if (it == by_encounter_.end()) return found;
  for (const Resource* resource : it->second) {
    if (resource->type == type) found.push_back(resource);
  }
  return found;
}

std::vector<const Resource*> Links::CoveragesOf(const Element& patient,
                                                const Resource& from) const {
  std::vector<const Resource*> found;
  const auto it = coverages_by_patient_.find(collection_->CanonicalKeyOf(patient, from));
  if (it != coverages_by_patient_.end()) found = it->second;
  for (const Element& insurance : from.element.Items("insurance")) {
    const Resource* named = collection_->Find(insurance["coverage"]);
    if (named == nullptr || std::find(found.begin(), found.end(), named) != found.end()) continue;
    found.push_back(named);
  }
  return found;
}

const Resource* Links::EncounterOf(const Resource& resource) const {
  const Element reference = EncounterReferenceOf(resource);
  if (reference.present()) {
    const auto it = encounters_.find(collection_->CanonicalKeyOf(reference, resource));
    return it == encounters_.end() ? nullptr : it->second;
  }
  if (encounters_.size() != 1) return nullptr;
  const auto it = by_encounter_.find(encounters_.begin()->first);
  if (it == by_encounter_.end()) return nullptr;
  const bool linked =
      std::find(it->second.begin(), it->second.end(), &resource) != it->second.end();
  return linked ? encounters_.begin()->second : nullptr;
}

std::string Links::VisitIdOf(const Resource& encounter) const {
  std::string visit_id = IdentifierOf(encounter.element, {"VN"});
  return visit_id.empty() ? encounter.id : visit_id;
}

std::string Links::VisitIdOf(const Element& encounter_reference, const Resource& from) const {
  const std::string key = collection_->CanonicalKeyOf(encounter_reference, from);
  const auto it = encounters_.find(key);
  if (it != encounters_.end()) return VisitIdOf(*it->second);
  std::string identifier = encounter_reference["identifier"].Text("value");
  if (!identifier.empty()) return identifier;
  return key.starts_with("Encounter/") ? key.substr(10) : key;
}

}  // namespace recoup::hospital::fhir
