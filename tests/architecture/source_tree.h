// The project's own files as the architecture tests see them: paths, texts and what they include.
#ifndef RECOUP_TESTS_ARCHITECTURE_SOURCE_TREE_H_
#define RECOUP_TESTS_ARCHITECTURE_SOURCE_TREE_H_

#include <string>
#include <string_view>
#include <vector>

namespace recoup::architecture {

struct SourceFile {
  std::string path;  // From the root of the project: "hub/ledger/laws.cc".
  std::string text;
};

// Every file below the given folders of the project, in order of path; build trees, caches and
// packages fetched by other tools are left out. A folder that does not exist fails the test.
std::vector<SourceFile> FilesBelow(const std::vector<std::string>& folders);

// Whether the path ends like C++ source.
bool IsSource(std::string_view path);    // .cc
bool IsIncluder(std::string_view path);  // .cc or .h

// What stands between the quotes or angle brackets of each #include line, in order.
std::vector<std::string> IncludesOf(std::string_view text);

}  // namespace recoup::architecture

#endif  // RECOUP_TESTS_ARCHITECTURE_SOURCE_TREE_H_
