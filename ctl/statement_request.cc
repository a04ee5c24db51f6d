#include "ctl/statement_request.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::ctl {
namespace {

using insurer::bank::BankStatement;
using insurer::bank::EntryStatus;
using insurer::bank::StatementEntry;

std::string DateText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? adapters::FormatDate(*day) : "";
}

std::string BatchReference(const StatementEntry& entry) {
  if (entry.batch.has_value() && !entry.batch->payment_information_id.empty()) {
    return entry.batch->payment_information_id;
  }
  if (entry.batch.has_value() && !entry.batch->message_id.empty()) return entry.batch->message_id;
  return entry.bank_reference_is_shared ? entry.bank_reference : "";
}

std::string RemittanceText(const StatementEntry& entry) {
  if (entry.additional_info.empty() || entry.additional_info == entry.remittance_text) {
    return entry.remittance_text;
  }
  if (entry.remittance_text.empty()) return entry.additional_info;
  return absl::StrCat(entry.remittance_text, " ", entry.additional_info);
}

// The hub knows a return by its reason. NARR is the code of ISO 20022 for a return whose reason is
// told in words, or not at all.
std::string ReturnReason(const StatementEntry& entry) {
  return entry.returned && entry.return_reason_code.empty() ? "NARR" : entry.return_reason_code;
}

void FillEntry(const StatementEntry& entry, v1::StatementEntry& out) {
  // A reference that several entries share would make them one and the same to the hub.
  if (!entry.bank_reference_is_shared) out.set_bank_reference(entry.bank_reference);
  out.set_booked_on(DateText(entry.booked_on));
  out.set_valued_on(DateText(entry.valued_on));
  out.set_amount_fen(entry.amount.minor_units());
  out.set_direction(entry.direction == insurer::bank::Direction::kCredit ? v1::DIRECTION_CREDIT
                                                                         : v1::DIRECTION_DEBIT);
  out.set_reversal(entry.reversal);
  out.set_status(entry.status == EntryStatus::kBooked ? v1::BOOKING_STATUS_BOOKED
                                                      : v1::BOOKING_STATUS_PENDING);
  out.set_counterparty_name(entry.counterparty_name);
  out.set_counterparty_account(entry.counterparty_account);
  out.set_end_to_end_id(entry.end_to_end_id);
  out.set_creditor_reference(entry.creditor_reference);
  out.set_remittance_text(RemittanceText(entry));
  out.set_return_reason(ReturnReason(entry));
  out.set_batch_reference(BatchReference(entry));
}

// The bank's, else the span of the entries and of the closing balance.
std::optional<insurer::bank::StatementPeriod> PeriodOf(const BankStatement& statement) {
  if (statement.period.has_value()) return statement.period;
  std::optional<insurer::bank::StatementPeriod> period;
  if (statement.closing_on.has_value()) period = {*statement.closing_on, *statement.closing_on};
  for (const StatementEntry& entry : statement.entries) {
    if (!entry.booked_on.has_value()) continue;
    if (!period.has_value()) period = {*entry.booked_on, *entry.booked_on};
    period->from = std::min(period->from, *entry.booked_on);
    period->to = std::max(period->to, *entry.booked_on);
  }
  return period;
}

}  // namespace

absl::StatusOr<v1::ImportStatementRequest> ToImportRequest(const BankStatement& statement,
                                                           const StatementSource& source) {
  v1::ImportStatementRequest request;
  Faults faults;
  request.set_pool(source.pool);
  if (source.pool.empty()) faults.Add("--pool", "须给出统筹区 / is required");
  v1::Statement& out = *request.mutable_statement();
  out.set_account(statement.account);
  if (statement.account.empty()) {
    faults.Add(source.file, "文件未载账号，请用 --account / names no account; use --account");
  }
  if (!statement.currency.empty() && statement.currency != "CNY") {
    faults.Add(source.file, absl::StrCat("账户币种为 ", statement.currency,
                                         "，只入账人民币账户 / the account is in ",
                                         statement.currency, "; only CNY accounts are booked"));
  }
  // The same file always gives the same numbers, so that importing it again is no new statement.
  out.set_statement_id(
      statement.statement_id.empty()
          ? absl::StrCat("sha256-", source.file_sha256.substr(0, 16),
                         source.position > 1 ? absl::StrCat("-", source.position) : std::string())
          : statement.statement_id);
  if (const auto period = PeriodOf(statement)) {
    out.set_from_on(adapters::FormatDate(period->from));
    out.set_until_on(adapters::FormatDate(period->to));
  } else {
    faults.Add(source.file, "文件未载期间，也无流水 / says no period and holds no entry");
  }
  insurer::bank::BankAmount moved;
  for (const StatementEntry& entry : statement.entries) {
    if (entry.status == EntryStatus::kInfo) continue;  // Moved no money and never will.
    if (entry.status == EntryStatus::kBooked) {
      RECOUP_ASSIGN_OR_RETURN(moved, moved.Add(entry.SignedAmount()));
      if (!entry.booked_on.has_value()) {
        faults.Add(absl::StrCat(source.file, ", ", entry.path),
                   "已入账流水未载记账日期 / a booked entry without its booking date");
      }
    }
    FillEntry(entry, *request.add_entries());
  }
  // Both balances of the bank, or the officer's word for the first; one alone proves nothing.
  if (insurer::bank::IsProven(statement)) {
    out.set_opening_balance_fen(statement.opening_balance->minor_units());
    out.set_closing_balance_fen(statement.closing_balance->minor_units());
  } else if (source.opening_balance.has_value()) {
    const absl::StatusOr<domain::Money> closing = domain::Money::Create(moved.minor_units());
    RECOUP_RETURN_IF_ERROR(closing.status());
    RECOUP_ASSIGN_OR_RETURN(const domain::Money after, source.opening_balance->Add(*closing));
    out.set_opening_balance_fen(source.opening_balance->fen());
    out.set_closing_balance_fen(after.fen());
    out.set_opening_by_hand(true);
  } else {
    faults.Add(source.file,
               "文件未载期初和期末余额，请用 --opening 给出期初余额 / states no opening and "
               "closing balance; use --opening");
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return request;
}

}  // namespace recoup::ctl
