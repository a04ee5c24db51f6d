// MLLP: a stream of bytes taken apart into blocks, <VT> message <FS><CR> (HL7 v2.5.1 appendix
// C 4.3).
//
// Blocks may arrive split or several at once. What senders get wrong is told, never guessed away:
// a block whose end never came is cut, and no cut block is a message. Keeps at most one block of
// `bytes_max` in memory, whatever arrives. Not thread-safe.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_FRAMES_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_FRAMES_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace recoup::hospital::hl7 {

enum class FrameKind {
  kWhole,
  kNoStart,   // Begins with MSH and has an end block, only the start block is missing: whole.
  kCut,       // The next start block came before the end block.
  kTooLarge,  // Only the beginning is kept, enough to answer it.
};

struct Frame {
  FrameKind kind = FrameKind::kWhole;
  std::string bytes;  // Without the start and end blocks.
};

class FrameReader {
 public:
  explicit FrameReader(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  void Feed(std::string_view bytes, const std::function<void(Frame)>& on_frame);
  // A block has begun and not ended.
  bool in_frame() const { return in_block_ || !stray_.empty(); }
  // Bytes outside blocks that were passed over, other than line ends.
  std::size_t stray_bytes() const { return stray_bytes_; }

 private:
  void FeedBlock(std::string_view& bytes, const std::function<void(Frame)>& on_frame);
  void FeedOutside(std::string_view& bytes, const std::function<void(Frame)>& on_frame);
  void Keep(std::string_view part);
  void End(FrameKind kind, const std::function<void(Frame)>& on_frame);

  const std::size_t bytes_max_;
  bool in_block_ = false;
  bool too_large_ = false;
  std::string block_;
  std::string stray_;  // What may be a message without its start block.
  std::size_t stray_bytes_ = 0;
};

// The bytes of one block, ready to send.
std::string Framed(std::string_view message);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_FRAMES_H_
