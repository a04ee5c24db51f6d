#include "adapters/hospital/hl7/frames.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace recoup::hospital::hl7 {
namespace {

constexpr char kStart = '\x0B';
constexpr char kEnd = '\x1C';
// The end block is <FS><CR>. A block ends at <FS>: the carriage return, which some senders leave
// out, is then a byte outside blocks.
constexpr std::string_view kBetweenBlocks = "\r\n";
constexpr std::string_view kStartAndEnd = "\x0B\x1C";
// Enough for the header of a message that is refused for its size.
constexpr std::size_t kHeaderBytesKept = 4096;

}  // namespace

void FrameReader::Feed(std::string_view bytes, const std::function<void(Frame)>& on_frame) {
  while (!bytes.empty()) {
    if (in_block_) {
      FeedBlock(bytes, on_frame);
    } else {
      FeedOutside(bytes, on_frame);
    }
  }
}

void FrameReader::Keep(std::string_view part) {
  if (too_large_) return;
  if (block_.size() + part.size() <= bytes_max_) {
    block_.append(part);
    return;
  }
  too_large_ = true;
  if (block_.size() < kHeaderBytesKept) block_.append(part.substr(0, kHeaderBytesKept));
  block_.resize(std::min(block_.size(), kHeaderBytesKept));
  block_.shrink_to_fit();
}

void FrameReader::End(FrameKind kind, const std::function<void(Frame)>& on_frame) {
  Frame frame{too_large_ ? FrameKind::kTooLarge : kind, std::move(block_)};
  block_.clear();
  too_large_ = false;
  in_block_ = false;
  on_frame(std::move(frame));
}

void FrameReader::FeedBlock(std::string_view& bytes, const std::function<void(Frame)>& on_frame) {
  const std::size_t mark = bytes.find_first_of(kStartAndEnd);
  Keep(bytes.substr(0, mark));
  if (mark == std::string_view::npos) {
    bytes = {};
    return;
  }
  // Neither sign occurs inside text of any character set that is read here.
  const bool ended = bytes[mark] == kEnd;
  bytes.remove_prefix(mark + 1);
  End(ended ? FrameKind::kWhole : FrameKind::kCut, on_frame);
  in_block_ = !ended;
}

void FrameReader::FeedOutside(std::string_view& bytes, const std::function<void(Frame)>& on_frame) {
  if (stray_.empty()) {
    const std::size_t begin = bytes.find_first_not_of(kBetweenBlocks);
    bytes.remove_prefix(begin == std::string_view::npos ? bytes.size() : begin);
    if (bytes.empty()) return;
  }
  const std::size_t mark = bytes.find_first_of(kStartAndEnd);
  const std::string_view part = bytes.substr(0, mark);
  stray_bytes_ += part.size();
  if (stray_.size() + part.size() <= bytes_max_) {
    stray_.append(part);
  } else {
    stray_.resize(std::min(stray_.size(), std::size_t{1}));  // Too long to be looked at.
  }
  if (mark == std::string_view::npos) {
    bytes = {};
    return;
  }
  const bool ended = bytes[mark] == kEnd;
  bytes.remove_prefix(mark + 1);
  std::string stray = std::exchange(stray_, {});
  if (ended && stray.starts_with("MSH")) {
    stray_bytes_ -= stray.size();
    on_frame({FrameKind::kNoStart, std::move(stray)});
  }
  in_block_ = !ended;
}

std::string Framed(std::string_view message) {
  return absl::StrCat("\x0B", std::string(message), "\x1C\r");
}

}  // namespace recoup::hospital::hl7
