#include "adapters/hospital/program/settings.h"

#include <fstream>
#include <iterator>
#include <map>

#include "adapters/hospital/program/listen.h"
#include "adapters/hospital/program/serve_keys.h"
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

TEST(SettingsTest, TheDocumentationHoldsTheListenersTable) {
  std::ifstream in(std::string(RECOUP_SOURCE_DIR) + "/docs/configuration.md");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string table = config::DocumentationTable(config::Schema(ListenKeys()));
  EXPECT_NE(text.find(table), std::string::npos) << table;
}

TEST(SettingsTest, EndpointsNameAnAddressAndAPort) {
  struct Row {
    std::string text;
    std::string address;
    int port;
  };
  const Row right[] = {{"10.0.0.5:2575", "10.0.0.5", 2575},
                       {"0.0.0.0:0", "0.0.0.0", 0},
                       {"[::1]:65535", "::1", 65535}};
  for (const Row& row : right) {
    const absl::StatusOr<Endpoint> endpoint = EndpointFromText(row.text);
    ASSERT_TRUE(endpoint.ok()) << row.text;
    EXPECT_EQ(endpoint->address, row.address);
    EXPECT_EQ(endpoint->port, row.port);
  }
  for (const std::string text : {"", "2575", ":2575", "10.0.0.5", "10.0.0.5:", "10.0.0.5:65536",
                                 "10.0.0.5:-1", "10.0.0.5:x", "::1:2575"}) {
    EXPECT_FALSE(EndpointFromText(text).ok()) << text;
  }
}

TEST(SettingsTest, EveryFaultyListenerSettingIsTold) {
  const auto listen = [](std::map<std::string, std::string> set) {
    config::Sources sources;
    for (const auto& [key, value] : set) sources.flags.emplace_back(key, value);
    const absl::StatusOr<config::Config> config =
        config::Load(config::Schema(ListenKeys()), sources);
    EXPECT_TRUE(config.ok()) << config.status();
    return ListenOptionsFrom(*config);
  };
  EXPECT_TRUE(listen({}).ok());
  const auto none = listen({});
  EXPECT_FALSE(none->mllp.has_value() || none->http.has_value());
  EXPECT_EQ(listen({{"listen.mllp", "127.0.0.1:2575"}})->mllp->port, 2575);
  const auto faulty = listen({{"listen.mllp", "2575"},
                              {"listen.http", "127.0.0.1:8090"},
                              {"listen.tls_key_file", "/key.pem"},
                              {"listen.tls_client_ca_file", "/ca.pem"}});
  EXPECT_EQ(DetailOf(faulty.status()).faults.size(), 4u) << faulty.status();
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
