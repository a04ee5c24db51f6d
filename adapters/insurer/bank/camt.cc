#include "adapters/insurer/bank/camt.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/balance_check.h"
#include "adapters/insurer/bank/camt_balances.h"
#include "adapters/insurer/bank/camt_document.h"
#include "adapters/insurer/bank/camt_entry.h"
#include "adapters/insurer/bank/camt_fields.h"
#include "adapters/insurer/bank/read_faults.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

void ReadPeriod(pugi::xml_node node, const std::string& path, CamtFields& fields,
                BankStatement& statement) {
  const pugi::xml_node period = Child(node, "FrToDt");
  if (!period) return;
  const auto day = [&](std::string_view time_name, std::string_view date_name) {
    std::string text = TextAt(period, {time_name});
    if (text.empty()) text = TextAt(period, {date_name});
    return fields.DayFromText(text, absl::StrCat(path, "/FrToDt/", std::string(time_name)));
  };
  const auto from = day("FrDtTm", "FrDt");
  const auto to = day("ToDtTm", "ToDt");
  if (!from || !to) return;
  if (*from > *to) fields.faults().Add(absl::StrCat(path, "/FrToDt"), "ends before it begins");
  statement.period = StatementPeriod{*from, *to};
}

void ReadAccount(pugi::xml_node node, const std::string& path, const ReadOptions& options,
                 CamtFields& fields, BankStatement& statement) {
  const pugi::xml_node account = Child(node, "Acct");
  statement.account = TextAt(account, {"Id", "IBAN"});
  if (statement.account.empty()) statement.account = TextAt(account, {"Id", "Othr", "Id"});
  statement.account_owner = TextAt(account, {"Ownr", "Nm"});
  if (statement.account_owner.empty()) statement.account_owner = TextAt(account, {"Nm"});
  const std::string id_path = absl::StrCat(path, "/Acct/Id");
  if (statement.account.empty()) {
    fields.faults().Add(id_path, "names no account (IBAN or Othr/Id)");
  } else if (!options.account.empty() && statement.account != options.account) {
    fields.faults().Add(id_path, WrongAccount(statement.account, options.account));
  }
}

// A statement cut into pages has the same Id on each.
void ReadIdentity(pugi::xml_node node, const std::string& path, CamtFields& fields,
                  BankStatement& statement) {
  statement.statement_id = TextAt(node, {"Id"});
  if (statement.statement_id.empty()) fields.faults().Add(absl::StrCat(path, "/Id"), "is missing");
  statement.electronic_sequence = TextAt(node, {"ElctrncSeqNb"});
  for (const char* const element : {"StmtPgntn", "RptPgntn", "NtfctnPgntn"}) {
    const pugi::xml_node page = Child(node, element);
    const std::string number = TextAt(page, {"PgNb"});
    if (number.empty()) continue;
    if (number == "1" && TextAt(page, {"LastPgInd"}) != "false") continue;
    absl::StrAppend(&statement.statement_id, "/", number);
  }
}

BankStatement ReadStatement(const CamtMessage& message, pugi::xml_node node,
                            const std::string& path, const ReadOptions& options,
                            ReadFaults& faults) {
  const std::size_t faults_before = faults.count();
  BankStatement statement;
  statement.kind = message.kind;
  statement.format = message.format;
  statement.currency = CamtCurrency(node);
  // A document without balances and entries holds no amount, so it may name no currency.
  const bool needs_currency = !statement.currency.empty() || Child(node, "Ntry");
  if (needs_currency && !IsCurrencyCode(statement.currency)) {
    faults.Add(absl::StrCat(path, "/Acct/Ccy"),
               absl::StrCat("the currency is ", QuoteCode(statement.currency),
                            ", expected three capital letters"));
  }
  CamtFields fields(statement.currency, faults);
  ReadIdentity(node, path, fields, statement);
  ReadPeriod(node, path, fields, statement);
  ReadAccount(node, path, options, fields, statement);
  ReadCamtBalances(node, path, fields, statement);
  int number = 0;
  for (const pugi::xml_node ntry : Children(node, "Ntry")) {
    ReadCamtEntry(ntry, absl::StrCat(path, "/Ntry[", ++number, "]"), fields, statement.entries);
  }
  // With an entry unread the sums would only repeat that fault in other words.
  if (faults.count() == faults_before) {
    CheckBalances(statement, absl::StrCat(path, "/Bal"), faults);
    CheckCamtSummary(node, path, fields);
  }
  return statement;
}

}  // namespace

absl::StatusOr<std::vector<BankStatement>> ReadCamt(std::string_view bytes,
                                                    const ReadOptions& options) {
  if (bytes.size() > options.bytes_max) {
    return MakeError(Reason::kTooLarge, absl::StrCat("the file has ", bytes.size(),
                                                     " bytes, more than ", options.bytes_max));
  }
  RECOUP_ASSIGN_OR_RETURN(const CamtDocument document, OpenCamt(bytes));
  ReadFaults faults;
  std::vector<BankStatement> statements;
  std::size_t entries = 0;
  for (const CamtMessage& message : document.messages) {
    int number = 0;
    for (const pugi::xml_node node : Children(message.node, message.statement)) {
      const std::string path =
          absl::StrCat(message.path, "/", std::string(message.statement), "[", ++number, "]");
      statements.push_back(ReadStatement(message, node, path, options, faults));
      entries += statements.back().entries.size();
      if (entries > options.entries_max) {
        return MakeError(Reason::kTooLarge,
                         absl::StrCat("the file has more than ", options.entries_max, " entries"));
      }
    }
    if (number == 0) {
      faults.Add(absl::StrCat(message.path, "/", std::string(message.statement)), "is missing");
    }
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return statements;
}

}  // namespace recoup::insurer::bank
