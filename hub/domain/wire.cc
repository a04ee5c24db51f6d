#include "hub/domain/wire.h"

namespace recoup::domain::wire {

void AppendVarint(std::uint64_t value, std::string& out) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

bool TakeVarint(std::string_view& bytes, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (bytes.empty()) return false;
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return true;
  }
  return false;
}

bool TakeBytes(std::string_view& bytes, std::string_view& value) {
  std::uint64_t size = 0;
  if (!TakeVarint(bytes, size) || size > bytes.size()) return false;
  value = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

bool Skip(std::string_view& bytes, unsigned wire_type) {
  const std::size_t width = wire_type == 1 ? 8 : wire_type == 5 ? 4 : 0;
  if (width == 0 || bytes.size() < width) return false;
  bytes.remove_prefix(width);
  return true;
}

}  // namespace recoup::domain::wire
