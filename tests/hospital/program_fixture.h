// The program run against a fake hub, with a spool in a temporary folder, its output caught.
#ifndef RECOUP_TESTS_HOSPITAL_PROGRAM_FIXTURE_H_
#define RECOUP_TESTS_HOSPITAL_PROGRAM_FIXTURE_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "adapters/common/cli.h"
#include "adapters/hospital/program/commands.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/common/spool_fixture.h"
#include "tests/hospital/fake_hospital_service.h"

namespace recoup::hospital {

// Waits for nothing: what is waited for in these tests are other processes' clocks.
class NoSleeper final : public adapters::Sleeper {
 public:
  void Sleep(absl::Duration) override {}
  void Stop() override {}
};

inline std::string Example(const std::string& name) {
  return std::string(RECOUP_SOURCE_DIR) + "/examples/pudong/hospital/" + name;
}

inline std::string TextOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Result {
  adapters::ExitCode code;
  std::string out;
  std::string err;
};

// The program as it is, in an empty environment.
inline Result RunProgram(std::vector<std::string> arguments) {
  std::ostringstream out, err;
  SystemClock clock;
  SystemRandom random;
  NoSleeper sleeper;
  const adapters::ExitCode code = MakeHospitalProgram()->Run({.arguments = std::move(arguments),
                                                              .environment = {},
                                                              .out = out,
                                                              .err = err,
                                                              .clock = clock,
                                                              .random = random,
                                                              .sleeper = sleeper});
  return {code, out.str(), err.str()};
}

class ProgramTest : public testing::Test {
 protected:
  std::vector<std::string> WithSettings(std::vector<std::string> arguments) {
    for (const std::string& flag : hub_.Flags()) arguments.push_back(flag);
    for (const std::string& flag : {std::string("--spool-file"), folder_.File("spool.db"),
                                    std::string("--spool-alert-starts-at"), std::string("2"),
                                    std::string("--hospital-area-code"), std::string("310115"),
                                    std::string("--hospital-insurance"), std::string("01=310")}) {
      arguments.push_back(flag);
    }
    return arguments;
  }

  Result Run(std::vector<std::string> arguments) {
    return RunProgram(WithSettings(std::move(arguments)));
  }

  nlohmann::json Status() { return nlohmann::json::parse(Run({"status", "--format", "json"}).out); }

  // A copy of an example under another message id and with other words.
  std::string Variant(const std::string& name, const std::string& from, const std::string& to) {
    std::string text = TextOf(Example(name));
    EXPECT_NE(text.find(from), std::string::npos) << from;
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
      text.replace(at, from.size(), to);
    }
    const std::string path = folder_.File("variant-" + std::to_string(++variants_));
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  adapters::TemporaryFolder folder_;
  FakeHub hub_{folder_.File("")};
  int variants_ = 0;
};

}  // namespace recoup::hospital

#endif  // RECOUP_TESTS_HOSPITAL_PROGRAM_FIXTURE_H_
