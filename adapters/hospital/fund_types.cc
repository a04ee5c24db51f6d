#include "adapters/hospital/fund_types.h"

#include <exception>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/embedded_data.h"
#include "hub/base/error.h"
#include "hub/base/toml_text.h"

namespace recoup::hospital {

absl::StatusOr<FundTypes> FundTypes::BuiltIn() { return FromToml(std::string(kFundPayTypesToml)); }

absl::StatusOr<FundTypes> FundTypes::FromToml(const std::string& text) {
  FundTypes types;
  try {
    const toml::value table = ParseToml(text, "fund_pay_types.toml");
    types.version_ = toml::find<std::string>(table, "version");
    for (const toml::value& row : toml::find<std::vector<toml::value>>(table, "type")) {
      types.rows_.push_back({toml::find<std::string>(row, "code"), toml::find<bool>(row, "fund"),
                             toml::find_or<bool>(row, "insurer", false),
                             toml::find_or<std::string>(row, "name", "")});
    }
  } catch (const std::exception& problem) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("基金支付类型表有误：", problem.what()));
  }
  return types;
}

const FundTypes::Row* FundTypes::RowOf(std::string_view fund_pay_type) const {
  const Row* best = nullptr;
  for (const Row& row : rows_) {
    if (!fund_pay_type.starts_with(row.prefix)) continue;
    if (best == nullptr || row.prefix.size() > best->prefix.size()) best = &row;
  }
  return best;
}

FundClass FundTypes::Classify(std::string_view fund_pay_type) const {
  const Row* const row = RowOf(fund_pay_type);
  if (row == nullptr) return FundClass::kUnknown;
  if (row->is_fund) return FundClass::kFund;
  return row->is_insurer ? FundClass::kInsurer : FundClass::kNotFund;
}

std::string FundTypes::Name(std::string_view fund_pay_type) const {
  const Row* const row = RowOf(fund_pay_type);
  return row == nullptr ? "" : row->name;
}

}  // namespace recoup::hospital
