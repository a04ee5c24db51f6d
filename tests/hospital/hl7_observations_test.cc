// Observations and the site's own segments of an admission: how the injury came about.
#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/documents.h"
#include "gtest/gtest.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital {
namespace {

AdmissionDocument With(const std::string& segments) {
  const absl::StatusOr<Document> read =
      ReadForTest(absl::StrCat("MSH|^~\\&|NURSE||||20260305||ADT^A08|M7|P|2.4||||||UNICODE UTF-8\r"
                               "PID|1||0007||林若溪\rPV1|1|I|||||||||||||||||V7\r",
                               segments));
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? std::get<AdmissionDocument>(*read) : AdmissionDocument();
}

TEST(Hl7ObservationsTest, FlagsAreKnownByTheirNames) {
  struct Row {
    std::string segments;
    TriState trauma, third_party;
  };
  constexpr TriState kYes = TriState::kYes, kNo = TriState::kNo, kUnknown = TriState::kUnknown;
  const Row rows[] = {
      {"OBX|1|CE|TTP^是否涉及第三方责任^L||1^是||||||F\r", kUnknown, kYes},
      {"OBX|1|CE|X1^涉及第三方||0^否||||||F\r", kUnknown, kNo},
      {"OBX|1|ST|REL_TTP_FLAG||不涉及||||||F\r", kUnknown, kNo},
      {"OBX|1|CWE|9^Third Party Involved||LA33-6^Yes||||||F\r", kUnknown, kYes},
      {"OBX|1|CE|TRUM_FLAG^外伤标志||1^是||||||F\r", kYes, kUnknown},
      // Once yes, always yes.
      {"OBX|1|ST|REL_TTP_FLAG||1||||||F\rOBX|2|ST|REL_TTP_FLAG||0||||||F\r", kUnknown, kYes},
      {"ZPI|rel_ttp_flag^1|trum_flag^0|22\r", kNo, kYes},
      {"ZPI|REL_TTP_FLAG|1\r", kUnknown, kYes},
      // Other things of like names, and values that were taken back.
      {"OBX|1|CE|X2^外伤史||1^有||||||F\r", kUnknown, kUnknown},
      {"OBX|1|CE|X3^第三方支付||1^是||||||F\r", kUnknown, kUnknown},
      {"OBX|1|ST|REL_TTP_FLAG||1||||||D\r", kUnknown, kUnknown},
      {"OBX|1|ST|REL_TTP_FLAG||1||||||W\r", kUnknown, kUnknown},
      {"OBX|1|ST|REL_TTP_FLAG||7||||||F\r", kUnknown, kUnknown},
      {"ZPI|1|1|rel_ttp_flag\r", kUnknown, kUnknown},
      {"Z\r", kUnknown, kUnknown},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.segments);
    const AdmissionDocument read = With(row.segments);
    EXPECT_EQ(read.trauma_flag, row.trauma);
    EXPECT_EQ(read.third_party_flag, row.third_party);
  }
}

TEST(Hl7ObservationsTest, TheCourseIsTheConditionsWords) {
  struct Row {
    std::string segments, words;
  };
  const Row rows[] = {
      {"OBX|1|TX|CAUSE^受伤经过||前方车辆开车门~骑车人避让不及||||||F\r",
       "前方车辆开车门，骑车人避让不及"},
      {"OBX|1|FT|10154-3^Chief complaint^LN||被电动车撞倒||||||F\r", "被电动车撞倒"},
      {"OBX|1|ST|MECH^Mechanism of injury||hit by a car||||||F\r", "hit by a car"},
      {"OBX|1|CE|C1^致伤原因||07^他人打伤||||||F\r", "他人打伤"},
      {"OBX|1|TX|C2^第三方情况||肇事车逃逸||||||F\r", "肇事车逃逸"},
      {"OBX|1|TX|Z1^主诉||摔伤~^右腕痛||||||F\rOBX|2|TX|Z2^现病史||骑车被撞||||||F\r",
       "摔伤，右腕痛；骑车被撞"},
      {"PV2|||^车祸伤\rOBX|1|TX|Z1^主诉||车祸伤||||||F\r", "车祸伤"},
      // The past, times, measures, and headings of other things.
      {"OBX|1|TX|Z3^既往受伤史||10年前车祸||||||F\r", ""},
      {"OBX|1|ST|Z4^受伤时间||昨晚||||||F\r", ""},
      {"OBX|1|NM|Z5^Injury severity||16||||||F\r", ""},
      {"OBX|1|TX|Z6^心电图结论||窦性心律||||||F\r", ""},
      {"OBX|1|TX|CAUSE^受伤经过||被车撞||||||D\r", ""},
      {"OBX|1|TX|CAUSE^受伤经过||\"\"||||||F\r", ""},
      {"OBX\r", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.segments);
    EXPECT_EQ(With(row.segments).condition_text, row.words);
  }
}

}  // namespace
}  // namespace recoup::hospital
