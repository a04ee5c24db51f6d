#include "adapters/court/program/correction.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"
#include "nlohmann/json.hpp"

namespace recoup::court {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Key of the JSON and field of the message; enumerators are spelled without their prefix. Elements
// of a list have the key of the list, and a field within its rows ("person.name").
struct Correctable {
  const char* list;
  const char* key;
  const char* field;
  const char* enum_prefix;
  const char* chinese;
};
constexpr Correctable kCorrectable[] = {
    {"", "case_number", "case_number", "", "案号"},
    {"", "court", "court_name", "", "法院"},
    {"", "document_type", "document_type", "DOCUMENT_TYPE_", "文书种类"},
    {"", "instance", "instance", "INSTANCE_", "审级"},
    {"", "cause", "cause", "", "案由"},
    {"", "closed_on", "closed_on", "", "裁判日期"},
    {"", "accident_on", "accident_on", "", "事故日期"},
    {"", "medical_expense_total_fen", "medical_expense_total_fen", "", "医疗费总额"},
    {"", "medical_expense_awarded_fen", "medical_expense_awarded_fen", "", "判决医疗费"},
    {"", "fund_paid_fen", "fund_paid_fen", "", "基金支付"},
    {"", "self_paid_fen", "self_paid_fen", "", "个人支付"},
    {"", "basis", "basis", "BASIS_", "判决口径"},
    {"", "grade", "grade", "GRADE_", "分级"},
    {"", "third_party_kind", "third_party_kind", "THIRD_PARTY_KIND_", "第三方类别"},
    {"injured_persons", "name", "person.name", "", "受害人姓名"},
    {"injured_persons", "id_number", "person.id_number", "", "受害人身份证号"},
    {"liability", "party", "party", "", "责任方"},
    {"liability", "share_percent", "share_bp", "", "责任比例"},
    {"liability", "uninsured_medical_fen", "uninsured_medical_fen", "",
     "未投保交强险应承担的医疗限额"},
    {"obligations", "debtor", "debtor", "", "义务人"},
    {"obligations", "debtor_kind", "debtor_kind", "DEBTOR_KIND_", "义务人类别"},
    {"obligations", "creditor", "creditor", "", "权利人"},
    {"obligations", "amount_fen", "amount_fen", "", "给付金额"},
    {"obligations", "policy_kind", "policy_kind", "POLICY_KIND_", "险种"},
    {"obligations", "medical_fen", "medical_fen", "", "其中医疗费"},
    {"policies", "insurer", "insurer", "", "保险公司"},
    {"policies", "kind", "kind", "POLICY_KIND_", "险种"},
    {"policies", "limit_fen", "limit_fen", "", "限额"},
    {"policies", "medical_remaining_fen", "medical_remaining_fen", "", "医疗限额余额"},
};
constexpr const char* kLists[] = {"injured_persons", "liability", "obligations", "policies"};

// What people call the enumerators.
struct Word {
  const char* name;
  const char* chinese;
};
constexpr Word kWords[] = {
    {"DOCUMENT_TYPE_JUDGMENT", "判决书"},
    {"DOCUMENT_TYPE_RULING", "裁定书"},
    {"DOCUMENT_TYPE_MEDIATION_DOCUMENT", "调解书"},
    {"DOCUMENT_TYPE_DECISION", "决定书"},
    {"DOCUMENT_TYPE_NOTICE", "通知书"},
    {"DOCUMENT_TYPE_ORDER", "令"},
    {"DOCUMENT_TYPE_OTHER", "其他文书"},
    {"INSTANCE_FIRST", "一审"},
    {"INSTANCE_SECOND", "二审"},
    {"INSTANCE_RETRIAL", "再审"},
    {"INSTANCE_SPECIAL", "特别程序"},
    {"INSTANCE_PRE_ACTION", "诉前"},
    {"INSTANCE_ENFORCEMENT", "执行"},
    {"INSTANCE_OTHER", "其他程序"},
    {"BASIS_NONE", "无判决"},
    {"BASIS_GROSS", "未扣减"},
    {"BASIS_NET", "已扣减"},
    {"BASIS_FUND_AWARDED", "判归基金"},
    {"GRADE_NO_ADVANCE", "无垫付"},
    {"GRADE_ADVANCE_REPAID", "已垫付且已返还"},
    {"GRADE_ADVANCE_OUTSTANDING", "已垫付未返还"},
    {"THIRD_PARTY_KIND_UNKNOWN", "不明"},
    {"THIRD_PARTY_KIND_TRAFFIC", "交通事故"},
    {"THIRD_PARTY_KIND_ASSAULT", "他人殴打伤害"},
    {"THIRD_PARTY_KIND_ANIMAL", "饲养动物致害"},
    {"THIRD_PARTY_KIND_PREMISES", "违反安全保障义务"},
    {"THIRD_PARTY_KIND_LABOUR", "提供劳务受害"},
    {"THIRD_PARTY_KIND_MEDICAL", "医疗损害"},
    {"THIRD_PARTY_KIND_PRODUCT", "产品责任"},
    {"THIRD_PARTY_KIND_SCHOOL", "教育机构责任"},
    {"THIRD_PARTY_KIND_FALLING_OBJECT", "坠物、物件致害"},
    {"THIRD_PARTY_KIND_OTHER", "其他"},
    {"DEBTOR_KIND_INSURER", "保险公司"},
    {"DEBTOR_KIND_COMPANY", "单位"},
    {"DEBTOR_KIND_PERSON", "个人"},
    {"DEBTOR_KIND_INJURED_PERSON", "受害人"},
    {"POLICY_KIND_CTP", "交强险"},
    {"POLICY_KIND_COMMERCIAL", "商业险"},
};

std::string ChineseOf(const EnumValueDescriptor& value) {
  const auto* word =
      std::ranges::find_if(kWords, [&](const Word& w) { return w.name == value.name(); });
  return word == std::end(kWords) ? value.name() : word->chinese;
}

// One value of a message, wherever it lies.
struct Slot {
  Message* message = nullptr;
  const FieldDescriptor* field = nullptr;
  const Correctable* what = nullptr;

