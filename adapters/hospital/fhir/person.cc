#include "adapters/hospital/fhir/person.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"

namespace recoup::hospital::fhir {
namespace {

bool IsOld(const Element& element) { return element.Text("use") == "old"; }

// Chinese names stand in `text`, in `family` alone, or split; pinyin may stand beside them.
std::string NameFrom(const Element& name) {
  const std::string text = name.Text("text");
  if (HasHan(text)) return text;
  const std::string family = name.Text("family");
  std::string given;
  std::string spaced;
  for (const Element& part : name.Items("given")) {
    absl::StrAppend(&given, part.Text());
    absl::StrAppend(&spaced, spaced.empty() ? "" : " ", part.Text());
  }
  if (HasHan(family) || HasHan(given)) return absl::StrCat(family, given);
  if (!text.empty()) return text;
  if (family.empty() || spaced.empty()) return absl::StrCat(spaced, family);
  return absl::StrCat(spaced, " ", family);
}

std::string BestName(const Element& patient) {
  std::string best;
  for (const Element& name : patient.Items("name")) {
    std::string candidate = NameFrom(name);
    const bool better = best.empty() || (!HasHan(best) && HasHan(candidate));
    if (better && !candidate.empty() && !IsOld(name)) best = std::move(candidate);
  }
  return best;
}

// A resident card is known by its check character, whatever system or type the sender gives it.
void SetIdentity(const Element& person, Patient& patient) {
  for (const Element& identifier : person.Items("identifier")) {
    const std::string value = absl::AsciiStrToUpper(identifier.Text("value"));
    if (!IsResidentCardNumber(value)) continue;
    patient.id_type = "01";
    patient.id_number = value;
    return;
  }
  // HL7 table 0203: PPN passport, NI national identifier, NNCHN China's. 08 is the national
  // interface's code of a passport.
  for (const Element& identifier : person.Items("identifier")) {
    for (const Coding& type : CodingsOf(identifier["type"])) {
      if (type.code != "PPN" && type.code != "NI" && type.code != "NNCHN") continue;
      patient.id_type = type.code == "PPN" ? "08" : "";
      patient.id_number = identifier.Text("value");
      if (!patient.id_number.empty()) return;
    }
  }
}

}  // namespace

std::string IdentifierOf(const Element& resource, std::initializer_list<std::string_view> types) {
  const std::vector<Element> identifiers = resource.Items("identifier");
  for (const std::string_view type : types) {
    for (const Element& identifier : identifiers) {
      std::string value = identifier.Text("value");
      if (!value.empty() && HasCode(identifier["type"], type)) return value;
    }
  }
  for (const Element& identifier : identifiers) {
    std::string value = identifier.Text("value");
    if (!value.empty() && !IsOld(identifier)) return value;
  }
  return "";
}

Patient PatientFrom(const Element& person) {
  Patient patient;
  patient.name = PersonNameFromText(BestName(person));
  SetIdentity(person, patient);
  patient.person_number = IdentifierOf(person, {"MR", "PI", "PT"});
  if (patient.person_number.empty()) patient.person_number = person.Text("id");
  for (const Element& telecom : person.Items("telecom")) {
    const std::string system = telecom.Text("system");
    if (system.empty() || system == "phone") patient.phone = telecom.Text("value");
    if (!patient.phone.empty()) break;
  }
  patient.birth_date = DateFromText(person.Text("birthDate"));
  const std::string gender = person.Text("gender");
  if (gender == "male") patient.gender = Gender::kMale;
  if (gender == "female") patient.gender = Gender::kFemale;
  return patient;
}

}  // namespace recoup::hospital::fhir
