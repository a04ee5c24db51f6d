// A FHIR Patient, and the words of its names, cards and telephones. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_FHIR_PERSON_H_
#define RECOUP_ADAPTERS_HOSPITAL_FHIR_PERSON_H_

#include "adapters/hospital/documents.h"
#include "adapters/hospital/fhir/element.h"

namespace recoup::hospital::fhir {

Patient PatientFrom(const Element& patient);

// The value of the identifier whose type has one of these codes; else of the first that is not
// marked as old; else empty. Identifiers without a value do not count.
std::string IdentifierOf(const Element& resource, std::initializer_list<std::string_view> types);

}  // namespace recoup::hospital::fhir

#endif  // RECOUP_ADAPTERS_HOSPITAL_FHIR_PERSON_H_
