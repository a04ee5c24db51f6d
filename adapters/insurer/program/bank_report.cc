#include "adapters/insurer/program/bank_report.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/common/format.h"
#include "adapters/common/phrases.h"
#include "adapters/common/table.h"
#include "hub/base/check.h"
#include "hub/base/error.h"

namespace recoup::insurer {
namespace {

using adapters::Align;
using bank::AmountText;
using bank::BankStatement;
using bank::Direction;
using bank::DocumentKind;
using bank::EntryStatus;
using bank::StatementEntry;
using Json = nlohmann::ordered_json;

std::string InChinese(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kStatement:
      return "对账单";
    case DocumentKind::kIntradayReport:
      return "当日报告（未结）";
    case DocumentKind::kNotification:
      return "收付通知（无余额）";
  }
  RECOUP_CHECK(false);
}

std::string InChinese(EntryStatus status) {
  switch (status) {
    case EntryStatus::kBooked:
      return "已入账";
    case EntryStatus::kPending:
      return "未入账";
    case EntryStatus::kInfo:
      return "仅供参考";
  }
  RECOUP_CHECK(false);
}

std::string Kind(const StatementEntry& entry) {
  std::string text = entry.direction == Direction::kCredit ? "收" : "付";
  if (entry.reversal) text += " 冲正";
  if (entry.returned) {
    absl::StrAppend(&text, " 退回", entry.return_reason_code.empty() ? "" : " ",
                    entry.return_reason_code);
  }
  if (entry.status != EntryStatus::kBooked) absl::StrAppend(&text, " ", InChinese(entry.status));
  return text;
}

// What identifies the payment, the strongest first.
std::string References(const StatementEntry& entry) {
  std::string text;
  const auto add = [&](const std::string& reference) {
    if (!reference.empty()) absl::StrAppend(&text, text.empty() ? "" : " ", reference);
  };
  add(entry.creditor_reference);
  add(entry.end_to_end_id);
  add(entry.bank_reference);
  if (entry.batch) {
    add(entry.batch->payment_information_id.empty() ? entry.batch->message_id
                                                    : entry.batch->payment_information_id);
  }
  return text;
}

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day ? adapters::FormatDate(*day) : std::string();
}

void Put(Json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}

Json BatchAsJson(const bank::PaymentBatch& batch, const std::string& currency) {
  Json json = Json::object();
  Put(json, "message_id", batch.message_id);
  Put(json, "payment_information_id", batch.payment_information_id);
  if (batch.count) json["count"] = *batch.count;
  if (batch.total) json["total"] = AmountText(*batch.total, currency);
  return json;
}

Json ReferencesAsJson(const bank::PaymentReferences& references) {
  Json json = Json::object();
  Put(json, "entry_reference", references.entry_reference);
  Put(json, "message_id", references.message_id);
  Put(json, "payment_information_id", references.payment_information_id);
  Put(json, "instruction_id", references.instruction_id);
  Put(json, "transaction_id", references.transaction_id);
  Put(json, "uetr", references.uetr);
  Put(json, "mandate_id", references.mandate_id);
  Put(json, "clearing_reference", references.clearing_reference);
  return json;
}

Json EntryAsJson(const StatementEntry& entry, const std::string& key, const std::string& currency) {
  Json json = {{"path", entry.path},
               {"key", key},
               {"status", ToString(entry.status)},
               {"direction", ToString(entry.direction)},
               {"amount", AmountText(entry.amount, currency)}};
  if (entry.reversal) json["reversal"] = true;
  if (entry.returned) json["returned"] = true;
  Put(json, "return_reason", entry.return_reason_code);
  Put(json, "booked_on", DayText(entry.booked_on));
  Put(json, "valued_on", DayText(entry.valued_on));
  if (entry.balance_after) json["balance_after"] = AmountText(*entry.balance_after, currency);
  Put(json, "bank_reference", entry.bank_reference);
  if (entry.bank_reference_is_shared) json["bank_reference_is_shared"] = true;
  Put(json, "end_to_end_id", entry.end_to_end_id);
  Put(json, "creditor_reference", entry.creditor_reference);
  if (Json references = ReferencesAsJson(entry.references); !references.empty()) {
    json["references"] = std::move(references);
  }
  if (entry.batch) json["batch"] = BatchAsJson(*entry.batch, currency);
  Put(json, "counterparty_name", entry.counterparty_name);
  Put(json, "counterparty_account", entry.counterparty_account);
  Put(json, "ultimate_party_name", entry.ultimate_party_name);
  Put(json, "remittance_text", entry.remittance_text);
  Put(json, "additional_info", entry.additional_info);
  Put(json, "transaction_code", entry.transaction_code);
  Put(json, "purpose_code", entry.purpose_code);
  return json;
}

