#include "tests/architecture/source_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace recoup::architecture {
namespace {

namespace fs = std::filesystem;

// Folders that hold nothing of ours.
bool IsForeign(const std::string& name) {
  static const std::set<std::string> kForeign{".cache", ".git", "build", "node_modules"};
  return kForeign.contains(name);
}

void Collect(const fs::path& root, const fs::path& folder, std::vector<SourceFile>& out) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) {
      if (!IsForeign(entry.path().filename().string())) Collect(root, entry.path(), out);
    } else if (entry.is_regular_file()) {
      std::ifstream in(entry.path(), std::ios::binary);
      std::string text(std::istreambuf_iterator<char>(in), {});
      EXPECT_FALSE(in.bad()) << entry.path();
      out.push_back({entry.path().lexically_relative(root).generic_string(), std::move(text)});
    }
  }
}

}  // namespace

std::vector<SourceFile> FilesBelow(const std::vector<std::string>& folders) {
  const fs::path root(RECOUP_SOURCE_DIR);
  std::vector<SourceFile> files;
  for (const std::string& folder : folders) Collect(root, root / folder, files);
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

bool IsSource(std::string_view path) { return path.ends_with(".cc"); }
bool IsIncluder(std::string_view path) { return path.ends_with(".cc") || path.ends_with(".h"); }

std::vector<std::string> IncludesOf(std::string_view text) {
  constexpr std::string_view kInclude = "include";
  std::vector<std::string> includes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    // "#include", also with spaces around the number sign.
    const auto skip_spaces = [&line] {
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    };
    skip_spaces();
    if (!line.starts_with('#')) continue;
    line.remove_prefix(1);
    skip_spaces();
    if (!line.starts_with(kInclude)) continue;
    line.remove_prefix(kInclude.size());
    skip_spaces();
    if (line.empty() || (line[0] != '"' && line[0] != '<')) continue;
    const char close = line[0] == '"' ? '"' : '>';
    line.remove_prefix(1);
    includes.emplace_back(line.substr(0, line.find(close)));
  }
  return includes;
}

}  // namespace recoup::architecture
