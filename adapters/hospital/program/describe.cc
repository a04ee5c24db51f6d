#include "adapters/hospital/program/describe.h"

#include "absl/strings/str_cat.h"
#include "adapters/hospital/mapping/requests.h"
#include "adapters/hospital/program/describe_document.h"
#include "hub/base/check.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::hospital {
namespace {

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
    case TakenAs::kHeld:
      return "HELD";
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

// It ends what was said of the visit, whatever it repeats of the injury.
bool IsCancel(const Document& document) {
  const auto* const admission = std::get_if<AdmissionDocument>(&document);
  return admission != nullptr && admission->event == AdmissionEvent::kCancel;
}

}  // namespace

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
    // What is said of the whole has no path.
    absl::StrAppend(&text, "  ", NoteInChinese(note.kind), note.path.empty() ? "" : " ", note.path,
                    "：", note.text, "\n");
  }
  return text;
}

std::string JsonLine(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json UnderstoodAsJson(const Understood& understood) {
  Json json;
  for (const DocumentRow& row : RowsOfDocument(understood.document)) {
    json["document"][row.key] = row.text;
  }
  json["document"]["kind"] = KindOfDocument(understood.document);
  json["notes"] = NotesAsJson(NotesOf(understood.document));
  if (Json merges = MergesAsJson(understood.document); !merges.empty()) {
    json["merges"] = std::move(merges);
    return json;  // Of patients: there is no injury to judge.
  }
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
  for (const DocumentRow& row : RowsOfDocument(understood.document)) {
    if (!row.text.empty()) absl::StrAppend(&text, row.zh, " / ", row.key, "：", row.text, "\n");
  }
  const std::string notes = NotesForPeople(NotesOf(understood.document));
  if (!notes.empty()) absl::StrAppend(&text, "数据质量 / notes：\n", notes);
  const std::string merges = MergesForPeople(understood.document);
  text += merges;
  if (!merges.empty() || !understood.triage || IsCancel(understood.document)) return text;
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
    case TakenAs::kHeld:
      text = absl::StrCat("已收，暂不能上报：", taken.outcome);
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

std::string KindInChinese(triage::ThirdPartyKind kind) {
  return kind == triage::ThirdPartyKind::kUnknown ? "" : KindInChinese(mapping::KindToProto(kind));
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
