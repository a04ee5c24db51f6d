#include <string>

#include "adapters/hospital/hl7/batch.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace recoup::hospital::hl7 {
namespace {

using ::testing::ElementsAre;

TEST(Hl7BatchTest, MessagesAreTakenOutOfTheirBatch) {
  EXPECT_THAT(MessagesOf("FHS|^~\\&\rBHS|^~\\&\rMSH|a\rPID|1\rMSH|b\rBTS|2\rFTS|1\r"),
              ElementsAre("MSH|a\rPID|1\r", "MSH|b\r"));
  EXPECT_THAT(MessagesOf("\xEF\xBB\xBF"
                         "BHS|\r\nMSH|a\r\nPID|1\r\nBTS|1\r\n"),
              ElementsAre("MSH|a\r\nPID|1\r\n"));
}

TEST(Hl7BatchTest, MessagesMayFollowEachOtherWithoutABatch) {
  EXPECT_THAT(MessagesOf("MSH|a\nPID|1\n\nMSH|b\nPID|2\n"),
              ElementsAre("MSH|a\nPID|1\n\n", "MSH|b\nPID|2\n"));
  EXPECT_THAT(MessagesOf("\x0BMSH|a\r\x1C\r\x0BMSH|b\r\x1C\r"),
              ElementsAre("MSH|a\r\x1C\r", "MSH|b\r\x1C\r"));
}

TEST(Hl7BatchTest, OneMessageAndNoMessageStayWhole) {
  for (const std::string text : {"MSH|a\rPID|MSH|x\r", "\r\nMSH|a\r", "hello", "", "BHS|\r"}) {
    EXPECT_THAT(MessagesOf(text), ElementsAre(text));
  }
  // A name that only begins alike is another segment.
  EXPECT_THAT(MessagesOf("MSH|a\rMSHX|b\rBTSY|c\r"), ElementsAre("MSH|a\rMSHX|b\rBTSY|c\r"));
}

}  // namespace
}  // namespace recoup::hospital::hl7
