#include "hub/base/write_file.h"

#include <unistd.h>

#include <filesystem>

#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "hub/base/read_file.h"

namespace recoup {
namespace {

class WriteFileTest : public ::testing::Test {
 protected:
  WriteFileTest() { std::filesystem::create_directories(folder_); }
  ~WriteFileTest() override { std::filesystem::remove_all(folder_); }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ("write_file_test." + std::to_string(getpid()));
};

TEST_F(WriteFileTest, ReplacesWhatWasThere) {
  const std::string path = (folder_ / "file").string();
  for (const std::string& bytes :
       {std::string(200'001, 'x'), std::string("\0\n", 2), std::string()}) {
    ASSERT_TRUE(WriteFile(path, bytes).ok());
    EXPECT_EQ(ReadFile(path).value(), bytes);
  }
}

TEST_F(WriteFileTest, SaysWhatItCannotWriteAndWhy) {
  struct Row {
    std::string path, why;
  };
  for (const auto& [path, why] :
       {Row{folder_.string(), "it is a folder"},
        Row{(folder_ / "no" / "file").string(), "its folder does not exist"},
        Row{"", "it has no name"},
        // Accepts to be opened, and then nothing.
        Row{"/dev/full", "No space left on device"}}) {
    const absl::Status status = WriteFile(path, "some bytes");
    EXPECT_EQ(ReasonOf(status), Reason::kInvalidArgument) << path;
    EXPECT_EQ(std::string(status.message()), "cannot write " + path + ": " + why);
  }
}

}  // namespace
}  // namespace recoup
