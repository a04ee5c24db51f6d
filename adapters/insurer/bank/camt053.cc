#include "adapters/insurer/bank/camt053.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/camt053_entry.h"
#include "adapters/insurer/bank/camt_document.h"
#include "adapters/insurer/bank/camt_fields.h"
#include "adapters/insurer/bank/read_faults.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

using domain::Money;

// A booked balance by its code; more than one of a code that contradict each other is a fault.
std::optional<Money> ReadBalance(pugi::xml_node stmt, std::string_view code,
                                 const std::string& path, CamtFields& fields, bool& present) {
  std::optional<Money> found;
  int number = 0;
  for (const pugi::xml_node node : Children(stmt, "Bal")) {
    ++number;
    if (TextAt(node, {"Tp", "CdOrPrtry", "Cd"}) != code) continue;
    const std::string node_path = absl::StrCat(path, "/Bal[", number, "]");
    present = true;
    const std::optional<Money> amount = fields.RequiredAmount(node, node_path);
    const std::optional<Direction> direction = fields.RequiredDirection(node, node_path);
    if (!amount || !direction) continue;
    const Money balance = *direction == Direction::kCredit ? *amount : -*amount;
    if (found && *found != balance) {
      fields.faults().AddDifference(
          node_path, absl::StrCat("a second ", std::string(code), " balance of another amount"));
    }
    found = balance;
  }
  return found;
}

void ReadBalances(pugi::xml_node stmt, const std::string& path, CamtFields& fields,
                  BankStatement& statement) {
  bool opening_present = false;
  bool closing_present = false;
  statement.opening_balance = ReadBalance(stmt, "OPBD", path, fields, opening_present);
  // The closing balance of the day before is what this statement opens with.
  if (!opening_present) {
    statement.opening_balance = ReadBalance(stmt, "PRCD", path, fields, opening_present);
  }
  statement.closing_balance = ReadBalance(stmt, "CLBD", path, fields, closing_present);
  if (!opening_present) {
    fields.faults().Add(absl::StrCat(path, "/Bal"), "no opening balance (OPBD or PRCD)");
  }
  if (!closing_present) {
    fields.faults().Add(absl::StrCat(path, "/Bal"), "no closing balance (CLBD)");
  }
}

void ReadPeriod(pugi::xml_node stmt, const std::string& path, CamtFields& fields,
                BankStatement& statement) {
  const pugi::xml_node node = Child(stmt, "FrToDt");
  if (!node) return;
  const auto day = [&](std::string_view time_name, std::string_view date_name) {
    std::string text = TextAt(node, {time_name});
    if (text.empty()) text = TextAt(node, {date_name});
    return fields.DayFromText(text, absl::StrCat(path, "/FrToDt/", std::string(time_name)));
  };
  const auto from = day("FrDtTm", "FrDt");
  const auto to = day("ToDtTm", "ToDt");
  if (!from || !to) return;
  if (*from > *to) fields.faults().Add(absl::StrCat(path, "/FrToDt"), "ends before it begins");
  statement.period = StatementPeriod{*from, *to};
}

void ReadAccount(pugi::xml_node stmt, const std::string& path, const ReadOptions& options,
                 CamtFields& fields, BankStatement& statement) {
  const pugi::xml_node account = Child(stmt, "Acct");
  statement.account = TextAt(account, {"Id", "IBAN"});
  if (statement.account.empty()) statement.account = TextAt(account, {"Id", "Othr", "Id"});
  const std::string id_path = absl::StrCat(path, "/Acct/Id");
  if (statement.account.empty()) {
    fields.faults().Add(id_path, "names no account (IBAN or Othr/Id)");
  } else if (!options.account.empty() && statement.account != options.account) {
    fields.faults().Add(id_path, "is another account than the expected one");
  }
  statement.currency = options.currency;
  const std::string currency = TextAt(account, {"Ccy"});
  if (!currency.empty() && currency != options.currency) {
    fields.faults().Add(
        absl::StrCat(path, "/Acct/Ccy"),
        absl::StrCat("the currency is ", QuoteCode(currency), ", expected ", options.currency));
  }
}

// The one check that no file passes by chance: opening + booked credits - booked debits = closing.
void CheckSum(const BankStatement& statement, const std::string& path, ReadFaults& faults) {
  Money sum = *statement.opening_balance;
  for (const StatementEntry& entry : statement.entries) {
    if (entry.status != EntryStatus::kBooked) continue;
    const absl::StatusOr<Money> next = sum.Add(entry.SignedAmount());
    if (!next.ok()) {
      faults.Add(entry.path, std::string(next.status().message()));
      return;
    }
    sum = *next;
  }
  if (sum == *statement.closing_balance) return;
  faults.AddDifference(
      absl::StrCat(path, "/Bal"),
      absl::StrCat("the opening balance ", statement.opening_balance->ToYuan(),
                   " and the booked entries make ", sum.ToYuan(), ", the closing balance is ",
                   statement.closing_balance->ToYuan(), ": the difference is ",
                   DifferenceText(*statement.closing_balance, sum)));
}

BankStatement ReadStatement(pugi::xml_node stmt, const std::string& path, const std::string& format,
                            const ReadOptions& options, CamtFields& fields) {
  const std::size_t faults_before = fields.faults().count();
  BankStatement statement;
  statement.format = format;
  statement.statement_id = TextAt(stmt, {"Id"});
  if (statement.statement_id.empty()) fields.faults().Add(absl::StrCat(path, "/Id"), "is missing");
  statement.electronic_sequence = TextAt(stmt, {"ElctrncSeqNb"});
  ReadPeriod(stmt, path, fields, statement);
  ReadAccount(stmt, path, options, fields, statement);
  ReadBalances(stmt, path, fields, statement);
  int number = 0;
  for (const pugi::xml_node ntry : Children(stmt, "Ntry")) {
    ReadCamt053Entry(ntry, absl::StrCat(path, "/Ntry[", ++number, "]"), fields, statement.entries);
  }
  // With an entry unread the sum would only repeat that fault in other words.
  if (fields.faults().count() == faults_before) CheckSum(statement, path, fields.faults());
  return statement;
}

}  // namespace

absl::StatusOr<std::vector<BankStatement>> ReadCamt053(std::string_view bytes,
                                                       const ReadOptions& options) {
  if (bytes.size() > options.bytes_max) {
    return MakeError(Reason::kTooLarge, absl::StrCat("the file has ", bytes.size(),
                                                     " bytes, more than ", options.bytes_max));
  }
  RECOUP_ASSIGN_OR_RETURN(const CamtDocument document, OpenCamt053(bytes));
  ReadFaults faults;
  CamtFields fields(options.currency, faults);
  std::vector<BankStatement> statements;
  std::size_t entries = 0;
  int number = 0;
  for (const pugi::xml_node stmt : Children(document.message, "Stmt")) {
    const std::string path = absl::StrCat(document.path, "/Stmt[", ++number, "]");
    statements.push_back(ReadStatement(stmt, path, document.format, options, fields));
    entries += statements.back().entries.size();
    if (entries > options.entries_max) {
      return MakeError(Reason::kTooLarge,
                       absl::StrCat("the file has more than ", options.entries_max, " entries"));
    }
  }
  if (statements.empty()) faults.Add(absl::StrCat(document.path, "/Stmt"), "is missing");
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return statements;
}

}  // namespace recoup::insurer::bank
