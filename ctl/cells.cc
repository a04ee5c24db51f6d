#include "ctl/cells.h"

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "adapters/common/format.h"
#include "ctl/account_label.h"
#include "ctl/labels.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/timestamp.pb.h"

namespace recoup::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsTime(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type()->full_name() == "google.protobuf.Timestamp";
}

bool IsAccount(const FieldDescriptor& field) {
  return field.name() == "account" || field.name() == "debit_account" ||
         field.name() == "credit_account";
}

std::string FormatInteger(const FieldDescriptor& field, std::int64_t value) {
  if (absl::EndsWith(field.name(), "_fen")) return adapters::FormatYuan(value);
  if (absl::EndsWith(field.name(), "_bp")) {
    return absl::StrFormat("%d.%02d%%", value / 100, value % 100);
  }
  return absl::StrCat(value);
}

std::string FormatTimestamp(const Message& message) {
  const auto* stamp = dynamic_cast<const google::protobuf::Timestamp*>(&message);
  if (stamp == nullptr) return "";
  return adapters::FormatChinaTime(absl::FromUnixSeconds(stamp->seconds()) +
                                   absl::Nanoseconds(stamp->nanos()));
}

}  // namespace

bool IsAmount(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_INT64 && absl::EndsWith(field.name(), "_fen");
}
bool IsScalar(const FieldDescriptor& field) {
  return field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || IsTime(field);
}

std::string FormatValue(const Message& message, const FieldDescriptor& field, int index) {
  const auto* reflection = message.GetReflection();
  const bool is_element = index >= 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return FormatInteger(field, is_element ? reflection->GetRepeatedInt32(message, &field, index)
                                             : reflection->GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return FormatInteger(field, is_element ? reflection->GetRepeatedInt64(message, &field, index)
                                             : reflection->GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumLabel(is_element ? *reflection->GetRepeatedEnum(message, &field, index)
                                  : *reflection->GetEnum(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return (is_element ? reflection->GetRepeatedBool(message, &field, index)
                         : reflection->GetBool(message, &field))
                 ? "是"
                 : "否";
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = is_element ? reflection->GetRepeatedString(message, &field, index)
                                          : reflection->GetString(message, &field);
      if (field.type() == FieldDescriptor::TYPE_BYTES) return absl::BytesToHexString(text);
      return IsAccount(field) ? AccountLabel(text) : text;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FormatTimestamp(is_element ? reflection->GetRepeatedMessage(message, &field, index)
                                        : reflection->GetMessage(message, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return "";  // The API has none.
  }
  return "";
}

std::string FormatScalar(const Message& message, const FieldDescriptor& field) {
  if (!field.is_repeated()) {
    // What was not given stays empty instead of showing a zero that nobody stated.
    if (field.has_presence() && !message.GetReflection()->HasField(message, &field)) return "";
    return FormatValue(message, field, -1);
  }
  std::string joined;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    absl::StrAppend(&joined, i == 0 ? "" : "、", FormatValue(message, field, i));
  }
  return joined;
}

std::optional<Found> Walk(const Message& row, std::string_view path) {
  const Message* message = &row;
  for (;;) {
    const std::size_t dot = path.find('.');
    const FieldDescriptor* field =
        message->GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
    if (field == nullptr) return std::nullopt;
    if (dot == std::string_view::npos) return Found{message, field};
    if (!message->GetReflection()->HasField(*message, field)) return std::nullopt;
    message = &message->GetReflection()->GetMessage(*message, field);
    path.remove_prefix(dot + 1);
  }
}

bool Total::Counts(const Message& row) {
  const FieldDescriptor* state = row.GetDescriptor()->FindFieldByName("state");
  if (state == nullptr || state->is_repeated() || state->enum_type() == nullptr) return true;
  const google::protobuf::EnumValueDescriptor& value = *row.GetReflection()->GetEnum(row, state);
  if (!absl::EndsWith(value.name(), "_STATE_REVERSED") &&
      !absl::EndsWith(value.name(), "_STATE_WITHDRAWN") &&
      !absl::EndsWith(value.name(), "_STATE_CANDIDATE")) {
    return true;
  }
  left_out_.insert(EnumLabel(value));
  return false;
}

std::string Total::Label() const {
  if (left_out_.empty()) return "合计";
  return absl::StrCat("合计（不含", absl::StrJoin(left_out_, "、"), "）");
}

std::string TitleOf(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return FieldLabel(path);
  const std::string_view last = path.substr(dot + 1);
  return last == "name" || last == "display_name" ? FieldLabel(path.substr(0, dot))
                                                  : FieldLabel(last);
}

}  // namespace recoup::ctl
