// The answer of the national interface's own form (定点医药机构接口规范, 交易出参): infcode,
// inf_refmsgid, refmsg_time, respond_time, err_msg, warn_msg, output.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_INTERFACE_ANSWER_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_INTERFACE_ANSWER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/hospital/program/intake.h"

namespace recoup::hospital {

// JSON in UTF-8. The same for a message that was taken before; `now` is the time of a refusal.
std::string InterfaceAnswer(const absl::StatusOr<Taken>& taken, absl::Time now);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_INTERFACE_ANSWER_H_
