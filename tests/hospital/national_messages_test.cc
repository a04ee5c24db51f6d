// Files that hold several messages of the national interface.
#include <string>

#include "adapters/hospital/national/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace recoup::hospital::national {
namespace {

using ::testing::ElementsAre;

TEST(NationalMessagesTest, AListIsItsMessages) {
  EXPECT_THAT(MessagesOf("\xEF\xBB\xBF[ {\"a\":1},\n{\"b\":[{}]} ]\n"),
              ElementsAre("{\"a\":1}", "{\"b\":[{}]}"));
  EXPECT_THAT(MessagesOf("[{\"a\":1},]"), ElementsAre("{\"a\":1}"));
}

TEST(NationalMessagesTest, MessagesMayFollowEachOther) {
  EXPECT_THAT(MessagesOf("{\"a\":1}\n{\"b\":2}\r\n\r\n{\"c\":3}"),
              ElementsAre("{\"a\":1}", "{\"b\":2}", "{\"c\":3}"));
  EXPECT_THAT(MessagesOf("{\"a\":\"}\\\"{\"} , {\"b\":2}"),
              ElementsAre("{\"a\":\"}\\\"{\"}", "{\"b\":2}"));
}

TEST(NationalMessagesTest, BytesOfChineseCharactersAreNoBrackets) {
  // 寋 is 8C 7D in GB18030: its second byte is a closing brace; 誠's is 5C, a backslash.
  const std::string first = "{\"a\":\"\x8C\x7D\"}";
  const std::string second = "{\"b\":\"\xD5\x5C\"}";
  EXPECT_THAT(MessagesOf(first + "\n" + second), ElementsAre(first, second));
}

TEST(NationalMessagesTest, WhatIsNoListStaysWhole) {
  for (const std::string text : {"{\"a\":1}", "", "hello", "[]", "{\"a\":", "[1,2]",
                                 "{\"a\":1} trailing", "[{\"a\":1},{\"b\":]"}) {
    EXPECT_THAT(MessagesOf(text), ElementsAre(text));
  }
}

}  // namespace
}  // namespace recoup::hospital::national
