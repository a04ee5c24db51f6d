#include "ctl/fields.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "ctl/labels.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/json_util.h"
#include "hub/base/clock.h"
#include "hub/base/read_file.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/sha256.h"
#include "hub/crypto/signing.h"
#include "hub/domain/money.h"

namespace recoup::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Target {
  const FieldDescriptor& field;
  absl::Time now;
  const std::string& place;
  Message& message;
  Faults& faults;

  void Fault(std::string description) const { faults.Add(place, std::move(description)); }
};

bool Ends(const FieldDescriptor& field, const char* suffix) {
  return absl::EndsWith(field.name(), suffix);
}

// One setter for singular and repeated fields.
#define RECOUP_SET(target, Type, value)                                 \
  do {                                                                  \
    const auto* reflection = (target).message.GetReflection();          \
    if ((target).field.is_repeated()) {                                 \
      reflection->Add##Type(&(target).message, &(target).field, value); \
    } else {                                                            \
      reflection->Set##Type(&(target).message, &(target).field, value); \
    }                                                                   \
  } while (false)

std::optional<std::int64_t> ParseBasisPoints(std::string_view text) {
  if (!text.ends_with('%')) {
    std::int64_t points = 0;
    if (!absl::SimpleAtoi(std::string(text), &points)) return std::nullopt;
    return points;
  }
  // Percent have two decimals, as yuan have, so 70.5 % are 7050.
  const auto percent = domain::Money::FromYuan(text.substr(0, text.size() - 1));
  if (!percent.ok()) return std::nullopt;
  return percent->fen();
}

std::optional<std::int64_t> ParseInteger(const Target& target, std::string_view text) {
  if (Ends(target.field, "_fen")) {
    const auto money = domain::Money::FromYuan(text);
    if (money.ok()) return money->fen();
    target.Fault("必须是以元计的金额，如 1234.50 / must be an amount in yuan");
    return std::nullopt;
  }
  if (Ends(target.field, "_bp")) {
    const auto points = ParseBasisPoints(text);
    if (!points.has_value()) target.Fault("必须是比例，如 70% / must be a share like 70%");
    return points;
  }
  std::int64_t value = 0;
  if (absl::SimpleAtoi(std::string(text), &value)) return value;
  target.Fault("必须是整数 / must be an integer");
  return std::nullopt;
}

void SetInteger(const Target& target, std::string_view text) {
  const std::optional<std::int64_t> value = ParseInteger(target, text);
  if (!value.has_value()) return;
  if (target.field.cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
    RECOUP_SET(target, Int64, *value);
  } else if (*value < INT32_MIN || *value > INT32_MAX) {
    target.Fault("数值超出范围 / is out of range");
  } else {
    RECOUP_SET(target, Int32, static_cast<std::int32_t>(*value));
  }
}

std::string Choices(const FieldDescriptor& field) {
  std::string choices;
  for (int i = 0; i < field.enum_type()->value_count(); ++i) {
    const EnumValueDescriptor& value = *field.enum_type()->value(i);
    if (value.number() == 0) continue;
    absl::StrAppend(&choices, choices.empty() ? "" : "|",
                    absl::AsciiStrToLower(EnumShortName(value)));
  }
  return choices;
}

void SetEnum(const Target& target, std::string_view text) {
  const std::string wanted =
      absl::AsciiStrToUpper(absl::StrReplaceAll(std::string(text), {{"-", "_"}}));
  for (int i = 0; i < target.field.enum_type()->value_count(); ++i) {
    const EnumValueDescriptor& value = *target.field.enum_type()->value(i);
    const bool named =
        EnumShortName(value) == wanted || value.name() == wanted || EnumLabel(value) == text;
    if (value.number() == 0 || !named) continue;
    RECOUP_SET(target, Enum, &value);
    return;
  }
  target.Fault(absl::StrCat("必须是其中之一 / must be one of ", Choices(target.field)));
}

void SetDateOrText(const Target& target, std::string_view text) {
  std::string value(text);
  if (Ends(target.field, "_on")) {
    if (value == "today") value = absl::FormatCivilTime(ChinaDate(target.now));
    absl::CivilDay day;
    if (!absl::ParseCivilTime(value, &day) || absl::FormatCivilTime(day) != value) {
      target.Fault("必须是日期，如 2026-03-05 / must be a date");
      return;
    }
  }
  RECOUP_SET(target, String, value);
}

void SetTime(const Target& target, std::string_view text) {
  absl::Time time = target.now;
  std::string error;
  const std::string value(text);
  const bool understood =
      value == "now" || absl::ParseTime(absl::RFC3339_full, value, &time, &error) ||
      absl::ParseTime("%Y-%m-%d %H:%M:%S", value, ChinaTimeZone(), &time, &error) ||
      absl::ParseTime("%Y-%m-%d %H:%M", value, ChinaTimeZone(), &time, &error) ||
      absl::ParseTime("%Y-%m-%d", value, ChinaTimeZone(), &time, &error);
  if (!understood) {
    target.Fault("必须是时间，如 2026-03-05 14:07 / must be a time");
    return;
  }
  const std::int64_t micros = absl::ToUnixMicros(time);
  auto* stamp = dynamic_cast<google::protobuf::Timestamp*>(
      target.message.GetReflection()->MutableMessage(&target.message, &target.field));
  if (stamp == nullptr) return;
  std::int64_t seconds = micros / 1'000'000;
  std::int64_t rest = micros % 1'000'000;
  if (rest < 0) {  // Before 1970.
    rest += 1'000'000;
    --seconds;
  }
  stamp->set_seconds(seconds);
  stamp->set_nanos(static_cast<std::int32_t>(rest * 1000));
}

