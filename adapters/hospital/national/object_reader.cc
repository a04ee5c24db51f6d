#include "adapters/hospital/national/object_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/national/field_terms.h"
#include "hub/domain/text_width.h"

namespace recoup::hospital::national {
namespace {

struct Alias {
  std::string_view name;     // As the interface spells it.
  std::string_view spelled;  // As senders spell it, folded.
};

// Misspellings seen in real messages that folding alone does not catch.
constexpr std::array kAliases = {
    Alias{"preselfpay_amt", "preseifpayamt"},
    Alias{"mdtrtarea_admvs", "mdtrtareaadmdvs"},
    Alias{"insuplc_admdvs", "insuplcadmvs"},
    Alias{"insuplc_admdvs", "insuadmdvs"},
    Alias{"psn_cash_pay", "psncashpayamt"},
    Alias{"gend", "gender"},
    Alias{"invono", "invoiceno"},
    Alias{"adm_cond", "admcondtype"},  // 4101's name of the same field.
    Alias{"psn_cert_type", "patncerttype"},
};

// "psnCash_pay", "psn_cashpay" and "PSN_CASH_PAY" are one name.
std::string Folded(std::string_view name) {
  std::string folded;
  for (const char c : name) {
    if (c != '_') folded.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
  }
  return folded;
}

bool IsSpellingOf(std::string_view name, std::string_view folded_name, std::string_view member) {
  const std::string folded = Folded(member);
  if (folded == folded_name) return true;
  for (const Alias& alias : kAliases) {
    if (alias.name == name && alias.spelled == folded) return true;
  }
  return false;
}

// 12600.000000000002 and 0.28999999999999998: two decimals that went through binary floating point.
// Six zeros or nines behind the fen are no figure that anybody wrote.
std::optional<std::string> WithoutFloatNoise(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || text.size() - point < 9) return std::nullopt;
  const std::string_view noise = text.substr(point + 3, 6);
  const bool digits = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(point) + 1, text.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || (noise != "000000" && noise != "999999")) return std::nullopt;
  std::string plain(text.substr(0, point + 3));
  if (noise == "000000") return plain;
  // One fen more, carried through the nines.
  for (std::size_t i = plain.size(); i-- > 0;) {
    if (plain[i] == '.') continue;
    if (plain[i] < '0' || plain[i] > '9') return std::nullopt;
    if (plain[i] != '9') {
      ++plain[i];
      return plain;
    }
    plain[i] = '0';
    const bool first = i == 0 || plain[i - 1] == '-' || plain[i - 1] == '+';
    if (first) return plain.insert(i, 1, '1');
  }
  return std::nullopt;
}

// "￥1,234.50元" without what is no figure: commas between digits, signs of the currency.
std::string WithoutAmountDress(std::string_view text) {
  constexpr std::array<std::string_view, 5> kSigns = {"￥", "¥", "元", ",", " "};
  std::string plain = domain::FoldWidth(Trimmed(text));
  for (const std::string_view sign : kSigns) {
    for (std::size_t at = plain.find(sign); at != std::string::npos; at = plain.find(sign)) {
      plain.erase(at, sign.size());
    }
  }
  return plain;
}

std::string WithTerm(std::string_view name, std::string text) {
  const std::string term(TermOf(name));
  return term.empty() ? text : absl::StrCat(term, "：", text);
}

}  // namespace

ObjectReader::ObjectReader(const JsonValue* object, std::string path, Faults& faults,
                           std::vector<QualityNote>& notes)
    : object_(object != nullptr && object->is_object() ? object : nullptr),
      path_(std::move(path)),
      faults_(&faults),
      notes_(&notes) {}

std::string ObjectReader::PathOf(std::string_view name) const {
  return absl::StrCat(path_, "/", std::string(name));
}

void ObjectReader::Fault(std::string_view name, std::string text) const {
  faults_->Add(PathOf(name), WithTerm(name, std::move(text)));
}

void ObjectReader::Note(NoteKind kind, std::string_view name, std::string text) const {
  QualityNote note{kind, PathOf(name), WithTerm(name, std::move(text))};
  for (const QualityNote& told : *notes_) {
    if (told == note) return;  // A field may be asked for more than once.
  }
  notes_->push_back(std::move(note));
}

const JsonValue* ObjectReader::Find(std::string_view name) const {
  if (object_ == nullptr) return nullptr;
  const JsonValue* exact = object_->Find(name);
  if (exact != nullptr && !exact->is_blank()) return exact;
  const std::string folded = Folded(name);
  for (const auto& [member, value] : object_->members) {
    if (member == name || value.is_blank() || !IsSpellingOf(name, folded, member)) continue;
    Note(NoteKind::kRepaired, name, absl::StrCat("原写作 \"", member, "\""));
    return &value;
  }
  return exact;
}

