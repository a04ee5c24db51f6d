#include <utility>
#include <vector>

#include "adapters/hospital/hl7/frames.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace recoup::hospital::hl7 {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

using Frames = std::vector<std::pair<FrameKind, std::string>>;

// What comes out of `bytes` when they arrive `step` at a time.
Frames FramesOf(std::string_view bytes, std::size_t step, std::size_t bytes_max = 1000) {
  FrameReader reader(bytes_max);
  Frames frames;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.Feed(bytes.substr(at, step),
                [&](Frame frame) { frames.emplace_back(frame.kind, std::move(frame.bytes)); });
  }
  return frames;
}

struct Row {
  const char* what;
  std::string bytes;
  Frames frames;
};

TEST(FrameReaderTest, BlocksAreTheSameHoweverTheyArrive) {
  using std::string_literals::operator""s;
  const std::vector<Row> rows = {
      {"one block", "\x0BMSH|a\x1C\r"s, {{FrameKind::kWhole, "MSH|a"}}},
      {"two in one packet",
       "\x0BMSH|a\x1C\r\x0BMSH|b\x1C\r"s,
       {{FrameKind::kWhole, "MSH|a"}, {FrameKind::kWhole, "MSH|b"}}},
      {"no carriage return after the end",
       "\x0BMSH|a\x1C\x0BMSH|b\x1C"s,
       {{FrameKind::kWhole, "MSH|a"}, {FrameKind::kWhole, "MSH|b"}}},
      {"line ends between blocks",
       "\r\n\x0BMSH|a\x1C\r\n\r\n\x0BMSH|b\x1C\r\n"s,
       {{FrameKind::kWhole, "MSH|a"}, {FrameKind::kWhole, "MSH|b"}}},
      {"no end block",
       "\x0BMSH|a\x0BMSH|b\x1C\r"s,
       {{FrameKind::kCut, "MSH|a"}, {FrameKind::kWhole, "MSH|b"}}},
      {"no start block",
       "MSH|a\x1C\r\x0BMSH|b\x1C\r"s,
       {{FrameKind::kNoStart, "MSH|a"}, {FrameKind::kWhole, "MSH|b"}}},
      {"noise before a block", "hello\x0BMSH|a\x1C\r"s, {{FrameKind::kWhole, "MSH|a"}}},
      {"noise with an end", "hello\x1C\r\x0BMSH|a\x1C\r"s, {{FrameKind::kWhole, "MSH|a"}}},
      {"an empty block", "\x0B\x1C\r"s, {{FrameKind::kWhole, ""}}},
      {"never ended", "\x0BMSH|a"s, {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    for (std::size_t step = 1; step <= row.bytes.size(); ++step) {
      EXPECT_EQ(FramesOf(row.bytes, step), row.frames) << "in steps of " << step;
    }
  }
}

TEST(FrameReaderTest, ATooLargeBlockKeepsItsBeginningAndHarmsNoNeighbour) {
  const std::string large = "\x0BMSH|^~\\&|HIS" + std::string(2000, 'x') + "\x1C\r";
  const Frames frames = FramesOf(large + "\x0BMSH|b\x1C\r", 100, 50);
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].first, FrameKind::kTooLarge);
  EXPECT_TRUE(frames[0].second.starts_with("MSH|^~\\&|HIS"));
  EXPECT_LE(frames[0].second.size(), 4096u);
  EXPECT_THAT(frames[1], Pair(FrameKind::kWhole, "MSH|b"));
  // The limit itself is allowed.
  EXPECT_THAT(FramesOf("\x0B" + std::string(50, 'x') + "\x1C\r", 7, 50),
              ElementsAre(Pair(FrameKind::kWhole, std::string(50, 'x'))));
}

TEST(FrameReaderTest, EndlessNoiseIsCountedAndNotKept) {
  FrameReader reader(100);
  for (int i = 0; i < 1000; ++i) {
    reader.Feed(std::string(100, 'n'), [](Frame) { FAIL() << "noise is no message"; });
  }
  EXPECT_EQ(reader.stray_bytes(), 100'000u);
  Frames frames;
  reader.Feed("\x0BMSH|a\x1C\r",
              [&](Frame frame) { frames.emplace_back(frame.kind, frame.bytes); });
  EXPECT_THAT(frames, ElementsAre(Pair(FrameKind::kWhole, "MSH|a")));
  EXPECT_FALSE(reader.in_frame());
}

TEST(FrameReaderTest, FramedIsReadBack) {
  EXPECT_THAT(FramesOf(Framed("MSH|x"), 1), ElementsAre(Pair(FrameKind::kWhole, "MSH|x")));
}

}  // namespace
}  // namespace recoup::hospital::hl7
