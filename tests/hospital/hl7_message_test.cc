#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/hl7/message.h"
#include "gtest/gtest.h"

namespace recoup::hospital::hl7 {
namespace {

constexpr char kPlain[] =
    "MSH|^~\\&|HIS|A|B|C|20260305||ADT^A01|1|P|2.4\rPID|1||7~8^^^H^MR&x||林^若溪\r";

TEST(Hl7MessageTest, LineEndsFramingAndMarksAreTolerated) {
  const std::string text(kPlain);
  std::string lf = text, crlf;
  for (char& c : lf) c = c == '\r' ? '\n' : c;
  for (const char c : text) crlf += c == '\r' ? std::string("\r\n") : std::string(1, c);
  for (const std::string& bytes : {text, lf, crlf, "\n\r\n" + text, "\xEF\xBB\xBF" + text,
                                   "\x0B" + text + "\x1C\r", text.substr(0, text.size() - 1)}) {
    std::vector<QualityNote> notes;
    const absl::StatusOr<Message> message = Message::Parse(bytes, notes);
    ASSERT_TRUE(message.ok()) << message.status();
    ASSERT_EQ(message->segments().size(), 2u);
    const Segment& pid = *message->Find("PID");
    EXPECT_EQ(message->header().Get(9, 2), "A01");
    EXPECT_EQ(message->header().Get(10), "1");
    EXPECT_EQ(pid.RepetitionCount(3), 2u);
    EXPECT_EQ(pid.Get(3, 1, 2), "8");
    EXPECT_EQ(pid.Get(3, 5, 2), "MR");
    EXPECT_EQ(pid.Get(5, 2), "若溪");
    EXPECT_EQ(pid.Get(99), "");
    EXPECT_EQ(pid.PathOf(3, 1, 2), "PID-3[2].1");
    EXPECT_TRUE(notes.empty());
  }
}

TEST(Hl7MessageTest, DelimitersComeFromTheHeader) {
  std::vector<QualityNote> notes;
  const absl::StatusOr<Message> message = Message::Parse("MSH#*~!+#HIS\rPID#1##5*6+7~8\r", notes);
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_EQ(message->Find("PID")->Get(3, 2), "6");
  EXPECT_EQ(message->Find("PID")->Get(3, 1, 2), "8");
}

TEST(Hl7MessageTest, EscapesAreResolved) {
  const Delimiters standard;
  const std::pair<std::string, std::string> rows[] = {
      {"a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f", "a|b^c&d~e\\f"},
      {"\\XE4B8AD\\", "中"},
      {"\\XFF\\x", "x"},
      {"1\\.br\\2", "1\n2"},
      {"\\H\\bold\\N\\", "bold"},
      {"C:\\temp", "C:\\temp"},
      {"\\Zown\\", "\\Zown\\"},
      {"\\", "\\"},
      {"\\X4\\", "\\X4\\"},
      {"\\XD6D0\\", "中"},              // Bytes of GB18030.
      {"\\XE4\\\\XB8\\\\XAD\\", "中"},  // One character, byte by byte.
      {"a\\XD6\\b", "ab"},              // Half a character is none.
      {"\\C2842\\x\\M2445\\y\\M242843\\z", "xyz"},
      {"\\.sp2\\a\\.in+4\\b\\.ti-2\\c\\.nf\\d\\.sk3\\e", "\nabcde"},
      {"\\P\\", "#"},
      {"\\.brown\\", "\\.brown\\"},
  };
  for (const auto& [sent, meant] : rows) EXPECT_EQ(Unescaped(sent, standard), meant) << sent;
}

TEST(Hl7MessageTest, Gb18030IsReadBeforeItIsSplit) {
  // 淺 is 9C 5C in GBK-like charsets: the second byte is a backslash. Here: "\x9C\x5C".
  const std::string body =
      "MSH|^~\\&|HIS||||20260305||ADT^A01|1|P|2.4||||||GB 18030-2000\r"
      "PID|1||7||\xD6\xD0\x9C\x5C\x9C\x7C\r";
  std::vector<QualityNote> notes;
  const absl::StatusOr<Message> message = Message::Parse(body, notes);
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_EQ(message->Find("PID")->Get(5).substr(0, 3), "中");
  EXPECT_EQ(message->Find("PID")->Get(6), "");  // The byte 7C inside the name split nothing.
  EXPECT_TRUE(notes.empty());

  std::string unstated = body;
  unstated.replace(unstated.find("GB 18030-2000"), 13, "");
  ASSERT_TRUE(Message::Parse(unstated, notes).ok());
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].path, "MSH-18");
}

struct CharsetRow {
  const char* what;
  std::string stated;
  std::string name;  // PID-5, as bytes
  std::string read;
  int notes;
};

