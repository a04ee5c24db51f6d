#include "hub/storage/sqlite/checkpointer.h"

#include <pthread.h>
#include <sqlite3.h>

#include <utility>

#include "hub/base/status.h"
#include "hub/storage/sqlite/connection.h"

namespace recoup::storage {
namespace {

constexpr int kCopyPages = 2'000;      // New pages that make a pass worthwhile.
constexpr int kRestartPages = 10'000;  // A log this long (40 MB) is started over when it can be.
constexpr int kRestPagesMax = 4'000;   // What the writer copies itself; a few milliseconds.

}  // namespace

Checkpointer::Checkpointer(std::string path, SQLite::Database& writer)
    : path_(std::move(path)), writer_(writer) {
  sqlite3_wal_hook(writer_.getHandle(), &Checkpointer::OnCommit, this);
  thread_ = std::thread([this] { Run(); });
}

Checkpointer::~Checkpointer() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  sqlite3_wal_hook(writer_.getHandle(), nullptr, nullptr);
}

int Checkpointer::OnCommit(void* self, sqlite3* /*database*/, const char* /*name*/, int pages) {
  auto& checkpointer = *static_cast<Checkpointer*>(self);
  if (pages < checkpointer.pages_) checkpointer.copied_ = 0;  // The log was started over.
  checkpointer.pages_ = pages;
  return SQLITE_OK;
}

void Checkpointer::AfterCommit() {
  const int rest = pages_ - copied_;
  if (pages_ >= kRestartPages && rest <= kRestPagesMax) {
    // Busy means that the thread is copying or a snapshot reads from the log: another time.
    int copied = 0;
    if (sqlite3_wal_checkpoint_v2(writer_.getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                  &copied) == SQLITE_OK) {
      copied_ = copied;
    }
  } else if (rest >= kCopyPages) {
    {
      const MutexLock lock(mutex_);
      wanted_ = true;
    }
    wake_.notify_one();
  }
}

absl::Status Checkpointer::Pass() {
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<SQLite::Database> database,
                          OpenConnection(path_, OpenMode::kReadWrite));
  return Guard([&]() -> absl::Status {
    SQLite::Statement statement(*database, "PRAGMA wal_checkpoint(PASSIVE)");
    if (statement.executeStep() && statement.getColumn(0).getInt() == 0) {
      copied_ = statement.getColumn(2).getInt();
    }
    return absl::OkStatus();
  });
}

void Checkpointer::Run() {
  pthread_setname_np(pthread_self(), "recoup-ckpt");
  for (;;) {
    {
      const MutexLock lock(mutex_);
      while (!wanted_ && !stopping_) wake_.wait(mutex_);
      if (stopping_) return;
      wanted_ = false;
    }
    // A pass that fails is tried again after the next commits; Store::Checkpoint reports failures.
    Pass().IgnoreError();
  }
}

}  // namespace recoup::storage
