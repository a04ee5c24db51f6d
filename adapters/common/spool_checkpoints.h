// Checkpoints of SQLite files, on a thread of their own: the pages of the write-ahead log are moved
// into the file beside the commits, instead of within one of them every thousand pages, where
// somebody would wait for it.
//
// For a program that writes for long. Errors are left to the next commit, which meets them too.
#ifndef RECOUP_ADAPTERS_COMMON_SPOOL_CHECKPOINTS_H_
#define RECOUP_ADAPTERS_COMMON_SPOOL_CHECKPOINTS_H_

#include <string>
#include <thread>
#include <vector>

#include "hub/base/mutex.h"

namespace recoup::adapters {

// What a commit does by itself, where nobody else checkpoints: 32 MiB of log.
inline constexpr char kCheckpointSeldom[] = "PRAGMA wal_autocheckpoint = 8192";

class Checkpoints {
 public:
  // Files that exist and are in WAL mode.
  explicit Checkpoints(std::vector<std::string> files);
  ~Checkpoints();
  Checkpoints(const Checkpoints&) = delete;
  Checkpoints& operator=(const Checkpoints&) = delete;

 private:
  void Run();

  const std::vector<std::string> files_;
  Mutex mutex_;
  CondVar stopped_;
  bool stopping_ RECOUP_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_SPOOL_CHECKPOINTS_H_
