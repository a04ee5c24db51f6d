// A debtor states that it has paid, and for which demands (付款通知).
//
// The statement is taken as it is: also when it pays more than is open, because what arrives is for
// reconciliation to judge. But every line must name an issued demand of the sender in one pool, and
// the lines must sum to the payment.
#ifndef RECOUP_HUB_APP_REMITTANCE_ADVICES_H_
#define RECOUP_HUB_APP_REMITTANCE_ADVICES_H_

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

struct SendRemittanceAdvice {
  domain::PoolId pool;
  // As sent: a line has a demand, a reference, or both; the payer is the caller.
  domain::RemittanceAdvice advice;
};

// The same advice (by the bank's or the payer's reference) again gives the same answer. NOT_FOUND
// names the line whose demand the payer does not have; ILLEGAL_TRANSITION those of which a closed
// settlement batch pays what the line names.
absl::StatusOr<domain::RemittanceAdvice> SendRemittanceAdviceOf(const SendRemittanceAdvice& command,
                                                                UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_REMITTANCE_ADVICES_H_
