#include "adapters/hospital/national/national.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/national/exchange.h"
#include "adapters/hospital/national/json_value.h"
#include "adapters/hospital/national/transactions.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital::national {
namespace {

enum class Kind { kAdmission, kSettlement, kReversal, kUndoing, kSettlementList };

struct Transaction {
  std::string_view code;
  Kind kind;
  AdmissionEvent event;   // Of admissions only.
  std::string_view node;  // The input's node with the visit.
};

constexpr std::array kTransactions = {
    Transaction{"2401", Kind::kAdmission, AdmissionEvent::kAdmit, "mdtrtinfo"},
    Transaction{"2402", Kind::kAdmission, AdmissionEvent::kDischarge, "dscginfo"},
    Transaction{"2403", Kind::kAdmission, AdmissionEvent::kUpdate, "adminfo"},
    Transaction{"2404", Kind::kAdmission, AdmissionEvent::kCancel, "data"},
    // A discharge taken back: the visit goes on.
    Transaction{"2405", Kind::kAdmission, AdmissionEvent::kUpdate, "data"},
    Transaction{"2203", Kind::kAdmission, AdmissionEvent::kAdmit, "mdtrtinfo"},
    Transaction{"2203A", Kind::kAdmission, AdmissionEvent::kAdmit, "mdtrtinfo"},
    Transaction{"2304", Kind::kSettlement, AdmissionEvent::kUpdate, "data"},
    Transaction{"2207", Kind::kSettlement, AdmissionEvent::kUpdate, "data"},
    Transaction{"2207A", Kind::kSettlement, AdmissionEvent::kUpdate, "data"},
    Transaction{"2305", Kind::kReversal, AdmissionEvent::kUpdate, "data"},
    Transaction{"2208", Kind::kReversal, AdmissionEvent::kUpdate, "data"},
    Transaction{"2601", Kind::kUndoing, AdmissionEvent::kUpdate, "data"},
    Transaction{"4101", Kind::kSettlementList, AdmissionEvent::kUpdate, "setlinfo"},
    Transaction{"4101A", Kind::kSettlementList, AdmissionEvent::kUpdate, "setlinfo"},
    // The answer to a query of a settlement is that of the settlement.
    Transaction{"5203", Kind::kSettlement, AdmissionEvent::kUpdate, "data"},
};

const Transaction* FindTransaction(std::string_view code) {
  for (const Transaction& transaction : kTransactions) {
    if (transaction.code == code) return &transaction;
  }
  return nullptr;
}

// A response alone tells its kind by its content: reversals carry the negated total.
// Neither a request nor a response of the interface: what a gateway in between says for itself.
bool IsEnvelope(const JsonValue& document) {
  for (const char* member : {"infno", "input", "infcode", "output", "request", "response"}) {
    if (document.Find(member) != nullptr) return true;
  }
  return false;
}

absl::Status RefuseEnvelope(const JsonValue& document) {
  std::string said;
  for (const char* member : {"message", "msg", "errMsg", "error"}) {
    const JsonValue* value = document.Find(member);
    if (said.empty() && value != nullptr) said = std::string(Trimmed(value->text));
  }
  Faults faults;
  faults.Add("", absl::StrCat("不是医保接口报文：既没有 infno 也没有 infcode",
                              said.empty() ? "" : "；其中写着：", said));
  return faults.ToStatus();
}

// One word of Base64 or hexadecimal digits, of at least so many characters.
bool IsCipherText(const JsonValue* body, std::size_t least) {
  if (body == nullptr || body->kind != JsonValue::Kind::kString) return false;
  const std::string_view text = Trimmed(body->text);
  return text.size() >= least && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/' ||
                  c == '=' || c == '-' || c == '_';
         });
}

bool RefuseCipherText(const ObjectReader& side, std::string_view name, Faults& faults) {
  // enc_type is left empty by some senders; then it is one only from an SM4 block on.
  constexpr std::size_t kBlock = 16;
  std::string type = side.Text("enc_type", 20);
  if (!IsCipherText(side.Find(name), type.empty() ? kBlock : 1)) return false;
  if (type.empty()) type = "enc_type 为空";
  faults.Add(side.PathOf(name), absl::StrCat("是密文（", type, "），只能读加密前的报文"));
  return true;
}

