// The schedule of a payment: which demand gets how much. From the command line or from a CSV file
// of the payment system. docs/formats/insurer.md describes the file. Pure.
#ifndef RECOUP_ADAPTERS_INSURER_MAPPING_REMITTANCE_H_
#define RECOUP_ADAPTERS_INSURER_MAPPING_REMITTANCE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/domain/money.h"
#include "recoup/v1/remittance_advice.pb.h"

namespace recoup::insurer::mapping {

struct ScheduleLine {
  std::string demand;                   // Name or payment reference (ISO 11649).
  std::optional<domain::Money> amount;  // Absent: all that is open.
  std::size_t row = 0;                  // Line of its file; 0 when there is none.
};

// Where a line of a schedule stands: "line 7, RF18…" of its file, else "--demands RF18…".
std::string PathOf(const ScheduleLine& line);

// "DEMAND" or "DEMAND=AMOUNT", in yuan.
absl::StatusOr<std::vector<ScheduleLine>> ScheduleFromTexts(const std::vector<std::string>& texts);

// UTF-8, GB18030 or UTF-16, with a heading row; separated by commas, tabs or semicolons, as the
// heading shows. References are checked (ISO 11649), and none stands twice. All faults, with line
// numbers.
absl::StatusOr<std::vector<ScheduleLine>> ScheduleFromCsv(std::string_view bytes);

// The same, of items that may have nothing open: amounts may be zero.
absl::StatusOr<std::vector<ScheduleLine>> OpenItemsFromCsv(std::string_view bytes);

struct PaymentFacts {
  std::string number;  // The insurer's own number of this advice.
  std::string pool;    // Empty: that of the demands.
  std::string end_to_end_id;
  std::string payer_account;
  std::string paid_on;
};

// A refusal of the advice, whose faults name lines by their number, in the places of the schedule.
absl::Status AtScheduleLines(const absl::Status& refusal,
                             const std::vector<ScheduleLine>& schedule);

// The amount is the sum of the lines. Faults: no line, a line without an amount, a demand twice,
// demands of several pools, no pool, a day that is none.
absl::StatusOr<v1::RemittanceAdvice> ToRemittanceAdvice(const PaymentFacts& facts,
                                                        const std::vector<ScheduleLine>& schedule);

}  // namespace recoup::insurer::mapping

#endif  // RECOUP_ADAPTERS_INSURER_MAPPING_REMITTANCE_H_
