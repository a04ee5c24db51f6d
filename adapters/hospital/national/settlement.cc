#include <array>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/bill_number.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/national/transactions.h"

namespace recoup::hospital::national {
namespace {

using domain::Money;

Money OrZero(const std::optional<Money>& amount) { return amount.value_or(Money()); }

// Amounts are up to 10^13 yuan each; the sums of hostile ones may leave the range.
class Sum {
 public:
  void Add(Money amount) {
    if (!total_) return;
    const absl::StatusOr<Money> sum = total_->Add(amount);
    total_ = sum.ok() ? std::optional<Money>(*sum) : std::nullopt;
  }
  // nullopt when out of range.
  const std::optional<Money>& total() const { return total_; }

 private:
  std::optional<Money> total_ = Money();
};

std::optional<Money> SumOf(std::initializer_list<Money> amounts) {
  Sum sum;
  for (const Money amount : amounts) sum.Add(amount);
  return sum.total();
}

void RefuseNegative(const ObjectReader& object, std::string_view name,
                    const std::optional<Money>& amount) {
  if (amount.has_value() && amount->is_negative()) {
    object.Fault(name, "为负：撤销结算应使用 2305 或 2208");
  }
}

struct FundRows {
  std::vector<FundLine> lines;
  std::optional<Money> fund_sum = Money();
  std::optional<Money> insurer_sum = Money();
};

FundRows ReadFundRows(const Exchange& exchange, const ObjectReader& output) {
  FundRows rows;
  Sum sum, insurer_sum;
  for (const ObjectReader& row : output.Children("setldetail")) {
    FundLine line;
    line.type = row.RequiredText("fund_pay_type", 6);
    line.name = row.Text("fund_pay_type_name", 200);
    const std::optional<Money> amount = row.Amount("fund_payamt");
    RefuseNegative(row, "fund_payamt", amount);
    if (!amount) row.Note(NoteKind::kIncomplete, "fund_payamt", "没有金额，按 0 计");
    line.amount = OrZero(amount);
    switch (exchange.context.fund_types.Classify(line.type)) {
      case FundClass::kFund:
        line.is_fund = true;
        sum.Add(line.amount);
        break;
      case FundClass::kInsurer:
        insurer_sum.Add(line.amount);
        break;
      case FundClass::kNotFund:
        break;
      case FundClass::kUnknown:
        row.Note(NoteKind::kUnusual, "fund_pay_type", "不在基金支付类型表中，不计为基金支付");
        break;
    }
    rows.lines.push_back(std::move(line));
  }
  rows.fund_sum = sum.total();
  rows.insurer_sum = insurer_sum.total();
  return rows;
}

void NoteUnless(bool holds, const ObjectReader& setlinfo, std::string_view name, std::string text) {
  if (!holds) setlinfo.Note(NoteKind::kDoesNotAddUp, name, std::move(text));
}

// The settlement's own arithmetic. A breach is told, not refused: the fund has paid all the same.
void CheckIdentities(const ObjectReader& setlinfo, const SettlementDocument& document,
                     const FundRows& rows) {
  // Where an insurer settles at the same time, its part stands in setldetail and in no other sum.
  const std::optional<Money> without_insurer =
      SumOf({document.fund_paid, document.personal_part, document.hospital_part});
  NoteUnless(without_insurer == document.total ||
                 (rows.insurer_sum && without_insurer &&
                  SumOf({*without_insurer, *rows.insurer_sum}) == document.total),
             setlinfo, "medfee_sumamt", "不等于 fund_pay_sumamt + psn_part_amt + hosp_part_amt");
  // Regions differ in whether the family's account (mutual aid) stands inside the account's part.
  NoteUnless(SumOf({document.account_paid, document.cash_paid}) == document.personal_part ||
                 SumOf({document.account_paid, document.cash_paid, document.account_mutual_aid}) ==
                     document.personal_part,
             setlinfo, "psn_part_amt", "不等于 acct_pay + psn_cash_pay（+ acct_mulaid_pay）");
  constexpr std::array<std::string_view, 8> kComponents = {"hifp_pay",  "cvlserv_pay", "hifes_pay",
                                                           "hifmi_pay", "hifob_pay",   "maf_pay",
                                                           "oth_pay",   "hifdm_pay"};
  Sum components;
  bool any = false;
  for (const std::string_view name : kComponents) {
    const std::optional<Money> amount = setlinfo.Amount(name);
    RefuseNegative(setlinfo, name, amount);
    any = any || amount.has_value();
    components.Add(OrZero(amount));
  }
  NoteUnless(!any || components.total() == document.fund_paid, setlinfo, "fund_pay_sumamt",
             "不等于各基金字段之和（hifp_pay、cvlserv_pay 等）");
  NoteUnless(rows.lines.empty() || rows.fund_sum == document.fund_paid, setlinfo, "fund_pay_sumamt",
             "不等于 setldetail 中各基金行之和");
  NoteUnless(document.fund_paid <= document.total, setlinfo, "fund_pay_sumamt", "大于医疗费总额");
}

void ReadAmounts(const ObjectReader& setlinfo, const FundRows& rows, SettlementDocument& document) {
  const std::optional<Money> total = setlinfo.Amount("medfee_sumamt");
  const std::optional<Money> fund = setlinfo.Amount("fund_pay_sumamt");
  const std::optional<Money> personal = setlinfo.Amount("psn_part_amt");
  const std::optional<Money> account = setlinfo.Amount("acct_pay");
  const std::optional<Money> cash = setlinfo.Amount("psn_cash_pay");
  const std::optional<Money> hospital = setlinfo.Amount("hosp_part_amt");
  RefuseNegative(setlinfo, "medfee_sumamt", total);
  RefuseNegative(setlinfo, "fund_pay_sumamt", fund);
  RefuseNegative(setlinfo, "psn_part_amt", personal);
  // What is there and cannot be read is a fault already.
  const auto require = [&setlinfo](std::string_view name) {
    if (!setlinfo.Says(name)) setlinfo.Fault(name, "缺少");
  };
  if (!total) require("medfee_sumamt");

  document.total = OrZero(total);
  document.account_paid = OrZero(account);
  document.cash_paid = OrZero(cash);
  document.hospital_part = OrZero(hospital);
  document.account_mutual_aid = OrZero(setlinfo.Amount("acct_mulaid_pay"));
  if (fund) {
    document.fund_paid = *fund;
  } else if (!rows.lines.empty() && rows.fund_sum) {
    document.fund_paid = *rows.fund_sum;
    setlinfo.Note(NoteKind::kRepaired, "fund_pay_sumamt", "未写，按 setldetail 合计");
  } else {
    require("fund_pay_sumamt");
  }
  if (personal) {
    document.personal_part = *personal;
  } else if (account || cash) {
    document.personal_part = SumOf({document.account_paid, document.cash_paid}).value_or(Money());
    setlinfo.Note(NoteKind::kRepaired, "psn_part_amt", "未写，按 acct_pay + psn_cash_pay 计算");
  } else {
    require("psn_part_amt");
  }
}

// The response's own word first, the request's second.
std::string FirstText(const ObjectReader& first, const ObjectReader& second, std::string_view name,
                      std::size_t length_max) {
  std::string text = first.Text(name, length_max);
  return text.empty() ? second.Text(name, length_max) : text;
}

PoolHint ReadPool(const Exchange& exchange, const ObjectReader& setlinfo,
                  const ObjectReader& data) {
  PoolHint pool = exchange.envelope.pool;
  if (pool.area_code.empty()) pool.area_code = setlinfo.Text("insuplc_admdvs", 6);
  if (pool.area_code.empty() && !exchange.context.profile.default_area_code.empty()) {
    pool.area_code = exchange.context.profile.default_area_code;
    setlinfo.Note(NoteKind::kIncomplete, "insuplc_admdvs", "未写，采用医院所在的统筹区");
  }
  pool.insurance_type = FirstText(setlinfo, data, "insutype", 6);
  return pool;
}

// medins_setl_id is the sender's msgid: hospital code (12), time (14), number (4).
void CompleteFromMessageId(std::string& message_id, Hospital& hospital,
                           const ObjectReader& setlinfo) {
  const std::string sent = setlinfo.Text("medins_setl_id", 30);
  if (message_id.empty()) message_id = sent;
  if (hospital.code.empty() && sent.size() == 30) hospital.code = sent.substr(0, 12);
}

// What settlements and reversals demand alike.
template <typename DocumentKind>
void ReadCommon(const Exchange& exchange, const ObjectReader& setlinfo, const ObjectReader& data,
                DocumentKind& document) {
  document.message_id = exchange.envelope.message_id;
  document.hospital = exchange.envelope.hospital;
  CompleteFromMessageId(document.message_id, document.hospital, setlinfo);
  document.sender = document.hospital.code;
  document.pool = ReadPool(exchange, setlinfo, data);
  document.visit_id = FirstText(setlinfo, data, "mdtrt_id", 30);
  const ObjectReader& body = setlinfo.present() ? setlinfo : data;
  if (document.message_id.empty()) {
    document.message_id = exchange.response.Text("inf_refmsgid", 30);
    if (!document.message_id.empty()) {
      body.Note(NoteKind::kIncomplete, "medins_setl_id",
                "与 msgid 都未写，以平台的 inf_refmsgid 代替");
    }
  }
  if (document.message_id.empty()) body.Fault("medins_setl_id", "缺少：没有 msgid 时必须写");
  if (document.visit_id.empty()) body.Fault("mdtrt_id", "缺少");
  // An answer by itself may leave these to its request, to the settings, or to its visit.
  if (document.hospital.code.empty()) {
    body.Note(NoteKind::kIncomplete, "fixmedins_code", "未写，以请求或设置为准");
  }
  if (document.pool.area_code.empty()) {
    body.Note(NoteKind::kIncomplete, "insuplc_admdvs", "未写，基金以就诊或请求为准");
  } else if (!IsAreaCode(document.pool.area_code)) {
    body.Fault("insuplc_admdvs", "应为六位数字，用于确定基金");
  }
}

void ReadInsured(const ObjectReader& setlinfo, const ObjectReader& data, Patient& patient) {
  patient.person_number = FirstText(setlinfo, data, "psn_no", 30);
  patient.name = PersonNameFromText(setlinfo.Text("psn_name", 200));
  patient.gender = GenderFromText(setlinfo.Text("gend", 6));
  patient.birth_date = DateFromText(setlinfo.Text("brdy", 32));
  const bool shown = data.Text("mdtrt_cert_type", 3) == "02";
  SetCertificate(
      {{setlinfo, "certno", setlinfo.Text("psn_cert_type", 6), setlinfo.Text("certno", 50)},
       {data, "mdtrt_cert_no", "01", shown ? data.Text("mdtrt_cert_no", 200) : ""}},
      patient);
}

// Most platforms answer a taking back with negated amounts, some repeat the settlement's.
Returned ReadReturned(const ObjectReader& setlinfo) {
  const auto amount = [&setlinfo](std::string_view name) -> std::optional<Money> {
    const std::optional<Money> said = setlinfo.Amount(name);
    return said && said->is_negative() ? -*said : said;
  };
  return {amount("medfee_sumamt"), amount("fund_pay_sumamt"), amount("acct_pay"),
          amount("psn_cash_pay")};
}

}  // namespace

SettlementDocument ReadSettlement(const Exchange& exchange) {
  SettlementDocument document;
  const ObjectReader data = exchange.request.Child("input").Child("data");
  const ObjectReader output = exchange.response.Child("output");
  const ObjectReader setlinfo = output.Child("setlinfo");
  if (!setlinfo.present()) {
    setlinfo.Fault("setl_id", "缺少：结算以平台的应答为准");
    return document;
  }
  ReadCommon(exchange, setlinfo, data, document);
  document.settlement_id = setlinfo.RequiredText("setl_id", 30);
  document.settled_at = setlinfo.Time("setl_time");
  document.med_type = FirstText(setlinfo, data, "med_type", 6);
  if (document.pool.insurance_type.empty()) setlinfo.Fault("insutype", "缺少");
  if (!setlinfo.Says("setl_time")) {
    setlinfo.Note(NoteKind::kIncomplete, "setl_time", "未写结算时间");
  }

  ReadInsured(setlinfo, data, document.patient);
  if (document.patient.person_number.empty()) setlinfo.Fault("psn_no", "缺少");

  document.queried = exchange.envelope.transaction == "5203";
  FundRows rows = ReadFundRows(exchange, output);
  ReadAmounts(setlinfo, rows, document);
  CheckIdentities(setlinfo, document, rows);
  document.fund_lines = std::move(rows.lines);

  for (const ObjectReader* source : {&setlinfo, &data}) {
    for (const std::string_view name : {"invono", "bill_no"}) {
      AddBillNumber(source->Text(name, 50), document.invoice_numbers, [&](std::string text) {
        source->Note(NoteKind::kIncomplete, name, std::move(text));
      });
    }
  }
  return document;
}

ReversalDocument ReadReversal(const Exchange& exchange) {
  ReversalDocument document;
  const ObjectReader data = exchange.request.Child("input").Child("data");
  const ObjectReader setlinfo = exchange.response.Child("output").Child("setlinfo");
  ReadCommon(exchange, setlinfo, data, document);
  // The answer carries the id of the taking back; only the request names what is taken back.
  document.settlement_id = data.Text("setl_id", 30);
  if (document.settlement_id.empty()) {
    const std::string why = "缺少：应写明被撤销的结算";
    if (exchange.request.present()) {
      data.Fault("setl_id", why);
    } else {
      data.Note(NoteKind::kIncomplete, "setl_id", why + "，仅有应答无法得知");
    }
  }
  document.reversal_settlement_id = setlinfo.Text("setl_id", 30);
  ReadInsured(setlinfo, data, document.patient);
  document.reversed_at = setlinfo.Time("setl_time");
  if (!document.reversed_at) document.reversed_at = exchange.envelope.sent_at;
  if (!exchange.response.present()) {
    exchange.request.Note(NoteKind::kIncomplete, "response", "没有应答，不知道平台是否接受了撤销");
  }
  document.returned = ReadReturned(setlinfo);
  return document;
}

bool IsRefunded(const Exchange& exchange) {
  const ObjectReader setlinfo = exchange.response.Child("output").Child("setlinfo");
  return setlinfo.Flag("refd_setl_flag") == TriState::kYes;
}

ReversalDocument ReadRefunded(const Exchange& exchange) {
  ReversalDocument document;
  const ObjectReader data = exchange.request.Child("input").Child("data");
  const ObjectReader setlinfo = exchange.response.Child("output").Child("setlinfo");
  ReadCommon(exchange, setlinfo, data, document);
  const std::optional<Money> total = setlinfo.Amount("medfee_sumamt");
  if (total && total->is_negative()) {
    setlinfo.Fault("medfee_sumamt", "为负：没有写明退的是哪次结算");
  }
  document.settlement_id = setlinfo.RequiredText("setl_id", 30);
  setlinfo.Note(NoteKind::kUnusual, "refd_setl_flag", "为 1：该结算已退费，按撤销读取");
  ReadInsured(setlinfo, data, document.patient);
  document.reversed_at = exchange.envelope.sent_at;  // When it was refunded is not said.
  document.returned = ReadReturned(setlinfo);
  document.queried = true;
  return document;
}

ReversalDocument ReadUndoing(const Exchange& exchange) {
  ReversalDocument document;
  document.message_id = exchange.envelope.message_id;
  document.hospital = exchange.envelope.hospital;
  document.sender = document.hospital.code;
  document.pool = exchange.envelope.pool;
  document.reversed_at = exchange.envelope.sent_at;
  const ObjectReader data = exchange.request.Child("input").Child("data");
  document.patient.person_number = data.Text("psn_no", 30);
  document.reversed_message_id = data.RequiredText("omsgid", 30);
  const std::string transaction = data.RequiredText("oinfno", 6);
  if (transaction == "2305" || transaction == "2208") {
    data.Fault("oinfno", absl::StrCat("为 ", transaction, "：冲正撤销结算须由经办人员处理"));
  }
  return document;
}

}  // namespace recoup::hospital::national
