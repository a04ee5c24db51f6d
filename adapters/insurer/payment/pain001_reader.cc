#include <charconv>
#include <optional>
#include <pugixml.hpp>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/camt_fields.h"
#include "adapters/insurer/payment/pain001.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::payment {
namespace {

using bank::Child;
using bank::Children;
using bank::Descend;
using bank::Text;
using bank::TextAt;
using domain::Money;

constexpr std::size_t kBytesMax = std::size_t{64} << 20;
constexpr std::size_t kEndToEndIdMax = 35;

std::string BankOf(pugi::xml_node agent) {
  const pugi::xml_node institution = Child(agent, "FinInstnId");
  std::string bank = TextAt(institution, {"BICFI"});
  if (bank.empty()) bank = TextAt(institution, {"BIC"});  // Up to version 03.
  if (bank.empty()) bank = TextAt(institution, {"ClrSysMmbId", "MmbId"});
  return bank;
}

std::string AccountOf(pugi::xml_node account) {
  const std::string iban = TextAt(account, {"Id", "IBAN"});
  return iban.empty() ? TextAt(account, {"Id", "Othr", "Id"}) : iban;
}

// Counts and sums as stated, to be held against the payments.
class Totals {
 public:
  void Add(Money amount, const std::string& path, Faults& faults) {
    ++count_;
    const auto next = sum_.Add(amount);
    if (next.ok()) {
      sum_ = *next;
    } else {
      faults.Add(path, "the sum is out of range");
    }
  }

  void HoldAgainst(pugi::xml_node stated, const std::string& path, bool required,
                   Faults& faults) const {
    const std::string count = TextAt(stated, {"NbOfTxs"});
    if (count.empty() ? required : count != absl::StrCat(count_)) {
      faults.Add(absl::StrCat(path, "/NbOfTxs"), absl::StrCat("there are ", count_, " payments"));
    }
    const std::string text = TextAt(stated, {"CtrlSum"});
    if (text.empty()) return;
    const auto sum = Money::FromYuan(text);
    if (!sum.ok() || *sum != sum_) {
      faults.Add(absl::StrCat(path, "/CtrlSum"),
                 absl::StrCat("the payments sum to ", sum_.ToYuan()));
    }
  }

 private:
  std::size_t count_ = 0;
  Money sum_;
};

class Pain001Reader {
 public:
  explicit Pain001Reader(pugi::xml_node message) : message_(message) {}

  absl::StatusOr<PaymentOrder> Read() {
    const pugi::xml_node header = Child(message_, "GrpHdr");
    order_.number = TextAt(header, {"MsgId"});
    ReadCreated(TextAt(header, {"CreDtTm"}));
    const std::vector<pugi::xml_node> infos = Children(message_, "PmtInf");
    if (infos.empty()) faults_.Add("PmtInf", "is missing");
    for (std::size_t i = 0; i < infos.size(); ++i) {
      ReadInfo(infos[i], i, absl::StrCat("PmtInf[", i + 1, "]"));
    }
    all_.HoldAgainst(header, "GrpHdr", true, faults_);
    RECOUP_RETURN_IF_ERROR(faults_.ToStatus());
    RECOUP_RETURN_IF_ERROR(CheckOrder(order_));
    return std::move(order_);
  }

 private:
  void ReadCreated(const std::string& text) {
    std::string error;
    if (absl::ParseTime(absl::RFC3339_full, text, &order_.created, &error)) return;
    if (absl::ParseTime("%Y-%m-%dT%H:%M:%E*S", text, ChinaTimeZone(), &order_.created, &error)) {
      return;
    }
    faults_.Add("GrpHdr/CreDtTm", "is no time");
  }

