// Which rows of a settlement are the fund's money: the table data/fund_pay_types.toml, built in.
//
// Immutable after loading; safe to share between threads.
#ifndef RECOUP_ADAPTERS_HOSPITAL_FUND_TYPES_H_
#define RECOUP_ADAPTERS_HOSPITAL_FUND_TYPES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace recoup::hospital {

// kInsurer: a commercial insurer's money, which pays part of the bill beside fund and patient.
enum class FundClass { kFund, kInsurer, kNotFund, kUnknown };

class FundTypes {
 public:
  // The table this program was built with.
  static absl::StatusOr<FundTypes> BuiltIn();
  // A table in the same form, for a region that extends the national dictionary.
  static absl::StatusOr<FundTypes> FromToml(const std::string& text);

  // By the whole code first, then by the longest prefix that is listed.
  FundClass Classify(std::string_view fund_pay_type) const;
  // What the dictionary calls it; empty when no row covers it.
  std::string Name(std::string_view fund_pay_type) const;
  const std::string& version() const { return version_; }

 private:
  struct Row {
    std::string prefix;  // A whole code is its own prefix.
    bool is_fund = false;
    bool is_insurer = false;
    std::string name;
  };
  const Row* RowOf(std::string_view fund_pay_type) const;

  std::vector<Row> rows_;
  std::string version_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_FUND_TYPES_H_
