#include "hub/base/read_file.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"

namespace recoup {
namespace {

using ::testing::HasSubstr;

class ReadFileTest : public ::testing::Test {
 protected:
  ReadFileTest() { std::filesystem::create_directories(folder_); }
  ~ReadFileTest() override { std::filesystem::remove_all(folder_); }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ("read_file_test." + std::to_string(getpid()));
};

TEST_F(ReadFileTest, GivesAllBytes) {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{65'536}, std::size_t{200'001}}) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31);
    const std::string path = (folder_ / "file").string();
    std::ofstream(path, std::ios::binary) << bytes;
    const auto read = ReadFile(path);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_TRUE(*read == bytes) << size;
  }
}

// A stream opens a folder and throws when it is read.
TEST_F(ReadFileTest, SaysWhatItCannotReadAndWhy) {
  const auto folder = ReadFile(folder_.string());
  EXPECT_EQ(ReasonOf(folder.status()), Reason::kInvalidArgument);
  EXPECT_THAT(std::string(folder.status().message()),
              HasSubstr("cannot read " + folder_.string() + ": it is a folder"));
  const auto missing = ReadFile((folder_ / "missing").string());
  EXPECT_EQ(ReasonOf(missing.status()), Reason::kInvalidArgument);
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("No such file"));
}

}  // namespace
}  // namespace recoup
