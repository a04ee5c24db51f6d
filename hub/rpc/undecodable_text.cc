#include "hub/rpc/undecodable_text.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

namespace recoup::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// As deep as protobuf itself reads.
constexpr int kDepthMax = 100;

// Wire types: https://protobuf.dev/programming-guides/encoding/
enum WireType { kVarint = 0, kEightBytes = 1, kLengthDelimited = 2, kFourBytes = 5 };

void MarkText(std::span<char> text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    UChar32 character = 0;
    U8_NEXT(bytes, at, text.size(), character);
    if (character < 0) {
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(start),
                text.begin() + static_cast<std::ptrdiff_t>(at), kUndecodable);
    }
  }
}

class WireWalk {
 public:
  explicit WireWalk(std::span<char> bytes) : bytes_(bytes) {}

  bool Mark(const Descriptor& message, int depth) {
    while (!bytes_.empty()) {
      const std::optional<std::uint64_t> tag = Varint();
      if (!tag) return false;
      const auto number = static_cast<int>(*tag >> 3);
      switch (*tag & 7) {
        case kVarint:
          if (!Varint()) return false;
          break;
        case kEightBytes:
          if (!Take(8)) return false;
          break;
        case kFourBytes:
          if (!Take(4)) return false;
          break;
        case kLengthDelimited:
          if (!MarkValue(message.FindFieldByNumber(number), depth)) return false;
          break;
        default:
          return false;  // Groups, which proto3 has not.
      }
    }
    return true;
  }

 private:
  bool MarkValue(const FieldDescriptor* field, int depth) {
    const std::optional<std::uint64_t> length = Varint();
    if (!length) return false;
    const std::optional<std::span<char>> value = Take(*length);
    if (!value) return false;
    if (field == nullptr) return true;
    if (field->type() == FieldDescriptor::TYPE_STRING) MarkText(*value);
    if (field->type() != FieldDescriptor::TYPE_MESSAGE) return true;
    return depth < kDepthMax && WireWalk(*value).Mark(*field->message_type(), depth + 1);
  }
  std::optional<std::uint64_t> Varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = Take(1);
      if (!byte) return std::nullopt;
      const auto bits = static_cast<unsigned char>(byte->front());
      value |= static_cast<std::uint64_t>(bits & 0x7F) << shift;
      if (bits < 0x80) return value;
    }
    return std::nullopt;
  }
  std::optional<std::span<char>> Take(std::uint64_t count) {
    if (count > bytes_.size()) return std::nullopt;
    const std::span<char> taken = bytes_.first(static_cast<std::size_t>(count));
    bytes_ = bytes_.subspan(static_cast<std::size_t>(count));
    return taken;
  }

  std::span<char> bytes_;  // What was not read yet.
};

}  // namespace

bool MarkUndecodableText(const Descriptor& message, std::string& bytes) {
  return WireWalk(std::span<char>(bytes)).Mark(message, 0);
}

}  // namespace recoup::rpc
