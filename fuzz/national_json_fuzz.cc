// Whatever the bytes, the reader answers: a document or a refusal.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/hospital/national/half.h"
#include "adapters/hospital/national/messages.h"
#include "adapters/hospital/national/national.h"
#include "adapters/hospital/triage/triage.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace hospital = recoup::hospital;
  static const auto fund_types = hospital::FundTypes::BuiltIn();
  static const auto rules = hospital::triage::BuiltInRuleBook();
  RECOUP_CHECK(fund_types.ok() && rules.ok());
  const hospital::HospitalProfile profile{"H31011500001", "", "310115", {}};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // Several messages in one file are pieces of it, in order and apart.
  const char* end = bytes.data();
  for (const std::string_view message : hospital::national::MessagesOf(bytes)) {
    RECOUP_CHECK(message.data() >= end);
    end = message.data() + message.size();
  }
  RECOUP_CHECK(end <= bytes.data() + bytes.size());
  // A half that is joined with itself is read or refused like anything else.
  if (hospital::national::HalfOf(bytes)) {
    const std::string joined = hospital::national::Joined(bytes, bytes);
    hospital::national::ReadNational(joined, {profile, *fund_types}).status().IgnoreError();
  }
  const auto document = hospital::national::ReadNational(bytes, {profile, *fund_types});
  if (!document.ok()) return 0;
  if (const auto* admission = std::get_if<hospital::AdmissionDocument>(&*document)) {
    RECOUP_CHECK(!hospital::triage::Triage(*admission, *rules).summary.empty());
  }
  return 0;
}
