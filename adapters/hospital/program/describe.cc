#include "adapters/hospital/program/describe.h"

#include <type_traits>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "hub/base/check.h"
#include "hub/domain/identity.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::hospital {
namespace {

const char* EventInChinese(AdmissionEvent event) {
  switch (event) {
    case AdmissionEvent::kAdmit:
      return "入院登记";
    case AdmissionEvent::kUpdate:
      return "入院信息变更";
    case AdmissionEvent::kCancel:
      return "入院撤销";
    case AdmissionEvent::kDischarge:
      return "出院办理";
    case AdmissionEvent::kMerge:
      return "患者合并";
  }
  RECOUP_CHECK(false);
}

const char* ProposalName(triage::Proposal proposal) {
  switch (proposal) {
    case triage::Proposal::kNoFlag:
      return "NO_FLAG";
    case triage::Proposal::kAsk:
      return "ASK";
    case triage::Proposal::kFlag:
      return "FLAG";
  }
  RECOUP_CHECK(false);
}

const char* AnswerName(triage::Answer answer) {
  switch (answer) {
    case triage::Answer::kFlag:
      return "FLAG";
    case triage::Answer::kAskFirmly:
      return "ASK_FIRMLY";
    case triage::Answer::kAsk:
      return "ASK";
    case triage::Answer::kDeny:
      return "DENY";
    case triage::Answer::kNothing:
      return "NOTHING";
  }
  RECOUP_CHECK(false);
}

const char* NoteName(NoteKind kind) {
  switch (kind) {
    case NoteKind::kRepaired:
      return "REPAIRED";
    case NoteKind::kIncomplete:
      return "INCOMPLETE";
    case NoteKind::kDoesNotAddUp:
      return "DOES_NOT_ADD_UP";
    case NoteKind::kUnusual:
      return "UNUSUAL";
  }
  RECOUP_CHECK(false);
}

const char* NoteInChinese(NoteKind kind) {
  switch (kind) {
    case NoteKind::kRepaired:
      return "已修正";
    case NoteKind::kIncomplete:
      return "不完整";
    case NoteKind::kDoesNotAddUp:
      return "金额不平";
    case NoteKind::kUnusual:
      return "请留意";
  }
  RECOUP_CHECK(false);
}

// A document as rows of key and text, which both forms print.
using Rows = std::vector<std::pair<std::string, std::string>>;

std::string TimeText(const std::optional<absl::Time>& time) {
  return time ? adapters::FormatChinaTime(*time) : "";
}

template <typename Kind>
Rows CommonRows(const Kind& document, const char* what) {
  return {{"类别 / kind", what},
          {"消息 / message", absl::StrCat(document.sender, "/", document.message_id)},
          {"医院 / hospital",
           absl::StrCat(document.hospital.code, document.hospital.code.empty() ? "" : " ",
                        document.hospital.name)},
          {"基金 / pool", absl::StrCat(document.pool.area_code, "-", document.pool.insurance_type)},
          {"就诊 / visit", document.visit_id}};
}

void AddPatient(const Patient& patient, Rows& rows) {
  rows.emplace_back("患者 / patient", patient.name);
  // Enough to recognise a person by; the whole number goes to the hub only.
  rows.emplace_back("证件 / id", domain::MaskIdentityNumber(patient.id_number));
}

Rows RowsOf(const AdmissionDocument& document) {
  Rows rows = CommonRows(document, EventInChinese(document.event));
  AddPatient(document.patient, rows);
  rows.emplace_back("入院 / admitted", TimeText(document.admitted_at));
  rows.emplace_back("出院 / discharged", TimeText(document.discharged_at));
  std::string diagnoses;
  for (const Diagnosis& diagnosis : document.diagnoses) {
    absl::StrAppend(&diagnoses, diagnoses.empty() ? "" : "；", diagnosis.code, " ", diagnosis.name);
  }
  rows.emplace_back("诊断 / diagnoses", diagnoses);
  rows.emplace_back("病情 / condition", document.condition_text);
  if (document.accident) {
    rows.emplace_back("事故 / accident",
                      absl::StrCat(TimeText(document.accident->time), " ", document.accident->place,
                                   " ", document.accident->description));
  }
  return rows;
}

Rows RowsOf(const SettlementDocument& document) {
  Rows rows = CommonRows(document, "结算");
  rows.emplace_back("结算 / settlement", document.settlement_id);
  AddPatient(document.patient, rows);
  rows.emplace_back("结算时间 / settled", TimeText(document.settled_at));
  rows.emplace_back("总费用 / total", document.total.ToYuanGrouped());
  rows.emplace_back("基金支付 / fund (C)", document.fund_paid.ToYuanGrouped());
  rows.emplace_back("个人负担 / patient (A)", document.personal_part.ToYuanGrouped());
  rows.emplace_back("医院负担 / hospital", document.hospital_part.ToYuanGrouped());
  for (const FundLine& line : document.fund_lines) {
    rows.emplace_back(absl::StrCat("明细 / line ", line.type),
                      absl::StrCat(line.amount.ToYuanGrouped(), " ", line.name,
                                   line.is_fund ? "（基金）" : "（非基金）"));
  }
  return rows;
}

Rows RowsOf(const ReversalDocument& document) {
  Rows rows = CommonRows(document, "撤销结算");
  rows.emplace_back("结算 / settlement", document.settlement_id);
  rows.emplace_back("撤销时间 / reversed", TimeText(document.reversed_at));
  return rows;
}

Rows RowsOfDocument(const Document& document) {
  return std::visit([](const auto& kind) { return RowsOf(kind); }, document);
}

const char* TakenName(TakenAs as) {
  switch (as) {
    case TakenAs::kSent:
      return "SPOOLED";
    case TakenAs::kAsked:
      return "QUESTION";
    case TakenAs::kNothing:
      return "NOTHING_TO_SEND";
    case TakenAs::kKnown:
      return "ALREADY_TAKEN";
  }
  RECOUP_CHECK(false);
}

template <typename Response>
Response Parsed(const std::string& bytes) {
  Response response;
  // An answer that cannot be read is shown as empty; the spool keeps its bytes.
  if (!response.ParseFromString(bytes)) response.Clear();
  return response;
}

}  // namespace