std::string BalancesForPeople(const BankStatement& statement) {
  const std::string& currency = statement.currency;
  const auto text = [&](const std::optional<bank::BankAmount>& balance) {
    return balance ? AmountText(*balance, currency) : std::string("（未载）");
  };
  return absl::StrCat("期  初  ", text(statement.opening_balance), "    期  末  ",
                      text(statement.closing_balance),
                      bank::IsProven(statement) ? "    已核对：期初＋已入账＝期末\n"
                                                : "    未核对：文件未载两端余额\n");
}

}  // namespace

std::string StatementForPeople(const BankStatement& statement) {
  const std::string& currency = statement.currency;
  std::string out = absl::StrCat(
      InChinese(statement.kind), "  ", statement.format, "\n账  户  ", statement.account,
      statement.account_owner.empty() ? "" : absl::StrCat("  ", statement.account_owner),
      "\n币  种  ", currency.empty() ? "（未载）" : currency, "\n编  号  ",
      statement.statement_id.empty() ? "（未载）" : statement.statement_id, "\n");
  if (statement.period) {
    absl::StrAppend(&out, "期  间  ", adapters::FormatDate(statement.period->from), " 至 ",
                    adapters::FormatDate(statement.period->to), "\n");
  }
  absl::StrAppend(&out, BalancesForPeople(statement));
  if (!statement.information.empty())
    absl::StrAppend(&out, "说  明  ", statement.information, "\n");
  if (statement.entries.empty()) return absl::StrCat(out, "没有流水\n");
  adapters::Table table(
      {{"记账日"}, {"金额", Align::kRight}, {"类别"}, {"对方"}, {"参考号"}, {"附言"}});
  for (const StatementEntry& entry : statement.entries) {
    table.AddRow({DayText(entry.booked_on), AmountText(entry.SignedAmount(), currency), Kind(entry),
                  entry.counterparty_name, References(entry), entry.remittance_text});
  }
  return out + table.Render();
}

Json StatementAsJson(const BankStatement& statement) {
  const std::string& currency = statement.currency;
  Json json = {{"format", statement.format}, {"kind", ToString(statement.kind)}};
  Put(json, "account", statement.account);
  Put(json, "account_owner", statement.account_owner);
  Put(json, "currency", currency);
  Put(json, "statement_id", statement.statement_id);
  Put(json, "electronic_sequence", statement.electronic_sequence);
  if (statement.period) {
    json["period"] = {{"from", adapters::FormatDate(statement.period->from)},
                      {"to", adapters::FormatDate(statement.period->to)}};
  }
  if (statement.opening_balance) {
    json["opening_balance"] = AmountText(*statement.opening_balance, currency);
  }
  Put(json, "opening_on", DayText(statement.opening_on));
  if (statement.closing_balance) {
    json["closing_balance"] = AmountText(*statement.closing_balance, currency);
  }
  Put(json, "closing_on", DayText(statement.closing_on));
  json["proven"] = bank::IsProven(statement);
  Put(json, "information", statement.information);
  json["entries"] = Json::array();
  const std::vector<std::string> keys = bank::EntryKeys(statement);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    json["entries"].push_back(EntryAsJson(statement.entries[i], keys[i], currency));
  }
  return json;
}

std::string RefusalForPeople(const absl::Status& refusal) {
  const ErrorDetail detail = DetailOf(refusal);
  std::string out =
      absl::StrCat("被拒绝  ", std::string(adapters::ReasonInChinese(detail.reason)), "\n");
  if (detail.faults.empty())
    return absl::StrCat(out, "  ", adapters::InChinese(std::string(refusal.message())), "\n");
  for (const FieldFault& fault : detail.faults) {
    absl::StrAppend(&out, "  ", adapters::InChinese(fault.field), fault.field.empty() ? "" : "：",
                    adapters::InChinese(fault.description), "\n");
  }
  return out;
}

Json RefusalAsJson(const absl::Status& refusal) {
  const ErrorDetail detail = DetailOf(refusal);
  Json json = {{"reason", ReasonName(detail.reason)},
               {"message", std::string(refusal.message())},
               {"faults", Json::array()}};
  for (const FieldFault& fault : detail.faults) {
    json["faults"].push_back({{"field", fault.field}, {"description", fault.description}});
  }
  return json;
}

}  // namespace recoup::insurer
