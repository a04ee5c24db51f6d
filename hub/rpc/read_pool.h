// A few threads that read: so that no gRPC thread ever waits for a disk. Thread-safe.
#ifndef RECOUP_HUB_RPC_READ_POOL_H_
#define RECOUP_HUB_RPC_READ_POOL_H_

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "hub/base/mutex.h"

namespace recoup::rpc {

class ReadPool {
 public:
  explicit ReadPool(int threads);
  // Runs what is queued, then ends.
  ~ReadPool();
  ReadPool(const ReadPool&) = delete;
  ReadPool& operator=(const ReadPool&) = delete;

  void Run(std::function<void()> task);

 private:
  void Work();

  Mutex mutex_;
  CondVar arrived_;
  std::deque<std::function<void()>> tasks_ RECOUP_GUARDED_BY(mutex_);
  bool stopping_ RECOUP_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_READ_POOL_H_
