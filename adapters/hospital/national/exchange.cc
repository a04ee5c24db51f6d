#include "adapters/hospital/national/exchange.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/field_text.h"
#include "hub/domain/identity.h"

namespace recoup::hospital::national {
namespace {

constexpr std::size_t kErrorTextMax = 100'000;  // The platform's; told, never kept.

void ExpandUnder(JsonValue& value, const std::string& path, std::vector<QualityNote>& notes) {
  constexpr std::array<std::string_view, 6> kNesting = {"request", "response",    "input",
                                                        "output",  "exp_content", "expContent"};
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    ExpandUnder(value.items[i], absl::StrCat(path, "/", i), notes);
  }
  for (auto& [name, member] : value.members) {
    const std::string member_path = absl::StrCat(path, "/", name);
    bool nests = false;
    for (const std::string_view nesting : kNesting) nests = nests || name == nesting;
    const std::string_view text = Trimmed(member.text);
    if (nests && member.kind == JsonValue::Kind::kString &&
        (text.starts_with('{') || text.starts_with('['))) {
      absl::StatusOr<JsonValue> nested = ParseJson(text, member_path, notes);
      if (nested.ok()) {
        member = *std::move(nested);
        notes.push_back({NoteKind::kRepaired, member_path, "是写成文本的 JSON，已展开"});
        // What comes out of text is not expanded again: the depth of the document stays bounded.
        continue;
      }
    }
    ExpandUnder(member, member_path, notes);
  }
}

// The nodes of the interface that name what they hold; "data" by itself is a node as well.
constexpr std::array<std::string_view, 5> kNamedNodes = {"mdtrtinfo", "adminfo", "dscginfo",
                                                         "diseinfo", "setlinfo"};

// Some systems wrap every input in "data": {"input": {"data": {"mdtrtinfo": …}}}. The named nodes
// move to where the interface has them.
void LiftNodesOutOfData(JsonValue& side, const std::string& path, std::vector<QualityNote>& notes) {
  for (auto& [name, input] : side.members) {
    if (name != "input" || !input.is_object()) continue;
    const auto data = std::find_if(input.members.begin(), input.members.end(),
                                   [](const auto& member) { return member.first == "data"; });
    if (data == input.members.end() || !data->second.is_object()) return;
    std::vector<std::pair<std::string, JsonValue>> lifted;
    for (auto& [node, value] : data->second.members) {
      const bool named =
          std::find(kNamedNodes.begin(), kNamedNodes.end(), node) != kNamedNodes.end();
      if (named && input.Find(node) == nullptr) lifted.emplace_back(node, std::move(value));
    }
    if (lifted.empty()) return;
    notes.push_back({NoteKind::kRepaired, path + "/input/data", "多包了一层 data，已去掉"});
    for (auto& member : lifted) input.members.push_back(std::move(member));
    return;
  }
}

// What logs and gateways call the two sides, folded.
constexpr std::array<std::string_view, 12> kRequestNames = {
    "req",         "request", "requestmsg", "reqmsg",   "requestbody", "reqbody",
    "requestdata", "reqdata", "inparam",    "inputmsg", "入参",        "请求"};
constexpr std::array<std::string_view, 14> kResponseNames = {
    "resp",     "res",      "rsp",      "response", "responsemsg", "respmsg", "responsebody",
    "respbody", "respdata", "outparam", "出参",     "应答",        "响应",    "返回"};

bool IsAny(std::string_view name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool MayBeASide(const JsonValue& value) {
  if (value.is_object()) return true;
  return value.kind == JsonValue::Kind::kString && Trimmed(value.text).starts_with('{');
}

// {"req": …, "resp": …} as {"request": …, "response": …}.
void NameSides(JsonValue& document, std::vector<QualityNote>& notes) {
  for (auto& [name, member] : document.members) {
    std::string folded = absl::AsciiStrToLower(name);
    folded.erase(std::remove(folded.begin(), folded.end(), '_'), folded.end());
    const bool request = IsAny(folded, kRequestNames);
    if ((!request && !IsAny(folded, kResponseNames)) || !MayBeASide(member)) continue;
    const std::string side = request ? "request" : "response";
    if (document.Find(side) != nullptr) continue;
    notes.push_back(
        {NoteKind::kRepaired, absl::StrCat("/", side), absl::StrCat("原写作 \"", name, "\"")});
    name = side;
  }
}

struct Sides {
  const JsonValue* request = nullptr;
  std::string request_path;
  const JsonValue* response = nullptr;
  std::string response_path;
};

Sides FindSides(const JsonValue& document) {
  Sides sides;
  sides.request = document.Find("request");
  sides.response = document.Find("response");
  if (sides.request != nullptr || sides.response != nullptr) {
    sides.request_path = "/request";
    sides.response_path = "/response";
  } else if (document.Find("infno") != nullptr || document.Find("input") != nullptr) {
    sides.request = &document;
    sides.response_path = "/response";
  } else {
    sides.response = &document;
    sides.request_path = "/request";
  }
  return sides;
}

Envelope ReadRequestEnvelope(const ObjectReader& request) {
  Envelope envelope;
  envelope.transaction = request.RequiredText("infno", 6);
  envelope.message_id = request.RequiredText("msgid", 30);
  // Where the patient is treated says nothing of who pays; senders leave it out.
  if (request.Text("mdtrtarea_admvs", 6).empty()) {
    request.Note(NoteKind::kIncomplete, "mdtrtarea_admvs", "未填");
  }
  envelope.pool.area_code = request.Text("insuplc_admdvs", 6);
  // Lengths as published; fields that say nothing about a case are checked where they are given.
  request.Text("recer_sys_code", 10);
  request.Text("infver", 6);
  request.Text("opter_type", 3);
  request.Text("opter", 30);
  request.Text("opter_name", 50);
  envelope.hospital.code = request.RequiredText("fixmedins_code", 30);
  envelope.hospital.name = request.Text("fixmedins_name", 200);
  if (request.Text("inf_time", 19).empty()) {
    request.Note(NoteKind::kIncomplete, "inf_time", "未填；以收到的时间排序");
  }
  envelope.sent_at = request.Time("inf_time");
  if (request.Find("input") == nullptr) request.Fault("input", "缺少");
  if (!envelope.message_id.empty() && !envelope.message_id.starts_with(envelope.hospital.code)) {
    request.Note(NoteKind::kUnusual, "msgid", "不以医院编号开头");
  }
  return envelope;
}

// What a response kept alone may still tell, where the sender wrote it beside the output.
Envelope ReadResponseEnvelope(const ObjectReader& response) {
  Envelope envelope;
  envelope.transaction = response.Text("infno", 6);
  envelope.message_id = response.Text("msgid", 30);
  envelope.pool.area_code = response.Text("insuplc_admdvs", 6);
  envelope.hospital.code = response.Text("fixmedins_code", 30);
  envelope.hospital.name = response.Text("fixmedins_name", 200);
  return envelope;
}

}  // namespace

void ExpandNestedJson(JsonValue& document, std::vector<QualityNote>& notes) {
  NameSides(document, notes);
  ExpandUnder(document, "", notes);
  LiftNodesOutOfData(document, "", notes);
  for (auto& [name, side] : document.members) {
    if (name == "request") LiftNodesOutOfData(side, "/request", notes);
  }
}

Exchange OpenExchange(const JsonValue& document, const ReaderContext& context, Faults& faults,
                      std::vector<QualityNote>& notes) {
  const Sides sides = FindSides(document);
  Exchange exchange{ObjectReader(sides.request, sides.request_path, faults, notes),
                    ObjectReader(sides.response, sides.response_path, faults, notes),
                    {},
                    faults,
                    notes,
                    context};
  const ObjectReader& envelope_side =
      exchange.request.present() ? exchange.request : exchange.response;
  exchange.envelope = exchange.request.present() ? ReadRequestEnvelope(exchange.request)
                                                 : ReadResponseEnvelope(exchange.response);
  Envelope& envelope = exchange.envelope;
  if (!envelope.pool.area_code.empty() && !IsAreaCode(envelope.pool.area_code)) {
    envelope_side.Fault("insuplc_admdvs", "应为六位数字");
  }
  if (exchange.response.present()) {
    // A number in some versions of the interface, a text in others.
    const JsonValue* const infcode = exchange.response.Find("infcode");
    if (infcode == nullptr || infcode->is_blank()) {
      exchange.response.Fault("infcode", "缺少");
    } else if (Trimmed(infcode->text) != "0") {
      exchange.refused_by_platform = true;
      const std::string why = exchange.response.Text("err_msg", kErrorTextMax);
      exchange.response.Fault("infcode", absl::StrCat("不是 0：平台拒绝了此交易，"
                                                      "未办成",
                                                      why.empty() ? "" : "：", why));
    }
  }
  if (envelope.hospital.code.empty()) envelope.hospital.code = context.profile.hospital_code;
  if (envelope.hospital.name.empty()) envelope.hospital.name = context.profile.hospital_name;
  return exchange;
}

void SetCertificate(const std::vector<Certificate>& told, Patient& patient) {
  for (const Certificate& paper : told) {
    if (paper.number.empty()) continue;
    const bool card = paper.psn_cert_type == "01";
    if (card && !domain::ResidentId::Parse(paper.number).ok()) {
      paper.in.Note(NoteKind::kIncomplete, paper.field, "身份证号码的校验码不对，未采用");
      continue;
    }
    if (patient.id_number.empty()) {
      patient.id_type = paper.psn_cert_type;
      patient.id_number = paper.number;
    } else if (card && patient.id_type == "01" &&
               !absl::EqualsIgnoreCase(patient.id_number, paper.number)) {
      paper.in.Note(NoteKind::kDoesNotAddUp, paper.field, "与另一处的身份证号码不同，未采用");
    }
  }
  const std::string_view number = patient.id_number;
  if (!IsResidentCardNumber(number)) return;
  if (!patient.birth_date) patient.birth_date = DateFromText(number.substr(6, 8));
  // GB 11643: the 17th digit is odd for men.
  if (patient.gender == Gender::kUnknown) {
    patient.gender = (number[16] - '0') % 2 == 1 ? Gender::kMale : Gender::kFemale;
  }
}

}  // namespace recoup::hospital::national
