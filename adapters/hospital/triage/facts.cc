#include "adapters/hospital/triage/facts.h"

#include <exception>
#include <utility>

#include "hub/base/error.h"
#include "nlohmann/json.hpp"

namespace recoup::hospital::triage {
namespace {

using Json = nlohmann::json;

TriState StateFrom(const Json& json, const char* key) {
  return static_cast<TriState>(json.at(key).get<int>());
}

}  // namespace

std::string FactsAsJson(const AdmissionDocument& admission) {
  Json json = {{"event", static_cast<int>(admission.event)},
               {"med_type", admission.med_type},
               {"trauma", static_cast<int>(admission.trauma_flag)},
               {"third_party", static_cast<int>(admission.third_party_flag)},
               {"words", admission.condition_text},
               {"diagnoses", Json::array()}};
  for (const Diagnosis& diagnosis : admission.diagnoses) {
    json["diagnoses"].push_back({diagnosis.code, diagnosis.name});
  }
  if (admission.accident) {
    const Accident& accident = *admission.accident;
    json["accident"] = {{"code", accident.code},
                        {"name", accident.code_name},
                        {"words", accident.description},
                        {"job", static_cast<int>(accident.job_related)},
                        {"occurrences", accident.occurrence_codes}};
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

absl::StatusOr<AdmissionDocument> FactsFromJson(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    AdmissionDocument admission;
    admission.event = static_cast<AdmissionEvent>(json.at("event").get<int>());
    admission.med_type = json.at("med_type").get<std::string>();
    admission.trauma_flag = StateFrom(json, "trauma");
    admission.third_party_flag = StateFrom(json, "third_party");
    admission.condition_text = json.at("words").get<std::string>();
    for (const Json& row : json.at("diagnoses")) {
      admission.diagnoses.push_back(
          {row.at(0).get<std::string>(), row.at(1).get<std::string>(), false, TriState::kUnknown});
    }
    if (json.contains("accident")) {
      const Json& row = json.at("accident");
      Accident accident;
      accident.code = row.at("code").get<std::string>();
      accident.code_name = row.at("name").get<std::string>();
      accident.description = row.at("words").get<std::string>();
      accident.job_related = StateFrom(row, "job");
      accident.occurrence_codes = row.at("occurrences").get<std::vector<std::string>>();
      admission.accident = std::move(accident);
    }
    return admission;
  } catch (const std::exception&) {
    return MakeError(Reason::kInternal, "过去入院的要素无法读取");
  }
}

}  // namespace recoup::hospital::triage
