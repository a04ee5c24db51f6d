// Files that hold several messages of the national interface.
#include <optional>
#include <string>
#include <vector>

#include "adapters/hospital/national/half.h"
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

TEST(NationalMessagesTest, ALogOfRequestsAndResponsesIsItsPairs) {
  const std::string request = R"({"infno":"2401","msgid":"A1","input":{}})";
  const std::string other = R"({"infno":"2404","msgid":"A2","input":{}})";
  const std::string response = R"({"infcode":0,"inf_refmsgid":"P1","output":{}})";
  const std::string to_first = R"({"infcode":0,"inf_refmsgid":"A1","output":{}})";
  EXPECT_THAT(PairedMessages({request, response}),
              testing::Optional(ElementsAre(Joined(request, response))));
  EXPECT_THAT(PairedMessages({request, to_first, other, response}),
              testing::Optional(ElementsAre(Joined(request, to_first), Joined(other, response))));
  const std::vector<std::vector<std::string_view>> apart = {{},
                                                            {request},
                                                            {request, other},
                                                            {response, request},
                                                            {request, response, other},
                                                            {request, response, response, other},
                                                            {request, "{"},
                                                            // The second answer is the first one's.
                                                            {request, response, other, to_first}};
  for (const auto& messages : apart) {
    EXPECT_EQ(PairedMessages(messages), std::nullopt) << messages.size();
  }
}

TEST(NationalMessagesTest, WhatIsNoListStaysWhole) {
  for (const std::string text : {"{\"a\":1}", "", "hello", "[]", "{\"a\":", "[1,2]",
                                 "{\"a\":1} trailing", "[{\"a\":1},{\"b\":]"}) {
    EXPECT_THAT(MessagesOf(text), ElementsAre(text));
  }
}

}  // namespace
}  // namespace recoup::hospital::national
