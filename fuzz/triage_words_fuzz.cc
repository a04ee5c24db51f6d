// The words of an admission, the facts kept of it, and a rule file, whatever bytes they hold.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"
#include "adapters/hospital/hints.h"
#include "adapters/hospital/triage/facts.h"
#include "adapters/hospital/triage/rules.h"
#include "adapters/hospital/triage/triage.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace triage = recoup::hospital::triage;
  static const auto& rules = *new absl::StatusOr<triage::RuleBook>(triage::BuiltInRuleBook());
  const std::string text(reinterpret_cast<const char*>(data), size);
  const absl::CivilDay told_on(2026, 3, 5);
  const auto day = recoup::hospital::AccidentDayIn(text, told_on);
  RECOUP_CHECK(!day || *day <= told_on);
  for (const std::string& plate : recoup::hospital::PlatesIn(text)) {
    RECOUP_CHECK(!recoup::hospital::PlatesIn(plate).empty());
  }
  RECOUP_CHECK(recoup::hospital::AccidentPlaceIn(text).size() <= text.size());

  recoup::hospital::AdmissionDocument admission;
  admission.condition_text = text;
  const triage::TriageResult result = triage::Triage(admission, *rules);
  // What is kept of an admission decides as the admission did, if its words are text at all.
  const auto facts = triage::FactsFromJson(triage::FactsAsJson(admission));
  RECOUP_CHECK(facts.ok());
  if (facts->condition_text == text) {
    RECOUP_CHECK(triage::Triage(*facts, *rules).proposal == result.proposal);
  }
  (void)triage::FactsFromJson(text);
  (void)triage::RuleBookFromToml(text);
  return 0;
}
