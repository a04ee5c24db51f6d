#include <pugixml.hpp>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/payment/pain001.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"

namespace recoup::insurer::payment {
namespace {

constexpr char kNamespace[] = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

pugi::xml_node Add(pugi::xml_node parent, const char* name) { return parent.append_child(name); }

void AddText(pugi::xml_node parent, const char* name, const std::string& text) {
  parent.append_child(name).text().set(text.c_str());
}

void AddAgent(pugi::xml_node parent, const char* name, const std::string& bank) {
  const pugi::xml_node institution = Add(Add(parent, name), "FinInstnId");
  if (IsBic(bank)) {
    AddText(institution, "BICFI", bank);
    return;
  }
  const pugi::xml_node member = Add(institution, "ClrSysMmbId");
  AddText(Add(member, "ClrSysId"), "Cd", "CNAPS");
  AddText(member, "MmbId", bank);
}

void AddAccount(pugi::xml_node parent, const char* name, const std::string& account) {
  AddText(Add(Add(Add(parent, name), "Id"), "Othr"), "Id", account);
}

void AddTotals(pugi::xml_node parent, const PaymentOrder& order, domain::Money sum) {
  AddText(parent, "NbOfTxs", absl::StrCat(order.payments.size()));
  AddText(parent, "CtrlSum", sum.ToYuan());
}

void AddPayment(pugi::xml_node info, const PaymentOrder& order, std::size_t position) {
  const Payment& payment = order.payments[position];
  const pugi::xml_node node = Add(info, "CdtTrfTxInf");
  const pugi::xml_node id = Add(node, "PmtId");
  AddText(id, "InstrId", absl::StrCat(position + 1));
  AddText(id, "EndToEndId", payment.reference);
  pugi::xml_node amount = Add(Add(node, "Amt"), "InstdAmt");
  amount.append_attribute("Ccy") = "CNY";
  amount.text().set(payment.amount.ToYuan().c_str());
  AddAgent(node, "CdtrAgt", payment.payee.bank);
  AddText(Add(node, "Cdtr"), "Nm", payment.payee.name);
  AddAccount(node, "CdtrAcct", payment.payee.account);
  const pugi::xml_node reference = Add(Add(Add(node, "RmtInf"), "Strd"), "CdtrRefInf");
  const pugi::xml_node type = Add(reference, "Tp");
  AddText(Add(type, "CdOrPrtry"), "Cd", "SCOR");
  AddText(type, "Issr", "ISO");
  AddText(reference, "Ref", payment.reference);
}

}  // namespace

absl::StatusOr<std::string> PaymentOrderAsPain001(const PaymentOrder& order) {
  RECOUP_RETURN_IF_ERROR(CheckOrder(order));
  RECOUP_ASSIGN_OR_RETURN(const domain::Money sum, ControlSum(order));
  pugi::xml_document xml;
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node document = xml.append_child("Document");
  document.append_attribute("xmlns") = kNamespace;
  const pugi::xml_node message = Add(document, "CstmrCdtTrfInitn");

  const pugi::xml_node header = Add(message, "GrpHdr");
  AddText(header, "MsgId", order.number);
  AddText(header, "CreDtTm",
          absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", order.created, ChinaTimeZone()));
  AddTotals(header, order, sum);
  AddText(Add(header, "InitgPty"), "Nm", order.payer.name);

  const pugi::xml_node info = Add(message, "PmtInf");
  AddText(info, "PmtInfId", order.number);
  AddText(info, "PmtMtd", "TRF");
  AddText(info, "BtchBookg", "false");
  AddTotals(info, order, sum);
  AddText(Add(info, "ReqdExctnDt"), "Dt", absl::FormatCivilTime(order.execute_on));
  AddText(Add(info, "Dbtr"), "Nm", order.payer.name);
  AddAccount(info, "DbtrAcct", order.payer.account);
  AddAgent(info, "DbtrAgt", order.payer.bank);
  // The payer bears the charges: the fund receives what it asked for.
  AddText(info, "ChrgBr", "DEBT");
  for (std::size_t i = 0; i < order.payments.size(); ++i) AddPayment(info, order, i);

  std::ostringstream out;
  xml.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace recoup::insurer::payment
