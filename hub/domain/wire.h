// Records to bytes and back: protobuf wire format, driven by VisitFields (fields.h).
//
// Encode is deterministic: fields in order, empty values left out. Decode skips fields it does not
// know, so an older program reads what a newer one wrote, and refuses malformed bytes. Numbers are
// zig-zag varints. A field that is a std::string_view reads into the bytes it was decoded from.
#ifndef RECOUP_HUB_DOMAIN_WIRE_H_
#define RECOUP_HUB_DOMAIN_WIRE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/base/ids.h"
#include "hub/domain/fields.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"

namespace recoup::domain {

template <Record R>
std::string Encode(const R& record);

// On error the record holds an unspecified mixture and must not be used.
template <Record R>
absl::Status Decode(std::string_view bytes, R& record);

namespace wire {

void AppendVarint(std::uint64_t value, std::string& out);
// Takes a varint off the front of `bytes`; false when it is truncated or too long.
bool TakeVarint(std::string_view& bytes, std::uint64_t& value);
bool TakeBytes(std::string_view& bytes, std::string_view& value);
// Skips one field of the given wire type.
bool Skip(std::string_view& bytes, unsigned wire_type);

inline std::uint64_t ZigZag(std::int64_t v) {
  return (static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63);
}
inline std::int64_t UnZigZag(std::uint64_t v) {
  return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
}

inline std::int64_t DayNumber(absl::CivilDay day) { return day - absl::CivilDay(1970, 1, 1); }
absl::CivilDay DayOfNumber(std::int64_t number);

template <typename T>
struct IsTypedId : std::false_type {};
template <typename Tag>
struct IsTypedId<TypedId<Tag>> : std::true_type {};
template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};
template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

// Values that are one number on the wire.
template <typename T>
inline constexpr bool kIsNumber =
    std::is_integral_v<T> || std::is_enum_v<T> || std::is_same_v<T, Money> ||
    std::is_same_v<T, absl::Time> || std::is_same_v<T, absl::CivilDay>;

template <typename T>
std::int64_t ToNumber(const T& value) {
  if constexpr (std::is_same_v<T, Money>) {
    return value.fen();
  } else if constexpr (std::is_same_v<T, absl::Time>) {
    return absl::ToUnixMicros(value);
  } else if constexpr (std::is_same_v<T, absl::CivilDay>) {
    return DayNumber(value);
  } else {
    return static_cast<std::int64_t>(value);
  }
}

template <typename T>
bool FromNumber(std::int64_t number, T& value) {
  if constexpr (std::is_same_v<T, Money>) {
    const auto money = Money::Create(number);
    if (!money.ok()) return false;
    value = *money;
  } else if constexpr (std::is_same_v<T, absl::Time>) {
    value = absl::FromUnixMicros(number);
  } else if constexpr (std::is_same_v<T, absl::CivilDay>) {
    value = DayOfNumber(number);
  } else {
    value = static_cast<T>(number);
  }
  return true;
}

template <typename T>
std::string ToText(const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    return value;
  } else if constexpr (std::is_same_v<T, Id>) {
    return value.is_nil() ? std::string() : value.ToBytes();
  } else if constexpr (IsTypedId<T>::value) {
    return value.is_nil() ? std::string() : value.value.ToBytes();
  } else if constexpr (std::is_same_v<T, PoolId> || std::is_same_v<T, PartyId>) {
    return value.value;
  } else {
    return Encode(value);
  }
}

template <typename T>
bool FromText(std::string_view bytes, T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    value = std::string(bytes);
    return true;
  } else if constexpr (std::is_same_v<T, std::string_view>) {
    value = bytes;
    return true;
  } else if constexpr (std::is_same_v<T, Id> || IsTypedId<T>::value) {
    const auto id = Id::FromBytes(bytes);
    if (!id) return false;
    if constexpr (std::is_same_v<T, Id>) {
      value = *id;
    } else {
      value.value = *id;
    }
    return true;
  } else if constexpr (std::is_same_v<T, PoolId> || std::is_same_v<T, PartyId>) {
    value.value = std::string(bytes);
    return true;
  } else {
    return Decode(bytes, value).ok();
  }
}

class Encoder {
 public:
  explicit Encoder(std::string& out) : out_(out) {}

  template <typename T>
  void operator()(int number, const char* /*name*/, const T& value) {
    if constexpr (IsVector<T>::value) {
      for (const auto& element : value) Append(number, element, /*even_if_empty=*/true);
    } else if constexpr (IsOptional<T>::value) {
      if (value.has_value()) Append(number, *value, /*even_if_empty=*/true);
    } else {
      Append(number, value, /*even_if_empty=*/false);
    }
  }

 private:
  template <typename T>
  void Append(int number, const T& value, bool even_if_empty) {
    const auto tag = static_cast<std::uint64_t>(number) << 3;
    if constexpr (kIsNumber<T>) {
      const std::int64_t n = ToNumber(value);
      if (n == 0 && !even_if_empty) return;
      AppendVarint(tag, out_);
      AppendVarint(ZigZag(n), out_);
    } else {
      const std::string text = ToText(value);
      if (text.empty() && !even_if_empty) return;
      AppendVarint(tag | 2, out_);
      AppendVarint(text.size(), out_);
      out_ += text;
    }
  }

  std::string& out_;
};

// Offers one field from the wire to the record; the field with the same number takes it.
class Decoder {
 public:
  Decoder(int number, unsigned wire_type, std::uint64_t varint, std::string_view text)
      : number_(number), wire_type_(wire_type), varint_(varint), text_(text) {}

  template <typename T>
  void operator()(int number, const char* /*name*/, T& value) {
    if (number != number_) return;
    if constexpr (IsVector<T>::value) {
      Take(value.emplace_back());
    } else if constexpr (IsOptional<T>::value) {
      Take(value.emplace());
    } else {
      Take(value);
    }
  }
  bool ok() const { return ok_; }

 private:
  template <typename T>
  void Take(T& value) {
    if constexpr (kIsNumber<T>) {
      ok_ = ok_ && wire_type_ == 0 && FromNumber(UnZigZag(varint_), value);
    } else {
      ok_ = ok_ && wire_type_ == 2 && FromText(text_, value);
    }
  }

  int number_;
  unsigned wire_type_;
  std::uint64_t varint_;
  std::string_view text_;
  bool ok_ = true;
};

}  // namespace wire

template <Record R>
std::string Encode(const R& record) {
  std::string out;
  wire::Encoder encoder(out);
  R::VisitFields(record, encoder);
  return out;
}

template <Record R>
absl::Status Decode(std::string_view bytes, R& record) {
  while (!bytes.empty()) {
    std::uint64_t tag = 0;
    if (!wire::TakeVarint(bytes, tag)) return absl::DataLossError("truncated record");
    const auto wire_type = static_cast<unsigned>(tag & 7);
    const auto number = static_cast<int>(tag >> 3);
    std::uint64_t varint = 0;
    std::string_view text;
    if (wire_type == 0) {
      if (!wire::TakeVarint(bytes, varint)) return absl::DataLossError("truncated record");
    } else if (wire_type == 2) {
      if (!wire::TakeBytes(bytes, text)) return absl::DataLossError("truncated record");
    } else {
      if (!wire::Skip(bytes, wire_type)) return absl::DataLossError("malformed record");
      continue;
    }
    wire::Decoder decoder(number, wire_type, varint, text);
    R::VisitFields(record, decoder);
    if (!decoder.ok()) return absl::DataLossError("malformed record");
  }
  return absl::OkStatus();
}

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_WIRE_H_
