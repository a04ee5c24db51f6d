#include "adapters/court/program/correction.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"

namespace recoup::court {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

// Key of the JSON and field of the message; enumerators are spelled without their prefix.
struct Correctable {
  const char* key;
  const char* field;
  const char* enum_prefix;
};
constexpr Correctable kCorrectable[] = {
    {"case_number", "case_number", ""},
    {"court", "court_name", ""},
    {"document_type", "document_type", "DOCUMENT_TYPE_"},
    {"instance", "instance", "INSTANCE_"},
    {"cause", "cause", ""},
    {"closed_on", "closed_on", ""},
    {"accident_on", "accident_on", ""},
    {"medical_expense_total_fen", "medical_expense_total_fen", ""},
    {"medical_expense_awarded_fen", "medical_expense_awarded_fen", ""},
    {"fund_paid_fen", "fund_paid_fen", ""},
    {"self_paid_fen", "self_paid_fen", ""},
    {"basis", "basis", "BASIS_"},
    {"grade", "grade", "GRADE_"},
    {"third_party_kind", "third_party_kind", "THIRD_PARTY_KIND_"},
};

const FieldDescriptor& FieldOf(const Correctable& correctable) {
  return *v1::CourtCaseElements::descriptor()->FindFieldByName(correctable.field);
}

std::string AsJson(const v1::CourtCaseElements& elements, const Correctable& correctable) {
  const FieldDescriptor& field = FieldOf(correctable);
  const Reflection& reflection = *elements.GetReflection();
  if (field.type() == FieldDescriptor::TYPE_INT64) {
    return reflection.HasField(elements, &field)
               ? absl::StrCat(reflection.GetInt64(elements, &field))
               : "null";
  }
  if (field.type() == FieldDescriptor::TYPE_ENUM) {
    const EnumValueDescriptor& value = *reflection.GetEnum(elements, &field);
    if (value.number() == 0) return "null";
    return nlohmann::json(std::string(absl::StripPrefix(value.name(), correctable.enum_prefix)))
        .dump();
  }
  const std::string text = reflection.GetString(elements, &field);
  return text.empty() ? "null" : nlohmann::json(text).dump();
}

bool SetEnum(const Correctable& correctable, const FieldDescriptor& field, const std::string& value,
             v1::CourtCaseElements& elements) {
  const EnumValueDescriptor* named =
      field.enum_type()->FindValueByName(absl::StrCat(correctable.enum_prefix, value));
  if (named == nullptr || named->number() == 0) return false;
  elements.GetReflection()->SetEnum(&elements, &field, named);
  return true;
}

void Set(const Correctable& correctable, const std::string& value, v1::CourtCaseElements& elements,
         Faults& faults) {
  const FieldDescriptor& field = FieldOf(correctable);
  const Reflection& reflection = *elements.GetReflection();
  if (value.empty()) {
    reflection.ClearField(&elements, &field);
    return;
  }
  if (field.type() == FieldDescriptor::TYPE_ENUM) {
    if (SetEnum(correctable, field, value, elements)) return;
    std::string allowed;
    const EnumDescriptor& type = *field.enum_type();
    for (int i = 1; i < type.value_count(); ++i) {
      absl::StrAppend(
          &allowed, " ",
          std::string(absl::StripPrefix(type.value(i)->name(), correctable.enum_prefix)));
    }
    faults.Add(correctable.key, absl::StrCat("must be one of", allowed));
    return;
  }
  if (field.type() == FieldDescriptor::TYPE_INT64) {
    std::int64_t fen = 0;
    if (!absl::SimpleAtoi(value, &fen) || fen < 0) {
      faults.Add(correctable.key, "must be an amount in whole fen");
      return;
    }
    reflection.SetInt64(&elements, &field, fen);
    return;
  }
  absl::CivilDay day;
  const bool is_day = std::string_view(correctable.key).ends_with("_on");
  if (is_day && !absl::ParseCivilTime(value, &day)) {
    faults.Add(correctable.key, "must be a day, YYYY-MM-DD");
    return;
  }
  reflection.SetString(&elements, &field, value);
}

void MarkManual(const Correctable& correctable, v1::CourtCaseElements& elements) {
  auto& evidence = *elements.mutable_evidence();
  evidence.erase(std::remove_if(evidence.begin(), evidence.end(),
                                [&](const v1::ElementEvidence& row) {
                                  return row.element() == correctable.field;
                                }),
                 evidence.end());
  v1::ElementEvidence& manual = *elements.add_evidence();
  manual.set_element(correctable.field);
  manual.set_rule("manual");
}

// Whether the medical parts of the obligations may have been worked out from this element.
bool DecidesMedicalParts(std::string_view key) {
  constexpr std::string_view kDeciding[] = {"accident_on",
                                            "basis",
                                            "fund_paid_fen",
                                            "medical_expense_awarded_fen",
                                            "medical_expense_total_fen",
                                            "self_paid_fen"};
  return std::ranges::find(kDeciding, key) != std::end(kDeciding);
}

// What was worked out from a wrong figure is no longer known; what the text says stays.
void ForgetWorkedOutParts(v1::CourtCaseElements& elements) {
  auto& evidence = *elements.mutable_evidence();
  for (int i = 0; i < elements.obligations_size(); ++i) {
    const std::string part = absl::StrCat("obligations[", i, "].medical_fen");
    const auto worked_out =
        std::remove_if(evidence.begin(), evidence.end(), [&](const v1::ElementEvidence& row) {
          return row.element() == part && row.rule() == "share.worked_out";
        });
    if (worked_out == evidence.end()) continue;
    evidence.erase(worked_out, evidence.end());
    elements.mutable_obligations(i)->clear_medical_fen();
    elements.mutable_obligations(i)->clear_medical_set_off_fen();
  }
}

}  // namespace

absl::StatusOr<std::vector<Correction>> Correct(const std::vector<std::string>& assignments,
                                                v1::CourtCaseElements& elements) {
  Faults faults;
  v1::CourtCaseElements corrected = elements;
  std::vector<Correction> corrections;
  for (const std::string& assignment : assignments) {
    const std::size_t equals = assignment.find('=');
    const std::string key = assignment.substr(0, equals);
    const auto* found = std::ranges::find_if(
        kCorrectable, [&](const Correctable& each) { return key == each.key; });
    if (equals == std::string::npos || found == std::end(kCorrectable)) {
      faults.Add(key, absl::StrCat("write ELEMENT=VALUE with one of ", CorrectableElements()));
      continue;
    }
    std::string before = AsJson(corrected, *found);
    Set(*found, assignment.substr(equals + 1), corrected, faults);
    MarkManual(*found, corrected);
    if (DecidesMedicalParts(key)) ForgetWorkedOutParts(corrected);
    corrections.push_back({key, std::move(before), AsJson(corrected, *found)});
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  elements = std::move(corrected);
  return corrections;
}

std::string CorrectableElements() {
  std::string keys;
  for (const Correctable& each : kCorrectable)
    absl::StrAppend(&keys, keys.empty() ? "" : " ", each.key);
  return keys;
}

}  // namespace recoup::court
