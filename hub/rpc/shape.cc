#include "hub/rpc/shape.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/timestamp.pb.h"
#include "hub/domain/money.h"
#include "hub/rpc/undecodable_text.h"

namespace recoup::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::size_t kTextBytesMax = 64 * 1024;
constexpr std::size_t kBytesMax = 512 * 1024;
// 0001-01-01 to 9999-12-31, what google.protobuf.Timestamp allows.
constexpr std::int64_t kSecondsMin = -62'135'596'800;
constexpr std::int64_t kSecondsMax = 253'402'300'799;

// What is wrong with one value; nullptr when nothing is.
const char* FaultOf(const FieldDescriptor& field, const std::string& text) {
  if (field.type() == FieldDescriptor::TYPE_BYTES) {
    return text.size() > kBytesMax ? "longer than 512 KiB" : nullptr;
  }
  if (text.size() > kTextBytesMax) return "longer than 64 KiB";
  if (text.find(kUndecodable) != text.npos) return "is not UTF-8";
  if (HoldsControlCharacters(text)) return "holds control characters";
  if (absl::EndsWith(field.name(), "_on") && !text.empty() && !IsDay(text)) {
    return "not a date like 2025-03-25";
  }
  return nullptr;
}

const char* FaultOf(const FieldDescriptor& field, std::int64_t number) {
  if (absl::EndsWith(field.name(), "_fen")) {
    return domain::Money::Create(number).ok() ? nullptr : "beyond 10 trillion yuan";
  }
  if (absl::EndsWith(field.name(), "_bp")) {
    return number < 0 || number > 10'000 ? "not between 0 and 10000" : nullptr;
  }
  const bool counts =
      absl::EndsWith(field.name(), "_size") || absl::EndsWith(field.name(), "_count") ||
      absl::EndsWith(field.name(), "sequence") || absl::EndsWith(field.name(), "sequences");
  return counts && number < 0 ? "negative" : nullptr;
}

const char* FaultOf(const google::protobuf::Timestamp& time) {
  const bool fits = time.seconds() >= kSecondsMin && time.seconds() <= kSecondsMax &&
                    time.nanos() >= 0 && time.nanos() <= 999'999'999;
  return fits ? nullptr : "not a time";
}

class ShapeCheck {
 public:
  explicit ShapeCheck(Faults& faults) : faults_(faults) {}

  void Check(const Message& message, const std::string& prefix) {
    const Reflection& in = *message.GetReflection();
    // Only fields that are set: a field that is not has the right form.
    std::vector<const FieldDescriptor*> fields;
    in.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      if (!field->is_repeated()) {
        CheckValue(message, in, *field, -1, prefix);
        continue;
      }
      for (int i = 0; i < in.FieldSize(message, field); ++i) {
        CheckValue(message, in, *field, i, prefix);
      }
    }
  }

 private:
  // `index` is -1 for a field that is not repeated.
  void CheckValue(const Message& message, const Reflection& in, const FieldDescriptor& field,
                  int index, const std::string& prefix) {
    const auto path = [&] {
      return index < 0 ? prefix + field.name()
                       : absl::StrCat(prefix, field.name(), "[", index, "]");
    };
    const char* fault = nullptr;
    std::string scratch;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        fault = FaultOf(
            field, index < 0 ? in.GetStringReference(message, &field, &scratch)
                             : in.GetRepeatedStringReference(message, &field, index, &scratch));
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        fault = FaultOf(field, index < 0 ? in.GetInt64(message, &field)
                                         : in.GetRepeatedInt64(message, &field, index));
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        fault = FaultOf(field, index < 0 ? in.GetInt32(message, &field)
                                         : in.GetRepeatedInt32(message, &field, index));
        break;
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number = index < 0 ? in.GetEnumValue(message, &field)
                                     : in.GetRepeatedEnumValue(message, &field, index);
        if (field.enum_type()->FindValueByNumber(number) == nullptr) {
          fault = "not a value of this program";
        }
        break;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        const Message& child = index < 0 ? in.GetMessage(message, &field)
                                         : in.GetRepeatedMessage(message, &field, index);
        if (child.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
          fault = FaultOf(static_cast<const google::protobuf::Timestamp&>(child));
        } else {
          Check(child, path() + ".");
        }
        break;
      }
      case FieldDescriptor::CPPTYPE_BOOL:
      case FieldDescriptor::CPPTYPE_UINT32:
      case FieldDescriptor::CPPTYPE_UINT64:
      case FieldDescriptor::CPPTYPE_FLOAT:
      case FieldDescriptor::CPPTYPE_DOUBLE:
        break;
    }
    if (fault != nullptr) faults_.Add(path(), fault);
  }

  Faults& faults_;
};

}  // namespace

bool IsDay(std::string_view text) {
  absl::CivilDay day;
  const std::string copy(text);
  // ParseCivilTime normalises, so 2025-02-30 would become 2 March: printing it again shows that.
  return copy.size() == 10 && absl::ParseCivilTime(copy, &day) &&
         absl::FormatCivilTime(day) == copy;
}

bool HoldsControlCharacters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
  });
}

void CheckShape(const Message& request, Faults& faults) { ShapeCheck(faults).Check(request, ""); }

absl::Status WithShapeFaults(const Message& request, const absl::Status& refusal) {
  Faults shape;
  CheckShape(request, shape);
  if (shape.empty()) return refusal;
  Faults all;
  const std::vector<FieldFault> named = DetailOf(refusal).faults;
  for (const FieldFault& fault : named) all.Add(fault.field, fault.description);
  for (const FieldFault& fault : shape.all()) {
    const bool known = std::any_of(named.begin(), named.end(), [&](const FieldFault& other) {
      return other.field == fault.field;
    });
    if (!known) all.Add(fault.field, fault.description);
  }
  return all.ToStatus();
}

}  // namespace recoup::rpc
