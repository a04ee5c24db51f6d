// Who sent a resource, and as which message.
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/fhir/parts.h"
#include "hub/crypto/sha256.h"

namespace recoup::hospital::fhir {
namespace {

// Every value with its kind and length, so that no two different trees hash the same bytes.
void Feed(const JsonValue& value, crypto::Sha256Hasher& hasher) {
  const auto feed = [&hasher](std::string_view text) {
    hasher.Update(absl::StrCat(text.size(), ":"));
    hasher.Update(text);
  };
  hasher.Update(absl::StrCat(static_cast<int>(value.kind), "/", value.items.size(), "/",
                             value.members.size(), "/"));
  feed(value.text);
  for (const JsonValue& item : value.items) Feed(item, hasher);
  for (const auto& [name, member] : value.members) {
    feed(name);
    Feed(member, hasher);
  }
}

// fixmedins_code: H and eleven digits.
bool IsHospitalCode(std::string_view text) {
  return text.size() == 12 && text.front() == 'H' &&
         text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

}  // namespace

std::string ContentId(const std::vector<const JsonValue*>& used, std::string_view sent) {
  crypto::Sha256Hasher hasher;
  hasher.Update(sent);
  for (const JsonValue* value : used) Feed(*value, hasher);
  return crypto::ToHex(hasher.Finish()).substr(0, 32);
}

Hospital HospitalFrom(const Element& organization_reference, const Resource& from,
                      const Collection& collection, const HospitalProfile& profile) {
  Hospital hospital{profile.hospital_code, profile.hospital_name};
  const Element organization = collection.Resolve(organization_reference, from);
  for (const Element& identifier : organization.Items("identifier")) {
    const std::string value = identifier.Text("value");
    if (IsHospitalCode(value)) hospital.code = value;
  }
  std::string name = organization.Text("name");
  if (name.empty()) name = organization_reference.Text("display");
  if (!name.empty()) hospital.name = name;
  return hospital;
}

std::string SenderFrom(const Hospital& hospital) {
  if (!hospital.code.empty()) return hospital.code;
  return hospital.name.empty() ? "FHIR" : hospital.name;
}

}  // namespace recoup::hospital::fhir
