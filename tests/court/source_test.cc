#include "adapters/court/source.h"

#include <gtest/gtest.h>

#include "hub/base/error.h"

namespace recoup::court {
namespace {

using namespace std::string_literals;

struct Encoded {
  const char* what;
  std::string bytes;
};

TEST(DecodeText, ReadsTheSameTextInEveryEncoding) {
  const Encoded cases[] = {
      {"UTF-8", "原告2元"},
      {"UTF-8 with mark", "\xEF\xBB\xBF原告2元"},
      {"UTF-16LE with mark", "\xFF\xFE\x9F\x53\x4A\x54\x32\x00\x43\x51"s},
      {"UTF-16BE with mark", "\xFE\xFF\x53\x9F\x54\x4A\x00\x32\x51\x43"s},
      {"UTF-16LE", "\x9F\x53\x4A\x54\x32\x00\x43\x51"s},
      {"UTF-16BE", "\x53\x9F\x54\x4A\x00\x32\x51\x43"s},
      {"GB18030", "\xD4\xAD\xB8\xE6\x32\xD4\xAA"},
  };
  for (const Encoded& c : cases) {
    const auto text = DecodeText(c.bytes);
    ASSERT_TRUE(text.ok()) << c.what;
    EXPECT_EQ(*text, U"原告2元") << c.what;
  }
}

TEST(DecodeText, RefusesWhatIsNoText) {
  EXPECT_EQ(ReasonOf(DecodeText("").status()), Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(DecodeText("\xFF\xFE\x00\xD8"s).status()), Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(DecodeText("\x81").status()), Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(DecodeText(std::string(kSourceBytesMax + 1, 'a')).status()),
            Reason::kTooLarge);
}

TEST(EncodeUtf8, CoversEveryLength) {
  EXPECT_EQ(EncodeUtf8(U"a\u00E9元\U00020BB7"), "aé元𠮷");
  EXPECT_EQ(*DecodeText("aé元𠮷"), U"a\u00E9元\U00020BB7");
}

}  // namespace
}  // namespace recoup::court
