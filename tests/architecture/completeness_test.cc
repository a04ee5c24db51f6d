// Nothing lies beside the build: every source file is in a target, every fuzz target has its
// source, and the project's words stand alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace recoup::architecture {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kLists = "CMakeLists.txt";

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

// The words of a CMake list, without its comments.
std::set<std::string> WordsOf(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  bool comment = false;
  for (const char c : text) {
    if (c == '#') comment = true;
    if (c == '\n') comment = false;
    const bool separates = comment || std::string_view(" \t\r\n()\";").find(c) != std::string::npos;
    if (!separates) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.insert(word);
  return words;
}

// Sources that no CMakeLists.txt of their folder, or of one above it, names.
std::vector<std::string> Unbuilt(const std::vector<SourceFile>& files) {
  std::map<std::string, std::set<std::string>> words;  // By folder.
  for (const SourceFile& file : files) {
    if (file.path == FolderOf(file.path) + std::string(kLists))
      words.emplace(FolderOf(file.path), WordsOf(file.text));
  }
  std::vector<std::string> unbuilt;
  for (const SourceFile& file : files) {
    if (!IsSource(file.path)) continue;
    const bool named = std::any_of(words.begin(), words.end(), [&](const auto& list) {
      const auto& [folder, named_there] = list;
      return file.path.starts_with(folder) && named_there.contains(file.path.substr(folder.size()));
    });
    if (!named) unbuilt.push_back(file.path);
  }
  return unbuilt;
}

TEST(Unbuilt, FindsWhatNoListNames) {
  const std::vector<SourceFile> files{
      {"hub/a/CMakeLists.txt", "recoup_add_library(a SOURCES one.cc\n  deep/two.cc)  # four.cc"},
      {"hub/a/one.cc", ""},
      {"hub/a/deep/two.cc", ""},
      {"hub/a/deep/one.cc", ""},
      {"hub/a/four.cc", ""},
      {"hub/b/one.cc", ""},
      {"hub/a/header.h", ""}};
  EXPECT_THAT(Unbuilt(files),
              UnorderedElementsAre("hub/a/deep/one.cc", "hub/a/four.cc", "hub/b/one.cc"));
}

// A test that no target compiles is a test that cannot fail.
TEST(Completeness, EverySourceIsInATarget) {
  EXPECT_THAT(Unbuilt(FilesBelow({"hub", "adapters", "ctl", "tests", "bench", "fuzz"})), IsEmpty());
}

// Hosts and places that the project must not depend on. In pieces, so that this file is clean too.
const std::vector<std::string>& ForbiddenWords() {
  static const std::vector<std::string> kWords{
      std::string("debian") + ".org", std::string("npm") + "js", std::string("sha") + "red/"};
  return kWords;
}

std::vector<std::string> ForbiddenIn(const SourceFile& file) {
  std::vector<std::string> found;
  for (const std::string& word : ForbiddenWords()) {
    if (file.text.find(word) != std::string::npos) found.push_back(file.path + ": " + word);
  }
  return found;
}

TEST(ForbiddenIn, FindsEachWord) {
  for (const std::string& word : ForbiddenWords()) {
    EXPECT_THAT(ForbiddenIn({"a.md", "see " + word + "x"}), ElementsAre("a.md: " + word));
  }
}

// Scripts take the machine's own mirrors and registries; documents stand alone.
TEST(Completeness, NoRegistryHostAndNoOutsideFolderIsNamed) {
  for (const SourceFile& file : FilesBelow({"."})) EXPECT_THAT(ForbiddenIn(file), IsEmpty());
}

}  // namespace
}  // namespace recoup::architecture
