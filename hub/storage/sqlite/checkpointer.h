// Keeps the write-ahead log short while commits go on.
//
// SQLite starts the log over only when all of it is in the main file and nobody reads from it,
// which under steady writing no other connection ever finds; the log would grow for as long as the
// load lasts, and each commit would extend a file instead of overwriting one. So a thread copies
// behind the writer's back, and the writer itself copies the short rest from time to time: the next
// transaction then starts the log over.
//
// AfterCommit and the hook belong to the writer's thread; Pass may be called from any thread.
#ifndef RECOUP_HUB_STORAGE_SQLITE_CHECKPOINTER_H_
#define RECOUP_HUB_STORAGE_SQLITE_CHECKPOINTER_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "hub/base/mutex.h"

namespace recoup::storage {

class Checkpointer {
 public:
  // `writer` outlives the checkpointer.
  Checkpointer(std::string path, SQLite::Database& writer);
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  // Wakes the thread when enough is new, and copies the rest when that is little.
  void AfterCommit();
  // Copies what is committed, on a connection of its own.
  absl::Status Pass();
  // Pages in the log since it was last started over.
  int pages() const { return pages_; }

 private:
  static int OnCommit(void* self, sqlite3* database, const char* name, int pages);
  void Run();

  const std::string path_;
  SQLite::Database& writer_;
  std::atomic<int> pages_{0};
  std::atomic<int> copied_{0};  // Of these, in the main file.
  Mutex mutex_;
  CondVar wake_;
  bool wanted_ RECOUP_GUARDED_BY(mutex_) = false;
  bool stopping_ RECOUP_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace recoup::storage

#endif  // RECOUP_HUB_STORAGE_SQLITE_CHECKPOINTER_H_
