// Reads every bank file under the folder that RECOUP_SAMPLES names: public files of many banks,
// some wrong on purpose. Each must be read, or refused at the field that is wrong, as the table of
// sample_outcomes.h has it: a file that is read no longer, or suddenly is, shows here.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "adapters/insurer/bank/read_bank_file.h"
#include "hub/base/error.h"
#include "tests/insurer/sample_outcomes.h"

namespace recoup::insurer::bank {
namespace {

std::vector<std::filesystem::path> BankFiles(const std::string& root) {
  std::vector<std::filesystem::path> files;
  for (const auto& item : std::filesystem::recursive_directory_iterator(root)) {
    const std::string extension = item.path().extension();
    const bool bank_file = extension == ".xml" || extension == ".sta" || extension == ".txt";
    if (bank_file && item.path().filename() != "requirements.txt") files.push_back(item.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(BankSamplesTest, EveryFileIsReadOrRefusedByItsFault) {
  const char* const root = std::getenv("RECOUP_SAMPLES");
  if (root == nullptr) GTEST_SKIP() << "RECOUP_SAMPLES is not set";
  const std::string folder = std::string(root) + "/bank";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " does not exist";
  std::size_t checked = 0;
  for (const std::filesystem::path& path : BankFiles(folder)) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    const std::string name = path.lexically_relative(folder).string();
    SCOPED_TRACE(name);
    const auto expected = SampleOutcomes().find(name);
    if (expected == SampleOutcomes().end()) {
      ADD_FAILURE() << "has no line in sample_outcomes.h";
      continue;
    }
    ++checked;
    const auto statements = ReadBankFile(bytes.str(), {}, {.file_name = name});
    if (statements.ok()) {
      EXPECT_EQ("read", expected->second);
      continue;
    }
    const auto faults = DetailOf(statements.status()).faults;
    ASSERT_FALSE(faults.empty()) << statements.status();
    EXPECT_EQ(faults.front().field, expected->second) << statements.status();
  }
  EXPECT_EQ(checked, SampleOutcomes().size()) << "a file of the table is gone";
}

}  // namespace
}  // namespace recoup::insurer::bank
