// Zip files for tests.
#ifndef RECOUP_TESTS_COMMON_ZIP_FILE_H_
#define RECOUP_TESTS_COMMON_ZIP_FILE_H_

#include <string>
#include <vector>

namespace recoup::adapters {

struct ZippedFile {
  std::string name;  // As its bytes are; a folder ends with "/".
  std::string content;
};

std::string Zip(const std::vector<ZippedFile>& files, bool encrypt = false);

}  // namespace recoup::adapters

#endif  // RECOUP_TESTS_COMMON_ZIP_FILE_H_
