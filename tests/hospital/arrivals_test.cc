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
  EXPECT_EQ(arrivals[0].name, "bulk.ndjson, line 2");
  EXPECT_FALSE(arrivals[0].arrival.understood.ok());
  EXPECT_EQ(arrivals[1].name, "bulk.ndjson, line 1");
  EXPECT_TRUE(arrivals[1].arrival.understood.ok());
  EXPECT_EQ(arrivals[2].name, "bulk.ndjson, line 3");
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

TEST(ArrivalsTest, AnythingElseIsOneMessage) {
  const std::vector<NamedArrival> arrivals = ArrivalsIn("a.txt", "neither\nnor", Rules());
  ASSERT_EQ(arrivals.size(), 1u);
  EXPECT_EQ(arrivals[0].name, "a.txt");
  EXPECT_FALSE(arrivals[0].arrival.understood.ok());
}

}  // namespace
}  // namespace recoup::hospital
