#include "adapters/hospital/fhir/insurance.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "adapters/hospital/fhir/person.h"

namespace recoup::hospital::fhir {
namespace {

struct Payer {
  std::vector<std::string> keys;  // Identifiers and names: what a profile may map.
  std::string name;
  bool is_insurer = false;  // And not the patient or a relative who pays.
};

Payer PayerOf(const Element& reference, const Resource& coverage, const Collection& collection) {
  Payer payer;
  const auto add = [&payer](std::string key) {
    if (!key.empty()) payer.keys.push_back(std::move(key));
  };
  const Element organization = collection.Resolve(reference, coverage);
  const std::string type = organization.Text("resourceType");
  const std::string key = Collection::KeyOf(reference);
  payer.is_insurer = type == "Organization" || (type.empty() && !key.starts_with("Patient/") &&
                                                !key.starts_with("RelatedPerson/"));
  payer.name = reference.Text("display");
  if (payer.name.empty() && payer.is_insurer) payer.name = organization.Text("name");
  add(reference["identifier"].Text("value"));
  for (const Element& identifier : organization.Items("identifier")) add(identifier.Text("value"));
  add(payer.name);
  add(organization.Text("name"));
  return payer;
}

// The codes and words under which a coverage may be known to the hospital, the most exact first.
std::vector<std::string> KeysOf(const Element& coverage, const std::vector<Payer>& payers) {
  std::vector<std::string> keys;
  const auto add = [&keys](std::string key) {
    if (!key.empty()) keys.push_back(std::move(key));
  };
  for (const Coding& coding : CodingsOf(coverage["type"])) {
    add(coding.code);
    add(coding.display);
  }
  add(coverage["type"].Text("text"));
  for (const Element& group : coverage.Items("class")) {
    add(group.Text("value"));
    add(group.Text("name"));
  }
  for (const Payer& payer : payers) keys.insert(keys.end(), payer.keys.begin(), payer.keys.end());
  return keys;
}

bool FindFund(const Element& coverage, const std::vector<std::string>& keys,
              const HospitalProfile& profile, PoolHint& pool) {
  for (const std::string& key : keys) {
    for (const InsuranceMapping& row : profile.insurance) {
      if (row.key != key) continue;
      pool.area_code = row.area_code.empty() ? profile.default_area_code : row.area_code;
      pool.insurance_type = row.insurance_type;
      return true;
    }
  }
  for (const Coding& coding : CodingsOf(coverage["type"])) {
    if (!absl::AsciiStrToLower(coding.system).ends_with("insutype")) continue;
    if (coding.code.size() != 3) continue;
    pool = {profile.default_area_code, coding.code};
    return true;
  }
  return false;
}

}  // namespace

InsuranceFacts InsuranceFrom(const std::vector<const Resource*>& coverages,
                             const Collection& collection, const HospitalProfile& profile) {
  InsuranceFacts facts;
  for (const Resource* coverage : coverages) {
    const Element& element = coverage->element;
    const std::string status = element.Text("status");
    if (status == "cancelled" || status == "entered-in-error") continue;
    std::vector<Payer> payers;
    for (const Element& payor : element.Items("payor")) {
      payers.push_back(PayerOf(payor, *coverage, collection));
    }
    PoolHint pool;
    if (FindFund(element, KeysOf(element, payers), profile, pool)) {
      if (facts.fund_known) continue;
      facts.fund_known = true;
      facts.pool = pool;
      facts.insured_number = element.Text("subscriberId");
      continue;
    }
    const bool subrogation = element.Text("subrogation") == "true";
    if (subrogation && !facts.subrogation) {
      facts.subrogation = true;
      facts.subrogation_path = element.PathOf("subrogation");
    }
    for (const Payer& payer : payers) {
      auto& known = facts.other_payers;
      if (!payer.is_insurer || payer.name.empty()) continue;
      if (std::find(known.begin(), known.end(), payer.name) != known.end()) continue;
      // The one to recover from comes first: the first hint is what is told on.
      known.insert(subrogation ? known.begin() : known.end(), payer.name);
    }
  }
  return facts;
}

std::vector<Resource> ContainedCoverages(const Resource& claim) {
  std::vector<Resource> found;
  for (const Element& contained : claim.element.Items("contained")) {
    if (contained.Text("resourceType") != "Coverage") continue;
    // References in a contained resource are its container's; "#" names are looked up there.
    found.push_back({"Coverage", contained.Text("id"), "", claim.sent, contained, claim.element});
  }
  return found;
}

}  // namespace recoup::hospital::fhir