  const Reflection& reflection() const { return *message->GetReflection(); }
  bool is_amount() const { return field->type() == FieldDescriptor::TYPE_INT64; }
  bool is_share() const { return field->type() == FieldDescriptor::TYPE_INT32; }
  bool is_enum() const { return field->type() == FieldDescriptor::TYPE_ENUM; }
  bool is_day() const { return absl::EndsWith(what->key, "_on"); }
};

// "person.name" from a row.
Slot Within(Message& row, const Correctable& what) {
  Slot slot{&row, nullptr, &what};
  std::string path = what.field;
  for (std::size_t dot; (dot = path.find('.')) != std::string::npos; path.erase(0, dot + 1)) {
    const FieldDescriptor* step =
        slot.message->GetDescriptor()->FindFieldByName(path.substr(0, dot));
    slot.message = slot.reflection().MutableMessage(slot.message, step);
  }
  slot.field = slot.message->GetDescriptor()->FindFieldByName(path);
  return slot;
}

const FieldDescriptor& ListField(const std::string& list) {
  return *v1::CourtCaseElements::descriptor()->FindFieldByName(list);
}

std::string PercentText(std::int32_t basis_points) {
  return basis_points % 100 == 0 ? absl::StrCat(basis_points / 100)
                                 : absl::StrCat(basis_points / 100.0);
}

std::string AsJson(const Slot& slot) {
  const Reflection& reflection = slot.reflection();
  if (slot.is_amount()) {
    const bool is_known =
        !slot.field->has_presence() || reflection.HasField(*slot.message, slot.field);
    return is_known ? absl::StrCat(reflection.GetInt64(*slot.message, slot.field)) : "null";
  }
  if (slot.is_share()) {
    return PercentText(reflection.GetInt32(*slot.message, slot.field));
  }
  if (slot.is_enum()) {
    const EnumValueDescriptor& value = *reflection.GetEnum(*slot.message, slot.field);
    if (value.number() == 0) return "null";
    return nlohmann::json(std::string(absl::StripPrefix(value.name(), slot.what->enum_prefix)))
        .dump();
  }
  const std::string text = reflection.GetString(*slot.message, slot.field);
  return text.empty()
             ? "null"
             : nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string ForPeople(const Slot& slot) {
  const Reflection& reflection = slot.reflection();
  if (AsJson(slot) == "null") return "";
  if (slot.is_amount()) {
    const auto money = domain::Money::Create(reflection.GetInt64(*slot.message, slot.field));
    return money.ok() ? absl::StrCat(money->ToYuanGrouped(), " 元") : "";
  }
  if (slot.is_share())
    return absl::StrCat(PercentText(reflection.GetInt32(*slot.message, slot.field)), "%");
  if (slot.is_enum()) return ChineseOf(*reflection.GetEnum(*slot.message, slot.field));
  return reflection.GetString(*slot.message, slot.field);
}

bool SetEnum(const Slot& slot, const std::string& value) {
  const EnumDescriptor& type = *slot.field->enum_type();
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor* named = type.value(i);
    if (named->number() == 0) continue;
    if (named->name() != absl::StrCat(slot.what->enum_prefix, value) && ChineseOf(*named) != value)
      continue;
    slot.reflection().SetEnum(slot.message, slot.field, named);
    return true;
  }
  return false;
}

std::string AllowedOf(const Slot& slot) {
  std::string allowed;
  const EnumDescriptor& type = *slot.field->enum_type();
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() == 0) continue;
    absl::StrAppend(&allowed, allowed.empty() ? "" : "、", ChineseOf(*type.value(i)));
  }
  return allowed;
}

