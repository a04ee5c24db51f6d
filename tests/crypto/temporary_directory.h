// A directory of its own for one test, removed with everything in it at the end.
#ifndef RECOUP_TESTS_CRYPTO_TEMPORARY_DIRECTORY_H_
#define RECOUP_TESTS_CRYPTO_TEMPORARY_DIRECTORY_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

namespace recoup {

class TemporaryDirectory final {
 public:
  TemporaryDirectory() : path_(testing::TempDir() + "recoup.XXXXXX") {
    EXPECT_NE(mkdtemp(path_.data()), nullptr);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;  // A leftover directory must not fail the test.
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace recoup

#endif  // RECOUP_TESTS_CRYPTO_TEMPORARY_DIRECTORY_H_