const char* ProposalInChinese(triage::Proposal proposal) {
  switch (proposal) {
    case triage::Proposal::kNoFlag:
      return "不标记";
    case triage::Proposal::kAsk:
      return "需核实";
    case triage::Proposal::kFlag:
      return "标记";
  }
  RECOUP_CHECK(false);
}

Json NotesAsJson(const std::vector<QualityNote>& notes) {
  Json all = Json::array();
  for (const QualityNote& note : notes) {
    all.push_back({{"kind", NoteName(note.kind)}, {"path", note.path}, {"text", note.text}});
  }
  return all;
}

std::string NotesForPeople(const std::vector<QualityNote>& notes) {
  std::string text;
  for (const QualityNote& note : notes) {
    absl::StrAppend(&text, "  ", NoteInChinese(note.kind), " ", note.path, "：", note.text, "\n");
  }
  return text;
}

std::string JsonLine(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json UnderstoodAsJson(const Understood& understood) {
  Json json;
  for (const auto& [key, text] : RowsOfDocument(understood.document)) {
    json["document"][key.substr(key.find(" / ") + 3)] = text;
  }
  json["notes"] = NotesAsJson(NotesOf(understood.document));
  if (!understood.triage) return json;
  const triage::TriageResult& triage = *understood.triage;
  Json reasons = Json::array();
  for (const triage::TriageReason& reason : triage.reasons) {
    reasons.push_back({{"rule", reason.rule_id},
                       {"answer", AnswerName(reason.answer)},
                       {"why", reason.why},
                       {"evidence", reason.evidence}});
  }
  json["triage"] = {{"proposal", ProposalName(triage.proposal)},
                    {"summary", triage.summary},
                    {"rules_version", triage.rules_version},
                    {"reasons", reasons}};
  return json;
}

std::string UnderstoodForPeople(const Understood& understood) {
  std::string text;
  for (const auto& [key, value] : RowsOfDocument(understood.document)) {
    if (!value.empty()) absl::StrAppend(&text, key, "：", value, "\n");
  }
  const std::string notes = NotesForPeople(NotesOf(understood.document));
  if (!notes.empty()) absl::StrAppend(&text, "数据质量 / notes：\n", notes);
  if (!understood.triage) return text;
  absl::StrAppend(&text, "分诊建议 / triage：", ProposalInChinese(understood.triage->proposal),
                  "\n  ", understood.triage->summary, "\n");
  for (const triage::TriageReason& reason : understood.triage->reasons) {
    absl::StrAppend(&text, "  ", reason.why,
                    reason.evidence.empty() ? "" : absl::StrCat("（", reason.evidence, "）"), " [",
                    reason.rule_id, "]\n");
  }
  return text;
}

Json TakenAsJson(const Taken& taken) {
  Json json = {{"message", taken.source_key},
               {"visit", taken.visit_id},
               {"taken_as", TakenName(taken.as)},
               {"outcome", taken.outcome}};
  if (!taken.kind.empty()) json["request"] = taken.kind;
  if (taken.question != 0) json["question"] = taken.question;
  json["notes"] = NotesAsJson(taken.notes);
  return json;
}

std::string TakenForPeople(const Taken& taken) {
  std::string text;
  switch (taken.as) {
    case TakenAs::kSent:
      text = absl::StrCat("已收，待上报：", taken.outcome);
      break;
    case TakenAs::kAsked:
      text = absl::StrCat("已收，待核实（问题 ", taken.question, "）：", taken.outcome);
      break;
    case TakenAs::kNothing:
      text = absl::StrCat("已收，无需上报：", taken.outcome);
      break;
    case TakenAs::kKnown:
      text = absl::StrCat("此前已收过，不再重复上报：", taken.outcome);
      break;
  }
  return absl::StrCat(text, "\n", NotesForPeople(taken.notes));
}

std::string AnswerForPeople(std::string_view kind, const std::string& answer) {
  if (kind == "HospitalService.FlagAdmission") {
    const auto response = Parsed<v1::FlagAdmissionResponse>(answer);
    std::string text = absl::StrCat("标志已登记（", StateInChinese(response.flag().state()), "）",
                                    response.flag().name());
    for (const std::string& advance : response.claimed_advances()) {
      absl::StrAppend(&text, "；垫付入账 ", advance);
    }
    return text;
  }
  if (kind == "HospitalService.AmendFlag") {
    const auto response = Parsed<v1::AmendFlagResponse>(answer);
    return absl::StrCat("标志已变更（", StateInChinese(response.flag().state()), "）",
                        response.flag().name());
  }
  if (kind == "HospitalService.ClearFlag") {
    const auto response = Parsed<v1::ClearFlagResponse>(answer);
    std::string text = absl::StrCat("标志已排除 ", response.flag().name());
    for (const std::string& advance : response.released_advances()) {
      absl::StrAppend(&text, "；垫付出账 ", advance);
    }
    return text;
  }
  if (kind == "HospitalService.ReportSettlement") {
    const auto response = Parsed<v1::ReportSettlementResponse>(answer);
    return absl::StrCat("结算已登记 ", response.advance(), " ", response.explanation());
  }
  const auto response = Parsed<v1::ReverseSettlementResponse>(answer);
  return absl::StrCat("撤销已登记 ", response.advance(), " ", response.explanation());
}

std::string StateInChinese(v1::FlagState state) {
  if (state == v1::FLAG_STATE_SUSPECTED) return "疑似";
  if (state == v1::FLAG_STATE_CONFIRMED) return "确认";
  if (state == v1::FLAG_STATE_CLEARED) return "排除";
  return "未说明";
}

std::string KindInChinese(v1::ThirdPartyKind kind) {
  // In the order of the enumeration; a later hub may know more kinds.
  constexpr const char* kNames[] = {"",         "第三人不明确", "交通事故", "殴打伤害",
                                    "动物损害", "安全保障义务", "提供劳务", "医疗损害",
                                    "产品责任", "教育机构",     "物件损害", "其他"};
  const auto index = static_cast<std::size_t>(kind);
  return index < std::size(kNames) ? kNames[index] : "其他";
}

}  // namespace recoup::hospital