void SetBytes(const Target& target, std::string_view text) {
  if (!text.starts_with('@')) {
    const std::string hex(text);
    const bool is_hex =
        hex.size() % 2 == 0 && hex.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (is_hex) {
      RECOUP_SET(target, String, absl::HexStringToBytes(hex));
    } else {
      target.Fault("必须是十六进制或 @文件 / must be hex or @FILE");
    }
    return;
  }
  const absl::StatusOr<std::string> content = ReadFile(std::string(text.substr(1)));
  if (!content.ok()) {
    target.Fault("文件无法读取 / the file cannot be read");
    return;
  }
  if (target.field.name() == "public_key") {
    const auto key = crypto::VerifyKey::FromPem(*content);
    if (key.ok()) {
      RECOUP_SET(target, String, std::string(crypto::AsView(key->bytes())));
    } else {
      target.Fault("文件不是 Ed25519 公钥 / the file holds no Ed25519 public key");
    }
    return;
  }
  const crypto::Digest digest = crypto::Sha256Hasher().Update(*content).Finish();
  RECOUP_SET(target, String, std::string(crypto::AsView(digest)));
}

const FieldDescriptor* FindByFlag(const Descriptor& type, std::string_view name) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->name() == name || FlagOf(*type.field(i)) == name) return type.field(i);
  }
  return nullptr;
}

// "debtor.kind" of a share: walks to the message that holds the last field.
void SetPath(Message& message, std::string_view path, std::string_view text, absl::Time now,
             const std::string& place, Faults& faults) {
  Message* holder = &message;
  for (;;) {
    const std::size_t dot = path.find('.');
    const FieldDescriptor* field = FindByFlag(*holder->GetDescriptor(), path.substr(0, dot));
    const bool is_last = dot == std::string_view::npos;
    const bool is_walkable = field != nullptr && !field->is_repeated() &&
                             field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (field == nullptr || (!is_last && !is_walkable)) {
      faults.Add(place, "没有此字段 / there is no such field");
      return;
    }
    if (is_last) return SetField(*field, text, now, place, *holder, faults);
    holder = holder->GetReflection()->MutableMessage(holder, field);
    path.remove_prefix(dot + 1);
  }
}

void SetMessage(const Target& target, std::string_view text) {
  const auto* reflection = target.message.GetReflection();
  Message& part = target.field.is_repeated()
                      ? *reflection->AddMessage(&target.message, &target.field)
                      : *reflection->MutableMessage(&target.message, &target.field);
  if (auto* mask = dynamic_cast<google::protobuf::FieldMask*>(&part)) {
    for (absl::string_view path : absl::StrSplit(std::string(text), ',', absl::SkipEmpty())) {
      mask->add_paths(std::string(path));
    }
    return;
  }
  if (text.starts_with('{')) {
    const auto parsed = google::protobuf::util::JsonStringToMessage(std::string(text), &part);
    if (!parsed.ok()) target.Fault("JSON 无法读取 / is no JSON of this message");
    return;
  }
  for (absl::string_view pair : absl::StrSplit(std::string(text), ',', absl::SkipEmpty())) {
    const std::pair<std::string, std::string> halves =
        absl::StrSplit(pair, absl::MaxSplits('=', 1));
    SetPath(part, halves.first, halves.second, target.now,
            absl::StrCat(target.place, ".", halves.first), target.faults);
  }
}

}  // namespace

std::string FlagOf(const FieldDescriptor& field) {
  std::string name = field.name();
  for (const std::string_view unit : {"_fen", "_on", "_bp", "_time"}) {
    if (name.size() > unit.size() && name.ends_with(unit)) {
      name.erase(name.size() - unit.size());
      break;
    }
  }
  return absl::StrReplaceAll(name, {{"_", "-"}});
}

void SetField(const FieldDescriptor& field, std::string_view text, absl::Time now,
              const std::string& place, Message& message, Faults& faults) {
  const Target target{field, now, place, message, faults};
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return SetInteger(target, text);
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(target, text);
    case FieldDescriptor::CPPTYPE_BOOL:
      if (text == "true" || text == "false") {
        RECOUP_SET(target, Bool, text == "true");
      } else {
        target.Fault("必须是 true 或 false / must be true or false");
      }
      return;
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? SetBytes(target, text)
                                                         : SetDateOrText(target, text);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Ends(field, "_time") ? SetTime(target, text) : SetMessage(target, text);
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return target.Fault("不支持的字段类型 / a field of this type cannot be given");
  }
}

std::string ValueHint(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return Choices(field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true|false";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (Ends(field, "_time")) return "TIME";
      return Ends(field, "_mask") ? "PATHS" : "KEY=VALUE,…|JSON";
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_BYTES) return "HEX|@FILE";
      return Ends(field, "_on") ? "DATE" : "TEXT";
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      if (Ends(field, "_fen")) return "YUAN";
      return Ends(field, "_bp") ? "PERCENT" : "NUMBER";
  }
  return "TEXT";
}

}  // namespace recoup::ctl
