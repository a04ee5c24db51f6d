#include "hub/config/config.h"

#include <cstdio>
#include <fstream>

#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "hub/config/schema.h"

namespace recoup::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Schema& TestSchema() {
  static const Schema schema({
      {.name = "hub.target", .type = KeyType::kString, .help = "Where.", .need = Need::kRequired},
      {.name = "hub.deadline", .type = KeyType::kDuration, .help = "d", .default_text = "10s"},
      {.name = "hub.ca_file", .type = KeyType::kPath, .help = "p"},
      {.name = "hub.tries",
       .type = KeyType::kInteger,
       .help = "i",
       .default_text = "3",
       .min = 1,
       .max = 9},
      {.name = "log.quiet", .type = KeyType::kBoolean, .help = "b", .default_text = "false"},
      {.name = "log.format",
       .type = KeyType::kString,
       .help = "f",
       .default_text = "human",
       .choices = {"human", "json"}},
      {.name = "log.kinds", .type = KeyType::kList, .help = "l", .default_text = "a, b"},
      {.name = "hub.token", .type = KeyType::kString, .help = "s", .show = Show::kRedacted},
  });
  return schema;
}

Sources File(std::string text) {
  return {.file_name = "recoup.toml", .file_text = std::move(text), .environment = {}, .flags = {}};
}

// "place: what" of every fault.
std::vector<std::string> FaultsOf(const Sources& sources) {
  const auto config = Load(TestSchema(), sources);
  std::vector<std::string> faults;
  if (config.ok()) return faults;
  for (const FieldFault& fault : DetailOf(config.status()).faults) {
    faults.push_back(fault.field + ": " + fault.description);
  }
  return faults;
}

TEST(ConfigTest, DefaultsAndEveryTypeFromTheFile) {
  const auto config = Load(TestSchema(), File("[hub]\ntarget = \"hub:1\"\nca_file = \"/c\"\n"
                                              "[log]\nquiet = true\nkinds = [\"x\", \"y,z\"]\n"));
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->String("hub.target"), "hub:1");
  EXPECT_EQ(config->Duration("hub.deadline"), absl::Seconds(10));
  EXPECT_EQ(config->Path("hub.ca_file"), "/c");
  EXPECT_EQ(config->Integer("hub.tries"), 3);
  EXPECT_TRUE(config->Boolean("log.quiet"));
  EXPECT_THAT(config->List("log.kinds"), ElementsAre("x", "y,z"));
  EXPECT_FALSE(config->Has("hub.token"));
}

// Each row adds the next stronger source.
TEST(ConfigTest, FlagsOverEnvironmentOverFileOverDefault) {
  Sources sources = File("[hub]\ntarget = \"t\"\n");
  const auto check = [&](std::int64_t tries, const std::string& origin) {
    const auto config = Load(TestSchema(), sources);
    ASSERT_TRUE(config.ok()) << config.status();
    EXPECT_EQ(config->Integer("hub.tries"), tries);
    EXPECT_EQ(config->Find("hub.tries")->origin, origin);
  };
  check(3, "default");
  sources.file_text += "tries = 4\n";
  check(4, "recoup.toml:3");
  sources.environment["RECOUP_HUB_TRIES"] = "5";
  sources.environment["HOME"] = "/root";
  sources.environment["RECOUP_CONFIG"] = "recoup.toml";
  check(5, "environment RECOUP_HUB_TRIES");
  sources.flags.emplace_back("hub.tries", "6");
  check(6, "flag --hub-tries");
}

TEST(ConfigTest, AllFaultsAtOnceEachWithItsPlaceAndTheNearestKey) {
  Sources sources = File("[hub]\ntries = 0\ndeadlin = \"1s\"\ndeadline = 5\n[lgo]\nquiet = 1\n");
  sources.environment["RECOUP_HUB_CA_FIEL"] = "x";
  sources.environment["RECOUP_LOG_QUIET"] = "yes";
  sources.flags.emplace_back("log.fromat", "json");
  sources.flags.emplace_back("log.format", "xml");
  EXPECT_THAT(
      FaultsOf(sources),
      ElementsAre("recoup.toml:3 hub.deadlin: unknown key; the nearest known one is hub.deadline",
                  "recoup.toml:4 hub.deadline: must be a text such as \"30s\"",
                  "recoup.toml:2 hub.tries: must be at least 1",
                  "recoup.toml:6 lgo.quiet: unknown key; the nearest known one is log.quiet",
                  "environment RECOUP_HUB_CA_FIEL: unknown key; the nearest known one is "
                  "RECOUP_HUB_CA_FILE",
                  "environment RECOUP_LOG_QUIET: must be true or false",
                  "--log-fromat: unknown key; the nearest known one is --log-format",
                  "flag --log-format: must be one of human, json",
                  "hub.target: is required; set it in the file, as RECOUP_HUB_TARGET or as "
                  "--hub-target"));
}

