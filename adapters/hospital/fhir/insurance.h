// Coverages: which of them is the public fund, and which insurer a third party may have. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_FHIR_INSURANCE_H_
#define RECOUP_ADAPTERS_HOSPITAL_FHIR_INSURANCE_H_

#include <string>
#include <vector>

#include "adapters/hospital/fhir/collection.h"
#include "adapters/hospital/reader.h"

namespace recoup::hospital::fhir {

struct InsuranceFacts {
  PoolHint pool;
  bool fund_known = false;
  std::string insured_number;             // Coverage.subscriberId of the fund's coverage.
  std::vector<std::string> other_payers;  // Names, each once.
  // Coverage.subrogation: the sender lists this insurance so that costs can be recovered from it.
  bool subrogation = false;
  std::string subrogation_path;
};

// `coverages` in the order in which they count. A fund is what the hospital's profile maps, or a
// coverage whose type is coded in a system named …insutype (the national dictionary's codes).
InsuranceFacts InsuranceFrom(const std::vector<const Resource*>& coverages,
                             const Collection& collection, const HospitalProfile& profile);

// Where the file says the insurance inline: Coverage resources that are contained in a claim.
std::vector<Resource> ContainedCoverages(const Resource& claim);

}  // namespace recoup::hospital::fhir

#endif  // RECOUP_ADAPTERS_HOSPITAL_FHIR_INSURANCE_H_
