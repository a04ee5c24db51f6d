#include "adapters/common/paper/qr_code.h"

#include <qrencode.h>

#include <memory>

#include "hub/base/error.h"

namespace recoup::adapters {

absl::StatusOr<QrCode> MakeQrCode(std::string_view payload) {
  constexpr std::size_t kPayloadMax = 2331;  // ISO/IEC 18004, version 40-M, bytes.
  if (payload.empty() || payload.size() > kPayloadMax) {
    return MakeError(Reason::kTooLarge, "a QR code holds from 1 to 2,331 bytes");
  }
  constexpr int kSmallestThatFits = 0;
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeData(static_cast<int>(payload.size()),
                        reinterpret_cast<const unsigned char*>(payload.data()), kSmallestThatFits,
                        QR_ECLEVEL_M),
      &QRcode_free);
  if (code == nullptr) return MakeError(Reason::kInternal, "no memory for the QR code");
  QrCode out;
  out.side = code->width;
  const auto modules =
      static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  for (std::size_t i = 0; i < modules; ++i) out.black.push_back((code->data[i] & 1) != 0);
  return out;
}

}  // namespace recoup::adapters
