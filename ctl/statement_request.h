// A bank statement as the hub takes it.
#ifndef RECOUP_CTL_STATEMENT_REQUEST_H_
#define RECOUP_CTL_STATEMENT_REQUEST_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/insurer/bank/statement.h"
#include "hub/domain/money.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::ctl {

struct StatementSource {
  std::string pool;         // "pools/310115-310"
  std::string file;         // For messages.
  std::string file_sha256;  // Hex; names a statement whose file gives it no number.
  int position = 1;         // Of the statement in its file.
  // For files without balances: what the account held before the first entry.
  std::optional<domain::Money> opening_balance;
};

// All but request_id and validate_only. INVALID_ARGUMENT with all faults when the file does not say
// what the hub needs (a period, balances, booking dates) or is of an account in another currency
// than CNY.
absl::StatusOr<v1::ImportStatementRequest> ToImportRequest(
    const insurer::bank::BankStatement& statement, const StatementSource& source);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_STATEMENT_REQUEST_H_
