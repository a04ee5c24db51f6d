#include "adapters/hospital/fhir/version.h"

#include <array>
#include <string_view>

namespace recoup::hospital::fhir {
namespace {

enum class Shape { kPresent, kText, kList, kObject };

struct Mark {
  std::string_view resource;  // Empty: of every resource.
  std::string_view parent;    // Empty: of the resource itself.
  std::string_view member;
  Shape shape;
  std::string_view version;
};

// Members that R4 does not have, or writes in another shape. Source: the "Diff" pages of the
// resources in hl7.org/fhir/DSTU2, /STU3, /R4 and /R5.
constexpr std::array kMarks = {
    Mark{"Encounter", "", "class", Shape::kList, "R5"},
    Mark{"Encounter", "", "actualPeriod", Shape::kPresent, "R5"},
    Mark{"Encounter", "", "plannedStartDate", Shape::kPresent, "R5"},
    Mark{"Encounter", "", "admission", Shape::kPresent, "R5"},
    Mark{"Encounter", "", "subjectStatus", Shape::kPresent, "R5"},
    Mark{"Encounter", "diagnosis", "condition", Shape::kList, "R5"},
    Mark{"Encounter", "reason", "value", Shape::kPresent, "R5"},
    Mark{"Encounter", "reason", "use", Shape::kPresent, "R5"},
    Mark{"Encounter", "", "class", Shape::kText, "DSTU2"},
    Mark{"Encounter", "", "patient", Shape::kPresent, "DSTU2"},
    Mark{"Encounter", "", "indication", Shape::kPresent, "DSTU2"},
    Mark{"Encounter", "hospitalization", "admittingDiagnosis", Shape::kPresent, "DSTU2"},
    Mark{"Encounter", "hospitalization", "dischargeDiagnosis", Shape::kPresent, "DSTU2"},
    Mark{"Encounter", "", "incomingReferral", Shape::kPresent, "STU3"},
    Mark{"Encounter", "diagnosis", "role", Shape::kPresent, "STU3"},
    Mark{"Encounter", "", "reason", Shape::kList, "STU3"},
    Mark{"Condition", "", "participant", Shape::kPresent, "R5"},
    Mark{"Condition", "", "patient", Shape::kPresent, "DSTU2"},
    Mark{"Condition", "", "dateRecorded", Shape::kPresent, "DSTU2"},
    Mark{"Condition", "", "context", Shape::kPresent, "STU3"},
    Mark{"Condition", "", "assertedDate", Shape::kPresent, "STU3"},
    Mark{"Condition", "", "clinicalStatus", Shape::kText, "STU3"},
    Mark{"Condition", "", "verificationStatus", Shape::kText, "STU3"},
    Mark{"Claim", "", "traceNumber", Shape::kPresent, "R5"},
    Mark{"Claim", "", "encounter", Shape::kPresent, "R5"},
    Mark{"Claim", "", "event", Shape::kPresent, "R5"},
    Mark{"Claim", "", "patientPaid", Shape::kPresent, "R5"},
    Mark{"Claim", "", "type", Shape::kText, "DSTU2"},
    Mark{"Claim", "", "target", Shape::kPresent, "DSTU2"},
    Mark{"Claim", "", "coverage", Shape::kPresent, "DSTU2"},
    Mark{"Claim", "", "information", Shape::kPresent, "STU3"},
    Mark{"Claim", "", "employmentImpacted", Shape::kPresent, "STU3"},
    Mark{"Claim", "", "hospitalization", Shape::kPresent, "STU3"},
    Mark{"Claim", "item", "service", Shape::kPresent, "STU3"},
    Mark{"ExplanationOfBenefit", "", "traceNumber", Shape::kPresent, "R5"},
    Mark{"ExplanationOfBenefit", "", "encounter", Shape::kPresent, "R5"},
    Mark{"ExplanationOfBenefit", "", "event", Shape::kPresent, "R5"},
    Mark{"ExplanationOfBenefit", "", "patientPaid", Shape::kPresent, "R5"},
    Mark{"ExplanationOfBenefit", "", "claimReference", Shape::kPresent, "DSTU2"},
    Mark{"ExplanationOfBenefit", "", "claimIdentifier", Shape::kPresent, "DSTU2"},
    Mark{"ExplanationOfBenefit", "", "information", Shape::kPresent, "STU3"},
    Mark{"ExplanationOfBenefit", "", "totalCost", Shape::kPresent, "STU3"},
    Mark{"ExplanationOfBenefit", "", "totalBenefit", Shape::kPresent, "STU3"},
    Mark{"ExplanationOfBenefit", "", "insurance", Shape::kObject, "STU3"},
    Mark{"ExplanationOfBenefit", "", "outcome", Shape::kObject, "STU3"},
    Mark{"ExplanationOfBenefit", "item", "service", Shape::kPresent, "STU3"},
    Mark{"Coverage", "", "paymentBy", Shape::kPresent, "R5"},
    Mark{"Coverage", "", "insurancePlan", Shape::kPresent, "R5"},
    Mark{"Coverage", "", "insurer", Shape::kPresent, "R5"},
    Mark{"Coverage", "", "kind", Shape::kPresent, "R5"},
    Mark{"Coverage", "", "issuer", Shape::kPresent, "DSTU2"},
    Mark{"Coverage", "", "bin", Shape::kPresent, "DSTU2"},
    Mark{"Coverage", "", "plan", Shape::kPresent, "DSTU2"},
    Mark{"Coverage", "", "grouping", Shape::kPresent, "STU3"},
    Mark{"Patient", "", "careProvider", Shape::kPresent, "DSTU2"},
    // In DSTU2 as well.
    Mark{"Patient", "", "animal", Shape::kPresent, "STU3"},
    Mark{"Bundle", "", "issues", Shape::kPresent, "R5"},
};

struct StatedVersion {
  std::string_view prefix;  // Of a version number.
  std::string_view name;
};

constexpr std::array kStated = {
    StatedVersion{"0.", "DSTU1 或草案"}, StatedVersion{"1.0", "DSTU2"},
    StatedVersion{"1.", "STU3 草案"},    StatedVersion{"3.0", "STU3"},
    StatedVersion{"3.", "R4 草案"},      StatedVersion{"4.1", "R4B"},
    StatedVersion{"4.3", "R4B"},         StatedVersion{"4.2", "R5 草案"},
    StatedVersion{"4.4", "R5 草案"},     StatedVersion{"4.5", "R5 草案"},
    StatedVersion{"4.6", "R5 草案"},     StatedVersion{"5.", "R5"},
    StatedVersion{"6.", "R6"},
};

std::string_view NameOfNumber(std::string_view number) {
  for (const StatedVersion& row : kStated) {
    if (number.starts_with(row.prefix)) return row.name;
  }
  return "";
}

// "http://hl7.org/fhir/3.0/StructureDefinition/Encounter",
// ".../StructureDefinition/Encounter|5.0.0" and ".../fhir/STU3/…": only the base specification's
// own URLs; a national profile's version is its own.
std::string_view NameOfProfile(std::string_view url) {
  const std::size_t base = url.find("://hl7.org/fhir/");
  if (base == std::string_view::npos) return "";
  const std::string_view rest = url.substr(base + 16);
  if (rest.starts_with("DSTU2/")) return "DSTU2";
  if (rest.starts_with("STU3/")) return "STU3";
  if (rest.starts_with("R4B/")) return "R4B";
  if (rest.starts_with("R5/")) return "R5";
  if (rest.starts_with("StructureDefinition/")) {
    const std::size_t bar = rest.find('|');
    return bar == std::string_view::npos ? std::string_view() : NameOfNumber(rest.substr(bar + 1));
  }
  const std::size_t slash = rest.find('/');
  return slash == std::string_view::npos ? std::string_view() : NameOfNumber(rest.substr(0, slash));
}

bool Matches(const Element& parent, const Mark& mark) {
  const Element member = parent[mark.member];
  if (!member.present()) return false;
  switch (mark.shape) {
    case Shape::kPresent:
      return true;
    case Shape::kText:
      return member.value()->kind == JsonValue::Kind::kString;
    case Shape::kList:
      return member.value()->is_array();
    case Shape::kObject:
      return member.value()->is_object();
  }
  return false;
}

}  // namespace

std::optional<OtherVersion> OtherVersionOf(const Element& resource) {
  const std::string stated = resource.Text("fhirVersion");
  if (const std::string_view name = NameOfNumber(stated); !name.empty()) {
    return OtherVersion{std::string(name), resource.PathOf("fhirVersion")};
  }
  for (const Element& profile : resource["meta"].Items("profile")) {
    if (const std::string_view name = NameOfProfile(profile.Text()); !name.empty()) {
      return OtherVersion{std::string(name), profile.path()};
    }
  }
  // A sender that says 4.0 is believed, whatever else it writes.
  if (stated.starts_with("4.0")) return std::nullopt;
  const std::string type = resource.Text("resourceType");
  for (const Mark& mark : kMarks) {
    if (mark.resource != type) continue;
    if (mark.parent.empty()) {
      if (Matches(resource, mark)) {
        return OtherVersion{std::string(mark.version), resource.PathOf(mark.member)};
      }
      continue;
    }
    for (const Element& parent : resource.Items(mark.parent)) {
      if (Matches(parent, mark)) {
        return OtherVersion{std::string(mark.version), parent.PathOf(mark.member)};
      }
    }
  }
  return std::nullopt;
}

}  // namespace recoup::hospital::fhir
