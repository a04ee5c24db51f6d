#include "adapters/hospital/program/lead_file.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"
#include "nlohmann/json.hpp"

namespace recoup::hospital {
namespace {

using LeadJson = nlohmann::json;

// The first member with one of the names that is there and not null.
const LeadJson* Member(const LeadJson& object, std::initializer_list<const char*> names) {
  for (const char* const name : names) {
    const auto found = object.find(name);
    if (found != object.end() && !found->is_null()) return &*found;
  }
  return nullptr;
}

std::string TextOf(const LeadJson& object, std::initializer_list<const char*> names,
                   Faults& faults) {
  const LeadJson* const member = Member(object, names);
  if (member == nullptr) return "";
  if (member->is_string())
    return std::string(absl::StripAsciiWhitespace(member->get<std::string>()));
  // The shortest digits that mean the number; they become an amount as text does.
  if (member->is_number()) return member->dump();
  faults.Add(*names.begin(), "应为文本");
  return "";
}

std::string YuanOf(const LeadJson& object, Faults& faults) {
  if (const LeadJson* const fen = Member(object, {"judged_medical_fen", "judgedMedicalFen"})) {
    std::int64_t value = 0;
    // Only a number is written out: what nests deeply would exhaust the stack.
    const std::string text = fen->is_string()   ? fen->get<std::string>()
                             : fen->is_number() ? fen->dump()
                                                : "";
    if (absl::SimpleAtoi(text, &value) && domain::Money::Create(value).ok()) {
      return domain::Money::Fen(value).ToYuan();
    }
    faults.Add("judged_medical_fen", "应为以分计的整数");
    return "";
  }
  return TextOf(object, {"judged", "judged_medical", "判决医疗费", "判决金额"}, faults);
}

// By the API's names, this program's, and in Chinese.
std::string BasisOf(const LeadJson& object, Faults& faults) {
  const std::string text = TextOf(object, {"basis", "判决口径"}, faults);
  if (text.empty()) return "";
  struct Row {
    const char* basis;
    std::array<const char*, 3> names;
  };
  constexpr Row kRows[] = {{"gross", {"gross", "basis_gross", "未扣减"}},
                           {"net", {"net", "basis_net", "已扣减"}},
                           {"fund-awarded", {"fund-awarded", "basis_fund_awarded", "判给基金"}},
                           {"none", {"none", "basis_none", "无判决"}}};
  const std::string folded = absl::AsciiStrToLower(text);
  for (const Row& row : kRows) {
    if (std::find(row.names.begin(), row.names.end(), folded) != row.names.end()) return row.basis;
  }
  faults.Add("basis", absl::StrCat(text, "：应为 gross、net、fund-awarded 或 none"));
  return "";
}

bool PaidOf(const LeadJson& object, Faults& faults) {
  const LeadJson* const member = Member(object, {"paid_to_injured_person", "paid", "已付本人"});
  if (member == nullptr) return false;
  if (member->is_boolean()) return member->get<bool>();
  if (*member == "是" || *member == "否") return *member == "是";
  faults.Add("paid", "应为 true、false、是 或 否");
  return false;
}

}  // namespace

absl::StatusOr<LeadFile> LeadFromJson(std::string_view bytes) {
  const LeadJson root = LeadJson::parse(bytes, nullptr, /*allow_exceptions=*/false);
  Faults faults;
  if (!root.is_object()) {
    faults.Add("LEAD", "线索文件应为一个 JSON 对象");
    return faults.ToStatus();
  }
  const LeadJson* lead = Member(root, {"lead", "线索"});
  if (lead == nullptr || !lead->is_object()) lead = &root;
  // A lead of the API holds the person in a message of its own.
  const LeadJson* person = Member(*lead, {"injured_person", "injuredPerson", "person", "受伤人"});
  if (person == nullptr || !person->is_object()) person = lead;

  LeadFile file;
  file.name = person == lead
                  ? TextOf(*lead, {"injured_name", "姓名", "受伤人", "patient_name"}, faults)
                  : "";
  // "name" of a lead is its resource name.
  if (file.name.empty()) file.name = TextOf(*person, {"name", "姓名"}, faults);
  if (file.name.starts_with("pools/")) file.name.clear();
  file.id_number = TextOf(*person, {"id_number", "idNumber", "身份证号", "证件号码"}, faults);
  file.injured_on =
      TextOf(*lead, {"injured_on", "injuredOn", "accident_on", "受伤日期", "事故日期"}, faults);
  file.until_on = TextOf(*lead, {"until_on", "untilOn", "截止日期"}, faults);
  file.judged_yuan = YuanOf(*lead, faults);
  file.basis = BasisOf(*lead, faults);
  file.share_percent = TextOf(*lead, {"share", "liable_share", "责任比例"}, faults);
  file.liable = TextOf(*lead, {"liable_name", "liable", "责任方"}, faults);
  file.paid = PaidOf(*lead, faults);
  if (const LeadJson* const numbers = Member(*lead, {"invoice_numbers", "票据号码"})) {
    for (const LeadJson& number : numbers->is_array() ? *numbers : LeadJson::array({*numbers})) {
      if (number.is_string()) {
        file.invoice_numbers.push_back(number.get<std::string>());
      } else {
        faults.Add("invoice_numbers", "票据号码应为文本（数字会丢失前面的零）");
      }
    }
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return file;
}

}  // namespace recoup::hospital
