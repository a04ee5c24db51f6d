// Which rows of a settlement (setldetail) are money of a public fund, by the type of the payer
// (fund_pay_type, 基金支付类型).
//
// The table is policy data: "fund_pay_type.3101" is 1 for a fund and 0 for anybody else. Six digits
// are a whole code of the national dictionary; four cover what provinces append to it (310101,
// 390101 …). The longest match counts, and of that the pool's own rule before the one of every
// pool.
#ifndef RECOUP_HUB_DOMAIN_FUND_PAY_TYPE_H_
#define RECOUP_HUB_DOMAIN_FUND_PAY_TYPE_H_

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"
#include "hub/domain/policy_data.h"

namespace recoup::domain {

inline constexpr std::string_view kFundPayTypeKey = "fund_pay_type.";

// Whether the table may have a row under this key: the prefix and 4 to 6 digits. So a region adds
// codes of its own.
bool IsFundPayTypeKey(std::string_view key);

// Nothing when no row covers the type.
std::optional<bool> IsFundPayType(std::string_view fund_pay_type, std::string_view pool,
                                  absl::CivilDay date, const PolicyData& policy_data);

// Commercial insurance (商业保险, 6201 of the national dictionary): what an insurer pays of the
// bill beside fund and patient.
bool IsCommercialInsurance(std::string_view fund_pay_type);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_FUND_PAY_TYPE_H_
