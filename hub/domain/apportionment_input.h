// Guards of apportionment: everything that is wrong with its input, all at once.
#ifndef RECOUP_HUB_DOMAIN_APPORTIONMENT_INPUT_H_
#define RECOUP_HUB_DOMAIN_APPORTIONMENT_INPUT_H_

#include "absl/status/status.h"
#include "hub/domain/apportionment.h"

namespace recoup::domain {

// The largest amount of one input: sums of a case then stay far inside the range of Money.
inline constexpr Money kInputAmountMax = Money::Fen(Money::kFenMax / 1'000);
inline constexpr std::size_t kInputRowsMax = 400;

absl::Status CheckApportionmentInput(const ApportionmentInput& input,
                                     const PolicyData& policy_data);

// Σ A and Σ C of an input that has been checked.
Money OwnPaid(const ApportionmentInput& input);
Money FundPaid(const ApportionmentInput& input);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_APPORTIONMENT_INPUT_H_
