// Reads every bank file under the folder that RECOUP_SAMPLES names: public files of many banks,
// some wrong on purpose. Each must be read, or refused with a reason that names the fault.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "adapters/insurer/bank/read_bank_file.h"
#include "hub/base/error.h"

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
  int read = 0;
  int refused = 0;
  for (const std::filesystem::path& path : BankFiles(folder)) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    const auto statements = ReadBankFile(bytes.str(), {}, {});
    std::cout << path.lexically_relative(folder).string() << ": ";
    if (!statements.ok()) {
      ++refused;
      EXPECT_FALSE(DetailOf(statements.status()).faults.empty()) << path;
      std::cout << "refused, " << statements.status().message() << "\n";
      continue;
    }
    ++read;
    std::size_t entries = 0;
    for (const BankStatement& statement : *statements) entries += statement.entries.size();
    std::cout << "read, " << statements->size() << " × " << statements->front().format << ", "
              << entries << " entries, " << statements->front().currency
              << (IsProven(statements->front()) ? ", balances proven\n" : "\n");
  }
  std::cout << read << " read, " << refused << " refused\n";
  EXPECT_GT(read, 0);
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace recoup::insurer::bank
