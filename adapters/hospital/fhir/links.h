// Which resources of a collection belong to which visit and to which patient, looked up once.
//
// Borrows the collection. Immutable; thread-safe.
#ifndef RECOUP_ADAPTERS_HOSPITAL_FHIR_LINKS_H_
#define RECOUP_ADAPTERS_HOSPITAL_FHIR_LINKS_H_

#include <map>
#include <string>
#include <vector>

#include "adapters/hospital/fhir/collection.h"

namespace recoup::hospital::fhir {

class Links {
 public:
  explicit Links(const Collection& collection);

  const Collection& collection() const { return *collection_; }
  // Conditions, claims and explanations of the visit, in the order of the file. Where the file has
  // one encounter only, what names no encounter is that one's, if the patient is the same.
  std::vector<const Resource*> OfVisit(const Resource& encounter, std::string_view type) const;
  // Coverages of the patient that the reference names, then those that `from`'s insurance names.
  std::vector<const Resource*> CoveragesOf(const Element& patient, const Resource& from) const;
  // The encounter a condition, claim or explanation belongs to; null when it is not here.
  const Resource* EncounterOf(const Resource& resource) const;
  // The same as a reference, here or not: absent where none is named.
  static Element EncounterReferenceOf(const Resource& resource);
  // What the hospital calls the visit: a visit number (VN), any other identifier, else the id.
  // Empty where the reference and the resource name nothing.
  std::string VisitIdOf(const Resource& encounter) const;
  std::string VisitIdOf(const Element& encounter_reference, const Resource& from) const;

 private:
  const Collection* collection_;
  std::map<std::string, const Resource*, std::less<>> encounters_;  // By key.
  std::map<std::string, std::vector<const Resource*>, std::less<>> by_encounter_;
  std::map<std::string, std::vector<const Resource*>, std::less<>> coverages_by_patient_;
};

// Encounter.subject, Condition.subject, Claim.patient, Coverage.beneficiary.
Element PatientReferenceOf(const Resource& resource);

}  // namespace recoup::hospital::fhir

#endif  // RECOUP_ADAPTERS_HOSPITAL_FHIR_LINKS_H_
