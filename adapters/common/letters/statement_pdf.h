// A statement of account (追偿款对账单) on paper, as it is sent to a debtor: what was owed, what
// moved, what is open, and how to pay it, with a code that phones scan.
//
// The same statement gives the same bytes. Stateless, thread-safe.
#ifndef RECOUP_ADAPTERS_COMMON_LETTERS_STATEMENT_PDF_H_
#define RECOUP_ADAPTERS_COMMON_LETTERS_STATEMENT_PDF_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::adapters {

absl::StatusOr<std::string> StatementPdf(const v1::GetDebtorStatementResponse& statement);

// Into a file when the target ends in ".pdf", else into a folder, which is made, under the number
// of the statement. Answers with the file. An error of the disk is INVALID_ARGUMENT.
absl::StatusOr<std::vector<std::string>> WriteStatementPdf(
    const v1::GetDebtorStatementResponse& statement, const std::string& target);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_LETTERS_STATEMENT_PDF_H_
