// Views between text and the unsigned bytes that cryptographic functions take, and big-endian
// integers in byte strings.
#ifndef RECOUP_HUB_CRYPTO_BYTES_H_
#define RECOUP_HUB_CRYPTO_BYTES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace recoup::crypto {

inline const std::uint8_t* Data(std::string_view bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}
inline std::uint8_t* MutableData(std::string& bytes) {
  return reinterpret_cast<std::uint8_t*>(bytes.data());
}

template <std::size_t size>
std::string_view AsView(const std::array<std::uint8_t, size>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

// Appends the low `width` bytes of the value, most significant first.
inline void AppendBigEndian(std::uint64_t value, int width, std::string& out) {
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(value >> shift)));
  }
}

// Reads all of `bytes`, at most eight.
inline std::uint64_t ReadBigEndian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = (value << 8) | static_cast<std::uint8_t>(byte);
  return value;
}

}  // namespace recoup::crypto

#endif  // RECOUP_HUB_CRYPTO_BYTES_H_