// "29,000.00" is yuan, "2900000" fen.
std::optional<std::int64_t> FenOf(const std::string& text) {
  if (absl::StrContains(text, '.') || absl::StrContains(text, ',')) {
    const auto money = domain::Money::FromYuan(absl::StrReplaceAll(text, {{",", ""}}));
    if (!money.ok() || money->is_negative()) return std::nullopt;
    return money->fen();
  }
  std::int64_t fen = 0;
  if (!absl::SimpleAtoi(text, &fen) || fen < 0) return std::nullopt;
  return fen;
}

void Set(const Slot& slot, const std::string& key, const std::string& value, Faults& faults) {
  const Reflection& reflection = slot.reflection();
  if (value.empty()) {
    reflection.ClearField(slot.message, slot.field);
  } else if (slot.is_enum()) {
    if (!SetEnum(slot, value)) faults.Add(key, absl::StrCat("须为以下之一：", AllowedOf(slot)));
  } else if (slot.is_share()) {
    double percent = 0;
    const bool is_number = absl::SimpleAtod(std::string(absl::StripSuffix(value, "%")), &percent);
    if (!is_number || percent < 0 || percent > 100) {
      faults.Add(key, "须为 0 至 100 的百分比");
      return;
    }
    reflection.SetInt32(slot.message, slot.field, static_cast<std::int32_t>(percent * 100 + 0.5));
  } else if (slot.is_amount()) {
    const std::optional<std::int64_t> fen = FenOf(value);
    if (!fen) {
      faults.Add(key, "须为金额：以元计并带小数点（29000.00），或以分计的整数");
      return;
    }
    reflection.SetInt64(slot.message, slot.field, *fen);
  } else {
    absl::CivilDay day;
    if (slot.is_day() && !absl::ParseCivilTime(value, &day)) {
      faults.Add(key, "须为日期，形如 2025-03-25");
      return;
    }
    reflection.SetString(slot.message, slot.field, value);
  }
}

// Where a key points: an element that stands alone, a row of a list, or a value of a row.
struct Place {
  std::string list;  // Empty: stands alone.
  int row = 0;
  std::string key;  // Empty: the whole row.
};

std::optional<Place> PlaceOf(const std::string& key) {
  const std::size_t open = key.find('[');
  if (open == std::string::npos) return Place{"", 0, key};
  const std::size_t close = key.find(']', open);
  Place place{key.substr(0, open), 0, ""};
  if (close == std::string::npos ||
      !absl::SimpleAtoi(key.substr(open + 1, close - open - 1), &place.row) || place.row < 0) {
    return std::nullopt;
  }
  if (close + 1 == key.size()) return place;
  if (key[close + 1] != '.') return std::nullopt;
  place.key = key.substr(close + 2);
  return place;
}

const Correctable* FindCorrectable(const Place& place) {
  const auto* found = std::ranges::find_if(kCorrectable, [&](const Correctable& each) {
    return place.list == each.list && place.key == each.key;
  });
  return found == std::end(kCorrectable) ? nullptr : found;
}

void MarkManual(const std::string& element, v1::CourtCaseElements& elements) {
  auto& evidence = *elements.mutable_evidence();
  evidence.erase(
      std::remove_if(evidence.begin(), evidence.end(),
                     [&](const v1::ElementEvidence& row) { return row.element() == element; }),
      evidence.end());
  v1::ElementEvidence& manual = *elements.add_evidence();
  manual.set_element(element);
  manual.set_rule("manual");
}

