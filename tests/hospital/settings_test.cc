#include "adapters/hospital/program/settings.h"

#include <fstream>
#include <iterator>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"

namespace recoup::hospital {
namespace {

TEST(SettingsTest, TheDocumentationHoldsThisTable) {
  std::vector<config::KeyRow> own;
  for (const config::KeyRow& row : HospitalKeys()) {
    if (row.name.starts_with("hospital.")) own.push_back(row);
  }
  std::ifstream in(std::string(RECOUP_SOURCE_DIR) + "/docs/formats/hospital.md");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string table = config::DocumentationTable(config::Schema(own));
  EXPECT_NE(text.find(table), std::string::npos) << table;
}

TEST(SettingsTest, InsuranceRowsNameATypeAndPerhapsAnArea) {
  const auto mappings = InsuranceMappings({"01=310", "NT-RES=320600-390"});
  ASSERT_TRUE(mappings.ok()) << mappings.status();
  ASSERT_EQ(mappings->size(), 2u);
  EXPECT_EQ((*mappings)[0].key, "01");
  EXPECT_EQ((*mappings)[0].area_code, "");
  EXPECT_EQ((*mappings)[0].insurance_type, "310");
  EXPECT_EQ((*mappings)[1].key, "NT-RES");
  EXPECT_EQ((*mappings)[1].area_code, "320600");
  EXPECT_EQ((*mappings)[1].insurance_type, "390");
}

TEST(SettingsTest, EveryFaultyInsuranceRowIsTold) {
  const std::vector<std::string> faulty = {"01",         "=310",     "01=",       "01=31",
                                           "01=3101",    "01=a10",   "01=-310",   "01=31011-310",
                                           "01=310115-", "01=b=310", "01=310-310"};
  std::vector<std::string> rows = {"01=310"};
  rows.insert(rows.end(), faulty.begin(), faulty.end());
  const auto mappings = InsuranceMappings(rows);
  EXPECT_EQ(DetailOf(mappings.status()).faults.size(), faulty.size());
  for (const std::string& row : faulty) EXPECT_FALSE(InsuranceMappings({row}).ok()) << row;
}

TEST(SettingsTest, PoolsMayBeShort) {
  EXPECT_EQ(PoolNameFromText("310115-310"), "pools/310115-310");
  EXPECT_EQ(PoolNameFromText("pools/310115-310"), "pools/310115-310");
}

}  // namespace
}  // namespace recoup::hospital
