#include "adapters/hospital/program/describe_document.h"

#include <map>
#include <optional>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/common/format.h"
#include "adapters/hospital/mapping/requests.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/domain/identity.h"

namespace recoup::hospital {
namespace {

using Rows = std::vector<DocumentRow>;

const char* EventInChinese(const AdmissionDocument& document) {
  switch (document.event) {
    case AdmissionEvent::kAdmit:
      return "入院登记";
    case AdmissionEvent::kUpdate:
      return document.discharge_withdrawn ? "出院撤销" : "入院信息变更";
    case AdmissionEvent::kCancel:
      return "入院撤销";
    case AdmissionEvent::kDischarge:
      return "出院办理";
    case AdmissionEvent::kMerge:
      return "患者合并";
  }
  RECOUP_CHECK(false);
}

// A midnight to the second is what a day without a time was read as, so the day is shown.
std::string MomentText(const std::optional<absl::Time>& time) {
  if (!time) return "";
  const absl::CivilSecond civil = absl::ToCivilSecond(*time, ChinaTimeZone());
  if (civil == absl::CivilSecond(absl::CivilDay(civil))) {
    return adapters::FormatDate(absl::CivilDay(civil));
  }
  return adapters::FormatChinaTime(*time);
}

std::string FlagText(TriState flag) {
  if (flag == TriState::kUnknown) return "";
  return flag == TriState::kYes ? "是" : "否";
}

std::string OptionalYuan(const std::optional<domain::Money>& amount) {
  return amount ? amount->ToYuanGrouped() : "";
}

// What a message leaves out, its visit's other messages may tell.
std::string PoolText(const PoolHint& pool) {
  if (pool.area_code.empty() && pool.insurance_type.empty()) return "";
  return absl::StrCat(pool.area_code.empty() ? "（参保地未写明）" : pool.area_code, "-",
                      pool.insurance_type.empty() ? "（险种未写明）" : pool.insurance_type);
}

std::string Both(const std::string& code, const std::string& name) {
  return absl::StrCat(code, code.empty() || name.empty() ? "" : " ", name);
}

template <typename Kind>
Rows CommonRows(const Kind& document, const char* what) {
  return {{"类别", "kind", what},
          {"消息", "message", absl::StrCat(document.sender, "/", document.message_id)},
          {"医院", "hospital", Both(document.hospital.code, document.hospital.name)},
          {"基金", "pool", PoolText(document.pool)},
          {"就诊", "visit", document.visit_id}};
}

void AddPatient(const Patient& patient, Rows& rows) {
  rows.push_back({"患者", "patient", patient.name});
  rows.push_back({"证件", "id", domain::MaskIdentityNumber(patient.id_number)});
}

Rows RowsOf(const AdmissionDocument& document) {
  Rows rows = CommonRows(document, EventInChinese(document));
  rows.push_back({"住院号", "inpatient number", document.inpatient_number});
  AddPatient(document.patient, rows);
  rows.push_back({"入院", "admitted", MomentText(document.admitted_at)});
  rows.push_back({"出院", "discharged", MomentText(document.discharged_at)});
  std::string diagnoses;
  for (const Diagnosis& diagnosis : document.diagnoses) {
    absl::StrAppend(&diagnoses, diagnoses.empty() ? "" : "；",
                    Both(diagnosis.code, diagnosis.name));
  }
  rows.push_back({"诊断", "diagnoses", diagnoses});
  rows.push_back({"病情", "condition", document.condition_text});
  rows.push_back({"外伤标志", "trauma flag", FlagText(document.trauma_flag)});
  rows.push_back({"第三方标志", "third party flag", FlagText(document.third_party_flag)});
  if (document.accident) {
    std::string accident = MomentText(document.accident->time);
    for (const std::string* part : {&document.accident->place, &document.accident->description}) {
      if (!part->empty()) absl::StrAppend(&accident, accident.empty() ? "" : " ", *part);
    }
    rows.push_back({"事故", "accident", accident});
  }
  rows.push_back({"车牌", "plates", absl::StrJoin(document.plate_hints, "；")});
  rows.push_back({"其他保险", "other insurers", absl::StrJoin(document.insurer_hints, "；")});
  return rows;
}

Rows RowsOf(const SettlementDocument& document) {
  Rows rows = CommonRows(document, "结算");
  rows.push_back({"结算", "settlement", document.settlement_id});
  AddPatient(document.patient, rows);
  rows.push_back({"结算时间", "settled", MomentText(document.settled_at)});
  rows.push_back({"总费用", "total", document.total.ToYuanGrouped()});
  // As the hub is told it: a sum that counts an insurer's money is not what the fund paid.
  const domain::Money fund = mapping::FundPaid(document).value_or(document.fund_paid);
  rows.push_back({"基金支付", "fund (C)", fund.ToYuanGrouped()});
  rows.push_back({"个人负担", "patient (A)", document.personal_part.ToYuanGrouped()});
  rows.push_back({"个人账户", "account", document.account_paid.ToYuanGrouped()});
  rows.push_back({"个人现金", "cash", document.cash_paid.ToYuanGrouped()});
  rows.push_back({"医院负担", "hospital part", document.hospital_part.ToYuanGrouped()});
  std::map<std::string, int> seen;
  for (const FundLine& line : document.fund_lines) {
    // A fund may pay in several rows; each is told.
    const int nth = ++seen[line.type];
    rows.push_back({"明细",
                    absl::StrCat("line ", line.type, nth > 1 ? absl::StrCat(" #", nth) : ""),
                    absl::StrCat(line.amount.ToYuanGrouped(), " ", line.name,
                                 line.is_fund ? "（基金）" : "（非基金）")});
  }
  return rows;
}

Rows RowsOf(const ReversalDocument& document) {
  Rows rows = CommonRows(document, "撤销结算");
  rows.push_back({"被撤销的结算", "settlement", document.settlement_id});
  rows.push_back({"被冲正的消息", "reversed message", document.reversed_message_id});
  rows.push_back({"撤销的编号", "reversal", document.reversal_settlement_id});
  AddPatient(document.patient, rows);
  rows.push_back({"撤销时间", "reversed", MomentText(document.reversed_at)});
  rows.push_back({"退回总费用", "total returned", OptionalYuan(document.returned.total)});
  rows.push_back({"退回基金", "fund returned", OptionalYuan(document.returned.fund)});
  rows.push_back({"退回个人账户", "account returned", OptionalYuan(document.returned.account)});
  rows.push_back({"退回个人现金", "cash returned", OptionalYuan(document.returned.cash)});
  return rows;
}

std::vector<Merge> MergesIn(const Document& document) {
  const auto* admission = std::get_if<AdmissionDocument>(&document);
  return admission == nullptr ? std::vector<Merge>() : admission->merges;
}

}  // namespace

const char* KindOfDocument(const Document& document) {
  if (std::holds_alternative<SettlementDocument>(document)) return "SETTLEMENT";
  if (std::holds_alternative<ReversalDocument>(document)) return "REVERSAL";
  switch (std::get<AdmissionDocument>(document).event) {
    case AdmissionEvent::kAdmit:
      return "ADMISSION";
    case AdmissionEvent::kUpdate:
      return "UPDATE";
    case AdmissionEvent::kCancel:
      return "CANCEL";
    case AdmissionEvent::kDischarge:
      return "DISCHARGE";
    case AdmissionEvent::kMerge:
      return "MERGE";
  }
  RECOUP_CHECK(false);
}

std::vector<DocumentRow> RowsOfDocument(const Document& document) {
  return std::visit([](const auto& kind) { return RowsOf(kind); }, document);
}

nlohmann::ordered_json MergesAsJson(const Document& document) {
  auto merges = nlohmann::ordered_json::array();
  for (const Merge& merge : MergesIn(document)) {
    merges.push_back({{"surviving_number", merge.patient.person_number},
                      {"surviving_name", merge.patient.name},
                      {"surviving_id", domain::MaskIdentityNumber(merge.patient.id_number)},
                      {"merged_number", merge.replaced_patient_number},
                      {"merged_name", merge.replaced_name},
                      {"merged_visit", merge.replaced_visit}});
  }
  return merges;
}

std::string MergesForPeople(const Document& document) {
  const auto in_brackets = [](const std::string& name) {
    return name.empty() ? std::string() : absl::StrCat("（", name, "）");
  };
  std::string text;
  for (const Merge& merge : MergesIn(document)) {
    absl::StrAppend(&text, "合并 / merge：病案号 ", merge.replaced_patient_number,
                    in_brackets(merge.replaced_name), " 并入 ", merge.patient.person_number,
                    in_brackets(merge.patient.name), "，其就诊随之移动",
                    in_brackets(merge.replaced_visit), "\n");
  }
  return text;
}

}  // namespace recoup::hospital
