// The answer of the national interface's own form (定点医药机构接口规范, 交易出参): infcode,
// inf_refmsgid, refmsg_time, respond_time, err_msg, warn_msg, output.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_INTERFACE_ANSWER_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_INTERFACE_ANSWER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/hospital/program/intake.h"

namespace recoup::hospital {

// JSON in UTF-8. The same for a message that was taken before; `now` is the time of a refusal.
// `area_code`: the receiver's, which begins inf_refmsgid; zeros where it is not known.
std::string InterfaceAnswer(const absl::StatusOr<Taken>& taken, absl::Time now,
                            std::string_view area_code);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_INTERFACE_ANSWER_H_
