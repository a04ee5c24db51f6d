// Zip files from memory: what is in them, names in Chinese code pages, and what stops a bomb.
#include "adapters/common/archive/archive.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "tests/common/zip_file.h"

namespace recoup::adapters {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> NamesOf(const Archive& archive) {
  std::vector<std::string> names;
  for (const ArchiveEntry& entry : archive.entries()) names.push_back(entry.name);
  return names;
}

TEST(ArchiveTest, ListsFilesAndReadsThem) {
  const std::string bytes = Zip(
      {{"判决书/", ""}, {"判决书/一.txt", "民事判决书"}, {"../b.txt", std::string(70'000, 'b')}});
  auto archive = Archive::Open(bytes);
  ASSERT_TRUE(archive.ok()) << archive.status();
  EXPECT_THAT(NamesOf(*archive), ElementsAre("判决书/一.txt", "../b.txt"));
  EXPECT_EQ(archive->Read(archive->entries()[0]).value(), "民事判决书");
  EXPECT_EQ(archive->Read(archive->Find("../b.txt").value()).value(), std::string(70'000, 'b'));
  EXPECT_FALSE(archive->Find("b.txt").has_value());
}

TEST(ArchiveTest, NamesInTheCodePageOfWindowsAreRead) {
  const std::string bytes = Zip({{"\xC5\xD0\xBE\xF6\xCA\xE9.txt", "x"}});  // 判决书 in GBK.
  const auto archive = Archive::Open(bytes);
  ASSERT_TRUE(archive.ok()) << archive.status();
  EXPECT_THAT(NamesOf(*archive), ElementsAre("判决书.txt"));
}

TEST(ArchiveTest, RefusalsSayWhy) {
  const std::string good = Zip({{"a.txt", std::string(5'000, 'a') + "z"}});
  EXPECT_THAT(std::string(Archive::Open("no zip").status().message()), HasSubstr("no zip file"));
  EXPECT_THAT(std::string(Archive::Open(good.substr(0, good.size() / 2)).status().message()),
              HasSubstr("truncated"));
  std::string flipped = good;
  flipped[45] = static_cast<char>(flipped[45] ^ 0x55);  // In the packed content.
  auto archive = Archive::Open(flipped);
  ASSERT_TRUE(archive.ok()) << archive.status();
  EXPECT_FALSE(archive->Read(archive->entries()[0]).ok());
}

TEST(ArchiveTest, AnEncryptedFileIsListedAndNotRead) {
  const std::string bytes = Zip({{"密.txt", "民事判决书"}}, true);
  auto archive = Archive::Open(bytes);
  ASSERT_TRUE(archive.ok()) << archive.status();
  ASSERT_EQ(archive->entries().size(), 1u);
  EXPECT_TRUE(archive->entries()[0].encrypted);
  EXPECT_THAT(std::string(archive->Read(archive->entries()[0]).status().message()),
              HasSubstr("password"));
}

TEST(ArchiveTest, UnpackingStopsAtTheLimits) {
  const std::string bytes =
      Zip({{"a", std::string(1'000'000, '0')}, {"b", std::string(1'000'000, '0')}, {"c", "c"}});
  ASSERT_LT(bytes.size(), 10'000u);  // A bomb in small.
  EXPECT_EQ(ReasonOf(Archive::Open(bytes, {.entries_max = 2}).status()), Reason::kTooLarge);
  auto entry_limit = Archive::Open(bytes, {.entry_bytes_max = 999'999});
  EXPECT_EQ(ReasonOf(entry_limit->Read(entry_limit->entries()[0]).status()), Reason::kTooLarge);
  auto total_limit = Archive::Open(bytes, {.total_bytes_max = 1'500'000});
  EXPECT_TRUE(total_limit->Read(total_limit->entries()[0]).ok());
  EXPECT_EQ(ReasonOf(total_limit->Read(total_limit->entries()[1]).status()), Reason::kTooLarge);
  auto within = Archive::Open(bytes, {.entry_bytes_max = 1'000'000, .total_bytes_max = 2'000'000});
  EXPECT_TRUE(within->Read(within->entries()[0]).ok());
  EXPECT_TRUE(within->Read(within->entries()[1]).ok());
}

}  // namespace
}  // namespace recoup::adapters
