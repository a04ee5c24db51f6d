// Files, folders, zip files and the standard input as one queue.
#include "adapters/court/sources/source_queue.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/common/zip_file.h"

namespace recoup::court {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SourceQueueTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(::testing::TempDir()) / "source_queue_test" / test->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void Write(const std::string& name, const std::string& bytes) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  // Each as "name=content", or "name!" with an error; names relative to the folder.
  std::vector<std::string> All(const std::vector<std::string>& paths) {
    SourceQueue queue(paths, input_);
    std::vector<std::string> all;
    while (auto file = queue.Next()) {
      std::string name = file->name;
      const std::string prefix = folder_.string() + "/";
      if (name.starts_with(prefix)) name.erase(0, prefix.size());
      all.push_back(name + (file->bytes.ok() ? "=" + *file->bytes : "!"));
    }
    known_ = queue.known();
    return all;
  }

  fs::path folder_;
  std::istringstream input_;
  std::int64_t known_ = 0;
};

TEST_F(SourceQueueTest, FoldersAreReadWithTheirSubfoldersInOrder) {
  Write("b.txt", "2");
  Write("a.pdf", "1");
  Write("c/一.json", "3");
  Write("c/.hidden", "x");
  Write("~$lock.docx", "x");
  EXPECT_THAT(All({folder_.string()}), ElementsAre("a.pdf=1", "b.txt=2", "c/一.json=3"));
  EXPECT_EQ(known_, 3);
}

TEST_F(SourceQueueTest, ZipFilesAreOpenedAlsoInsideOneAnotherAndDocumentsAreNot) {
  const std::string docx = adapters::Zip({{"word/document.xml", "<w/>"}});
  const std::string inner = adapters::Zip({{"三.txt", "3"}});
  Write("收案.zip", adapters::Zip({{"一.txt", "1"},
                                   {"__MACOSX/._一.txt", "x"},
                                   {"二/", ""},
                                   {"二/二.txt", "2"},
                                   {"内.zip", inner}}));
  Write("判.docx", docx);
  const std::vector<std::string> all = All({folder_.string()});
  EXPECT_THAT(all, ElementsAre("判.docx=" + docx, "收案.zip!一.txt=1", "收案.zip!二/二.txt=2",
                               "收案.zip!内.zip!三.txt=3"));
  EXPECT_EQ(known_, 4);
}

TEST_F(SourceQueueTest, TheStandardInputIsAFileToo) {
  input_.str(adapters::Zip({{"一.txt", "1"}, {"二.txt", "2"}}));
  EXPECT_THAT(All({"-"}), ElementsAre("-!一.txt=1", "-!二.txt=2"));
}

TEST_F(SourceQueueTest, WhatCannotBeOpenedComesWithItsErrorAndStays) {
  Write("坏.zip", adapters::Zip({{"一.txt", std::string(3'000, '1')}}).substr(0, 60));
  Write("密.zip", adapters::Zip({{"一.txt", "1"}}, true));
  Write("空.zip", adapters::Zip({{"一/", ""}}));
  const std::string missing = (folder_ / "无.txt").string();
  EXPECT_THAT(All({folder_.string(), missing}),
              ElementsAre("坏.zip!", "密.zip!一.txt!", "空.zip!", "无.txt!"));
  EXPECT_TRUE(fs::exists(folder_ / "坏.zip"));
}

TEST_F(SourceQueueTest, ABombNestedInItselfEnds) {
  std::string bytes = adapters::Zip({{"底.txt", "1"}});
  for (int i = 0; i < 6; ++i) bytes = adapters::Zip({{"层.zip", bytes}});
  Write("弹.zip", bytes);
  const std::vector<std::string> all = All({folder_.string()});
  ASSERT_EQ(all.size(), 1u);  // The fourth layer comes as it is, and its reader refuses it.
  EXPECT_THAT(all[0], HasSubstr("弹.zip!层.zip!层.zip!层.zip=PK"));
}

}  // namespace
}  // namespace recoup::court
