// What a file holds: several messages, each with a name of its own.
#include <string>
#include <vector>

#include "adapters/hospital/program/message_file.h"
#include "gtest/gtest.h"
#include "hub/base/check.h"

namespace recoup::hospital {
namespace {

const ReadingRules& Rules() {
  static const absl::StatusOr<ReadingRules> rules = MakeReadingRules({});
  RECOUP_CHECK(rules.ok());
  return *rules;
}

TEST(ArrivalsTest, LinesOfABulkFileAreNamedByLine) {
  const std::vector<NamedArrival> arrivals =
      ArrivalsIn("bulk.ndjson",
                 "{\"resourceType\":\"Encounter\",\"id\":\"e1\",\"status\":\"arrived\"}\n"
                 "{\"resourceType\":\"Encounter\",\"id\":\n"
                 "{\"resourceType\":\"Encounter\",\"id\":\"e3\",\"status\":\"arrived\"}\n",
                 Rules());
  ASSERT_EQ(arrivals.size(), 3u);
  EXPECT_EQ(arrivals[0].name, "bulk.ndjson, 第 2 行");
  EXPECT_FALSE(arrivals[0].arrival.understood.ok());
  EXPECT_EQ(arrivals[1].name, "bulk.ndjson, 第 1 行");
  EXPECT_TRUE(arrivals[1].arrival.understood.ok());
  EXPECT_EQ(arrivals[2].name, "bulk.ndjson, 第 3 行");
  EXPECT_TRUE(arrivals[2].arrival.understood.ok());
}

TEST(ArrivalsTest, TheSameResourceIsTheSameMessageHoweverItIsWritten) {
  const auto digest = [](const std::string& text) {
    const std::vector<NamedArrival> arrivals = ArrivalsIn("e.json", text, Rules());
    RECOUP_CHECK(arrivals.size() == 1 && arrivals[0].name == "e.json");
    return arrivals[0].arrival.digest;
  };
  const std::string compact = R"({"resourceType":"Encounter","id":"e1","status":"arrived"})";
  const std::string spaced = R"({ "resourceType": "Encounter",
    "id": "e1", "status": "arrived" })";
  const std::string other = R"({"resourceType":"Encounter","id":"e1","status":"finished"})";
  EXPECT_EQ(digest(compact), digest(spaced));
  EXPECT_NE(digest(compact), digest(other));
}

TEST(ArrivalsTest, FilesOfOneBulkExportReferToOneAnother) {
  const std::vector<NamedBytes> files = {
      {"export/Condition.ndjson",
       "{\"resourceType\":\"Condition\",\"id\":\"c1\",\"subject\":{\"reference\":\"Patient/p1\"},"
       "\"encounter\":{\"reference\":\"Encounter/e1\"},\"code\":{\"coding\":[{\"system\":"
       "\"http://hl7.org/fhir/sid/icd-10\",\"code\":\"S72.0\"}]}}\n"},
      {"export/Encounter.ndjson",
       "{\"resourceType\":\"Encounter\",\"id\":\"e1\",\"status\":\"arrived\","
       "\"subject\":{\"reference\":\"Patient/p1\"}}\n"
       "{\"resourceType\":\"Encounter\",\"id\":\n"},
      {"export/Patient.ndjson",
       "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"text\":\"林若溪\"}]}\n"}};
  for (const NamedBytes& file : files) EXPECT_TRUE(IsBulkFile(file.name, file.bytes)) << file.name;
  const std::vector<NamedArrival> arrivals = ArrivalsInBulk(files, Rules());
  ASSERT_EQ(arrivals.size(), 2u);
  EXPECT_EQ(arrivals[0].name, "Encounter.ndjson, 第 2 行");
  EXPECT_FALSE(arrivals[0].arrival.understood.ok());
  EXPECT_EQ(arrivals[1].name, "Encounter.ndjson, 第 1 行");
  ASSERT_TRUE(arrivals[1].arrival.understood.ok());
  const auto& admission = std::get<AdmissionDocument>(arrivals[1].arrival.understood->document);
  EXPECT_EQ(admission.patient.name, "林若溪");
  ASSERT_EQ(admission.diagnoses.size(), 1u);
  EXPECT_EQ(admission.diagnoses[0].code, "S72.0");
}

TEST(ArrivalsTest, Utf16IsReadByItsByteOrderMark) {
  const std::u16string text =
      u"{\"resourceType\":\"Encounter\",\"id\":\"e1\",\"status\":\"arrived\","
      u"\"reasonCode\":[{\"text\":\"\u8f66\u7978\"}]}";
  for (const bool little : {true, false}) {
    std::string bytes = little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char16_t unit : text) {
      const char low = static_cast<char>(unit & 0xFFu), high = static_cast<char>(unit >> 8u);
      bytes += little ? std::string{low, high} : std::string{high, low};
    }
    const std::vector<NamedArrival> arrivals = ArrivalsIn("e.json", bytes, Rules());
    ASSERT_EQ(arrivals.size(), 1u);
    ASSERT_TRUE(arrivals[0].arrival.understood.ok()) << little;
    EXPECT_EQ(std::get<AdmissionDocument>(arrivals[0].arrival.understood->document).condition_text,
              "车祸");
  }
  // A half and a lone surrogate are damaged, not refused out of hand.
  EXPECT_EQ(ArrivalsIn("x", std::string("\xFF\xFE\x00\xD8{", 5), Rules()).size(), 1u);
}

TEST(ArrivalsTest, AnythingElseIsOneMessage) {
  const std::vector<NamedArrival> arrivals = ArrivalsIn("a.txt", "neither\nnor", Rules());
  ASSERT_EQ(arrivals.size(), 1u);
  EXPECT_EQ(arrivals[0].name, "a.txt");
  EXPECT_FALSE(arrivals[0].arrival.understood.ok());
}

}  // namespace
}  // namespace recoup::hospital