std::string ObjectReader::Text(std::string_view name, std::size_t length_max) const {
  const JsonValue* value = Find(name);
  if (value == nullptr || value->is_blank()) return "";
  switch (value->kind) {
    case JsonValue::Kind::kArray:
    case JsonValue::Kind::kObject:
      Fault(name, "应为文本");
      return "";
    case JsonValue::Kind::kNumber:
    case JsonValue::Kind::kBool:
      Note(NoteKind::kRepaired, name, "没有写成文本");
      break;
    case JsonValue::Kind::kNull:
    case JsonValue::Kind::kString:
      break;
  }
  std::string text(Trimmed(value->text));
  if (std::optional<std::string> meant = UnscrambledText(text)) {
    Note(NoteKind::kRepaired, name, "发送前被按错误的字符集读过，已还原");
    text = *std::move(meant);
  }
  // What a wrong conversion could not keep: U+FFFD, and the same read again as GB18030.
  if (text.find("\xEF\xBF\xBD") != std::string::npos || text.find("锟斤拷") != std::string::npos) {
    Note(NoteKind::kDoesNotAddUp, name, "有的字符已损坏，无法还原");
  }
  if (CharacterCount(text) > length_max) {
    Fault(name, absl::StrCat("超过 ", length_max, " 个字符"));
  }
  return text;
}

std::string ObjectReader::RequiredText(std::string_view name, std::size_t length_max) const {
  const JsonValue* value = Find(name);
  if (value == nullptr || value->is_blank()) {
    Fault(name, "缺少");
    return "";
  }
  return Text(name, length_max);
}

std::optional<domain::Money> ObjectReader::Amount(std::string_view name) const {
  const JsonValue* value = Find(name);
  if (value == nullptr || value->kind == JsonValue::Kind::kNull) return std::nullopt;
  if (value->kind != JsonValue::Kind::kNumber && value->kind != JsonValue::Kind::kString) {
    Fault(name, "应为金额");
    return std::nullopt;
  }
  if (value->is_blank()) {
    Note(NoteKind::kRepaired, name, "是空文本，不是金额");
    return std::nullopt;
  }
  absl::StatusOr<domain::Money> amount = AmountFromText(value->text);
  if (!amount.ok() && value->kind == JsonValue::Kind::kString) {
    const absl::StatusOr<domain::Money> plain = AmountFromText(WithoutAmountDress(value->text));
    if (plain.ok()) {
      Note(NoteKind::kRepaired, name, "金额带有分隔符或货币符号");
      return *plain;
    }
  }
  if (!amount.ok()) {
    const std::optional<std::string> meant = WithoutFloatNoise(Trimmed(value->text));
    if (meant && AmountFromText(*meant).ok()) {
      Note(NoteKind::kRepaired, name, absl::StrCat("含浮点误差，取 ", *meant, " 元"));
      return *AmountFromText(*meant);
    }
    Fault(name, std::string(amount.status().message()));
    return std::nullopt;
  }
  if (value->kind == JsonValue::Kind::kString) {
    Note(NoteKind::kRepaired, name, "金额写成了文本");
  }
  return *amount;
}

std::optional<absl::Time> ObjectReader::Time(std::string_view name) const {
  const std::string text = Text(name, 64);
  if (text.empty()) return std::nullopt;
  const std::optional<absl::Time> time = TimeFromText(text);
  if (!time) Note(NoteKind::kUnusual, name, "不是时间，未采用");
  if (time && !HasTimeOfDay(text)) Note(NoteKind::kIncomplete, name, "只有日期，没有时刻");
  return time;
}

bool ObjectReader::Says(std::string_view name) const {
  const JsonValue* value = Find(name);
  return value != nullptr && !value->is_blank();
}

TriState ObjectReader::Flag(std::string_view name) const {
  const JsonValue* value = Find(name);
  if (value == nullptr || value->is_blank()) return TriState::kUnknown;
  const TriState flag = TriStateFromText(value->text);
  if (flag == TriState::kUnknown) {
    Note(NoteKind::kUnusual, name, "既不是 0 也不是 1，视为未写");
  }
  return flag;
}

ObjectReader ObjectReader::Child(std::string_view name) const {
  const JsonValue* value = Find(name);
  std::string path = PathOf(name);
  if (value != nullptr && value->is_array() && !value->items.empty()) {
    Note(NoteKind::kRepaired, name, "是数组，采用第一项");
    return ObjectReader(&value->items.front(), path + "/0", *faults_, *notes_);
  }
  return ObjectReader(value, std::move(path), *faults_, *notes_);
}

std::vector<ObjectReader> ObjectReader::Children(std::string_view name) const {
  std::vector<ObjectReader> children;
  const JsonValue* value = Find(name);
  if (value == nullptr || value->is_blank()) return children;
  if (value->is_object()) {
    Note(NoteKind::kRepaired, name, "是单个对象，不是数组");
    children.emplace_back(value, PathOf(name), *faults_, *notes_);
  } else if (value->is_array()) {
    for (std::size_t i = 0; i < value->items.size(); ++i) {
      std::string path = absl::StrCat(PathOf(name), "/", i);
      if (!value->items[i].is_object()) {
        faults_->Add(path, "应为对象");
        continue;
      }
      children.emplace_back(&value->items[i], std::move(path), *faults_, *notes_);
    }
  } else {
    Fault(name, "应为对象的数组");
  }
  return children;
}

}  // namespace recoup::hospital::national