const Transaction* TransactionOfResponse(const Exchange& exchange) {
  const ObjectReader setlinfo = exchange.response.Child("output").Child("setlinfo");
  if (!setlinfo.present()) return nullptr;
  const std::optional<domain::Money> total = setlinfo.Amount("medfee_sumamt");
  return FindTransaction(total.has_value() && total->is_negative() ? "2305" : "2304");
}

}  // namespace

bool LooksNational(std::string_view bytes) {
  const std::string_view text = Trimmed(WithoutByteOrderMark(bytes));
  return text.starts_with('{');
}

absl::Status CheckTransactionIs(std::string_view bytes, std::string_view infno) {
  std::vector<QualityNote> ignored;
  absl::StatusOr<JsonValue> document = ParseJson(Trimmed(bytes), "", ignored);
  if (!document.ok()) return absl::OkStatus();
  ExpandNestedJson(*document, ignored);
  const JsonValue* request = document->Find("request");
  const JsonValue* stated = (request != nullptr ? request : &*document)->Find("infno");
  if (stated == nullptr || stated->is_blank() || Trimmed(stated->text) == infno) {
    return absl::OkStatus();
  }
  Faults faults;
  faults.Add(request != nullptr ? "/request/infno" : "/infno",
             absl::StrCat("为 ", stated->text, "，却发到了 ", std::string(infno)));
  return faults.ToStatus();
}

absl::StatusOr<Document> ReadNational(std::string_view bytes, const ReaderContext& context) {
  Faults faults;
  std::vector<QualityNote> notes;
  RECOUP_ASSIGN_OR_RETURN(JsonValue document, ParseJson(Trimmed(bytes), "", notes));
  ExpandNestedJson(document, notes);
  if (!IsEnvelope(document)) return RefuseEnvelope(document);
  const Exchange exchange = OpenExchange(document, context, faults, notes);

  // What else is missing does not matter then.
  if (exchange.refused_by_platform) return faults.ToStatus();
  const bool hidden_input = RefuseCipherText(exchange.request, "input", faults);
  const bool hidden_output = RefuseCipherText(exchange.response, "output", faults);
  if (hidden_input || hidden_output) return faults.ToStatus();

  const bool response_alone = !exchange.request.present();
  const std::string& code = exchange.envelope.transaction;
  const Transaction* transaction =
      response_alone && code.empty() ? TransactionOfResponse(exchange) : FindTransaction(code);
  if (transaction == nullptr) {
    if (response_alone && code.empty()) {
      faults.Add(exchange.response.PathOf("output"),
                 "没有 setlinfo：不是结算的应答须与请求放在一起");
    } else if (!code.empty()) {
      faults.Add((response_alone ? exchange.response : exchange.request).PathOf("infno"),
                 absl::StrCat("交易 ", code, " 既不是入院登记也不是结算"));
    }
    return faults.ToStatus();
  }

  const auto finish = [&faults, &notes](auto read) -> absl::StatusOr<Document> {
    RECOUP_RETURN_IF_ERROR(faults.ToStatus());
    read.notes = std::move(notes);
    return Document(std::move(read));
  };
  switch (transaction->kind) {
    case Kind::kAdmission:
      return finish(ReadAdmission(exchange, transaction->event, transaction->node));
    case Kind::kSettlement:
      if (IsRefunded(exchange)) return finish(ReadRefunded(exchange));
      return finish(ReadSettlement(exchange));
    case Kind::kReversal:
      return finish(ReadReversal(exchange));
    case Kind::kUndoing:
      return finish(ReadUndoing(exchange));
    case Kind::kSettlementList:
      return finish(ReadSettlementList(exchange));
  }
  return MakeError(Reason::kInternal, "a transaction of no kind");
}

}  // namespace recoup::hospital::national
