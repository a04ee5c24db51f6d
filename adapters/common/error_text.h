// A refusal as a person reads it (Chinese, then English) or as JSON for a program: the reason, all
// faults, and what must happen first.
#ifndef RECOUP_ADAPTERS_COMMON_ERROR_TEXT_H_
#define RECOUP_ADAPTERS_COMMON_ERROR_TEXT_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "adapters/common/terminal.h"
#include "hub/base/reasons.h"

namespace recoup::adapters {

// What a reason means, in Chinese; one for every reason of the catalogue.
std::string_view ReasonInChinese(Reason reason);

// Several lines, each with its line end. The status must not be OK.
std::string ErrorForPeople(const absl::Status& error, Colour colour);
// For a cell of a table: "内容有误：flag.patient.name 缺失（另有 2 处）".
std::string ErrorInACell(const absl::Status& error);
// One line of JSON, with its line end.
std::string ErrorAsJson(const absl::Status& error);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_ERROR_TEXT_H_
