// Which FHIR version a resource is written in, where it is not R4.
//
// Resources of different versions share names and differ in members, so reading one as another
// would drop facts in silence. A stated version counts before the shape. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_FHIR_VERSION_H_
#define RECOUP_ADAPTERS_HOSPITAL_FHIR_VERSION_H_

#include <optional>
#include <string>

#include "adapters/hospital/fhir/element.h"

namespace recoup::hospital::fhir {

struct OtherVersion {
  std::string name;   // "DSTU2", "STU3", "R4B", "R5" …
  std::string place;  // The path that tells it.
};

// nullopt for R4 and for what every version writes alike.
std::optional<OtherVersion> OtherVersionOf(const Element& resource);

}  // namespace recoup::hospital::fhir

#endif  // RECOUP_ADAPTERS_HOSPITAL_FHIR_VERSION_H_