TEST(Hl7MessageTest, WrongCharacterSetsAreDetectedAndRepaired) {
  const std::string gb = "\xC1\xD6\xC8\xF4\xCF\xAA";  // 林若溪
  const std::vector<CharsetRow> rows = {
      {"as stated", "UNICODE UTF-8", "林若溪", "林若溪", 0},
      {"as stated", "GB 18030-2000", gb, "林若溪", 0},
      {"as stated", "GBK", gb, "林若溪", 0},
      {"as stated", "8859/1", "Jos\xE9", "José", 0},
      {"as stated", "8859/15", "M\xFCller \xA4", "Müller €", 0},
      {"as stated", "8859/2", "Ko\xB3odziej", "Kołodziej", 0},
      {"nothing stated", "", "M\xFCller", "Müller", 1},
      {"an unknown set", "DOS", "M\xFCller J\xFCrgen", "Müller Jürgen", 1},
      {"nothing stated", "", "林若溪", "林若溪", 0},
      {"nothing stated", "", gb, "林若溪", 1},
      {"UTF-8 that is GB18030", "UNICODE UTF-8", gb, "林若溪", 1},
      {"GB18030 that is UTF-8", "GB 18030-2000", "林若溪", "林若溪", 1},
      {"ASCII that is UTF-8", "ASCII", "林若溪", "林若溪", 1},
      {"ASCII that is GB18030", "ASCII", gb, "林若溪", 1},
      {"Latin-1 that is GB18030", "8859/1", gb, "林若溪", 1},
      {"an unknown set", "BIG-5", gb, "林若溪", 1},
  };
  for (const CharsetRow& row : rows) {
    SCOPED_TRACE(absl::StrCat(row.what, ": ", row.stated));
    std::vector<QualityNote> notes;
    const absl::StatusOr<Message> message =
        Message::Parse("MSH|^~\\&|HIS||||20260305||ADT^A01|1|P|2.4||||||" + row.stated +
                           "\rPID|1||7||" + row.name + "^x\r",
                       notes);
    ASSERT_TRUE(message.ok()) << message.status();
    EXPECT_EQ(message->Find("PID")->Get(5), row.read);
    EXPECT_EQ(message->Find("PID")->Get(5, 2), "x");
    EXPECT_EQ(notes.size(), static_cast<std::size_t>(row.notes));
  }
}

TEST(Hl7MessageTest, ADamagedCharacterDoesNotLoseTheMessage) {
  std::string words;
  for (int i = 0; i < 60; ++i) words += "患者车祸外伤";
  words.replace(9, 1, "\xFF");
  std::vector<QualityNote> notes;
  const absl::StatusOr<Message> message =
      Message::Parse("MSH|^~\\&|HIS||||20260305||ADT^A01|1|P|2.4\rPV2|||^" + words + "|\r", notes);
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_NE(message->Find("PV2")->Get(3, 2).find("患者车"), std::string::npos);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].kind, NoteKind::kDoesNotAddUp);
}

TEST(Hl7MessageTest, MalformedMessagesAreRefused) {
  for (const std::string& bytes :
       {std::string(), std::string("MSH"), std::string("MSH|"), std::string("PID|1"),
        std::string("MSH|||||||\r"), std::string("MSHAAAAAAAAA"),
        std::string("MSH|^~\\&|a\rMSH|^~\\&|b\r"), std::string("MSH|^~\\&|\xFF\xFF|b\r")}) {
    std::vector<QualityNote> notes;
    EXPECT_FALSE(Message::Parse(bytes, notes).ok()) << bytes;
  }
}

TEST(Hl7MessageTest, ALostBackslashAndStrayLinesAreTold) {
  std::vector<QualityNote> notes;
  const absl::StatusOr<Message> message =
      Message::Parse("MSH|^~&|HIS|b|c\rfree text\rPID|1||5^&6\r", notes);
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_EQ(message->segments().size(), 2u);
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_EQ(notes[0].path, "MSH-2");
  EXPECT_EQ(notes[1].path, "第 2 行");
}

TEST(Hl7MessageTest, ALineBreakWithinAFieldLosesNothing) {
  std::vector<QualityNote> notes;
  const absl::StatusOr<Message> message =
      Message::Parse("MSH|^~\\&|HIS|b|c\rPV2|||^被电动车\r撞倒|x\rPID|1||5\r", notes);
  ASSERT_TRUE(message.ok()) << message.status();
  ASSERT_EQ(message->segments().size(), 3u);
  EXPECT_EQ(message->Find("PV2")->Get(3, 2), "被电动车撞倒");
  EXPECT_EQ(message->Find("PV2")->Get(4), "x");
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].path, "第 3 行");
}

TEST(Hl7MessageTest, TextThatWasEncodedTwiceIsReadAsItWasMeant) {
  std::vector<QualityNote> notes;
  const std::string twice = Utf8FromLatin1("MSH|^~\\&|HIS|b|c\rPV2|||^骑电动车被小汽车撞倒\r");
  const absl::StatusOr<Message> message = Message::Parse(twice, notes);
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_EQ(message->Find("PV2")->Get(3, 2), "骑电动车被小汽车撞倒");
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].path, "MSH-18");
}

TEST(Hl7MessageTest, ABlockWithoutItsEndIsTold) {
  for (const std::string end : {"\x1C\r", "\r"}) {
    std::vector<QualityNote> notes;
    ASSERT_TRUE(Message::Parse(absl::StrCat("\x0B", kPlain, end), notes).ok());
    EXPECT_EQ(notes.size(), end == "\r" ? 1u : 0u);
  }
}

}  // namespace
}  // namespace recoup::hospital::hl7