std::string RowAsJson(Message& row, const std::string& list) {
  std::string json = "{";
  for (const Correctable& each : kCorrectable) {
    if (list != each.list) continue;
    absl::StrAppend(&json, json.size() > 1 ? "," : "", "\"", each.key,
                    "\":", AsJson(Within(row, each)));
  }
  return json + "}";
}

// The evidence of rows speaks of their old places; what was read of the list is no longer held.
void ForgetEvidenceOf(const std::string& list, v1::CourtCaseElements& elements) {
  auto& evidence = *elements.mutable_evidence();
  evidence.erase(std::remove_if(evidence.begin(), evidence.end(),
                                [&](const v1::ElementEvidence& row) {
                                  return absl::StartsWith(row.element(), list + "[");
                                }),
                 evidence.end());
}

class Corrector {
 public:
  explicit Corrector(v1::CourtCaseElements& elements) : elements_(elements) {}

  void Apply(const std::string& assignment) {
    const std::size_t equals = assignment.find('=');
    const std::string key = assignment.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : assignment.substr(equals + 1);
    const std::optional<Place> place = PlaceOf(key);
    const bool is_list = place && std::ranges::count(kLists, place->list) > 0;
    if (equals != std::string::npos && is_list && place->key.empty() && value.empty()) {
      RemoveRow(*place, key);
      return;
    }
    const Correctable* what = place ? FindCorrectable(*place) : nullptr;
    if (equals == std::string::npos || what == nullptr) {
      faults_.Add(key, absl::StrCat("应写作 要素=值，要素为以下之一：", CorrectableElements()));
      return;
    }
    Message* row = &elements_;
    if (is_list && (row = RowOf(*place, key)) == nullptr) return;
    const Slot slot = Within(*row, *what);
    std::string before = AsJson(slot);
    Set(slot, key, value, faults_);
    MarkManual(is_list ? key : std::string(what->field), elements_);
    corrections_.push_back({key, std::move(before), AsJson(slot)});
  }

  // A + C must give the total where all three are known.
  void CheckSums(bool as_stated) {
    if (as_stated || !elements_.has_medical_expense_total_fen() || !elements_.has_fund_paid_fen() ||
        !elements_.has_self_paid_fen()) {
      return;
    }
    const bool is_touched = std::ranges::any_of(corrections_, [](const Correction& one) {
      return one.element == "medical_expense_total_fen" || one.element == "fund_paid_fen" ||
             one.element == "self_paid_fen";
    });
    const std::int64_t together = elements_.fund_paid_fen() + elements_.self_paid_fen();
    if (!is_touched || together == elements_.medical_expense_total_fen()) return;
    const auto yuan = [](std::int64_t fen) {
      const auto money = domain::Money::Create(fen);
      return money.ok() ? money->ToYuanGrouped() : absl::StrCat(fen, " 分");
    };
    faults_.Add("medical_expense_total_fen",
                absl::StrCat("医疗费总额 ", yuan(elements_.medical_expense_total_fen()),
                             " 元不等于基金支付 ", yuan(elements_.fund_paid_fen()),
                             " 元与个人支付 ", yuan(elements_.self_paid_fen()),
                             " 元之和；文书确实如此记载的，加 --as-stated"));
  }

  absl::StatusOr<std::vector<Correction>> Finish() {
    RECOUP_RETURN_IF_ERROR(faults_.ToStatus());
    return std::move(corrections_);
  }

 private:
  // A new row at the end where the key points just behind the last.
  Message* RowOf(const Place& place, const std::string& key) {
    const FieldDescriptor& list = ListField(place.list);
    const Reflection& reflection = *elements_.GetReflection();
    const int rows = reflection.FieldSize(elements_, &list);
    if (place.row > rows) {
      faults_.Add(key,
                  absl::StrCat("现有 ", rows, " 项；新增一项请写 ", place.list, "[", rows, "]"));
      return nullptr;
    }
    if (place.row == rows) return reflection.AddMessage(&elements_, &list);
    return reflection.MutableRepeatedMessage(&elements_, &list, place.row);
  }