TEST(ConfigTest, WhatIsFarFromEveryKeyIsToldTheKeysThatThereAre) {
  Sources sources = File(
      "[hub]\nnonsense = 1\ntok = \"\"\ncertificate = \"\"\ntimeout = \"\"\n[logs]\nquiet = 1\n"
      "[store]\nfile = \"\"\n");
  sources.flags = {{"hub.target", "x"}, {"hub.verbosity", "1"}};
  sources.environment["RECOUP_FOLDER"] = "x";
  sources.environment["RECOUP_SAMPLES"] = "/of/the/tests";  // No setting of a program.
  const std::string of_hub = "unknown key; known in [hub] are ";
  const std::string of_file =
      of_hub + "hub.target, hub.deadline, hub.ca_file, hub.tries, hub.token";
  EXPECT_THAT(
      FaultsOf(sources),
      ElementsAre("recoup.toml:4 hub.certificate: " + of_file,
                  "recoup.toml:2 hub.nonsense: " + of_file, "recoup.toml:5 hub.timeout: " + of_file,
                  "recoup.toml:3 hub.tok: unknown key; the nearest known one is hub.token",
                  "recoup.toml:7 logs.quiet: unknown key; the nearest known one is log.quiet",
                  "recoup.toml:9 store.file: unknown key; the known sections are [hub], [log]",
                  "environment RECOUP_FOLDER: unknown key; the known sections are [hub], [log]",
                  "--hub-verbosity: " + of_hub +
                      "--hub-target, --hub-deadline, --hub-ca-file, --hub-tries, --hub-token"));
}

TEST(SchemaTest, ABeginningIsEnoughWhenItIsLongEnough) {
  const Schema schema(
      {{.name = "tls.certificate_file", .help = "c"}, {.name = "tls.key_file", .help = "k"}});
  EXPECT_EQ(schema.NearestTo("tls.certificate"), "tls.certificate_file");
  EXPECT_EQ(schema.NearestTo("tls.cer"), std::nullopt);
  EXPECT_EQ(schema.NearestTo("tls.key_fiel"), "tls.key_file");
  EXPECT_EQ(schema.NearestTo("tls.certifcate_fiel"), "tls.certificate_file");
  EXPECT_EQ(schema.NearestTo("tls.kay_fle"), "tls.key_file");
  EXPECT_EQ(schema.NearestTo("listen.address"), std::nullopt);
}

TEST(ConfigTest, TextsOfEveryTypeAtTheirBoundaries) {
  struct Row {
    const char* key;
    const char* text;
    bool good;
  };
  const std::vector<Row> rows = {
      {"hub.tries", "1", true},
      {"hub.tries", "9", true},
      {"hub.tries", "0", false},
      {"hub.tries", "10", false},
      {"hub.tries", "", false},
      {"hub.tries", "3x", false},
      {"hub.tries", "9223372036854775808", false},
      {"hub.deadline", "0", true},
      {"hub.deadline", "1h30m", true},
      {"hub.deadline", "-1s", false},
      {"hub.deadline", "5", false},
      {"hub.deadline", "inf", false},
      {"hub.ca_file", "", false},
      {"log.quiet", "true", true},
      {"log.quiet", "TRUE", false},
      {"log.format", "json", true},
      {"log.format", "", false},
      {"log.kinds", "", true},
      {"hub.token", "", true},
  };
  for (const Row& row : rows) {
    Sources sources;
    sources.flags = {{"hub.target", "t"}, {row.key, row.text}};
    EXPECT_EQ(FaultsOf(sources).empty(), row.good) << row.key << "=" << row.text;
  }
}

TEST(ConfigTest, AFileInAnotherCharsetIsRefusedWithItsLine) {
  Sources sources = File("[hub]\ntarget = \"\xD2\xBD\xB1\xA3\"");  // 医保 in GB18030.
  sources.flags = {{"hub.target", "t"}};
  EXPECT_THAT(FaultsOf(sources),
              ElementsAre("recoup.toml:2: is not UTF-8 (不是 UTF-8 编码，请另存为 UTF-8)"));
}

