// However bytes arrive, the same blocks come out of them, and no more than the limit is kept.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/hospital/hl7/acknowledgement.h"
#include "adapters/hospital/hl7/batch.h"
#include "adapters/hospital/hl7/frames.h"
#include "hub/base/check.h"

namespace {

namespace hl7 = recoup::hospital::hl7;

constexpr std::size_t kBytesMax = 64;

std::vector<std::string> BlocksOf(std::string_view bytes, std::size_t step) {
  hl7::FrameReader reader(kBytesMax);
  std::vector<std::string> blocks;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.Feed(bytes.substr(at, step), [&](hl7::Frame frame) {
      if (frame.kind != hl7::FrameKind::kTooLarge) RECOUP_CHECK(frame.bytes.size() <= kBytesMax);
      const bool large = frame.kind == hl7::FrameKind::kTooLarge;
      blocks.push_back(large ? "too large"
                             : std::to_string(static_cast<int>(frame.kind)) + frame.bytes);
    });
  }
  return blocks;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::vector<std::string> blocks = BlocksOf(bytes, size + 1);
  RECOUP_CHECK(BlocksOf(bytes, 1) == blocks);
  RECOUP_CHECK(BlocksOf(bytes, 7) == blocks);
  // What was received is answered, whatever it is, and the answer is one block per message.
  const hl7::Outcome outcome{absl::InvalidArgumentError("no"), "未收", absl::UnixEpoch(), "id"};
  for (const std::string_view message : hl7::MessagesOf(bytes)) {
    for (const std::string& answer :
         hl7::AcknowledgementsFor(hl7::HeaderToAnswer(message), outcome)) {
      RECOUP_CHECK(answer.starts_with("MSH"));
    }
  }
  return 0;
}
