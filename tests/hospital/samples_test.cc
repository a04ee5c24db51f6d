// Reads every file under the folder that RECOUP_SAMPLES names: real messages that may not be
// published. Each must be answered, with a document or with a refusal that says why.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "gtest/gtest.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital {
namespace {

TEST(SamplesTest, EveryFileIsAnswered) {
  const char* folder = std::getenv("RECOUP_SAMPLES");
  if (folder == nullptr) GTEST_SKIP() << "RECOUP_SAMPLES is not set";
  int files = 0, read_count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    ++files;
    bool read = false;
    for (const DocumentPart& part : ReadPartsForTest(bytes.str())) {
      const absl::StatusOr<Document>& document = part.document;
      read = read || document.ok();
      EXPECT_TRUE(document.ok() || !document.status().message().empty()) << entry.path();
      std::cout << entry.path().filename().string() << " " << part.place << ": "
                << (document.ok() ? "read" : std::string(document.status().message())) << "\n";
    }
    read_count += read ? 1 : 0;
  }
  std::cout << read_count << " of " << files << " files read as documents\n";
  EXPECT_GT(files, 0);
}

}  // namespace
}  // namespace recoup::hospital
