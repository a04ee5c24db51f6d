#include "adapters/insurer/payment/payees.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/csv_table.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::payment {
namespace {

constexpr std::size_t kRowsMax = 10'000;
constexpr std::size_t kColumns = 4;

// The headings of each column, in the order pool, name, account, bank.
constexpr std::array<std::array<std::string_view, 3>, kColumns> kHeadings = {{
    {"pool", "基金", "统筹区基金"},
    {"name", "户名", "收款人"},
    {"account", "账号", "收款账号"},
    {"bank", "开户行号", "联行号"},
}};

std::array<std::optional<std::size_t>, kColumns> FindColumns(const bank::CsvRow& heading,
                                                             Faults& faults) {
  std::array<std::optional<std::size_t>, kColumns> columns;
  for (std::size_t column = 0; column < kColumns; ++column) {
    for (std::size_t i = 0; i < heading.cells.size(); ++i) {
      const auto& names = kHeadings[column];
      if (std::find(names.begin(), names.end(), heading.cells[i]) != names.end())
        columns[column] = i;
    }
    if (!columns[column]) {
      faults.Add("line 1", absl::StrCat("no column ", std::string(kHeadings[column][0]), " or ",
                                        std::string(kHeadings[column][1])));
    }
  }
  return columns;
}

}  // namespace

absl::StatusOr<std::map<std::string, AccountHolder>> PayeesFromCsv(std::string_view bytes) {
  RECOUP_ASSIGN_OR_RETURN(const std::string text, bank::DecodeByContent(bytes));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<bank::CsvRow> rows,
                          bank::ParseCsv(text, ',', 1, kRowsMax));
  if (rows.empty()) return MakeError(Reason::kInvalidArgument, "the list of payees is empty");
  Faults faults;
  const auto columns = FindColumns(rows[0], faults);
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  std::map<std::string, AccountHolder> payees;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::string path = absl::StrCat("line ", rows[i].line);
    const auto cell = [&](std::size_t column) {
      return *columns[column] < rows[i].cells.size() ? rows[i].cells[*columns[column]]
                                                     : std::string();
    };
    std::string pool = cell(0);
    if (!pool.empty() && !absl::StartsWith(pool, "pools/")) pool = absl::StrCat("pools/", pool);
    const AccountHolder payee = {cell(1), cell(2), cell(3)};
    if (pool.empty() || payee.name.empty() || payee.account.empty() || payee.bank.empty()) {
      faults.Add(path, "a cell is empty");
    } else if (!payees.emplace(pool, payee).second) {
      faults.Add(path, "this pool stands twice");
    }
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return payees;
}

}  // namespace recoup::insurer::payment
