// What free text mentions beside the injury: number plates, insurers, day and place of the
// accident. Hints for people and for matching, no facts.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HINTS_H_
#define RECOUP_ADAPTERS_HOSPITAL_HINTS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"

namespace recoup::hospital {

// In order of appearance, each once. Plates by GA 36, seven characters or eight for new energy, in
// one form whatever separators, width and case the text uses: "沪A·D1234" is "沪AD1234".
std::vector<std::string> PlatesIn(std::string_view text);
std::vector<std::string> InsurersIn(std::string_view text);
// Of who is named to pay beside the fund: not when that is the patient (自费) or public (医保,
// 工伤).
bool MayBeAnInsurer(std::string_view payer);

// The day that the words name or count back to from `told_on`, the day of the admission:
// "2026年3月5日", "3月5日" (the last one before), "3天前", "昨日", "2小时前" (the same day). Hours
// and a night before may in truth be the day before; no later day than `told_on` is returned.
std::optional<absl::CivilDay> AccidentDayIn(std::string_view text, absl::CivilDay told_on);
// "在东岸路与海滨路路口" → "东岸路与海滨路路口"; empty when no place is named.
std::string AccidentPlaceIn(std::string_view text);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_HINTS_H_
