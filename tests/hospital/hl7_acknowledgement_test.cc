#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/hl7/acknowledgement.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"

namespace recoup::hospital::hl7 {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Header(const std::string& version, const std::string& accept,
                   const std::string& application, const std::string& charset = "UNICODE UTF-8") {
  return absl::StrCat("MSH|^~\\&|HIS|DONGAN|HUB|FUND|20260305102030||ADT^A01|ID7|T|", version,
                      "|||", accept, "|", application, "||", charset, "\rPID|1\r");
}

Outcome Done(absl::Status status) {
  return {std::move(status), "未见第三方责任线索。", absl::FromUnixSeconds(1'772'700'000), "abc"};
}

absl::Status Fault(std::string path, std::string text) {
  Faults faults;
  faults.Add(std::move(path), std::move(text));
  return faults.ToStatus();
}

std::string Only(const std::string& header, const absl::Status& status) {
  const std::vector<std::string> answers =
      AcknowledgementsFor(HeaderToAnswer(header), Done(status));
  EXPECT_EQ(answers.size(), 1u);
  return answers.empty() ? "" : answers.front();
}

TEST(AcknowledgementTest, SaysWhatItAnswers) {
  EXPECT_EQ(Only(Header("2.5.1", "", ""), absl::OkStatus()),
            "MSH|^~\\&|HUB|FUND|HIS|DONGAN|20260305164000||ACK^A01^ACK|abcA|T|2.5.1||||||UNICODE "
            "UTF-8\rMSA|AA|ID7|未见第三方责任线索。\r");
}

TEST(AcknowledgementTest, IsWrittenWithTheSendersDelimitersAndEscapes) {
  const std::string answer =
      Only("MSH$*@!%$HIS$D$HUB$F$20260305$$ADT*A01$I1$P$2.5.1$$$$$$UNICODE UTF-8\r",
           Fault("PID-3[2].1", "缺少患者标识 a$b*c"));
  EXPECT_THAT(answer, StartsWith("MSH$*@!%$HUB$F$HIS$D$"));
  EXPECT_THAT(answer, HasSubstr("\rMSA$AE$I1$"));
  EXPECT_THAT(answer, HasSubstr("\rERR$$PID*1*3*2*1$101*Required field missing*HL70357$E$$$$"));
  EXPECT_THAT(answer, HasSubstr("a!F!b!S!c"));
}

struct Mode {
  const char* accept;
  const char* application;
  std::vector<std::string> when_taken;
  std::vector<std::string> when_faulty;
  std::vector<std::string> when_unsupported;
};

std::vector<std::string> CodesOf(const std::string& header, const absl::Status& status) {
  std::vector<std::string> codes;
  for (const std::string& answer : AcknowledgementsFor(HeaderToAnswer(header), Done(status))) {
    const std::size_t at = answer.find("\rMSA|");
    codes.push_back(answer.substr(at + 5, 2));
    EXPECT_EQ(answer.substr(at + 7, 5), "|ID7|");
  }
  return codes;
}

// HL7 v2.5.1 table 0155. A message that was refused is not stored, so it is never said to be.
TEST(AcknowledgementTest, ModesAreThoseOfTheHeader) {
  const std::vector<Mode> modes = {
      {"", "", {"AA"}, {"AE"}, {"AR"}},           {"AL", "", {"CA"}, {"CE"}, {"CR"}},
      {"AL", "AL", {"CA", "AA"}, {"CE"}, {"CR"}}, {"AL", "NE", {"CA"}, {"CE"}, {"CR"}},
      {"AL", "ER", {"CA"}, {"CE"}, {"CR"}},       {"NE", "AL", {"AA"}, {"AE"}, {"AR"}},
      {"", "AL", {"AA"}, {"AE"}, {"AR"}},         {"NE", "NE", {}, {}, {}},
      {"NE", "ER", {}, {"AE"}, {"AR"}},           {"ER", "NE", {}, {"CE"}, {"CR"}},
      {"ER", "AL", {"AA"}, {"CE"}, {"CR"}},       {"SU", "NE", {"CA"}, {}, {}},
      {"SU", "SU", {"CA", "AA"}, {}, {}},         {"SU", "ER", {"CA"}, {"AE"}, {"AR"}},
  };
  for (const Mode& mode : modes) {
    SCOPED_TRACE(absl::StrCat(mode.accept, "/", mode.application));
    const std::string header = Header("2.5.1", mode.accept, mode.application);
    EXPECT_EQ(CodesOf(header, absl::OkStatus()), mode.when_taken);
    EXPECT_EQ(CodesOf(header, Fault("PV1-19", "缺少")), mode.when_faulty);
    EXPECT_EQ(CodesOf(header, Fault("MSH-9[1].2", "no")), mode.when_unsupported);
  }
}

struct ErrorRow {
  absl::Status status;
  const char* code;  // MSA-1
  const char* where;
  const char* error;  // ERR-3.1
};

TEST(AcknowledgementTest, ErrorsAreCoded) {
  ErrorDetail duplicate;
  duplicate.reason = Reason::kAlreadyExistsWithOtherContent;
  const std::vector<ErrorRow> rows = {
      {Fault("PV1-19", "缺少就诊号"), "AE", "PV1^1^19", "101"},
      {Fault("PID", "缺少"), "AE", "PID^1", "100"},
      {Fault("MSH-10", "超过 199 个字符"), "AE", "MSH^1^10", "102"},
      {Fault("MSH-9[1].1", "ORU 是检查检验结果消息"), "AR", "MSH^1^9^1^1", "200"},
      {Fault("MSH-9[1].2", "不是入院"), "AR", "MSH^1^9^1^2", "201"},
      {Fault("MSH-12", "版本为 3"), "AR", "MSH^1^12", "203"},
      {Fault("insutype", "险种未知"), "AE", "IN1^1^2", "102"},
      {MakeError("other content", duplicate), "AE", "MSH^1^10", "205"},
      {MakeError(Reason::kStoreUnavailable, "disk full"), "AR", "", "207"},
      {MakeError(Reason::kTooLarge, "too large"), "AE", "", "102"},
  };
  for (const ErrorRow& row : rows) {
    SCOPED_TRACE(row.status.ToString());
    const std::string answer = Only(Header("2.5.1", "", ""), row.status);
    EXPECT_THAT(answer, HasSubstr(absl::StrCat("\rMSA|", row.code, "|ID7|")));
    EXPECT_THAT(answer, HasSubstr(absl::StrCat("\rERR||", row.where, "|", row.error, "^")));
  }
}

TEST(AcknowledgementTest, EveryFaultHasItsSegment_OlderVersionsRepeatOne) {
  Faults faults;
  faults.Add("PID-3", "缺少");
  faults.Add("PV1-19", "缺少");
  const std::string newer = Only(Header("2.6", "", ""), faults.ToStatus());
  EXPECT_THAT(newer, HasSubstr("\rERR||PID^1^3|101^"));
  EXPECT_THAT(newer, HasSubstr("\rERR||PV1^1^19|101^"));
  const std::string older = Only(Header("2.3.1", "", ""), faults.ToStatus());
  EXPECT_THAT(older, HasSubstr("\rERR|PID^1^3^101&Required field missing&HL70357~PV1^1^19^101&"));
}

TEST(AcknowledgementTest, TheTypeIsThatOfTheVersion) {
  const std::vector<std::pair<std::string, std::string>> rows = {{"2.1", "||ACK|"},
                                                                 {"2.2", "||ACK|"},
                                                                 {"2.3", "||ACK^A01|"},
                                                                 {"2.3.1", "||ACK^A01^ACK|"},
                                                                 {"2.7", "||ACK^A01^ACK|"}};
  for (const auto& [version, type] : rows) {
    EXPECT_THAT(Only(Header(version, "", ""), absl::OkStatus()),
                HasSubstr(absl::StrCat(type, "abcA|T|", version)));
  }
}

TEST(AcknowledgementTest, TheCharacterSetIsTheSenders) {
  const std::string gb = Only(Header("2.5.1", "", "", "GB 18030-2000"), absl::OkStatus());
  EXPECT_FALSE(IsValidUtf8(gb));
  EXPECT_THAT(Utf8FromGb18030(gb).value_or(""), HasSubstr("MSA|AA|ID7|未见第三方责任线索。"));
  EXPECT_THAT(gb, HasSubstr("|GB 18030-2000\r"));
  // What the bytes are counts more than what the header says.
  const std::string wrong = Header("2.5.1", "", "", "ASCII") + "PV2|||^车祸\r";
  EXPECT_THAT(Only(wrong, absl::OkStatus()), HasSubstr("|UNICODE UTF-8\rMSA|AA|ID7|未见"));
  // A sender that writes ASCII only gets ASCII only.
  for (const absl::Status& status : {absl::OkStatus(), Fault("insutype", "险种未知")}) {
    const std::string ascii = Only(Header("2.5.1", "", "", ""), status);
    for (const char c : ascii) ASSERT_LT(static_cast<unsigned char>(c), 0x80u);
  }
}

TEST(AcknowledgementTest, AHeaderThatCannotBeReadIsAnsweredAsFarAsItGoes) {
  EXPECT_THAT(Only("no header at all", Fault("MSH", "no")), HasSubstr("\rMSA|AE||"));
  EXPECT_THAT(Only("MSH|^~\\&", Fault("MSH-10", "缺少")), HasSubstr("\rMSA|AE||"));
  // MSH-2 is wrong, but the fields can be told apart.
  EXPECT_THAT(Only("MSH||HIS|D|HUB|F|2026||ADT^A01|ID9|P|2.5\r", Fault("MSH-2", "no")),
              HasSubstr("\rMSA|AE|ID9|"));
}

TEST(AcknowledgementTest, LongTextsAreCutWhereHl7CutsThem) {
  Outcome outcome = Done(absl::OkStatus());
  outcome.text.clear();
  for (int i = 0; i < 100; ++i) outcome.text += "长";
  const auto answers = AcknowledgementsFor(HeaderToAnswer(Header("2.5.1", "", "")), outcome);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(CharacterCount(answers[0].substr(answers[0].find("ID7|") + 4)), 80u + 1u);
}

}  // namespace
}  // namespace recoup::hospital::hl7
