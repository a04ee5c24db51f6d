// The files of a command line, one after the other: files, folders with their subfolders, zip files
// (also zip files in zip files), and "-" for the standard input.
//
// Files of a folder come in the order of their names; what the system hides (".…") and Word's lock
// files ("~$…") is passed over. Contents are loaded when they are asked for, one at a time, so that
// memory does not grow with their number; only names are held. A file that cannot be opened comes
// with its error and stays where it is. Nothing is written and nothing thrown. Not thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_SOURCES_SOURCE_QUEUE_H_
#define RECOUP_ADAPTERS_COURT_SOURCES_SOURCE_QUEUE_H_

#include <cstdint>
#include <deque>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/archive/archive.h"

namespace recoup::court {

struct SourceFile {
  std::string name;  // "收案/一.txt", or "收案.zip!一.txt" in a zip file, "-" for standard input.
  absl::StatusOr<std::string> bytes;
};

class SourceQueue {
 public:
  // `standard_input` must outlive it.
  SourceQueue(const std::vector<std::string>& paths, std::istream& standard_input);
  ~SourceQueue();

  std::optional<SourceFile> Next();
  // What is known to exist by now, of it what has come; grows when a zip file is opened.
  std::int64_t known() const { return known_; }

 private:
  struct OpenZip;

  void AddPath(const std::string& path);
  void AddFolder(const std::string& path);
  SourceFile Load(const std::string& path);
  // Whether the file is a zip file of documents; then its entries come next.
  bool OpenAsZip(SourceFile& file);

  std::istream& standard_input_;
  std::deque<std::string> paths_;
  std::vector<std::unique_ptr<OpenZip>> zips_;  // The innermost last.
  std::int64_t known_ = 0;
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCES_SOURCE_QUEUE_H_
