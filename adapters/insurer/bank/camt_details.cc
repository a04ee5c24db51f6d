#include "adapters/insurer/bank/camt_details.h"

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/camt_fields.h"
#include "adapters/insurer/bank/text.h"

namespace recoup::insurer::bank {
namespace {

std::string AccountOf(pugi::xml_node account) {
  const std::string iban = TextAt(account, {"Id", "IBAN"});
  return iban.empty() ? TextAt(account, {"Id", "Othr", "Id"}) : iban;
}

// The name stands in the party itself up to v06, then in Pty, or in Agt when the party is a bank.
std::string NameOf(pugi::xml_node party) {
  std::string name = TextAt(party, {"Nm"});
  if (name.empty()) name = TextAt(party, {"Pty", "Nm"});
  if (name.empty()) name = TextAt(party, {"Agt", "FinInstnId", "Nm"});
  return name;
}

void ReadParty(pugi::xml_node parties, bool debtor, StatementEntry& entry) {
  entry.counterparty_name = NameOf(Child(parties, debtor ? "Dbtr" : "Cdtr"));
  entry.ultimate_party_name = NameOf(Child(parties, debtor ? "UltmtDbtr" : "UltmtCdtr"));
  if (entry.counterparty_name.empty()) entry.counterparty_name = entry.ultimate_party_name;
  entry.counterparty_account = AccountOf(Child(parties, debtor ? "DbtrAcct" : "CdtrAcct"));
}

// The other side of a credit is the debtor. A reversal keeps the parties in the roles of the
// payment that it reverses (some banks swap them all the same).
void ReadCounterparty(pugi::xml_node details, StatementEntry& entry) {
  const pugi::xml_node parties = Child(details, "RltdPties");
  const bool debtor = (entry.direction == Direction::kCredit) != entry.reversal;
  ReadParty(parties, debtor, entry);
  if (entry.reversal && entry.counterparty_name.empty() && entry.counterparty_account.empty()) {
    ReadParty(parties, !debtor, entry);
  }
}

// Ustrd holds at most 140 characters: a full one runs on into the next without a gap, so that a
// reference cut by the limit is whole again. Further creditor references, invoice numbers and a
// bank's own kinds of reference are kept as text, where a matcher finds them.
void ReadRemittance(pugi::xml_node details, StatementEntry& entry) {
  constexpr std::size_t kUstrdMax = 140;
  bool runs_on = false;
  for (const pugi::xml_node remittance : Children(details, "RmtInf")) {
    for (const pugi::xml_node unstructured : Children(remittance, "Ustrd")) {
      const std::string text = Text(unstructured);
      if (runs_on) {
        entry.remittance_text += text;
      } else {
        AppendText(entry.remittance_text, text);
      }
      runs_on = CountCodePoints(text) == kUstrdMax;
    }
    runs_on = false;
    for (const pugi::xml_node structured : Children(remittance, "Strd")) {
      const std::string reference = TextAt(structured, {"CdtrRefInf", "Ref"});
      if (entry.creditor_reference.empty()) {
        entry.creditor_reference = reference;
      } else if (reference != entry.creditor_reference) {
        AppendText(entry.remittance_text, reference);
      }
      for (const pugi::xml_node document : Children(structured, "RfrdDocInf")) {
        AppendText(entry.remittance_text, TextAt(document, {"Nb"}));
      }
      for (const pugi::xml_node additional : Children(structured, "AddtlRmtInf")) {
        AppendText(entry.remittance_text, Text(additional));
      }
    }
  }
}

void ReadReferences(pugi::xml_node details, StatementEntry& entry) {
  const pugi::xml_node node = Child(details, "Refs");
  entry.end_to_end_id = TextAt(node, {"EndToEndId"});
  // ISO 20022: the literal says that the payer gave none.
  if (entry.end_to_end_id == "NOTPROVIDED") entry.end_to_end_id.clear();
  PaymentReferences& references = entry.references;
  references.message_id = TextAt(node, {"MsgId"});
  references.payment_information_id = TextAt(node, {"PmtInfId"});
  references.instruction_id = TextAt(node, {"InstrId"});
  references.transaction_id = TextAt(node, {"TxId"});
  references.uetr = TextAt(node, {"UETR"});
  references.mandate_id = TextAt(node, {"MndtId"});
  references.clearing_reference = TextAt(node, {"ClrSysRef"});
}

void ReadReturn(pugi::xml_node details, StatementEntry& entry) {
  const pugi::xml_node node = Child(details, "RtrInf");
  if (!node) return;
  entry.returned = true;
  entry.return_reason_code = TextAt(node, {"Rsn", "Cd"});
  if (entry.return_reason_code.empty()) entry.return_reason_code = TextAt(node, {"Rsn", "Prtry"});
  for (const pugi::xml_node additional : Children(node, "AddtlInf")) {
    AppendText(entry.additional_info, Text(additional));
  }
}

}  // namespace

void AppendText(std::string& text, const std::string& more) {
  if (more.empty()) return;
  if (!text.empty()) text += ' ';
  text += more;
}

void ReadCamtDetails(pugi::xml_node details, StatementEntry& entry) {
  ReadReferences(details, entry);
  ReadCounterparty(details, entry);
  ReadRemittance(details, entry);
  ReadReturn(details, entry);
  AppendText(entry.additional_info, TextAt(details, {"AddtlTxInf"}));
  entry.purpose_code = TextAt(details, {"Purp", "Cd"});
  if (entry.purpose_code.empty()) entry.purpose_code = TextAt(details, {"Purp", "Prtry"});
  if (const std::string code = CamtTransactionCode(details); !code.empty()) {
    entry.transaction_code = code;
  }
  if (IsCamtReturnCode(entry.transaction_code)) entry.returned = true;
}

std::string CamtRemittanceText(pugi::xml_node details) {
  StatementEntry read;
  ReadRemittance(details, read);
  std::string text = read.creditor_reference;
  AppendText(text, read.remittance_text);
  return text;
}

bool IsCamtReturnCode(std::string_view transaction_code) {
  return transaction_code.ends_with("/RRTN");
}

std::string CamtTransactionCode(pugi::xml_node parent) {
  const pugi::xml_node code = Child(parent, "BkTxCd");
  const pugi::xml_node domain = Child(code, "Domn");
  const std::string name = TextAt(domain, {"Cd"});
  if (name.empty()) return TextAt(code, {"Prtry", "Cd"});
  const pugi::xml_node family = Child(domain, "Fmly");
  return absl::StrCat(name, "/", TextAt(family, {"Cd"}), "/", TextAt(family, {"SubFmlyCd"}));
}

}  // namespace recoup::insurer::bank