  void ReadInfo(pugi::xml_node info, std::size_t position, const std::string& path) {
    const AccountHolder payer = {TextAt(info, {"Dbtr", "Nm"}), AccountOf(Child(info, "DbtrAcct")),
                                 BankOf(Child(info, "DbtrAgt"))};
    const pugi::xml_node date = Child(info, "ReqdExctnDt");
    std::string day_text = TextAt(date, {"Dt"});
    if (day_text.empty()) day_text = Text(date);  // Up to version 07 the date itself.
    absl::CivilDay day;
    if (!absl::ParseCivilTime(day_text, &day))
      faults_.Add(absl::StrCat(path, "/ReqdExctnDt"), "is no day");
    if (position == 0) {
      order_.payer = payer;
      order_.execute_on = day;
    } else if (payer != order_.payer || day != order_.execute_on) {
      faults_.Add(path, "another debtor or day than the first; one order, one account, one day");
    }
    if (TextAt(info, {"PmtMtd"}) != "TRF") faults_.Add(absl::StrCat(path, "/PmtMtd"), "is not TRF");
    Totals totals;
    const std::vector<pugi::xml_node> payments = Children(info, "CdtTrfTxInf");
    if (payments.empty()) faults_.Add(absl::StrCat(path, "/CdtTrfTxInf"), "is missing");
    for (std::size_t i = 0; i < payments.size(); ++i) {
      ReadPayment(payments[i], absl::StrCat(path, "/CdtTrfTxInf[", i + 1, "]"), totals);
    }
    totals.HoldAgainst(info, path, false, faults_);
  }

  void ReadPayment(pugi::xml_node node, const std::string& path, Totals& totals) {
    const std::string id = TextAt(node, {"PmtId", "EndToEndId"});
    if (id.empty() || id.size() > kEndToEndIdMax) {
      faults_.Add(absl::StrCat(path, "/PmtId/EndToEndId"), "must have 1 to 35 characters");
    } else if (!end_to_end_ids_.insert(id).second) {
      faults_.Add(absl::StrCat(path, "/PmtId/EndToEndId"), "stands twice");
    }
    Payment payment;
    payment.payee = {TextAt(node, {"Cdtr", "Nm"}), AccountOf(Child(node, "CdtrAcct")),
                     BankOf(Child(node, "CdtrAgt"))};
    const pugi::xml_node amount = Descend(node, {"Amt", "InstdAmt"});
    if (std::string_view(amount.attribute("Ccy").value()) != "CNY") {
      faults_.Add(absl::StrCat(path, "/Amt/InstdAmt/@Ccy"), "is not CNY");
    }
    const auto money = Money::FromYuan(Text(amount));
    if (!money.ok() || !money->is_positive()) {
      faults_.Add(absl::StrCat(path, "/Amt/InstdAmt"), "is no amount of more than zero");
    } else {
      payment.amount = *money;
      totals.Add(*money, path, faults_);
      all_.Add(*money, path, faults_);
    }
    const std::vector<pugi::xml_node> structured = Children(Child(node, "RmtInf"), "Strd");
    if (structured.size() != 1) {
      faults_.Add(absl::StrCat(path, "/RmtInf/Strd"), "must be there once, with the reference");
    } else {
      const pugi::xml_node reference = Child(structured.front(), "CdtrRefInf");
      if (TextAt(reference, {"Tp", "CdOrPrtry", "Cd"}) != "SCOR") {
        faults_.Add(absl::StrCat(path, "/RmtInf/Strd/CdtrRefInf/Tp"), "is not SCOR");
      }
      payment.reference = TextAt(reference, {"Ref"});
    }
    order_.payments.push_back(std::move(payment));
  }

  const pugi::xml_node message_;
  PaymentOrder order_;
  Faults faults_;
  Totals all_;
  std::set<std::string> end_to_end_ids_;
};

}  // namespace

absl::StatusOr<PaymentOrder> ReadPain001(std::string_view text) {
  if (text.size() > kBytesMax) return MakeError(Reason::kTooLarge, "the order is too large");
  pugi::xml_document xml;
  const pugi::xml_parse_result parsed =
      xml.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("not well-formed XML: ", parsed.description()));
  }
  pugi::xml_node message = xml.document_element();
  if (bank::LocalName(message) == "Document") message = Child(message, "CstmrCdtTrfInitn");
  if (bank::LocalName(message) != "CstmrCdtTrfInitn") {
    return MakeError(Reason::kInvalidArgument, "no payment order (CstmrCdtTrfInitn) in the file");
  }
  return Pain001Reader(message).Read();
}

}  // namespace recoup::insurer::payment