  void RemoveRow(const Place& place, const std::string& key) {
    const FieldDescriptor& list = ListField(place.list);
    const Reflection& reflection = *elements_.GetReflection();
    const int rows = reflection.FieldSize(elements_, &list);
    if (place.row >= rows) {
      faults_.Add(key, absl::StrCat("只有 ", rows, " 项"));
      return;
    }
    std::string before =
        RowAsJson(*reflection.MutableRepeatedMessage(&elements_, &list, place.row), place.list);
    for (int i = place.row; i + 1 < rows; ++i) reflection.SwapElements(&elements_, &list, i, i + 1);
    reflection.RemoveLast(&elements_, &list);
    ForgetEvidenceOf(place.list, elements_);
    MarkManual(place.list, elements_);
    corrections_.push_back({key, std::move(before), "null"});
  }

  v1::CourtCaseElements& elements_;
  Faults faults_;
  std::vector<Correction> corrections_;
};

// Whether the medical parts of the obligations may have been worked out from this element.
bool DecidesMedicalParts(const std::string& key) {
  constexpr std::string_view kDeciding[] = {"accident_on",
                                            "basis",
                                            "fund_paid_fen",
                                            "medical_expense_awarded_fen",
                                            "medical_expense_total_fen",
                                            "self_paid_fen"};
  const bool in_list = absl::StrContains(key, '[') && !absl::EndsWith(key, "].medical_fen");
  return in_list || std::ranges::find(kDeciding, key) != std::end(kDeciding);
}

// What was worked out from a wrong figure is no longer known; what the text says stays, but not of
// an obligation that itself is corrected.
void ForgetMedicalParts(const std::string& corrected_key, v1::CourtCaseElements& elements) {
  auto& evidence = *elements.mutable_evidence();
  for (int i = 0; i < elements.obligations_size(); ++i) {
    const std::string row = absl::StrCat("obligations[", i, "]");
    const bool is_corrected = absl::StartsWith(corrected_key, row);
    const auto forgotten =
        std::remove_if(evidence.begin(), evidence.end(), [&](const v1::ElementEvidence& one) {
          return one.element() == row + ".medical_fen" &&
                 (is_corrected || one.rule() == "share.worked_out");
        });
    if (forgotten == evidence.end()) continue;
    evidence.erase(forgotten, evidence.end());
    elements.mutable_obligations(i)->clear_medical_fen();
    elements.mutable_obligations(i)->clear_medical_set_off_fen();
  }
}

}  // namespace

absl::StatusOr<std::vector<Correction>> Correct(const std::vector<std::string>& assignments,
                                                bool as_stated, v1::CourtCaseElements& elements) {
  v1::CourtCaseElements corrected = elements;
  for (const std::string& assignment : assignments) {
    const std::string key = assignment.substr(0, assignment.find('='));
    if (DecidesMedicalParts(key)) ForgetMedicalParts(key, corrected);
  }
  Corrector corrector(corrected);
  for (const std::string& assignment : assignments) corrector.Apply(assignment);
  corrector.CheckSums(as_stated);
  RECOUP_ASSIGN_OR_RETURN(std::vector<Correction> corrections, corrector.Finish());
  elements = std::move(corrected);
  return corrections;
}

std::vector<ElementShown> ShowElements(const v1::CourtCaseElements& elements) {
  v1::CourtCaseElements copy = elements;  // Reflection reaches into parts by making them.
  const Reflection& reflection = *copy.GetReflection();
  std::vector<ElementShown> shown;
  for (const Correctable& each : kCorrectable) {
    if (*each.list == '\0')
      shown.push_back({each.key, each.chinese, ForPeople(Within(copy, each))});
  }
  for (const char* list : kLists) {
    const FieldDescriptor& field = ListField(list);
    for (int row = 0; row < reflection.FieldSize(copy, &field); ++row) {
      Message& message = *reflection.MutableRepeatedMessage(&copy, &field, row);
      for (const Correctable& each : kCorrectable) {
        if (std::string_view(each.list) != list) continue;
        shown.push_back({absl::StrCat(list, "[", row, "].", each.key),
                         absl::StrCat(each.chinese, " ", row + 1),
                         ForPeople(Within(message, each))});
      }
    }
  }
  return shown;
}

std::string CorrectableElements() {
  std::string keys;
  for (const Correctable& each : kCorrectable) {
    absl::StrAppend(&keys, keys.empty() ? "" : " ", each.list, *each.list == '\0' ? "" : "[0].",
                    each.key);
  }
  return keys;
}

}  // namespace recoup::court
