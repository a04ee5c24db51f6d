// ISO 20022 pain.001 (CustomerCreditTransferInitiation), version 09: the payment order as a bank
// takes it, and the same read back.
//
// One PmtInf, booked payment by payment (BtchBookg false), so that each arrives with its own
// reference. Every payment carries the creditor reference as RmtInf/Strd/CdtrRefInf (SCOR, ISO) and
// as EndToEndId. Control sums and counts stand in the group header and in PmtInf.
#ifndef RECOUP_ADAPTERS_INSURER_PAYMENT_PAIN001_H_
#define RECOUP_ADAPTERS_INSURER_PAYMENT_PAIN001_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/insurer/payment/payment_order.h"

namespace recoup::insurer::payment {

// Errors: those of CheckOrder.
absl::StatusOr<std::string> PaymentOrderAsPain001(const PaymentOrder& order);

// Reads a pain.001 of any version whose payments are in CNY, by one debtor on one day, and holds it
// against the rules: well-formed, counts and control sums of header and PmtInf agree with the
// payments, EndToEndId at most 35 characters and each once, and everything CheckOrder asks. Errors:
// INVALID_ARGUMENT with all faults and their paths; TOO_LARGE.
absl::StatusOr<PaymentOrder> ReadPain001(std::string_view xml);

}  // namespace recoup::insurer::payment

#endif  // RECOUP_ADAPTERS_INSURER_PAYMENT_PAIN001_H_
