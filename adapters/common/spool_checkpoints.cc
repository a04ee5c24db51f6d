#include "adapters/common/spool_checkpoints.h"

#include <chrono>
#include <memory>
#include <utility>

#include "SQLiteCpp/SQLiteCpp.h"

namespace recoup::adapters {
namespace {

constexpr std::chrono::milliseconds kBetween{200};

}  // namespace

Checkpoints::Checkpoints(std::vector<std::string> files)
    : files_(std::move(files)), thread_([this] { Run(); }) {}

Checkpoints::~Checkpoints() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void Checkpoints::Run() {
  std::vector<std::unique_ptr<SQLite::Database>> databases;
  for (;;) {
    {
      const MutexLock lock(mutex_);
      if (!stopping_) stopped_.wait_for(mutex_, kBetween);
      if (stopping_) return;
    }
    try {
      // Opened on this thread; again after an error.
      if (databases.empty()) {
        for (const std::string& file : files_) {
          databases.push_back(std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE));
        }
      }
      // PASSIVE waits for nobody and makes nobody wait.
      for (const auto& database : databases) {
        SQLite::Statement(*database, "PRAGMA wal_checkpoint(PASSIVE)").executeStep();
      }
    } catch (const SQLite::Exception&) {
      databases.clear();
    }
  }
}

}  // namespace recoup::adapters
