// Whatever the bytes, the reader answers each part: a document with a message id, or a refusal.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/hospital/fhir/fhir.h"
#include "adapters/hospital/triage/triage.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace hospital = recoup::hospital;
  static const auto fund_types = hospital::FundTypes::BuiltIn();
  static const auto rules = hospital::triage::BuiltInRuleBook();
  RECOUP_CHECK(fund_types.ok() && rules.ok());
  const hospital::HospitalProfile profile{"H31011500001", "", "310115", {{"01", "", "310"}}};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto parts = hospital::fhir::ReadFhirParts(bytes, {profile, *fund_types});
  RECOUP_CHECK(!parts.empty());
  for (const hospital::DocumentPart& part : parts) {
    if (!part.document.ok()) {
      RECOUP_CHECK(!part.document.status().message().empty());
      continue;
    }
    RECOUP_CHECK(part.content_id.size() == 32);
    if (const auto* admission = std::get_if<hospital::AdmissionDocument>(&*part.document)) {
      RECOUP_CHECK(!hospital::triage::Triage(*admission, *rules).summary.empty());
    }
  }
  return 0;
}