TEST(ConfigTest, AFileThatIsNoTomlIsRefusedWithItsLineAndWithoutItsText) {
  for (const char* text :
       {"[hub]\ntoken = sesame", "[hub]\n= sesame", "[hub]\ntarget = \"sesame"}) {
    Sources sources = File(text);
    sources.flags = {{"hub.target", "t"}};
    EXPECT_THAT(FaultsOf(sources), ElementsAre("recoup.toml:2: is not valid TOML")) << text;
  }
  for (const char* text : {"target = \"t\"", "hub = 3", "[hub]\nsub.key = 1"}) {
    Sources sources = File(text);
    sources.flags = {{"hub.target", "t"}};
    EXPECT_THAT(FaultsOf(sources), ElementsAre(HasSubstr("unknown key"))) << text;
  }
}

TEST(ConfigTest, ThePrintOutIsAFileOfTheSameSettingsWithoutSecrets) {
  Sources sources = File("[hub]\ntarget = \"a \\\"b\\\" \\\\ 中\\u0001\"\ntoken = \"sesame\"\n");
  sources.flags.emplace_back("log.kinds", "x, y");
  const auto config = Load(TestSchema(), sources);
  ASSERT_TRUE(config.ok()) << config.status();
  const std::string printed = config->Print(TestSchema());
  EXPECT_THAT(printed, Not(HasSubstr("sesame")));
  EXPECT_THAT(printed, HasSubstr("# token = [redacted]  # recoup.toml:3"));
  EXPECT_THAT(printed, HasSubstr("kinds = [\"x\", \"y\"]  # flag --log-kinds"));
  EXPECT_THAT(printed, HasSubstr("# ca_file is not set"));
  const auto again = Load(TestSchema(), File(printed));
  ASSERT_TRUE(again.ok()) << again.status() << printed;
  for (const KeyRow& row : TestSchema().rows()) {
    if (row.show == Show::kRedacted || !config->Has(row.name)) continue;
    EXPECT_EQ(again->Find(row.name)->value, config->Find(row.name)->value) << row.name;
  }
}

TEST(ConfigTest, AFaultOfASecretDoesNotQuoteIt) {
  Sources sources = File("[hub]\ntarget = \"t\"\ntoken = [\"sesame\"]\n");
  EXPECT_THAT(FaultsOf(sources), ElementsAre("recoup.toml:3 hub.token: must be of type string"));
}

TEST(ConfigTest, TheFileComesFromTheArgumentElseFromTheEnvironment) {
  const std::string path = testing::TempDir() + "recoup_config_test.toml";
  std::ofstream(path) << "[hub]\ntarget = \"from file\"\n";
  for (const bool by_variable : {true, false}) {
    std::map<std::string, std::string> environment = {
        {"RECOUP_CONFIG", by_variable ? path : "/nowhere"}};
    const auto config =
        LoadFromFile(TestSchema(), by_variable ? std::nullopt : std::optional<std::string>(path),
                     environment, {});
    ASSERT_TRUE(config.ok()) << config.status();
    EXPECT_EQ(config->String("hub.target"), "from file");
  }
  std::remove(path.c_str());
  EXPECT_EQ(ReasonOf(LoadFromFile(TestSchema(), path, {}, {}).status()), Reason::kInvalidArgument);
}

TEST(SchemaTest, TheTableShowsEveryKeyOnce) {
  const std::string table = DocumentationTable(TestSchema());
  EXPECT_THAT(table, HasSubstr("| `hub.target` | string | required | Where. |\n"));
  EXPECT_THAT(table, HasSubstr("| `hub.tries` | integer | `3` | i From 1 to 9. |\n"));
  EXPECT_THAT(table, HasSubstr("| `log.format` | string | `human` | f One of `human`, `json`. |"));
  EXPECT_THAT(table, HasSubstr("| `hub.ca_file` | path | not set | p |\n"));
}

TEST(SchemaDeathTest, AmbiguousOrMalformedNamesStopTheProgram) {
  const auto make = [](std::initializer_list<std::string_view> names) {
    std::vector<KeyRow> rows;
    for (const std::string_view name : names) rows.push_back({.name = name, .help = ""});
    const Schema schema(rows);
  };
  EXPECT_DEATH(make({"a.b_c", "a_b.c"}), "");
  for (const char* name : {"", "a", ".a", "a.", "a.b.c", "A.b"}) {
    EXPECT_DEATH(make({name}), "") << name;
  }
  make({"a.b_c", "a.b_d"});
}

}  // namespace
}  // namespace recoup::config
